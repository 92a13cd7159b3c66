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
    "10 000 €, 1.200 élèves, 25 k€, 2,5 M€, 300 m², 14 h 30, 14:30, 18h00, 19 °C, n° 3, 12,5 %",
    "XXIe XIXème Vie vie siècle 21ème 1re 04 76 12 le 12.03.2024, 3 km², 30km, 5G, 1 234,50 $",
    "co-construction, éco-quartier, rendez-vous, l’e´cole, cr´eer, ou`, l´eau, franc¸ais, H₂O",
]
MEASURED = "0123 .,:hkmd€%°²XVIeè´`r"
LETTERS = "abéSs·().-'’ _1œ—\u00ad\u0301🚲"


def test_words_are_cut_as_in_the_index(browser: Browser, site_address: str) -> None:
    chance = random.Random(3)
    drawn = ["".join(chance.choices(LETTERS, k=chance.randint(3, 14))) for _ in range(5_000)]
    drawn += ["".join(chance.choices(MEASURED, k=chance.randint(3, 14))) for _ in range(5_000)]
    texts = [*INCLUSIVE, *OTHERS, *drawn]
    page = browser.new_page()
    page.goto(f"{site_address}/sante")
    cut = page.evaluate(CUT, texts)
    page.close()
    for text, found in zip(texts, cut, strict=True):
        ours = [[token.form, token.start, token.end] for token in tokens(text)]
        assert found == ours, text
