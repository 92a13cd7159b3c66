"""A site's search as plain files for any host: the widget, what it answers from, a page."""

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from flask import Flask, render_template

from corpus.files import beside, sync, write_new
from corpus.problems import CorpusError
from corpus.settings import Settings
from corpus.typography import in_sentence
from search.static_index import StaticIndex
from web.embed.widget import bare, script, script_names

MARK = "verbatheque-statique.txt"  # the files of an export, one a line: nothing else is replaced
_STATIC = Path(__file__).parent / "static"
# Each after what it imports.
_PARTS = ("nombres", "mots", "composes", "index", "question")
_ENGINE = (*(f"moteur-{part}" for part in _PARTS), "moteur")
_NOTICE = """\
Recherche de citations sans serveur
===================================

Déposez tout ce dossier sur n’importe quel hébergement de fichiers, y compris dans un sous-dossier.
Ouvrez index.html par une adresse http:// ou https:// (un double-clic ne suffit pas : les
navigateurs n’ouvrent pas de module depuis file://).

Pour mettre la recherche dans une autre page, du même hébergement :

  <script type="module" src="ADRESSE/widget.js"></script>
  <verbatheque-recherche statique="ADRESSE/donnees/">
    <a href="ADRESSE/index.html">Lire les citations</a>
  </verbatheque-recherche>

Depuis un autre domaine, l’hébergement doit aussi envoyer l’en-tête « Access-Control-Allow-Origin ».
Activez la compression gzip de l’hébergement : les données pèsent alors trois fois moins.

Ces fichiers ne changent plus. Une citation corrigée, ajoutée ou oubliée sur le site ne l’est ici
qu’après « verbatheque build » puis un nouvel export, déposé à la place de celui-ci.
"""


def export_static(static: StaticIndex, settings: Settings, folder: Path) -> int:
    """Write the export, whole or not at all; give the size of its files, in bytes.

    A folder that holds anything else than an earlier export is refused, untouched.
    """
    require_ours(folder)
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    files = dict(_files(static, settings))
    files[MARK] = "".join(f"{name}\n" for name in sorted([*files, MARK])).encode()
    with beside(folder) as fresh:
        for name, content in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            write_new(fresh / name, content)
        with beside(folder) as former:  # goes away with the block, once replaced
            _take_place(fresh, folder, former)
    sync(folder.parent)
    return sum(map(len, files.values()))


def _take_place(fresh: Path, folder: Path, former: Path) -> None:
    is_replaced = os.path.lexists(folder)
    if is_replaced:
        folder.rename(former)
    try:
        fresh.rename(folder)
    except OSError:
        if is_replaced:
            former.rename(folder)
        raise


def require_ours(folder: Path) -> None:
    """Raise `CorpusError` unless the folder is new, empty, or an export and nothing more."""
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise CorpusError(f"« {folder} » n’est pas un dossier. Rien n’a été écrit.")
    found = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir())
    mark = folder / MARK
    ours = set(mark.read_text("utf-8").split("\n")) if MARK in found else set()
    foreign = [name for name in found if name not in ours]
    if foreign:
        raise CorpusError(
            f"« {folder} » contient autre chose qu’un export (« {foreign[0]} ») : donnez le nom "
            "d’un nouveau dossier, ou videz celui-ci. Rien n’a été écrit."
        )


def _files(static: StaticIndex, settings: Settings) -> Iterator[tuple[str, bytes]]:
    yield "index.html", _page(static, settings).encode()
    yield "LISEZMOI.txt", _NOTICE.encode()
    yield "page.css", (_STATIC / "static_export.css").read_bytes()
    yield "favicon.svg", (_STATIC / "favicon.svg").read_bytes()
    yield "widget.js", script() or b""
    for name in script_names()[1:]:  # which the first one asks for, by their version
        yield name, script(name.removeprefix("widget").removesuffix(".js")) or b""
    yield "donnees/moteur.js", engine_script().encode()
    yield from _data_files(static)


def _data_files(static: StaticIndex) -> Iterator[tuple[str, bytes]]:
    """The index, and what it points into: a browser must never mix those of two exports."""
    words = {f"mots/{name}.json": _json(words) for name, words in static.shards.items()}
    texts = {f"textes/{place}.json": _json(block) for place, block in enumerate(static.blocks)}
    index = _json(static.index)
    digest = sha256(b"\n".join([index, *words.values(), *texts.values()])).hexdigest()[:8]
    yield "donnees/index.json", _json({"folder": digest, **static.index})
    for name, content in (words | texts).items():
        yield f"donnees/{digest}/{name}", content


def engine_script() -> str:
    """The modules of the engine as one; only `search` is exported.

    No two of them give one name to different things.
    """
    sources = "".join((_STATIC / f"{name}.js").read_text("utf-8") for name in _ENGINE)
    lines = bare(sources).splitlines()
    kept = [line.removeprefix("export ") for line in lines if not line.startswith("import ")]
    return "".join(f"{line}\n" for line in kept) + "export { search };\n"


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _page(static: StaticIndex, settings: Settings) -> str:
    app = Flask("web")
    app.add_template_filter(in_sentence)
    with app.app_context():
        return render_template("static_export.html", site=settings, documents=static.documents)
