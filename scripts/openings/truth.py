"""The truth of an opening as ECPO publishes it: polygons with labels, and texts by printed line.

Polygons and texts are not linked: which line stands where is found by its text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitise.evaluation.strings import normal
from digitise.model import Rect, polygon_bounds

MARKS = frozenset("、，。．・…！？：；「」『』（）()〔〕《》〈〉◎○◇△▲●□■◁▷!?,.:;-—")


LEAST = 8.0
"""Pixels that a polygon measures both ways at least."""


@dataclass(frozen=True, slots=True)
class TrueText:
    """One text: its `lines` as printed, in reading order, in normal form."""

    id: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrueRegion:
    label: str
    polygon: tuple[tuple[float, float], ...]

    @property
    def box(self) -> Rect:
        return polygon_bounds(self.polygon)


@dataclass(frozen=True, slots=True)
class Truth:
    texts: tuple[TrueText, ...]
    regions: tuple[TrueRegion, ...]


def load_truth(path: Path) -> Truth:
    """Raises OSError, ValueError and KeyError for what is no such file."""
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    texts = []
    for n, text in enumerate(data["text"]):
        lines = tuple(line for line in (normal(raw) for raw in text["lines"]) if line)
        if lines:
            texts.append(TrueText(f"{n}/{text['itemid'] or '-'}", text["type"], lines))
    regions = tuple(
        TrueRegion(r["label"], tuple((float(x), float(y)) for x, y in r["polygon"]))
        for r in data["regions"]
        if len(r["polygon"]) >= 3
    )
    # A few are a click that went astray: they cover nothing.
    regions = tuple(r for r in regions if min(r.box.width, r.box.height) >= LEAST)
    return Truth(tuple(texts), regions)
