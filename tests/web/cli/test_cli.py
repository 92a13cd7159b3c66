"""The command line as an editor meets it: every refusal is a French sentence, and loses nothing."""

import json
import re
import shlex
from pathlib import Path

import pytest

from corpus.site import Site, read_site
from indexer.build import Summary
from indexer.generations import index_store
from tests.calling import call
from tests.small_site import SMALL_SITE
from web.cli.indexing import tell
from web.cli.main import COMMANDS, FORMER, verbatheque
from web.cli.options import BUILD_RUNNING, DONE, DONE_WITH_PROBLEMS, REFUSED


def test_a_new_site_has_nothing_to_mend(site: Path) -> None:
    assert read_site(site).problems == ()
    assert read_site(site).themes
    assert call("check", "--site", site) == DONE


def test_a_site_is_never_made_over_another(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "verbatheque.toml").write_text('titre = "À moi"', "utf-8")
    assert call("init", site) == REFUSED
    assert "déjà un site" in capsys.readouterr().err
    assert (site / "verbatheque.toml").read_text("utf-8") == 'titre = "À moi"'


@pytest.mark.process
def test_a_page_becomes_a_draft_once(
    site: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("add", page, "--site", site) in {DONE, DONE_WITH_PROBLEMS}
    (draft,) = (site / "webinaires").iterdir()
    written = draft.read_text("utf-8")
    assert "> Nous avons planté quarante pommiers un dimanche de pluie." in written
    assert "> — Ana Lu {#" in written
    assert call("add", page, "--site", site) in {DONE, DONE_WITH_PROBLEMS}
    assert "rien n’a changé" in capsys.readouterr().err
    assert draft.read_text("utf-8") == written


@pytest.mark.process
def test_doubts_are_told_by_the_exit_code_except_to_programs_that_extract(
    site: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page.read_text("utf-8").replace("ce soir-là. » Noé Vial", "ce soir-là. »")
    page.write_text(text, "utf-8")
    assert call("extract", page) == DONE_WITH_PROBLEMS
    assert call("extract", page, "--json") == DONE
    capsys.readouterr()
    assert call("add", page, "--site", site, "--json") == DONE_WITH_PROBLEMS
    assert json.loads(capsys.readouterr().out)["problems"]
    assert call("add", page.parent, "--site", site) == DONE  # it is there, and was told
    for draft in (site / "webinaires").iterdir():
        draft.unlink()
    assert call("add", page.parent, "--site", site) == DONE_WITH_PROBLEMS


@pytest.mark.process
def test_extract_prints_the_contract(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("extract", page, "--json") == DONE
    found = json.loads(capsys.readouterr().out)
    assert list(found) == [
        "title",
        "held_on",
        "published_on",
        "url",
        "replay_url",
        "speakers",
        "key_ideas",
        "verbatims",
        "problems",
    ]
    assert found["held_on"] == "2024-03-05"
    assert found["verbatims"][0]["speaker"] == "Ana Lu"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vide.txt", b" \n", "est vide"),
        ("image.txt", b"\x89PNG\0\0", "n’est pas un texte"),
        ("page.xyz", b"bonjour", "Formats lus"),
    ],
)
def test_a_file_that_is_no_page_is_refused(
    name: str, content: bytes, said: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = site.parent / name
    path.write_bytes(content)
    assert call("add", path, "--site", site) == REFUSED
    assert said in capsys.readouterr().err
    assert not list((site / "webinaires").iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serch"], "commande inconnue"),
        (["search", "--sort", "bazar", "mot"], "Valeurs possibles\u00a0: themes"),
        (["search", "--limit", "0", "mot"], "entre 1 et 1000"),
        (["search", "--limit"], "attend une valeur"),
        (["build", "--frce"], "--force"),
        (["add"], "il manque PAGE"),
        (["add", "absente.txt"], "n’existe pas"),
        (["init", "a", "b"], "argument en trop"),
        (["check", "--site", "nulle-part"], "verbatheque init"),
    ],
)
def test_wrong_use_is_explained_in_french(
    arguments: list[str],
    said: str,
    sample_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(sample_folder)
    assert call(*arguments) == REFUSED
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


@pytest.mark.model
def test_too_long_a_query_is_refused(sample_site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("search", "mot " * 2500, "--site", sample_site.folder) == REFUSED
    assert "trop longue" in capsys.readouterr().err


def test_what_the_system_refuses_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fichier").touch()
    assert call("init", tmp_path / "fichier" / "site") == REFUSED
    assert "impossible de lire ou d’écrire" in capsys.readouterr().err


def test_a_folder_is_no_write_up(site: Path) -> None:
    (site / "webinaires" / "dossier.md").mkdir()
    assert call("check", "--site", site) == DONE


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_is_in_french(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(command, "--help") == DONE
    shown = capsys.readouterr().out
    assert "Usage : verbatheque" in shown
    assert "\nOptions :\n" in shown
    assert "Show this message" not in shown


RENAMED = [  # what was typed, what is typed now
    ('oublier "Ana Lu" --oui', 'forget "Ana Lu" --yes'),
    ("propositions --lire 3 --titre Verger", "proposals --draft 3 --title Verger"),
    ("propositions --effacer 3", "proposals --delete 3"),
    ("propositions --effacer-tout --oui", "proposals --delete-all --yes"),
    ("sauvegarder a.tar.gz", "backup a.tar.gz"),
    ("restaurer a.tar.gz site", "restore a.tar.gz site"),
    ("search --tri=date mot", "search --sort=date mot"),
    ("export --statique out", "export --static out"),
]


def parsed(line: str) -> tuple[str | None, dict[str, object]]:
    context = verbatheque.make_context("verbatheque", shlex.split(line))
    name, command, rest = verbatheque.resolve_command(context, shlex.split(line))
    assert command
    return name, command.make_context(name, rest, parent=context).params


@pytest.mark.parametrize(("former", "now"), RENAMED)
def test_a_former_name_does_what_the_new_one_does(former: str, now: str) -> None:
    assert parsed(former) == parsed(now)


def test_former_names_all_work_and_none_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    typed = {word.lstrip("-") for line, _ in RENAMED for word in re.split("[ =]", line)}
    assert typed >= FORMER.keys()
    for words in (["serch"], ["--help"], *([command, "--help"] for command in COMMANDS)):
        call(*words)
    shown = "".join(capsys.readouterr())
    assert re.findall(r"(?:--|^  |, )(forget|sort)\b", shown, re.MULTILINE)
    assert not re.findall(rf"(?:--|^  |, )({'|'.join(FORMER)})\b", shown, re.MULTILINE)


def test_searching_before_building_names_the_command(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("search", "mot", "--site", site) == REFUSED
    assert "verbatheque build" in capsys.readouterr().err


@pytest.mark.model
def test_a_page_is_found_a_moment_after_it_was_added(
    site: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call("add", page, "--site", site)
    assert call("build", "--site", site) == DONE
    assert "2 verbatims, 1 idée clé" in capsys.readouterr().err.replace("\u00a0", " ")
    assert call("search", "pommier", "--site", site, "--json", "--limit", "5") == DONE
    answer = json.loads(capsys.readouterr().out)
    assert [hit["speaker"] for hit in answer["hits"]] == ["Ana Lu"]
    assert {"query", "total", "repaired", "hits", "themes", "facets", "took_ms"} <= set(answer)


@pytest.mark.model
def test_export_gives_every_record_with_every_theme(
    sample_site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("export", "--json", "--site", sample_site.folder) == DONE
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    said = [v for webinar in sample_site.webinars for v in webinar.verbatims]
    texts = {line["id"]: line["text"] for line in lines}
    assert {v.id: v.text for v in said}.items() <= texts.items()
    assert {len(line["themes"]) for line in lines} == {len(sample_site.themes)}


@pytest.mark.model
@pytest.mark.parametrize(
    ("encoder", "said"),
    [("petit 1", "par le sens : oui (petit 1)."), ("", "installez verbatheque[sens].")],
)
def test_a_build_says_whether_meaning_is_searched(
    encoder: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(Summary(1, 5, 2, encoder=encoder), SMALL_SITE, 1.0)
    assert said in capsys.readouterr().err.replace("\u00a0", " ")


def test_a_build_that_runs_keeps_others_out(
    sample_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with index_store(read_site(sample_folder)).lock():
        assert call("build", "--site", sample_folder) == BUILD_RUNNING
    assert "en cours" in capsys.readouterr().err


def test_every_command_is_in_the_readme() -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    assert all(f"verbatheque {command}" in readme for command in COMMANDS)
