"""What the commands of an archive share."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import click

from ..errors import UsageError
from ..messages import Language
from .archivetexts import both, say

PATIENCE = 15.0
"""Seconds a command that somebody waits for waits itself for a catalogue that is away."""

_Parameter = Callable[[Any], Any]


def archive_option(language: Language, made: bool = False) -> _Parameter:
    return click.option(
        "-a", "--archive",
        required=True,
        metavar="ARCHIVE",
        help=say("opt.archive" if made else "opt.the_archive", language),
    )  # fmt: skip


def catalogue_option(language: Language) -> _Parameter:
    return click.option(
        "--catalogue", default="", metavar="URL", help=say("opt.catalogue", language)
    )


@contextlib.contextmanager
def archive_packages() -> Iterator[None]:
    """Says what to install where the extra is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("sqlalchemy", "alembic", "opencc"):
            raise UsageError(both("needs", name=error.name), both("needs.remedy")) from error
        raise


def day(value: str) -> str:
    """A date as the catalogue has it; "" stays. Raises UsageError."""
    if not value:
        return ""
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise UsageError(both("bad_date", value=value), both("bad_date.remedy")) from error


def time_of_day(value: str) -> dt.time | None:
    """A time like 06:30; None for "". Raises UsageError."""
    if not value:
        return None
    if re.fullmatch(r"\d{1,2}:\d{2}", value):
        hour, minute = map(int, value.split(":"))
        if hour < 24 and minute < 60:
            return dt.time(hour, minute)
    raise UsageError(both("bad_time", value=value), both("bad_time.remedy"))
