const TEXTS = {
modifiee: "Le texte de cette citation a été corrigé à la source depuis qu’elle a été reprise ici.",
retiree: "Cette citation n’est plus publiée par le site d’où elle vient.",
lire: "Lire la version publiée",
};
const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
::slotted(blockquote), ::slotted(p), ::slotted(figure) { display: block !important; }
.note { margin: .5em 0; padding: .5em .8em; font-size: var(--verbatheque-taille-petite, .9em);
border-inline-start: 4px solid var(--verbatheque-accent, currentColor); }
.note:empty { display: none; }
a { color: inherit; }
`);
export const comparable = (text) =>
text
.normalize("NFC")
.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "")
.replace(/[’ʼ‘]/g, "'")
.replace(/[«»“”„]/g, '"')
.replace(/\.\.\./g, "…")
.replace(/[\u2010-\u2015]/g, "-")
.replace(/\s+/g, " ")
.replace(/ ?([;:!?%"]) ?/g, "$1")
.trim()
.replace(/^"(.*)"$/, "$1")
.trim();
export async function check(element) {
const source = element.getAttribute("src");
const quote = element.querySelector("blockquote");
if (!source || !quote) return;
const page = new URL(source, document.baseURI);
const asked = page.href.replace(/\/verbatim\/([^/?#]+).*$/, "/api/v1/verbatims/$1");
const [state, published] = await stateOf(asked, quote.textContent);
if (source === element.getAttribute("src")) tell(element, state, published, page.href);
}
async function stateOf(address, embedded) {
try {
const response = await fetch(address, { credentials: "omit" });
const isOurs = response.headers.get("Content-Type")?.includes("problem+json");
if (isOurs && [404, 410].includes(response.status)) return ["retiree"];
const { text } = await response.json();
if (!response.ok || typeof text !== "string") return ["inconnue"];
return [comparable(text) === comparable(embedded) ? "inchangee" : "modifiee", text];
} catch {
return ["inconnue"];
}
}
function tell(element, state, published, url) {
const note = noteOf(element);
const words = TEXTS[state] && (element.getAttribute(state) || TEXTS[state]);
note.replaceChildren(...(words ? [words, " "] : []));
if (state === "modifiee") {
const link = Object.assign(document.createElement("a"), { href: url, textContent: element.getAttribute("lire") || TEXTS.lire });
note.append(link);
}
element.setAttribute("etat", state);
const detail = { state, url, published };
element.dispatchEvent(new CustomEvent("verbatheque-citation", { bubbles: true, composed: true, detail }));
}
function noteOf({ shadowRoot: root }) {
if (!root.querySelector("p")) {
root.adoptedStyleSheets.push(STYLE);
root.append(Object.assign(document.createElement("p"), { className: "note", part: "note", role: "status" }));
}
return root.querySelector("p");
}
