"""The browser cuts texts into words as the index does, to the letter."""

import random

from playwright.sync_api import Browser

from indexer.tokens import tokens

CUT = """async (texts) => {
  const { tokens } = await import("/static/moteur-mots.js");
  return texts.map((text) => [...tokens(text)].map(({ form, start, end }) => [form, start, end]));
}"""
FEMININES = [
    "e",
    "ne",
    "le",
    "te",
    "se",
    "ve",
    "ère",
    "euse",
    "rice",
    "trice",
    "ice",
    "ive",
    "esse",
    "que",
]
WRITTEN = ["·{}", "·{}s", "·{}·s", "·{}·S", "({})", "({}s)", "({})s", ".{}.s", "-{}-s", ".{}s"]
INCLUSIVE = [f"agriculteur{way.format(end)}" for end in FEMININES for way in WRITTEN]
OTHERS = [
    "bénévole(s) usager.e usager.es tous·tes é\u0301lu·e·s",
    "L’œuvre qu’aujourd’hui S.N.C.F. d’ores entr’aide_x",
    "prud’hommes grand-mères presqu’îles chefs d’oeuvre quelques-unes",
]
LETTERS = "abéSs·().-'’ _1œ—\u00ad\u0301🚲"


def test_words_are_cut_as_in_the_index(browser: Browser, site_address: str) -> None:
    chance = random.Random(3)
    drawn = ["".join(chance.choices(LETTERS, k=chance.randint(3, 14))) for _ in range(5_000)]
    texts = [*INCLUSIVE, *OTHERS, *drawn]
    page = browser.new_page()
    page.goto(f"{site_address}/sante")
    cut = page.evaluate(CUT, texts)
    page.close()
    for text, found in zip(texts, cut, strict=True):
        ours = [[token.form, token.start, token.end] for token in tokens(text)]
        assert found == ours, text
