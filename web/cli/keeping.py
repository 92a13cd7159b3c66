"""The commands that keep a site safe: save its sources in one file, restore them from it."""

from datetime import UTC, datetime
from pathlib import Path

import click

from corpus.backup import (
    MAX_BYTES,
    Backup,
    archive_from,
    backup_from_archive,
    backup_from_sources,
    left_aside,
    require_new,
    snapshot_of,
    write_archive,
    write_site,
)
from corpus.problems import CorpusError
from corpus.site import site_folder
from corpus.typography import counted
from web.cli.options import (
    DONE,
    DONE_WITH_PROBLEMS,
    PATH,
    json_option,
    print_json,
    say,
    site_option,
)


@click.command("backup", help="Sauvegarder le site dans un seul fichier.")
@click.argument("file", required=False, type=PATH, metavar="[FICHIER]")
@click.option("--force", is_flag=True, help="Remplacer le fichier s’il existe.")
@site_option
@json_option
def backup_command(file: Path | None, force: bool, folder: Path | None, as_json: bool) -> int:
    """Write the sources of a site in one archive; the index is left out, `build` makes it anew."""
    site = site_folder(folder)
    now = datetime.now(UTC).replace(microsecond=0)
    path = _path(file, now)
    backup = backup_from_sources(snapshot_of(site), now)
    archive = archive_from(backup)
    if backup_from_archive(archive) != backup:  # what cannot be read back is no backup
        raise RuntimeError("the archive does not give its files back")
    write_archive(archive, path, over=force)
    aside = left_aside(site)
    if as_json:
        print_json({"file": str(path), "bytes": len(archive), "left_aside": aside, **_sums(backup)})
        return DONE
    say(f"Sauvegarde écrite : {path} ({_told(backup)}, {len(archive) / 1000:.0f} ko).")
    if aside:
        shown = ", ".join(f"« {name} »" for name in aside[:5])
        more = f" et {len(aside) - 5} de plus" if len(aside) > 5 else ""
        say(f"Laissés de côté, car le site ne les lit pas : {shown}{more}.")
    say(
        "Gardez ce fichier sur une autre machine. "
        "Pour revenir : verbatheque restore FICHIER DOSSIER"
    )
    return DONE


@click.command("restore", help="Restaurer un site depuis une sauvegarde.")
@click.argument("archive", type=PATH, metavar="FICHIER")
@click.argument("folder", type=PATH, metavar="DOSSIER")
@click.pass_context
def restore_command(context: click.Context, archive: Path, folder: Path) -> int:
    """Judge the whole archive, write a new folder, then build."""
    from web.cli.indexing import build_command  # slow to import: a backup does without

    require_new(folder)
    backup = backup_from_archive(_bytes_of(archive))
    write_site(backup.files, folder)
    day = backup.created.astimezone().strftime("%d/%m/%Y à %H:%M")
    say(f"Site du {day} restauré dans « {folder} » : {_told(backup)}.")
    code = context.invoke(build_command, folder=folder)
    if code in {DONE, DONE_WITH_PROBLEMS}:
        return int(code)
    say(f"Les fichiers sont tous là. Pour refaire l’index : verbatheque build --site {folder}")
    return DONE_WITH_PROBLEMS


def _path(file: Path | None, now: datetime) -> Path:
    """Where to write: the file asked for, else one with the time for a name."""
    if file is None or file.is_dir():
        return (file or Path()) / f"verbatheque-{now.astimezone():%Y-%m-%d-%H%M%S}.tar.gz"
    return file


def _bytes_of(archive: Path) -> bytes:
    if archive.is_dir() or (archive.exists() and not archive.is_file()):
        raise CorpusError(f"« {archive} » n’est pas un fichier.")
    with archive.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _sums(backup: Backup) -> dict[str, int]:
    return {
        "files": len(backup.files),
        "webinars": backup.webinars,
        "verbatims": backup.verbatims,
    }


def _told(backup: Backup) -> str:
    return f"{counted(backup.webinars, 'webinaire')}, {counted(backup.verbatims, 'verbatim')}"
