/** Letters and words, cut as the server cuts them: indexer/tokens.py, indexer/tokens.py, corpus/typography.py. */
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss", ø: "o", đ: "d", ł: "l" };
const SAME = { œ: "oe", Œ: "OE", æ: "ae", Æ: "AE" };
for (const [sign, alike] of [["'", "’‘ʼ´`′‛"], ["-", "‐‑‒−"], [" ", "–—"], ["·", "•‧∙⋅"]])
  for (const letter of alike) SAME[letter] = sign;

export const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "")
    .replace(/[œæßøđł]/g, (letter) => LIGATURES[letter]).replace(/[’‘ʼ´`′]/g, "'");
export const slug = (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

export const ALPHA = "[\\p{L}\\p{Nl}\\p{No}]";
const SIGN = "[\\p{L}\\p{N}_]";
const OPEN = `(?<!${SIGN})`;
const CLOSE = `(?!${SIGN})`;
const FEMININE = "(?:e|ne|le|te|se|ve|ère|euse|rice|trice|ice|ive|esse|que)";
const WHOLE =
  `aujourd'hui|quelqu'une?s?|quelques?-une?s|presqu'[iî]les?|prud'hom${SIGN}+|` +
  `(?:mains?|chefs?|hors)[- ]d'oeuvre|d'ores|entr'aide${SIGN}*|grand'?-?mères?`;
const TOKEN = new RegExp(
  `${OPEN}(?:${WHOLE})${CLOSE}|` +
    `${OPEN}(?<stem>${ALPHA}{2,}?)(?:·${FEMININE}(?:·?s)?|\\((?:${FEMININE}s?|s)\\)s?|` +
    `[.-]${FEMININE}[.-]s|\\.es?)${CLOSE}|` +
    `${OPEN}(?:${ALPHA}\\.){2,}${ALPHA}?${CLOSE}|` +
    `${OPEN}(?<elision>(?:jusqu|lorsqu|puisqu|quoiqu|quelqu|qu|[cdjlmnst])'(?=${SIGN}))|[\\p{L}\\p{N}]+`,
  "giu",
);

/** One spelling for the many ways to type; `starts` and `ends` count whole characters. */
function normal(source) {
  const starts = [];
  const ends = [];
  let text = "";
  let place = 0;
  for (const [cluster] of source.matchAll(/[^]\p{M}*/gu)) {
    const size = [...cluster].length;
    for (const letter of cluster.normalize("NFC")) {
      const plain = SAME[letter] ?? (/[\p{Z}\p{Cc}]/u.test(letter) ? " " : /\p{C}/u.test(letter) ? "" : letter);
      text += plain;
      for (let i = 0; i < plain.length; i++) starts.push(place), ends.push(place + size);
    }
    place += size;
  }
  return { text, starts, ends };
}

export function* tokens(source) {
  const { text, starts, ends } = normal(source);
  for (const { 0: found, index, groups: g } of text.matchAll(TOKEN)) {
    if (g.elision) continue;
    const plural = /s\)?$/i.test(found) ? "s" : ""; // no feminine ending is in s
    const form = g.stem ? g.stem.toLowerCase() + plural : found.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    if (form) yield { form, start: starts[index], end: ends[index + found.length - 1] };
  }
}

export const joint = (surface) => surface.replace(/[sx]+$/, "") || surface;

/** The runs of four letters of a word, its two ends marked. */
export const grams = ({ surface }) => {
  const marked = `_${surface}_`;
  return Array.from({ length: Math.max(1, marked.length - 3) }, (_, i) => marked.slice(i, i + 4));
};

/** The words that carry meaning; all of them when none does. */
export const full = (words) => {
  const carrying = words.filter((word) => !word.empty);
  return carrying.length ? carrying : words;
};
