/** Letters and words, cut as the server cuts them: indexer/tokens.py, corpus/typography.py. */
import { MEASURES, measured } from "./moteur-nombres.js";

const LIGATURES = { œ: "oe", æ: "ae", ß: "ss", ø: "o", đ: "d", ł: "l" };
const SAME = { œ: "oe", Œ: "OE", æ: "ae", Æ: "AE" };
for (const [sign, alike] of [["'", "’‘ʼ´`′‛"], ["-", "‐‑‒−"], [" ", "–—"], ["·", "•‧∙⋅"]])
  for (const letter of alike) SAME[letter] = sign;
for (const sign of "ˆ¨¸") SAME[sign] = "";
[..."⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"].forEach((sign, i) => (SAME[sign] = `${i % 10}`));
/** Accents that a PDF set apart from their letter. */
const COMBINING = { "´": "\u0301", "`": "\u0300", ˆ: "\u0302", "¨": "\u0308", "¸": "\u0327" };
const CLUSTER =
  /(?:[eE]´|[aAeE]`|(?<=[oO])[uU]`|[aeiouAEIOU]ˆ|[aeiuAEIU]¨|[cC]¸|(?<![cdjlmnstuCDJLMNSTU])´[eE])\p{M}*|[^]\p{M}*/gu;

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
  `(?:mains?|chefs?|hors)[- ]d'oeuvre|rendez[- ]vous|d'ores|entr'aide${SIGN}*|grand'?-?mères?`;
const PREFIX =
  "agro|anti|archi|auto|bi|bio|co|cyber|cyclo|demi|[eé]co|[eé]lectro|ex|extra|g[eé]o|hydro|hyper|" +
  "infra|inter|intra|macro|maxi|m[eé]dico|m[eé]ga|micro|mini|mono|multi|n[eé]o|para|p[eé]ri|" +
  "pluri|poly|post|pr[eé]|pseudo|quasi|r[eé]|semi|socio|super|supra|t[eé]l[eé]|trans|tri|ultra|" +
  "vice|vid[eé]o";
const TOKEN = new RegExp(
  `${OPEN}(?:${WHOLE})${CLOSE}|` +
    `${OPEN}(?<stem>${ALPHA}{2,}?)(?:·${FEMININE}(?:·?s)?|\\((?:${FEMININE}s?|s)\\)s?|` +
    `[.-]${FEMININE}[.-]s|\\.es?)${CLOSE}|` +
    `${OPEN}(?:${ALPHA}\\.){2,}${ALPHA}?${CLOSE}|` +
    `${OPEN}(?<elision>(?:jusqu|lorsqu|puisqu|quoiqu|quelqu|qu|[cdjlmnst])'(?=${SIGN}))|${MEASURES(OPEN, SIGN)}|` +
    `${OPEN}(?<prefix>${PREFIX})(?=-${ALPHA})|[\\p{L}\\p{N}]+`,
  "giu",
);

/** One spelling for the many ways to type; `starts` and `ends` count whole characters. */
function normal(source) {
  const starts = [];
  const ends = [];
  let text = "";
  let place = 0;
  for (const [cluster] of source.matchAll(CLUSTER)) {
    const size = [...cluster].length;
    for (const letter of whole(cluster).normalize("NFC")) {
      const plain = SAME[letter] ?? (/[\p{Z}\p{Cc}]/u.test(letter) ? " " : /\p{C}/u.test(letter) ? "" : letter);
      text += plain;
      for (let i = 0; i < plain.length; i++) starts.push(place), ends.push(place + size);
    }
    place += size;
  }
  return { text, starts, ends };
}

function whole(cluster) {
  const letter = cluster.replace(/[´`ˆ¨¸]/u, "");
  return size(cluster) === 2 && size(letter) === 1 ? letter + COMBINING[cluster.replace(letter, "")] : cluster;
}
const size = (text) => [...text].length;

export function* tokens(source) {
  const { text, starts, ends } = normal(source);
  for (const { 0: found, index, groups: g } of text.matchAll(TOKEN)) {
    if (g.elision) continue;
    const plural = /s\)?$/i.test(found) ? "s" : ""; // no feminine ending is in s
    const word = g.stem ? g.stem.toLowerCase() + plural : found.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    const form = measured(g, found) || (g.prefix ? `${found.toLowerCase()}-` : word);
    if (form) yield { form, start: starts[index], end: ends[index + found.length - 1] };
  }
}

export const isHyphen = (between) => normal(between).text === "-";

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
