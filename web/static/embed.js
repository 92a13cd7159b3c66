// What a page in a frame does with the page around it: it tells its height, and opens its links
// where the frame may not. It works with an opaque origin, and keeps nothing.
(() => {
  const field = document.querySelector("form input");
  if (field) {
    // A sandbox may forbid forms; and a step in the history of the host is none of our business.
    const search = (event) => {
      event.preventDefault();
      const fields = [...new FormData(field.form)].filter(([, value]) => value.trim());
      location.replace(`${field.form.action}?${new URLSearchParams(fields)}${location.hash}`);
    };
    field.form.querySelector("button").addEventListener("click", search);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) search(event);
    });
  }
  if (parent === window) return;
  // From a search to its answer: read the answer first, but never take the focus of the host.
  if (document.hasFocus()) document.querySelector("[role=status]")?.focus();

  // WordPress names its frames by a word of its own, after the last # of the address.
  const secret = location.hash.match(/.*[?&]secret=([A-Za-z0-9]+)/)?.[1];
  const tell = (message) => parent.postMessage(message, "*"); // nothing in it is secret to a host
  const measure = () => Math.ceil(document.documentElement.getBoundingClientRect().height);
  const MOST = 1000; // pixels that WordPress gives: the last answers are left out, none is cut
  const fit = () => {
    const answers = [...document.querySelectorAll("li")];
    for (const answer of answers) answer.hidden = false;
    while (answers.length > 1 && measure() > MOST) answers.pop().hidden = true;
  };
  let told;
  const tellHeight = () => {
    if (secret) fit();
    const height = measure();
    if (height === told) return;
    told = height;
    tell({ type: "verbatheque-hauteur", height, id: window.name });
    if (secret) tell({ message: "height", value: height, secret });
  };
  // A frame below the fold may not be drawn, and nothing observed in it, until it is scrolled to.
  tellHeight();
  addEventListener("load", tellHeight);
  new ResizeObserver(tellHeight).observe(document.documentElement);
  addEventListener("message", ({ source, data }) => {
    if (source !== parent) return;
    if (data?.type !== "verbatheque-mesure" && !(secret && data?.message === "ready")) return;
    told = undefined; // the host was not listening yet
    tellHeight();
  });
  if (!secret) return;
  // The sandbox of WordPress opens no window: its own script follows the links that it is told.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    tell({ message: "link", value: link.href, secret });
  });
})();
