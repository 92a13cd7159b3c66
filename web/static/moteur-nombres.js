/** Numbers, hours, centuries and units, each in one spelling: indexer/measures.py. */
const UNITS = {
  km: "kilomètres", kg: "kilos", cm: "centimètres", mm: "millimètres", m: "mètres", ha: "hectares",
  h: "heures", h00: "heures", "h 00": "heures", ":00": "heures", min: "minutes", mn: "minutes",
};
const SIGNS = { "€": "euros", $: "dollars", "%": "pourcent" };
const POWERS = { m: "millions", md: "milliards" };
const ROMAN = { i: 1, v: 5, x: 10 };
const UNIT = Object.keys(UNITS).sort((a, b) => b.length - a.length).join("|");
const POWER = "(?:k|m|md)(?= ?€)";
const THOUSANDS = "[0-9]{1,3}(?:[ .][0-9]{3})+(?![0-9])";
const METRES = "m[eè]tres{0,1}";
const FRACTION = "[,.][0-9]+(?![,.]?[0-9])"; // a date has two

/** The pattern, for words that `open` begins and that are made of `sign`. */
export const MEASURES = (open, sign) => {
  const close = `(?!${sign})`;
  const words = [
    `(?<![0-9]:)(?<hour>[01]?[0-9]|2[0-4])(?: ?(?:heures?|h) ?|:)(?<minute>(?!00)[0-5][0-9])(?!${sign}|:[0-9])`,
    `(?<rank>[0-9]+)(?<th>er|(?:i?[eè]m)?e|[eè]?re|nde?)s?${close}`,
    `(?<number>(?<![0-9][,.])(?:${THOUSANDS}|[0-9]+)${FRACTION}|${THOUSANDS}|[0-9]+)` +
      `(?<thousand> ?k(?= ?€))?(?=(?:${UNIT}|[km]?m[23])${close}|${POWER}|${close})`,
    `(?<roman>[ivx]+)(?<nth>er|(?:i?[eè]m)?e)${close}(?:(?= si[eè]cle)(?<century>)|)`,
    `(?<square>(?:kilo)?${METRES} carr[eé]s?)${close}`,
    `(?<cube>${METRES} cubes?)${close}`,
    `(?<percent>pour[- ]cent)${close}`,
    "(?<item>n ?°)",
    `(?<measure>km|kg)${close}`,
  ].map((part) => open + part);
  const after = "(?:(?<=[0-9])|(?<=[0-9] ))";
  return `${words.join("|")}|${after}(?:(?<power>m|md)(?= ?€)|(?<unit>${UNIT})${close}|(?<degrees>°(?:c${close})?))|(?<sign>[€$%])`;
};

/** The one spelling of what the pattern found; "" when it is an ordinary word. */
export function measured(g, found) {
  const low = found.toLowerCase();
  if (g.hour) return `${bare(g.hour)}h${g.minute}`;
  if (g.number) return number(g.number, g.thousand);
  if (g.rank) return rank(bare(g.rank), g.th.toLowerCase());
  if (g.roman) return century(g);
  if (g.unit || g.measure) return UNITS[low];
  if (g.power) return POWERS[low];
  if (g.square) return low.startsWith("k") ? "km2" : "m2";
  if (g.sign) return SIGNS[found];
  return (g.cube && "m3") || (g.percent && "pourcent") || (g.item && "numéro") || (g.degrees && "degrés") || "";
}

const bare = (digits) => digits.replace(/^0+(?=[0-9])/, "");

function number(written, thousand) {
  const plain = written.replace(/[ .](?=[0-9]{3}(?![0-9]))/g, "").replace(",", ".");
  return thousand ? `${Math.trunc(Number((plain * 1000).toFixed(6)))}` : plain.replace(".", ",");
}

const rank = (n, ending) => `${n}${ending === "er" ? "er" : ending.endsWith("re") ? "re" : "e"}`;

/** « XXIe », « XXIème »; « vie » and « Vie » are words, but before « siècle ». */
function century({ roman, nth, century: before }) {
  const written = /^[IVX]+$/.test(roman) && nth === nth.toLowerCase();
  if (!/^[ivx]+$/.test(roman.toLowerCase()) || !(written || before !== undefined)) return "";
  const values = [...roman.toLowerCase()].map((letter) => ROMAN[letter]);
  return rank(values.reduce((sum, v, i) => sum + (v < (values[i + 1] ?? 0) ? -v : v), 0), nth.toLowerCase());
}
