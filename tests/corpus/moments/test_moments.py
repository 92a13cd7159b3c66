"""When verbatims were said: found though told otherwise, doubted where two places fit."""

from pathlib import Path

import pytest

from corpus.moments.alignment import moments_of
from corpus.moments.dating import dating_of
from corpus.moments.timing import Stretch, stretches_from, timed_words, words_of
from corpus.problems import CorpusError
from corpus.records import Speaker, Verbatim
from tests.benchmarks.recaps import recap_of
from tests.calling import call

VTT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ana Lu>bonjour à tous euh merci d'être là

00:12:04.000 --> 00:12:07.000
<v Ana Lu>et donc nous avons planté quarante pommiers

00:12:07.000 --> 00:12:10.000
<v Ana Lu>un dimanche de pluie voilà on était trempés

00:20:00.000 --> 00:20:05.000
<v Noé Vial>le conseil il a voté la clôture sans un mot de travers ce soir là
"""


def verbatim(text: str, name: str = "", number: int = 0) -> Verbatim:
    return Verbatim(f"v{number}", text, Speaker(name) if name else None)


def at(seconds: float, text: str, speaker: str = "") -> Stretch:
    return Stretch(seconds, text, speaker)


def test_words_have_their_share_of_the_time() -> None:
    words = timed_words([at(10, "abcd abcd abcd abcd"), at(12, "fin")])
    assert [word.start for word in words] == [10, 10.5, 11, 11.5, 12]


def test_a_pause_is_not_spread_over_the_words() -> None:
    words = timed_words([at(0, "un deux"), at(300, "trois")])
    assert words[1].start < 2


def test_polished_words_are_found_where_they_were_said() -> None:
    words = timed_words(
        [
            at(0, "bonjour à toutes et à tous on va commencer"),
            at(60, "alors euh nous on a planté quarante pommiers un dimanche de pluie"),
            at(90, "et ensuite la mairie a voté la clôture du verger"),
        ]
    )
    [moment] = moments_of(
        [verbatim("Nous avons planté quarante pommiers, un dimanche de pluie.")], words
    )
    assert moment.is_sure
    assert moment.start is not None
    assert abs(moment.start - 60) <= 5


def test_what_nobody_said_is_never_sure() -> None:
    words = timed_words([at(0, "bonjour à toutes et à tous on va commencer par le verger")])
    [moment] = moments_of([verbatim("La piscine ouvrira au mois de juin prochain.")], words)
    assert not moment.is_sure


REFRAIN = "la terre se souvient toujours de ce qu'on lui a fait"


def test_what_is_said_twice_is_doubted_and_both_are_shown() -> None:
    words = timed_words([at(0, REFRAIN), at(60, "parlons d'autre chose ici"), at(100, REFRAIN)])
    [moment] = moments_of([verbatim(REFRAIN)], words)
    assert not moment.is_sure
    assert [round(each.start) for each in moment.candidates][:2] == [0, 100]


def test_the_voice_chooses_between_two_places() -> None:
    words = timed_words([at(0, REFRAIN, "Noé Vial"), at(60, "autre chose"), at(99, REFRAIN, "Ana")])
    [moment] = moments_of([verbatim(REFRAIN, "Ana")], words)
    assert moment.start == 99


def test_the_order_of_the_recap_chooses_between_two_places() -> None:
    sure = [
        "les vergers nourrissent quarante familles",
        "le conseil vote demain la clôture",
        "chacun revient avec son propre sécateur",
        "une pompe solaire remonte toute cette eau",
    ]
    heard = [at(60 * n, text) for n, text in enumerate([*sure, REFRAIN, "puis la fin arrive"], 1)]
    words = timed_words([at(0, REFRAIN), *heard])
    said = [verbatim(text, number=n) for n, text in enumerate([*sure, REFRAIN])]
    assert moments_of(said, words)[-1].start == 300
    assert moments_of(said, words)[-1].is_sure


@pytest.mark.parametrize(("changed", "least"), [(0.0, 0.97), (0.15, 0.95), (0.3, 0.9)])
def test_most_are_right_and_nearly_all_that_are_sure(changed: float, least: float) -> None:
    """A small replay of the benchmark, with its figures at their limits."""
    recap = recap_of(7, changed, ordered=True, count=60)
    moments = moments_of(recap.verbatims, timed_words(recap.stretches))
    right = [
        moment.start is not None and abs(moment.start - truth) <= 5
        for moment, truth in zip(moments, recap.truth, strict=True)
    ]
    wrong = [m for m, good in zip(moments, right, strict=True) if m.is_sure and not good]
    assert sum(right) >= least * len(right)
    assert len(wrong) <= 1


def test_the_same_words_give_the_same_moments() -> None:
    recap = recap_of(8, 0.15, ordered=False, count=30)
    words = timed_words(recap.stretches)
    assert moments_of(recap.verbatims, words) == moments_of(recap.verbatims, words)


def test_words_are_folded() -> None:
    assert words_of("L’Été, c’était « hier » !") == ["l", "ete", "c", "etait", "hier"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.vtt", VTT),
        ("a.srt", "1\n00:00:05,000 --> 00:00:08,000\nbonjour\n"),
        ("a.txt", "[00:00:05] Ana Lu : bonjour à tous\n[00:00:09] Noé Vial : merci à vous\n"
                  "[00:00:15] Ana Lu : commençons\n[00:00:20] Noé Vial : oui\n"
                  "[00:00:25] Ana Lu : bien\n"),
    ],
)  # fmt: skip
@pytest.mark.process
def test_subtitles_and_transcripts_tell_their_times(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert "bonjour" in stretches_from(tmp_path / name)[0].text


@pytest.mark.process
@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", "rien que du texte, sans un moment\n"), ("a.vtt", "bonjour"), ("a.exe", "MZ")],
)
def test_what_tells_no_time_is_refused(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(CorpusError):
        stretches_from(tmp_path / name)


@pytest.fixture
def subtitles(tmp_path: Path) -> Path:
    path = tmp_path / "replay.vtt"
    path.write_text(VTT, "utf-8")
    return path


@pytest.mark.process
def test_the_command_writes_what_is_sure_and_only_if_agreed(
    site: Path, page: Path, subtitles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call("add", page, "--site", site)
    [path] = (site / "webinaires").glob("*.md")
    before = path.read_text("utf-8")
    assert call("moments", path.stem, subtitles, "--site", site) == 1
    assert path.read_text("utf-8") == before
    assert call("moments", path.name, subtitles, "--yes", "--site", site) == 0
    after = path.read_text("utf-8")
    assert [line.partition("debut=")[2] for line in after.splitlines() if "debut=" in line] == [
        "12:04}",
        "20:00}",
    ]
    assert call("moments", path.name, subtitles, "--json", "--site", site) == 0
    assert capsys.readouterr().out.endswith("[]\n")


def test_a_moment_that_the_editor_wrote_stays(site: Path, page: Path, subtitles: Path) -> None:
    call("add", page, "--site", site)
    [path] = (site / "webinaires").glob("*.md")
    text = path.read_text("utf-8")
    marked = text.replace("}\n", " debut=1:00}\n").replace(
        "## 1. On plante avant d’avoir un plan. ", "## 1. On plante. "
    )
    path.write_text(marked, "utf-8")
    dating = dating_of(site, path.stem, subtitles)
    dating.write()
    assert "12:04" not in path.read_text("utf-8")


def test_another_writeup_is_refused(site: Path, subtitles: Path) -> None:
    assert call("moments", "inconnu", subtitles, "--site", site) == 2
