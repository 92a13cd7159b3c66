const WAIT = 120;
const NBSP = "\u00a0";
const FILTERS = ["theme", "intervenant", "webinaire", "tri", "sens"];
const TEXTS = {
citations: "{n} citation|{n} citations",
idees: "{n} idée clé|{n} idées clés",
rien: "Aucune citation trouvée.",
panne: "La recherche ne répond pas.",
liste: "Citations et idées clés",
idee: `Idée clé n°${NBSP}{n}`,
guillemets: `«${NBSP}{texte}${NBSP}»`,
lire: "Lire la citation",
lireIdee: "Lire l’idée clé",
ecouter: "Écouter à {moment}",
par_nom: "Par le nom de qui parle",
par_fonction: "Par la fonction de qui parle",
par_organisation: "Par l’organisation de qui parle",
par_idee: "Par son idée clé",
par_sens: "Proche par le sens",
tout: "Voir le résultat|Voir les {n} résultats",
ailleurs: "Chercher sur le site",
};
const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
.panneau { position: var(--verbatheque-position, absolute); z-index: var(--verbatheque-niveau, 10); inset-inline: 0;
box-sizing: border-box; color: var(--verbatheque-texte-panneau, CanvasText); background: var(--verbatheque-fond-panneau, Canvas);
border: 1px solid var(--verbatheque-bord-panneau, GrayText); border-radius: var(--verbatheque-rayon, 4px);
box-shadow: var(--verbatheque-ombre, 0 .3em 1em #0004); }
.tout { text-align: start; white-space: normal; }
.panneau.sombre { color-scheme: dark; }
[hidden] { display: none; }
.liste { max-height: var(--verbatheque-hauteur-liste, 24em); overflow-y: auto; overscroll-behavior: contain; }
.option { padding: var(--verbatheque-espace-option, .7em .9em); cursor: pointer; overflow-wrap: anywhere;
border-bottom: 1px solid var(--verbatheque-ligne, #8886); }
.option:hover { background: var(--verbatheque-fond-survol, #8882); }
.option[aria-selected=true] { background: var(--verbatheque-fond-actif, #8883); color: var(--verbatheque-texte-actif, inherit);
outline: 2px solid var(--verbatheque-focus, currentColor); outline-offset: -2px; }
.citation, .raison, .source { display: block; direction: ltr; }
.citation { white-space: pre-wrap; }
.raison, .source { margin-top: .3em; font-size: var(--verbatheque-taille-petite, .9em); }
.qui { font-weight: var(--verbatheque-graisse, 600); }
mark { background: var(--verbatheque-marque, light-dark(#ffe9a0, #5c4b0f)); color: var(--verbatheque-texte-marque, inherit); }
@media (forced-colors: active) { mark { background: Mark; color: MarkText; } }
.lien, .suite { display: inline-block; text-decoration: underline; text-underline-offset: .15em; color: var(--verbatheque-accent, inherit); }
.suite { padding: .5em .9em; }
`);
const piece = (tag, name, ...children) => {
const node = Object.assign(document.createElement(tag), { className: name, part: name });
node.append(...children);
return node;
};
const pairs = (values) => Object.entries(values).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
export async function answerTo(words, { statique, address, signal, ...options }) {
if (statique) {
const engine = await import(new URL("moteur.js", new URL(statique, document.baseURI)).href);
return engine.search(words, options);
}
const response = await fetch(address("api/v1/search", pairs({ q: words, ...options })), { signal, credentials: "omit" });
const content = await response.json();
if (!response.ok) throw Object.assign(new Error(content.detail), { told: content.detail });
return content;
}
function marked(text, spans) {
const letters = [...text];
const pieces = [];
let cursor = 0;
for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
if (start < cursor || end <= start) continue;
pieces.push(letters.slice(cursor, start).join(""));
pieces.push(piece("mark", "marque", letters.slice(start, end).join("")));
cursor = end;
}
return [...pieces, letters.slice(cursor).join("")];
}
const inSentence = (role) => (/^\p{Lu}[\p{Ll}’·-]+(?!\S| \p{Lu})/u.test(role) ? role[0].toLowerCase() + role.slice(1) : role);
const clock = (seconds) => new Date(seconds * 1000).toISOString().slice(seconds < 3600 ? 14 : 12, 19);
function counts({ total, facets = {} }) {
const count = (kind) => facets.type.find(({ value }) => value === kind)?.count ?? 0;
return facets.type ? { citations: count("verbatim"), idees: count("idee") } : { citations: total, idees: 0 };
}
export class Typing {
#host;
#root;
#input;
#status;
#list = Object.assign(piece("div", "liste"), { id: "liste", role: "listbox" });
#more = piece("a", "suite");
#panel = piece("div", "panneau", this.#list, this.#more);
#hits = [];
#active = -1;
#timer;
#asking;
constructor(host, sheet) {
this.#host = host;
this.#root = host.shadowRoot;
this.#root.adoptedStyleSheets = [sheet, STYLE];
this.#input = this.#root.querySelector("input");
this.#status = this.#root.querySelector("[role=status]");
this.#input.setAttribute("aria-controls", "liste");
this.#open(false);
this.#status.after(this.#panel);
this.#listen();
this.changed();
}
#listen() {
const box = this.#root.querySelector(".tout");
this.#input.addEventListener("input", () => this.#later());
this.#input.addEventListener("keydown", (event) => this.#press(event));
box.addEventListener("keydown", (event) => this.#escape(event));
box.addEventListener("focusout", (event) => {
if (!box.contains(event.relatedTarget)) this.close();
});
this.#panel.addEventListener("pointerdown", (event) => event.preventDefault());
this.#list.addEventListener("click", (event) => {
const option = event.target.closest("[role=option]");
if (option) this.#choose([...this.#list.children].indexOf(option), event, event.target.closest(".ecouter"));
});
this.#more.addEventListener("click", (event) => {
if (!this.#tell("recherche", { words: this.#words, url: this.#more.href })) event.preventDefault();
});
}
changed() {
const { lang } = this.#host;
this.language = (Object.keys(this.#host.textes).length && lang) || "fr";
this.#root.querySelector(".tout").lang = this.language;
this.#list.ariaLabel = this.#text("liste");
if (this.#words && this.#root.activeElement) this.#later();
}
close() {
this.#forget();
this.#open(false);
}
open(event = {}) {
if (this.#host.hasAttribute("statique") && !this.#host.hasAttribute("src")) return this.#ask();
this.#follow(this.#fullSearch(), "recherche", { words: this.#words }, event);
}
get #words() {
return this.#input.value.trim();
}
#text(name, n = 1, values = { n: n.toLocaleString(this.language) }) {
const forms = (this.#host.textes[name] ?? TEXTS[name]).split("|");
const isOne = new Intl.PluralRules(this.language).select(n) === "one";
return forms[isOne ? 0 : forms.length - 1].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}
#filters() {
const values = (name) => this.#host.getAttribute(name)?.split(/[\s,]+/).filter(Boolean) ?? [];
return Object.fromEntries(FILTERS.map((name) => [name, values(name)]));
}
#fullSearch() {
return this.#host.address("recherche", pairs({ q: this.#words, ...this.#filters() }));
}
#forget() {
clearTimeout(this.#timer);
this.#asking?.abort();
this.#asking = undefined;
}
#later() {
this.#forget();
this.#setActive(-1);
if (this.#words) this.#timer = setTimeout(() => this.#ask(), WAIT);
else this.#show("", []);
}
get #most() {
return Math.min(20, Math.max(1, parseInt(this.#host.getAttribute("max"), 10) || 5));
}
async #ask() {
const words = this.#words;
const asking = (this.#asking = new AbortController());
const where = { statique: this.#host.getAttribute("statique"), address: this.#host.address.bind(this.#host) };
this.#tell("question", { words });
try {
const answer = await answerTo(words, { ...where, signal: asking.signal, limit: this.#most, ...this.#filters() });
if (asking === this.#asking) this.#answer(words, answer);
} catch (error) {
if (asking === this.#asking) this.#fail(words, error);
}
}
#answer(words, answer) {
const { citations, idees } = counts(answer);
const found = [citations && this.#text("citations", citations), idees && this.#text("idees", idees)];
const hits = [...answer.hits, ...(answer.par_le_sens ?? [])].slice(0, this.#most);
this.#show(found.filter(Boolean).join(", ") || this.#text("rien"), hits, this.#text("tout", answer.total));
this.#tell("reponse", { words, citations, idees, answer });
}
#fail(words, error) {
this.#show(error.told || this.#text("panne"), [], this.#text("ailleurs"));
this.#tell("erreur", { words, message: error.told ?? "", error });
}
#show(status, hits, more = "") {
this.#hits = hits;
this.#list.replaceChildren(...hits.map((hit, place) => this.#option(hit, place)));
this.#list.hidden = !hits.length;
this.#list.scrollTop = 0;
this.#more.textContent = more;
this.#more.href = this.#fullSearch();
this.#setActive(-1);
this.#status.textContent = status;
this.#open(Boolean(this.#root.activeElement && more));
}
#option(hit, place) {
const { kind, text, highlights = [], speaker, role, webinar, key_idea, via, start, replay_at_moment: replay } = hit;
const isIdea = kind === "idee";
const words = marked(text, highlights);
const [before, after] = this.#text("guillemets", 1, { texte: "\n" }).split("\n");
const said = piece("span", "citation", ...(isIdea ? words : [before, ...words, after]));
const who = isIdea ? this.#text("idee", key_idea?.number) : [speaker, inSentence(role ?? "")].filter(Boolean).join(", ");
const source = piece("span", "source", piece("span", "qui", who), who && " — ", piece("span", "webinaire", webinar.title), " ");
const why = TEXTS[`par_${via}`] ? [piece("span", "raison", this.#text(`par_${via}`))] : [];
said.lang = source.lang = "fr";
const link = piece("span", "lien", this.#text(isIdea ? "lireIdee" : "lire"));
link.ariaHidden = "true";
const option = piece("div", "option", said, ...why, source, link);
if (replay) {
option.append(" ", piece("span", "lien ecouter", this.#text("ecouter", 1, { moment: clock(start) })));
option.ariaKeyShortcuts = "Alt+Enter";
}
return Object.assign(option, { id: `option-${place}`, role: "option" });
}
#press(event) {
const { key } = event;
if (key === "ArrowDown" || key === "ArrowUp") {
if (!this.#hits.length) return;
event.preventDefault();
if (event.altKey) return this.#open(key === "ArrowDown");
this.#open(true);
this.#move(key === "ArrowDown" ? 1 : -1);
} else if (key === "Enter" && !event.isComposing) {
if (this.#active >= 0) this.#choose(this.#active, event, event.altKey);
else if (event.ctrlKey || event.metaKey || event.shiftKey) this.open(event);
else return;
event.preventDefault();
} else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) {
this.#setActive(-1);
}
}
#escape(event) {
if (event.key !== "Escape" || (this.#panel.hidden && !this.#input.value)) return;
event.preventDefault();
event.stopPropagation();
if (this.#panel.hidden) {
this.#input.value = "";
this.#later();
}
this.#input.focus();
this.close();
}
#move(step) {
const places = this.#hits.length + 1;
this.#setActive(((this.#active + 1 + step + places) % places) - 1);
}
#setActive(place) {
const options = [...this.#list.children];
const option = options[(this.#active = place)];
for (const one of options) one.ariaSelected = one === option;
if (!option) return this.#input.removeAttribute("aria-activedescendant");
option.scrollIntoView({ block: "nearest" });
this.#input.setAttribute("aria-activedescendant", option.id);
}
#choose(place, event, isHeard) {
const hit = this.#hits[place];
if (isHeard && hit.replay_at_moment) return this.#follow(hit.replay_at_moment, "ecoute", { hit }, event);
const own = this.#host.address(`${hit.kind === "idee" ? "idee" : "verbatim"}/${hit.id}`);
this.#follow(this.#host.hasAttribute("statique") ? hit.url : own, "choix", { hit }, event);
}
#follow(url, name, detail, { ctrlKey, metaKey, shiftKey }) {
if (!/^https?:/.test(url) || !this.#tell(name, { ...detail, url })) return;
if (ctrlKey || metaKey || shiftKey) window.open(url, "_blank", "noopener");
else location.assign(url);
}
#tell(name, detail) {
const options = { bubbles: true, composed: true, cancelable: true, detail };
return this.#host.dispatchEvent(new CustomEvent(`verbatheque-${name}`, options));
}
#open(isOpen) {
this.#panel.hidden = !isOpen;
this.#panel.classList.toggle("sombre", isLight(getComputedStyle(this.#host).color));
this.#input.ariaExpanded = isOpen && this.#hits.length > 0;
if (!isOpen) this.#setActive(-1);
}
}
function isLight(colour) {
const [red, green, blue] = colour.match(/[\d.]+/g) ?? [];
return colour.startsWith("rgb") && 0.3 * red + 0.59 * green + 0.11 * blue > 140;
}
