// Adds a button that copies beside each element with data-copy. Without script, nothing shows.
const status = document.createElement("p");
status.className = "copied";
status.setAttribute("role", "status");

/** Says it below the button, anew each time, even when the words are the same. */
const say = (text, button) => {
  status.textContent = "";
  if (button.nextSibling !== status) button.after(status);
  setTimeout(() => (status.textContent = text), 50);
};

const copy = async (source, button) => {
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    say(source.dataset.copied, button);
  } catch {
    const range = document.createRange();
    range.selectNodeContents(source);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    say("Texte sélectionné\u00a0: copiez-le avec Ctrl+C.", button);
  }
};

for (const source of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = source.dataset.copy;
  button.addEventListener("click", () => copy(source, button));
  source.after(button);
}
document.querySelector("main").append(status);
