"""What speaks for and against it that words of a page were said.

Each sign is a name and a number; what a sign is worth is learnt (`weights.json`).
"""

import re
from collections import Counter, defaultdict

from corpus.extraction.body import ADDRESS, I_SAY
from corpus.extraction.candidate import Candidate, Kind
from corpus.extraction.labels import DASHES
from corpus.extraction.model import Signs
from corpus.extraction.names import words as listed
from corpus.extraction.speech import (
    announces_title,
    asks,
    begins_with_speech_verb,
    ends_sentence,
    has_speech_verb,
    is_sentence,
    last_sentence,
    names_work,
)
from corpus.extraction.surroundings import Surroundings
from corpus.extraction.voices import LISTS, Voices
from corpus.reading.blocks import BlockKind
from corpus.typography import fold

_FIRST_PERSON = re.compile(
    r"\b(?:je|me|mon|ma|mes|moi|nous|notre|nos|on)\b|\b[jm]['’]", re.IGNORECASE
)
_CUE = re.compile(
    r"\bentretiens?\b|\binterviews?\b|\binterviewée?s?\b|échangé avec|questions?(?: \w+)? à\b"
    r"|répond(?:u|ent)?\b|rencontre avec|nous (?:parle|raconte|explique)|portrait|témoignages?\b"
    r"|transcription|podcast|recueillis",
    re.IGNORECASE,
)
# A heading of the page, not of the answer below it.
_FRAMING = re.compile(
    r"(?:(?:en )?introduction|presentation|preambule|contexte|resume|sommaire|a propos|conclusion"
    r"|biographie|liens|sources|ressources|references|notes|(?:pour )?(?:en savoir|aller) plus.*)"
)
_ARTICLE = re.compile(
    r"(?:\b(?:la|le|les|cette|du|des|aux?|une?|cet?|ces|son|sa|ses|leurs?)\s+|\bl['’]\s?)[_*]*$",
    re.IGNORECASE,
)
_THAT = re.compile(r"\bqu(?:e\s|['’]\s?)[_*]*$", re.IGNORECASE)
_WRITINGS = listed("writings")
_OFTEN = 3
_LENGTHS = (1, 3, 5, 8, 14, 30, 80, 250)


class Evidence:
    """What speaks for and against it that words of a page were said."""

    def __init__(self, voices: Voices, opening: str) -> None:
        self.voices = voices
        self._page = voices.page
        self._roster = voices.roster
        self._has_ideas = any(i is not None for i in voices.page.body.ideas)
        self._has_cue = bool(_CUE.search(opening))
        self._exchange = self._signs_of_exchange()
        self._count = Counter(c.kind for c in voices.page.candidates)
        self._turns = self._signs_of_turns()
        self._askers = self._labels_that_ask()

    def signs(self, candidate: Candidate) -> Signs:
        """The signs that words were said."""
        kind, words = candidate.kind, candidate.words(self._page.body)
        way = kind.value
        around, link = self.voices.around(candidate), self.voices.link(candidate)
        opens = not around.before.strip(" –—-_*(")
        apart = around.is_alone or (opens and link == "sign")
        signs = {
            "bias": 1.0,
            f"kind {way}": 1.0,
            f"link {link}": 1.0,
            "alone": apart,
            "opens line": opens,
            "cue": self._has_cue,
            "many alike": self._count[kind] > 3,
            "peers": self.voices.peers[kind],
            **_signs_of_words(words, apart),
            **_signs_around(words, around, link),
            **self._signs_of_place(candidate),
        }
        if kind is Kind.SECTION:
            signs |= self._signs_of_answer(candidate)
        if kind is Kind.TURN:
            signs |= self._signs_of_turn(candidate, words)
        there = {name: float(value) for name, value in signs.items() if value}
        return there | {f"{way}·{name}": value for name, value in there.items()}

    def _signs_of_place(self, candidate: Candidate) -> Signs:
        """What kind of block the words stand in, and whether key ideas stand above."""
        body = self._page.body
        is_under = body.ideas[body.index_at(candidate.opening)] is not None
        signs: Signs = {"under idea": is_under, "before ideas": not is_under and self._has_ideas}
        if candidate.kind is Kind.LAYOUT:
            block = body.blocks[body.index_at(candidate.start)]
            signs["blockquote"] = block.kind is BlockKind.QUOTE
        return signs

    def _signs_of_answer(self, candidate: Candidate) -> Signs:
        question = candidate.label
        signs = dict(self._exchange)
        told = self._has_cue + (signs["addresses"] > 0)  # one cue of an interview, or two
        is_about = self.voices.guests.names_anybody
        signs["question"] = candidate.asks
        signs["interview"] = signs["question"] * signs["asked often"] * told / 2 * is_about
        signs["framing"] = bool(_FRAMING.fullmatch(fold(question)))
        signs["addressed"] = bool(ADDRESS.search(question))
        signs["nobody named"] = not is_about
        return signs

    def _signs_of_turns(self) -> Signs:
        """Whether the page as a whole is made of turns."""
        text = self._page.body.text
        every = [c for c in self._page.candidates if c.kind is Kind.TURN]
        turns = {c.opening: c for c in every}
        self._ends: dict[int, list[int]] = defaultdict(list)  # of the ways to read each turn
        for candidate in every:
            self._ends[candidate.opening].append(candidate.end)
        self._labels = Counter(fold(c.label) for c in turns.values())
        longer = sum("\n" in text[c.start : c.end] for c in every)
        return {
            "mostly extended": longer > len(turns) / 2,
            "recurring labels": len(self._labels) <= len(turns) / 2,
            "many": len(turns) > 3,
            "very many": len(turns) > 10,
            "all turns": sum(c.end - c.start for c in turns.values()) / max(1, len(text)),
        }

    def _signs_of_turn(self, candidate: Candidate, words: str) -> Signs:
        label = candidate.label
        asker = _who(label, words) in self._askers
        name = self.voices.persons.signs_of_name(label)
        signs = {
            "initials": label.replace(".", "").isupper() and len(label) <= 5,
            "asker": asker,
            "asker asks": asker and asks(words),
            "dashed": self._page.body.text[candidate.opening] in "–—" and len(label) > 1,
            "known": bool(self._roster.bearers(label)),
            "again": self._labels[fold(label)] > 1,
            **{f"label {what}": value for what, value in name.items()},
        }
        return self._turns | self._signs_of_length(candidate) | signs

    def _signs_of_length(self, candidate: Candidate) -> Signs:
        """Whether a turn goes on over lines that may be part of it, or could."""
        ends = self._ends[candidate.opening]
        short, long = min(ends), max(ends)
        if short == long:
            return {}
        length = "extended" if candidate.end > short else "could extend"
        text = self._page.body.text
        lines = text[short:long].split("\n")[1:]
        beyond = self._beyond(long)
        return {
            length: True,
            f"{length} to a {beyond}": bool(beyond),
            f"{length} among turns": (beyond == "turn") * self._turns["all turns"],
            f"{length} in first person": sum(map(_is_in_first_person, lines)) / len(lines),
            f"{length} over marks": self._page.marks_in(short, long),
            f"{length} over names": bool(self._page.named_within(short, long)),
            f"{length} under a line": "\n" in text[candidate.opening : candidate.start],
        }

    def _beyond(self, end: int) -> str:
        """What opens after some words: "turn", "question", or "" for anything else."""
        body = self._page.body
        index = body.index_at(end - 1) + 1
        if index >= len(body.blocks):
            return ""
        if body.starts[index] in self._ends:
            return "turn"
        return "question" if asks(body.blocks[index].text) else ""

    def _labels_that_ask(self) -> set[str]:
        """Labels that mostly ask: three times, or on a page where every third turn does."""
        asked: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for c in self._page.candidates:
            if c.kind is Kind.TURN and c.end == min(self._ends[c.opening]):
                words = self._page.body.text[c.start : c.end]
                who = _who(c.label, words)
                total[who] += 1
                asked[who] += asks(words)
        is_interview = asked.total() * 3 > total.total()
        mostly = {who for who in total if asked[who] * 2 > total[who]}
        return {who for who in mostly if is_interview or asked[who] >= _OFTEN}

    def _signs_of_exchange(self) -> Signs:
        """Whether the page asks and answers as a whole."""
        body = self._page.body
        asked = [c for c in self._page.candidates if c.asks]
        answers = [c.words(body) for c in asked]
        count = max(1, len(asked))
        # A site that names nobody speaks to its visitors.
        spoken_to = asked if self.voices.guests.names_anybody else []
        return {
            "asked often": len(asked) >= 3,
            "addresses": sum(bool(ADDRESS.search(c.label)) for c in spoken_to) / count,
            "I answers": sum(bool(I_SAY.search(words)) for words in answers) / count,
            "we answer": sum(map(_is_in_first_person, answers)) / count,
            "marked": sum(self._page.marks_in(c.opening, c.closing) for c in asked) / count,
        }


def _who(label: str, words: str) -> str:
    """Who speaks, as labels tell it; a dash opens questions and answers alike."""
    who = fold(label).strip(" .")
    return f"{who} ?" if who in DASHES and asks(words) else who


def _signs_of_words(words: str, apart: bool) -> Signs:
    """What the words themselves look like; `apart`: nothing else stands on their line."""
    count, whole, capital = len(words.split()), ends_sentence(words), words[:1].isupper()
    return {
        f"long {sum(count > bound for bound in _LENGTHS)}": 1.0,
        "whole": whole,
        "sentence": is_sentence(words),
        "capital alone": capital and apart,
        "capital whole": capital and whole and count > 3,
        "capital only": capital and not whole and not apart,
        "short woven": count < 6 and not apart,
        "first person": _is_in_first_person(words),
        "I": bool(I_SAY.search(words)),
    }


def _signs_around(words: str, around: Surroundings, link: str) -> Signs:
    """What the page says beside the words; `link` is the best kind of sign of a speaker."""
    before, after = around.clause_before, around.after
    return {
        "said so": link == "after" and begins_with_speech_verb(after),
        "told to say": link == "before" and before.endswith(":"),
        "title before": announces_title(around.before),
        "work after": names_work(after),
        "article before": bool(_ARTICLE.search(around.before)),
        "that before": bool(_THAT.search(around.before)),
        "written before": _names_writing(before or last_sentence(around.before)),
        "written after": _names_writing(around.clause_after),
        "verb before": has_speech_verb(before),
        "verb after": begins_with_speech_verb(after),
        "colon before": before.endswith(":"),
        "listed": bool(LISTS.search(around.head)),
    }


def _names_writing(clause: str) -> bool:
    """Say whether a clause speaks of what has words that nobody says: a sign, a law, a machine."""
    return not _WRITINGS.isdisjoint(w.removesuffix("s") for w in re.findall(r"\w+", fold(clause)))


def _is_in_first_person(words: str) -> bool:
    return _FIRST_PERSON.search(words) is not None
