"""A site of as many texts as wanted, made of the sentences of judged collections.

Each webinar has a few people out of a crowd that grows with the site, four key ideas, and quotes
of one to three sentences. The same count always gives the same site.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from corpus.records import KeyIdea, Speaker, Verbatim, Webinar
from corpus.site import SAMPLE_SITE, Site, read_site
from indexer.french import Tagged
from indexer.tagging import Tagging, tagged_apart

_BETWEEN = re.compile(r"(?<=[.!?…])\s+")
SHARED = Path(__file__).parents[3] / "shared" / "eval" / "retrieval"
QUOTES, IDEAS = 18, 4  # of a webinar
_FIRST = "Anaïs Bruno Chloé Denis Élise Farid Gaëlle Hugo Inès Jules Karim Léa Malo Nadia Odile"
_LAST = "Aubry Brun Caradec Dumas Ester Faure Guern Hamon Imbert Jolivet Kervella Laurens Morvan"
_ENDS = "el ic eau ard in ot ez ier on as"
_ROLES = ("maire", "directrice", "chargé de mission", "élue à la mobilité", "bénévole", "")
_CROWD = 15_000  # people at most: there are 19,500 names to draw
_BODIES = ("Commune de {}", "Association {}", "Pays de {}", "Université de {}", "")


def sentences_of(folders: Sequence[Path]) -> list[str]:
    """The sentences of some collections, each once."""
    found: dict[str, None] = {}
    for folder in folders:
        for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines():
            text = "".join(c if c.isprintable() else " " for c in json.loads(line)["text"])
            cut = _BETWEEN.split(" ".join(text.split()))
            found |= dict.fromkeys(sentence for sentence in cut if 20 < len(sentence) < 400)
    return list(found)


def scale_site(folder: Path, texts: int, sentences: Sequence[str]) -> Site:
    """A site of about `texts` texts in a folder, with the themes and words of the sample site."""
    made = tuple(scale_webinars(texts, sentences))
    return replace(read_site(SAMPLE_SITE), folder=folder, webinars=made, golden=())


def scale_webinars(texts: int, sentences: Sequence[str]) -> Iterator[Webinar]:
    """The webinars of such a site, one after the other."""
    draw = random.Random(16)
    crowd = list(_crowd(min(_CROWD, max(40, texts // 50)), draw))
    for number in range(max(1, texts // (QUOTES + IDEAS))):
        yield _webinar(number, sentences, crowd, draw)


def _crowd(size: int, draw: random.Random) -> Iterator[Speaker]:
    names: dict[str, None] = {}
    while len(names) < size:
        last = draw.choice(_LAST.split()) + draw.choice(_ENDS.split()) + draw.choice(_ENDS.split())
        names[f"{draw.choice(_FIRST.split())} {last}"] = None
    for name in names:
        body = draw.choice(_BODIES).format(name.split()[1])
        yield Speaker(name, draw.choice(_ROLES), body)


def _webinar(
    number: int, sentences: Sequence[str], crowd: Sequence[Speaker], draw: random.Random
) -> Webinar:
    name = f"w{number:06}"
    people = draw.sample(crowd, 4)
    ideas = tuple(
        KeyIdea(f"{name}-i{n}", n, draw.choice(sentences), name) for n in range(1, IDEAS + 1)
    )
    said = tuple(
        Verbatim(
            f"{name}-v{n}",
            " ".join(draw.sample(sentences, draw.randint(1, 3))),
            draw.choice((*people, None)),
            ideas[n * IDEAS // QUOTES],
        )
        for n in range(QUOTES)
    )
    held = date(2012, 1, 1) + timedelta(days=draw.randrange(5_000))
    return Webinar(
        id=name,
        title=f"{draw.choice(sentences)[:60].strip()} ({number})",
        held_on=held,
        key_ideas=ideas,
        verbatims=said,
        speakers=tuple(people),
    )


def tagging_by_sentence() -> Tagging:
    """Ask the French model of each sentence once: the texts are made of few of them."""
    known: dict[str, list[Tagged]] = {}

    @contextmanager
    def tagged_texts(texts: Sequence[str]) -> Iterator[Iterator[list[Tagged]]]:
        cut = [_BETWEEN.split(text) for text in texts]
        each = dict.fromkeys(sentence for sentences in cut for sentence in sentences)
        fresh = [sentence for sentence in each if sentence not in known]
        with tagged_apart(fresh) as tagged:
            known.update(zip(fresh, tagged, strict=True))
            yield (
                [word for sentence in sentences for word in known[sentence]] for sentences in cut
            )

    return tagged_texts
