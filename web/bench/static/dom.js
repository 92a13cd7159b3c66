// Elements by their tag, what they are and what they hold; text is always text.
export function el(tag, { on = {}, data = {}, ...given } = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name in node && name !== "list") node[name] = value;
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  Object.assign(node.dataset, data);
  for (const [event, act] of Object.entries(on)) node.addEventListener(event, act);
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

export const button = (label, act, given = {}) =>
  el("button", { type: "button", className: "plain", on: { click: act }, ...given }, label);

// A new element takes the place of the old one, its focus, its mark and what was unfolded.
const CONTROLS = "button, select, input, textarea, summary";
function replaced(old, node) {
  const at = [...old.querySelectorAll(CONTROLS)].indexOf(document.activeElement);
  const unfolded = [...old.querySelectorAll("details")].map(({ open }) => open);
  old.replaceWith(node);
  node.classList.toggle("shown", old.classList.contains("shown"));
  [...node.querySelectorAll("details")].forEach((fold, place) => (fold.open = unfolded[place] ?? false));
  if (at >= 0) node.querySelectorAll(CONTROLS)[at]?.focus({ preventScroll: true });
}

const same = (a, b) => Object.keys(b).every((key) => a[key] === b[key]);

// Paint a list again: an element whose value holds the same things stays, with its focus.
export class List {
  constructor(parent, made) {
    Object.assign(this, { parent, made, known: new Map() });
  }

  paint(values, keyOf) {
    const kept = new Map();
    const nodes = values.map((value) => {
      const key = keyOf(value);
      const old = this.known.get(key);
      const one = old && same(old.value, value) ? old : { value, node: this.made(value, old?.node) };
      if (old && old !== one) replaced(old.node, one.node);
      kept.set(key, one);
      return one.node;
    });
    for (const [key, { node }] of this.known) if (!kept.has(key)) node.remove();
    nodes.forEach((node, place) => {
      if (this.parent.children[place] !== node) this.parent.insertBefore(node, this.parent.children[place] ?? null);
    });
    this.known = kept;
  }
}
