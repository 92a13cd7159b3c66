"""What is learnt from all texts of a site, and from as many as are enough."""

import pytest

from corpus.lists import Theme
from corpus.records import Verbatim, Webinar
from indexer import documents
from indexer.catalogue import parts_of
from indexer.documents import compounds_and_themes

WORDS = ("pain", "eau", "mur", "fer", "sel", "vent")
SITE = [Webinar(w, w, verbatims=(Verbatim(f"{w}-1", f"Un co-{w} {w}."),)) for w in WORDS]
THEMES = [Theme("nature", "Nature", "", ("nature",))]


@pytest.mark.parametrize(
    ("most", "read"),
    [(6, WORDS), (3, ("pain", "mur", "sel")), (4, ("pain", "mur", "fer", "vent"))],
)
def test_themes_are_learnt_from_quotes_at_even_steps(
    monkeypatch: pytest.MonkeyPatch, most: int, read: tuple[str, ...]
) -> None:
    monkeypatch.setattr(documents, "_LEARNT", most)
    compounds, themes = compounds_and_themes(parts_of(SITE), THEMES)
    assert set(WORDS) & set(themes.stems) == set(read)
    assert set(compounds) == {f"co{word}" for word in WORDS}
