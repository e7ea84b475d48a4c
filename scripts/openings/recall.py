"""How much of an opening's truth was found and read right, and why the rest was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from digitise.evaluation.strings import normal
from digitise.model import Rect, TextLine, bounding

from .alignment import Hit, align
from .truth import MARKS, Truth

NEAR = 3.0
"""So many ems from its neighbours in the text a line that was misread altogether is looked for."""


@dataclass(frozen=True, slots=True)
class Read:
    """A line as read: its characters in normal form with a box for each."""

    text: str
    boxes: tuple[Rect, ...]
    box: Rect
    em: float


@dataclass(slots=True)
class Recall:
    """Characters of the truth, `total`, by what became of them. `places`: for each true line
    and character its (read line, place), None where there is none."""

    total: int = 0
    found: int = 0
    right: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_text: dict[str, list[int]] = field(default_factory=dict)
    missed: list[tuple[str, str]] = field(default_factory=list)
    places: list[list[tuple[int, int] | None]] = field(default_factory=list)


def read_lines(lines: Sequence[TextLine]) -> list[Read]:
    out = []
    for line in lines:
        text, boxes = "", []
        for char in line.chars:
            for c in normal(char.text):
                text += c
                boxes.append(char.box)
        if text:
            out.append(Read(text, tuple(boxes), line.box, line.size))
    return out


def recall(truth: Truth, lines: Sequence[TextLine]) -> Recall:
    """What of `truth` is in `lines`, wherever it stands."""
    read = read_lines(lines)
    true = [line for text in truth.texts for line in text.lines]
    places: list[list[tuple[int, int] | None]] = [[None] * len(line) for line in true]
    taken = [[False] * len(r.text) for r in read]

    def take(hit: Hit) -> None:
        for a, b in hit.pairs:
            places[hit.line][a] = (hit.read, b)
            taken[hit.read][b] = True

    for hit in align(true, [r.text for r in read]):
        take(hit)
    start = 0
    for text in truth.texts:
        _leftovers(true, read, range(start, start + len(text.lines)), places, taken)
        start += len(text.lines)
    out = Recall(places=places)
    row = 0
    for text in truth.texts:
        count = [0, 0, 0]
        for line in text.lines:
            _count(out, count, line, read, places[row], text.id)
            row += 1
        out.by_text[text.id] = count
    return out


def _count(
    out: Recall,
    count: list[int],
    line: str,
    read: Sequence[Read],
    places: Sequence[tuple[int, int] | None],
    name: str,
) -> None:
    partly = any(p is not None for p in places)
    lost = ""
    for char, place in zip(line, places, strict=True):
        out.total += 1
        count[0] += 1
        if place is None:
            lost += char
            mark = "mark" if char in MARKS else "character"
            out.causes[f"{mark} missed in a line found" if partly else "line not found"] += 1
            continue
        out.found += 1
        count[1] += 1
        got = read[place[0]].text[place[1]]
        if got == char:
            out.right += 1
            count[2] += 1
        else:
            out.causes["mark misread" if char in MARKS else "character misread"] += 1
            out.confused[(char, got)] += 1
    if lost and (not partly or len(lost) > 2):
        out.missed.append((name, line if not partly else f"{line} − {lost}"))


def _leftovers(
    true: Sequence[str],
    read: Sequence[Read],
    rows: range,
    places: list[list[tuple[int, int] | None]],
    taken: list[list[bool]],
) -> None:
    """Characters misread in a row, or whole lines: what was left of the reading near by."""
    flat = [(i, a) for i in rows for a in range(len(true[i]))]
    k = 0
    while k < len(flat):
        i, a = flat[k]
        if places[i][a] is not None:
            k += 1
            continue
        end = k
        while end < len(flat) and flat[end][0] == i and places[i][flat[end][1]] is None:
            end += 1
        before = next((places[p][q] for p, q in reversed(flat[:k]) if places[p][q]), None)
        behind = next((places[p][q] for p, q in flat[end:] if places[p][q]), None)
        want = true[i][a : a + end - k]
        best: tuple[float, int, list[int]] | None = None
        for anchor in (before, behind):
            if anchor is None:
                continue
            near = read[anchor[0]].boxes[anchor[1]]
            reach = near.grow(NEAR * max(near.width, near.height))
            for j, line in enumerate(read):
                if reach.overlap(line.box) <= 0:
                    continue
                for run in _free(taken[j]):
                    held = bounding(line.boxes[b] for b in run)
                    if reach.overlap(held) <= 0 or not 0.5 <= len(run) / len(want) <= 2:
                        continue
                    got = "".join(line.text[b] for b in run)
                    same = len(want) - Levenshtein.distance(want, got)
                    value = same - 0.1 * abs(len(run) - len(want)) + 0.5 * (j == anchor[0])
                    if best is None or value > best[0]:
                        best = (value, j, run)
        if best is not None:
            _, j, run = best
            got = "".join(read[j].text[b] for b in run)
            for p, q in _paired(want, got):
                places[i][a + p] = (j, run[q])
                taken[j][run[q]] = True
        k = end


def _free(taken: Sequence[bool]) -> list[list[int]]:
    runs: list[list[int]] = []
    for b, used in enumerate(taken):
        if used:
            continue
        if runs and runs[-1][-1] == b - 1:
            runs[-1].append(b)
        else:
            runs.append([b])
    return runs


def _paired(want: str, got: str) -> list[tuple[int, int]]:
    out = []
    for op in Levenshtein.opcodes(want, got):
        if op.tag in ("equal", "replace"):
            width = min(op.src_end - op.src_start, op.dest_end - op.dest_start)
            out += [(op.src_start + n, op.dest_start + n) for n in range(width)]
    return out
