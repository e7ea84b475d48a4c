"""Where the files of an issue lay when it was read.

issue.json tells a page's file by name and digest, the same on every machine. Where it lay is kept
beside, in OUT/<issue>/.work/origins.json: a hint that may be deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .errors import DigitiseError
from .formats.write import write_bytes
from .model import PageFile
from .sources import PageRef, content_digest

_PLACE = Path(".work") / "origins.json"


def page_file(ref: PageRef) -> PageFile | None:
    """What issue.json says of the page's file; None when it cannot be read."""
    try:
        digest = content_digest(ref)
    except DigitiseError:
        return None
    return PageFile(_utf8(ref.path.name), _utf8(ref.member), ref.index, digest)


def keep_origins(folder: Path, files: Iterable[tuple[PageFile | None, Path]]) -> None:
    """Notes for the issue in `folder` where each file lies. Raises OutputUnwritable."""
    known = {file.sha256: str(path.absolute()) for file, path in files if file and file.sha256}
    if known:
        text = json.dumps(dict(sorted(known.items())), ensure_ascii=True, indent=1) + "\n"
        write_bytes(folder / _PLACE, text.encode("ascii"))


def origins(folder: Path) -> Mapping[str, Path]:
    """Paths by sha256 of the content of file or ZIP member; empty where nothing was noted."""
    try:
        known: Any = json.loads((folder / _PLACE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {str(key): Path(value) for key, value in known.items() if isinstance(value, str)}


def _utf8(name: str) -> str:
    """`name` in characters that every file can hold: names of files may not be."""
    return name.encode("utf-8", "replace").decode("utf-8")
