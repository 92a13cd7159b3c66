"""The commands that keep a site safe: save its sources in one file, restore them from it."""

from datetime import UTC, datetime
from pathlib import Path

import click

from corpus.backup import MAX_BYTES, Backup, archive_from, backup_from_archive, backup_from_sources
from corpus.command_line import (
    DONE,
    DONE_WITH_PROBLEMS,
    FrenchCommand,
    json_option,
    print_json,
    say,
    site_option,
)
from corpus.counting import counted
from corpus.problem import CorpusError
from corpus.saving import require_new, write_archive, write_site
from corpus.site import site_folder
from corpus.snapshot import left_aside, snapshot_of


@click.command("sauvegarder", cls=FrenchCommand, help="Sauvegarder le site dans un seul fichier.")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FICHIER]")
@click.option("--force", is_flag=True, help="Remplacer le fichier s’il existe.")
@site_option
@json_option
def save_command(file: Path | None, force: bool, folder: Path | None, as_json: bool) -> int:
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
        "Pour revenir : verbatheque restaurer FICHIER DOSSIER"
    )
    return DONE


def restore_command(build: click.Command) -> click.Command:
    """The `restaurer` command; `build` then makes the index of the restored site."""

    @click.command("restaurer", cls=FrenchCommand, help="Restaurer un site depuis une sauvegarde.")
    @click.argument("archive", type=click.Path(path_type=Path), metavar="FICHIER")
    @click.argument("folder", type=click.Path(path_type=Path), metavar="DOSSIER")
    @click.pass_context
    def command(context: click.Context, archive: Path, folder: Path) -> int:
        """Judge the whole archive, write a new folder, then build."""
        require_new(folder)
        backup = backup_from_archive(_bytes_of(archive))
        write_site(backup.files, folder)
        day = backup.created.astimezone().strftime("%d/%m/%Y à %H:%M")
        say(f"Site du {day} restauré dans « {folder} » : {_told(backup)}.")
        code = context.invoke(build, folder=folder)
        if code in {DONE, DONE_WITH_PROBLEMS}:
            return int(code)
        say(f"Les fichiers sont tous là. Pour refaire l’index : verbatheque build --site {folder}")
        return DONE_WITH_PROBLEMS

    return command


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
