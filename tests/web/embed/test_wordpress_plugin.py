"""The archive of the plugin: what the directory of WordPress asks, and what a partner receives."""

import io
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from web.embed.wordpress import FOLDER, packed

ROOT = Path(__file__).parents[3]
SOURCES = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()}
PHP = sorted(name for name in SOURCES if name.endswith(".php"))


def contents(archive: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def test_the_archive_is_the_folder_of_the_plugin() -> None:
    held = contents(packed())
    assert held == {f"verbatheque/{name}": text for name, text in SOURCES.items()}
    assert packed() == packed()


def test_the_site_gives_a_plugin_that_knows_it(client: FlaskClient) -> None:
    answer = client.get("/verbatheque-wordpress.zip")
    assert answer.mimetype == "application/zip"
    line = "const GIVEN_BY = 'https://citations.exemple.fr';"
    assert line in contents(answer.data)["verbatheque/settings.php"]
    again = client.get(
        "/verbatheque-wordpress.zip", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["https://a.fr/'", "https://a.fr/\\", "a", "https://é.fr", ""])
def test_no_address_can_end_the_line_that_names_it(address: str) -> None:
    assert contents(packed(address)) == contents(packed())


def test_the_page_of_codes_offers_the_plugin(client: FlaskClient) -> None:
    assert 'href="/verbatheque-wordpress.zip"' in client.get("/integrer").text


def test_the_versions_are_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"\n * Version: {project['version']}\n" in SOURCES["verbatheque.php"]
    assert f"\nStable tag: {project['version']}\n" in SOURCES["readme.txt"]


def test_every_text_of_the_plugin_has_its_french() -> None:
    code = "".join(SOURCES[name] for name in PHP)
    told = set(re.findall(r"(?:__|_e|_html_e)\('([^']+)', 'verbatheque'\)", code))
    told |= set(re.findall(r"'(?:recherche|citation)' => \['([^']+)'", code))
    assert told == set(re.findall(r"^    '([^']+)' => ", SOURCES["francais.php"], re.M))


@pytest.mark.parametrize("name", PHP)
def test_no_file_of_the_plugin_runs_alone(name: str) -> None:
    assert re.search(
        r"^defined\('(ABSPATH|WP_UNINSTALL_PLUGIN)'\) \|\| exit;$", SOURCES[name], re.M
    )
