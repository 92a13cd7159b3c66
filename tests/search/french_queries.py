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
        ("hotel des ecoles", "4c7a8abbeb"),
        ("telecopie", "de91030825"),
        ("deambulateur", "b81f637af3"),
        ("theme retraite medecin", "c684e48b12"),
        ("REGLEMENT INTERIEUR", "c9e4291f21"),
        ("épluché invitàtions", "0c149ac168"),
        ("cafetiere", "addef88b5f"),
        ("depistage diabete", "cea5ae7fdd"),
        ("voie lactee", "20d375b5ea"),
        ("benevole vaisselle", "0a2c09002a"),
        ("ELEVEUR MAÏS", "0ba6294569"),
        ("Fêtes du villàge", "c7517c5597"),
        ("secretaire trousseaux", "bd3b73ac45"),
    ),
    *_rows(
        "élisions",
        ("l'escalier d'immeuble", "6553681ec1"),
        ("s’étrangle", "55a730cf0f"),
        ("m’appelle Gérard", "9b6539db9f"),
        ("puisqu’une conteuse", "fa091217af"),
        ("n'inaugure", "d595ef75ad"),
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
        ("l’église", "l'église"),
        ("d’ores et déjà", "d'ores et déjà"),
        ("aujourd’hui", "aujourd'hui"),
        ("quelqu’un", "quelqu'un"),
        ("main-d’œuvre", "main-d'oeuvre"),
        ("main d'oeuvre", "main-d’œuvre"),
        ("l’ingénierie d’animation", "l'ingenierie d'animation"),
    ),
    *_rows(
        "composés",
        ("tiers-lieux", "88e6787014 e18fd026c1 017be22a91"),
        ("demi-journée", "30ba9455be"),
        ("aide soignante", "38e1083912"),
        ("petit-four", "b19bb1e559"),
        ("sous-préfet", "48210f3125"),
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
        ("tomate", "f4dfedbc1e 32e3b52f49"),
        ("yaourt", "427354569f"),
        ("paniers", "df69a8256d"),
        ("un pneu", "27df13c417"),
        ("frisbee", "3f15070219"),
        ("abribus", "3d2013136a a042939136"),
        ("hydrologues", "a8ff24dca9"),
        ("boulangeries", "28cc7c6977 e64d246510"),
        ("balayeuses", "4c7a8abbeb"),
        ("cantines communes", "f6ab66109d"),
        ("un cahier", "a8ff24dca9"),
        ("carotte", "55a730cf0f"),
        ("loyers", "38c1dca422"),
        ("une poubelle", "5d38204a41"),
    ),
    *_rows(
        "verbes",
        ("inaugurer", "d595ef75ad b19bb1e559"),
        ("rebaptiser", "1c132639fc"),
        ("raboter", "0a2c09002a"),
        ("pleuraient", "828d75e367"),
        ("bégayait", "e7ad219be1"),
        ("réparons", "fa929e2c43"),
        ("mourrait de politesse", "f485cc616f"),
        ("enregistrer le tuteur", "cc67034b91"),
        ("traire", "ae57c60d04"),
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
        ("main d’oeuvre", "61a615b134 7a4cadb112 48210f3125"),
        ("VŒUX", "12c406495e"),
        ("ŒUFS cumin", "3f15070219"),
        ("le noeud", "8bf7193f94"),
        ("cœurs", "dc3d715314"),
        ("oeuvre collective", "3d151b3e80"),
        ("noeuds", "55a730cf0f 8bf7193f94"),
        ("oeufs", "252a370cc3 3f15070219"),
        ("coeur", "dc3d715314 1c9335fd37 ae57c60d04"),
        ("vœu", "12c406495e"),
    ),
    *_rows(
        "sigles",
        ("ZAN", "2323f3357a 6c7d70564b"),
        ("zéro artificialisation nette", "2323f3357a 6c7d70564b"),
        ("CPTS", "0c323856a9 9d8dca4f80"),
        ("gestion prévisionnelle des emplois et des compétences", "e7ad219be1"),
        ("contrat de relance et de transition écologique", "d6eee73f28 73b35fa234"),
        ("plan local d’urbanisme intercommunal", "454d257dae 30ba9455be"),
        ("EBE", "09ce304352"),
        ("quartier prioritaire de la politique de la ville", "4cf03744d6 53f4c9106c"),
        ("caisse d’allocations familiales", "52cd7b939a e18fd026c1"),
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
        ("élues jeunes", "b8d01644da"),
        ("directrice portail", "4a22cd020f"),
        ("agricultrices", "bf6dfefea9 04b85ef6b1"),
        ("infirmière", "828d75e367 b6ed448652"),
        ("animatrices", "8117d04c6a 8aa1b8bad4"),
        ("salariés quatorze", "8bf7193f94"),
        ("adhérentes", "2d864a5d56"),
        ("soignante messagerie", "0c323856a9"),
        ("élus jeunes", "b8d01644da"),
        ("usagers mots de passe", "2b12448907"),
        ("animateur", "8117d04c6a 8aa1b8bad4"),
        ("bénévoles patients", "f3b422aab0"),
        ("directeur portail", "4a22cd020f"),
    ),
    *_rows(
        "expressions",
        ("« zone humide »", "a98e146054"),
        ("“dents creuses”", "2323f3357a"),
        ("« la voie lactée »", "20d375b5ea"),
        ('"carnet à spirale"', "2b12448907", "a8ff24dca9"),
        ("« d'ores et déjà »", "665fbe5f8c"),
        ("„sortie positive“", "088fe6cbbc"),
        ('"dossier fonds social européen"', "0d81034141"),
        ("« l’économie sociale »", "f2f8ce8e25"),
        ("« petite faim »", "e1e0d7766a"),
        ("“petits fours”", "b19bb1e559"),
        ('"cahier à spirale"', "a8ff24dca9", "2b12448907"),
        ('"tiers lieu"', "88e6787014 e18fd026c1", "017be22a91"),
    ),
    *_rows(
        "exclusions",
        ("spirale -cahiers", "2b12448907", "a8ff24dca9"),
        ("permis -bureau", "dba5befb1c", "665fbe5f8c"),
        ("vélo -électriques", "2944d86c5e", "6c6fdf8113"),
        ("spirale -carnet", "a8ff24dca9", "2b12448907"),
        ("spirale SAUF cahiers", "2b12448907", "a8ff24dca9"),
        ('spirale -"cahier à spirale"', "2b12448907", "a8ff24dca9"),
    ),
    *_rows(
        "filtres",
        ("intervenante:Kervadec scies", "3d151b3e80"),
        ('organisation:"mission locale" permis', "665fbe5f8c", "adf22dab05"),
        ("avant:2022 balayeuse", "4c7a8abbeb"),
        ("apres:2022 cahier", "a8ff24dca9"),
        ("apres:mars 2024 courgette", "53f4c9106c"),
        ("webinaire:inclusion carnet", "2b12448907", "e7ceef18e2"),
        ('intervenant:"Bruno Fontanel" carottes', "55a730cf0f"),
        ("intervenant:Fontanel", "", "4c7a8abbeb"),
        ("type:idee vélo", "f09124c7db", "2944d86c5e"),
        ("theme:logement laverie", "97828d4c03"),
        ("année:2024 cahier", "a8ff24dca9", "2b12448907"),
    ),
    *_rows(
        "noms",
        ("Guivarc’h chiffre", "8fd13e1bfc"),
        ("Guivarc'h attente", "5c3817d23d"),
        ("Vukanic stère", "0e85545e1a"),
        ("maraîcher carottes", "55a730cf0f"),
        ("d'Estrac arrosage", "48210f3125"),
        ("Kervadec rambarde", "aa8e339269"),
        ("mission locale adolescence", "3822523c2e"),
        ("hydrologue cahier", "a8ff24dca9"),
    ),
    *_rows(
        "fautes",
        ("ballayeuse", "4c7a8abbeb"),
        ("pelteuse", "a98e146054"),
        ("diabette", "cea5ae7fdd"),
        ("mobillette", "dba5befb1c"),
        ("cariole courjette", "53f4c9106c"),
        ("badmington", "96210346c8"),
        ("presquîlle", "2f35771c7e"),
        ("autoclabe", "32e3b52f49"),
    ),
    *_rows(
        "ou",
        ("luthier OU caravane", "13195ca30f 52cd7b939a"),
        ("frigo OU dentiste OU sablier", "6b3e09ea10 252a370cc3 8aa1b8bad4"),
    ),
    *_nothing(
        "trottoir",
        "zeppelin spationaute",
        "« vélo cargo »",
        "intervenant:Zorglub",
        "avant:1990",
        "xylophone",
        "cryptomonnaie blockchain",
        '"cahier de spirale"',
        "???",
        "« »",
        "-vélo -vélos type:idee année:1999",
    ),
]
