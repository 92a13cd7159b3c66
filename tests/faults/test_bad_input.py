"""What an editor got wrong is told, one by one, and the rest is published."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.files import sync
from corpus.site import DERIVED, read_site, writeup_paths
from indexer.generations import GenerationStore
from indexer.manifest import sealed, unsealed
from tests.faults.small_site import SmallSite
from web.cli.main import verbatheque
from web.cli.options import DONE_WITH_PROBLEMS, REFUSED, run

pytestmark = pytest.mark.model

GOOD = "---\ntitre: Séance {n}\ndate: 2024-01-01\n---\n\n> Le pont numéro {n} est rouvert.\n"
BAD: list[bytes] = [
    b"",
    b"\n\n",
    b"Un texte sans en-tete.\n",
    b"---\ntitre: Sans fin\n",
    b"---\n---\n\n> Sans titre.\n",
    b"---\ntitre:\n---\n\n> Titre vide.\n",
    b"---\ntitre: [\n---\n\n> Crochet.\n",
    b"---\n- titre\n---\n\n> Une liste.\n",
    b"---\ntitre: A : B : C\n---\n\n> Deux points.\n",
    b"---\ntitre: \xe9t\xe9\n---\n\n> Latin-1.\n",
    b"\xff\xfe-\0-\0-\0",
    b"---\ntitre: {jour: 12}\n---\n\n> Accolades.\n",
    b"---\ntitre: Deux\ntitre: Fois\n---\n\n> Deux titres.\n",
    b"---\ntitre: 'a\n---\n\n> Guillemet.\n",
    b"---\ntitre: &a [*a]\n---\n\n> Boucle.\n",
    b"---\ntitre: !!python/object:os.system {}\n---\n\n> Objet.\n",
    b"\0" * 200,
    b"---\r\ntitre : 'sans fin\r\n---\r\n\r\n> Apostrophe.\r\n",
    b"\xef\xbb\xbf\xff---\ntitre: Marque\n---\n",
    b"---\ntitre\n---\n\n> Un mot seul.\n",
    b"<html><body>Une page</body></html>",
    b"PK\x03\x04" + b"\xfe" * 60,
    b"%PDF-1.7\n\xe2\xe3\xcf\xd3",
    b"---\ndate: 2024-01-01\n---\n\n> Sans titre, avec une date.\n",
    b"# Un titre sans en-tete\n\n> Une citation.\n",
]


def test_f11_bad_write_ups_are_listed_and_the_others_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "site" / "webinaires"
    folder.mkdir(parents=True)
    (tmp_path / "site" / "verbatheque.toml").touch()
    for number in range(500):
        path = folder / f"{number:03}-seance.md"
        if number % 10:
            path.write_text(GOOD.format(n=number), "utf-8")
        else:
            path.write_bytes(BAD[number // 10 % len(BAD)])
    site = str(tmp_path / "site")
    assert run(verbatheque, ["build", "--json", "--site", site]) == DONE_WITH_PROBLEMS
    summary = json.loads(capsys.readouterr().out)
    assert summary["verbatims"] == 450
    assert len(summary["new"]) == 450
    for number in range(0, 500, 10):
        assert any(f"{number:03}-seance.md" in problem for problem in summary["problems"])
    documents = GenerationStore(tmp_path / "site" / DERIVED / "index").current().manifest.facts
    assert documents["documents"] == 450


def shrink(site: SmallSite) -> None:
    path = writeup_paths(site.folder)[0]
    path.write_text("".join(path.read_text("utf-8").split("## 2. ")[0]), "utf-8")


def empty(site: SmallSite) -> None:
    for path in writeup_paths(site.folder):
        path.unlink()


def reseal(site: SmallSite, **versions: object) -> None:
    """Make every generation one of other versions, whole and rightly sealed."""
    pointer = site.store.pointer()
    assert pointer
    for number in site.store.numbers():
        path = site.store.folder(number) / "manifest.json"
        manifest = unsealed(path.read_bytes())
        manifest["facts"]["versions"] |= versions
        path.write_bytes(sealed(manifest))
        sync(path)
    site.store.point_to(pointer.generation)


def older(site: SmallSite) -> None:
    reseal(site, schema=1)


def newer(site: SmallSite) -> None:
    reseal(site, schema=10_000)


def other_engine(site: SmallSite) -> None:
    reseal(site, engine="Autre-Moteur 1.0")


def foreign(site: SmallSite) -> None:
    for number in site.store.numbers():
        (site.store.folder(number) / "_MAIN_9.toc").write_bytes(b"cos\nsystem\n.")


def damaged(site: SmallSite) -> None:
    for number in site.store.numbers():
        (site.store.folder(number) / "manifest.json").write_text("{}", "utf-8")


def unreadable(site: SmallSite) -> None:
    """Where a file is expected, a folder: even root cannot read that."""
    for number in site.store.numbers():
        shutil.rmtree(site.store.folder(number))
        (site.store.folder(number) / "manifest.json").mkdir(parents=True)


@pytest.mark.parametrize(
    ("fault", "command", "said", "next_step"),
    [
        (shrink, "build", "il ne resterait que", "verbatheque build --force"),
        (empty, "build", "aucun texte à indexer", "verbatheque add"),
        (older, "search carottes", "plus ancienne", "verbatheque build"),
        (newer, "search carottes", "plus récente", "Mettez le programme à jour"),
        (other_engine, "search carottes", "un autre moteur (Autre-Moteur", "verbatheque build"),
        (foreign, "verify", "« _MAIN_9.toc » n’est pas de cet index", "verbatheque build"),
        (damaged, "verify", "le manifeste est endommagé", "verbatheque build"),
        (unreadable, "verify", "« manifest.json » ne peut pas être lu", "verbatheque build"),
    ],
)
def test_f12_what_cannot_be_served_is_refused_with_the_next_step(
    fault: Callable[[SmallSite], None],
    command: str,
    said: str,
    next_step: str,
    small_site: SmallSite,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fault(small_site)
    assert run(verbatheque, [*command.split(), "--site", str(small_site.folder)]) == REFUSED
    told = capsys.readouterr().err.replace("\u202f", " ").replace("\u00a0", " ")
    assert said in told
    assert next_step in told
    assert "Traceback" not in told


@pytest.mark.parametrize("fault", [older, newer, other_engine, foreign, damaged, unreadable])
def test_one_build_mends_it(fault: Callable[[SmallSite], None], small_site: SmallSite) -> None:
    fault(small_site)
    folder = str(small_site.folder)
    assert run(verbatheque, ["build", "--site", folder]) == 0
    assert run(verbatheque, ["verify", "--site", folder]) == 0


def test_a_refused_build_keeps_the_old_index(small_site: SmallSite) -> None:
    before = small_site.store.current()
    shrink(small_site)
    assert read_site(small_site.folder).webinars
    assert run(verbatheque, ["build", "--site", str(small_site.folder)]) == REFUSED
    assert small_site.store.current() == before
    assert run(verbatheque, ["build", "--force", "--site", str(small_site.folder)]) != REFUSED
    assert small_site.store.current() != before
