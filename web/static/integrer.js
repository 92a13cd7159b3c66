// The code and the preview follow the form; without this script, its button does the same.
const WAIT = 400; // ms after the last change
const form = document.querySelector("#choix");
const status = document.querySelector("#suivi");
let timer;
let asking; // the AbortController of the question on its way

const asked = () => {
  const fields = [...new FormData(form)].filter(([, value]) => value.trim());
  return `${form.action}?${new URLSearchParams(fields)}`;
};

async function follow() {
  asking?.abort();
  asking = new AbortController();
  const address = asked();
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) return; // the button says why
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    history.replaceState(null, "", address);
  } catch {
    // No answer: what is shown stays.
  }
}

function show(page) {
  for (const fresh of page.querySelectorAll(".snippet[id], #refus, #apercu-element, #apercu-cadre")) {
    const shown = document.getElementById(fresh.id);
    if (shown.innerHTML !== fresh.innerHTML) shown.replaceChildren(...fresh.childNodes);
  }
  status.textContent = page.querySelector("#refus p") ? "" : "Le code et l’aperçu sont à jour.";
}

const later = () => {
  clearTimeout(timer);
  status.textContent = "";
  timer = setTimeout(follow, WAIT);
};
form.addEventListener("input", later);
form.addEventListener("submit", () => clearTimeout(timer));
