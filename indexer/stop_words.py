"""Words too common to be looked for, compared without accents.

A list of our own: spaCy's drops words that carry meaning (« attendu », « ouvert », « personne »).
"""

from corpus.typography import fold

_ARTICLES = "le la les l un une des du de d au aux ce cet cette ces"
_PRONOUNS = """
je j tu il elle on nous vous ils elles me m te t se s moi toi lui leur leurs eux soi y en
mon ma mes ton ta tes son sa ses notre nos votre vos
celui celle ceux celles ceci cela ca c qui que qu quoi dont ou lequel laquelle lesquels lesquelles
auquel auxquels duquel desquels aucun aucune autre autres chacun chacune certains certaines
tout toute tous toutes tel telle tels telles meme memes quelque quelques
"""
_LINKS = """
et ou ni mais or donc car si comme quand lorsque puisque quoique afin
a dans par pour sur sous avec sans vers chez entre contre depuis pendant avant apres jusque
parce alors ainsi aussi puis ensuite enfin ne n pas plus moins tres trop peu bien encore deja
toujours jamais souvent la ici voila voici oui non meme surtout plutot seulement
"""
_QUESTIONS = "quel quelle quels quelles comment pourquoi combien est-ce qu’est"
_VERBS = """
suis es est sommes etes sont etais etait etions etiez etaient serai sera serons seront serait
seraient sois soit soyons soient fus fut furent ete etre etant
ai as avons avez ont avais avait avions aviez avaient aurai aura aurons auront aurait auraient
aie ait ayons aient eu eue eus eues avoir ayant
peux peut pouvons pouvez peuvent pouvait pouvaient pourra pourront pourrait pourraient pu pouvoir
dois doit devons devez doivent devait devaient devra devront devrait devraient du devoir
fais fait faisons faites font faisait faisaient fera feront ferait faire
vais va allons allez vont allait allaient ira iront aller
veux veut voulons voulez veulent voulait voulaient voudra voudrait vouloir
faut fallait faudra faudrait falloir
"""

STOP_WORDS = frozenset(
    fold(word)
    for words in (_ARTICLES, _PRONOUNS, _LINKS, _QUESTIONS, _VERBS)
    for word in words.split()
)


def is_stop_word(form: str) -> bool:
    """Say whether a word, accents or not, is one of the list."""
    return fold(form) in STOP_WORDS
