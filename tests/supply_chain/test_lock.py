"""The lock is whole: every package exact, with digests, and installed as it says."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.supply_chain.lock import MEANING, ROOT, RUN_TIME, locked_packages

DEV = ROOT / "requirements-dev.txt"
EXTRA = ROOT / "requirements-mcp.txt"
CLUSTER = ROOT / "requirements-opensearch.txt"
WORKERS = ROOT / "requirements-calcul.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKED = list(locked_packages(RUN_TIME))
EXTRAS = PROJECT["project"]["optional-dependencies"]
ADDED = list(locked_packages(MEANING))
LOCKS = [(RUN_TIME, 50), (EXTRA, 50), (CLUSTER, 50), (WORKERS, 50), (DEV, 50), (MEANING, 0)]


@pytest.mark.parametrize(("path", "more_than"), LOCKS, ids=lambda value: getattr(value, "name", ""))
def test_every_package_is_exact_and_known_by_its_digests(path: Path, more_than: int) -> None:
    packages = list(locked_packages(path))
    begun = re.findall(r"^[a-z0-9]", path.read_text("utf-8"), re.MULTILINE)
    assert len(packages) == len(begun) > more_than
    for package in packages:
        assert package.hashes
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", digest) for digest in package.hashes)


@pytest.mark.parametrize("path", [path for path, _ in LOCKS], ids=lambda path: path.name)
def test_a_lock_names_no_address(path: Path) -> None:
    assert not re.search(r"://|--index|--find-links|--trusted", path.read_text("utf-8"))


@pytest.mark.parametrize("line", [*PROJECT["project"]["dependencies"], *EXTRAS["sens"]])
def test_the_lock_holds_each_direct_dependency(line: str) -> None:
    asked = Requirement(line)
    versions = [p.version for p in [*LOCKED, *ADDED] if p.name == canonicalize_name(asked.name)]
    assert versions
    assert all(asked.specifier.contains(locked) for locked in versions)


def test_what_an_extra_needs_is_locked_already() -> None:
    locked = {package.name for package in LOCKED}
    for package in ADDED:
        asked = [Requirement(line) for line in requires(package.name) or ()]
        needed = [each for each in asked if not each.marker or each.marker.evaluate({"extra": ""})]
        assert {canonicalize_name(each.name) for each in needed} <= locked


def test_tests_run_on_what_is_shipped() -> None:
    shipped = {
        (one.name, one.version)
        for path in (RUN_TIME, EXTRA, CLUSTER)
        for one in locked_packages(path)
    }
    assert shipped <= {(package.name, package.version) for package in locked_packages(DEV)}


def test_what_is_installed_is_what_is_locked() -> None:
    locked = {package.name: package.version for package in [*LOCKED, *ADDED] if package.applies}
    assert {name: version(name) for name in locked} == locked


@pytest.mark.process
def test_pip_has_nothing_to_add_to_the_lock() -> None:
    """Offline: were one package missing from the lock, or of another version, pip would look."""
    install = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-index"]
    options = ["--require-hashes", "--disable-pip-version-check", "-r", str(RUN_TIME)]
    ran = subprocess.run([*install, *options], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "Would install" not in ran.stdout


@pytest.mark.parametrize(
    "line",
    ["flask==3.1.3", "flask>=3 --hash=sha256:00", "flask @ file:///tmp/flask --hash=sha256:00"],
)
def test_a_line_that_locks_nothing_is_refused(line: str, tmp_path: Path) -> None:
    (tmp_path / "lock.txt").write_text(line, "utf-8")
    with pytest.raises(ValueError, match=r"no exact version|not enough values"):
        list(locked_packages(tmp_path / "lock.txt"))
