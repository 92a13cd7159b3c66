"""From a write-up, as written by a hand or by us, to a record and what an editor should look at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from corpus.problems import Problem, ProblemLog
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar, fresh_id, is_id, is_writable
from corpus.writeups.head import (
    Entries,
    FrontMatterFault,
    date_from,
    entries_from,
    link_from,
    speakers_from,
    title_from,
)
from corpus.writeups.writing import (
    FENCE,
    Comment,
    Line,
    Mark,
    Written,
    seconds_from,
    unescaped,
    without_comments,
)

_HEADING = re.compile(r"#{2,6}\s+(?:(\d{1,4})\s*[.)°:–-]\s+)?(.*)")
_MARK = re.compile(r"(?:^|(?<=\s))\{([^{}]*)\}\s*$")
_ATTRIBUTION = re.compile(r"(?:—|–|--)\s*(.*)")


@dataclass(frozen=True, slots=True)
class Place:
    """The lines of a file that a part stands on, both ends included; they count from 1."""

    first: int
    last: int


@dataclass
class Body:
    """The parts of one write-up, gathered while its lines go by; `speakers` may grow."""

    webinar_id: str
    log: ProblemLog
    speakers: list[Speaker]
    introduction: list[Line] = field(default_factory=list)
    ideas: list[KeyIdea] = field(default_factory=list)
    verbatims: list[Verbatim] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    _is_unmarked: bool = False

    def read(self, body: str, first_line: int) -> None:
        """Read all the lines; `first_line` is the number of the first in the file."""
        lines = [*enumerate(body.split("\n"), first_line)]
        if "<!--" in body:
            lines, self.comments = without_comments(lines)
        for comment in self.comments:
            if not comment.is_closed:
                message = (
                    "un commentaire « <!-- » n’est pas fermé : tout ce qui suit est ignoré. "
                    "Écrivez « --> » à sa fin."
                )
                self.log.error("commentaire", message, comment.first)
        place = 0
        while place < len(lines):
            number, line = lines[place]
            if line.startswith(">"):
                quote = _quote_at(lines, place)
                self._read_quote(quote)
                place += len(quote)
            else:
                self._read_line(line, number)
                place += 1

    def _read_line(self, line: str, number: int) -> None:
        if heading := _HEADING.fullmatch(line):
            self._read_heading(heading, number)
        elif not self.ideas and not self.verbatims:
            self.introduction.append((number, unescaped(line)))
        elif line.strip():
            message = (
                f"« {_shortened(line)} » n’est ni une idée clé (« ## 1. … ») ni un verbatim "
                "(« > … ») : ce texte ne sera pas indexé."
            )
            self.log.warn("texte-libre", message, number)

    def _read_heading(self, heading: re.Match[str], line: int) -> None:
        text, mark = self._marked(heading[2], line)
        if not text:
            self.log.error("idee-vide", "une idée clé est vide ; écrivez-la après « ## 1. ».", line)
            return
        number = int(heading[1] or 0) or (self.ideas[-1].number + 1 if self.ideas else 1)
        if any(idea.number == number for idea in self.ideas):
            self.log.warn("numero", f"deux idées clés portent le numéro {number}.", line)
        idea_id = self._id(mark, text, Place(line, line))
        self.ideas.append(KeyIdea(idea_id, number, text, self.webinar_id))

    def _read_quote(self, lines: list[Line]) -> None:
        (line, _), (last, _) = lines[0], lines[-1]
        text, speaker, mark = self._attributed([words for _, words in lines], last)
        if not text.strip():
            self.log.error("verbatim-vide", "un verbatim est vide ; écrivez-le après « > ».", line)
            return
        idea = self.ideas[-1] if self.ideas else None
        verbatim_id = self._id(mark, text, Place(line, last))
        self.verbatims.append(Verbatim(verbatim_id, text, speaker, idea, mark.start))
        self._share_start(is_new=mark == Mark())

    def _share_start(self, *, is_new: bool) -> None:
        """A turn cut in two by hand: the half without a mark has the moment of the other."""
        was_new, self._is_unmarked = self._is_unmarked, is_new
        if len(self.verbatims) < 2:
            return
        above, said = self.verbatims[-2:]
        if (above.speaker, above.key_idea) != (said.speaker, said.key_idea):
            return
        if is_new and said.start is None:
            self.verbatims[-1] = replace(said, start=above.start)
        elif was_new and above.start is None:
            self.verbatims[-2] = replace(above, start=said.start)

    def _attributed(self, quote: list[str], line: int) -> tuple[str, Speaker | None, Mark]:
        last, mark = self._marked(quote[-1], line)
        if said := _ATTRIBUTION.fullmatch(last):
            return "\n".join(quote[:-1]), self._speaker(said[1].strip(), line), mark
        if not last and mark != Mark():
            return "\n".join(quote[:-1]), None, mark
        return "\n".join(quote), None, Mark()

    def _speaker(self, name: str, line: int) -> Speaker | None:
        if not name:
            return None
        for speaker in self.speakers:
            if speaker.name == name:
                return speaker
        message = (
            f"« {name} » n’est pas dans la liste « intervenants » : ajoutez son nom, sa fonction "
            "et son organisation en tête du fichier, ou corrigez l’orthographe."
        )
        self.log.warn("intervenant-inconnu", message, line)
        self.speakers.append(Speaker(name))
        return self.speakers[-1]

    def _marked(self, line: str, number: int) -> tuple[str, Mark]:
        found = _MARK.search(line)
        if not found:
            return line.strip(), Mark()
        mark_id, start = "", None
        for part in found[1].split():
            key, _, value = part.partition("=")
            if part.startswith("#") and is_id(part[1:]):
                mark_id = part[1:]
            elif key == "debut" and (seconds := seconds_from(value)) is not None:
                start = seconds
            else:
                message = f"« {part} » n’est pas compris ; écrivez « {{#id debut=12:04}} »."
                self.log.warn("marque", message, number)
        return line[: found.start()].strip(), Mark(mark_id, start)

    def _id(self, mark: Mark, text: str, place: Place) -> str:
        if mark.id in self.places:
            message = (
                f"l’identifiant « {mark.id} » sert déjà plus haut ; un autre est calculé. "
                "Effacez-le sur cette ligne."
            )
            self.log.error("id-double", message, place.first)
        chosen = mark.id
        if not chosen or chosen in self.places:
            chosen = fresh_id(self.webinar_id, text, self.places)
        self.places[chosen] = place
        return chosen


def _quote_at(lines: list[Line], place: int) -> list[Line]:
    """The lines of a quote; a comment inside it does not cut it, a comment after its name does."""
    quote: list[Line] = []
    for number, line in lines[place:]:
        is_cut = quote and number > quote[-1][0] + 1 and _is_signature(quote[-1][1])
        if not line.startswith(">") or is_cut:
            break
        quote.append((number, line[2:] if line.startswith("> ") else line[1:]))
    return quote


def _is_signature(line: str) -> bool:
    """Say whether a line of a quote tells who spoke, or bears its id."""
    return bool(_ATTRIBUTION.fullmatch(line.strip()) or _MARK.search(line))


def _shortened(line: str, length: int = 60) -> str:
    return line if len(line) <= length else line[: length - 1] + "…"


@dataclass(frozen=True, slots=True)
class Writeup:
    """What was read: the webinar, or None when nothing could be, the problems met, and where.

    `places` are those of the key ideas and verbatims, by id; `introduction` has its own lines.
    """

    text: str = field(compare=False, repr=False)
    webinar: Webinar | None
    problems: tuple[Problem, ...]
    entries: Entries = field(default_factory=dict)
    introduction: tuple[Line, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    body_line: int = 1

    def as_it_stands(self) -> Written:
        """The text with the line of each part."""
        lines = {part_id: place.first for part_id, place in self.places.items()}
        return Written(self.text, {"": self.body_line, **lines})


def read_writeup(text: str, webinar_id: str, file: str = "") -> Writeup:
    """Read a write-up; a fault is a problem with its line, never an exception."""
    log = ProblemLog(file)
    try:
        front, below, body_line = _split(_clean(text))
        entries = entries_from(front)
    except FrontMatterFault as fault:
        log.error("en-tete", f"{fault}.", fault.line)
        return Writeup(text, None, tuple(log.problems))
    title = title_from(entries, log)
    body = Body(webinar_id, log, speakers_from(entries, log))
    body.read(below, body_line)
    webinar = _webinar(webinar_id, title, entries, body, log)
    return Writeup(
        text,
        webinar,
        tuple(log.problems),
        entries,
        tuple(body.introduction),
        body.places,
        tuple(body.comments),
        body_line,
    )


def _split(text: str) -> tuple[str, str, int]:
    """Cut a file into front matter, body, and the line on which the body begins."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise FrontMatterFault("le fichier doit commencer par une ligne « --- »", 1)
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    raise FrontMatterFault("la ligne « --- » qui ferme l’en-tête manque", 1)


def _clean(text: str) -> str:
    """What editors and their tools leave in a file without seeing it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\t", " ")
    if is_writable(text):
        return text
    line = next(n for n, part in enumerate(text.split("\n"), 1) if not is_writable(part))
    raise FrontMatterFault(
        "caractère de contrôle invisible : retapez cette ligne et enregistrez en UTF-8", line
    )


def _webinar(
    webinar_id: str, title: str, entries: Entries, body: Body, log: ProblemLog
) -> Webinar | None:
    held_on = date_from(entries, "date", log)
    if not title:
        return None
    if held_on is None:
        message = "« date » (le jour du webinaire) manque ; ajoutez « date: 2024-03-12 »."
        log.warn("sans-date", message, 1)
    if not body.verbatims:
        log.warn("sans-verbatim", "aucun verbatim (« > … ») dans ce fichier.")
    return Webinar(
        id=webinar_id,
        title=title,
        held_on=held_on,
        published_on=date_from(entries, "publie", log),
        url=link_from(entries, "source", log),
        replay_url=link_from(entries, "replay", log),
        introduction="\n".join(line for _, line in body.introduction).strip(),
        speakers=tuple(body.speakers),
        key_ideas=tuple(body.ideas),
        verbatims=tuple(body.verbatims),
    )
