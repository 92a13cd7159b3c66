"""Transcripts as each tool writes them: the voices, the words to the letter and the moments.

`transcripts/NAME.EXT` is a transcript, `NAME.expected` its turns, a line each: who speaks, from
which second (« - » where no time is told), what is said. A `.docx.txt` is made a Word document:
its paragraphs are parted by empty lines.
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import docx
import pytest

from corpus.adding.draft import draft_from
from corpus.extraction.extraction import extraction_from
from corpus.reading.cell import page_from_bytes
from corpus.reading.formats import format_of_name
from corpus.writeups.reading import read_writeup

TRANSCRIPTS = Path(__file__).parent / "transcripts"
NAMES = sorted(path.stem for path in TRANSCRIPTS.glob("*.expected"))
Said = tuple[str, int | None, str]


def expected(name: str) -> list[Said]:
    lines = (TRANSCRIPTS / f"{name}.expected").read_text("utf-8").splitlines()
    parts = [line.split(" | ", 2) for line in lines]
    return [(who.strip(), None if at == "-" else int(at), words) for who, at, words in parts]


def word_document(text: str) -> bytes:
    document = docx.Document()
    for paragraph in text.strip().split("\n\n"):
        document.add_paragraph(paragraph)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def read(name: str) -> list[Said]:
    (path,) = (p for p in TRANSCRIPTS.glob(f"{name}.*") if p.suffix != ".expected")
    data, file = path.read_bytes(), path.name
    if file.endswith(".docx.txt"):
        data, file = word_document(data.decode("utf-8")), file.removesuffix(".txt")
    found = extraction_from(page_from_bytes(data, format_of_name(file)))
    return [(v.speaker or "", v.start, v.text) for v in found.verbatims]


def judged(wanted: Iterable[Said], found: list[Said]) -> Iterator[tuple[Said, Said | None]]:
    """Each turn with what was read of it; the pieces of a long one, cut at sentences, are one."""
    left = list(found)
    for turn in wanted:
        for at, (who, start, words) in enumerate(left):
            end = at + 1
            while turn[2].startswith(f"{words} ") and end < len(left):
                words, end = f"{words} {left[end][2]}", end + 1
            if words == turn[2]:
                del left[at:end]
                yield turn, (who, start, words)
                break
        else:
            yield turn, None
    yield from ((("", None, ""), stray) for stray in left)


def test_turns_and_names_of_every_tool(capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [pair for name in NAMES for pair in judged(expected(name), read(name))]
    turns = sum(found is not None and wanted[1:] == found[1:] for wanted, found in pairs)
    names = sum(found is not None and wanted[0] == found[0] for wanted, found in pairs)
    with capsys.disabled():
        print(f"\n{len(NAMES)} transcripts: turns {turns}/{len(pairs)}, names {names}/{len(pairs)}")
    assert turns >= 0.97 * len(pairs)
    assert names >= 0.97 * len(pairs)


def said(text: str, name: str = "page.txt") -> list[Said]:
    found = extraction_from(page_from_bytes(text.encode(), format_of_name(name)))
    return [(v.speaker or "", v.start, v.text) for v in found.verbatims]


def problems(data: bytes, name: str = "page.txt") -> dict[str, str]:
    found = extraction_from(page_from_bytes(data, format_of_name(name)))
    return {problem.code: problem.message for problem in found.problems}


TWO = [("Ana Lu", 5, "Il gèle."), ("Noé Vial", 65, "Depuis hier ?")]


@pytest.mark.parametrize(
    "text",
    [
        "[00:00:05] Ana Lu : Il gèle.\n[00:01:05] Noé Vial : Depuis hier ?",
        "00:05 – Ana Lu : Il gèle.\n01:05 – Noé Vial : Depuis hier ?",
        "Ana Lu (00:05) : Il gèle.\nNoé Vial (01:05) : Depuis hier ?",
        "Ana Lu  0:05\nIl gèle.\n\nNoé Vial  1:05\nDepuis hier ?",
        "Ana Lu\n0:05\nIl gèle.\n\nNoé Vial\n1:05\nDepuis hier ?",
        "0:05\nAna Lu\nIl gèle.\n1:05\nNoé Vial\nDepuis hier ?",
        "00:05\n\nAna Lu : Il gèle.\n01:05\n\nNoé Vial : Depuis hier ?",
        "[Ana Lu] 00:00:05\nIl gèle.\n\n[Noé Vial] 00:01:05\nDepuis hier ?",
        "Ana Lu 0 minutes 5 secondes\nIl gèle.\nNoé Vial 1 minute 5 secondes\nDepuis hier ?",
        "Ana Lu 0 minutes 5 seconds\nIl gèle.\nNoé Vial 1 minute 5 seconds\nDepuis hier ?",
        "Ana Lu [5 secondes]\nIl gèle.\nNoé Vial [1 min 05]\nDepuis hier ?",
        "00:00:05.000 --> 00:00:08.000\nAna Lu: Il gèle.\n\n2\n"
        "00:01:05.000 --> 00:01:08.000\nNoé Vial: Depuis hier ?",
        "[00:05] Ana Lu : Il gèle. [01:05] Noé Vial : Depuis hier ?",
    ],
)
@pytest.mark.parametrize("name", ["page.txt", "page.md", "page.html"])
def test_a_time_a_name_and_words_stand_in_any_order(text: str, name: str) -> None:
    if name == "page.html":
        text = "<p>" + text.replace("\n", "<br>") + "</p>"
    if name == "page.md":
        text = text.replace("\n", "\n\n")
    if "-->" in text and name != "page.txt":
        return  # nobody pastes captions there
    assert said(text, name) == TWO


def test_the_rows_of_a_table_are_turns() -> None:
    rows = "".join(
        f"<tr><td>{time}</td><td>{who}</td><td>{words}</td></tr>"
        for time, who, words in [("0:05", "Ana Lu", "Il gèle."), ("1:05", "Noé Vial", TWO[1][2])]
    )
    assert said(f"<h1>Le gel</h1><table>{rows}</table>", "page.html") == TWO


CUE = "WEBVTT\n\n00:01.000 --> 00:09.000\n"


@pytest.mark.parametrize(
    ("cue", "turns"),
    [
        ("il gèle &gt;&gt; depuis hier", [("", "il gèle"), ("", "depuis hier")]),
        ("[SPEAKER_00] Il gèle. [SPEAKER_01] Ah ?", [("", "Il gèle."), ("", "Ah ?")]),
        ("SPEAKER_00: Il gèle.\nSPEAKER_01: Ah ?", [("", "Il gèle."), ("", "Ah ?")]),
        ("[Ana Lu] Il gèle. [Noé Vial] Ah ?", [("Ana Lu", "Il gèle."), ("Noé Vial", "Ah ?")]),
        ("Ana Lu : Il gèle. Noé Vial : Ah ?", [("Ana Lu", "Il gèle."), ("Noé Vial", "Ah ?")]),
        ("- ANA LU : Il gèle.\n- Ah ?", [("Ana Lu", "Il gèle."), ("", "Ah ?")]),
        ("Il gèle.\n- Ah ?", [("", "Il gèle."), ("", "Ah ?")]),
        (
            "<v Ana Lu>Il gèle.</v>\n<v Noé Vial>Ah ?</v>",
            [("Ana Lu", "Il gèle."), ("Noé Vial", "Ah ?")],
        ),
        ("(Ana Lu)\nIl gèle.", [("Ana Lu", "Il gèle.")]),
        ("Il gèle [Musique] encore.\n(rires)", [("", "Il gèle encore.")]),
        ("Il gèle.\nSous-titrage Société Radio-Canada", [("", "Il gèle.")]),
        ("Intervenant 1 : Il gèle.\nIntervenante 2 : Ah ?", [("", "Il gèle."), ("", "Ah ?")]),
        ("Ana Lu : Noé Vial : c’est lui.", [("Ana Lu", "Noé Vial : c’est lui.")]),
        ("Résultat : il gèle [sic] à 5:30.", [("", "Résultat : il gèle [sic] à 5:30.")]),
    ],
)
def test_voices_never_merge_and_words_stay_to_the_letter(
    cue: str, turns: list[tuple[str, str]]
) -> None:
    assert [(who, words) for who, _, words in said(CUE + cue, "page.vtt")] == turns


def test_a_cue_without_a_voice_among_named_ones_is_nobodys() -> None:
    text = f"{CUE}<v Ana Lu>Il gèle.\n\n00:10.000 --> 00:11.000\nAh ?\n\n"
    text += "00:12.000 --> 00:13.000\n<v Ana Lu>Oui."
    assert [who for who, _, _ in said(text, "page.vtt")] == ["Ana Lu", "", "Ana Lu"]


def test_one_doubt_for_all_the_turns_without_a_name() -> None:
    found = problems(b"[00:05] SPEAKER_00: Oui.\n[00:09] SPEAKER_01: Non.")
    assert found["intervenant"].startswith("2\u00a0répliques sans nom")


def test_contact_data_lose_their_turn_only_and_it_is_told() -> None:
    text = "[00:05] Ana Lu : Bonjour.\n[00:09] Noé Vial : Appelez le 09 72 51 00 00.\n"
    text += "[00:12] Ana Lu : Ou écrivez."
    assert [words for _, _, words in said(text)] == ["Bonjour.", "Ou écrivez."]
    assert "coordonnees" in problems(text.encode())


def test_contact_data_of_a_dialogue_without_times_lose_their_turn_only() -> None:
    turns = ["Ana Lu : Bonjour à tous ici.", "Noé Vial : Chez nous, il gèle depuis hier."]
    turns += [
        "Ana Lu : Appelez le 09 72 51 00 00.",
        "Noé Vial : Ou venez ?",
        "Ana Lu : Oui, venez.",
    ]
    text = "Parler du gel\n\n" + "\n\n".join(turns)
    assert "Chez nous, il gèle depuis hier." in [words for _, _, words in said(text)]
    assert "coordonnees" in problems(text.encode())


QUOTE = "\n« On a planté quarante arbres en un hiver », explique Nadia Ferrand, présidente.\n"


@pytest.mark.parametrize(
    "page",
    [
        "9:00 Accueil\n9:30 Ana Lu : La haie\n10:15 Noé Vial : La ville\n11:00 Pause\n12:00 Fin",
        "00:00 Introduction\n02:15 Les haies\n10:40 Les oiseaux du canton\n21:05 Questions",
        "Rendez-vous à 18:30 devant la mairie.",
    ],
)
def test_a_programme_and_chapters_are_no_transcript(page: str) -> None:
    text = f"Le bocage en fête\n\n{page}\n{QUOTE}"
    assert [v[::2] for v in said(text)] == [
        ("Nadia Ferrand", "On a planté quarante arbres en un hiver")
    ]
    assert "transcription" not in problems(text.encode())


def test_a_transcript_that_is_not_read_is_told() -> None:
    lines = [f"{n}) 00:00:0{n}:00 / locuteur gauche / mot" for n in range(1, 8)]
    found = problems("\n".join(lines).encode())["transcription"]
    assert "7 lignes portent un code temporel" in found


def test_hours_of_the_clock_are_counted_from_the_first_turn() -> None:
    text = "[Ana Lu] 14:02:11\nIl gèle.\n[Noé Vial] 14:03:11\nAh ?"
    assert [start for _, start, _ in said(text)] == [0, 60]
    assert "horloge" in problems(text.encode())["debut"]


def test_a_broken_time_loses_no_words_and_is_told() -> None:
    text = f"{CUE}Ana Lu: Il gèle.\n\n00:x --> 00:20.000\nNoé Vial: Ah ?\n"
    assert [words for _, _, words in said(text, "page.vtt")] == ["Il gèle.", "Ah ?"]
    assert "illisible" in problems(text.encode(), "page.vtt")["transcription"]


@pytest.mark.parametrize("name", ["page.txt", "page.md", "page.html", "page.vtt"])
def test_a_wrong_encoding_is_told(name: str) -> None:
    text = CUE + "Ana Lu : Le pré est gelé."
    data = text.encode().decode("cp1252").encode()
    assert "UTF-8" in problems(data, name)["encodage"]
    assert "encodage" not in problems(text.encode(), name)


def test_old_files_of_a_mac_are_read() -> None:
    text = "[00:05] Ana Lu : Déjà gelé, très tôt.\n[00:09] Noé Vial : Où ça ?"
    data = text.encode("mac_roman")
    assert page_from_bytes(data, format_of_name("page.txt")).blocks[0].text.startswith("Déjà gelé")
    assert page_from_bytes(text.encode("cp1252"), format_of_name("page.txt")).blocks[0].text == (
        "Déjà gelé, très tôt."
    )


@pytest.mark.parametrize(
    "flood",
    [
        "0:05 ",
        "[0:05]",
        "Ana Lu : ",
        "5 minutes ",
        "[",
        "Ana Lu 0:05 ",
        "SPEAKER_00 ",
        ">> ",
        ">> : ",
    ],
)
def test_a_long_odd_line_is_read_at_once(flood: str) -> None:
    text = (
        "[00:05] Ana Lu : Il gèle.\n" + flood * (60_000 // len(flood)) + "\n[00:09] Ana Lu : Oui."
    )
    assert said(text)[0][0] == "Ana Lu"


def test_a_turn_cut_in_two_by_the_editor_keeps_its_moment() -> None:
    text = "[01:05] Ana Lu : Il gèle. Encore.\n[02:00] Noé Vial : Ah ?"
    found = extraction_from(page_from_bytes(text.encode(), format_of_name("page.txt")))
    draft = draft_from(found, "gel").text()
    mark = next(line for line in draft.split("\n") if "debut=1:05" in line)
    for one, two in [(mark, "> — Ana Lu"), ("> — Ana Lu", mark), (mark, "> — Ana Lu {debut=1:09}")]:
        halves = f"> Il gèle.\n{one}\n\n> Encore.\n{two}"
        cut = draft.replace(f"> Il gèle. Encore.\n{mark}", halves)
        webinar = read_writeup(cut, "gel").webinar
        assert webinar
        second = 69 if "1:09" in two else 65
        assert [v.start for v in webinar.verbatims] == [65, second, 120]
