// Both sides of a write-up: each gesture is sent, kept, and answered by what both sides then show.
import { List, button, el } from "./dom.js";
import { Page } from "./page.js";

const root = document.getElementById("etabli");
const csrf = document.querySelector("meta[name=csrf]").content;
const tabs = new BroadcastChannel(root.dataset.base);
const NEW = "\u0000new", ASK = "\u0000ask";
let state, page, known, waiting = Promise.resolve();

// The answer tells what changed since what is shown; of a list, an id stands for what stays.
function take(told) {
  const kept = (name) => {
    const known = new Map(state?.[name]?.map((part) => [part.id, part]));
    return told[name]?.map((part) => (typeof part === "string" ? known.get(part) : part)) ?? state?.[name];
  };
  state = { ...state, candidates: null, ...told, ideas: kept("ideas"), verbatims: kept("verbatims"), removed: kept("removed") };
}

async function ask(path, sent) {
  const headers = { Accept: "application/json", "X-CSRF": csrf, "X-Shown": state?.stamp ?? "" };
  const asked = sent instanceof FormData ? { method: "POST", headers, body: sent }
    : sent ? { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(sent) }
    : { headers };
  let answer;
  try {
    answer = await fetch(root.dataset.base + path, asked);
  } catch {
    throw new Error("L’établi ne répond plus\u00a0: relancez «\u00a0verbatheque edit\u00a0». Rien de ce qui est affiché n’est perdu.");
  }
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

// One gesture after the other, in the order they were made.
function send(path, sent, said = "") {
  waiting = waiting.then(async () => {
    try {
      take(await ask(path, sent));
      paint();
      tell(said);
      tabs.postMessage(state.version);
    } catch (fault) {
      tell(fault.message, true);
    }
  });
  return waiting;
}
const change = (kind, fields, said) => send("changer", { kind, fields }, said);

tabs.onmessage = async ({ data }) => {
  if (data === state.version) return;
  take(await ask("etat"));
  paint();
};

const status = el("p", { role: "status", className: "told" });
function tell(message, isFault = false) {
  status.textContent = message;
  status.classList.toggle("fault", isFault);
}

/* The bar: undo, save, publish. */
const undo = button("Défaire", () => send("aller", { way: -1 }, "Défait."));
const redo = button("Refaire", () => send("aller", { way: 1 }, "Refait."));
const save = button("Enregistrer", () => send("enregistrer", {}, "Enregistré."), { className: "" });
const publish = el("a", { href: root.dataset.publish, on: { click: saveFirst } }, "Publier");
const bar = el("div", { className: "bar-of-acts", role: "toolbar", "aria-label": "Le compte rendu" }, undo, redo, save, publish, status);

// What is published is what is saved: one click does both, unless another hand wrote meanwhile.
async function saveFirst(event) {
  if (state.saved) return;
  event.preventDefault();
  await send("enregistrer", {}, "Enregistré.");
  if (state.saved) location.assign(publish.href);
}

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const typing = event.target.closest?.("input, textarea, select");
  const key = event.key.toLowerCase();
  const act = key === "s" ? save : typing ? null : key === "y" || (key === "z" && event.shiftKey) ? redo : key === "z" ? undo : null;
  if (!act) return;
  event.preventDefault();
  if (typing) typing.blur();
  if (!act.disabled) act.click();
});

/* What another hand wrote. */
const conflict = el("section", { className: "note conflict", hidden: true, "aria-label": "Fichier changé ailleurs" });
function paintConflict() {
  const theirs = state.theirs;
  conflict.hidden = !theirs;
  if (!theirs) return;
  conflict.replaceChildren(
    el("p", {}, "Ce fichier a été changé ailleurs depuis que vous l’avez ouvert. Voici ce qui sépare les deux versions\u00a0; celle que vous ne gardez pas reste à portée de «\u00a0Défaire\u00a0»."),
    el("pre", { tabIndex: 0, "aria-label": "Différences" }, theirs.diff),
    el("div", { className: "actions" },
      button("Garder ma version", () => send("enregistrer", { over: theirs.digest }, "Votre version est enregistrée.")),
      button("Prendre celle du disque", () => send("prendre", {}, "La version du disque est reprise."))));
}

/* Doubts. */
const doubtList = el("ol", { className: "doubts" });
const doubtHead = el("h2", { tabIndex: -1 });
const doubts = new List(doubtList, (doubt) => {
  const label = doubt.words ? `${doubt.words}\u00a0: ` : "";
  const keep = (text, className) => button(text, () => answered(doubt, send("regler", { key: doubt.key }, "Doute levé.")), { className, "aria-label": label + text });
  const others = doubt.names.split("|").filter((name) => name && name !== doubt.speaker);
  return el("li", {},
    el("button", { type: "button", className: "to-place", on: { click: () => show(doubt.part) } },
      doubt.words && el("span", { className: "said-words" }, doubt.words), el("span", {}, doubt.message)),
    el("span", { className: "choices" },
      doubt.who && doubt.speaker && keep(doubt.speaker, ""),
      others.map((name) => button(name, () => answered(doubt, attribute([doubt.part], name)), { "aria-label": label + name })),
      !(doubt.who && doubt.speaker) && keep(doubt.who ? "Laisser sans nom" : "C’est bon", "plain")));
});
// A doubt that goes brings the next one, both sides at its place.
async function answered({ key }, done) {
  const at = state.doubts.findIndex((doubt) => doubt.key === key);
  await done;
  const next = state.doubts[Math.min(at, state.doubts.length - 1)];
  if (!next) return doubtHead.focus();
  show(next.part, false);
  const row = doubtList.children[state.doubts.indexOf(next)];
  row.scrollIntoView({ block: "nearest" });
  row.querySelector(".choices button").focus({ preventScroll: true });
  return undefined;
}
const FEW = 90; // letters: enough to tell a quote from the next
const shortened = (text) => (text.length > FEW ? `${text.slice(0, FEW).replace(/\s+\S*$/, "")}…` : text);
const wordsOf = (said) => said && `«\u00a0${shortened(said.text)}\u00a0»`;

/* Who said it. */
function attribute(ids, name) {
  if (state.people.some((person) => person.name === name) || !name) {
    return change("attribute", { verbatims: ids, speaker: name }, `${name || "Sans nom"}\u00a0: ${ids.length} verbatim${ids.length > 1 ? "s" : ""}.`);
  }
  const [, role = "", organisation = ""] = known.find(([one]) => one === name) ?? [];
  return change("present", { former: "", name, role, organisation, sheet: "", verbatims: ids }, `${name} est ajouté à la liste.`);
}
const option = (value, text, chosen) => el("option", { value, selected: value === chosen }, text);
// Those that few will choose come when the list is about to open: a thousand lists open at once.
function filledLate(select, fill) {
  const once = () => {
    for (const event of ["pointerdown", "focus"]) select.removeEventListener(event, once);
    fill();
  };
  for (const event of ["pointerdown", "focus"]) select.addEventListener(event, once);
  return select;
}
function chooser(value, label, chosen) {
  const here = new Set(state.people.map(({ name }) => name));
  const other = option(NEW, "quelqu’un d’autre…");
  const select = el("select", { "aria-label": label },
    value === ASK && option(ASK, "les donner à…"),
    option("", "sans nom", value),
    el("optgroup", { label: "Dans ce webinaire" }, [...here].map((name) => option(name, name, value))),
    other);
  const others = known.filter(([name]) => !here.has(name)).map(([name]) => name);
  if (others.length) filledLate(select, () => other.before(el("optgroup", { label: "Sur le site" }, others.map((name) => option(name, name)))));
  select.addEventListener("change", () => {
    if (select.value === ASK) return undefined;
    if (select.value !== NEW) return chosen(select.value);
    const name = el("input", { "aria-label": "Nom de la personne", placeholder: "Prénom Nom" });
    const done = () => (name.value.trim() ? chosen(name.value.trim()) : name.replaceWith(chooser(value, label, chosen)));
    name.addEventListener("change", done);
    select.replaceWith(name);
    name.focus();
    return undefined;
  });
  return select;
}

/* One verbatim. */
const selected = new Set();
const cards = new Map();
function card(shown, old) {
  const { said } = shown;
  const box = el("input", { type: "checkbox", checked: selected.has(said.id), "aria-label": "Choisir ce verbatim" });
  box.addEventListener("change", () => {
    selected[box.checked ? "add" : "delete"](said.id);
    paintChoice();
  });
  const node = el("article", { className: shown.doubted ? "one doubted" : "one", data: { part: said.id } },
    el("div", { className: "words" }, box,
      el("blockquote", { on: { click: () => show(said.id, false) } }, said.text)));
  cards.set(said.id, node);
  bare.delete(old);
  bare.set(node, shown);
  if (old || bare.size <= AT_ONCE) complete(node);
  else if (bare.size === AT_ONCE + 1) setTimeout(completeSome);
  return node;
}

// Words first; what one does with them comes a few at a time, and at once where one goes.
const AT_ONCE = 20, SLICE = 8; // cards; milliseconds
const bare = new Map();
function complete(node) {
  const shown = bare.get(node);
  if (shown) node.append(...controls(shown).filter(Boolean));
  bare.delete(node);
}
function completeSome() {
  const until = performance.now() + SLICE;
  for (const node of bare.keys()) {
    if (performance.now() > until) break;
    complete(node);
  }
  if (bare.size) setTimeout(completeSome);
}

function controls({ said, placed, guesses, above, below }) {
  const moment = el("input", { value: said.moment, size: 6, placeholder: "12:04", "aria-label": "Moment dans la vidéo" });
  moment.addEventListener("change", () => change("time", { verbatim: said.id, moment: moment.value }));
  const place = state.ideas.find(({ id }) => id === said.idea);
  const idea = state.ideas.length > 0 && filledLate(el("select", { "aria-label": "Idée que ce verbatim appuie" },
    option(said.idea, place ? `idée ${place.number}` : "sans idée", said.idea)), () => idea.replaceChildren(
    option("", "sans idée", said.idea), ...state.ideas.map(({ id, number }) => option(id, `idée ${number}`, said.idea))));
  if (idea) idea.addEventListener("change", () => change("move", { verbatim: said.id, idea: idea.value, before: "" }, "Déplacé."));
  return [
    guesses && el("p", { className: "aside" }, "Dit peut-être à\u00a0: ", guesses.length ? guesses.map((guess) =>
      button(guess, () => change("time", { verbatim: said.id, moment: guess }, `Moment\u00a0: ${guess}.`), { "aria-label": `Dit à ${guess}` })) : "aucun moment trouvé"),
    !placed && page.lines.length > 1 && el("p", { className: "aside" }, "Ces mots ne sont pas sur la page\u00a0: marquez-les, puis «\u00a0Remplacer par les mots marqués\u00a0»."),
    el("div", { className: "acts" },
      chooser(said.speaker, "Qui l’a dit", (name) => attribute([said.id], name)), idea, moment,
      button("Voir", () => show(said.id, true), { "aria-label": "Voir sur la page" }),
      el("details", { className: "more" }, el("summary", {}, "Plus"),
        above && button("Monter", () => change("move", { verbatim: said.id, idea: said.idea, before: above }, "Monté.")),
        below && button("Descendre", () => change("move", { verbatim: below, idea: said.idea, before: said.id }, "Descendu.")),
        below && button("Joindre au suivant", () => change("join", { verbatim: said.id }, "Joints.")),
        button("Remplacer par les mots marqués", () => replaceWords(said.id)),
        button("Retirer", () => change("remove", { parts: [said.id] }, "Retiré\u00a0; «\u00a0Défaire\u00a0» le reprend."))))];
}

/* Ideas, each with its verbatims. */
const groups = el("div", { className: "groups" });
const lists = new Map();
const ideas = new List(groups, (idea) => {
  const old = lists.get(idea.id);
  const list = old ?? { node: el("div"), painted: null };
  list.painted ??= new List(list.node, card);
  lists.set(idea.id, list);
  const text = el("input", { value: idea.text, "aria-label": idea.id ? `Idée ${idea.number}` : "Nouvelle idée" });
  text.addEventListener("change", () => change("word", { idea: idea.id, text: text.value }));
  return el("section", { className: "group-of" },
    idea.id ? el("div", { className: "idea-line" }, el("span", { className: "badge" }, `${idea.number}.`), text,
      button("Retirer", () => change("remove", { parts: [idea.id] }, "Idée retirée\u00a0; ses verbatims restent."), { "aria-label": `Retirer l’idée ${idea.number}` })) : "",
    list.node);
});

/* The people of the page. */
const people = el("ul", { className: "folk" });
const folk = new List(people, (person) => {
  const field = (key, label) => {
    const input = el("input", { value: person[key], "aria-label": `${label} de ${person.name}`, placeholder: label });
    input.addEventListener("change", () => change("present", {
      former: person.name, name: person.name, role: person.role, organisation: person.organisation,
      sheet: person.own_id, [key]: input.value, verbatims: [] }));
    return input;
  };
  return el("li", {}, field("name", "Nom"), field("role", "Fonction"), field("organisation", "Organisation"),
    el("span", { className: "count" }, `${person.said}`, el("span", { className: "unseen" }, "\u00a0verbatims")),
    button("Retirer", () => change("dismiss", { name: person.name }, `${person.name} est retiré de la liste.`), { "aria-label": `Retirer ${person.name}` }));
});
const newcomer = el("input", { "aria-label": "Ajouter une personne", placeholder: "Ajouter\u00a0: Prénom Nom" });
newcomer.setAttribute("list", "connus");
newcomer.addEventListener("change", async () => {
  if (newcomer.value.trim()) await attribute([], newcomer.value.trim());
  newcomer.value = "";
});
const newIdea = el("input", { "aria-label": "Ajouter une idée", placeholder: "Ajouter une idée clé" });
newIdea.addEventListener("change", async () => {
  if (newIdea.value.trim()) await change("word", { idea: "", text: newIdea.value }, "Idée ajoutée.");
  newIdea.value = "";
});

/* The head. */
const HEAD = [["title", "Titre", "text"], ["held_on", "Date du webinaire", "date"], ["published_on", "Date de publication", "date"],
  ["url", "Adresse de la page", "url"], ["replay_url", "Adresse de la vidéo", "url"], ["introduction", "Chapeau", ""]];
const fields = Object.fromEntries(HEAD.map(([key, , type]) => {
  const input = type ? el("input", { type, id: `tete-${key}` }) : el("textarea", { rows: 4, id: `tete-${key}` });
  input.addEventListener("change", () => change("describe", Object.fromEntries(HEAD.map(([name]) => [name, fields[name].value]))));
  return [key, input];
}));

/* The second of each verbatim, from the subtitles of the replay. */
let guesses = {};
const subtitles = el("input", { type: "file", id: "sous-titres", accept: ".vtt,.srt,.txt,.docx" });
subtitles.addEventListener("change", () => {
  if (!subtitles.files.length) return;
  const sent = new FormData();
  sent.append("fichier", subtitles.files[0]);
  subtitles.value = "";
  tell("Recherche des moments…");
  send("moments", sent, "").then(() => {
    if (!state.candidates) return;
    guesses = state.candidates;
    paint();
    const open = Object.keys(guesses).length;
    tell(`Moments trouvés\u00a0: ${state.found}\u00a0; à choisir à l’oreille\u00a0: ${open}.`);
  });
});

/* Several verbatims at once. */
const choice = el("div", { className: "choice", hidden: true, role: "group", "aria-label": "Verbatims choisis" });
function paintChoice() {
  const ids = state.verbatims.map(({ id }) => id).filter((id) => selected.has(id));
  choice.hidden = !ids.length;
  if (!ids.length) return;
  const done = async (act) => {
    selected.clear();
    await act;
  };
  choice.replaceChildren(
    el("span", {}, ids.length > 1 ? `${ids.length}\u00a0verbatims choisis` : "1\u00a0verbatim choisi"),
    chooser(ASK, "Les donner à", (name) => done(attribute(ids, name))),
    button("Retirer", () => done(change("remove", { parts: ids }, "Retirés."))),
    button("Ne plus choisir", () => {
      selected.clear();
      for (const box of groups.querySelectorAll("input[type=checkbox]")) box.checked = false;
      paintChoice();
    }));
}

/* Marking. */
let last = null; // what was selected last: a button takes the focus away
const mark = button("Marquer comme verbatim", markWords, { className: "", disabled: true });
const split = button("Couper ici", () => last?.part && change("split", { verbatim: last.part, at: last.start }, "Coupé en deux."), { disabled: true });
document.addEventListener("selectionchange", look);
function look() {
  const found = page?.selection();
  if (!found) return;
  last = { ...found, part: page.partAtCaret() };
  mark.disabled = found.empty;
  split.disabled = !(found.empty && last.part);
}
function markWords() {
  look(); // a key is heard before the selection that it follows is told
  if (!last || last.empty) return tell("Choisissez d’abord des mots de la page.", true);
  const { start, end } = last;
  return change("mark", { start, end, speaker: "", verbatim: "" }, "Marqué\u00a0: dites qui l’a dit.").then(() => {
    const fresh = state.verbatims.find(({ places }) => places[0]?.[0] === start.line && places[0][1] >= start.offset - 3 && places[0][1] <= start.offset + 3);
    if (fresh) show(fresh.id, true, "select");
  });
}
function replaceWords(id) {
  if (!last || last.empty) return tell("Choisissez d’abord, sur la page, les mots de ce verbatim.", true);
  return change("mark", { start: last.start, end: last.end, speaker: "", verbatim: id }, "Les mots de la page remplacent ceux du verbatim.");
}

/* One click brings both sides to the place. */
function show(part, focus = true, where = "blockquote") {
  const gone = state.removed.find(({ id }) => id === part);
  if (gone) return change("takeback", { verbatim: part }, "Repris.");
  page.show(part);
  for (const node of groups.querySelectorAll(".shown")) node.classList.remove("shown");
  const node = cards.get(part);
  if (!node?.isConnected) return focus && fields.title.closest("details") && Object.assign(fields.title.closest("details"), { open: true });
  complete(node);
  node.classList.add("shown");
  node.scrollIntoView({ block: "center" });
  if (focus) node.querySelector(where === "blockquote" ? "select" : where)?.focus({ preventScroll: true });
  return undefined;
}

function paint() {
  const doubted = new Set(state.doubts.map(({ part }) => part));
  undo.disabled = !state.undo;
  redo.disabled = !state.redo;
  save.disabled = state.saved && !state.theirs;
  save.textContent = state.saved ? "Enregistré" : "Enregistrer";
  paintConflict();
  root.querySelector("h1").textContent = state.head.title;
  doubtHead.textContent = state.doubts.length ? `${state.doubts.length}\u00a0doute${state.doubts.length > 1 ? "s" : ""} à lever` : "Aucun doute";
  const words = new Map(state.verbatims.map((said) => [said.id, said]));
  doubts.paint(state.doubts.map((doubt) => ({ ...doubt, names: doubt.names.join("|"), speaker: words.get(doubt.part)?.speaker,
    words: wordsOf(words.get(doubt.part)) })), ({ key }) => key);
  for (const [key] of HEAD) if (document.activeElement !== fields[key]) fields[key].value = state.head[key];
  const count = new Map();
  for (const { speaker } of state.verbatims) count.set(speaker, (count.get(speaker) ?? 0) + 1);
  folk.paint(state.people.map((person) => ({ ...person, said: count.get(person.name) ?? 0 })), ({ name }) => name);
  paintIdeas(doubted);
  page.paint(state, doubted);
  for (const id of selected) if (!state.verbatims.some((one) => one.id === id)) selected.delete(id);
  paintChoice();
}

function paintIdeas(doubted) {
  const own = new Map();
  for (const said of state.verbatims) {
    if (!own.has(said.idea)) own.set(said.idea, []);
    own.get(said.idea).push(said);
  }
  ideas.paint([{ id: "", number: 0, text: "" }, ...state.ideas.map(({ id, number, text }) => ({ id, number, text }))], ({ id }) => id);
  for (const [idea, list] of lists) {
    const under = own.get(idea) ?? [];
    list.painted.paint(under.map((said, rank) => ({ said, placed: said.places.length > 0, doubted: doubted.has(said.id), ideas: state.ideas,
      people: state.people, guesses: !said.moment && guesses[said.id], above: under[rank - 1]?.id, below: under[rank + 1]?.id })), ({ said }) => said.id);
  }
}

async function open() {
  const found = await ask("etat");
  known = found.known;
  take(found);
  page = new Page(found.lines, { marked: markWords, chosen: (part) => show(part, false) });
  const isKnown = found.lines.length > 1;
  const left = el("section", { className: "side page-side", "aria-label": "Page" },
    el("div", { className: "bar-of-acts", role: "toolbar", "aria-label": "Sur la page" }, mark, split),
    el("p", { className: "hint", id: "marquer-aide" }, isKnown
      ? "Choisissez des mots, à la souris ou avec Maj et les flèches, puis Entrée\u00a0: ils deviennent un verbatim."
      : "La page de ce compte rendu n’est pas connue\u00a0: ajoutez-la à nouveau pour la lire ici."),
    isKnown ? page.node : el("p", {}, el("a", { href: root.dataset.add }, "Ajouter la page à nouveau")));
  const head = el("details", { className: "head" }, el("summary", {}, "Titre, dates, adresses, chapeau"),
    HEAD.map(([key, label]) => el("p", {}, el("label", { htmlFor: `tete-${key}` }, label), fields[key])));
  const right = el("section", { className: "side", "aria-label": "Compte rendu" },
    el("div", { className: "doubt-box" }, doubtHead, doubtList), head,
    el("details", { className: "head" }, el("summary", {}, "Intervenants"), people, newcomer),
    el("details", { className: "head" }, el("summary", {}, "Moments dans la vidéo"),
      el("p", {}, el("label", { htmlFor: "sous-titres" }, "Sous-titres de la vidéo"), subtitles,
        el("span", { className: "hint" }, "Fichier .vtt ou .srt, ou transcription avec ses codes temporels. Un moment déjà écrit reste."))),
    el("datalist", { id: "connus" }, known.map(([name]) => el("option", { value: name }))),
    el("h2", {}, "Idées et verbatims"), choice, groups, newIdea);
  root.append(bar, conflict, el("div", { className: "sides" }, left, right));
  paint();
}
open();
