"""Who speaks in a line of a transcript, and which words are nobody's.

A voice is told by « Nom : », « [Nom] », « SPEAKER_00 » or « >> », wherever they stand in the line.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.extraction.names import (
    is_first_name,
    is_known_first_name,
    is_name_like,
    mentions_in,
    without_style,
)
from corpus.extraction.roles import is_role
from corpus.reading.blocks import Block, BlockKind
from corpus.typography import fold

_NAME_WORDS = 6
_LABEL = 70  # characters
_SPACES = re.compile(r"\s+")
_COLON = re.compile(r"\s?:(?=\s|$)")
_DASH = re.compile(r"[-–—](?:\s+(?=\S)|(?=[A-ZÀ-Þ]))")
_ASIDE = re.compile(r"\s*[,(\[|].*")
_STATUS = re.compile(
    r"\s*[(\[](?:extern(?:e|al)|invitée?|guest|(?:co-)?h[ôo](?:te|st)|(?:non |un)v[ée]rifi[ée]+d?)"
    r"[)\]]",
    re.IGNORECASE,
)
_TURNED = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ' -]+), ([A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?)")
_ANYBODY = re.compile(r"Une? [a-zà-ÿ’' -]{3,30}")
_PARTICLE = re.compile(r"\b(?:(?:De|Du|Des)(?= )|D(?=['’]))")
_SENTENCE = re.compile(r"[.!?…»][ \u00a0\u202f]+")
_MARK = re.compile(
    r"(?P<call>>{2,3})|\[(?P<boxed>[^\[\]\n]{1,60})\]\s?:?"
    r"|^\((?P<first>[^()\n]{3,60})\)\s?:?|\b(?P<bare>SPEAKER[_ ]\d{1,3})\b\s?:?"
)
# Folded. Tools number the voices that they cannot name; a device is no name either.
_NOBODY = re.compile(
    r"(?:(?:unknown |haut-)?(?:speaker|spk|parleur)|intervenant[es]*|locut(?:eur|rice)"
    r"|orat(?:eur|rice)|participante?|conferenci(?:er|ere)|personne|voix|invitee?|inconnue?"
    r"|utilisat(?:eur|rice)|unknown|user|guest)"
    r"(?:[ _-]?(?:n°|#)? ?(?:\d{1,3}|[a-z]|inconnue?|non identifiee?))?"
    r"|(?:questions?|remarque|intervention|(?:une )?voix)? ?"
    r"(?:(?:du|de la|dans la|dans le|le|la) )?(?:public|salle)\b.{0,25}"
    r"|(?:iphone|ipad|galaxy|pc|tablette|ordinateur)\b.{0,40}"
    r"|.{2,40}'s presentation|presentation de .{2,40}"
)
_SOUND = (
    r"(?:musique|music|applaudissements?|applause|rires?|laughter|silence|bruits?\b[^\[\]()]{0,30}"
    r"|toux|brouhaha|jingle|sonnerie|blank_audio|texte impossible a transcrire)"
)
_IS_SOUND = re.compile(_SOUND)
_NOISE = re.compile(rf"♪.*|(?:\[[^\[\]]*\]|[(*] ?{_SOUND} ?[)*]|[\s♪♫.])*")
_MACHINE = re.compile(
    r"""(?:sous-titr(?:es|age)\b\ ?.{0,40}(?:amara|\bpara?\b|st'\ ?501|radio-canada).*
    | subtitles\ by\ .* | transcribed\ by\ .* | .{0,20}soustitreur\.com.* | webvtt.*
    | (?:la\ (?:reunion|transcription)\ s'est|transcription|meeting)\ (?:terminee|ended)\b.*
    | (?:cette\ transcription\ modifiable|this\ editable\ transcript)\b.*
    | .{0,70}\b(?:a\ (?:commence|demarre|arrete|lance)\ la|(?:started|stopped))\ transcription
    | .{0,12}donnez[- ]nous\ votre\ avis\ sur\ cette\ transcription.* | transcription
    | (?:le\ contenu\ genere\ par\ l'ia|ai-generated\ content)\b.*)[\W_]*""",
    re.VERBOSE,
)
_MACHINE_LENGTH = 200
_TOLD_BY_TOOL = re.compile("titr|transcri|titles|webvtt|réunion|meeting|contenu|generated", re.I)
_ANNOUNCING_WORDS = """
    question reponse note nota exemple resultat conclusion remarque attention rappel bref donc ps
    nb objectif total bilan suite etape point idee citation
    chose detail solution raison probleme mot precision
"""
_ANNOUNCERS = frozenset(_ANNOUNCING_WORDS.split())


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one voice; `label` names it: None where the same goes on, "" for somebody else."""

    words: str
    label: str | None = None


def is_machine_line(line: str) -> bool:
    """Say whether a tool wrote the line, or only sounds stand in it."""
    if _NOISE.fullmatch(line):
        return True
    may_be = len(line) <= _MACHINE_LENGTH and _TOLD_BY_TOOL.search(line)
    return bool(may_be and _MACHINE.fullmatch(fold(line)))


def name_of(label: str) -> str:
    """Whom a label names: nobody for « SPEAKER_00 »; « MORIN, Léa » is written « Léa Morin »."""
    name = _SPACES.sub(" ", _STATUS.sub("", label)).strip()
    if is_nobody(name) or _ANYBODY.fullmatch(name):
        return ""
    if turned := _TURNED.fullmatch(name):
        return f"{turned[2]} {turned[1].title()}"
    is_loud = name.isupper() and (len(name) > 3 or is_known_first_name(name))
    return _PARTICLE.sub(lambda found: found[0].lower(), name.title()) if is_loud else name


def voice_of(label: str) -> str:
    """What two labels of one voice share."""
    return fold(_ASIDE.sub("", _SPACES.sub(" ", label))).strip()


def is_nobody(label: str) -> bool:
    """Say whether a label is what a tool puts in place of a name."""
    return _NOBODY.fullmatch(voice_of(label)) is not None


def known_labels(lines: Sequence[str], more: Iterable[str] = ()) -> frozenset[str]:
    """The labels that open lines, and `more`, which are somebody: a name, or what comes back."""
    opening = [(line, _SPACES.sub(" ", label)) for line in lines if (label := opening_label(line))]
    times = Counter([label for _, label in opening] + [_SPACES.sub(" ", label) for label in more])
    sure = {label for label in times if is_somebody(label)}
    sure |= {label for line, label in opening if _is_loud(label) and not line.startswith("[")}
    parts = {part for label in sure for part in voice_of(label).split()}
    likely = {label for label in times if label not in sure and _may_be_name(label)}
    sure |= {label for label in likely if times[label] > 1 or voice_of(label) in parts}
    # Where most lines have a name, so has one that nobody knows: « Nour », « Un parent ».
    is_dense = 2 * sum(times[label] for label in sure) > len(lines)
    rare = {label for label in likely if " " not in label}
    rare |= {label for label in times if _ANYBODY.fullmatch(label) and not _announces(label)}
    return frozenset(sure | rare if is_dense else sure)


def _announces(label: str) -> bool:
    return voice_of(label).split()[-1] in _ANNOUNCERS


def _is_loud(label: str) -> bool:
    """Say whether a label is all in capitals, as subtitles write those who speak."""
    letters = re.sub(r"[\s.'’-]", "", label)
    return len(letters) > 2 and letters.isalpha() and letters.isupper() and not _announces(label)


def _may_be_name(label: str) -> bool:
    words = label.split()
    return len(words) <= _NAME_WORDS and is_name_like(words) and voice_of(label) not in _ANNOUNCERS


@lru_cache(maxsize=20_000)
def is_somebody(label: str) -> bool:
    """Say whether a label alone tells a voice: a name, « Mme Morin », a role, « SPEAKER_00 »."""
    name = _ASIDE.sub("", _STATUS.sub("", label)).strip()
    words = name.split()
    if not words or len(words) > _NAME_WORDS:
        return False
    name = name.title() if len(words) > 1 and name.isupper() else name
    bare = without_style(name)
    whole = any(m.start == 0 and m.end == len(bare) for m in mentions_in(bare))
    styled = bare != name and bare[:1].isupper() and len(bare.split()) <= 3
    first = is_known_first_name(name) or (is_first_name(name) and label[len(name) :][:2] == " (")
    role = name[0].isupper() and is_role(label) and not name.startswith(("Les ", "Des "))
    alone = first and name[0].isupper() and name.replace("-", "").isalpha()
    return is_nobody(name) or whole or styled or alone or role


def opening_label(line: str) -> str:
    """What stands before the first colon of a line, or in brackets at its head."""
    line = _DASH.sub("", line, count=1) if _DASH.match(line) else line
    mark = _MARK.match(line)
    if mark and not mark["call"]:
        return mark["boxed"] or mark["first"] or mark["bare"]
    at = mark.end() if mark else 0
    colon = _COLON.search(line, at, at + _LABEL + 3)
    label = line[at : colon.start()].strip() if colon else ""
    return label if len(label.split()) <= _NAME_WORDS + label.count(",") else ""


def parts_of(line: str, known: frozenset[str], *, dashed: bool = False) -> Iterator[Part]:
    """The words of each voice of a line, without what names it; `dashed`: a dash is a voice."""
    dash = _DASH.match(line)
    begun: str | None = "" if dash and dashed else None
    at = dash.end() if dash and (dashed or opening_label(line) in known) else 0
    for begin, end, label in _cuts(line, at, known):
        if words := line[at:begin].strip(" "):
            yield Part(words, begun)
            begun = None
        begun = label if label is not None else begun
        at = end
    if (words := line[at:].strip(" ")) or begun is not None:
        yield Part(words, begun)


def _cuts(line: str, at: int, known: frozenset[str]) -> list[tuple[int, int, str | None]]:
    """Where a voice is named, or a sound stands (its label is None), from left to right."""
    cuts: list[tuple[int, int, str | None]] = []
    for mark in _MARK.finditer(line, at):
        label = mark["boxed"] or mark["first"] or mark["bare"] or ""
        opens = mark.start() == at or line[mark.end() :].lstrip()[:1].isupper()
        if mark["boxed"] and _IS_SOUND.fullmatch(fold(label)):
            cuts.append((*mark.span(), None))
        elif mark["call"] or label in known or (opens and is_somebody(label)):
            cuts.append((*mark.span(), label))
    after = [at, *(end for _, end, _ in cuts)]
    for colon in _COLON.finditer(line, at) if known else ():
        begin = after[bisect_right(after, colon.start()) - 1]
        label, begin = _label_before(line, begin, colon.start(), known)
        if label:
            cuts.append((begin, colon.end(), label))
    return sorted(cuts)


def _label_before(line: str, begin: int, colon: int, known: frozenset[str]) -> tuple[str, int]:
    """The label that ends at a colon: it begins the words of a voice, or a sentence."""
    near = max(begin, colon - _LABEL)
    starts = [begin] if near == begin else []
    starts += [found.end() for found in _SENTENCE.finditer(line, near, colon)]
    for start in starts:
        label = line[start:colon].strip()
        if _SPACES.sub(" ", label) in known or (start > begin and is_somebody(label)):
            return label, start
    return "", begin


LONG_TURN = 80  # words
_RUNAWAY = 240  # words: nobody says as many in one sentence, these captions have no full stops
_SENTENCE_END = re.compile(r"[.!?…]+[\s\u00a0\u202f]*[»”\")\]]*$")
_SHORT_FOR = re.compile(r"(?:^|[\s(«’'])(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|St|Ste|cf|p|art|n|[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one voice; `new` where it is said that somebody else speaks."""

    text: str
    speaker: str
    voice: str
    start: int | None
    line: int
    new: bool


class Speech:
    """Gathers the pieces of a transcript while its lines go by."""

    def __init__(self, known: frozenset[str], *, is_cut_anywhere: bool) -> None:
        self.known = known
        self.pieces: list[Piece] = []
        self._anywhere = is_cut_anywhere
        self._label = self._voice = ""
        self._new = False

    def called(self, label: str) -> None:
        """Somebody begins to speak; the same one goes on where a sentence was cut."""
        voice = voice_of(label)
        before = self.pieces[-1].text if self.pieces else ""
        goes_on = self._anywhere or not _SENTENCE_END.search(before)
        self._new = self._new or not voice or voice != self._voice or not goes_on
        self._label, self._voice = name_of(label), voice

    def say(self, parts: Iterable[Part], start: int | None, line: int) -> None:
        """Take the words of a line."""
        for part in parts:
            if part.label is not None:
                self.called(part.label)
            if part.words:
                piece = Piece(part.words, self._label, self._voice, start, line, self._new)
                self.pieces.append(piece)
                self._new = False


def turns_of_pieces(pieces: Iterable[Piece]) -> Iterator[Block]:
    turn: list[Piece] = []
    for piece in pieces:
        if turn and (piece.new or piece.voice != turn[-1].voice):
            yield from _blocks(turn)
            turn = []
        turn.append(piece)
    yield from _blocks(turn)


def _blocks(turn: list[Piece]) -> Iterator[Block]:
    """One block, or several cut at the ends of sentences when the turn is long."""
    words = [(word, piece) for piece in turn for word in piece.text.split(" ") if word]
    gathered: list[tuple[str, Piece]] = []
    for sentence in _sentences(words):
        # A cut falls where the piece stays nearest to the length asked for.
        if gathered and len(gathered) + len(sentence) > LONG_TURN:
            yield _block(gathered)
            gathered = []
        gathered = [*gathered, *sentence]
    if gathered:
        yield _block(gathered)


def _sentences(words: list[tuple[str, Piece]]) -> Iterator[list[tuple[str, Piece]]]:
    sentence: list[tuple[str, Piece]] = []
    for at, (word, piece) in enumerate(words):
        sentence.append((word, piece))
        following = words[at + 1] if at + 1 < len(words) else None
        lost = len(sentence) >= _RUNAWAY and following and following[1] is not piece
        if lost or _ends_sentence(word, following[0] if following else ""):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _ends_sentence(word: str, following: str) -> bool:
    if not _SENTENCE_END.search(word) or _SHORT_FOR.search(word):
        return False
    # A closing mark or « ! » set apart belongs to this sentence; a small letter goes on with it.
    first = following.lstrip("«“\"'’([—–-\u00a0\u202f")[:1]
    return bool(first) and not first.islower() and first not in ".,;:!?»”…"


def _block(words: list[tuple[str, Piece]]) -> Block:
    first = words[0][1]
    text = " ".join(word for word, _ in words)
    return Block(BlockKind.TURN, text, first.line, speaker=first.speaker, start=first.start)
