"""French queries over the sample site, by kind, with what they must find and must not find.

`finds` are ids of verbatims or ideas that must be among the first ten by relevance; `misses` must
not be among the hits at all; `same_as` must give exactly the same hits; `nothing`: no hit.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class FrenchQuery:
    kind: str
    text: str
    finds: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    same_as: str = ""
    nothing: bool = False


def _rows(kind: str, *rows: tuple[str, str] | tuple[str, str, str]) -> list[FrenchQuery]:
    return [
        FrenchQuery(kind, text, tuple(finds.split()), tuple("".join(rest).split()))
        for text, finds, *rest in rows
    ]


def _same(kind: str, *pairs: tuple[str, str]) -> list[FrenchQuery]:
    return [FrenchQuery(kind, text, same_as=other) for text, other in pairs]


def _nothing(*texts: str) -> list[FrenchQuery]:
    return [FrenchQuery("rien", text, nothing=True) for text in texts]


FRENCH_QUERIES = [
    *_rows(
        "accents",
        ("depistage diabete", "cea5ae7fdd"),
        ("voie lactee", "20d375b5ea"),
        ("benevole vaisselle", "0a2c09002a"),
        ("ELEVEUR MAÏS", "0ba6294569"),
        ("Fêtes du villàge", "c7517c5597"),
        ("secretaire trousseaux", "bd3b73ac45"),
    ),
    *_rows(
        "élisions",
        ("l’église", "1b9450542f"),
        ("l'abribus", "3d2013136a a042939136"),
        ("d’éplucheuse", "55a730cf0f"),
        ("aujourd'hui smartphone", "0cea8aaafe"),
        ("jusqu’au dentiste", "252a370cc3"),
        ("presqu'île", "2f35771c7e"),
        ("qu’une balayeuse", "4c7a8abbeb"),
    ),
    *_same(
        "apostrophes",
        ("main-d’œuvre", "main-d'oeuvre"),
        ("main d'oeuvre", "main-d’œuvre"),
        ("l’ingénierie d’animation", "l'ingenierie d'animation"),
    ),
    *_rows(
        "composés",
        ("tiers-lieux", "88e6787014 e18fd026c1 017be22a91"),
        ("écoquartier", "30ba9455be"),
        ("co-construction", "f3f0e84114"),
        ("porte à porte", "8c2546854b"),
    ),
    *_same(
        "composés",
        ("tiers lieux", "tiers-lieux"),
        ("tierslieux", "tiers-lieux"),
        ("tiers-lieu", "tiers-lieux"),
        ("eco-quartier", "écoquartier"),
        ("coconstruction", "co-construction"),
    ),
    *_rows(
        "pluriels",
        ("balayeuses", "4c7a8abbeb"),
        ("cantines communes", "f6ab66109d"),
        ("un cahier", "a8ff24dca9"),
        ("carotte", "55a730cf0f"),
        ("loyers", "38c1dca422"),
        ("une poubelle", "5d38204a41"),
    ),
    *_rows(
        "verbes",
        ("pédaler", "2944d86c5e"),
        ("peser les poubelles", "5d38204a41"),
        ("replanter", "64fbd8e39d"),
        ("balayer les abris", "5d098325cb"),
        ("éplucher ensemble", "691a69999e"),
        ("finançons", "48210f3125"),
        ("coudre couture", "88e6787014"),
    ),
    *_rows(
        "ligatures",
        ("oeuvre collective", "3d151b3e80"),
        ("noeuds", "55a730cf0f 8bf7193f94"),
        ("oeufs", "252a370cc3 3f15070219"),
        ("coeur", "dc3d715314 1c9335fd37 ae57c60d04"),
        ("vœu", "12c406495e"),
    ),
    *_rows(
        "sigles",
        ("TZCLD", "7b86bb5fee 47340c1d72"),
        ("territoire zéro chômeur de longue durée", "7b86bb5fee 47340c1d72"),
        ("ESS", "f485cc616f f2f8ce8e25"),
        ("économie sociale et solidaire", "f485cc616f f2f8ce8e25"),
        ("établissement public de coopération intercommunale", "f64f5f9f84 0ee5976651"),
        ("projet alimentaire territorial", "55a730cf0f 06f6f8208f"),
        ("fonds social européen", "974df4775c 5dedb922f8 0d81034141"),
        ("S.C.I.C.", "094a141484 e95f0d15bd f291938c0a"),
        ("entreprise à but d’emploi", "09ce304352"),
    ),
    *_rows(
        "inclusif",
        ("élus jeunes", "b8d01644da"),
        ("usagers mots de passe", "2b12448907"),
        ("animateur", "8117d04c6a 8aa1b8bad4"),
        ("bénévoles patients", "f3b422aab0"),
        ("directeur portail", "4a22cd020f"),
    ),
    *_rows(
        "expressions",
        ("« petite faim »", "e1e0d7766a"),
        ("“petits fours”", "b19bb1e559"),
        ('"cahier à spirale"', "a8ff24dca9", "2b12448907"),
        ('"tiers lieu"', "88e6787014 e18fd026c1", "017be22a91"),
    ),
    *_rows(
        "exclusions",
        ("spirale -carnet", "a8ff24dca9", "2b12448907"),
        ("spirale SAUF cahiers", "2b12448907", "a8ff24dca9"),
        ('spirale -"cahier à spirale"', "2b12448907", "a8ff24dca9"),
    ),
    *_rows(
        "filtres",
        ('intervenant:"Bruno Fontanel" carottes', "55a730cf0f"),
        ("intervenant:Fontanel", "", "4c7a8abbeb"),
        ("type:idee vélo", "f09124c7db", "2944d86c5e"),
        ("theme:logement laverie", "97828d4c03"),
        ("année:2024 cahier", "a8ff24dca9", "2b12448907"),
    ),
    *_rows(
        "noms",
        ("Kervadec rambarde", "aa8e339269"),
        ("mission locale adolescence", "3822523c2e"),
        ("hydrologue cahier", "a8ff24dca9"),
    ),
    *_nothing(
        "xylophone",
        "cryptomonnaie blockchain",
        '"cahier de spirale"',
        "???",
        "« »",
        "-vélo -vélos type:idee année:1999",
    ),
]
