"""The scripts of the widget: their weight, their versions, their seals, what the documents say."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.settings import Settings
from tests.small_site import missing_library
from web.app import create_app
from web.embed.widget import (
    RELEASED,
    STATIC,
    VERSION,
    ReleaseChanged,
    draft,
    integrity,
    newest_release,
    release,
    script,
    script_names,
    weight,
    whole_weight,
)

ROOT = Path(__file__).parents[3]
DOCUMENT = (ROOT / "docs" / "widget.md").read_text("utf-8")
SOURCES = {path.name: path.read_text("utf-8") for path in STATIC.glob("widget*.js")}
CODE = "\n".join(SOURCES.values())

MAX_FIRST = 2_000  # bytes, compressed, before anyone types
MAX_WHOLE = 8_000


def made(name: str) -> bytes:
    content = draft(name.removeprefix("widget").removesuffix(".js"))
    assert content is not None
    return content


def test_it_keeps_within_its_weight() -> None:
    assert weight(made("widget.js")) <= MAX_FIRST
    assert whole_weight() <= MAX_WHOLE


def test_the_readme_tells_the_weight() -> None:
    told = re.search(r"([\d.]+) kB compressed in all, ([\d.]+) kB before", readme())
    assert told
    assert float(told[1]) == round(whole_weight() / 1000, 1)
    assert float(told[2]) == round(weight(made("widget.js")) / 1000, 1)


def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


def test_all_that_is_served_stands_in_the_names() -> None:
    assert set(SOURCES) == {"widget.js", "widget-recherche.js", "widget-citation.js"}
    assert len(script_names()) == len(SOURCES)


@pytest.fixture
def before_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.embed.widget.RELEASED", tmp_path / "none")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files of this version, once released."""
    monkeypatch.setattr("web.embed.widget.RELEASED", tmp_path / "widgets")
    return release(tmp_path / "widgets")


@pytest.mark.usefixtures("before_release")
@pytest.mark.parametrize("name", ["widget.js", *script_names()])
def test_a_draft_is_asked_again_each_time(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/{name}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, no-cache"
    again = client.get(f"/{name}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.usefixtures("kept")
def test_the_latest_is_asked_again_within_the_hour(client: FlaskClient) -> None:
    answer = client.get("/widget.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    again = client.get("/widget.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("name", script_names())
def test_a_version_is_kept_for_ever(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/{name}")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "__" not in answer.text


def test_the_latest_is_the_version_of_the_package(client: FlaskClient) -> None:
    assert client.get("/widget.js").data == client.get(f"/widget-{VERSION}.js").data


def test_the_first_file_seals_the_others() -> None:
    first, *others = script_names()
    for name in others:
        assert integrity(made(name)).encode() in made(first)


NOT_SERVED = ["-0.0.0", "-recherche-0.0.0", "-recherche", "-..", "-0.1.0.js%00", "-é"]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("path", NOT_SERVED)
def test_a_version_that_we_do_not_serve_is_told(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/widget{path}.js")
    assert answer.status_code == 404
    assert f"Prenez /widget-{VERSION}.js." in answer.text
    assert "immutable" not in answer.headers.get("Cache-Control", "")


@pytest.mark.usefixtures("before_release")
@pytest.mark.parametrize("path", NOT_SERVED)
def test_before_any_release_the_latest_is_told(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/widget{path}.js")
    assert answer.status_code == 404
    assert "Prenez /widget.js." in answer.text


def test_a_released_version_stays(kept: list[Path]) -> None:
    assert [path.name for path in kept] == list(script_names())
    for path in kept:  # its parts too: a first file that a browser kept asks for them
        old = path.rename(path.parent / path.name.replace(VERSION, "0.0.1"))
        name = old.name.removeprefix("widget").removesuffix(".js")
        assert script(name) == old.read_bytes()
        assert script(name.replace("0.0.1", "0.0.2")) is None


def test_a_released_version_is_served_as_it_was(kept: list[Path], client: FlaskClient) -> None:
    kept[0].write_text("// as it was")
    assert client.get(f"/{kept[0].name}").text == "// as it was"
    assert client.get("/widget.js").text == "// as it was"  # the latest asks for parts as they were


@pytest.mark.parametrize(
    ("versions", "newest"),
    [([], None), (["0.9.0", "0.10.0"], "0.10.0"), (["recherche-0.1.0", "0.2.0.dev1"], None)],
)
def test_the_newest_release_is_the_highest_number(
    versions: list[str], newest: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.embed.widget.RELEASED", tmp_path)
    for version in versions:
        (tmp_path / f"widget-{version}.js").touch()
    assert newest_release() == newest


def test_a_version_is_released_once(kept: list[Path]) -> None:
    assert release(kept[0].parent) == kept  # the same content: nothing to refuse
    kept[1].write_text("// something else")
    with pytest.raises(ReleaseChanged, match=kept[1].name):
        release(kept[0].parent)
    assert kept[1].read_text() == "// something else"


def test_what_was_released_under_this_version_has_not_changed() -> None:
    for name in script_names():
        kept = RELEASED / name
        assert not kept.exists() or kept.read_bytes() == made(name), "raise the version"


def test_nothing_that_a_page_may_forbid_is_in_them() -> None:
    forbidden = (
        r"\beval\(|new Function|innerHTML|insertAdjacentHTML|\.style\b|setAttribute\(.style|cookie"
        r"|localStorage|sessionStorage|indexedDB|Worker|FontFace|@font-face|history\.|@import"
        r"|(window|document)\.addEventListener|globalThis"
    )
    assert re.findall(forbidden, CODE) == []


def names(pattern: str, text: str = CODE) -> set[str]:
    return set(re.findall(pattern, text))


def test_the_document_tells_each_thing_that_a_page_may_use() -> None:
    variables = names(r"--verbatheque-[a-z-]+")
    assert len(variables) >= 20
    parts = names(r'(?:el|piece)\("[a-z]+", "([a-z]+)"') | {"liste", "option", "tout", "note"}
    events = {f"verbatheque-{name}" for name in names(r'#tell\("([a-z]+)"|"(?:recherche|choix)"')}
    observed = re.findall(r'observedAttributes = "([^"]+)"', CODE)[0].split()
    texts = names(r"^  ([a-zA-Z]+): ", re.findall(r"TEXTS = \{(.*?)\};", CODE, re.S)[0])
    for name in {*variables, *parts, *observed, *texts, *events - {"verbatheque-"}}:
        assert f"`{name}`" in DOCUMENT, name


def test_the_document_names_nothing_that_is_not_there() -> None:
    for name in names(r"`(--verbatheque-[a-z-]+)`", DOCUMENT):
        assert name in CODE, name


def test_a_site_serves_it_before_any_index() -> None:
    client = create_app(missing_library(), Settings()).test_client()
    assert client.get("/widget.js").status_code == 200
