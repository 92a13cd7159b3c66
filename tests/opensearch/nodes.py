"""Real OpenSearch nodes on the loopback interface, as a user who is not root.

The distribution is fetched once by its Maven coordinates, checked by its digest, and kept outside
the repository. It is the server with all its modules, without plugins and without a JDK.
"""

import hashlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

VERSION = "3.8.0"
COORDINATES = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
SHA256 = "196c3cf4602c394f2e40e6174ccbf2a924eae37246f08fa6bbb6b75f9fd5ff1f"
LEAST_JAVA = 21
HEAP = os.environ.get("OPENSEARCH_HEAP", "512m")
NOBODY = "nobody"  # who runs the nodes when the tests are run by root, which OpenSearch refuses
STARTING = 240  # seconds, on a busy machine

# The options of the distribution write logs and dumps in its own folder. A serial collector and
# the first compiler spare threads, memory and time where three nodes share two cores.
JVM_OPTIONS = """\
-Xms{heap}
-Xmx{heap}
-XX:+UseSerialGC
-XX:ActiveProcessorCount=2
-XX:TieredStopAtLevel={tier}
-Xshare:auto
-Djava.io.tmpdir={root}/tmp
-XX:ErrorFile={root}/logs/fatal.log
--add-modules=jdk.incubator.vector
-javaagent:agent/opensearch-agent.jar
--add-opens=java.base/java.nio=ALL-UNNAMED
"""

SETTINGS = """\
cluster.name: verbatheque-essais
node.name: n{number}
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
discovery.seed_hosts: [{seeds}]
cluster.initial_cluster_manager_nodes: [{names}]
path.data: {root}/data
path.logs: {root}/logs
path.repo: {snapshots}
node.store.allow_mmap: false
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: {watched}
cluster.routing.allocation.disk.watermark.low: 1mb
cluster.routing.allocation.disk.watermark.high: 1mb
cluster.routing.allocation.disk.watermark.flood_stage: 1mb
cluster.info.update.interval: 10s
cluster.fault_detection.leader_check.interval: 500ms
cluster.fault_detection.leader_check.timeout: 2s
cluster.fault_detection.leader_check.retry_count: 2
cluster.fault_detection.follower_check.interval: 500ms
cluster.fault_detection.follower_check.timeout: 2s
cluster.fault_detection.follower_check.retry_count: 2
"""


def java_home() -> Path | None:
    """A JDK that is recent enough, or None."""
    asked = [os.environ.get(name, "") for name in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME")]
    found = sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    for home in [*(Path(one) for one in asked if one), *found]:
        with_release = home / "release"
        if (home / "bin" / "java").exists() and with_release.is_file():
            version = with_release.read_text().partition('JAVA_VERSION="')[2]
            if int(version.partition(".")[0].partition('"')[0] or 0) >= LEAST_JAVA:
                return home
    return None


def missing() -> str:
    """What keeps the nodes from starting here; "" when nothing does."""
    if java_home() is None:
        return f"a JDK {LEAST_JAVA} or later is needed (OPENSEARCH_JAVA_HOME)"
    if not _kept().is_dir() and shutil.which("mvn") is None:
        return "Maven is needed, to fetch OpenSearch"
    return ""


def _cache() -> Path:
    given = os.environ.get("VERBATHEQUE_CACHE")
    usual = Path("/var/cache") if os.geteuid() == 0 else Path.home() / ".cache"
    return Path(given) if given else usual / "verbatheque"


def _kept() -> Path:
    return _cache() / f"opensearch-{VERSION}"


def distribution() -> Path:
    """The folder of the distribution, fetched unless it is there."""
    home = _kept()
    if home.is_dir():
        return home
    fresh = _cache() / f".opensearch-{os.getpid()}"
    fresh.mkdir(parents=True)
    try:
        command = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={COORDINATES}"]
        subprocess.run([*command, f"-DoutputDirectory={fresh}"], check=True, timeout=600)
        archive = fresh / f"opensearch-{VERSION}.zip"
        with archive.open("rb") as file:
            assert hashlib.file_digest(file, "sha256").hexdigest() == SHA256, "not what was fetched"
        with zipfile.ZipFile(archive) as content:
            content.extractall(fresh)
        for script in (fresh / home.name / "bin").iterdir():
            script.chmod(0o755)
        (fresh / home.name).rename(home)  # whole or not at all
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return home


class Nodes:
    """A cluster of a few nodes under one folder."""

    def __init__(self, root: Path, count: int = 3, tier: int = 1, watched: bool = False) -> None:
        self.root, self._tier, self._watched = root, tier, watched
        ports = _free_ports(2 * count)
        self.http, self._transport = ports[:count], ports[count:]
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the nodes answer."""
        return tuple(f"http://127.0.0.1:{port}" for port in self.http)

    def start(self, *numbers: int) -> None:
        """Start some nodes (all), and wait until they have joined."""
        for number in numbers or range(len(self.http)):
            self._start(number)
        self.await_joined(len(self._processes))

    def _start(self, number: int) -> None:
        root = self.root / f"n{number}"
        for folder in (root / "data", root / "logs", root / "tmp", self.root / "snapshots"):
            folder.mkdir(parents=True, exist_ok=True)
        config = root / "config"
        shutil.copytree(distribution() / "config", config, dirs_exist_ok=True)
        options = JVM_OPTIONS.format(heap=HEAP, root=root, tier=self._tier)
        (config / "jvm.options").write_text(options)
        (config / "opensearch.yml").write_text(self._settings(number, root))
        _give(root)
        _give(self.root / "snapshots")
        home = java_home()
        assert home, missing()
        environment = {
            "PATH": os.environ["PATH"],
            "OPENSEARCH_JAVA_HOME": str(home),
            "OPENSEARCH_PATH_CONF": str(config),
            "OPENSEARCH_TMPDIR": str(root / "tmp"),
        }
        demoted: dict[str, Any] = {}
        if os.geteuid() == 0:
            demoted = {"user": NOBODY, "group": pwd.getpwnam(NOBODY).pw_gid, "extra_groups": []}
        with (root / "out").open("ab") as out:
            self._processes[number] = subprocess.Popen(
                [str(distribution() / "bin" / "opensearch")],
                cwd=root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                **demoted,
            )

    def _settings(self, number: int, root: Path) -> str:
        return SETTINGS.format(
            number=number,
            http=self.http[number],
            transport=self._transport[number],
            seeds=", ".join(f'"127.0.0.1:{port}"' for port in self._transport),
            names=", ".join(f"n{place}" for place in range(len(self.http))),
            root=root,
            snapshots=self.root / "snapshots",
            watched=str(self._watched).lower(),
        )

    def await_joined(self, count: int, status: str = "") -> None:
        """Wait until so many nodes are there, and the cluster of that status."""
        end = time.monotonic() + STARTING
        while time.monotonic() < end:
            for number, process in self._processes.items():
                if process.poll() is not None:
                    out = (self.root / f"n{number}" / "out").read_text("utf-8", "replace")
                    raise AssertionError(f"node {number} ended: {out[-2000:]}")
            health = self.health()
            if health.get("number_of_nodes") == count and status in {"", health["status"]}:
                return
            time.sleep(0.25)
        raise AssertionError(f"{count} nodes have not joined: {self.health()}")

    def health(self) -> dict[str, Any]:
        """What the first node that answers says of the cluster; {} when none does."""
        for number in self._processes:
            address = f"{self.addresses[number]}/_cluster/health"
            try:
                with urllib.request.urlopen(address, timeout=2) as answer:
                    health: dict[str, Any] = json.load(answer)
                    return health
            except (OSError, urllib.error.URLError, ValueError):
                continue
        return {}

    def end(self, number: int, how: int = signal.SIGKILL) -> None:
        """End one node; wait until it is gone."""
        process = self._processes.pop(number)
        process.send_signal(how)
        process.wait()

    def empty(self, number: int) -> None:
        """Take away all that a node that has ended knew: it comes back as another one."""
        shutil.rmtree(self.root / f"n{number}" / "data")

    def manager(self) -> int:
        """The node that the others have elected."""
        with urllib.request.urlopen(f"{self.addresses[0]}/_cat/cluster_manager?h=node") as answer:
            return int(answer.read().decode().strip().removeprefix("n"))

    def send(self, number: int, how: int) -> None:
        """Send a signal to one node: stop it, let it go on."""
        self._processes[number].send_signal(how)

    def close(self) -> None:
        """End all nodes."""
        for number in list(self._processes):
            self.end(number)


def _give(root: Path) -> None:
    if os.geteuid() == 0:
        for path in (root, *root.rglob("*")):
            shutil.chown(path, NOBODY, NOBODY_GROUP)


NOBODY_GROUP = pwd.getpwnam(NOBODY).pw_gid if os.geteuid() == 0 else -1


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


@contextmanager
def started(count: int = 3, **options: Any) -> Iterator[Nodes]:
    """A cluster for the length of a block."""
    root = Path(mkdtemp(prefix="verbatheque-noeuds-"))
    root.chmod(0o755)
    nodes = Nodes(root, count, **options)
    try:
        nodes.start()
        yield nodes
    finally:
        nodes.close()
        shutil.rmtree(root, ignore_errors=True)
