/**
 * The search of an exported site, without a server: the data lie beside this file.
 *
 * `search(words, {limit, theme, intervenant, webinaire, tri})` gives the object of /api/v1/search;
 * a filter is one identifier or several, of which a text needs one.
 * Words are read, analysed and ranked as on the server; docs/widget-statique.md tells what differs.
 */
import { DIGITS, once, open } from "./moteur-index.js";
import { joint, slug } from "./moteur-mots.js";
import { Compiler, isSaid, question } from "./moteur-question.js";

const KINDS = [["verbatim", "Citations"], ["idee", "Idées clés"]];

// ---- Where the words stand: search/highlights.py

async function highlights(text, looks, index) {
  const words = await index.analysed(text);
  const marked = new Set();
  const has = (field, term) => looks.some((look) => look.length === 3 && look[0] === field && look[2] === term);
  words.forEach((word, i) => {
    const pair = i && words[i - 1].surface + word.surface;
    const forms = ["lemma", "stem", "family"];
    if (has("surface", word.surface) || (!word.empty && forms.some((form) => has(form, word[form])))) marked.add(i);
    if (has("joined", joint(word.surface))) marked.add(i);
    if (pair && has("joined", joint(pair))) marked.add(i - 1).add(i);
  });
  for (const { place, end, key } of index.known.compounds.runs(words))
    if (has("joined", key)) for (let at = place; at < end; at++) marked.add(at);
  for (const [field, , ...terms] of looks.filter((look) => look.length > 3)) {
    const places = [...words.keys()].filter((i) => field === "surface" || !words[i].empty);
    places.forEach((_, i) => {
      const window = places.slice(i, i + terms.length);
      if (window.length === terms.length && window.every((at, j) => words[at][field] === terms[j]))
        for (const at of window) marked.add(at);
    });
  }
  const letters = [...text];
  const spans = [];
  for (const { start, end } of [...marked].sort((a, b) => a - b).map((i) => words[i])) {
    const last = spans.at(-1);
    if (last && /^[-‐‑]$/.test(letters.slice(last[1], start).join(""))) last[1] = end;
    else spans.push([start, end]);
  }
  return spans;
}

// ---- The answer: search/answering.py, search/ranking.py

/** Two signs an affinity. */
const affinityIn = ({ affinities }) => (n, t) => {
  const [high, low] = [0, 1].map((place) => DIGITS.indexOf(affinities[t][2 * n + place]));
  return (high * DIGITS.length + low) / (DIGITS.length ** 2 - 1);
};

function themed(index, scores) {
  const { themes, weights: { best: many, unthemed } } = index.data;
  const affinity = affinityIn(index.data);
  const best = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b).slice(0, many);
  const weights = themes.map((_, t) => best.reduce((sum, n) => sum + scores[n] * affinity(n, t), 0));
  const total = weights.reduce((a, b) => a + b, 0) || 1;
  return scores.map((score, n) => score && score * (unthemed + weights.reduce((s, w, t) => s + (w / total) * affinity(n, t), 0)));
}

/** The texts that a filter keeps: its value is a slug, or words of a label. */
function keeping({ data }, name, value) {
  const [entries, of] = {
    theme: [data.themes, (n, t) => affinityIn(data)(n, t) >= data.weights.affinity],
    intervenant: [data.speakers, (n, s) => data.said_by[n] === s],
    webinaire: [data.webinars, (n, w) => data.held_at[n] === w],
    organisation: [data.organisations, (n, o) => data.spoken_for[n] === o],
    type: [KINDS, (n, k) => data.kinds[n] === `${k}`],
    annee: [data.years.map((year) => [year, year]), (n, y) => `${data.days[data.held_at[n]]}`.startsWith(data.years[y])],
  }[name];
  const same = [...entries.keys()].filter((i) => entries[i][0] === value);
  const wanted = slug(value).split("-");
  const named = (label) => wanted.every((word) => slug(label).split("-").includes(word));
  const chosen = same.length ? same : [...entries.keys()].filter((i) => named(entries[i][1]));
  return (n) => chosen.some((i) => of(n, i));
}

async function hit(index, number, score, looks, via) {
  const { block, folder } = index.data;
  const document = (await once(`${folder}/textes/${Math.floor(number / block)}.json`))[number % block];
  const url = new URL(`../index.html#${document.id}`, import.meta.url).href;
  return { ...document, url, score: Math.round(score * 1e4) / 1e4, highlights: await highlights(document.text, looks, index), via, par_le_sens: false };
}

/** A theme is as strong as its best hit; texts without any theme come last. */
function grouped(hits, labels) {
  const groups = new Map();
  for (const { id, score, themes } of hits) {
    const key = themes[0]?.slug ?? "";
    const group = groups.get(key) ?? { slug: key, label: labels.get(key) ?? "Autres", score: 0, hits: [] };
    groups.set(key, { ...group, score: Math.max(group.score, score), hits: [...group.hits, id] });
  }
  return [...groups.values()].sort((a, b) => !a.slug - !b.slug || b.score - a.score || (a.label < b.label ? -1 : 1));
}

// ---- What answers by its key idea, or only by who speaks: search/facets.py, Found in search/answering.py

/** The key idea that answers for each quote, where no quote says all that is asked; -1: none. */
function answering({ data }, clauses, wanted, said, holdsAll) {
  const isPlain = clauses.every(({ phrase, not, either }) => !phrase && !not && either === undefined);
  const full = wanted.filter(({ hints }) => hints.length).length;
  const saysAll = (_, n) => data.kinds[n] === "0" && holdsAll(n);
  const opens = full > 1 && isPlain && !data.ideas.some(saysAll);
  const answers = full >= data.weights.question ? (n) => said[n] : holdsAll;
  return data.ideas.map((idea) => (opens && idea >= 0 && answers(idea) ? idea : -1));
}

const WAYS = [["nom", "speaker"], ["fonction", "role"], ["organisation", "organisation"]];

class Named {
  constructor(index, looks, said, ideas) {
    Object.assign(this, { index, said, ideas });
    this.ways = WAYS.map(([via, field]) => [via, index.scores(looks.filter((look) => look[0] === field))]);
  }

  via(n) {
    if (this.said[n]) return null;
    return this.ideas[n] >= 0 ? "idee" : this.ways.find(([, scores]) => scores[n])?.[0] ?? null;
  }

  /** The texts that are no hits, since others say the words. */
  apart(found, holdsAll) {
    const named = found.filter((n) => this.via(n) && this.ideas[n] < 0);
    const said = found.filter((n) => this.said[n]);
    return said.length && (!named.some(holdsAll) || said.some(holdsAll)) ? named : [];
  }

  /** Whose they are: organisations that have a word, else people; most first. */
  saidBy(apart) {
    const { organisations, speakers, spoken_for: bodies, said_by: people } = this.index.data;
    const counts = new Map();
    for (const n of apart) {
      const inBody = this.ways[2][1][n] && bodies[n] >= 0;
      const key = inBody ? `organisation ${bodies[n]}` : `intervenant ${people[n]}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const told = [...counts].map(([key, count]) => {
      const [name, place] = key.split(" ");
      const [value, label] = (name === "organisation" ? organisations : speakers)[place];
      return { name, value, label, count };
    });
    return told.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1)).slice(0, 5);
  }
}

export async function search(words, { limit = 20, theme, intervenant, webinaire, tri } = {}) {
  const began = performance.now();
  const text = String(words ?? "");
  const index = await open();
  const { characters } = index.data.limits;
  if (text.length > characters) throw new Error(`La recherche est trop longue\u00a0: ${characters}\u00a0caractères au plus.`);
  const { clauses, filters, notes } = question(text);
  const { wanted, excluded } = await new Compiler(index).compiled(clauses);
  const byUnit = wanted.map(({ looks }) => index.scores(looks));
  const hints = index.scores(wanted.flatMap((unit) => unit.hints));
  const none = wanted.length ? 0 : text.trim() && !clauses.length && !filters.length ? 0 : 1;
  const looks = wanted.flatMap((unit) => unit.looks);
  const said = index.scores(looks.filter(isSaid));
  const holdsAll = (n) => byUnit.every((unit) => unit[n]);
  const ideas = answering(index, clauses, wanted, said, holdsAll);
  const own = hints.map((hint, n) => {
    const words = byUnit.reduce((sum, unit) => sum + unit[n], 0);
    return words || ideas[n] >= 0 ? words + hint : none;
  });
  let scores = own.map((score, n) => score + (ideas[n] < 0 ? 0 : index.data.weights.backed * own[ideas[n]]));
  for (const { looks } of excluded) index.scores(looks).forEach((score, n) => score && (scores[n] = 0));
  const narrowed = { theme, intervenant, webinaire };
  for (const [name, value] of filters) narrowed[name] = [narrowed[name] ?? [], value].flat();
  for (const [name, values] of Object.entries(narrowed)) {
    const keeps = [values ?? []].flat().filter(Boolean).map((value) => keeping(index, name, value));
    if (keeps.length) scores = scores.map((score, n) => (keeps.some((keep) => keep(n)) ? score : 0));
  }
  const named = new Named(index, looks, said, ideas);
  const kept = [...scores.keys()].filter((n) => scores[n]);
  const apart = wanted.length ? named.apart(kept, holdsAll) : [];
  for (const n of apart) scores[n] = 0;
  const order = [tri].flat()[0] || (text.trim() ? "themes" : "date");
  if (order === "themes") scores = themed(index, scores);
  const found = [...scores.keys()].filter((n) => scores[n]);
  const day = (n) => (order === "date" ? index.data.days[index.data.held_at[n]] : 0);
  found.sort((a, b) => day(b) - day(a) || scores[b] - scores[a] || a - b);
  const counted = {};
  for (const n of found) counted[index.data.kinds[n]] = (counted[index.data.kinds[n]] ?? 0) + 1;
  const shown = found.slice(0, Math.max(1, limit));
  const hits = await Promise.all(shown.map((n) => hit(index, n, scores[n], looks, named.via(n))));
  return {
    query: text,
    total: found.length,
    total_all: found.filter(holdsAll).length,
    page: 1, pages: 1, repaired: null, suggestion: null,
    notes, culprits: [], without: [], near_themes: [],
    total_said_by: apart.length, said_by: named.saidBy(apart),
    hits,
    par_le_sens: [], // only the words are searched here
    themes: grouped(hits, new Map(index.data.themes)),
    facets: { type: KINDS.map(([value, label], k) => ({ value, label, count: counted[k] ?? 0 })) },
    took_ms: Math.round((performance.now() - began) * 100) / 100,
  };
}
