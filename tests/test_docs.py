"""What the documents promise: every command, setting and key is told, every file named exists."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from corpus.settings import (
    FollowSettings,
    IntegrationSettings,
    ProposalSettings,
    ReadingSettings,
    ServerSettings,
    Settings,
)
from corpus.site import SAMPLE_SITE
from web.cli.main import COMMANDS

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "guide-editeur.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
LEXICON = tomllib.loads((SAMPLE_SITE / "lexique.toml").read_text("utf-8"))
GOLDEN = tomllib.loads((SAMPLE_SITE / "requetes.toml").read_text("utf-8"))["requete"]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_guide_names_every_command(command: str) -> None:
    assert re.search(rf"`verbatheque {command}\b", GUIDE)


SETTINGS = [
    field.name
    for table in (
        Settings,
        ReadingSettings,
        FollowSettings,
        ServerSettings,
        ProposalSettings,
        IntegrationSettings,
    )
    for field in fields(table)
]


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_is_told(setting: str) -> None:
    assert f"`{setting}`" in GUIDE + README


@pytest.mark.parametrize("section", sorted(LEXICON))
def test_the_guide_names_every_section_of_the_lexicon(section: str) -> None:
    assert f"[{section}]" in GUIDE


@pytest.mark.parametrize("key", sorted({key for query in GOLDEN for key in query}))
def test_the_guide_names_every_key_of_a_golden_query(key: str) -> None:
    assert f"`{key}`" in GUIDE


def test_every_file_that_the_architecture_names_exists() -> None:
    named = re.findall(r"`([^`\s]+\.py)`", ARCHITECTURE)
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []
