"""A real WordPress, from the packages of Debian, with a MariaDB and a PHP of its own.

All of it stands in one folder and on one port, and goes away with them. Only what hosts have
and a test has not is arranged: WordPress may ask an address of this machine.
"""

import io
import json
import os
import shutil
import subprocess
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

from tests.browser.engines import free_port, running, when_there

DEBIAN = Path("/usr/share/wordpress")
BOOT = Path(__file__).with_name("wordpress_boot.php")
NEEDED = ("mariadbd", "mariadb-install-db", "php")
THEMES = ("twentytwentythree", "twentytwentyone")  # of blocks; of templates

CONFIGURATION = """<?php
define('DB_NAME', 'test');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{folder}/socket');
define('DB_CHARSET', 'utf8mb4');
define('WP_ENVIRONMENT_TYPE', 'local'); // passwords of applications without https
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);
define('WP_DEBUG_LOG', '{folder}/debug.log');
$table_prefix = 'wp_';
require_once __DIR__ . '/wp-settings.php';
"""

# Hosts have names and usual ports: this machine is no stranger here.
NEIGHBOURS = """<?php
add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', fn($ports, $host, $address) =>
    [...$ports, (int) parse_url($address, PHP_URL_PORT)], 10, 3);
"""


@dataclass
class WordPress:
    """One that is running."""

    folder: Path
    address: str
    passwords: dict[str, str] = field(default_factory=dict)
    shown: tuple[str, bool] = ("", False)  # the theme, and whether the plugin is active

    def run(self, code: str) -> str:
        """What some PHP prints inside WordPress."""
        host = self.address.removeprefix("http://")
        done = subprocess.run(
            ["php", BOOT, self.folder / "wordpress", code],
            env=os.environ | {"WORDPRESS_HOST": host},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, role: str, path: str, **fields: Any) -> Any:
        """Ask as the editor does: by the REST interface, with the rights of a role."""
        word = b64encode(f"{role}:{self.passwords[role]}".encode()).decode()
        asked = Request(f"{self.address}/index.php?rest_route={path}")
        asked.add_header("Authorization", f"Basic {word}")
        asked.add_header("Content-Type", "application/json")
        asked.data = json.dumps(fields).encode() if fields else None
        with urlopen(asked) as answer:
            return json.loads(answer.read())

    def publish(self, role: str, content: str) -> tuple[str, str]:
        """The address of a post that somebody of this role saved, and what WordPress kept of it."""
        said = self.ask(
            role, "/wp/v2/posts&context=edit", title="Essai", status="publish", content=content
        )
        return f"{self.address}/?p={said['id']}", said["content"]["raw"]

    def install(self, archive: bytes) -> None:
        """Unpack a plugin where WordPress looks for them."""
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            opened.extractall(self.folder / "wordpress" / "wp-content" / "plugins")

    def show(self, theme: str, with_plugin: bool) -> None:
        """Change theme, and have the plugin or not."""
        if self.shown != (theme, with_plugin):
            way = "activate_plugin" if with_plugin else "deactivate_plugins"
            self.run(f"switch_theme('{theme}'); {way}('verbatheque/verbatheque.php');")
            self.shown = theme, with_plugin

    def complaints(self) -> str:
        """What PHP had to say of the code it ran."""
        log = self.folder / "debug.log"
        return log.read_text() if log.exists() else ""


def missing() -> str:
    """What a machine lacks to run one; "" when it has all."""
    absent = [name for name in NEEDED if not shutil.which(name)]
    themes = [DEBIAN / "wp-content" / "themes" / name for name in THEMES]
    absent += [str(path) for path in (DEBIAN / "wp-load.php", *themes) if not path.exists()]
    return ", ".join(absent)


@contextmanager
def wordpress() -> Iterator[WordPress]:
    with TemporaryDirectory(prefix="wp-") as name:  # the path of a socket must be short
        folder = Path(name)
        made = WordPress(folder, f"http://127.0.0.1:{free_port()}")
        _lay(folder)
        with _database(folder), _pages(made):
            made.passwords = json.loads(made.run("made").splitlines()[-1])
            yield made


def _lay(folder: Path) -> None:
    """The files of WordPress, in French, with a configuration of our own."""
    foreign = shutil.ignore_patterns("*.mo")
    root = folder / "wordpress"
    root.mkdir()
    for part in DEBIAN.iterdir():
        if part.is_dir():
            shutil.copytree(part, root / part.name, ignore=foreign)
        elif part.exists():  # the links of the package to its own configuration may not be
            shutil.copy(part, root / part.name)
    languages = root / "wp-content" / "languages"
    for path in (DEBIAN / "wp-content" / "languages").glob("*fr_FR*"):
        shutil.copy(path, languages)
    ours = root / "wp-content" / "mu-plugins"
    ours.mkdir()
    (ours / "neighbours.php").write_text(NEIGHBOURS)
    (root / "favicon.ico").touch()
    (root / "wp-config.php").write_text(CONFIGURATION.format(folder=folder))


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    where = [
        "--no-defaults",
        f"--datadir={folder}/data",
        *(["--user=root"] if not os.getuid() else []),
    ]
    trusting = "--auth-root-authentication-method=normal"
    log = (folder / "database.log").open("wb")
    subprocess.run(["mariadb-install-db", *where, trusting], stdout=log, stderr=log, check=True)
    quick = ["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M"]
    alone = ["--skip-networking", f"--socket={folder}/socket", f"--pid-file={folder}/pid"]
    with log, running(["mariadbd", *where, *quick, *alone], log):
        when_there((folder / "socket").stat)
        yield


@contextmanager
def _pages(made: WordPress) -> Iterator[None]:
    host, root = made.address.removeprefix("http://"), made.folder / "wordpress"
    several = {"PHP_CLI_SERVER_WORKERS": "4"}  # WordPress asks itself
    with (made.folder / "pages.log").open("wb") as log:
        command = ["php", "-d", "opcache.enable_cli=1", "-S", host, "-t", str(root)]
        with running(command, log, **several):
            when_there(lambda: urlopen(f"{made.address}/readme.html").close())
            yield
