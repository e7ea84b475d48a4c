"""Which format a file is in, by how it begins."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["mets", "alto", "page", "hocr"]

_FIRST = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s>/]")
_SKIPPED = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>", re.DOTALL)


def kind_of(head: bytes) -> Kind | None:
    """The format of a file that begins with `head`; None when it is none that can be read."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    first = _FIRST.search(_SKIPPED.sub(b"", head))
    name = first.group(1).lower() if first else b""
    if name == b"mets":
        return "mets"
    if name == b"alto":
        return "alto"
    if name == b"pcgts":
        return "page"
    return "hocr" if name == b"html" and re.search(rb"ocr_page|ocr-system", head) else None
