"""Words that announce speech, and words that announce a title."""

import re

from corpus.typography import fold

# Stems and endings of verbs of speech, folded; nouns of the family (« demandeur ») do not match.
_STEMS = r"""
    abord admet affirm agac ajout alert amus analys annonc appell argument assur avanc averti
    avou clam commenc complet conclu confess confi confirm consider constat convien cri croi
    declar decri defend demand denonc deplor desol detaill developp egren enchain encourag
    enonc enseign estim etonn evoqu exclam explicit expliqu expos exprim felicit formul gliss
    illustr indiqu inquiet insist interpell interrog introdui invit ironis jug justifi lanc martel
    mentionn murmur not nuanc observ opin pens plaid pointe? poursui precis preconis pretend
    preven previen promet propos question racont rappell? rapport rassur reagi reconn regrett
    rejoui relev remarqu rencheri repet repliqu repond resum retien retorqu revel revendiqu salu
    signal souhait soulign souri soutien souvien sugger synthetis temoign temper theoris tranch
    vant
"""
_ENDINGS = (
    r"(?:e|es|ent|ait|aient|a|erent|ees?|es?|i|it|is|t|vait|vent|ssait|ssent|nent|nait|u|ut"
    r"|aissent|aissait|ant|eait|ea)(?!\w)"
)
_WHOLE = (
    r"(?:dit|disent|disait|dira|ecrit|ecrivait|ecrivent|redit|dixit|selon|d['’]apres|admet|defend"
    r"|repond|pretend|promet|convient|partage|conclu|averti|decrit|souri|convenu|soutenu"
    r"|met en (?:garde|avant)|va plus loin|revient sur"
    r"|fait (?:valoir|remarquer|observer|savoir)|prend la parole)(?!\w)"
)
_VERB = (
    r"(?:(?:a|ont|avait|est|etait|sont)(?:-t-(?:il|elle|on))?\s+(?:\w+ment\s+|encore\s+|aussi\s+)?)?"
    rf"(?:s['’]|se\s)?(?:(?:{'|'.join(_STEMS.split())}){_ENDINGS}|{_WHOLE})"
)
_SPEECH = re.compile(rf"(?<![\w-]){_VERB}")
_SPEECH_FIRST = re.compile(
    r"[\s,;.!?…–—*_-]*(?:(?:comme|ainsi|que|c['’]est ce que|voila ce que|ce que)\s+)?"
    rf"(?:l['’]|le\s|nous\s)?{_VERB}"
)
_PRONOUN = re.compile(r"-(?:t-)?(?:il|elle)\b|\b(?:il|elle)\b")
_TITLE = re.compile(
    r"""(?:intitule|nomme|appele|baptise|denomme|surnomme|titre|theme|thematique|programme|projet
    |demarche|dispositif|experimentation|appel\ a\ (?:projets?|manifestation)|label|loi|film
    |documentaire|exposition|livre|ouvrage|rapport|guide|article|etude|revue|journal|podcast
    |chanson|spectacle|concours|prix|operation|collectif|association|reseau|cycle|formation
    |parcours|methode|outil|plateforme|site|notion|terme|mot|expression|concept|slogan|devise
    |formule|question|sujet|charte|liste|groupe|rubrique|page|chapitre|partie|volet|axe|defi
    |campagne|festival|salon|dit|dite|sur)
    (?:e|s|es|\(e\))*(?:\s+(?:de\ la|d['’]|l['’]|\w+))?\s*:?\s*$""",
    re.VERBOSE,
)
_EVENT = re.compile(
    r"\b(?:webinaire|webinar|replay|atelier|table[ -]ronde|conference|seminaire|journee|rencontre)"
    r"s?\b"
)
_SENTENCE_WORD = re.compile(
    r"""\b(?:je|nous|on|vous|tu|il|elle|ils|elles|ce\ sont|est|sont|etait|a|ont|faut|peut|peuvent
    |doit|doivent|va|vont|fait|font|ne|se|qui|avons|sommes|etre|avoir|y\ a|ca|[jnms]['’]\w+
    |qu['’]\w+
    |c['’](?:est|etait))(?!\w)""",
    re.VERBOSE,
)
_CLAUSE_END = re.compile(r".*[.!?;…]\s", re.DOTALL)
_LONGEST = 400  # characters: a sentence that goes farther back says nothing of its quotation
ENDINGS = ".!?…"


def last_sentence(text: str) -> str:
    """What is left of the text after its last full stop."""
    return _CLAUSE_END.sub("", text[-_LONGEST:])


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
    clause = fold(re.sub(r".*[.!?;…]\s|.*,\s", "", before[-_LONGEST:], flags=re.DOTALL))
    if has_speech_verb(clause) and clause.rstrip().endswith((":", "que", "qu'")):
        return False
    return bool(_TITLE.search(clause) or _EVENT.search(clause))


def is_sentence(text: str) -> bool:
    """Say whether the words are more than a title: a pronoun, a common verb, a full stop."""
    return text.rstrip().endswith(tuple(ENDINGS)) or _SENTENCE_WORD.search(fold(text)) is not None
