"""How an archive's folder is laid out, and what things in it are called.

archive.toml                          marks the folder, holds its settings
catalogue.sqlite3                     the catalogue, unless it is in PostgreSQL
titles/<slug>.toml                    profiles of the titles
<slug>/<yyyy>/<mm>/<dd>[-edition]/    one issue
    originals/<d>/...                 the files as they were delivered, d counting deliveries
    originals/<d>.sha256              their checksums, as sha256sum writes them
    versions/<n>/issue.json           what was read, n counting versions
    versions/<n>/version.json         what it was made from and with; written last
    derived/<n>/...                   what can be made again from it
quarantine/<unit>/                    what could not be taken in, and why
reports/                              a report a night
.ingest/                              work under way
"""

from __future__ import annotations

import re
import unicodedata

from ..grouping import safe_name

MARK = "archive.toml"
CATALOGUE = "catalogue.sqlite3"
TITLES = "titles"
QUARANTINE = "quarantine"
REPORTS = "reports"
LOGS = "logs"
WORK = ".ingest"
VERSION = "version.json"
ISSUE = "issue.json"
UNTITLED = "untitled"
UNDATED = "undated"
_OWN = frozenset({TITLES, QUARANTINE, REPORTS, LOGS})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def slug_of(title: str) -> str:
    """The folder name of a title that has no profile: its own name, made safe."""
    plain = unicodedata.normalize("NFKC", "".join(title.split()))
    slug = safe_name(plain).replace(" ", "-") if plain else UNTITLED
    return f"_{slug}" if slug in _OWN or slug.startswith(".") else slug


def issue_id(slug: str, date: str, edition: str = "", name: str = "") -> str:
    """The id of an issue, also the name it is known by in the catalogue.

    `date` is YYYY-MM-DD, or empty when it could not be read: then `name`, that of the delivery,
    stands for it. "lanjiang-2026-03-13", "lanjiang-2026-03-13-2", "lanjiang-undated-scan17".
    """
    end = f"-{safe_name(edition)}" if edition else ""
    if _DATE.fullmatch(date):
        return f"{slug}-{date}{end}"
    return f"{slug}-{UNDATED}-{_word(name)}{end}"


def issue_folder(slug: str, date: str, edition: str = "", name: str = "") -> str:
    """The key of an issue's folder, for the same facts."""
    end = f"-{safe_name(edition)}" if edition else ""
    if _DATE.fullmatch(date):
        year, month, day = date.split("-")
        return f"{slug}/{year}/{month}/{day}{end}"
    return f"{slug}/{UNDATED}/{_word(name)}{end}"


def _word(name: str) -> str:
    return safe_name(name or "issue").replace(" ", "-")


def version_key(folder: str, number: int, name: str = "") -> str:
    return f"{folder}/versions/{number}" + (f"/{name}" if name else "")


def derived_key(folder: str, number: int, name: str = "") -> str:
    return f"{folder}/derived/{number}" + (f"/{name}" if name else "")


def original_key(folder: str, delivery: int, name: str = "") -> str:
    return f"{folder}/originals/{delivery}" + (f"/{name}" if name else "")


def manifest_key(folder: str, delivery: int) -> str:
    return f"{folder}/originals/{delivery}.sha256"


def is_title(name: str) -> bool:
    """Whether a folder directly in the archive is that of a title."""
    return not name.startswith(".") and name not in _OWN
