"""version.json: what a version was made from and with. The catalogue can be rebuilt from these.

It holds no times, so that the same delivery gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from ..errors import DataInvalid
from ..formats.json_layout import Flat, dumps

SCHEMA = "digitise/version/1"


@dataclass(frozen=True, slots=True)
class PageSource:
    """Where page `id` was read from: `file` below the delivery's folder, `member` inside a ZIP,
    `index` the page or frame of that file from 0."""

    id: str
    file: str
    kind: Literal["pdf", "image"]
    index: int = 0
    member: str = ""


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """`slug`, `title`, `date`, `edition` are the issue's; `name` is what the delivery was called
    and `digest` the digest of its content; `files` maps the version's other files to their
    sha256: "issue.json", "derived/issue.txt"."""

    issue: str
    slug: str
    title: str
    date: str
    edition: str
    number: int
    delivery: int
    name: str
    digest: str
    complete: bool = True
    software: str = ""
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    pages: tuple[PageSource, ...] = ()
    files: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def page(self, page_id: str) -> PageSource | None:
        return next((page for page in self.pages if page.id == page_id), None)


def dump_record(record: VersionRecord) -> bytes:
    """The bytes of version.json."""
    value: dict[str, Any] = {"schema": SCHEMA}
    for name in (
        "issue", "slug", "title", "date", "edition", "number", "delivery", "name", "digest",
        "complete", "software",
    ):  # fmt: skip
        value[name] = getattr(record, name)
    value["options"] = dict(sorted(record.options.items()))
    value["pages"] = [Flat(asdict(page)) for page in record.pages]
    value["files"] = dict(sorted(record.files.items()))
    return dumps(value)


def load_record(data: bytes, name: str = "version.json") -> VersionRecord:
    """The record in `data`. Raises DataInvalid, naming the file."""
    try:
        value = json.loads(data)
        if value["schema"] != SCHEMA:
            raise ValueError(value["schema"])
        return VersionRecord(
            **{n: str(value[n]) for n in ("issue", "slug", "title", "date", "edition", "name")},
            digest=str(value["digest"]),
            number=int(value["number"]),
            delivery=int(value["delivery"]),
            complete=bool(value["complete"]),
            software=str(value.get("software", "")),
            options={str(k): str(v) for k, v in value.get("options", {}).items()},
            pages=tuple(PageSource(**page) for page in value["pages"]),
            files={str(k): str(v) for k, v in value["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataInvalid(
            (f"{name} is not a version's record.", f"{name} 不是版本记录。"),
            (
                "Restore it from a copy, or take the issue in again.",
                "请从备份恢复，或重新收入该期。",
            ),
        ) from error


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def dump_manifest(checksums: Mapping[str, str], delivery: int) -> bytes:
    """The checksums of a delivery's files, as `sha256sum -c` reads them in originals/."""
    lines = [
        f"{digest}  {delivery}/{_escaped(name)}\n" for name, digest in sorted(checksums.items())
    ]
    # sha256sum marks a line whose name it had to escape with a backslash.
    lines = ["\\" + line if "\\" in line else line for line in lines]
    return "".join(lines).encode("utf-8", "surrogateescape")


def load_manifest(data: bytes) -> dict[str, str]:
    """name -> sha256, names as below originals/ ("1/issue.pdf")."""
    found: dict[str, str] = {}
    for line in data.decode("utf-8", "surrogateescape").split("\n"):
        escaped = line.startswith("\\")
        digest, gap, name = line.removeprefix("\\").partition("  ")
        if gap:
            found[_plain(name) if escaped else name] = digest
    return found


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _plain(name: str) -> str:
    out, letters = [], iter(name)
    for letter in letters:
        following = next(letters, "") if letter == "\\" else ""
        out.append({"n": "\n", "r": "\r", "\\": "\\"}.get(following, letter + following))
    return "".join(out)
