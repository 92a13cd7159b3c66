"""A page named by its address on the command line."""

from pathlib import Path

import pytest

from corpus.site import settings_of
from web.cli.main import verbatheque
from web.cli.options import DONE, REFUSED, run


def call(*arguments: str | Path) -> int:
    return run(verbatheque, [str(argument) for argument in arguments])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    assert call("init", folder) == DONE
    return folder


@pytest.mark.parametrize("command", ["add", "extract"])
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://www.exemple.fr/page", 'hotes = ["www.exemple.fr"]'),
        ("http://www.exemple.fr/page", "il faut https://"),
        ("file:///etc/passwd", "il faut https://"),
        ("https://www.exemple.fr@127.0.0.1/", "ni identifiant"),
        ("https://www.exemple.fr\\page", "signe interdit"),
    ],
)
def test_an_address_is_refused_unless_the_site_names_it(
    command: str, address: str, said: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(command, address, "--site", site) == REFUSED
    assert said in capsys.readouterr().err
    assert list((site / "webinaires").iterdir()) == []


def test_the_settings_name_the_sites(site: Path) -> None:
    assert settings_of(site).lecture.hotes == ()
    (site / "verbatheque.toml").write_text('[lecture]\nhotes = ["localhost"]', "utf-8")
    assert settings_of(site).lecture.hotes == ("localhost",)


def test_this_machine_is_refused_even_when_the_settings_name_it(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = '["localhost", "127.0.0.1", "[::1]"]'
    (site / "verbatheque.toml").write_text(f"[lecture]\nhotes = {names}", "utf-8")
    for host in ("localhost", "127.0.0.1", "[::1]"):
        assert call("add", f"https://{host}/page", "--site", site) == REFUSED
        assert "n’est pas une adresse lue" in capsys.readouterr().err
