// The page as it was read: its lines, what of them is a verbatim, and the words one marks.
import { List, el } from "./dom.js";

const points = (text) => [...text].length; // places count characters, not halves of them

function cut(text, spans) {
  const signs = [...text];
  const parts = [];
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start < at) continue;
    if (span.start > at) parts.push(signs.slice(at, span.start).join(""));
    const { kind, id } = span;
    parts.push(el("mark", { className: kind, data: { part: id } }, signs.slice(span.start, span.end).join("")));
    at = span.end;
  }
  parts.push(signs.slice(at).join(""));
  return parts;
}

export class Page {
  constructor(lines, { marked, chosen }) {
    this.lines = lines;
    this.chosen = chosen;
    this.node = el("div", {
      className: "sheet",
      role: "textbox",
      contentEditable: "true", // a caret that any key moves; nothing can be typed
      spellcheck: false,
      inputMode: "none",
      "aria-readonly": "true",
      "aria-multiline": "true",
      "aria-label": "La page telle qu’elle a été lue",
      "aria-describedby": "marquer-aide",
    });
    for (const event of ["beforeinput", "drop", "paste", "cut", "dragstart"]) {
      this.node.addEventListener(event, (sent) => sent.preventDefault());
    }
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        marked();
      }
    });
    this.node.addEventListener("click", (event) => {
      const mark = event.target.closest("mark[data-part]");
      if (mark && getSelection().isCollapsed) chosen(mark.dataset.part);
    });
    this.list = new List(this.node, ({ text, line }) =>
      el("p", { data: { line }, className: text.trim() ? "" : "blank" }, cut(text, this.spans[line])));
  }

  paint({ ideas, verbatims, removed }, doubtful) {
    const spans = (this.spans = this.lines.map(() => []));
    const put = (kind, { id, places }) => {
      for (const [line, start, end] of places) spans[line]?.push({ start, end, kind, id });
    };
    for (const said of verbatims) put(doubtful.has(said.id) ? "said doubted" : said.speaker ? "said" : "said unnamed", said);
    for (const idea of ideas) put("idea", idea);
    for (const gone of removed) put("removed", gone);
    const told = (line) => spans[line].map((span) => Object.values(span).join()).join("|");
    this.list.paint(this.lines.map((text, line) => ({ text, line, told: told(line) })), ({ line }) => line);
  }

  // The words that are selected, as places of the page; null when they are not of it.
  selection() {
    const chosen = getSelection();
    if (!chosen.rangeCount || !this.node.contains(chosen.anchorNode)) return null;
    const range = chosen.getRangeAt(0);
    const start = this.spot(range.startContainer, range.startOffset);
    const end = this.spot(range.endContainer, range.endOffset);
    return start && end ? { start, end, empty: range.collapsed || !range.toString().trim() } : null;
  }

  spot(node, offset) {
    if (node === this.node) {
      const line = Math.min(offset, this.lines.length - 1);
      return offset < this.lines.length ? { line, offset: 0 } : { line, offset: points(this.lines[line]) };
    }
    const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-line]");
    if (!line) return null;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, offset);
    return { line: Number(line.dataset.line), offset: points(before.toString()) };
  }

  // The verbatim in which the caret stands.
  partAtCaret() {
    const node = getSelection().anchorNode;
    return (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.("mark.said")?.dataset.part;
  }

  show(part) {
    for (const mark of this.node.querySelectorAll("mark.shown")) mark.classList.remove("shown");
    const marks = this.node.querySelectorAll(`mark[data-part="${CSS.escape(part)}"]`);
    for (const mark of marks) mark.classList.add("shown");
    marks[0]?.scrollIntoView({ block: "center" });
    return marks[0];
  }
}
