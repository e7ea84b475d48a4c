"""The order in which the articles of a page are read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from ..model import Rect, bounding
from .barriers import Barriers

LEVEL = 0.85  # em: what begins within this of each other begins level
EXACT = 0.3  # em: what begins at the very same height
UNDER = 3.5  # em: how far over an article its rule may be
SOON = 1.6  # em: how far it is where it is not the last line of a table over the article
FAR = 4.0  # em: rules over what begins that much lower tell nothing
LOW, ODD = 1.8, 7.0  # em: how much lower one may begin among several that begin level
HUNG = 3.0  # so much further is the rule over that from what ends over it
REACH = 20  # px: how far a rule may stand from the white it is drawn in


def reading_order(
    boxes: Sequence[Rect],
    ties: Sequence[int],
    em: float,
    barriers: Barriers,
    frames: Sequence[Rect] = (),
    laid: Sequence[Sequence[Rect]] = (),
    title: int = -1,
) -> list[int]:
    """Indices of `boxes` in reading order: a recursive X-Y cut (Nagy and Seth 1984).

    Where a part of the page can be cut both into bands and into columns, a cut between bands
    is a true one when what stands under it begins level; else the columns were laid first and
    their articles only happen to end at about one height. Between two true cuts the one that is
    ruled through the other's white is the older, and bands go before columns. Where articles
    interlock, what stands over or left of another comes before it.

    What has one number from 0 up in `ties` is read together; `frames[n]`, where there is one, is
    the box drawn round what is tied by n. `em` in pixels is the overlap that is forgiven at a
    cut. `laid[i]`, where given, is where `boxes[i]` begins, and then all it is made of: of two that
    lie upon each other, as an article does that runs round another or on at the top of the next
    column, the one is first that has some of its text over where the other begins, or else whose
    beginning is. `title` is the masthead: under it and what stands beside it everything begins
    anew.
    """
    barriers = barriers.apart_from(frames, em)
    parts = list(laid) or [(box,) for box in boxes]
    groups: dict[int, list[int]] = {}
    for i, tie in enumerate(ties):
        groups.setdefault(tie if tie >= 0 else -1 - i, []).append(i)
    units = list(groups.values())
    hulls = [
        bounding([*(boxes[i] for i in unit), *(frames[tie : tie + 1] if tie >= 0 else ())])
        for tie, unit in groups.items()
    ]
    wholes = [
        parts[unit[0]] if len(unit) == 1 else (h,) for unit, h in zip(units, hulls, strict=True)
    ]
    out: list[int] = []
    outer = _Laid(hulls, wholes)
    outer.title = next((u for u, unit in enumerate(units) if title in unit), -1)
    for u, tie in enumerate(groups):
        if 0 <= tie < len(frames) and hulls[u].y0 > frames[tie].y0 - EXACT * em:
            outer.framed.add(u)
    for u in _cut(list(range(len(units))), outer, em, barriers):
        unit = units[u]
        inner = _Laid([boxes[i] for i in unit], [parts[i] for i in unit])
        out.extend(unit[k] for k in _cut(list(range(len(unit))), inner, em, barriers))
    return out


class _Laid(list[Rect]):
    """The boxes of what is put in order, with where each begins and what it is made of."""

    def __init__(self, boxes: Sequence[Rect], parts: Sequence[Sequence[Rect]]) -> None:
        super().__init__(boxes)
        self.heads = [one[0] for one in parts]
        self.parts = [one[1:] for one in parts]
        self.title = -1
        self.framed: set[int] = set()

    def hangs(self, j: int, k: int, em: float) -> bool:
        """Whether some of `j` stands over where `k` begins."""
        head = self.heads[k]
        return any(
            min(p.x1, head.x1) - max(p.x0, head.x0) > em and p.y1 < head.y0 + em
            for p in self.parts[j]
        )


def _cut(items: list[int], boxes: _Laid, em: float, barriers: Barriers) -> list[int]:
    if len(items) <= 1:
        return items
    rows = _bands(items, boxes, em, vertical=False)
    columns = _bands(items, boxes, em, vertical=True)
    if len(columns) > 1:
        # between columns: the ruled ones, else all where no band goes through
        through = _through(columns, rows, boxes, barriers)
        if len(through) > 1:
            # a lane that no rule runs down through is older than those that one does
            rows = _level_rows(_unruled(rows, through, boxes, barriers), boxes, em, barriers)
            columns = through
    if len(rows) > 1:
        rows = (
            _true_rows(rows, boxes, em, barriers)
            if len(columns) == 1
            else _level_rows(rows, boxes, em, barriers)
        )
    if len(rows) == 1 and len(columns) > 1:
        columns = _kept_together(columns, boxes, em, barriers)
    for bands in (rows, columns):
        if len(bands) > 1:
            return [k for band in bands for k in _cut(band, boxes, em, barriers)]
    return _interlocked(items, boxes, em)


def _through(
    columns: list[list[int]],
    rows: list[list[int]],
    boxes: Sequence[Rect],
    barriers: Barriers,
) -> list[list[int]]:
    """`columns`, parted only where a rule between them runs through the white between bands."""
    return _merged(columns, lambda a, b: _ruled_through(a, b, rows, boxes, barriers))


def _unruled(
    rows: list[list[int]],
    columns: Sequence[Sequence[int]],
    boxes: Sequence[Rect],
    barriers: Barriers,
) -> list[list[int]]:
    """`rows`, parted only where no rule between two of `columns` runs down through the white."""

    def parted(a: list[int], b: list[int]) -> bool:
        return not any(
            _ruled_through(left, right, [a, b], boxes, barriers)
            for left, right in itertools.pairwise(columns)
        )

    return _merged(rows, parted)


def _level_rows(
    rows: list[list[int]], boxes: _Laid, em: float, barriers: Barriers
) -> list[list[int]]:
    """`rows`, parted only where what stands under the cut begins level."""
    return _merged(rows, lambda a, b: _level(a, b, boxes, em, barriers))


def _true_rows(
    rows: list[list[int]], boxes: _Laid, em: float, barriers: Barriers
) -> list[list[int]]:
    """`rows` of a part that can be cut in no other way: two go together where they can be cut
    into columns and do not begin level."""

    def parted(a: list[int], b: list[int]) -> bool:
        return (
            _level(a, b, boxes, em, barriers)
            or len(_bands([*a, *b], boxes, em, vertical=True)) == 1
        )

    merged = _merged(rows, parted)
    return merged if len(merged) > 1 else rows


def _kept_together(
    columns: list[list[int]], boxes: _Laid, em: float, barriers: Barriers, whole: bool = True
) -> list[list[int]]:
    """`columns` with neighbours run together through which one level cut goes: they are bands
    cut in columns, not the other way round."""
    for n in range(len(columns) - whole, 1, -1):
        for k in range(len(columns) - n + 1):
            run = columns[k : k + n]
            union = [i for column in run for i in column]
            rows = _bands(union, boxes, em, vertical=False)
            rows = _unruled(rows, run, boxes, barriers)
            if len(_level_rows(rows, boxes, em, barriers)) == 1:
                continue
            return [
                *_kept_together(columns[:k], boxes, em, barriers, False),
                union,
                *_kept_together(columns[k + n :], boxes, em, barriers, False),
            ]
    return columns


def _merged(
    bands: Sequence[list[int]], parted: Callable[[list[int], list[int]], bool]
) -> list[list[int]]:
    """`bands` with neighbours run together that are not `parted`."""
    out = [list(bands[0])]
    for before, band in itertools.pairwise(bands):
        if parted(before, band):
            out.append(list(band))
        else:
            out[-1].extend(band)
    return out


def _level(
    upper: Sequence[int], lower: Sequence[int], boxes: _Laid, em: float, barriers: Barriers
) -> bool:
    """Whether what begins under the cut between two bands begins at one height, and the upper
    band ends over it. Where rules are drawn over all of it, they tell, and a box's border is the
    rule over it where it lies at the very height of the others'. Of three or more one may begin
    lower, where the others begin exactly level and the white over it is its column's: reports that
    flow through columns come out so. Under the masthead all is one."""
    tops = [k for k in lower if not any(_stands_over(j, k, boxes, em) for j in lower if j != k)]
    first = min(boxes[k].y0 for k in tops)
    if max(boxes[k].y1 for k in upper) > first + 0.4 * em:
        return False
    if boxes.title in upper and all(boxes[k].y0 < boxes[boxes.title].y1 for k in upper):
        return True
    drawn = [_rule_over(boxes[k], boxes, em, barriers) for k in tops]
    ruled = [y for y in drawn if y is not None]
    begins = _under_one_rule(tops, max(boxes[k].y1 for k in upper), boxes, em, barriers)
    spread = max(begins) - min(begins)
    if len(ruled) == len(tops) > 1 and spread < FAR * em:
        if max(ruled) - min(ruled) < LEVEL * em:
            return True
        if all(boxes[k].y0 - y < SOON * em for k, y in zip(tops, ruled, strict=True)):
            return False
    edges = [boxes[k].y0 if k in boxes.framed else y for k, y in zip(tops, drawn, strict=True)]
    begun = [y for y in edges if y is not None]
    exactly = max(begun, default=0.0) - min(begun, default=0.0) < EXACT * em
    if spread < LEVEL * em or (ruled and len(begun) == len(tops) and exactly):
        return True
    exact = [k for k, y in zip(tops, begins, strict=True) if y < first + EXACT * em]
    wide = sum(boxes[k].width for k in exact) / sum(boxes[k].width for k in tops)
    odd = [k for k in tops if k not in exact]
    return (
        len(odd) == 1 < len(exact)
        and wide > 0.65
        and LOW * em < boxes[odd[0]].y0 - first < ODD * em
        and odd[0] not in boxes.framed
        and _hangs_free(odd[0], drawn[tops.index(odd[0])], exact, upper, boxes)
    )


def _stands_over(j: int, k: int, boxes: _Laid, em: float) -> bool:
    """Whether one box, or some of what it is made of, stands over where another begins."""
    a, b = boxes[j], boxes[k]
    over = a.overlap_x(b) > min(em, 0.5 * b.width) and a.y0 < b.y0 - em
    return over or boxes.hangs(j, k, em)


def _hangs_free(
    odd: int, rule: float | None, level: Sequence[int], upper: Sequence[int], boxes: Sequence[Rect]
) -> bool:
    """Whether what ends over the one box that begins lower ends about where it does over those
    that begin `level`, and far over the `rule` over that box, if there is one: then the white over
    the box is in its column, and none that parts bands."""

    def end(over: Sequence[int]) -> float:
        ends = (boxes[j].y1 for j in upper if any(boxes[j].overlap_x(boxes[k]) > 0 for k in over))
        return max(ends, default=float("-inf"))

    top, first = boxes[odd].y0, min(boxes[k].y0 for k in level)
    if rule is not None and rule - end([odd]) <= HUNG * (top - rule):
        return False
    return end([odd]) < end(level) + 0.3 * (top - first)


def _rule_over(box: Rect, boxes: Sequence[Rect], em: float, barriers: Barriers) -> float | None:
    """Where the rule is drawn right over a box along most of it; None where there is none."""
    return max((r.cy for r in _rules_over(box, boxes, em, barriers)), default=None)


def _rules_over(box: Rect, boxes: Sequence[Rect], em: float, barriers: Barriers) -> list[Rect]:
    """The rules right over a box along most of it. The lower edge of a frame is none."""
    return [
        r
        for r in barriers.horizontal
        if box.y0 - UNDER * em < r.cy < box.y0 - EXACT * em
        and r.overlap_x(box) > 0.6 * box.width
        and not any(abs(r.cy - o.y1) < EXACT * em and r.overlap_x(o) > 0.6 * r.width for o in boxes)
    ]


def _under_one_rule(
    tops: Sequence[int], lane: float, boxes: Sequence[Rect], em: float, barriers: Barriers
) -> list[float]:
    """Where each of `tops` begins. Those over which one rule runs, in the lane that begins at
    `lane`, are columns under one rule, and all begin where the first of them does."""
    over = [
        {r for r in _rules_over(boxes[k], boxes, em, barriers) if r.cy > lane - EXACT * em}
        for k in tops
    ]
    return [
        min(boxes[j].y0 for j, others in zip(tops, over, strict=True) if j == k or own & others)
        for k, own in zip(tops, over, strict=True)
    ]


def _ruled_through(
    left: Sequence[int],
    right: Sequence[int],
    rows: Sequence[Sequence[int]],
    boxes: Sequence[Rect],
    barriers: Barriers,
) -> bool:
    """Whether a vertical rule between two columns runs on through the white between what stands
    in them of two of `rows`, and no horizontal rule runs through there."""
    x0, x1 = max(boxes[k].x1 for k in left), min(boxes[k].x0 for k in right)
    here = {*left, *right}
    own = [[k for k in band if k in here] for band in rows]
    hulls = [bounding(boxes[k] for k in band) for band in own if band]
    for a, b in itertools.pairwise(hulls):
        down = any(
            x0 - REACH < r.cx < x1 + REACH and r.y0 < a.y1 - REACH and r.y1 > b.y0 + REACH
            for r in barriers.vertical
        )
        across = any(
            a.y1 - REACH < r.cy < b.y0 + REACH and r.x0 < x0 - REACH and r.x1 > x1 + REACH
            for r in barriers.horizontal
        )
        if down and not across:
            return True
    return False


def _bands(
    items: list[int], boxes: Sequence[Rect], em: float, *, vertical: bool
) -> list[list[int]]:
    """Groups parted by a clear line; forgiving overlaps of up to one em."""

    def low(k: int) -> float:
        return boxes[k].x0 if vertical else boxes[k].y0

    def high(k: int) -> float:
        return boxes[k].x1 if vertical else boxes[k].y1

    order = sorted(items, key=lambda k: (low(k), high(k)))
    bands: list[list[int]] = []
    reach = float("-inf")
    for k in order:
        if bands and low(k) < reach - em:
            bands[-1].append(k)
        else:
            bands.append([k])
        reach = max(reach, high(k))
    return bands


def _interlocked(items: list[int], boxes: _Laid, em: float) -> list[int]:
    """No clear cut: an article comes after those wholly over or wholly left of it."""
    heads = boxes.heads
    rest = sorted(items, key=lambda k: (heads[k].y0 + 0.35 * heads[k].x0, heads[k].x0))
    out: list[int] = []

    def before(j: int, k: int) -> bool:
        a, b = boxes[j], boxes[k]
        if a.overlap(b) > 0.3 * min(a.area, b.area):
            over, under = boxes.hangs(j, k, em), boxes.hangs(k, j, em)
            if over != under:
                return over
            a, b = heads[j], heads[k]
        return _before(a, b, em)

    while rest:
        for k in rest:
            if not any(before(j, k) for j in rest if j != k):
                break
        else:
            k = rest[0]
        out.append(k)
        rest.remove(k)
    return out


def _before(a: Rect, b: Rect, em: float) -> bool:
    """Whether `a` must be read before `b`."""
    if a.overlap_x(b) > em and a.y0 < b.y0 - em and a.cy < b.cy:
        return True
    return a.overlap_y(b) > em and a.x1 <= b.x0 + em
