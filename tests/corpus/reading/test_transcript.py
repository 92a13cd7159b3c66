"""Transcripts: turns put together again, cut at the ends of sentences, with their seconds."""

import re

import pytest

from corpus.adding.draft import draft_from
from corpus.extraction.extraction import extraction_from
from corpus.problems import CorpusError
from corpus.reading.blocks import BlockKind, Page
from corpus.reading.transcript import page_from_srt, page_from_vtt
from corpus.reading.voices import LONG_TURN
from corpus.writeups.reading import read_writeup

VTT = """WEBVTT - un atelier inventé

NOTE ceci n’est pas une parole

1
00:00:01.500 --> 00:00:04.000
<v Ana Lu>Bonjour à toutes et à tous,
on commence&nbsp;!

2
00:00:04.000 --> 00:00:07.000 align:start
<v Ana Lu>Le verger a <i>dix</i> ans.

00:01:05.000 --> 00:01:09.000
<v.loud Noé Vial>Et il n’a jamais gelé.</v>
"""

SRT = """1
00:00:02,000 --> 00:00:04,000
LÉA MORIN : On a planté
quarante pommiers.

2
00:00:04,100 --> 00:00:06,000
Sous la pluie, bien sûr.

3
01:00:00,000 --> 01:00:03,000
Noé Vial : Résultat : tout a pris.

4
01:00:04,000 --> 01:00:05,000
MORIN : Presque tout.
"""


def turns(page: Page) -> list[tuple[str, str, int | None]]:
    assert {block.kind for block in page.blocks} <= {BlockKind.TURN}
    return [(block.speaker, block.text, block.start) for block in page.blocks]


def test_voice_tags_name_the_speakers_and_cues_are_joined() -> None:
    assert turns(page_from_vtt(VTT.encode())) == [
        ("Ana Lu", "Bonjour à toutes et à tous, on commence\u00a0! Le verger a dix ans.", 1),
        ("Noé Vial", "Et il n’a jamais gelé.", 65),
    ]


def test_the_line_is_that_of_the_cue() -> None:
    page = page_from_vtt(VTT.encode())
    assert ["-->" in VTT.split("\n")[block.line - 1] for block in page.blocks] == [True, True]


def test_names_before_a_colon_are_speakers_and_other_words_are_not() -> None:
    page = page_from_srt(SRT.replace("MORIN : Presque", "LÉA MORIN : Presque").encode())
    assert turns(page) == [
        ("Léa Morin", "On a planté quarante pommiers. Sous la pluie, bien sûr.", 2),
        ("Noé Vial", "Résultat : tout a pris.", 3600),
        ("Léa Morin", "Presque tout.", 3604),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings_and_line_ends(encoding: str, line_end: str) -> None:
    page = page_from_srt(SRT.replace("\n", line_end).encode(encoding))
    assert page.blocks[0].text == "On a planté quarante pommiers. Sous la pluie, bien sûr."


def cues(words: list[str], each: int = 7) -> str:
    parts = [" ".join(words[i : i + each]) for i in range(0, len(words), each)]
    timed = [
        f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{(n + 1) // 60:02}:{(n + 1) % 60:02}.000\n{part}\n"
        for n, part in enumerate(parts)
    ]
    return "WEBVTT\n\n" + "\n".join(timed)


def test_a_long_turn_is_cut_at_the_ends_of_sentences_with_the_time_of_the_cue() -> None:
    sentence = "M. Dupré dit 3.5 fois que le verger tient bon cette année encore."
    words = " ".join([sentence] * 30).split()
    page = page_from_vtt(cues(words).encode())
    assert " ".join(block.text for block in page.blocks) == " ".join(words)
    at = 0
    for block in page.blocks:
        assert block.text.startswith("M. Dupré")
        assert block.text.endswith("encore.")
        assert len(block.text.split()) <= LONG_TURN
        assert block.start == at // 7
        at += len(block.text.split())
    assert len(page.blocks) == 5


def test_a_sentence_is_never_cut_inside() -> None:
    words = [*(["mot"] * 150), "fin.", *(["Suite"] + ["mot"] * 20), "fin."]
    assert [len(b.text.split()) for b in page_from_vtt(cues(words).encode()).blocks] == [151, 22]


def test_captions_without_full_stops_are_cut_between_cues() -> None:
    page = page_from_vtt(cues(["mot"] * 1000).encode())
    assert [len(b.text.split()) % 7 for b in page.blocks[:-1]] == [0] * (len(page.blocks) - 1)
    assert len(page.blocks) > 3


@pytest.mark.parametrize("noise", ["[Musique]", "♪ ♪", "[rires] [applaudissements]"])
def test_noises_are_no_speech(noise: str) -> None:
    page = page_from_vtt(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{noise}\n{'- Oui.'}\n".encode())
    assert [block.text for block in page.blocks] == ["Oui."]


def test_dashes_tell_two_voices_apart() -> None:
    page = page_from_vtt("WEBVTT\n\n00:01.000 --> 00:02.000\n- Il gèle ?\n- Jamais.\n".encode())
    assert [block.text for block in page.blocks] == ["Il gèle ?", "Jamais."]


def test_rolling_captions_are_read_once() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\non a planté des arbres\n\n"
        "00:02.000 --> 00:03.000\non a planté des arbres\net des haies\n"
    )
    assert page_from_vtt(text.encode()).blocks[0].text == "on a planté des arbres et des haies"


@pytest.mark.parametrize(
    "data",
    [
        b"bonjour",
        b"WEBVTT\n\nrien du tout",
        b"WEBVTT\n\n99:99:99.000 --> x\nmot",
        b"\xff\xfe\x00W",
        b"WEBVTT",
    ],
)
def test_what_is_no_transcript_is_refused(data: bytes) -> None:
    with pytest.raises(CorpusError, match=r"transcription|réplique|WEBVTT"):
        page_from_vtt(data)
    with pytest.raises(CorpusError, match=r"transcription|réplique"):
        page_from_srt(data)


def test_turns_become_verbatims_with_one_person_for_all_her_names() -> None:
    found = extraction_from(page_from_srt(SRT.replace("4\n01", "4\n01").encode()))
    assert [(v.speaker, v.start) for v in found.verbatims][:2] == [
        ("Léa Morin", 2),
        ("Noé Vial", 3600),
    ]
    assert found.title == ""
    assert found.key_ideas == ()


def test_contact_data_never_come_out() -> None:
    page = page_from_srt(SRT.replace("Presque tout.", "Appelez le 06 12 34 56 78.").encode())
    found = extraction_from(page)
    assert "06 12" not in repr(found)
    assert "coordonnees" in {problem.code for problem in found.problems}


def test_a_transcript_makes_a_writeup_that_reads_back() -> None:
    extraction = extraction_from(page_from_vtt(VTT.encode()))
    text = draft_from(extraction, "atelier").text()
    webinar = read_writeup(text, "atelier").webinar
    assert webinar
    assert [(v.speaker and v.speaker.name, v.start) for v in webinar.verbatims] == [
        ("Ana Lu", 1),
        ("Noé Vial", 65),
    ]
    assert re.search(r"debut=1:05", text)


@pytest.mark.parametrize("flood", ["<v ", "[", "[]", "*", "<", "a ", "&amp;", "a" * 99 + " :"])
def test_a_flooded_cue_is_refused_at_once(flood: str) -> None:
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{flood * (600_000 // len(flood))}\n"
    with pytest.raises(CorpusError, match="démesurée"):
        page_from_vtt(text.encode())


@pytest.mark.parametrize("flood", ["<v ", "[", "[]", "*", "<", ">> ", "- ", "&amp;", " :"])
def test_a_long_odd_cue_is_read_at_once(flood: str) -> None:
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\nOui.\n{flood * (15_000 // len(flood))}\n"
    assert page_from_vtt(text.encode()).blocks[0].text.startswith("Oui.")


def test_a_flood_of_cues_is_refused_at_once() -> None:
    text = "WEBVTT\n\n" + "00:01.000 --> 00:02.000\nOui.\n\n" * 300_000
    with pytest.raises(CorpusError, match="trop de répliques"):
        page_from_vtt(text.encode())
