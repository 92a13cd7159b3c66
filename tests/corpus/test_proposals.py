"""Proposals on the disk: whole or not there, capped, private, gone after 90 days."""

import json
import os
import threading
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from corpus import proposals
from corpus.problems import CorpusError
from corpus.proposals import (
    FOLDER,
    KEPT_DAYS,
    Offer,
    StoreFull,
    keep,
    offer_from,
    proposal_of,
    proposals_in,
    purge,
    remove,
)

TODAY = date(2026, 11, 23)
OFFER = offer_from("ma page secrète.txt", b"Mot pour mot.", note="À lire.")


def files(site: Path) -> list[str]:
    found = [path for path in (site / FOLDER).rglob("*") if path.is_file()]
    return sorted(path.relative_to(site / FOLDER).as_posix() for path in found)


def test_an_offer_comes_back_byte_for_byte_under_a_name_of_ours(tmp_path: Path) -> None:
    assert keep(tmp_path, OFFER, 9, TODAY) == 1
    (kept,) = proposals_in(tmp_path)
    assert kept.file
    assert kept.file.read_bytes() == OFFER.content
    assert (kept.number, kept.day, kept.note, kept.size) == (1, TODAY, "À lire.", 13)
    assert files(tmp_path) == [
        ".numero",
        "2026-11-23-0001/note.json",
        "2026-11-23-0001/proposition-1.txt",
    ]
    assert json.loads((kept.folder / "note.json").read_text("utf-8")) == {
        "adresse": "",
        "note": "À lire.",
    }


def test_an_address_alone_is_kept_without_a_file(tmp_path: Path) -> None:
    keep(tmp_path, Offer(address="https://a.example/"), 9, TODAY)
    (kept,) = proposals_in(tmp_path)
    assert (kept.file, kept.address, kept.size) == (None, "https://a.example/", 0)


def modes(site: Path) -> set[str]:
    return {f"{path.stat().st_mode & 0o777:o}" for path in (site / FOLDER).rglob("*")}


def test_nobody_else_may_read_a_proposal(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        keep(tmp_path, OFFER, 9, TODAY)
    finally:
        os.umask(before)
    assert (tmp_path / FOLDER).stat().st_mode & 0o777 == 0o700
    assert modes(tmp_path) == {"700", "600"}


def test_a_folder_shared_with_a_group_shares_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER).chmod(0o2770)
    before = os.umask(0o077)
    try:
        keep(tmp_path, OFFER, 9, TODAY)
    finally:
        os.umask(before)
    kept = proposals_in(tmp_path)[0]
    assert kept.file
    assert kept.folder.stat().st_mode & 0o777 == 0o770
    assert kept.file.stat().st_mode & 0o777 == 0o660


def test_a_day_has_its_most_and_the_next_begins_anew(tmp_path: Path) -> None:
    for _ in range(3):
        keep(tmp_path, OFFER, 3, TODAY)
    with pytest.raises(StoreFull):
        keep(tmp_path, OFFER, 3, TODAY)
    assert keep(tmp_path, OFFER, 3, TODAY + timedelta(days=1)) == 4
    assert len(proposals_in(tmp_path)) == 4


def test_all_proposals_together_have_a_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "MAX_KEPT", 30)
    keep(tmp_path, OFFER, 9, TODAY)
    keep(tmp_path, OFFER, 9, TODAY)
    with pytest.raises(StoreFull):
        keep(tmp_path, OFFER, 9, TODAY)
    assert len(proposals_in(tmp_path)) == 2


def test_a_flood_from_many_threads_keeps_the_cap_and_each_number_once(tmp_path: Path) -> None:
    numbers: list[int] = []
    refused: list[StoreFull] = []

    def send() -> None:
        try:
            numbers.append(keep(tmp_path, OFFER, 10, TODAY))
        except StoreFull as full:
            refused.append(full)

    threads = [threading.Thread(target=send) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 11))
    assert len(refused) == 30
    assert [proposal.number for proposal in proposals_in(tmp_path)] == sorted(numbers)


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    keep(tmp_path, OFFER, 9, TODAY)
    remove(proposal_of(tmp_path, 1))
    assert keep(tmp_path, OFFER, 9, TODAY) == 2
    with pytest.raises(CorpusError, match="n° 1"):
        proposal_of(tmp_path, 1)


def test_old_proposals_go_and_younger_ones_stay(tmp_path: Path) -> None:
    keep(tmp_path, OFFER, 9, TODAY - timedelta(days=KEPT_DAYS + 1))
    keep(tmp_path, OFFER, 9, TODAY - timedelta(days=KEPT_DAYS))
    (tmp_path / FOLDER / "a-moi.txt").write_text("gardé", "utf-8")
    leftover = tmp_path / FOLDER / ".verbatheque-0011"
    leftover.mkdir()
    (leftover / "proposition-9.txt").write_text("coupé en route", "utf-8")
    assert purge(tmp_path, TODAY) == 1
    assert purge(tmp_path, TODAY) == 0
    assert [proposal.number for proposal in proposals_in(tmp_path)] == [2]
    assert "a-moi.txt" in files(tmp_path)
    assert not leftover.exists()


def test_old_proposals_go_when_another_comes(tmp_path: Path) -> None:
    keep(tmp_path, OFFER, 9, TODAY - timedelta(days=KEPT_DAYS + 1))
    keep(tmp_path, OFFER, 9, TODAY)
    assert [proposal.number for proposal in proposals_in(tmp_path)] == [2]


def test_a_site_without_proposals_has_none_and_stays_as_it_is(tmp_path: Path) -> None:
    assert proposals_in(tmp_path) == []
    assert purge(tmp_path, TODAY) == 0
    assert list(tmp_path.iterdir()) == []


def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text('{"note": "secret"}', "utf-8")
    keep(tmp_path, OFFER, 9, TODAY)
    (kept,) = proposals_in(tmp_path)
    assert kept.file
    for path in (kept.file, kept.folder / "note.json"):
        path.unlink()
        path.symlink_to(secret)
    (tmp_path / FOLDER / "2026-11-23-0002").symlink_to(tmp_path)
    (seen,) = proposals_in(tmp_path)
    assert (seen.file, seen.note) == (None, "")
    remove(seen)
    assert secret.exists()


@pytest.mark.parametrize(
    "note", [b"", b"[", b"[]", b'{"note": 3}', b"\xff", b'{"note": "\\u001b"}']
)
def test_a_damaged_note_loses_only_itself(tmp_path: Path, note: bytes) -> None:
    keep(tmp_path, OFFER, 9, TODAY)
    (proposals_in(tmp_path)[0].folder / "note.json").write_bytes(note)
    (kept,) = proposals_in(tmp_path)
    assert kept.note == ""
    assert kept.file


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    keep(tmp_path, OFFER, 9, TODAY)
    before = files(tmp_path)
    (tmp_path / FOLDER / "2026-11-23-0002").write_text("déjà là", "utf-8")
    with pytest.raises(OSError, match="2026-11-23-0002"):
        keep(tmp_path, OFFER, 9, TODAY)
    assert files(tmp_path) == sorted([*before, "2026-11-23-0002"])


def test_an_account_that_may_not_write_is_told_which_folder() -> None:
    """Rights do not bind root: give them up for a moment, on a site that all may read."""
    with TemporaryDirectory() as name:
        site = Path(name)
        site.chmod(0o555)
        account = os.geteuid()
        if account == 0:
            os.seteuid(65534)
        try:
            with pytest.raises(PermissionError) as refused:
                keep(site, OFFER, 9, TODAY)
        finally:
            os.seteuid(account)
        site.chmod(0o755)
        assert Path(refused.value.filename) == site / FOLDER
        assert proposals_in(site) == []
