"""A site is read whole; what is wrong in its lists is told with its remedy."""

from pathlib import Path

import pytest

from corpus.site import read_site


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(problem.code, problem.file) for problem in read_site(folder).problems]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("verbatheque.toml", 'titres = "x"', "reglage-inconnu"),
        ("verbatheque.toml", "titre = 3", "reglage-type"),
        ("verbatheque.toml", "titre = ", "toml"),
        ("themes.toml", '[[themes]]\nslug = "a"', "cle"),
        ("themes.toml", '[[theme]]\nslug = "Été"\nlibelle = "x"', "theme-slug"),
        ("themes.toml", '[[theme]]\nslug = "a"', "theme-libelle"),
        ("themes.toml", '[[theme]]\nslug = "a"\nlibelle = "A"\ntermes = "x"', "theme-termes"),
        ("themes.toml", '[[theme]]\nslug = "a"\nlibelle = "A"\nterme = ["x"]', "cle"),
        ("themes.toml", '[theme]\nslug = "a"', "theme"),
        ("lexique.toml", '[sigle]\nA = "b"', "lexique-section"),
        ("lexique.toml", "[sigles]\nA = 3", "lexique"),
        ("lexique.toml", '[synonymes]\nmédecin = ["x"]', "toml"),
        ("requetes.toml", '[[requetes]]\ntexte = "a"', "cle"),
        ("requetes.toml", '[[requete]]\ntexte = "a"\nattendu = ["b"]', "cle"),
        ("requetes.toml", "[[requete]]\nrang = 3", "requete"),
        ("requetes.toml", '[[requete]]\ntexte = "a"\nattendus = "b"', "requete"),
    ],
)
def test_a_fault_in_a_list_is_told(tmp_path: Path, name: str, content: str, code: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert (code, name) in codes(tmp_path)


def test_two_webinars_may_share_an_id_and_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "webinaires"
    folder.mkdir()
    for name in ("un", "deux"):
        text = f"---\ntitre: {name}\ndate: 2024-01-01\n---\n\n> Dit {name}.\n> {{#a1}}\n"
        (folder / f"{name}.md").write_text(text, "utf-8")
    site = read_site(tmp_path)
    said = [verbatim for webinar in site.webinars for verbatim in webinar.verbatims]
    assert sorted(verbatim.text for verbatim in said) == ["Dit deux.", "Dit un."]
    assert len({verbatim.id for verbatim in said}) == 2
    assert ("id-double", "webinaires/un.md") in codes(tmp_path)


def test_one_unreadable_writeup_keeps_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "webinaires"
    folder.mkdir()
    (folder / "a.md").write_bytes(b"---\ntitre: caf\xe9\n---\n")
    (folder / "b.md").write_text("---\ntitre: B\ndate: 2024-01-01\n---\n\n> Dit.\n", "utf-8")
    assert [webinar.id for webinar in read_site(tmp_path).webinars] == ["b"]
    assert ("encodage", "webinaires/a.md") in codes(tmp_path)


def test_two_spellings_of_one_name_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "webinaires"
    folder.mkdir()
    for name in ("Élodie Lu", "Elodie Lu"):
        text = f"---\ntitre: T\ndate: 2024-01-01\nintervenants:\n  - nom: {name}\n---\n\n> Dit.\n"
        (folder / f"{len(name.encode())}.md").write_text(text, "utf-8")
    assert ("orthographe-nom", "webinaires") in codes(tmp_path)
