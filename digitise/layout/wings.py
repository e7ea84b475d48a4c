"""The columns that a vertical headline opens: those level with it, at one of its sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..model import Rect

if TYPE_CHECKING:
    from .surroundings import Surroundings

RISE, FALL = 4.6, 0.6
"""How far over and under the top of a vertical headline, in ems, its columns may begin: it is
set flush with them or centred beside them."""
FLUSH = 0.4
CENTRED = 2.0
"""How far, in ems, the middle of a headline may be from that of the longer column it is set beside
the middle of."""
REACH = 3.2
"""Most ems of white between a headline, or the column it stands in, and its columns."""
DROP = 16.0
"""Most ems of white between a headline and the text under it in its own column."""


class _Run(NamedTuple):
    """Level columns beside a headline, outwards; whether they go on in columns under a head of
    their own; whether they begin flush with the headline."""

    bodies: list[int]
    headed: bool
    flush: bool


def wings(around: Surroundings) -> dict[int, int]:
    """The vertical head of each body (indices of nodes) that begins beside one, level with it.

    A body that stands right under another column would otherwise count as that column's going
    on. Where columns stand level at both sides of a headline, those are its own that no other
    headline stands over, or that begin flush with it; if that tells nothing, none are.
    """
    found: dict[int, int] = {}
    for h, node in enumerate(around.nodes):
        if node.head is None or not node.head.vertical or node.head.weak:
            continue
        if around.scene.downward:
            if (first := _first_of_band(around, h)) is not None:
                found.setdefault(first, h)
            continue
        runs = [run for side in (-1, 1) if (run := _run(around, h, side)).bodies]
        for told in ("headed", "flush"):
            if len(runs) == 2 and getattr(runs[0], told) != getattr(runs[1], told):
                runs = [r for r in runs if getattr(r, told) == (told == "flush")]
        if len(runs) == 1:
            own = runs[0].bodies
            under = _under(around, h)
            if under is not None and around.nodes[own[0]].box.x0 > around.nodes[h].box.cx:
                own = [under, *own]
            for k in own:
                found.setdefault(k, h)
    return found


def _under(around: Surroundings, h: int) -> int | None:
    """The text right under a headline that stands in the middle of one column's width, in the
    place of its first lines, if there is any."""
    nodes, em = around.nodes, around.em
    head = nodes[h].box
    best: int | None = None
    for k in around.bodies:
        b = around.measure[k]
        if around.cell[k] != around.cell[h] or abs(b.cx - head.cx) > CENTRED * em:
            continue
        if not (-0.5 * em < b.y0 - head.y1 < DROP * em and head.width < b.width):
            continue
        if best is None or b.y0 < nodes[best].box.y0:
            best = k
    if best is None or around._head_between(head, nodes[best].box, h):
        return None
    return None if around.scene.barriers.between(head, nodes[best].box) else best


def _first_of_band(around: Surroundings, h: int) -> int | None:
    """On a page set downwards and turned, where a headline from right to left stands at the left
    of the band it lies over: the piece which that band begins with, up to a rule, another
    headline or the end of the page."""
    nodes, em = around.nodes, around.em
    head = nodes[h].box
    band = [
        k
        for k in around.bodies
        if around.cell[k] == around.cell[h]
        and -1.0 < (nodes[k].box.x0 - head.x1) / em < REACH
    ]  # fmt: skip
    under = [k for k in band if nodes[k].box.overlap_y(head) > 0]
    if not under:
        return None
    first = min(under, key=lambda k: nodes[k].box.y0)
    while True:
        top = nodes[first].box
        over = [
            k
            for k in band
            if -em < top.y0 - nodes[k].box.y1 < REACH * em
            and nodes[k].box.cy < top.cy
            and abs(nodes[k].box.x0 - top.x0) < 2.5 * em
            and not around.scene.barriers.between(nodes[k].box, top)
            and not around._head_between(nodes[k].box, top)
        ]  # fmt: skip
        if not over:
            return first
        first = max(over, key=lambda k: nodes[k].box.y1)


def _run(around: Surroundings, h: int, side: int) -> _Run:
    nodes, em = around.nodes, around.em
    run: list[int] = []
    under = _under(around, h)
    here: Rect = nodes[h].box
    rise = RISE
    if under is not None:
        # the middle of the place left free for it at the top of the column
        lane = around.measure[under]
        rise = max(RISE, (lane.y0 - here.y1) / em + FALL)
        here = Rect(lane.x0, here.y0, lane.x1, here.y1)
    headed = False
    while True:
        best: tuple[float, int] | None = None
        for k in around.bodies:
            b = around.measure[k]
            if k in run or around.cell[k] != around.cell[h]:
                continue
            apart = (b.x0 - here.x1 if side > 0 else here.x0 - b.x1) / em
            if not -1.0 < apart < REACH or not _level(around, nodes[h].box, run, k, rise):
                continue
            pair = (here, b) if side > 0 else (b, here)
            ruled = around.scene.barriers.share_beside(*pair) > 0.5
            if ruled and not (side < 0 and run and _runs_on(around, k, run[-1])):
                continue
            if best is None or apart < best[0]:
                best = (apart, k)
        if best is None:
            break
        k = best[1]
        headed = _headed(around, k, h)
        if headed:
            break
        run.append(k)
        here = around.measure[k]
    while side < 0 and len(run) > 1 and around.ends[run[-1]].fresh < 0.5:
        run.pop()  # a body begins with its leftmost column, and not in a sentence
    flush = bool(run) and abs(nodes[run[0]].box.y0 - nodes[h].box.y0) < FLUSH * em
    return _Run(run, headed, flush)


def _level(around: Surroundings, head: Rect, run: list[int], k: int, rise: float) -> bool:
    b = around.nodes[k].box
    top = around.led.get(k, b.y0)
    if run:
        first = run[0]
        return abs(around.led.get(first, around.nodes[first].box.y0) - top) < 0.9 * around.lead
    if b.y1 < head.y0 + 2 * around.em:
        return False
    centred = b.y0 < head.y0 and abs(b.cy - head.cy) < CENTRED * around.em
    return centred or -rise <= (top - head.y0) / around.em <= FALL


def _runs_on(around: Surroundings, k: int, after: int) -> bool:
    """Whether one body breaks off in a sentence and another goes on in one."""
    return around.ends[k].going > 0.7 and around.ends[after].fresh < 0.3


def _headed(around: Surroundings, k: int, h: int) -> bool:
    """Whether another head than that of node `h` stands right over a body."""
    if around.roof[k] < 0 or around.roof[k] == h or around.roof[k] in around.photo_titles:
        return False
    top, b = around.nodes[around.roof[k]].box, around.nodes[k].box
    white = Rect(b.x0, top.y1, b.x1, max(top.y1, b.y0))
    return not any(
        around.nodes[j].box.overlap_x(white) > 0.3 * white.width
        and white.y0 < around.nodes[j].box.cy < white.y1
        for j in around.bodies
        if j != k
    )
