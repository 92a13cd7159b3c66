/** The exported data, read once, and what each term is worth in each text: search/engine.py, search/engine.py. */
import { Compounds } from "./moteur-composes.js";
import { fold, grams, joint, tokens } from "./moteur-mots.js";

export const DIGITS = String.fromCharCode(...Array(127).keys()).slice(32).replace(/["\\]/g, "");
const LAST_DIGIT = 46; // below it a sign ends a number, from it on another sign follows

const INDEX = "index.json";
/** The index is asked again in each page; it names the folder of the rest, which never changes. */
const read = async (name) => {
  const cache = name === INDEX ? "no-cache" : "default";
  const response = await fetch(new URL(name, import.meta.url), { cache, credentials: "omit" });
  if (!response.ok) throw new Error(`${name} : ${response.status}`);
  return response.json();
};
const kept = new Map();
/** A file is asked for once; one that did not come is asked for again the next time. */
export const once = (name) => {
  if (!kept.has(name)) kept.set(name, read(name).catch((error) => (kept.delete(name), Promise.reject(error))));
  return kept.get(name);
};

let opened;
export const open = async () => {
  const data = await once(INDEX);
  return (opened ??= new Index(data));
};

const numbers = (line) => {
  const found = [];
  let value = 0;
  for (const sign of line) {
    const digit = DIGITS.indexOf(sign);
    value = value * LAST_DIGIT + (digit % LAST_DIGIT);
    if (digit < LAST_DIGIT) found.push(value), (value = 0);
  }
  return found;
};

class Index {
  constructor(data) {
    this.data = data;
    const set = (name) => new Set(data[name].split(" "));
    this.stops = set("stops");
    this.meant = set("meant");
    this.shards = new Set(data.shards.split(" "));
    this.words = new Map(); // form: word
    this.folded = new Map();
    this.forms = data.words.split(" ").map((line) => this.learn(line));
    for (const line of data.others.split(" ")) if (line) this.learn(line);
    this.texts = data.texts.split("\n").map((line) => numbers(line).map((n) => this.forms[n]));
    this.size = this.texts.length;
    this.speech = this.texts.map((words) => words.filter((word) => !word.empty));
    this.known = {
      compounds: new Compounds(data.compounds, this.words, (lemma) => this.family(lemma)),
      longForms: new Set(data.long),
      longest: Math.max(0, ...data.synonyms.map(([key]) => key.split(" ").length)),
      units: set("units"), tied: set("tied"), articles: set("articles"),
    };
    for (const word of this.forms) word.said = new Map();
    this.texts.forEach((words, number) => {
      for (const word of words) word.said.set(number, (word.said.get(number) ?? 0) + 1);
    });
    this.fields = this.makeFields();
    this.worth = new Map();
  }

  /** A line is « form:lemma:stem »; no lemma: the word itself; a figure: letters cut. */
  learn(line) {
    const [form, lemma, stem] = line.split(":");
    const word = this.word(form, lemma, stem);
    this.words.set(form, word);
    if (!this.folded.has(word.surface)) this.folded.set(word.surface, word.lemma);
    return word;
  }

  word(form, lemma, stem = "0") {
    const surface = fold(form.replace(/-$/, ""));
    const empty = form.endsWith("-") || (this.stops.has(surface) && !this.meant.has(form));
    lemma ||= surface;
    stem = /^\d$/.test(stem) ? surface.slice(0, surface.length - stem) : stem;
    return { form, surface, lemma, stem, family: this.family(lemma), empty };
  }

  family(lemma) {
    if (/^[0-9]/.test(lemma)) return lemma;
    const ending = this.data.endings.find((e) => lemma.endsWith(e) && lemma.length - e.length >= 4);
    let root = ending ? lemma.slice(0, -ending.length) : lemma;
    while (root.length > 4 && /[aeiou]$/.test(root)) root = root.slice(0, -1);
    return root.length > 4 && root.at(-1) === root.at(-2) ? root.slice(0, -1) : root;
  }

  /** The words of a text; those that nobody said are looked up in the dictionary by their first letters. */
  async analysed(text) {
    const found = [];
    for (const token of tokens(text)) found.push({ ...(await this.found(token.form)), ...token });
    return found;
  }

  async found(form) {
    if (this.words.has(form)) return this.words.get(form);
    const surface = fold(form);
    const name = surface.slice(0, 2);
    const shard = this.shards.has(name) ? await once(`${this.data.folder}/mots/${name}.json`) : {};
    const [lemma, stem] = (shard[form] ?? "").split(":");
    const folded = this.folded.get(form); // typed without accents
    const cut = stem || shard[surface]?.split(":")[1] || this.cut(surface);
    return this.word(form, folded ?? lemma, cut);
  }

  /** What the stemmer most often does of such an ending, for words that no dictionary has. */
  cut(surface) {
    for (let length = Math.min(6, surface.length); length; length--) {
      const rule = this.data.stems[surface.slice(-length)];
      if (rule === undefined) continue;
      const [cut, added] = rule.split("+");
      return surface.slice(0, Math.max(1, surface.length - cut)) + (added ?? "");
    }
    return surface;
  }

  makeFields() {
    const { people, by, ideas } = this.data;
    const terms = (text, key) => [...tokens(text)].map(({ form }) => this.words.get(form))
      .filter((word) => key === "surface" || !word.empty).map((word) => word[key]);
    const names = (place) => people.map((person) => neighbours(terms(person[place], "stem")));
    const said = this.speech;
    this.keys = this.texts.map((words) => this.keysOf(words));
    const pairs = this.texts.map((words) => words.filter((w, i) => i && !w.empty && !words[i - 1].empty).length);
    const lengths = (lists) => lists.map((list) => list.length);
    const speech = lengths(this.speech);
    return {
      lemma: { lengths: speech }, stem: { lengths: speech }, family: { lengths: speech },
      surface: { lengths: lengths(this.texts) },
      joined: { lengths: said.map((words, n) => words.length + pairs[n] + this.keys[n].length) },
      grams: { lengths: said.map((words) => words.reduce((sum, w) => sum + Math.max(1, w.surface.length - 1), 0)) },
      idea: listed(ideas.map((n) => (n < 0 ? [] : said[n].map((word) => word.lemma)))),
      speaker: listed(people.map(([name]) => named(name, terms(name, "surface"))), by),
      role: listed(names(1), by), organisation: listed(names(2), by),
    };
  }

  /** The compounds of a text that are neither one of its words nor two neighbours. */
  keysOf(words) {
    const held = new Set(words.flatMap((word, i) => {
      const pair = i && !words[i - 1].empty && !word.empty ? [joint(words[i - 1].surface + word.surface)] : [];
      return word.empty ? [] : [joint(word.surface), ...pair];
    }));
    return [...this.known.compounds.runs(words)].map(({ key }) => key).filter((key) => !held.has(key));
  }

  /** In which texts a term stands, and how often. */
  saying(field, term) {
    const lists = this.fields[field].lists;
    if (lists) return lists.get(term) ?? new Map();
    const found = new Map();
    const add = (number, times) => found.set(number, (found.get(number) ?? 0) + times);
    for (const word of this.forms) {
      const times = this.times(word, field, term);
      if (times && (!word.empty || field === "surface"))
        for (const [number, count] of word.said) add(number, times * count);
    }
    if (field === "joined") {
      this.addPairs(term, add);
      this.keys.forEach((keys, number) => keys.forEach((key) => key === term && add(number, 1)));
    }
    return new Map([...found].sort((a, b) => a[0] - b[0]));
  }

  times(word, field, term) {
    if (field === "grams") return word.empty ? 0 : (word.grams ??= grams(word)).filter((gram) => gram === term).length;
    if (field === "joined") return !word.empty && joint(word.surface) === term ? 1 : 0;
    return word[field] === term ? 1 : 0;
  }

  addPairs(term, add) {
    const numbers = new Set();
    for (const word of this.forms)
      if (!word.empty && term.startsWith(word.surface)) for (const n of word.said.keys()) numbers.add(n);
    for (const number of numbers)
      this.texts[number].forEach((right, i, words) => {
        const left = words[i - 1];
        if (left && !left.empty && !right.empty && joint(left.surface + right.surface) === term) add(number, 1);
      });
  }

  impacts(field, term) {
    const key = `${field} ${term}`;
    if (!this.worth.has(key)) this.worth.set(key, this.worthOf(field, term));
    return this.worth.get(key);
  }

  worthOf(field, term) {
    const { k1, b } = this.data.weights;
    const { lengths } = this.fields[field];
    const said = this.saying(field, term);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / this.size;
    const idf = Math.log(this.size / (said.size + 1)) + 1;
    const worth = ([n, times]) => [n, (idf * times * (k1 + 1)) / (times + k1 * (1 - b + (b * lengths[n]) / mean))];
    return new Map([...said].map(worth));
  }

  /** Sum what each look is worth. A look is [field, boost, ...terms]; several terms follow one another. */
  scores(looks) {
    const total = new Float64Array(this.size);
    for (const [field, boost, ...terms] of looks) {
      const worth = terms.map((term) => this.impacts(field, term));
      for (const n of worth[0].keys())
        if (terms.length === 1 || (worth.every((map) => map.has(n)) && this.follows(n, field, terms)))
          total[n] += boost * worth.reduce((sum, map) => sum + map.get(n), 0);
    }
    return total;
  }

  follows(number, field, terms) {
    const words = field === "surface" ? this.texts[number] : this.speech[number];
    return words.some((_, i) => terms.every((term, j) => words[i + j]?.[field] === term));
  }
}

/** The words of a name, and its parts written in one: « Le Gall » is « legall » too. */
function named(name, words) {
  const parts = name.split(/[\s-]+/u).map((one) => fold(one).replace(/[^\p{L}\p{N}_]/gu, ""));
  const runs = parts.flatMap((one, i) => [one, one + (parts[i + 1] ?? "")]);
  return [...words, ...new Set(runs.filter((run) => !words.includes(run)))];
}

/** Stems, and two and three neighbours as one. */
function neighbours(stems) {
  const runs = [2, 3].flatMap((size) => stems.slice(size - 1).map((_, i) => stems.slice(i, i + size)));
  return [...stems, ...runs.map((run) => run.map(joint).join(""))];
}

/** `by` tells which list is that of each text. */
function listed(each, by) {
  const texts = by ? by.map((place) => each[place]) : each;
  const lists = new Map();
  texts.forEach((terms, number) => {
    for (const term of terms) {
      if (!lists.has(term)) lists.set(term, new Map());
      lists.get(term).set(number, (lists.get(term).get(number) ?? 0) + 1);
    }
  });
  return { lists, lengths: texts.map((terms) => terms.length) };
}
