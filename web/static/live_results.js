/**
 * Answers while one types, on the results page: the page of the new words is fetched, and its
 * answer takes the place of the one shown. Without this script the form works as it is.
 *
 * A run of keystrokes makes one step of history, so that Back leads to the search before it.
 */
const WAIT = 120; // ms between the last keystroke and the question

const form = document.querySelector("form.search");
const input = form.elements.q;
let timer;
let asking; // the AbortController of the question on its way
let isTyping = false; // the address on show is already that of this run of keystrokes

/** The shortest address of what the form asks. */
function asked() {
  const fields = [...new FormData(form)].filter(([, value]) => value.trim());
  const query = new URLSearchParams(fields).toString();
  return form.action + (query ? `?${query}` : "");
}

function later() {
  clearTimeout(timer);
  asking?.abort();
  timer = setTimeout(async () => {
    const address = asked();
    if (!(await show(address))) return;
    history[isTyping ? "replaceState" : "pushState"](null, "", address);
    isTyping = true;
  }, WAIT);
}

/** Put the answer of an address in place of the one shown; say whether it came. */
async function show(address) {
  asking = new AbortController();
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (answer.status === 429 || answer.status >= 500) return false; // what is shown stays
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    replaceAnswer(page);
    return true;
  } catch (error) {
    if (error.name === "AbortError") return false;
    location.assign(address); // no answer: let the browser say why
    return false;
  }
}

function replaceAnswer(page) {
  const shown = document.querySelector("#reponse");
  const fresh = page.querySelector("#reponse") ?? refusal(page);
  const status = shown.querySelector("[role=status]");
  const said = fresh.querySelector("[role=status]");
  const facets = fresh.querySelector(".facets > details");
  if (facets) facets.open = shown.querySelector(".facets > details")?.open ?? facets.open;
  if (status && said) {
    status.replaceChildren(...said.childNodes); // the same node: its change is announced
    said.replaceWith(status);
  }
  shown.replaceChildren(...fresh.childNodes);
  document.title = page.title;
}

/** What an error page says, without its own search field. */
function refusal(page) {
  const fresh = document.createElement("div");
  const sentence = page.querySelector("main .lead") ?? page.querySelector("main p");
  fresh.append(Object.assign(document.createElement("p"), { className: "note", role: "status", textContent: sentence?.textContent ?? "" }));
  return fresh;
}

input.addEventListener("input", later);
input.addEventListener("change", () => {
  isTyping = false;
});
form.addEventListener("submit", () => clearTimeout(timer));
addEventListener("popstate", async () => {
  clearTimeout(timer);
  asking?.abort();
  isTyping = false;
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  await show(location.href);
});
