"""The settings of the site that is served."""

from typing import cast

from flask import current_app

from corpus.settings import Settings


def current_settings() -> Settings:
    """The settings of the site that is served."""
    return cast(Settings, current_app.extensions["settings"])
