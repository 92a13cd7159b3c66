"""Testimonies on cards: the name is a heading over the words, or under them."""

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.reading.html import page_from_html

CARDS = [
    ("Nos enfants sont accueillis ici depuis trois ans, et ils y sont bien.", "Marthe T."),
    ("L’équipe a su écouter mon fils, et je ne l’oublie pas.", "Yvon K."),
    ("Des locaux clairs, et des professeurs qui prennent leur temps.", "Solange"),
]
ROLES = ["Maman de deux enfants", "Papa d’un bachelier", "Maman depuis 2020"]


@pytest.mark.parametrize(
    "card",
    [
        '<div>"{words}"</div><div><h5>{name}</h5><small>{role}</small></div>',
        "<blockquote>{words}</blockquote><h4>{name}</h4><p>{role}</p>",
        "<p>« {words} »</p><h4>{name}</h4>",
        "<h4>{name}</h4><p>« {words} »</p>",
        "<h3>{name}</h3><p>{role}</p><p>« {words} »</p>",
        "<p>« {words} »</p><h6>{role}</h6><h5>{name}</h5>",
        "<p><strong>{name}</strong><br>{role}</p><p>« {words} »</p>",
        "<p>« {words} »<br><em>{name}, {role}</em></p>",
        "<p><em>« {words} »</em></p><p>{name} – {role}</p>",
        '<div class="elementor-testimonial"><div class="elementor-testimonial__text">{words}</div>'
        '<cite><span class="elementor-testimonial__name">{name}</span>'
        '<span class="elementor-testimonial__title">{role}</span></cite></div>',
        '<div class="et_pb_testimonial"><p>{words}</p>'
        '<span class="et_pb_testimonial_author">{name}</span>'
        '<p class="et_pb_testimonial_meta">{role}</p></div>',
    ],
)
def test_each_card_has_its_own_name(card: str) -> None:
    cards = [
        card.format(words=words, name=name, role=role)
        for (words, name), role in zip(CARDS, ROLES, strict=True)
    ]
    page = f"<main><h1>Témoignages de parents</h1>{''.join(cards)}</main>"
    found = extraction_from(page_from_html(page.encode())).verbatims
    assert [(said.text, said.speaker) for said in found] == CARDS


def test_a_heading_under_one_quotation_is_a_heading() -> None:
    page = """<main><h1>Une journée à la ferme</h1><p>« Ici tout recommence au printemps. »</p>
    <h2>Yvon K.</h2><p>« Je suis né dans la grange, et je l’ai rebâtie. »</p></main>"""
    found = extraction_from(page_from_html(page.encode())).verbatims
    assert found[-1].speaker == "Yvon K."


def test_a_testimonial_keeps_its_words_whole() -> None:
    words = 'Un accueil <span class="fin">simple</span>, et <a class="lien" href="/">un toit</a>.'
    card = f'<div class="un-testimonial"><p>{words}</p><h5>Yvon K.</h5></div>'
    blocks = page_from_html(f"<main><h1>Avis</h1>{card * 2}</main>".encode()).blocks
    assert [b.text for b in blocks if b.group] == ["Un accueil simple, et un toit."] * 2


@pytest.mark.parametrize("body", ["<h1>Avis</h1><p>Un toit, enfin.</p>", "<p>Bon toit.</p>" * 400])
def test_a_page_about_a_testimonial_is_none(body: str) -> None:
    page = page_from_html(
        f'<main><article class="type-testimonial">{body}</article></main>'.encode()
    )
    assert not any(block.group for block in page.blocks)
