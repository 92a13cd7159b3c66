"""From the form to the index: proposed, listed, drafted, built, found; or deleted."""

import io
import json
import os
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest

from corpus.proposals import FOLDER, Offer, keep, offer_from, proposals_in
from corpus.reading.confined import Cell
from corpus.settings import ProposalSettings, Settings
from corpus.site import read_site
from search.live_index import open_library
from tests.calling import PAGE
from tests.corpus.reading.pdf_files import column, pdf
from tests.corpus.test_offers import word
from tests.work import entries_of
from web.app import create_app
from web.cli.main import verbatheque
from web.cli.options import DONE, DONE_WITH_PROBLEMS, REFUSED, run
from web.proposing import receive_proposals

TODAY = date.today()


def call(*arguments: str | Path) -> int:
    return run(verbatheque, [str(argument) for argument in arguments])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    assert call("init", folder) == DONE
    return folder


def offered(site: Path, *offers: Offer) -> None:
    for offer in offers:
        keep(site, offer, 99, TODAY)


def numbers(site: Path) -> list[int]:
    return [proposal.number for proposal in proposals_in(site)]


def drafts(site: Path) -> list[Path]:
    return list((site / "webinaires").iterdir())


@pytest.mark.model
def test_what_is_proposed_is_found_only_once_an_editor_has_drafted_it(site: Path) -> None:
    settings = Settings(propositions=ProposalSettings(ouvertes=True))
    app = create_app(open_library(read_site(site)), settings)
    receive_proposals(app, site)
    client = app.test_client()
    assert client.post("/proposer", data={"texte": PAGE}).status_code == 303
    assert call("build", "--site", site) == REFUSED  # nothing to index yet
    assert drafts(site) == []
    assert call("proposals", "--draft", "1", "--site", site) in {DONE, DONE_WITH_PROBLEMS}
    assert numbers(site) == []
    assert call("build", "--site", site) in {DONE, DONE_WITH_PROBLEMS}
    with open_library(read_site(site)).reading() as reading:
        texts = [document.text for document in reading.everything()]
    assert "Nous avons planté quarante pommiers un dimanche de pluie." in texts


@pytest.mark.process
def test_a_proposed_page_is_read_once(site: Path) -> None:
    offered(site, offer_from("a.txt", PAGE.encode()))
    with entries_of(Cell.ask) as readings:
        call("propositions", "--lire", "1", "--site", site)
    assert len(readings) == 1
    assert numbers(site) == []


def test_the_list_tells_each_proposal(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert call("proposals", "--site", site) == DONE
    assert "Aucune proposition" in capsys.readouterr().err
    address = Offer(address="https://a.example/")
    offered(site, offer_from("a.md", b"# Titre", note="Vu en mars."), address)
    assert call("proposals", "--site", site) == DONE
    told = capsys.readouterr().err
    assert f"n° 1, {TODAY}, .md, 1 ko — Vu en mars." in told
    assert f"n° 2, {TODAY}, adresse seule, https://a.example/" in told
    assert call("proposals", "--site", site, "--json") == DONE
    first, second = json.loads(capsys.readouterr().out)
    assert (first["number"], first["kind"], first["bytes"]) == (1, "md", 7)
    assert Path(first["file"]).read_bytes() == b"# Titre"
    assert (second["kind"], second["file"]) == ("adresse", None)


@pytest.mark.process
def test_a_proposal_that_cannot_be_drafted_is_kept_with_what_to_do(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offered(site, offer_from(text="Bonjour."), Offer(address="https://a.example/"))
    assert call("proposals", "--draft", "1", "--site", site) == REFUSED
    assert "--draft 1 --title" in capsys.readouterr().err
    assert call("proposals", "--draft", "2", "--site", site) == DONE_WITH_PROBLEMS
    told = capsys.readouterr().err
    assert "https://a.example/" in told
    assert "--delete 2" in told
    assert numbers(site) == [1, 2]


@pytest.mark.process
def test_a_transcript_takes_its_title_from_the_editor(site: Path) -> None:
    said = (
        "WEBVTT\n\n00:00:05.000 --> 00:00:09.000\n<v Ana Lu>Le verger tient bon depuis dix ans.\n"
    )
    offered(site, offer_from("a.vtt", said.encode()))
    assert call("proposals", "--draft", "1", "--site", site) == REFUSED
    titled = ("--title", "Un verger")
    assert call("proposals", "--draft", "1", *titled, "--site", site) != REFUSED
    assert numbers(site) == []
    assert drafts(site)[0].name == "un-verger.md"


@pytest.mark.process
def test_a_page_that_changes_a_writeup_waits_for_agreement(site: Path) -> None:
    longer = PAGE + "« Une phrase toute neuve est venue s’ajouter à la page. » Ana Lu\n"
    offered(site, offer_from(text=PAGE), offer_from(text=longer), offer_from(text=longer))
    call("proposals", "--draft", "1", "--site", site)
    assert call("proposals", "--draft", "2", "--site", site) == DONE_WITH_PROBLEMS
    assert numbers(site) == [2, 3]
    call("proposals", "--draft", "2", "--yes", "--site", site)
    assert numbers(site) == [3]
    assert call("proposals", "--draft", "3", "--site", site) != REFUSED
    assert numbers(site) == []


def test_proposals_are_deleted_one_by_one_or_all(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offered(site, *(offer_from(text=f"Dit {number}.") for number in range(4)))
    assert call("proposals", "--delete", "2", "--site", site) == DONE
    assert call("proposals", "--delete", "2", "--site", site) == REFUSED
    assert numbers(site) == [1, 3, 4]
    assert call("proposals", "--delete-all", "--site", site) == DONE_WITH_PROBLEMS
    assert "3\u00a0propositions" in capsys.readouterr().err
    assert numbers(site) == [1, 3, 4]
    assert call("proposals", "--delete-all", "--yes", "--site", site) == DONE
    assert numbers(site) == []
    assert call("proposals", "--delete-all", "--draft", "1", "--site", site) == REFUSED


def test_each_run_deletes_what_is_too_old(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(site, offer_from(text="Dit."), 9, TODAY - timedelta(days=91))
    assert call("proposals", "--site", site) == DONE
    assert "1\u00a0proposition de plus de 90 jours effacée." in capsys.readouterr().err
    assert numbers(site) == []


def test_a_folder_that_cannot_be_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    account = os.geteuid()
    with TemporaryDirectory() as name:
        site = Path(name)
        site.chmod(0o755)
        call("init", site)
        offered(site, offer_from(text="Dit."))
        (site / FOLDER).chmod(0)
        if account == 0:  # rights do not bind root
            os.seteuid(65534)
        try:
            assert call("proposals", "--site", site) == REFUSED
        finally:
            os.seteuid(account)
            (site / FOLDER).chmod(0o700)
    assert "accès refusé" in capsys.readouterr().err


def test_a_backup_leaves_proposals_out(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offered(site, offer_from(text="Dit par Ana Lu."))
    capsys.readouterr()
    assert call("backup", tmp_path / "a.tar.gz", "--site", site, "--json") == DONE
    saved = json.loads(capsys.readouterr().out)
    assert saved["files"] == 4
    assert f"{FOLDER}/" in saved["left_aside"]


NAMING = [
    offer_from(text="Une phrase d’Ana\nLu, en mars."),
    offer_from("a.html", b"<p>ANA&nbsp;<b>L&ugrave;</b></p>"),
    offer_from("a.md", "Pr\xe9sente : Ana Lu".encode("cp1252")),
    offer_from(text="Dit.", note="De la part d’Ana-Lu"),
    offer_from("a.docx", b"PK\x03\x04 word/document.xml, mais illisible"),
]


def test_a_person_is_forgotten_in_proposals_too(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offered(site, *NAMING, offer_from(text="Diana Lune et Anna Lu."), offer_from("a.docx", word()))
    assert call("forget", "Ana Lu", "--site", site) == DONE_WITH_PROBLEMS
    told = capsys.readouterr().err
    assert [n for n in range(1, 8) if f"proposition n° {n}." in told] == [1, 2, 3, 4, 5]
    assert numbers(site) == [1, 2, 3, 4, 5, 6, 7]
    assert call("forget", "Ana Lu", "--site", site, "--yes") == DONE
    assert numbers(site) == [6, 7]


@pytest.mark.process
@pytest.mark.parametrize(
    "data",
    [
        pdf(column(["Selon Ana Lu, oui."])),
        pdf(column(["Oui."]), more=[b"<</Author(Ana Lu)>>"], trailer=b"/Info 3 0 R"),
        pdf(column(["Oui."]), more=[b"<</Author<FEFF0041006E00610020004C0075>>>"]),
        b"%PDF-1.7 illisible",
    ],
)
def test_a_pdf_that_names_a_person_or_cannot_be_read_goes(site: Path, data: bytes) -> None:
    offered(
        site, offer_from("a.pdf", pdf(column(["Diana Lune dit oui."]))), offer_from("a.pdf", data)
    )
    call("forget", "Ana Lu", "--site", site, "--yes")
    assert numbers(site) == [1]


def test_the_author_of_a_word_document_is_a_mention(site: Path) -> None:
    document, made = docx.Document(), io.BytesIO()
    document.core_properties.author = "Ana Lu"
    document.save(made)
    offered(site, offer_from("a.docx", made.getvalue()))
    call("forget", "Ana Lu", "--site", site, "--yes")
    assert numbers(site) == []
