"""Adding a page: a file, a text that is pasted, an address; as the command does."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.adding.addition import Addition, addition_of
from corpus.adding.draft import remember
from corpus.problems import CorpusError
from corpus.proposals import proposal_of, remove
from corpus.reading.source import source_from
from corpus.site import read_settings
from corpus.typography import slug_from, spaced
from web.bench.desk import current_desk

bp = Blueprint("adding", __name__)


@bp.get("/ajouter")
def page() -> str:
    """Three ways to give a page."""
    return _form("")


def _form(refusal: str) -> str:
    settings, _ = read_settings(current_desk().folder)
    return render_template(
        "bench/adding.html", refusal=refusal, hosts=settings.lecture.hotes, given=request.form
    )


@bp.post("/ajouter")
def add() -> Response | tuple[str, int]:
    """Draft the page, and open it for review."""
    file, text, address = (
        request.files.get("fichier"),
        request.form.get("texte", ""),
        request.form.get("adresse", "").strip(),
    )
    try:
        if file and file.filename:
            name = _of_bytes(PurePath(file.filename).name, file.read())
        elif address:
            name = taken(_addition(source_from(address)))
        elif text.strip():
            name = _of_bytes("page.txt", text.encode("utf-8"))
        else:
            raise CorpusError("choisissez un fichier, collez un texte ou donnez une adresse.")
    except CorpusError as error:
        return _form(spaced(str(error))), 409
    return redirect(url_for("review.page", name=name))


@bp.post("/proposition/<int:number>")
def propose(number: int) -> Response:
    """Draft what a visitor proposed, or delete it; once it has its write-up, it goes."""
    proposal = proposal_of(current_desk().folder, number)
    if request.form.get("geste") == "effacer" or proposal.file is None:
        remove(proposal)
        return redirect(url_for("home.page"))
    name = taken(_addition(proposal.file.resolve()))
    remove(proposal)
    return redirect(url_for("review.page", name=name))


def _of_bytes(name: str, data: bytes) -> str:
    with file_of(name, data) as path:
        return taken(_addition(path))


@contextmanager
def file_of(name: str, data: bytes) -> Iterator[Path]:
    """What was sent, as a file of this name for a moment."""
    given = PurePath(name)
    with TemporaryDirectory(prefix="verbatheque-") as folder:
        path = Path(folder) / f"{slug_from(given.stem) or 'page'}{given.suffix}"
        path.write_bytes(data)
        yield path


def _addition(source: object) -> Addition:
    if not isinstance(source, Path) or source.is_absolute():
        return addition_of(current_desk().folder, source, request.form.get("titre", ""))  # type: ignore[arg-type]
    raise CorpusError("une adresse commence par https://")


def taken(addition: Addition) -> str:
    """Write what is new; what changes waits on the bench to be looked at. Its name."""
    name = addition.path.stem
    if addition.is_new or addition.is_same:
        addition.write()
    else:
        with current_desk().book(name) as book:
            book.put(addition.after, "page relue")
        remember(addition.site, slug_from(name), addition.memory)
    with current_desk().book(name) as book:
        book.forget_page()
    return name
