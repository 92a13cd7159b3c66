"""Words of people whom the page does not name are given to nobody, not to a name that is near."""

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.reading.markdown import page_from_markdown

HEAD = "# La halle\n\nLéa Morin ouvre la séance. « Nous commencerons en mai », dit-elle.\n\n"


@pytest.mark.parametrize(
    "told",
    [
        "Mots laissés dans l’urne :\n\n« {} »\n\n« Et les bancs, qui les répare ? »",
        "Ce qu’en disent les collègues :\n\n- « {} »\n- « On verra bien en juin. »",
        "Un marchand de fruits s’emporte : « {} »",
        "« {} », crie quelqu’un.",
        "« {} » (maraîchère, 34 ans)",
    ],
)
def test_words_of_people_without_a_name_are_given_to_nobody(told: str) -> None:
    words = "Gardez les tilleuls, ils étaient là avant nous."
    page = page_from_markdown(f"{HEAD}{told.format(words)}\n".encode())
    said = {v.text: v.speaker for v in extraction_from(page).verbatims}
    assert said["Nous commencerons en mai"] == "Léa Morin"
    assert said[words] is None


def test_a_line_about_a_matter_leaves_the_words_to_who_speaks() -> None:
    page = page_from_markdown(
        f"{HEAD}Au sujet du chantier :\n\n"
        "« Il durera deux ans, et je le regrette », précise Léa Morin.\n".encode()
    )
    assert {v.speaker for v in extraction_from(page).verbatims} == {"Léa Morin"}
