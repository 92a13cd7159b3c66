#!/usr/bin/python3
"""A window of WebKitGTK for its driver, which writes the errors of the pages.

WebKitGTK keeps its console to itself when a driver leads. Run by Debian's Python, which has the
packages « python3-gi » and « gir1.2-webkit2-4.1 ».
"""

from typing import Any

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

# In each frame, before its own scripts: what would be red in a console.
LISTEN = """(() => {
  const tell = (what) => webkit.messageHandlers.console.postMessage(`${location.href}: ${what}`);
  const fault = ({ message, target }) => tell(message ?? target.src ?? target.href);
  addEventListener("error", fault, true);
  addEventListener("unhandledrejection", ({ reason }) => tell(reason));
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    tell(`${effectiveDirective} ${blockedURI}`));
  console.error = (...words) => tell(words.join(" "));
})()"""


def view_for(_session: Any, context: Any) -> Any:
    """The one view that the driver asks for, in a window without a bar."""
    content = WebKit2.UserContentManager()
    content.register_script_message_handler("console")
    content.connect("script-message-received::console", write)
    everywhere = WebKit2.UserContentInjectedFrames.ALL_FRAMES
    first = WebKit2.UserScriptInjectionTime.START
    content.add_script(WebKit2.UserScript.new(LISTEN, everywhere, first, None, None))
    view = WebKit2.WebView(
        web_context=context, user_content_manager=content, is_controlled_by_automation=True
    )
    window = Gtk.Window(default_width=1280, default_height=900)
    window.add(view)
    window.show_all()
    return view


def write(_content: Any, told: Any) -> None:
    print("CONSOLE", told.get_js_value().to_string().replace("\n", " "), flush=True)


def begin(context: Any, session: Any) -> None:
    session.connect("create-web-view", view_for, context)


if __name__ == "__main__":
    Gtk.Settings.get_default().props.gtk_enable_animations = False  # pages are told so
    context = WebKit2.WebContext.new_ephemeral()
    context.set_automation_allowed(True)
    context.connect("automation-started", begin)
    Gtk.main()
