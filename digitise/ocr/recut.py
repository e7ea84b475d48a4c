"""Boxes that hold a block of small type, cut into its columns or its rows: whichever is read best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ..model import Rect, bounding
from .bonds import bond
from .engine import Engine, LineImage, Recognition
from .sizing import is_hanzi

Lines = list[tuple[Rect, bool]]
"""(line in page coordinates, whether it is vertical)."""

Cutter = Callable[[Rect], Sequence[Lines]]
"""The ways in which a box may hold several lines."""

CutOut = Callable[[Rect, bool], LineImage]
"""Cuts a line out of its page."""

BETTER = 1.5
"""By how many characters, read beyond doubt, a cut must be better than the box as it is."""

DOUBTLESS, FILLED = 0.95, 0.7
"""Least confidence of the characters of a box that is left as it is, and the share of its length they
make up, were they square."""

EVEN = 1.5
"""The most from one of them to the next, against what is usual between them."""

BELIEVED = 0.66
"""Mean confidence from which the lines of a block are believed."""

SHORT = 14.0
"""Times its height a row is long at most that may be a row of columns: thin ones are what was left of one."""

LEVEL, APART = 0.88, 2.2
"""Share of their length that two of them have in common, and how many times their height they are apart."""

ELSE = 0.2
"""Share of another line that lies among the rows of a stack at most."""

KEPT = 0.6
"""Share of a box that is left at least where a line was found over one of its sides."""

OVER = 0.6
"""Times their height that columns go on over and under the rows they were taken for."""

LEGIBLE = 0.45
"""Mean confidence below which one of them is left out."""

HELD = 0.4
"""Share of a line of a block that may lie in other lines that were found, at most."""

USUAL = 0.05
"""What it counts for, a character, that a line runs downwards, as most of the page does."""

TOGETHER = 0.06
"""What a nat that neighbours make a word counts for, in characters: it tells columns from rows where
both are read alike."""


def without_blocks(lines: Lines, cuts_of: Cutter, engine: Engine, image_of: CutOut) -> Lines:
    """`lines` with those that are blocks replaced by the lines these hold, where most of a page is set
    downwards: on others a detector does not take them for one line. Raises EngineFailed."""
    if 2 * sum(vertical for _, vertical in lines) <= len(lines):
        return lines
    lines = _chosen(lines, [[i] for i in range(len(lines))], cuts_of, engine, image_of)
    return _chosen(lines, _stacks(lines), cuts_of, engine, image_of)


def _chosen(
    lines: Lines,
    groups: Sequence[Sequence[int]],
    cuts_of: Cutter,
    engine: Engine,
    image_of: CutOut,
) -> Lines:
    """`lines` with each of the `groups` of them, which have none in common, as it is read best."""
    choices: list[tuple[Sequence[int], list[Lines]]] = []
    for group in groups:
        old = [lines[i] for i in group]
        box = bounding([box for box, _ in old])
        ways = list(cuts_of(box))
        if len(group) > 1:  # the ends of columns may be among what was not found
            room = OVER * max(box.height for box, _ in old)
            ways = list(cuts_of(replace(box, y0=box.y0 - room, y1=box.y1 + room))) or ways
        elif not old[0][1] and (free := _free_of(box, lines)) != box:
            ways += [[(free, False)], *cuts_of(free)]
        if ways:
            choices.append((group, [old, *ways]))
    asked = [one for _, ways in choices for way in ways for one in way]
    read = iter(engine.recognise([image_of(*one) for one in asked]))
    out: dict[int, Lines] = {}
    for group, ways in choices:
        told = [[(next(read), line) for line in way] for way in ways]
        if len(group) == 1 and _is_read_well(*told[0][0]):
            continue
        others = [line for i, line in enumerate(lines) if i not in group]
        legible = [told[0]] + [
            [(read_as, line) for read_as, line in way if _is_new(read_as, line, others)]
            for way in told[1:]
        ]
        worths = [_worth(way) for way in legible]
        best = max(range(1, len(ways)), key=lambda k: worths[k])
        if legible[best] and worths[best] >= worths[0] + BETTER:
            out |= {i: [] for i in group} | {group[0]: [line for _, line in legible[best]]}
    return [one for i, line in enumerate(lines) for one in out.get(i, [line])]


def _free_of(box: Rect, lines: Lines) -> Rect:
    """A box without its sides that lie over vertical lines."""
    for other, vertical in lines:
        if not vertical or box.overlap(other) <= 0:
            continue
        sides = (
            replace(box, x0=max(box.x0, other.x1)), replace(box, x1=min(box.x1, other.x0)),
            replace(box, y0=max(box.y0, other.y1)), replace(box, y1=min(box.y1, other.y0)),
        )  # fmt: skip
        left = max(
            (s for s in sides if s.x1 > s.x0 and s.y1 > s.y0), key=lambda s: s.area, default=box
        )
        box = left if left.area >= KEPT * box.area else box
    return box


def _stacks(lines: Lines) -> list[list[int]]:
    """Rows of a few characters under each other, as long as each other, which may be columns."""
    rows = [
        i for i, (box, vertical) in enumerate(lines)
        if not vertical and box.width <= SHORT * box.height
    ]  # fmt: skip
    rows.sort(key=lambda i: lines[i][0].y0)
    stacks: list[list[int]] = []
    for i in rows:
        box = lines[i][0]
        for stack in stacks:
            last = lines[stack[-1]][0]
            apart = box.y0 - last.y1
            if box.overlap_x(last) >= LEVEL * max(box.width, last.width) and apart <= (
                APART * max(box.height, last.height)
            ):
                stack.append(i)
                break
        else:
            stacks.append([i])
    return [sorted(s) for s in stacks if len(s) > 1 and _by_themselves(s, lines)]


def _by_themselves(stack: Sequence[int], lines: Lines) -> bool:
    """Whether nothing else was found between the rows of a stack."""
    box = bounding([lines[i][0] for i in stack])
    return not any(
        i not in stack and box.overlap(other) > ELSE * other.area
        for i, (other, _) in enumerate(lines)
    )


def _is_new(read: Recognition, line: tuple[Rect, bool], others: Lines) -> bool:
    """Whether a line of a block is type, which what is left of rules and dirt at its edges is not,
    and neither have the `others` that were found it already nor do columns of them cross it."""
    if not read.text.strip() or read.confidence < LEGIBLE:
        return False
    box, vertical = line
    for other, upright in others:
        thick = min(box.width, box.height) * min(other.width, other.height)
        if upright and not vertical and box.overlap(other) > HELD * thick:
            return False
    return sum(box.overlap(other) for other, _ in others) <= HELD * box.area


def _is_read_well(read: Recognition, line: tuple[Rect, bool]) -> bool:
    """Whether a box is read beyond doubt as it is, from end to end and with none passed over: a
    character like 坐 or 能 in it may look like two columns of smaller ones, and be more of them."""
    box, vertical = line
    long, thick = (box.height, box.width) if vertical else (box.width, box.height)
    told = [
        ((a + b) / 2, c) for t, (a, b), c in zip(
            read.text, read.spans, read.confidences, strict=True) if t.strip()
    ]  # fmt: skip
    steps = [b - a for (a, _), (b, _) in pairwise(told)]
    return (
        min((c for _, c in told), default=0.0) >= DOUBTLESS
        and len(told) * thick >= FILLED * long
        and max(steps, default=0.0) <= EVEN * median(steps or [1.0])
    )


def _worth(way: Sequence[tuple[Recognition, tuple[Rect, bool]]]) -> float:
    """How many characters were read beyond doubt, doubtful ones counted against it."""
    sure = [
        c for read, _ in way
        for t, c in zip(read.text, read.confidences, strict=True) if t.strip()
    ]  # fmt: skip
    if not sure or (len(way) > 1 and sum(sure) < BELIEVED * len(sure)):
        return 0.0
    if len(way) > 1 and 2 * sum(_is_line(read.text) for read, _ in way) < len(way):
        return 0.0  # characters of one line, or parts of them
    worth = sum(2 * c - 1 for c in sure)
    for read, (_, vertical) in way:
        ways = [read.text] if vertical else [read.text, read.text[::-1]]
        worth += TOGETHER * max(_bonds(text) for text in ways)
        worth += USUAL * len(read.text) * vertical
    return worth


def _is_line(text: str) -> bool:
    return len(text) > 1 and any(map(is_hanzi, text))


def _bonds(text: str) -> float:
    return sum(bond(text[: i + 1], i, c) for i, c in enumerate(text) if i and is_hanzi(c))
