"""Alembic, run from inside the package."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection

_HERE = Path(__file__).parent
# Corrections have a line of revisions of their own, which depends on ours.
_FOLDERS = (_HERE / "migrations" / "versions", _HERE / "corrections" / "migrations")


def config(connection: Connection | None = None) -> Config:
    """What Alembic wants to know; `connection` is the one the migrations run on."""
    out = Config()
    out.set_main_option("script_location", str(_HERE / "migrations").replace("%", "%%"))
    places = "\n".join(str(f).replace("%", "%%") for f in _FOLDERS if f.is_dir())
    out.set_main_option("path_separator", "newline")
    out.set_main_option("version_locations", places)
    out.attributes["connection"] = connection
    return out
