"""What docs/deploy tells can be done: the commands exist, the files suit their programs."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.proposals import FOLDER
from web.cli.main import command_named
from web.proposing import MAX_BODY

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "docs" / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.name != "README.md")
UNITS = [path for path in FILES if path.suffix in {".service", ".timer"}]
DRAFTS = {"/srv/verbatheque/site/webinaires", "-/srv/verbatheque/site/.verbatheque"}
SERVICES = [path for path in UNITS if path.suffix == ".service"]
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
README = (DEPLOY / "README.md").read_text("utf-8")
PROPOSED = f"-/srv/verbatheque/site/{FOLDER}"  # the dash: where there is none, nothing


def command_lines() -> Iterator[tuple[str, list[str]]]:
    """Each use of verbatheque: the file, and the words after the program."""
    for path in SERVICES:
        for line in re.findall(r"^ExecStart=(.+)$", path.read_text("utf-8"), re.MULTILINE):
            yield path.name, shlex.split(line)[1:]
    yield "Containerfile", listed(CONTAINER.rsplit("CMD ", 1)[1])
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL):
        for line in re.split(r"\n|&&", block.replace("\\\n", " ")):
            used = re.search(r"(?:sudo -u verbatheque|(?<!-t) verbatheque) (verbatheque .+)$", line)
            if used:
                yield "README.md", shlex.split(used[1], comments=True)[1:]


def listed(text: str) -> list[str]:
    return re.findall(r'"([^"]*)"', text)


LINES = list(command_lines())


def test_every_use_was_met() -> None:
    assert len(LINES) >= 10
    assert {file for file, _ in LINES} >= {path.name for path in SERVICES}


@pytest.mark.parametrize(("file", "words"), LINES, ids=[" ".join(words) for _, words in LINES])
def test_the_commands_and_their_options_exist(file: str, words: list[str]) -> None:
    name, *arguments = words
    command = command_named(name)
    context = command.make_context(name, arguments, resilient_parsing=False)
    assert context.params


def test_the_readme_names_every_file() -> None:
    assert len(FILES) >= 5
    assert [path.name for path in FILES if path.stem not in README] == []


@pytest.mark.process
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    copies = []
    for path in UNITS:  # the program is not installed where the units say
        copy = tmp_path / path.name
        text = path.read_text("utf-8")
        copy.write_text(text.replace("/opt/verbatheque/bin/verbatheque", "/bin/true"), "utf-8")
        copies.append(str(copy))
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *copies], capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_can_do_little(path: Path) -> None:
    said = dict(
        line.split("=", 1)
        for line in path.read_text("utf-8").splitlines()
        if "=" in line and not line.startswith(("#", "Exec", "SystemCallFilter=~"))
    )
    assert said["User"] not in {"", "root"}
    for key in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "RestrictSUIDSGID"):
        assert said[key] == "yes", key
    assert said["ProtectSystem"] == "strict"
    assert said["CapabilityBoundingSet"] == ""
    assert said["ReadOnlyPaths"] == "/srv/verbatheque"
    assert "MemoryMax" in said
    drafts = DRAFTS if path.stem == "verbatheque-suivi" else set()
    written = {"/var/backups/verbatheque", PROPOSED} | drafts
    assert set(said.get("ReadWritePaths", "").split()) <= written


def test_the_site_starts_again_by_itself_and_writes_only_what_visitors_propose() -> None:
    unit = (DEPLOY / "verbatheque.service").read_text("utf-8")
    assert "\nRestart=always\n" in unit
    assert "\nExecReload=/bin/kill -HUP $MAINPID\n" in unit
    assert re.findall(r"ReadWritePaths=(.*)", unit) == [PROPOSED]


def test_the_proxy_lets_a_proposal_in_at_one_address_only() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text("utf-8")
    sizes = re.findall(r"(?:location ([^{]+) \{\s+)?client_max_body_size (\w+);", proxy)
    assert sizes == [("", "64k"), ("= /proposer", f"{MAX_BODY // 1_000_000}m")]


def test_the_image_is_made_of_what_is_there_and_locked() -> None:
    copied = [
        word
        for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.MULTILINE)
        for word in line.split()[:-1]
    ]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    for line in re.findall(r"^RUN .*pip install.*$", CONTAINER, re.MULTILINE):
        assert "--require-hashes -r requirements.txt" in line or "--no-index --no-deps" in line


def test_the_image_is_not_run_by_root() -> None:
    last_stage = CONTAINER.rsplit("FROM ", 1)[1]
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", last_stage, re.MULTILINE)


def test_the_proxy_says_who_asks_and_keeps_it_from_the_log() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text("utf-8")
    for header in ("Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme"):
        assert f"proxy_set_header {header};" in proxy
    (logged,) = re.findall(r"log_format .*;", proxy)
    assert not re.search(r"remote_addr|forwarded|request_uri|\$request |args|referer", logged)
