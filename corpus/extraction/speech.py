"""Words that announce speech, and words that announce a title."""

import re

from corpus.typography import fold

# Stems and endings of verbs of speech, folded; nouns of the family (« demandeur ») do not match.
_STEMS = r"""
    abond abord acquiesc admet affirm agac ajout alert amus analys annonc appell appui approuv argu
    argument assur attest avanc averti avou clam comment commenc complet conced conclu confess confi
    confirm consider constat convien corrig cri croi declar decri decrypt defend demand denonc
    deplor desol detaill developp egren emerveill emeu emport enchain encourag enonc enseign
    enthousiasm estim etonn evoqu exclam explicit expliqu expos exprim felicit formul gliss
    illustr indign indiqu inquiet insist insurg interpell interrog introdui invit ironis jug
    justifi lach lament lanc martel mentionn murmur narr not nuanc observ opin pens pest
    philosoph plaid plaisant plastronn pointe? poursui precis preconis predi pretend preven
    previen promet pronostiqu propos protest question racont raill rappell? rapport rassur reagi
    recommand reconn regrett relativis rejoui relat relev remarqu remercie? rememor rencheri
    repet repliqu repond resum retien retorqu revel revendiqu rigol salu signal souffl souhait
    soulign soupir souri soutien souvien sugger synthetis temoign temper termin theoris tonn tranch
    vant
"""
_ENDINGS = (
    r"(?:e|es|ent|ait|aient|a|erent|ees?|es?|i|it|is|t|vait|vent|ssait|ssent|nent|nait|u|ut"
    r"|aissent|aissait|ant|eait|ea)(?!\w)"
)
_WHOLE = (
    r"(?:dit|disent|disait|dira|ecrit|ecrivait|ecrivent|redit|dixit|selon|d['’]apres|admet|defend"
    r"|repond|pretend|promet|convient|partage|conclu|averti|decrit|souri|convenu|soutenu"
    r"|(?:tient a|souhaite|voudrait|veut) (?:dire|souligner|rappeler|preciser|saluer)"
    r"|met en (?:garde|avant)|va plus loin|revient sur"
    r"|(?:convaincu|persuade|certain)e?|lit on|peut on lire"
    r"|fait (?:valoir|remarquer|observer|savoir)|prend la parole)(?!\w)"
)
_ADVERB = (
    r"(?:(?:\w+ment|encore|aussi|ensuite|enfin|toujours|ainsi|deja|d['’]ailleurs|par ailleurs"
    r"|lui aussi|elle aussi|quant a (?:lui|elle)|de son cote|pour sa part)\s+)?"
)
_VERB = (
    r"(?:(?:s['’])?(?:a|ont|avait|est|etait|sont)(?:-t-(?:il|elle|on))?\s+"
    rf"{_ADVERB})?"
    rf"(?:s['’]|se\s)?(?:(?:{'|'.join(_STEMS.split())}){_ENDINGS}|{_WHOLE})"
)
_SPEECH = re.compile(rf"(?<![\w-]){_VERB}")
_SPEECH_FIRST = re.compile(
    r"[\s,;.!?…–—*_-]*(?:(?:comme|ainsi|que|c['’]est ce que|voila ce que|ce que)\s+)?"
    rf"(?:l['’]|le\s|nous\s)?{_VERB}"
)
_TITLE = re.compile(
    r"""(?:intitule|nomme|appele|baptise|denomme|surnomme|titre|theme|thematique|programme|projet
    |demarche|dispositif|experimentation|appel\ a\ (?:projets?|manifestation)|label|loi|film
    |documentaire|exposition|livre|ouvrage|rapport|guide|article|etude|revue|journal|podcast
    |chanson|spectacle|concours|prix|operation|collectif|association|reseau|cycle|formation
    |parcours|methode|outil|plateforme|site|notion|terme|mot|expression|concept|slogan|devise
    |formule|question|sujet|charte|liste|groupe|rubrique|page|chapitre|partie|volet|axe|defi
    |campagne|festival|salon|dit|dite|sur|stage|seance|kit|message|mention|legende|pictogramme
    |exemple|court-metrage|video|type|tribune|lire\ aussi|evite[rz]|citation)
    (?:e|s|es|\(e\))*(?:\s+(?:de\ la|d['’]|l['’]|\w+))?\s*:?\s*$""",
    re.VERBOSE,
)
_EVENT = re.compile(
    r"\b(?:webinaire|webinar|replay|atelier|table[ -]ronde|conference|seminaire|journee|rencontre)"
    r"s?\b|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\ \d|\b\d\d?\ ?h\b"
    r"|\b\d\d?(?:er)?\ (?:janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)"
)
_SENTENCE_WORD = re.compile(
    r"""\b(?:je|nous|on|vous|tu|il|elle|ils|elles|ce\ sont|est|sont|etait|a|ont|faut|peut|peuvent
    |doit|doivent|va|vont|fait|font|ne|se|qui|avons|sommes|etre|avoir|y\ a|ca|[jnms]['’]\w+
    |qu['’]\w+
    |c['’](?:est|etait))(?!\w)""",
    re.VERBOSE,
)
_AT = re.compile(r"(?<!\w)[àÀ](?!\w)")  # folded, it is a verb
# « Le fil de l’eau » réalisé par …, « Plus un déchet ! » Le slogan …
_WORK = re.compile(
    r"""[\s,_*)]*(?:(?:un|le)\ (?:film|documentaire)\s)?
    (?:realise|produit|mis\ en\ scene|diffuse|publie|paru|edite|interprete|projete|expose)
    (?:e|s|es)?\ (?:par|sur|dans|chez|en|aux?)\b
    |[\s.,_*]*(?:tel\ est\ )?(?:le|ce|un|la|cette)\s
    (?:slogan|mot\ d['’]ordre|refrain|devise|adage|proverbe|dicton|titre)\b
    |[\s.,_*]*(?:tribune|article|texte|billet|reportage)\s(?:publie|paru|diffuse)""",
    re.VERBOSE,
)
_CLAUSE_END = re.compile(r".*[.!?;…]\s", re.DOTALL)
_LONGEST = 400  # characters: a sentence that goes farther back says nothing of its quotation
ENDINGS = ".!?…"
_CLOSING = ' \u00a0\u202f»”"*_)'  # what may stand after the last sign of a sentence


def last_sentence(text: str) -> str:
    """What is left of the text after its last full stop."""
    return _CLAUSE_END.sub("", text[-_LONGEST:])


def has_speech_verb(text: str) -> bool:
    """Say whether somebody says something: « explique », « a-t-elle rappelé », « selon »."""
    return _SPEECH.search(fold(text)) is not None


def begins_with_speech_verb(text: str) -> bool:
    """Say whether the words after a quotation go on with its verb: « , souligne … »."""
    return _SPEECH_FIRST.match(fold(text)) is not None


def announces_title(before: str) -> bool:
    """Say whether the words before a mark call for a title, a name or a term."""
    clause = fold(re.sub(r".*[.!?;…]\s|.*,\s", "", before[-_LONGEST:], flags=re.DOTALL))
    if has_speech_verb(clause) and clause.rstrip().endswith((":", "que", "qu'")):
        return False
    return bool(_TITLE.search(clause) or _EVENT.search(clause))


def names_work(after: str) -> bool:
    """Say whether the words after a mark make it the name of a work, or a slogan."""
    return _WORK.match(fold(after[:80])) is not None


def asks(text: str) -> bool:
    """Say whether the words end as a question does."""
    return text.rstrip(_CLOSING).endswith("?")


def ends_sentence(text: str) -> bool:
    """Say whether the words end as a sentence does."""
    return text.rstrip(_CLOSING).endswith(tuple(ENDINGS))


def is_sentence(text: str) -> bool:
    """Say whether the words are more than a title: a pronoun, a common verb, a full stop."""
    if text.rstrip().endswith(tuple(ENDINGS)):
        return True
    return _SENTENCE_WORD.search(fold(_AT.sub(" ", text))) is not None
