"""Corrected lines for those who train recognisers: picture, text; and a table of confusions."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from ...model import Rect
from .document import Document, LineEntry

Cut = Callable[[str, Rect], bytes]
"""A PNG of a piece of a page: (page id, box in page pixels)."""

MARGIN = 0.1


def training_pairs(document: Document, issue: str, cut: Cut) -> Iterator[tuple[str, bytes]]:
    """Files by name: lines/<line>.png and lines/<line>.gt.txt for each line whose text a person
    typed or confirmed, and pairs.tsv that tells page, box, direction and what was read."""
    rows: list[Sequence[object]] = [
        ("line", "issue", "page", "x0", "y0", "x1", "y1", "writing_mode", "read", "text", "by")
    ]
    for page in document.machine.pages:
        entry = document.page(page.id)
        for region_id in entry.order if entry else ():
            region = document.region(region_id)
            for line_id in region.lines if region else ():
                line = document.entities.get(line_id)
                if not isinstance(line, LineEntry) or not line.human or not line.line.text.strip():
                    continue
                assert region is not None
                box = line.line.box
                mode = region.region.writing_mode
                thick = box.width if mode == "vertical-rl" else box.height
                yield f"lines/{line_id}.png", cut(page.id, box.grow(MARGIN * thick))
                yield f"lines/{line_id}.gt.txt", f"{line.line.text}\n".encode()
                logged = document.log.get(document.version(line_id))
                edges = [round(v) for v in (box.x0, box.y0, box.x1, box.y1)]
                rows.append(
                    (line_id, issue, page.id, *edges, mode, line.machine, line.line.text,
                     logged.by if logged else "")
                )  # fmt: skip
    yield "pairs.tsv", tsv(rows)


def tsv(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
