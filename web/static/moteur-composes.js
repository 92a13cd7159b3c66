/** Words that are one: indexer/analysis.py. */
import { isHyphen, joint } from "./moteur-mots.js";

const LONGEST = 6;
const part = (word) => (word.empty ? word.surface : word.lemma);

export class Compounds {
  constructor(known, words, family) {
    this.family = family;
    this.parts = new Map();
    this.joints = new Map();
    this.families = new Map();
    for (const [written, forms] of Object.entries(known)) this.learn(written, forms.split(" "), words);
    this.firsts = new Set([...this.parts.keys()].map((parts) => parts.split(" ")[0]));
  }

  learn(written, forms, words) {
    const parts = forms.map((form) => part(words.get(form)));
    let key = this.parts.get(parts.join(" ")) ?? written;
    if (forms[0].endsWith("-")) {
      const kin = this.family(parts.join(""));
      if (!this.families.has(kin)) this.families.set(kin, key);
      key = this.families.get(kin);
    }
    this.parts.set(parts.join(" "), key);
    this.joints.set(written, key);
  }

  longestAt(words, place) {
    if (!this.firsts.has(part(words[place]))) return null;
    for (let end = Math.min(place + LONGEST, words.length); end > place + 1; end--) {
      const key = this.parts.get(words.slice(place, end).map(part).join(" "));
      if (key) return { end, key };
    }
    return null;
  }

  keyOf(words) {
    const parts = words.map(part);
    return this.parts.get(parts.join(" ")) ?? this.families.get(this.family(parts.join(""))) ?? "";
  }

  alone(word) {
    return word.empty ? "" : this.joints.get(joint(word.surface)) ?? this.families.get(word.family) ?? "";
  }

  *runs(words) {
    for (let place = 0; place < words.length; ) {
      const { end, key } = this.longestAt(words, place) ?? { end: place + 1, key: this.alone(words[place]) };
      if (key) yield { place, end, key };
      place = end;
    }
  }
}

/** Where the words that hyphens make one end, by where they begin. */
function hyphenated(text, words, { tied }) {
  const letters = [...text];
  const found = new Map();
  for (let start = 0, end = 1; end <= words.length; end++) {
    if (end < words.length && isHyphen(letters.slice(words[end - 1].end, words[end].start).join(""))) continue;
    let last = end;
    while (last > start && tied.has(words[last - 1].surface)) last--;
    const run = words.slice(start, last);
    const written = run.map((word) => letters.slice(word.start, word.end).join(""));
    const initials = written.every((one) => one.length <= 4 && /\p{Lu}/u.test(one) && !/\p{Ll}/u.test(one));
    if (run.length > 1 && !initials && !run.at(-1).empty && !run.some(({ surface }) => /^[0-9]+$/.test(surface)))
      found.set(start, last);
    start = end;
  }
  return found;
}

function longFormEnd(words, place, { longForms, longest }) {
  const full = [...words.keys()].filter((at) => at >= place && !words[at].empty).slice(0, longest);
  if (full[0] !== place) return 0;
  for (let n = full.length; n > 1; n--)
    if (longForms.has(full.slice(0, n).map((at) => words[at].lemma).join(" "))) return full[n - 1] + 1;
  return 0;
}

function measureEnd(words, place, { units }) {
  let end = place + 1;
  if (!/^[0-9]/.test(words[place].surface)) return 0;
  while (end < words.length && units.has(words[end].lemma)) end++;
  return end > place + 1 ? end : 0;
}

/** Share the words of a query: each thing is a word, a compound or an expression. */
export function things(text, words, known) {
  const hyphens = hyphenated(text, words, known);
  const found = [];
  for (let place = 0; place < words.length; ) {
    let kind = "expression";
    let key = "";
    let end = longFormEnd(words, place, known) || measureEnd(words, place, known);
    if (!end) {
      kind = "compound";
      ({ end, key } = known.compounds.longestAt(words, place) ?? { end: hyphens.get(place) ?? 0, key: "" });
      if (end) key ||= known.compounds.keyOf(words.slice(place, end));
    }
    if (!end) (kind = "word"), (end = place + 1);
    const own = words.slice(place, end);
    if (kind !== "word" || !own[0].empty) found.push({ kind, key, place, words: own, full: own.filter((w) => !w.empty) });
    place = end;
  }
  return found;
}
