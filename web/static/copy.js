// Copies, shares and prints what a page shows. The buttons are there, and shown with a script only.
const status = Object.assign(document.createElement("p"), { className: "copied", role: "status" });
document.querySelector("main").append(status);

/** Says it after the button, anew each time, even when the words are the same. */
const say = (text, button) => {
  status.textContent = "";
  if (button.nextSibling !== status) button.after(status);
  setTimeout(() => (status.textContent = text), 50);
};

/** Copies a text; where the browser refuses, selects the element that holds it. */
const copy = async (text, done, button, holder) => {
  try {
    await navigator.clipboard.writeText(text);
    say(done, button);
  } catch {
    getSelection().selectAllChildren(holder);
    say("Texte sélectionné\u00a0: copiez-le avec Ctrl+C.", button);
  }
};

/** The sheet of the system where there is one; else the link is copied. */
const share = ({ citation, address }, button, holder) =>
  navigator.share
    ? navigator.share({ text: citation.replace(address, "").trim(), url: address }).catch(() => {}) // closed
    : copy(address, "Lien copié", button, holder);

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copies], [data-shares], [data-prints]");
  if (!button) return;
  const { copies, done, shares, prints } = button.dataset;
  const said = button.closest("[data-citation]");
  const holder = document.getElementById(copies) ?? said?.querySelector(".words, .link");
  if (prints !== undefined) print();
  else if (shares !== undefined) share(said.dataset, button, holder);
  else copy(copies ? holder.textContent.trim() : said.dataset.citation, done, button, holder);
});
