"""Invented quotes, and what one types to find some of them: compounds, acronyms, numbers, names.

Every quote was judged for every query: `finds` are the ids of all that it must find, and what
else it gives is noise. Those of `KEPT_ASIDE` were written at the same time, and served no tuning.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.records import KeyIdea, Speaker, Verbatim, Webinar


@dataclass(frozen=True)
class PreciseQuery:
    kind: str
    text: str
    finds: frozenset[str]


_PEOPLE = {
    "alix": Speaker("Alix Le Gall", "Directrice", "Syndicat d’énergie du Vernois"),
    "bachir": Speaker("Bachir Desmoulins", "Chargé de mission", "Syndicat d’énergie du Vernois"),
    "carmen": Speaker("Carmen Ott", "Maire", "Commune de Saint-Aubray"),
    "denis": Speaker("Denis Lemaire", "Maraîcher", "Ferme des Trois-Ormes"),
    "elsa": Speaker("Elsa D’Aubrac", "Coordinatrice", "CPTS du Haut-Loisan"),
    "fanch": Speaker("Fañch Kerrien", "Garde champêtre", "Commune de Saint-Aubray"),
}
_QUOTES = """
lieu1 alix Le tiers-lieu a ouvert dans l’ancienne perception.
lieu2 bachir Nos tiers lieux se parlent une fois par mois.
lieu3 carmen On a perdu un tiers des adhérents en deux hivers.
lieu4 denis C’est un lieu où l’on passe sans raison, et c’est très bien.
bourg1 carmen Le centre-bourg s’est vidé quand la boulangerie a fermé.
bourg2 fanch Au centre de la place, il y a encore la fontaine.
bourg3 denis Le bourg d’à côté nous envoie ses enfants.
porte1 bachir Nous avons fait du porte-à-porte pendant trois semaines.
porte2 denis Il suffit d’ouvrir la porte pour que les gens entrent.
cr1 alix Personne ne lit le compte rendu de nos réunions.
cr2 carmen Le compte du notaire n’a jamais été bon.
cr3 bachir On m’a rendu la monnaie en pièces de dix.
covoit1 alix Le covoiturage marche le lundi, jamais le vendredi.
covoit2 denis J’ai commencé à co-voiturer avec ma voisine.
constr1 carmen La co-construction du projet a pris deux ans.
constr2 fanch La construction du hangar s’est arrêtée sous la pluie.
pref1 fanch La sous-préfète est venue à pied, et le sous-préfet en moto.
pref2 carmen Le préfet nous a écrit deux fois.
arc1 elsa Les enfants ont peint un arc-en-ciel sur le portail.
arc2 denis J’ai tiré à l’arc toute mon enfance.
rez1 elsa Le cabinet est au rez-de-chaussée, à côté du lavoir.
abri1 elsa Deux sans-abri dorment dans la gare routière.
abri2 fanch Sans cet abri, les randonneurs attendraient dehors.
aide1 elsa Les aides-soignantes font trente kilomètres par tournée.
aide2 alix Une aide de la Région couvre la moitié des travaux.
creche1 carmen La micro-crèche accueille dix petits.
pat1 denis Le projet alimentaire territorial nous a fait rencontrer la cantine.
pat2 carmen Notre PAT tient sur une page.
pat3 bachir Le projet de chaufferie est territorial avant d’être technique.
cpts1 elsa La communauté professionnelle territoriale de santé se réunit le soir.
cpts2 carmen Sans la CPTS, nous n’aurions plus de garde le dimanche.
cpts3 alix La santé de nos agents compte autant que celle des lignes.
cpts4 fanch La communauté nous a acheté un vélo.
epci1 carmen L’EPCI a pris la compétence, et nous avons gardé la clé.
zan1 alix Avec le ZAN, on a relu tout le plan de zonage.
zan2 bachir Zéro plainte cette année, c’est une première.
ccas1 elsa Le centre communal d’action sociale appelle les plus âgés.
ami1 bachir On a répondu à un AMI de la Région en trois jours.
scic1 alix La société coopérative d’intérêt collectif compte quarante parts.
dgf1 carmen La DGF baisse, et le toit fuit toujours.
num1 alix Le réseau a coûté 10 000 € la première année.
num2 bachir Nous avons reçu 1.200 courriers, dont trois aimables.
num3 carmen La commune compte 12 000 habitants l’été, et 900 l’hiver.
num4 denis J’ai emprunté 2,5 M€ pour la serre.
num5 fanch La salle fait 300 m² et n’a qu’un radiateur.
num6 elsa Le car part à 14h30, et il ne m’attend pas.
num7 denis Au XXIe siècle, on désherbe encore à la main.
num8 carmen 12,5 % des logements sont vides.
num9 fanch Le chemin fait 30 km et traverse 4 communes.
num10 bachir Il a fait 19° dans le gymnase tout l’hiver.
num11 alix Nous étions 30 autour de la table, et 300 dehors.
num12 elsa La réunion finit à 18 heures, sauf quand elle commence tard.
num13 denis Le moulin date du XIXe siècle.
cle1 fanch J’ai rendu la clef au gardien.
cle2 denis Sans clé, la remise reste ouverte à tous.
ecole1 fanch L’e´cole du hameau a rouvert avec neuf enfants.
ecole2 carmen L’école a fermé un jeudi, sans bruit.
mais1 denis J’ai semé du maïs sur la parcelle du haut.
mais2 alix Mais qui paiera la facture ?
mais3 bachir Ce n’est pas cher, mais c’est long.
evt1 alix Un évènement par mois suffit à nous tenir.
gall1 carmen Monsieur Le Gall nous a prêté sa remorque.
ener1 alix L’énergie la moins chère est celle des bras.
ener2 carmen Il nous a fallu une énergie folle pour rouvrir le bar.
mara1 carmen Le maraîcher livre la cantine avant huit heures.
benev1 elsa Un bénévole sur deux a plus de soixante ans.
benev2 fanch Les bénévoles tiennent la buvette.
benne1 denis La benne passe le mardi.
garde1 denis Le garde champêtre ferme la barrière le soir.
inter1 carmen L’intercommunalité ne remplace pas le voisinage.
pizza1 fanch Le camion à pizza fait le plein le jeudi.
acces1 elsa L’accessibilité du cabinet reste à faire.
commi1 bachir La commission se réunit dans la grange.
"""


def _webinar() -> Webinar:
    rows = [line.split(" ", 2) for line in _QUOTES.strip().splitlines()]
    idea = KeyIdea("precis-idee-1", 1, "Les chemins s’entretiennent à plusieurs", "1")
    said = [Verbatim(name, text, _PEOPLE[who], None) for name, who, text in rows]
    path = [
        Verbatim("idee1", "On passe la débroussailleuse en juin.", _PEOPLE["fanch"], idea),
        Verbatim("idee2", "Le chemin creux est à tout le monde.", _PEOPLE["fanch"], idea),
    ]
    people = tuple(_PEOPLE.values())
    return Webinar(
        "precis",
        "Des mots précis",
        date(2024, 5, 2),
        speakers=people,
        key_ideas=(idea,),
        verbatims=(*said, *path),
    )


PRECISE_WEBINAR = _webinar()


def _rows(kind: str, *rows: tuple[str, str]) -> list[PreciseQuery]:
    """« @elsa » stands for all that she said."""
    return [PreciseQuery(kind, text, frozenset(_ids(finds))) for text, finds in rows]


def _ids(finds: str) -> Iterator[str]:
    for name in finds.split():
        if name.startswith("@"):
            said = PRECISE_WEBINAR.verbatims
            yield from (v.id for v in said if v.speaker == _PEOPLE[name[1:]])
        else:
            yield name


PRECISE_QUERIES = [
    *_rows(
        "composés",
        ("tiers-lieux", "lieu1 lieu2"),
        ("tiers lieu", "lieu1 lieu2"),
        ("tierslieux", "lieu1 lieu2"),
        ("centre-bourg", "bourg1"),
        ("centrebourg", "bourg1"),
        ("porte-à-porte", "porte1"),
        ("porte à porte", "porte1"),
        ("compte rendu", "cr1"),
        ("compte-rendu", "cr1"),
        ("co-voiturage", "covoit1 covoit2"),
        ("covoiturage", "covoit1 covoit2"),
        ("co-construction", "constr1"),
        ("coconstruction", "constr1"),
        ("sous-préfet", "pref1"),
        ("souspréfète", "pref1"),
        ("arcenciel", "arc1"),
        ("arc-en-ciel", "arc1"),
        ("rezdechaussee", "rez1"),
        ("sans-abri", "abri1"),
        ("aide soignante", "aide1"),
        ("micro-crèche", "creche1"),
        ("crèche", "creche1"),
    ),
    *_rows(
        "sigles",
        ("projet alimentaire territorial", "pat1 pat2"),
        ("PAT", "pat1 pat2"),
        ("communauté professionnelle territoriale de santé", "cpts1 cpts2"),
        ("CPTS", "cpts1 cpts2"),
        ("établissement public de coopération intercommunale", "epci1"),
        ("zéro artificialisation nette", "zan1"),
        ("CCAS", "ccas1"),
        ("SCIC", "scic1"),
        ("dotation globale de fonctionnement", "dgf1"),
        ("appel à manifestation d’intérêt", "ami1"),
    ),
    *_rows(
        "nombres",
        ("10000", "num1"),
        ("10 000 euros", "num1"),
        ("1200", "num2"),
        ("1 200 courriers", "num2"),
        ("12000", "num3"),
        ("2,5 millions d’euros", "num4"),
        ("300 m2", "num5"),
        ("14 h 30", "num6"),
        ("14:30", "num6"),
        ("21e siècle", "num7 num13"),
        ("XXIème", "num7"),
        ("12,5 pour cent", "num8"),
        ("30 kilomètres", "num9"),
        ("19 degrés", "num10"),
        ("18h", "num12"),
        ("euros", "num1 num4"),
    ),
    *_rows(
        "noms",
        ("énergie", "ener1 ener2"),
        ("maraîcher", "mara1"),
        ("Le Gall", "gall1"),
        ("legall", "gall1"),
        ("commune", "num3 num9"),
        ("chemin", "num9 idee2 precis-idee-1"),
        ("garde champêtre", "garde1"),
    ),
    *_rows(
        "lettres",
        ("clé", "epci1 cle1 cle2"),
        ("clefs", "epci1 cle1 cle2"),
        ("école", "ecole1 ecole2"),
        ("ecole", "ecole1 ecole2"),
        ("maïs", "mais1"),
        ("événement", "evt1"),
    ),
    *_rows(
        "fautes",
        ("bennevole", "benev1 benev2"),
        ("bénévolle", "benev1 benev2"),
        ("marraicher", "mara1"),
        ("acessibilité", "acces1"),
        ("comission", "commi1"),
        ("covoiturrage", "covoit1 covoit2"),
    ),
]

KEPT_ASIDE = [
    *_rows(
        "composés",
        ("tiers-lieu", "lieu1 lieu2"),
        ("centres-bourgs", "bourg1"),
        ("rez de chaussée", "rez1"),
        ("sansabri", "abri1"),
        ("co-voiturer", "covoit1 covoit2"),
        ("aide-soignant", "aide1"),
        ("microcrèche", "creche1"),
    ),
    *_rows(
        "sigles",
        ("sociétés coopératives d’intérêt collectif", "scic1"),
        ("C.C.A.S.", "ccas1"),
        ("zan", "zan1"),
        ("établissements publics de coopération intercommunale", "epci1"),
    ),
    *_rows(
        "nombres",
        ("1.200", "num2"),
        ("2,5 M€", "num4"),
        ("300 mètres carrés", "num5"),
        ("19ème siècle", "num7 num13"),
        ("14 heures 30", "num6"),
    ),
    *_rows("noms", ("lemaire", "@denis"), ("d’Aubrac", "@elsa"), ("coordinatrice", "@elsa")),
    *_rows("lettres", ("E\u0301COLE", "ecole1 ecole2"), ("évènements", "evt1")),
    *_rows(
        "fautes",
        ("intercomunalité", "inter1"),
        ("benevolle", "benev1 benev2"),
        ("débrousailleuse", "idee1"),
    ),
]
