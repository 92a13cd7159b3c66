"""The bench in each of the engines: a page is marked with the keyboard, named, undone, saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from corpus.adding.addition import addition_of
from tests.browser.engines import Engine
from tests.browser.server import served
from tests.browser.test_bench import TEXT
from tests.calling import call
from web.bench.app import create_bench
from web.bench.guard import Keys

SELECT = """const words = arguments[0], sheet = document.querySelector(".sheet");
const walker = document.createTreeWalker(sheet, 4);
while (walker.nextNode()) {
  const at = walker.currentNode.data.indexOf(words);
  if (at < 0) continue;
  sheet.focus();
  getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
  return true;
}"""
UNDO = "#etabli > .bar-of-acts button:nth-of-type(1)"
CARDS = "document.querySelectorAll('.one').length"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A write-up opened on the bench, and its file."""
    folder, page, keys = tmp_path / "site", tmp_path / "page.txt", list[Keys]()
    call("init", folder)
    page.write_text(TEXT, "utf-8")
    addition = addition_of(folder, page)
    addition.write()

    def app(address: str) -> Flask:
        keys.append(Keys.of_port(int(address.rpartition(":")[2])))
        return create_bench(folder, keys[0])

    with served(app) as address:
        yield f"{address}/{keys[0].token}/webinaire/{addition.path.stem}/", addition.path


def test_words_are_marked_named_undone_and_saved(calm: Engine, bench: tuple[str, Path]) -> None:
    address, file = bench
    calm.open(address)
    calm.until(f"{CARDS} === 3")
    calm.until("document.querySelector('.sheet').innerText.includes('la terre')")
    before = calm.run("return document.querySelector('.sheet').innerText")
    assert calm.run(SELECT, "la terre se souvient")
    calm.press("x")
    assert calm.run("return document.querySelector('.sheet').innerText") == before
    calm.press("Enter")
    calm.until(f"{CARDS} === 4")
    calm.until("document.activeElement.matches('.one.shown select')")
    calm.run(
        """const select = document.activeElement; select.selectedIndex = 1;
        select.dispatchEvent(new Event("change"));"""
    )
    calm.until("document.querySelector('[role=status]').textContent.includes('Ida Roc')")
    calm.click("#etabli > .bar-of-acts button:nth-of-type(3)")
    calm.until("document.querySelector('[role=status]').textContent.startsWith('Enregistré')")
    assert "> la terre se souvient\n> — Ida Roc" in file.read_text("utf-8")
    calm.click(UNDO)
    calm.until("document.querySelector('[role=status]').textContent === 'Défait.'")
    assert calm.run(f"return {CARDS}") == 4
    calm.click(UNDO)
    calm.until(f"{CARDS} === 3")
