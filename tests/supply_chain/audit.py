"""Ask pip-audit for the known vulnerabilities of the locked packages, those of the extras too.

One that is known fails. A service that cannot be asked, or that knows none of the packages (a
mirror without that part), is told, and fails only with --strict. Other options go to pip-audit.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from tests.supply_chain.lock import EXTRAS, RUN_TIME

_AUDIT = [
    *(sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"),
    *("--disable-pip", "--require-hashes", "--requirement", str(RUN_TIME)),
    *(word for lock in EXTRAS for word in ("--requirement", str(lock))),
]
_NO_ANSWER = ("requests.exceptions.", "ServiceError", "network may be blocking")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the service said: sentences on vulnerable packages, and how many it knew, or not."""

    vulnerable: tuple[str, ...]
    known: int
    unknown: tuple[str, ...]


def verdict_of(report: dict[str, Any]) -> Verdict:
    """Read a report; a package that the service does not know was not audited."""
    packages = report["dependencies"]
    vulnerable = [
        f"{package['name']} {package['version']}: {found['id']}, fixed in "
        f"{', '.join(found['fix_versions']) or 'no version yet'}"
        for package in packages
        for found in package.get("vulns", ())
    ]
    unknown = tuple(package["name"] for package in packages if "skip_reason" in package)
    return Verdict(tuple(vulnerable), len(packages) - len(unknown), unknown)


def main(arguments: list[str]) -> int:
    """Print the verdict and give the exit code."""
    is_strict = "--strict" in arguments
    options = [argument for argument in arguments if argument != "--strict"]
    ran = subprocess.run([*_AUDIT, *options], capture_output=True, text=True)
    if not ran.stdout.strip():
        if not any(sign in ran.stderr for sign in _NO_ANSWER):
            print(ran.stderr, file=sys.stderr)
            return 1
        print("Vulnerabilities: SKIPPED, the service cannot be asked.")
        return int(is_strict)
    verdict = verdict_of(json.loads(ran.stdout))
    for sentence in verdict.vulnerable:
        print(f"Vulnerability: {sentence}")
    if not verdict.known:
        print(
            f"Vulnerabilities: SKIPPED, the service knows none of {len(verdict.unknown)} packages."
        )
        return int(is_strict)
    print(f"Vulnerabilities: {len(verdict.vulnerable)} in {verdict.known} packages.")
    if verdict.unknown:
        print(f"Not known to the service, not audited: {', '.join(verdict.unknown)}.")
    return int(bool(verdict.vulnerable))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
