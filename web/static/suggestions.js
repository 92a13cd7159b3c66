/**
 * Completes what is typed in a search field: an editable combobox with a list, after the ARIA
 * Authoring Practices. Without this script the form works as it is.
 *
 * No option is active before an arrow is pressed: a screen reader then goes on speaking what is
 * typed. Text reaches the page through textContent only.
 */
const WAIT = 120; // ms between the last keystroke and the question
const LIMIT = 4; // suggestions of each kind

const el = (name, properties, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

class Suggestions {
  #input;
  #list = el("div", { id: "suggestions", className: "suggestions", hidden: true, role: "listbox", ariaLabel: "Suggestions" });
  #status = el("p", { className: "unseen", role: "status" });
  #options = [];
  #active = -1;
  #timer;
  #asking; // the AbortController of the question on its way

  constructor(input) {
    this.#input = input;
    Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
    input.setAttribute("aria-controls", "suggestions");
    input.closest(".field").append(this.#list);
    input.form.append(this.#status);
    input.addEventListener("input", () => this.#later());
    input.addEventListener("keydown", (event) => this.#press(event));
    input.addEventListener("blur", () => this.#close());
    input.form.addEventListener("submit", () => this.#close());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#follow(option, event);
    });
  }

  #later() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    if (this.#input.value.trim()) this.#timer = setTimeout(() => this.#ask(), WAIT);
    else this.#close();
  }

  async #ask() {
    this.#asking = new AbortController();
    const address = new URL(this.#input.dataset.suggestions, location);
    address.search = new URLSearchParams({ q: this.#input.value, limit: LIMIT });
    try {
      const answer = await fetch(address, { signal: this.#asking.signal });
      if (answer.ok) this.#show((await answer.json()).groups);
    } catch {
      // Suggestions are a help: without an answer, the field works as it is.
    }
  }

  #show(groups) {
    if (document.activeElement !== this.#input) return;
    this.#options = [];
    this.#list.replaceChildren(...groups.map((group, place) => this.#group(group, place)));
    this.#setActive(-1);
    this.#open(this.#options.length > 0);
    const count = this.#options.length;
    this.#status.textContent = count ? `${count}\u00a0suggestion${count > 1 ? "s" : ""}` : "";
  }

  #group(group, place) {
    const label = el("p", { id: `groupe-suggere-${place}`, role: "presentation" }, group.label);
    const options = group.suggestions.map((suggestion) => this.#option(suggestion));
    const node = el("div", { role: "group" }, label, ...options);
    node.setAttribute("aria-labelledby", label.id);
    return node;
  }

  #option({ label, count, url }) {
    const { pathname, search } = new URL(url, location);
    const unit = el("span", { className: "unseen" }, count < 2 ? " résultat" : " résultats");
    const told = el("span", { className: "count" }, count.toLocaleString("fr"), unit);
    const option = el("div", { id: `suggestion-${this.#options.length}`, role: "option", ariaSelected: "false" }, el("span", {}, label), told);
    option.dataset.address = pathname + search;
    this.#options.push(option);
    return option;
  }

  #press(event) {
    const isOpen = !this.#list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.#options.length) return;
      event.preventDefault();
      if (!isOpen) this.#open(true);
      this.#move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // the first Escape closes the list, the next empties the field
      this.#close();
    } else if (event.key === "Enter" && isOpen && this.#active >= 0) {
      event.preventDefault();
      this.#follow(this.#options[this.#active], event);
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      this.#setActive(-1); // back to the text
    }
  }

  /** From the field to the first option, round to the field after the last. */
  #move(step) {
    const places = this.#options.length + 1;
    this.#setActive(((this.#active + 1 + step + places) % places) - 1);
  }

  #setActive(place) {
    if (this.#options[this.#active]) this.#options[this.#active].ariaSelected = "false";
    this.#active = place;
    const option = this.#options[place];
    if (option) {
      option.ariaSelected = "true";
      option.scrollIntoView({ block: "nearest" });
      this.#input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  #follow(option, event) {
    const { address } = option.dataset;
    this.#close();
    if (event.ctrlKey || event.metaKey) window.open(address, "_blank", "noopener");
    else location.assign(address);
  }

  #open(isOpen) {
    this.#list.hidden = !isOpen;
    this.#input.ariaExpanded = isOpen;
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#setActive(-1);
    this.#open(false);
    this.#status.textContent = "";
  }
}

for (const input of document.querySelectorAll("input[data-suggestions]")) new Suggestions(input);
