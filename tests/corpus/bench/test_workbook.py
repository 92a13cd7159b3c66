"""Nothing done on the bench is lost: undone, saved, killed midway, changed by another hand."""

from pathlib import Path

import pytest

from corpus.bench.changes import Attribute, Word
from corpus.bench.workbook import ChangedOnDisk, Workbook, digest_of, journal_of, unsaved
from corpus.problems import CorpusError


def rename(book: Workbook, text: str) -> None:
    book.change(Word(book.webinar.key_ideas[0].id, text))


def test_steps_are_undone_and_done_again(book: Workbook) -> None:
    before = book.text
    rename(book, "Une.")
    rename(book, "Deux.")
    book.go(-1)
    assert "Une." in book.text
    book.go(-1)
    assert book.text == before
    with pytest.raises(CorpusError):
        book.go(-1)
    book.go(+1)
    rename(book, "Trois.")
    with pytest.raises(CorpusError):
        book.go(+1)


def test_what_waits_outlives_the_bench(book: Workbook, folder: Path, name: str) -> None:
    disk = book.path.read_text("utf-8")
    rename(book, "Une.")
    again = Workbook.opened(folder, name)
    assert again.text == book.text
    assert book.path.read_text("utf-8") == disk
    assert unsaved(folder) == {name}
    again.save()
    assert unsaved(folder) == set()


def test_saving_touches_only_what_changed(book: Workbook) -> None:
    before = book.path.read_text("utf-8").splitlines()
    book.change(Attribute((book.webinar.verbatims[0].id,), "Noé Vial"))
    book.save()
    after = book.path.read_text("utf-8").splitlines()
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        f"> — Noé Vial {{#{book.webinar.verbatims[0].id}}}"
    ]


def test_a_file_changed_elsewhere_is_taken_up_when_nothing_waits(book: Workbook) -> None:
    other = book.path.read_text("utf-8").replace("## 1. On", "## 1. Ailleurs, on")
    book.path.write_text(other, "utf-8")
    book.look()
    assert (book.text, book.is_saved) == (other, True)


def test_a_file_changed_elsewhere_gives_the_choice_and_neither_is_lost(book: Workbook) -> None:
    rename(book, "La mienne.")
    mine = book.text
    other = book.path.read_text("utf-8").replace("## 1. On", "## 1. Ailleurs, on")
    book.path.write_text(other, "utf-8")
    with pytest.raises(ChangedOnDisk):
        book.save()
    assert book.path.read_text("utf-8") == other
    with pytest.raises(ChangedOnDisk):
        book.save(digest_of("autre chose"))
    book.save(digest_of(other))
    assert book.path.read_text("utf-8") == mine
    book.go(-1)
    assert book.text == other


def test_taking_up_the_other_version_leaves_mine_one_step_behind(book: Workbook) -> None:
    rename(book, "La mienne.")
    mine = book.text
    other = book.path.read_text("utf-8") + "\n<!-- ailleurs -->\n"
    book.path.write_text(other, "utf-8")
    book.take_theirs()
    assert (book.text, book.is_saved) == (other, True)
    book.go(-1)
    assert book.text == mine


def test_killed_at_any_byte_only_the_last_step_is_missing(
    book: Workbook, folder: Path, name: str
) -> None:
    journal = journal_of(folder, book.id)
    texts, ends = [book.text], [journal.stat().st_size]
    for number in range(30):
        rename(book, f"Essai {number}.")
        texts.append(book.text)
        ends.append(journal.stat().st_size)
    whole = journal.read_bytes()
    for step, end in enumerate(ends[1:], 1):
        for cut in (end - 1, end - 40, ends[step - 1] + 1, end):
            journal.write_bytes(whole[:cut])
            again = Workbook.opened(folder, name)
            assert again.text == (texts[step] if cut >= end - 1 else texts[step - 1])
            rename(again, "Suite.")
            assert Workbook.opened(folder, name).text == again.text


@pytest.mark.parametrize(
    "name", ["", "..", "../verbatheque", "webinaires", "inconnu", "a/b", "\u0000", "x" * 300]
)
def test_what_is_no_writeup_of_the_site_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(CorpusError):
        Workbook.opened(folder, name)
