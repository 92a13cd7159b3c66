/**
 * <verbatheque-recherche src="https://site" max="5" label="…" placeholder="…">
 *   <a href="https://site/recherche">Rechercher une citation</a>
 * </verbatheque-recherche>
 *
 * A search field and the quotes that answer it. No dependency, cookie, storage or inline style;
 * text reaches the page through textContent only. Fires « verbatheque-erreur » when no answer came.
 */
const WAIT = 150; // ms between the last keystroke and the question
const NBSP = "\u00a0";

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
  :host { display: block; font: inherit; color: inherit;
    --_accent: var(--verbatheque-accent, #0f5f5c); --_line: var(--verbatheque-line, #8886);
    --_mark: var(--verbatheque-mark, #ffe58a); --_radius: var(--verbatheque-radius, 4px); }
  @media (prefers-color-scheme: dark) { :host { --_mark: var(--verbatheque-mark, #6a5a13); } }
  label { display: block; font-weight: 600; margin-bottom: .35em; }
  input { box-sizing: border-box; width: 100%; padding: .6em .75em; font: inherit; color: inherit;
    background: transparent; border: 1px solid currentColor; border-radius: var(--_radius); }
  :focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
  [role=status] { min-height: 1.5em; margin: .5em 0 0; font-size: .9em; }
  ol { list-style: none; margin: 0; padding: 0; }
  li { padding: .9em 0; border-top: 1px solid var(--_line); }
  blockquote, p { margin: 0; overflow-wrap: anywhere; }
  blockquote { white-space: pre-wrap; }
  blockquote a { color: inherit; text-decoration: none; }
  blockquote a:hover { text-decoration: underline; }
  .from { margin-top: .35em; font-size: .9em; }
  .from a, .more { color: inherit; text-underline-offset: .15em; }
  .more { display: inline-block; padding: .4em 0; }
  mark { background: var(--_mark); color: inherit; }
`);

const el = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

/** Spans count whole characters, as Python does; JavaScript's own indices would split some. */
function marked(text, spans) {
  const letters = [...text];
  const pieces = [];
  let cursor = 0;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (start < cursor || end <= start) continue;
    pieces.push(letters.slice(cursor, start).join(""));
    pieces.push(el("mark", { textContent: letters.slice(start, end).join("") }));
    cursor = end;
  }
  return [...pieces, letters.slice(cursor).join("")];
}

class VerbathequeRecherche extends HTMLElement {
  #timer;
  #asking; // the AbortController of the question on its way
  #input = el("input", { id: "q", name: "q", type: "search", autocomplete: "off" });
  #status = el("p", { role: "status" });
  #answer = el("div");

  connectedCallback() {
    if (this.shadowRoot) return; // moved within its page
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [STYLE];
    this.#input.placeholder = this.getAttribute("placeholder") ?? "";
    this.#input.addEventListener("input", () => this.#wait());
    const label = this.getAttribute("label") || "Rechercher une citation";
    const form = el("form", { role: "search" });
    form.append(el("label", { htmlFor: "q", textContent: label }), this.#input);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.assign(this.#address("recherche", { q: this.#input.value }));
    });
    root.append(form, this.#status, this.#answer);
  }

  disconnectedCallback() {
    this.#forget();
  }

  /** Without src: the site that served this script. */
  #address(path, parameters = {}) {
    const src = this.getAttribute("src");
    const root = src ? new URL(src, document.baseURI) : new URL(".", import.meta.url);
    const address = new URL(root.pathname.replace(/\/?$/, "/") + path, root);
    address.search = new URLSearchParams(parameters);
    return address.href;
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = undefined;
  }

  #wait() {
    this.#forget();
    const words = this.#input.value.trim();
    if (words) this.#timer = setTimeout(() => this.#ask(words), WAIT);
    else this.#show("");
  }

  async #ask(words) {
    const asking = (this.#asking = new AbortController());
    const limit = Math.min(20, Math.max(1, parseInt(this.getAttribute("max"), 10) || 5));
    try {
      const address = this.#address("api/v1/search", { q: words, limit });
      const response = await fetch(address, { signal: asking.signal, credentials: "omit" });
      const content = await response.json();
      if (asking !== this.#asking) return; // stale: another question has left since
      if (response.ok) this.#results(words, content);
      else this.#fail(words, content.detail);
    } catch (error) {
      if (asking === this.#asking) this.#fail(words, "", error);
    }
  }

  #results(words, { total, hits }) {
    const number = total.toLocaleString("fr-FR");
    const found = total > 1 ? `${number} citations et idées` : "Une seule citation ou idée";
    const list = el("ol", {}, ...hits.map((hit) => this.#result(hit)));
    const more = this.#more(words, "Voir tous les résultats");
    this.#show(total ? found : "Aucune citation trouvée.", ...(total ? [list, more] : []));
  }

  #result({ id, kind, text, highlights, speaker, role, webinar, key_idea }) {
    const isIdea = kind === "idee";
    const words = marked(text, highlights);
    const link = el("a", { href: this.#address(`${isIdea ? "idee" : "verbatim"}/${id}`) }, ...words);
    const from = el("p", { className: "from" });
    const who = isIdea ? `Idée clé n°${NBSP}${key_idea?.number}` : [speaker, role].filter(Boolean).join(", ");
    const place = this.#address(`webinaire/${webinar.id}`);
    from.append(who, who && " — ", el("a", { href: place, textContent: webinar.title }));
    const said = isIdea ? el("p", {}, link) : el("blockquote", {}, `«${NBSP}`, link, `${NBSP}»`);
    return el("li", {}, said, from);
  }

  #fail(words, detail, error) {
    this.#show(detail || "La recherche ne répond pas.", this.#more(words, "Chercher sur le site"));
    const options = { bubbles: true, composed: true, detail: { words, message: detail, error } };
    this.dispatchEvent(new CustomEvent("verbatheque-erreur", options));
  }

  #more(words, textContent) {
    return el("a", { className: "more", href: this.#address("recherche", { q: words }), textContent });
  }

  #show(status, ...children) {
    this.#status.textContent = status;
    this.#answer.replaceChildren(...children);
  }
}

customElements.get("verbatheque-recherche") ??
  customElements.define("verbatheque-recherche", VerbathequeRecherche);
