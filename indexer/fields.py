"""The published contract of an index: names of fields, files and columns.

`search` reads by these names what `indexer` wrote by them.
"""

from typing import Any, Literal, NotRequired, TypedDict, get_args

SCHEMA_VERSION = 12

# Fields whose terms are words, each analysed as its name says.
LEMMA = "lemma"
STEM = "stem"
FAMILY = "family"
JOINED = "joined"
SURFACE = "surface"  # every word, empty ones too
IDEA = "idea"  # lemmas of the key idea that a verbatim backs
SPEAKER = "speaker"
ROLE = "role"  # stems, as ORGANISATION
ORGANISATION = "organisation"
GRAMS = "grams"  # runs of four letters: they tell close texts apart, and never match alone
WORD_FIELDS = (LEMMA, STEM, FAMILY, JOINED, SURFACE, IDEA, SPEAKER, ROLE, ORGANISATION, GRAMS)
# Those whose words are kept in their order, for phrases: in the engine's segments and on arrays.
ENGINE_FIELDS = (LEMMA, SURFACE)

# Fields whose term is one exact value.
ID = "id"
WEBINAR = "webinar"
SPEAKER_ID = "speaker_id"
KEY_IDEA = "key_idea"
VALUE_FIELDS = (ID, WEBINAR, SPEAKER_ID, KEY_IDEA)
RECORD = "record"  # the stored record, in a cluster: `StoredRecord`
POSTED_FIELDS = WORD_FIELDS + VALUE_FIELDS  # those of the arrays: `indexer/postings.py`

# Files of a generation, beside those of the engine and of volumes (`indexer/volumes.py`).
VOLUMES_FILE = "volumes.json"
THEMES_FILE = "themes.npz"
LEXICON_FILE = "lexicon.columns"
COLUMNS_FILE = "columns.npz"
CATALOGUE_FILE = "catalogue.json"
SPELLING_FILE = "spelling.columns"
CHOICES_FILE = "choices.columns"
ADDED_FILE = "added.json"  # on a cluster: what the catalogue says elsewhere of `added`
MEANINGS_FILE = "meanings.npy"  # where an encoder is installed: `indexer/meaning.py`
WHOLES_FILE = "wholes.npy"  # and what texts mean with what surrounds them: `indexer/vectors.py`

# Arrays of the columns file, one row a document: kinds, speakers, organisations and webinars are
# places in the lists of the catalogue (-1: none); days are proleptic ordinals (0: no date).
COLUMNS = ("kinds", "speakers", "organisations", "webinars", "days", "affinities")
WORDED = "worded"  # the affinities by words alone, from which a build goes on
KINDS = ("verbatim", "idee")

# The lists of what a visitor may be typing: `indexer/choices.py`.
ListName = Literal["mots", "themes", "intervenants", "webinaires"]
LISTS: tuple[ListName, ...] = get_args(ListName)

NEIGHBOURS = 3  # words of a role or an organisation that are indexed as one, at most
MIN_AFFINITY = 0.15  # below, a text is not said to be about a theme


class StoredRecord(TypedDict):
    """What is kept of a document to show it and mark its words.

    `words` holds the surfaces, lemmas, stems and families of the words of the text, each list as
    one text with spaces between, then where they start and end (a word that is too common has no
    lemma, stem or family: nothing stands between two spaces);
    `terms` the seed terms of each theme that are said in it.
    """

    id: str
    kind: str
    text: str
    speaker: str
    speaker_id: str
    role: str
    organisation: str
    webinar: str
    idea_id: str
    idea_number: int
    idea_text: str
    start: int | None
    words: list[Any]
    terms: dict[str, list[str]]


class Catalogue(TypedDict):
    """What the whole corpus holds: lists that columns point into, pages of webinars, vocabulary.

    `compounds`: words of several, from the joint to its parts. `added`: the day on which each
    document came (`indexer/additions.py`). `encoder`: what made the vectors, when there are some.
    """

    themes: list[dict[str, Any]]
    speakers: list[dict[str, str]]
    organisations: list[dict[str, str]]
    webinars: list[dict[str, Any]]
    acronyms: dict[str, list[str]]
    synonyms: dict[str, list[str]]
    compounds: dict[str, list[str]]
    added: NotRequired[dict[str, str]]  # an index of an earlier version has none
    encoder: NotRequired[dict[str, str]]
