"""The WordPress plugin, packed as WordPress takes it; it knows the site that gives it."""

import io
import re
import sys
import zipfile
from pathlib import Path

from flask import Blueprint, Response, request

from web.settings import current_settings

FOLDER = Path(__file__).parents[1] / "wordpress"
NAME = "verbatheque"  # the folder of the plugin among those of WordPress
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the same files make the same archive
UNTOLD = b"const GIVEN_BY = '';"

bp = Blueprint("wordpress", __name__)


@bp.get("/verbatheque-wordpress.zip")
def plugin() -> Response:
    response = Response(packed(current_settings().adresse), mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="verbatheque-wordpress.zip"'
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response


def packed(address: str = "") -> bytes:
    """The archive; with an address, whoever installs it has nothing to set."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(FOLDER.iterdir()):
            content = path.read_bytes().replace(UNTOLD, _told(address))
            archive.writestr(zipfile.ZipInfo(f"{NAME}/{path.name}", FIRST_DAY), content)
    return whole.getvalue()


def _told(address: str) -> bytes:
    """The line of PHP that names a site, if nothing in its address can end the string."""
    is_plain = re.fullmatch(r"https?://[\w.:/\[\]-]+", address, re.ASCII)
    return UNTOLD.replace(b"''", f"'{address}'".encode()) if is_plain else UNTOLD


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(packed())
