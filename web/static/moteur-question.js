/** A question, read and compiled to what is looked up: search/query.py, search/terms.py. */
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
    else if (/[\p{L}\p{N}]/u.test(phrase ?? word)) {
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
    return { looks: full(words).flatMap((word) => forms.map((form) => [form, 1, word[form]])) };
  }

  async units({ text, phrase }) {
    const words = await this.parted(await this.index.analysed(text), phrase);
    if (phrase) return [{ looks: [...exactly(words), ...this.rewritten(words)], hints: [] }];
    const said = full(words);
    if (said.every((word) => word.empty)) return said.map((w) => ({ looks: [["surface", 1, w.surface]], hints: [] }));
    const look = (field, term) => [field, this.weights.fields[field], term];
    const units = said.map((word) => ({
      looks: [
        look("lemma", word.lemma), look("stem", word.stem), look("family", word.family),
        look("speaker", word.surface), look("organisation", word.stem), look("role", word.stem),
      ],
      hints: [look("idea", word.lemma), ...grams(word).map((gram) => look("grams", gram))],
    }));
    this.addPairs(units, said, words);
    this.addSynonyms(units, said);
    return units;
  }

  /** « tierslieux » is read as « tiers-lieux » where the corpus knows the compound. */
  async parted(words, phrase) {
    const found = [];
    for (const word of words) {
      const pair = !phrase && !word.empty && this.index.data.compounds[joint(word.surface)];
      found.push(...(pair ? await this.index.analysed(pair) : [word]));
    }
    return found;
  }

  addPairs(units, said, words) {
    said.slice(1).forEach((right, i) => {
      const left = said[i];
      if (!words.some((word, at) => word === left && words[at + 1] === right)) return;
      const pair = joint(left.surface + right.surface);
      const { compound, fields } = this.weights;
      const look = ["joined", this.index.data.compounds[pair] ? compound : fields.joined, pair];
      units[i].looks.push(look);
      units[i + 1].looks.push(look);
    });
  }

  /** Acronyms and synonyms, both ways: [text, lemmas, surfaces] under the lemmas of the other side. */
  *others(words) {
    for (const [lemmas, surfaces] of this.synonyms.get(words.map((word) => word.lemma).join(" ")) ?? [])
      yield { lemmas: lemmas.split(" "), surfaces: surfaces.split(" ") };
  }

  addSynonyms(units, said) {
    for (let start = 0; start < said.length; start++)
      for (let end = start + 1; end <= Math.min(said.length, start + this.longest); end++)
        for (const { lemmas } of this.others(said.slice(start, end)))
          for (let here = start; here < end; here++) units[here].looks.push(["lemma", this.weights.expansion / lemmas.length, ...lemmas]);
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

const exactly = (words) => (words.length ? [["surface", 1, ...words.map((word) => word.surface)]] : []);
