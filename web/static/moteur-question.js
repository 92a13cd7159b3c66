/** A question, read and compiled to what is looked up: search/query.py, search/terms.py. */
import { things } from "./moteur-composes.js";
import { ALPHA, fold, full, grams, joint } from "./moteur-mots.js";

const QUOTES = '"“”„«»‟';
const PIECE = new RegExp(
  `(-)?(?:(${ALPHA}{2,20}):(?!//))?(?:[${QUOTES}]([^${QUOTES}]*)(?:[${QUOTES}]|$)|([^\\s${QUOTES}]+))`, "gu",
);
const FILTERS = {
  intervenant: "intervenant", intervenante: "intervenant", theme: "theme", webinaire: "webinaire",
  organisation: "organisation", type: "type", annee: "annee", avant: "", apres: "", depuis: "",
};

export function question(text) {
  const clauses = [];
  const filters = [];
  const notes = [];
  let not = false;
  let or = false;
  const clean = text.normalize("NFC").replace(/[\p{C}\p{Z}]/gu, " ");
  for (const [, sign, name, phrase, word] of clean.matchAll(PIECE)) {
    if (!name && /^(OU|OR)$/.test(word) && clauses.length) or = true;
    else if (!name && /^(SAUF|NOT)$/.test(word)) not = true;
    else if (!name && word === "ET") continue;
    else if (name && FILTERS[fold(name)]) sign || filters.push([FILTERS[fold(name)], phrase ?? word]);
    else if (name && fold(name) in FILTERS) notes.push(`Le filtre «\u00a0${name}\u00a0» ne sert pas dans cette recherche.`);
    else if (/[\p{L}\p{N}€$%]/u.test(phrase ?? word)) {
      const last = clauses.at(-1);
      if (or) last.either ??= clauses.length - 1;
      const either = or ? last.either : undefined;
      clauses.push({ text: (phrase ?? word).trim(), phrase: phrase !== undefined, not: not || !!sign, either });
      not = or = false;
    }
  }
  return { clauses, filters, notes };
}

/** Neighbours that are read alike go together: « tiers lieux » is one run. */
function runs(clauses) {
  const found = [];
  for (const clause of clauses) {
    const first = found.at(-1)?.[0];
    const alike = first && ["phrase", "not", "either"].every((key) => clause[key] === first[key]);
    if (alike || (first && clause.either !== undefined && clause.either === first.either)) found.at(-1).push(clause);
    else found.push([clause]);
  }
  return found;
}

export class Compiler {
  constructor(index) {
    this.index = index;
    this.weights = index.data.weights;
    this.synonyms = new Map(index.data.synonyms.map(([key, ...others]) => [key, others]));
    this.longest = Math.max(0, ...index.data.synonyms.map(([key]) => key.split(" ").length));
  }

  async compiled(clauses) {
    const wanted = [];
    const excluded = [];
    for (const run of runs(clauses)) {
      if (run[0].not) for (const clause of run) excluded.push(await this.strict(clause));
      else if (run[0].either !== undefined) {
        const units = [];
        for (const clause of run) units.push(...(await this.units(clause)));
        wanted.push({ looks: units.flatMap((u) => u.looks), hints: units.flatMap((u) => u.hints) });
      } else if (run[0].phrase) for (const clause of run) wanted.push(...(await this.units(clause)));
      else wanted.push(...(await this.units({ text: run.map(({ text }) => text).join(" ") })));
    }
    const some = (units) => units.filter(({ looks }) => looks.length).slice(0, this.index.data.limits.words);
    return { wanted: some(wanted), excluded: some(excluded) };
  }

  async strict({ text, phrase }) {
    const words = await this.index.analysed(text);
    if (phrase) return { looks: exactly(words) };
    const forms = ["lemma", "stem", "surface"];
    const inflected = (word) => forms.map((form) => [form, 1, word[form]]);
    const looks = [];
    for (const thing of things(text, words, this.index.known)) {
      if (thing.kind === "word") looks.push(...inflected(thing.words[0]));
      else looks.push(...(await this.looks(thing)).filter(isSaid));
    }
    return { looks: looks.length ? looks : words.flatMap(inflected) };
  }

  async units({ text, phrase }) {
    const words = await this.index.analysed(text);
    if (phrase) return [{ looks: [...exactly(words), ...this.rewritten(words)], hints: [] }];
    if (words.every((word) => word.empty)) return words.map((w) => ({ looks: [["surface", 1, w.surface]], hints: [] }));
    const found = things(text, words, this.index.known);
    const units = [];
    for (const thing of found)
      units.push({
        looks: await this.looks(thing),
        hints: thing.full.flatMap((word) => [
          this.look("idea", word.lemma), ...grams(word).map((gram) => this.look("grams", gram)),
          ...(thing.kind === "word" ? [] : this.saidLooks(word)),
        ]),
      });
    this.addPairs(units, found);
    this.addSynonyms(units, found);
    return units;
  }

  look(field, term) {
    return [field, this.weights.fields[field], term];
  }

  saidLooks(word) {
    return ["lemma", "stem", "family"].map((field) => this.look(field, word[field]));
  }

  wordLooks(word) {
    const named = [this.look("speaker", word.surface), this.look("organisation", word.stem), this.look("role", word.stem)];
    return [...this.saidLooks(word), ...named];
  }

  async looks({ kind, key, words, full }) {
    const { compound, whole } = this.weights;
    const together = ["lemma", whole, ...full.map((word) => word.lemma)];
    const stems = full.slice(0, 3).map((word) => joint(word.stem)).join("");
    const named = [this.look("organisation", stems), this.look("role", stems)];
    if (kind === "expression") return [together, ...named];
    if (kind === "word") {
      const own = this.index.known.compounds.alone(words[0]);
      return [...this.wordLooks(words[0]), ...(own ? [["joined", compound, own]] : [])];
    }
    const written = words.map((word) => word.surface).join("");
    const looks = [["joined", compound, key || joint(written)], this.look("speaker", written)];
    if (this.index.known.articles.has(words[0].surface)) return [...looks, ...this.wordLooks(full.at(-1))];
    looks.push(...named);
    if (!key && full.length > 1) looks.push(together);
    for (const word of await this.index.analysed(written)) looks.push(...this.saidLooks(word));
    return looks;
  }

  /** Two neighbours may have been said as one word: each of them then matches. */
  addPairs(units, found) {
    found.slice(1).forEach((right, i) => {
      const left = found[i];
      if (left.kind !== "word" || right.kind !== "word" || right.place !== left.place + 1) return;
      const look = this.look("joined", joint(left.words[0].surface + right.words[0].surface));
      units[i].looks.push(look);
      units[i + 1].looks.push(look);
    });
  }

  /** Acronyms and synonyms, both ways: [text, lemmas, surfaces] under the lemmas of the other side. */
  *others(words) {
    for (const [lemmas, surfaces] of this.synonyms.get(words.map((word) => word.lemma).join(" ")) ?? [])
      yield { lemmas: lemmas.split(" "), surfaces: surfaces.split(" ") };
  }

  addSynonyms(units, found) {
    const owners = found.flatMap(({ full }, at) => full.map(() => at));
    const words = found.flatMap(({ full }) => full);
    const add = (here, lemmas, times) =>
      units[here].looks.push(["lemma", (this.weights.expansion * times) / lemmas.length, ...lemmas]);
    const worth = ({ kind, full }) => (kind === "word" ? 1 : full.length);
    for (let start = 0; start < words.length; start++)
      for (let end = start + 1; end <= Math.min(words.length, start + this.longest); end++) {
        const within = new Set(owners.slice(start, end));
        if (owners.filter((at) => within.has(at)).length !== end - start) continue; // a part of a compound
        for (const { lemmas } of this.others(words.slice(start, end))) for (const here of within) add(here, lemmas, worth(found[here]));
      }
    found.forEach(({ kind, key }, here) => {
      if (kind === "compound") for (const { lemmas } of this.others([{ lemma: key }])) add(here, lemmas, 1);
    });
  }

  *rewritten(words) {
    for (let start = 0; start < words.length; start++)
      for (let end = start + 1; end <= words.length; end++) {
        if (words.length === 1 || words[start].empty || words[end - 1].empty) continue;
        const [before, after] = [words.slice(0, start), words.slice(end)].map((side) => side.map((w) => w.surface));
        for (const { surfaces } of this.others(full(words.slice(start, end))))
          yield ["surface", 1, ...before, ...surfaces, ...after];
      }
  }
}

const NAMED = new Set(["speaker", "organisation", "role"]);
/** What meets what was said, not who said it. */
export const isSaid = ([field]) => !NAMED.has(field);

const exactly = (words) => (words.length ? [["surface", 1, ...words.map((word) => word.surface)]] : []);
