"""Pages with the words that somebody said marked in them, and how well a reading finds those.

Marks, in a page of any format: `⟦Léa Morin=la maire|words⟧` is a verbatim, its speaker and other
right answers (nobody where empty); `⟦+|words⟧` goes on with it; `⟦?|words⟧` may be found or not;
`⟦!|words⟧` must not. Scores follow the rules of word-level matching: a reading finds a verbatim
when the F1 of their words, as multisets, is at least 0.8, one to one.
"""

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.reading.blocks import Page
from corpus.reading.cell import page_from_bytes
from corpus.reading.formats import Format, format_of_name
from tests.golden.golden_pages import CASES, expected_of, page_of

PAGES = Path(__file__).parent / "pages"
SMALL = PAGES.with_name("small_pages.txt")
FRESH = PAGES.with_name("fresh")
SHARED = Path(__file__).parents[3] / "shared" / "eval"
_MARK = re.compile(r"⟦(?P<who>[^|⟦⟧]*)\|(?P<words>[^⟦⟧]*)⟧")
_ALIKE = 0.8
_NAME_EXTRA = 6  # words of a role behind a name


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim that a page holds; `names` are the right answers, none where nobody is named."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    is_named: bool

    def is_of(self, speaker: str) -> bool:
        """Say whether a name is a right answer."""
        if not speaker:
            return not self.is_named
        return any(same_name(speaker, name) for name in self.names)


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page, the site it is of, and what it holds."""

    name: str
    site: str
    page: Page
    quotes: tuple[Quote, ...]
    optional: tuple[tuple[str, ...], ...]
    negatives: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Score:
    """Counts over pages; a share of nothing is 1."""

    gold: int = 0
    found: int = 0
    extra: int = 0
    on_negatives: int = 0
    negatives: int = 0
    named: int = 0
    named_right: int = 0
    right: int = 0
    sure: list[tuple[float, bool]] = field(default_factory=list)

    def __iadd__(self, other: "Score") -> "Score":
        for name in ("gold", "found", "extra", "on_negatives", "negatives", "named", "named_right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.right += other.right
        self.sure += other.sure
        return self

    @property
    def f1(self) -> float:
        """Of the words alone."""
        return _f1(self.found, self.extra, self.gold)

    @property
    def speaker(self) -> float:
        """The share of right names, over verbatims found that have one."""
        return self.named_right / self.named if self.named else 1.0

    @property
    def both(self) -> float:
        """F1 where words and speaker must be right."""
        return _f1(self.right, self.found - self.right + self.extra, self.gold)


def _f1(found: int, extra: int, gold: int) -> float:
    return 2 * found / (found + extra + gold) if found + extra + gold else 1.0


def own_pages() -> Iterator[MarkedPage]:
    """The pages written for the project, to learn from."""
    yield from _pages_of(PAGES)


def fresh_pages() -> Iterator[MarkedPage]:
    """Those that nothing is ever learnt from, nor tuned on."""
    yield from _pages_of(FRESH)


def _pages_of(folder: Path) -> Iterator[MarkedPage]:
    for path in sorted(folder.iterdir()):
        if path.suffix in {".md", ".html", ".txt"} and path.stem != "README":
            yield marked_page(path)


def golden_pages() -> Iterator[MarkedPage]:
    """The pages of `tests.golden`, each with the record that it must give."""
    for case in CASES:
        quotes = tuple(
            Quote(
                words_of(said["text"]),
                tuple(filter(None, [said["speaker"]])),
                bool(said["speaker"]),
            )
            for said in expected_of(case)["verbatims"]
        )
        yield MarkedPage(case, case, page_from_bytes(*page_of(case)), quotes, (), ())


def small_pages() -> Iterator[MarkedPage]:
    """Pages of a few lines, one way of saying who speaks each; a line `%%% name.md` opens one."""
    _, *pieces = re.split(r"^%%% ", SMALL.read_text("utf-8"), flags=re.MULTILINE)
    for at, piece in enumerate(pieces):
        name, _, text = piece.partition("\n")
        page = page_of_marks(name, text.strip() + "\n")
        yield replace(page, name=f"{page.name} {at}", site=page.name)


def marked_page(path: Path) -> MarkedPage:
    """Read a page and its marks; the name of the file begins with that of the site."""
    return page_of_marks(path.name, path.read_text("utf-8"))


def page_of_marks(name: str, text: str) -> MarkedPage:
    """Read a marked text; its name ends with its format."""
    quotes: list[tuple[list[str], list[str]]] = []
    optional, negatives = [], []
    for found in _MARK.finditer(text):
        words = words_of(found["words"])
        if found["who"] == "+":
            quotes[-1][1].extend(words)
        elif found["who"] == "?":
            optional.append(words)
        elif found["who"] == "!":
            negatives.append(words)
        else:
            quotes.append((found["who"].split("="), list(words)))
    bare = _MARK.sub(lambda found: found["words"], text)
    stem = Path(name).stem
    return MarkedPage(
        stem,
        stem.split("-")[0],
        page_from_bytes(bare.encode(), format_of_name(name)),
        tuple(Quote(tuple(words), tuple(filter(None, who)), bool(who[0])) for who, words in quotes),
        tuple(optional),
        tuple(negatives),
    )


def shared_pages(name: str) -> Iterator[MarkedPage]:
    """The pages of a set with gold that stands beside the repository, where it does."""
    gold = SHARED / name / "gold.jsonl"
    for line in gold.read_text("utf-8").splitlines() if gold.is_file() else ():
        found = json.loads(line)
        suffix = found.get("format", "md")
        kind = Format.TEXT if suffix == "rst" else format_of_name(f"page.{suffix}")
        data = (SHARED / name / "docs" / f"{found['doc']}.{suffix}").read_bytes()
        yield MarkedPage(
            found["doc"],
            (found.get("source") or found["doc"]).split(":")[0],
            page_from_bytes(data, kind),
            tuple(_quote(quote) for quote in found["quotes"]),
            tuple(map(words_of, found["optional"])),
            tuple(map(words_of, found["negatives"])),
        )


def _quote(found: dict[str, object]) -> Quote:
    names = [found["speaker"], *found["speaker_alias"]]  # type: ignore[misc]
    kept = tuple(str(name) for name in names if name)
    return Quote(words_of(str(found["text"])), kept, bool(found["speaker"]))


def score_of(page: MarkedPage, said: Sequence[tuple[str, str, float]]) -> Score:
    """Compare a reading, (words, speaker or "", confidence), with what the page holds."""
    words = [words_of(text) for text, _, _ in said]
    pairs = matched(words, [quote.words for quote in page.quotes])
    score = Score(gold=len(page.quotes), found=len(pairs), negatives=len(page.negatives))
    for at, quote_at in pairs.items():
        quote, (_, speaker, confidence) = page.quotes[quote_at], said[at]
        is_right = quote.is_of(speaker)
        score.right += is_right
        score.named += quote.is_named
        score.named_right += quote.is_named and is_right
        if speaker:
            score.sure.append((confidence, is_right))
    for at, own in enumerate(words):
        if at in pairs or not own or is_optional(own, page):
            continue
        score.extra += 1
        score.on_negatives += any(likeness(own, other) >= _ALIKE for other in page.negatives)
    return score


def matched(found: Sequence[Sequence[str]], gold: Sequence[Sequence[str]]) -> dict[int, int]:
    """Which found text is which gold text, the most alike first, one to one."""
    alike = [
        (likeness(a, b), j, i)
        for i, a in enumerate(found)
        for j, b in enumerate(gold)
        if a and b and 2 * min(len(a), len(b)) >= _ALIKE * (len(a) + len(b))
    ]
    pairs: dict[int, int] = {}
    for value, j, i in sorted(alike, key=lambda one: (-one[0], one[1], one[2])):
        if value >= _ALIKE and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def is_optional(words: Sequence[str], page: MarkedPage) -> bool:
    """Say whether words may be found or not: they are, or are part of, an optional text."""
    own = f" {' '.join(words)} "
    return any(
        likeness(words, other) >= _ALIKE or own in f" {' '.join(other)} " for other in page.optional
    )


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """The F1 of the words of two texts, as multisets."""
    if not one or not other:
        return 0.0
    return 2 * sum((Counter(one) & Counter(other)).values()) / (len(one) + len(other))


def words_of(text: str) -> tuple[str, ...]:
    """The words alone: no mark-up, no case, no punctuation."""
    text = re.sub(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)|</?[a-zA-Z][^<>]*>", " ", text, flags=re.S)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    bare = re.sub(r"\*+|(?<!\w)_+|_+(?!\w)|~~|`", "", html.unescape(text))
    return tuple(re.findall(r"\w+", unicodedata.normalize("NFKC", bare).lower()))


def same_name(one: str, other: str) -> bool:
    """Say whether a name is another, its last name alone, or it with a role behind."""
    given, right = _letters(one), _letters(other)
    if not given or not right:
        return False
    if given == right or (set(given) <= set(right) and right[-1] in given):
        return True
    return set(right) <= set(given) and len(given) <= len(right) + _NAME_EXTRA


def _letters(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.lower())
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


def summed(scores: Iterable[Score]) -> Score:
    """One score over many pages."""
    total = Score()
    for score in scores:
        total += score
    return total
