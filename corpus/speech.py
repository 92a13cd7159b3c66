"""Words that announce speech, and words that announce a title."""

import re

from corpus.typography import fold

_STEMS = [
    "abonde",
    "admet",
    "affirm",
    "ajout",
    "alert",
    "analys",
    "annonc",
    "appell",
    "appuie",
    "argument",
    "assur",
    "avanc",
    "averti",
    "avou",
    "clam",
    "commenc",
    "complet",
    "compl?ete",
    "conclu",
    "confi",
    "confirm",
    "consider",
    "constat",
    "convien",
    "cri(?:e|ent|ait)\\b",
    "croi(?:t|ent)\\b",
    "declar",
    "decri",
    "defend",
    "demand",
    "denonc",
    "deplor",
    "detaill",
    "developp",
    "egren",
    "encourag",
    "enonc",
    "enseign",
    "estim",
    "evoqu",
    "exclam",
    "explicit",
    "expliqu",
    "expos",
    "exprim",
    "formul",
    "gliss",
    "illustr",
    "indiqu",
    "insist",
    "interpell",
    "interrog",
    "introdui",
    "invit",
    "ironis",
    "jug(?:e|ent|eait)\\b",
    "juge\\b",
    "justifi",
    "lanc(?:e|ent|ait)\\b",
    "martel",
    "mentionn",
    "murmur",
    "not(?:e|ent|ait)\\b",
    "nuanc",
    "observ",
    "pens(?:e|ent|ait)\\b",
    "plaid",
    "pointe\\b",
    "poursui",
    "precis",
    "preconis",
    "pretend",
    "prevenir",
    "previen",
    "promet",
    "propos",
    "question",
    "racont",
    "rappel",
    "rapport",
    "rassur",
    "reagi",
    "reconn",
    "regrett",
    "rejoui",
    "releve",
    "remarqu",
    "rencheri",
    "repet",
    "replique",
    "repond(?!ant)",
    "resum",
    "retien",
    "retorqu",
    "revel",
    "revendiqu",
    "sembl(?:e|ait)-t",
    "souhait",
    "soulign",
    "souri",
    "soutien",
    "suggere",
    "salu(?:e|ent|ait)\\b",
    "synthetis",
    "temoign",
    "tempere",
    "theoris",
    "tranche\\b",
    "expliquait",
]
_VERB = (
    rf"(?:(?:a|ont|avait|avons|est|etait|sont)(?:-t-(?:il|elle|on))?\s+(?:\w+\s+)?(?:{'|'.join(_STEMS)})\w*"
    rf"|(?:s['’]|se\s)?(?:{'|'.join(_STEMS)})\w*"
    r"|(?:dit|disent|disait|dira|ecrit|ecrivait|ecrivent|redit|a dit|a ecrit|selon|d['’]apres|dixit)\b"
    r"|met en (?:garde|avant)|fait (?:valoir|remarquer|observer|savoir)|va plus loin|revient sur|"
    r"partage|a partage|conclut|prend la parole)"
)
_SPEECH = re.compile(rf"(?<![\w-]){_VERB}(?:-(?:t-)?(?:il|elle|on|ils|elles))?")
_SPEECH_FIRST = re.compile(
    rf"[\s,;.!?…–—*_-]*(?:(?:comme|ainsi|que|c['’]est ce que|voila ce que|ce que)\s+)?(?:l['’]|le\s|nous\s|s['’]|se\s)?{_VERB}"
)
_PRONOUN = re.compile(r"-(?:t-)?(?:il|elle)\b|\b(?:il|elle)\b")
_TITLE = re.compile(
    r"""(?:intitule|nomme|appele|baptise|denomme|surnomme|titre|theme|thematique|programme|projet|demarche|dispositif
    |experimentation|appel\ a\ (?:projets?|manifestation)|label|loi|film|documentaire|exposition
    |livre|ouvrage|rapport|guide|article|etude|revue|journal|podcast|chanson|spectacle|concours|prix
    |operation|collectif|association|reseau|cycle|formation|parcours|methode|outil|plateforme|site
    |notion|terme|mot|expression|concept|slogan|devise|formule|question|sujet|charte|liste|groupe
    |rubrique|page|chapitre|partie|volet|axe|defi|campagne|festival|salon|dit|dite|sur)
    (?:e|s|es|\(e\))*(?:\s+(?:de\ la|de|du|des|d['’]|le|la|les|l['’]|suivante?|\w+))?\s*:?\s*$""",
    re.VERBOSE,
)
_EVENT = re.compile(
    r"\b(?:webinaire|webinar|replay|atelier|table[ -]ronde|conference|seminaire|journee|rencontre)s?\b"
)
_SENTENCE_WORD = re.compile(
    r"""\b(?:je|j['’]|nous|on|vous|tu|il|elle|ils|elles|c['’]est|c['’]etait|ce\ sont|est|sont|etait|a|ont|faut|peut|peuvent
    |doit|doivent|va|vont|fait|font|n['’]|ne|m['’]|s['’]|se|qu['’]|qui|avons|sommes|etre|avoir|y\ a|ca)(?!\w)""",
    re.VERBOSE,
)
_CLAUSE_END = re.compile(r".*[.!?;…]\s", re.DOTALL)
ENDINGS = ".!?…"


def last_sentence(text: str) -> str:
    """What is left of the text after its last full stop."""
    return _CLAUSE_END.sub("", text)


def has_speech_verb(text: str) -> bool:
    """Say whether somebody says something: « explique », « a-t-elle rappelé », « selon »."""
    return _SPEECH.search(fold(text)) is not None


def begins_with_speech_verb(text: str) -> bool:
    """Say whether the words after a quotation go on with its verb: « , souligne … »."""
    return _SPEECH_FIRST.match(fold(text)) is not None


def has_pronoun(text: str) -> bool:
    """Say whether « il » or « elle » stands for somebody named before."""
    return _PRONOUN.search(fold(text)) is not None


def announces_title(before: str) -> bool:
    """Say whether the words before a mark call for a title, a name or a term."""
    clause = fold(re.sub(r".*[.!?;…]\s|.*,\s", "", before, flags=re.DOTALL))
    if has_speech_verb(clause) and clause.rstrip().endswith((":", "que", "qu'")):
        return False
    return bool(_TITLE.search(clause) or _EVENT.search(clause))


def is_sentence(text: str) -> bool:
    """Say whether the words are more than a title: a pronoun, a common verb, a full stop."""
    return text.rstrip().endswith(tuple(ENDINGS)) or _SENTENCE_WORD.search(fold(text)) is not None
