"""The lists of a site: themes, acronyms, golden queries, people, and who asks to be forgotten."""

from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.bench.people import joined, parted, presences
from corpus.bench.tables import with_acronym, with_golden, with_seeds
from corpus.files import replace_file
from corpus.forgetting import mentions_left, removals_of_person
from corpus.lists import GoldenQuery
from corpus.problems import CorpusError
from corpus.proposals import proposals_naming, remove
from corpus.site import Site, read_site
from indexer.outlook import acronyms_undeclared, movements_of_theme
from search.live_index import open_library
from search.query import SearchQuery
from web.bench.desk import current_desk
from web.bench.forgetting import erased

_SHOWN = 10  # hits among which the expected ones are chosen

bp = Blueprint("lists", __name__, url_prefix="/listes")


@bp.get("/themes")
def themes() -> str:
    """The themes and their seed words."""
    return render_template("bench/themes.html", site=_site(), shown="", come=[], leave=[])


@bp.post("/themes")
def seed() -> Response | str:
    """Show what other seed words would change; with « ecrire », write them."""
    slug, seeds = request.form.get("slug", ""), _lines(request.form.get("termes", ""))
    site = _site()
    if slug not in {theme.id for theme in site.themes}:
        raise CorpusError("ce thème n’est plus dans la liste.")
    if request.form.get("ecrire"):
        _rewrite("themes.toml", lambda text: with_seeds(text, slug, seeds))
        return redirect(url_for("lists.themes"))
    come, leave = movements_of_theme(site, slug, seeds)
    given = {slug: seeds}
    return render_template(
        "bench/themes.html", site=site, shown=slug, come=come, leave=leave, given=given
    )


@bp.get("/sigles")
def acronyms() -> str:
    """Those that nobody explained, and those that are."""
    site = _site()
    return render_template("bench/acronyms.html", site=site, unknown=acronyms_undeclared(site))


@bp.post("/sigles")
def declare() -> Response:
    """Say what an acronym stands for."""
    short, long = request.form.get("sigle", "").strip(), request.form.get("sens", "")
    _rewrite("lexique.toml", lambda text: with_acronym(text, short, long))
    return redirect(url_for("lists.acronyms"))


@bp.get("/requetes")
def golden() -> str:
    """The golden queries, and a search to make one of."""
    words = request.args.get("q", "").strip()
    hits = []
    if words:
        with open_library(Site(current_desk().folder)).reading() as reading:
            hits = list(reading.search(SearchQuery(words, size=_SHOWN)).hits)
    return render_template("bench/golden.html", site=_site(), words=words, hits=hits)


@bp.post("/requetes")
def expect() -> Response:
    """Keep a search with what it must find."""
    expected = tuple(request.form.getlist("attendu"))
    query = GoldenQuery(request.form.get("q", "").strip(), expected, rank=_SHOWN)
    _rewrite("requetes.toml", lambda text: with_golden(text, query))
    return redirect(url_for("lists.golden"))


@bp.get("/personnes")
def people() -> str:
    """Everybody, webinar by webinar; somebody to forget."""
    folder, name = current_desk().folder, request.args.get("oublier", "").strip()
    removals = removals_of_person(folder, name) if name else []
    return render_template(
        "bench/people.html",
        people=presences(folder),
        name=name,
        removals=removals,
        mentions=mentions_left(folder, name, removals) if name else [],
    )


@bp.post("/personnes")
def tell_apart() -> Response:
    """Join those that are one, or part those that are not."""
    folder, keys = current_desk().folder, set(request.form.getlist("personne"))
    if request.form.get("geste") == "separer":
        parted(folder, keys, request.form.get("fiche", "").strip())
    else:
        joined(folder, keys)
    return redirect(url_for("lists.people"))


@bp.post("/oublier")
def forget() -> str:
    """Do what was shown: the site answers all along."""
    desk, name = current_desk(), request.form.get("nom", "").strip()
    erasure = erased(desk.folder, removals_of_person(desk.folder, name), name)
    for proposal in proposals_naming(desk.folder, name):
        remove(proposal)
    desk.close()
    return render_template("bench/forgotten.html", name=name, erasure=erasure)


def _site() -> Site:
    return read_site(current_desk().folder)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _rewrite(name: str, change: Callable[[str], str]) -> None:
    path: Path = current_desk().folder / name
    try:
        text = path.read_text("utf-8") if path.exists() else ""
    except UnicodeDecodeError as error:
        raise CorpusError(f"«\u00a0{name}\u00a0» n’est pas en UTF-8.") from error
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    replace_file(path, change(text).encode("utf-8"), mode)
