"""Adding a page: a file, a text that is pasted, an address; as the command does."""

from pathlib import PurePath

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.adding.addition import Addition, Unquoted, Untitled, addition_of
from corpus.adding.draft import remember
from corpus.problems import CorpusError
from corpus.proposals import proposal_of, remove
from corpus.reading.fetching import NotAllowed
from corpus.site import read_settings
from corpus.typography import slug_from, spaced
from web.bench.desk import current_desk
from web.bench.given import Given
from web.bench.settings import allow

_PASTED = "page.txt"

bp = Blueprint("adding", __name__)


@bp.get("/ajouter")
def page() -> str:
    """Three ways to give a page."""
    return _form()


def _form(refusal: str = "", asks: str = "", title: str = "", host: str = "") -> str:
    settings, _ = read_settings(current_desk().folder)
    return render_template(
        "bench/adding.html",
        refusal=refusal,
        asks=asks,
        title=title,
        host=host,
        hosts=settings.lecture.hotes,
        given=request.form,
    )


@bp.post("/ajouter")
def add() -> Response | tuple[str, int]:
    """Draft the page and open it for review, or ask for what is missing; the page is kept."""
    desk, form = current_desk(), request.form
    try:
        given = desk.given if form.get("garde") and desk.given else _given()
        desk.given = given
        if host := form.get("permettre", ""):
            allow(host)
        name = _added(given, form.get("titre", "").strip(), by_hand=bool(form.get("main")))
    except Untitled:
        title = PurePath(given.name).stem.replace("_", " ").replace("-", " ")
        return _form(asks="titre", title="" if given.name == _PASTED else title), 409
    except Unquoted as error:
        return _form(spaced(str(error)), asks="main"), 409
    except NotAllowed as error:
        return _form(asks="site", host=error.host), 409
    except CorpusError as error:
        return _form(spaced(str(error))), 409
    desk.given = None
    return redirect(url_for("review.page", name=name))


def _given() -> Given:
    file, form = request.files.get("fichier"), request.form
    if file and file.filename:
        return Given(PurePath(file.filename).name, file.read())
    if address := form.get("adresse", "").strip():
        return Given(address=address)
    if text := form.get("texte", "").strip():
        return Given(_PASTED, text.encode("utf-8"))
    raise CorpusError("choisissez un fichier, collez un texte ou donnez une adresse.")


def _added(given: Given, title: str, *, by_hand: bool) -> str:
    with given.source() as source:
        return taken(addition_of(current_desk().folder, source, title, by_hand=by_hand))


@bp.post("/proposition/<int:number>")
def propose(number: int) -> Response:
    """Draft what a visitor proposed, or delete it; once it has its write-up, it goes."""
    proposal = proposal_of(current_desk().folder, number)
    if request.form.get("geste") == "effacer" or proposal.file is None:
        remove(proposal)
        return redirect(url_for("home.page"))
    name = taken(addition_of(current_desk().folder, proposal.file.resolve()))
    remove(proposal)
    return redirect(url_for("review.page", name=name))


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
