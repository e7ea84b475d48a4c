"""Verse: lines that end where the poet ends them, not where the column does."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from ..text.jumps import find_jumps
from ..text.marks import ends_openly, ends_sentence
from ..text.paragraphs import BodyLine

FEWEST = 6
STOPPED = 0.8
"""Share of its lines that end in a mark; prose comes to about a tenth."""
LEVEL = 0.4
"""Ems between the beginnings of lines that begin level."""
SHORT, SHORT_SHARE = 1.6, 0.75
"""Lines without marks are verse when so many leave so many ems of the measure empty."""
_MARKS = "，。；！？、：…—”』」"


def is_verse(lines: Sequence[BodyLine]) -> bool:
    """Whether the lines of a body are each a line of verse. Signatures and titles among them do
    not matter."""
    body = [x for x in lines if x.kind == "body" and x.text.strip() and not find_jumps(x.text)]
    if len(body) < FEWEST or max(len(x.text) for x in body) > 30:
        return False
    marked = sum(x.text.rstrip()[-1] in _MARKS for x in body)
    if marked < STOPPED * len(body):
        short = sum(x.slack > SHORT for x in body)
        starts = sorted(x.indent for x in body)
        level = starts[-1] - starts[0] < LEVEL
        stops = sum(ends_sentence(x.text) or ends_openly(x.text) for x in body)
        return level and stops == 0 and short >= SHORT_SHARE * len(body)
    return not any(_runs_on(a, b) for a, b in itertools.pairwise(body))


def _runs_on(a: BodyLine, b: BodyLine) -> bool:
    """Whether a line is set in and full and the next begins flush, as in a paragraph."""
    return 1.2 <= a.indent <= 3.6 and a.slack < 0.6 and abs(b.indent) < LEVEL


def as_verse(lines: Sequence[BodyLine]) -> list[BodyLine]:
    """`lines`, each a paragraph of its own."""
    return [replace(x, keep=True) if x.kind == "body" else x for x in lines]
