const VERSION = "0.2.1";
const SEALS = { recherche: "sha256-oBsXy/UqoSSVMu60ju64A3elac9aG4UBWQ/H1py5Sco=", citation: "sha256-j+yiwYSg8StOxEm9Q3TFuSBut6pkak5T7rHB3uk4Zho=" };
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`:host{display:block;box-sizing:border-box;min-width:0;width:-moz-available;width:-webkit-fill-available;width:stretch}
:host([hidden]){display:none!important}
.tout{display:block;position:relative;min-height:var(--verbatheque-hauteur,7em);max-width:var(--verbatheque-largeur,none);
font-size:var(--verbatheque-taille,1em);line-height:var(--verbatheque-interligne,1.5);color:var(--verbatheque-texte,inherit);}
label{display:block;font-weight:var(--verbatheque-graisse,600)}
.ligne{display:flex;flex-wrap:wrap;margin:.3em 0;gap:var(--verbatheque-espace,.5em)}
input,button{box-sizing:border-box;margin:0;padding:.5em .7em;font:inherit;color:var(--verbatheque-texte-champ,inherit);
background:var(--verbatheque-fond-champ,transparent);border:1px solid var(--verbatheque-bord,currentColor);border-radius:var(--verbatheque-rayon,4px)}
input{flex:1 1 12em}
button{color:var(--verbatheque-texte-bouton,inherit);background:var(--verbatheque-fond-bouton,transparent)}
:focus-visible{outline:3px solid var(--verbatheque-focus,currentColor);outline-offset:2px}
p{margin:0;min-height:1.5em}`);
const el = (name, part, ...children) => {
const node = document.createElement(name);
node.setAttribute("part", (node.className = part));
node.append(...children);
return node;
};
async function load(name) {
const link = document.createElement("link");
const href = new URL(`widget-${name}-${VERSION}.js`, import.meta.url).href;
Object.assign(link, { rel: "modulepreload", crossOrigin: "", integrity: SEALS[name], href });
document.head.append(link);
return import(href).finally(() => link.remove());
}
class Recherche extends HTMLElement {
static observedAttributes = "src theme intervenant webinaire max tri placeholder label lang textes statique".split(" ");
typing;
#texts;
connectedCallback() {
if (!this.shadowRoot) {
const root = this.attachShadow({ mode: "open", delegatesFocus: true });
root.adoptedStyleSheets = [SHEET];
const line = el("div", "ligne", el("input", "champ"), el("button", "bouton"));
root.append(el("div", "tout", el("form", "formulaire", el("label", "label"), line), el("p", "statut")));
const $ = (name) => root.querySelector(name);
Object.assign($("input"), { id: $("label").htmlFor = "q", type: "search", autocomplete: "off", role: "combobox", ariaAutoComplete: "list", ariaExpanded: false });
$("form").role = "search";
$("p").role = "status";
root.addEventListener("focusin", () => this.#wake().catch(() => {}), { once: true });
root.addEventListener("submit", (event) => {
event.preventDefault();
const alone = () => location.assign(this.address("recherche", { q: root.querySelector("input").value }));
this.#wake().then(() => this.typing.open(), alone);
});
}
this.attributeChangedCallback();
}
disconnectedCallback() {
this.typing?.close();
}
attributeChangedCallback() {
const root = this.shadowRoot;
if (!root?.firstChild) return;
const { label, bouton, placeholder } = this.textes;
root.querySelector("label").textContent = this.getAttribute("label") || label || "Rechercher une citation";
root.querySelector("button").textContent = bouton || "Rechercher";
root.querySelector("input").placeholder = this.getAttribute("placeholder") || placeholder || "";
this.typing?.changed();
}
async #wake() {
const { Typing } = await load("recherche");
this.typing ??= new Typing(this, SHEET);
}
get textes() {
try {
return this.#texts ?? JSON.parse(this.getAttribute("textes")) ?? {};
} catch {
return {};
}
}
set textes(texts) {
this.#texts = texts;
this.attributeChangedCallback();
}
address(path, parameters) {
const root = new URL(this.getAttribute("src") || new URL(".", import.meta.url), document.baseURI);
const address = new URL(root.pathname.replace(/\/?$/, "/") + path, root);
address.search = new URLSearchParams(parameters);
return address.href;
}
}
class Citation extends HTMLElement {
static observedAttributes = ["src"];
constructor() {
super();
const root = this.attachShadow({ mode: "open" });
root.adoptedStyleSheets = [SHEET];
root.append(document.createElement("slot"));
}
attributeChangedCallback() {
load("citation").then(({ check }) => check(this)).catch(() => {});
}
}
for (const [name, element] of [["recherche", Recherche], ["citation", Citation]])
customElements.get(`verbatheque-${name}`) ?? customElements.define(`verbatheque-${name}`, element);
