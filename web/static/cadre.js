// For pages that show our frames: gives each the height that it asks for. Without this script a
// frame keeps the height of its code, and scrolls.
(() => {
  const site = new URL(".", document.currentScript.src);
  const ours = `${site.href}embed`;
  const MOST = 10000; // pixels

  const frames = () => [...document.querySelectorAll("iframe")].filter(isOurs);
  const isOurs = ({ src }) => src.startsWith(ours) && "/?#".includes(src.charAt(ours.length));

  addEventListener("message", ({ data, origin, source }) => {
    if (data?.type !== "verbatheque-hauteur") return;
    if (origin !== site.origin && origin !== "null") return; // "null": a frame in a sandbox
    const { height } = data;
    if (typeof height !== "number" || !(height >= 1 && height <= MOST)) return;
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    if (!frame) return;
    const isWhole = getComputedStyle(frame).boxSizing === "border-box";
    const borders = isWhole ? frame.offsetHeight - frame.clientHeight : 0;
    frame.style.setProperty("height", `${Math.ceil(height) + borders}px`, "important");
  });
  const ask = () => {
    for (const frame of frames()) frame.contentWindow?.postMessage({ type: "verbatheque-mesure" }, "*");
  };
  ask(); // those that spoke before this script was there
  addEventListener("DOMContentLoaded", ask);
})();
