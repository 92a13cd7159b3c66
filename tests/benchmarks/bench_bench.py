"""The bench: what it takes to open a write-up and to repaint both sides after one gesture.

A page of twenty verbatims, a page with thirty doubts, a transcript of one hour, and two hundred
verbatims; in Chromium, what a person waits for, and the processor time that the page (its main
thread) and the bench take of it: a busy machine makes the first longer, not the second.
"""

import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page, sync_playwright

from corpus.adding.addition import addition_of
from tests.benchmarks.recaps import sentences
from tests.browser.conftest import OPTIONS
from tests.browser.server import served
from web.bench.app import create_bench
from web.bench.guard import Keys

NAMES = ("Ida Roc", "Max Orly", "Zoé Bel", "Luc Arno")
HEAD = (
    "Rencontre « {title} »\n\nPublié le 12/03/2024\n\nLa rencontre a réuni Ida Roc, directrice de "
    "l’association Les Haies, Max Orly, maire de Vaux, Zoé Bel, élagueuse, et Luc Arno, "
    "professeur.\n\n"
)


def recap(title: str, count: int, unnamed: int = 0) -> str:
    """A page of so many verbatims, the last of which are nobody's."""
    draw = random.Random(count)
    lines = [HEAD.format(title=title)]
    for place, text in enumerate(draw.sample(sentences(), count)):
        if place % 5 == 0:
            lines.append(f"{place // 5 + 1}. Voici ce que le point numéro {place // 5 + 1} dit.\n")
        name = "" if place >= count - unnamed else NAMES[place % 4]
        lines.append(f"« {text.replace('«', '').replace('»', '')} » {name}")
    return "\n".join(lines)


def transcript() -> str:
    """An hour of speech, as captions."""
    draw, now, lines = random.Random(1), 0, ["WEBVTT", ""]
    while now < 3600:
        words = draw.choice(sentences()).split()[:12]
        stamp = f"{now // 3600:02}:{now // 60 % 60:02}:{now % 60:02}.000"
        end = now + 4
        until = f"{end // 3600:02}:{end // 60 % 60:02}:{end % 60:02}.000"
        lines += [f"{stamp} --> {until}", f"<v {draw.choice(NAMES)}>{' '.join(words)}", ""]
        now = end
    return "\n".join(lines)


PAGES = {
    "20 verbatims": ("page.txt", recap("Vingt", 20)),
    "30 doubts": ("doutes.txt", recap("Trente doutes", 60, 30)),
    "an hour of transcript": ("heure.vtt", transcript()),
    "200 verbatims": ("deux-cents.txt", recap("Deux cents", 200)),
}


def site_in(folder: Path) -> dict[str, str]:
    """The pages added to a site; the name of each write-up."""
    (folder / "verbatheque.toml").write_text('titre = "Essai"\n', "utf-8")
    names = {}
    for told, (file, text) in PAGES.items():
        path = folder / file
        path.write_text(text, "utf-8")
        addition = addition_of(folder, path, told)
        addition.write()
        names[told] = addition.path.stem
    return names


class Clock:
    """Milliseconds: of the wall, of the main thread of the page, of this process (the bench)."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def now(self) -> tuple[float, float, float]:
        told = self._session.send("Performance.getMetrics")["metrics"]
        [seconds] = [each["value"] for each in told if each["name"] == "TaskDuration"]
        return time.perf_counter() * 1000, seconds * 1000, time.process_time() * 1000

    def since(self, then: tuple[float, float, float], times: int = 1) -> list[float]:
        return [(after - before) / times for before, after in zip(then, self.now(), strict=True)]


def measured(page: Page, address: str) -> tuple[list[float], list[float], list[float]]:
    """Until both sides are shown; a gesture, of ten; how long each of them was waited for."""
    clock = Clock(page)
    began = clock.now()
    page.goto(address)
    page.locator(".one").first.wait_for()
    opened = clock.since(began)
    page.wait_for_load_state("networkidle")
    began = clock.now()
    gestures = page.evaluate(
        """async () => {
          const took = [];
          for (let n = 0; n < 10; n++) {
            const select = document.querySelectorAll(".one select[aria-label^='Qui']")[n];
            const card = select.closest(".one").dataset.part;
            select.selectedIndex = select.selectedIndex === 1 ? 2 : 1;
            const began = performance.now();
            select.dispatchEvent(new Event("change"));
            const now = () => document.querySelector(`.one[data-part="${card}"] select`);
            while (now() === select) await new Promise((go) => setTimeout(go, 1));
            await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
            took.push(performance.now() - began);
          }
          return took;
        }"""
    )
    return opened, clock.since(began, times=10), gestures


def main() -> None:
    """Print one line for each page."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder, keys = Path(place), list[Keys]()
        names = site_in(folder)

        def app(address: str) -> Flask:
            keys.append(Keys.of_port(int(address.rpartition(":")[2])))
            return create_bench(folder, keys[0])

        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=OPTIONS
        )
        with served(app) as address:
            page = chromium.new_page()
            print("                         opened, ms              a gesture, ms")
            print("                         wall   page   bench     median slowest page   bench")
            for told, name in names.items():
                opened, gesture, took = measured(
                    page, f"{address}/{keys[0].token}/webinaire/{name}/"
                )
                figures = (*opened, statistics.median(took), max(took), *gesture[1:])
                print(f"{told:21}" + "".join(f"{figure:8.0f}" for figure in figures))
        chromium.close()


if __name__ == "__main__":
    main()
