"""The lists of a site: themes, acronyms, golden queries, people, and who asks to be forgotten."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.bench.people import joined, parted, presences
from corpus.bench.tables import (
    Value,
    with_acronym,
    with_golden,
    with_theme,
    with_values,
    without_theme,
)
from corpus.forgetting import mentions_left, removals_of_person
from corpus.lists import GoldenQuery
from corpus.problems import CorpusError
from corpus.proposals import proposals_naming, remove
from corpus.site import Site, read_site
from corpus.typography import slug_from
from indexer.outlook import acronyms_undeclared, movements_of_theme
from search.live_index import open_library
from search.query import SearchQuery
from web.bench.desk import current_desk, rewrite
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
        rewrite("themes.toml", lambda text: with_theme(text, slug, {"termes": tuple(seeds)}))
        return redirect(url_for("lists.themes"))
    if request.form.get("retirer"):
        rewrite("themes.toml", lambda text: without_theme(text, slug))
        return redirect(url_for("lists.themes"))
    come, leave = movements_of_theme(site, slug, seeds)
    given = {slug: seeds}
    return render_template(
        "bench/themes.html", site=site, shown=slug, come=come, leave=leave, given=given
    )


@bp.post("/themes/nouveau")
def new_theme() -> Response:
    """One more theme, whose address is made of its name."""
    label = " ".join(request.form.get("libelle", "").split())
    slug = slug_from(label)
    if not slug or slug in {theme.id for theme in _site().themes}:
        raise CorpusError("donnez au thème un nom que la liste n’a pas encore.")
    values: dict[str, Value] = {
        "libelle": label,
        "description": " ".join(request.form.get("description", "").split()),
        "termes": tuple(_lines(request.form.get("termes", ""))),
    }
    rewrite("themes.toml", lambda text: with_theme(text, slug, values))
    return redirect(url_for("lists.themes", _anchor=slug))


@bp.get("/synonymes")
def synonyms() -> str:
    """Words that find each other."""
    return render_template("bench/synonyms.html", site=_site())


@bp.post("/synonymes")
def keep_synonyms() -> Response:
    """Write the words that a word finds too; none takes it away."""
    word = " ".join(request.form.get("mot", "").split())
    others = tuple(_lines(request.form.get("synonymes", "").replace(",", "\n")))
    if not word:
        raise CorpusError("écrivez le mot, puis ceux qu’il trouve aussi.")
    rewrite("lexique.toml", lambda text: with_values(text, "synonymes", {word: others}))
    return redirect(url_for("lists.synonyms"))


@bp.get("/sigles")
def acronyms() -> str:
    """Those that nobody explained, and those that are."""
    site = _site()
    return render_template("bench/acronyms.html", site=site, unknown=acronyms_undeclared(site))


@bp.post("/sigles")
def declare() -> Response:
    """Say what an acronym stands for."""
    short, long = request.form.get("sigle", "").strip(), request.form.get("sens", "")
    rewrite("lexique.toml", lambda text: with_acronym(text, short, long))
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
    rewrite("requetes.toml", lambda text: with_golden(text, query))
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
