"""What a change of the lists would do, told before anything is written."""

from dataclasses import replace

import pytest

from corpus.lists import Theme, Vocabulary
from corpus.site import SAMPLE_SITE, Site, read_site
from indexer.outlook import acronyms_undeclared, movements_of_theme, quotes_about


@pytest.fixture(scope="module")
def site() -> Site:
    return read_site(SAMPLE_SITE)


def test_the_same_seeds_move_nothing(site: Site) -> None:
    theme = site.themes[0]
    assert movements_of_theme(site, theme.id, theme.seeds) == ([], [])


def test_other_seeds_bring_quotes_and_take_some_away(site: Site) -> None:
    theme = site.themes[0]
    come, leave = movements_of_theme(site, theme.id, ["vélo", "bus", "train"])
    before = set(quotes_about(site, theme.id).values())
    assert come
    assert leave
    assert before.isdisjoint(come)
    assert before.issuperset(leave)
    themes = (Theme(theme.id, theme.label, "", ("vélo", "bus", "train")), *site.themes[1:])
    after = set(quotes_about(replace(site, themes=themes), theme.id).values())
    assert after == (before | set(come)) - set(leave)


def test_an_acronym_that_no_list_explains_is_told(site: Site) -> None:
    met = dict(acronyms_undeclared(site))
    assert met
    known = Vocabulary({next(iter(met)): ("un sens",)})
    assert len(acronyms_undeclared(replace(site, vocabulary=known))) == len(met) - 1
