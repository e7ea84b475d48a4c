"""What it costs to let one piece of a page go on in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Rect, bounding
from ..text.clues import dateline, split_trailing_byline
from ..text.jumps import find_jumps, leading_jump
from ..text.marks import ends_openly, ends_sentence
from .heads import Head
from .scene import Scene


@dataclass(frozen=True, slots=True)
class Node:
    """A body block or, when `head` is set, a title block. `box` is in pixels."""

    box: Rect
    block: int = -1
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """How a body block begins and ends.

    `fresh`: 1 when its first line opens a paragraph, 0 when it goes on, 0.5 when unknown.
    `going`: 1 when its last line breaks off in a sentence at the full measure, 0 when the
    paragraph is over, between when unsure.
    """

    fresh: float
    going: float
    dateline: bool
    signed: bool
    jump_out: bool
    jump_in: bool
    title: bool = False


class Links:
    def __init__(self, scene: Scene, nodes: Sequence[Node]) -> None:
        self.scene = scene
        self.nodes = nodes
        self.em = scene.em
        self.lead = scene.lead
        self.ends = [self._ends(node) for node in nodes]
        self.cell = [
            scene.blocks[node.block if node.head is None else node.head.headline[0]].cell
            for node in nodes
        ]
        bodies = [k for k, node in enumerate(nodes) if node.head is None]
        self.bodies = bodies
        self.pictures = [
            bounding([p.box, *(scene.blocks[i].box for i, k in scene.caption_of.items() if k == n)])
            for n, p in enumerate(scene.pictures)
        ]
        self.pictures += scene.tables
        self.pictures += [c.box for c in scene.ground.cells]
        self.roof: dict[int, int] = {}
        self.ceiling: dict[int, float] = {}
        for k in bodies:
            self.roof[k], self.ceiling[k] = self._roof(k)
        self.above = {k: self._touching(k, up=True) for k in bodies}
        self.below = {k: self._touching(k, up=False) for k in bodies}
        self._share_roofs()
        self.ruled = self._ruled_gutters()
        heads: dict[int, int] = {}
        for k, node in enumerate(nodes):
            if node.head is not None and not node.head.weak:
                heads[self.cell[k]] = heads.get(self.cell[k], 0) + 1
        # a frame with one headline holds one article
        self.sole = {cell for cell, n in heads.items() if n == 1 and cell >= 0}

    # -- what each piece says of itself -------------------------------------------------

    def measure(self, k: int) -> tuple[float, float]:
        """Left and right of the measure a body block is set to; a short block borrows it from
        the block it touches."""
        box = self.nodes[k].box
        return box.x0, box.x1

    def _ends(self, node: Node) -> Ends:
        if node.head is not None:
            return Ends(1.0, 0.0, False, False, False, False)
        b = self.scene.blocks[node.block]
        if self.scene.title_like(node.block) >= 1.0 and not find_jumps(b.text):
            return Ends(1.0, 0.0, False, False, False, False, title=True)
        em = b.size
        left, right = b.box.x0, b.box.x1
        wide = self._wider(b.box, node.block)
        if wide is not None:
            left, right = min(left, wide[0]), max(right, wide[1])
        first, last = b.rows[0], b.rows[-1]
        indent = (first.box.x0 - left) / em
        if len(b.rows) == 1 and wide is None:
            fresh = 0.5
        elif indent > 1.1:
            fresh = 1.0
        elif first.text[:1] in "“‘「『（《【" and indent > 0.4:
            fresh = 0.6
        else:
            fresh = 0.0
        byline = split_trailing_byline(last.text).byline
        slack = (right - last.box.x1) / em
        text = last.text
        if byline:
            going, signed = 0.0, True
        elif slack > 1.6:
            going, signed = (0.0 if ends_sentence(text) else 0.25), False
        else:
            signed = False
            going = 0.45 if ends_sentence(text) else (1.0 if slack < 1.1 else 0.8)
            if ends_openly(text):
                going = 1.0
        if len(b.rows) == 1 and wide is None:
            going = min(going, 0.6)
        head_text = first.text
        outs = [
            j
            for row in b.rows[-2:]
            for j in find_jumps(row.text)
            if j.direction == "to" and (j.start > 1 or row is not first)
        ]
        taken_up = leading_jump(head_text) is not None or any(
            j.direction == "from" for j in find_jumps(head_text)
        )
        return Ends(fresh, going, bool(dateline(head_text)), signed, bool(outs), taken_up)

    def _wider(self, box: Rect, own: int) -> tuple[float, float] | None:
        """The measure of a longer block of the same column right over or under a short one."""
        b = self.scene.blocks[own]
        if len(b.rows) >= 3:
            return None
        best: tuple[float, tuple[float, float]] | None = None
        for k, o in enumerate(self.scene.blocks):
            if k == own or len(o.rows) < 2 or abs(o.size / b.size - 1) > 0.12 or o.vertical:
                continue
            gap = max(o.box.y0 - box.y1, box.y0 - o.box.y1)
            if gap > 12 * self.em or o.box.x0 > box.x0 + 0.8 * self.em:
                continue
            if o.box.x1 < box.x1 - 0.8 * self.em or o.box.x0 < box.x0 - 2.8 * self.em:
                continue
            if best is None or gap < best[0]:
                best = (gap, (o.box.x0, o.box.x1))
        return best[1] if best else None

    # -- what stands round each piece ---------------------------------------------------

    def _touching(self, k: int, *, up: bool) -> int | None:
        """The body block of the same column right over (under) block `k`, with nothing but
        white between; None when there is none."""
        box = self.nodes[k].box
        best, best_gap = None, 1.8 * self.em
        for j in self.bodies:
            o = self.nodes[j].box
            if j == k or self.cell[j] != self.cell[k]:
                continue
            gap = box.y0 - o.y1 if up else o.y0 - box.y1
            if not -0.6 * self.em < gap < best_gap or (o.cy < box.cy) != up:
                continue
            if o.overlap_x(box) < 0.6 * min(o.width, box.width):
                continue
            upper, lower = (o, box) if up else (box, o)
            if self.scene.barriers.share_below(upper, lower) > 0.5:
                continue
            if self._head_between(upper, lower):
                continue
            best, best_gap = j, gap
        return best

    def _head_between(self, upper: Rect, lower: Rect, but: int = -1) -> bool:
        x0, x1 = max(upper.x0, lower.x0), min(upper.x1, lower.x1)
        for k, node in enumerate(self.nodes):
            if k == but or node.head is None or node.head.weak:
                continue
            for i in node.head.members:
                h = self.scene.blocks[i].box
                if upper.cy < h.cy < lower.cy and min(x1, h.x1) - max(x0, h.x0) > 0.25 * (x1 - x0):
                    return True
        return False

    def _share_roofs(self) -> None:
        """A headline may be narrower than the columns it heads. Of the level columns beside
        those under it, with nothing but white up to the head's own top, it takes as many on
        either side as make it stand in the middle of them, or flush at their left."""
        claims: dict[int, tuple[float, int]] = {}
        for h, node in enumerate(self.nodes):
            if node.head is None or node.head.vertical:
                continue
            own = [k for k in self.bodies if self.roof[k] == h and self.above[k] is None]
            if not own:
                continue
            hull = bounding(self.nodes[k].box for k in own)
            left = self._level_run(own, h, -1)
            right = self._level_run(own, h, 1)
            best: tuple[float, list[int]] | None = None
            for i in range(len(left) + 1):
                for j in range(len(right) + 1):
                    taken = left[:i] + right[:j]
                    box = bounding([hull, *(self.nodes[k].box for k in taken)])
                    off = min(
                        abs(box.cx - node.box.cx) / self.em,
                        1.0 + abs(box.x0 - node.box.x0) / self.em,
                    )
                    off += sum(self._foreign(own[0], k) for k in taken) - 0.4 * len(taken)
                    if best is None or off < best[0]:
                        best = (off, taken)
            assert best is not None
            for k in best[1]:
                if k not in claims or best[0] < claims[k][0]:
                    claims[k] = (best[0], h)
        for k, (_, h) in claims.items():
            self.roof[k] = h

    def _level_run(self, own: Sequence[int], head: int, side: int) -> list[int]:
        """Columns beside those under a head, one after the other outwards: level with them and
        under no head themselves."""
        edge = (min if side < 0 else max)(
            own, key=lambda k: self.nodes[k].box.x0 if side < 0 else self.nodes[k].box.x1
        )
        top = self.nodes[head].box
        run: list[int] = []
        here = edge
        while True:
            a = self.nodes[here].box
            found = None
            for k in self.bodies:
                b = self.nodes[k].box
                if self.roof[k] >= 0 or self.cell[k] != self.cell[edge] or k in run:
                    continue
                apart = b.x0 - a.x1 if side > 0 else a.x0 - b.x1
                level = abs(self.nodes[edge].box.y0 - b.y0) < 0.9 * self.lead
                if not (-self.em < apart < 3.2 * self.em and level):
                    continue
                if self.ceiling[k] > top.y0 + 0.6 * self.em:
                    continue
                pair = (a, b) if side > 0 else (b, a)
                if self.scene.barriers.share_beside(*pair) > 0.5 and self._rule_rises(*pair, top):
                    continue
                found = k
                break
            if found is None:
                return run
            run.append(found)
            here = found

    def _foreign(self, a: int, b: int) -> float:
        """How unlike the type of two body blocks is, for standing under one head."""
        x, y = (self.scene.blocks[self.nodes[k].block] for k in (a, b))
        cost = 0.0
        if abs(x.size / y.size - 1) > 0.03:
            cost += 6.0
        if x.font != y.font:
            cost += 4.0
        if abs(x.box.width - y.box.width) > 1.5 * self.em and min(len(x.rows), len(y.rows)) > 1:
            cost += 4.0
        return cost

    def _rule_rises(self, left: Rect, right: Rect, head: Rect) -> bool:
        """Whether the rule between two columns goes on up beside the headline."""
        for rule in self.scene.barriers.vertical:
            between = min(left.x1, right.x0) - self.em < rule.cx < max(left.x1, right.x0) + self.em
            if between and rule.y0 < head.cy < rule.y1:
                return True
        return False

    def _roof(self, k: int) -> tuple[int, float]:
        """The head a column stands under: index of its node, -1 for none, -2 for a rule; and
        the y of whatever was met.

        Looks straight up from the block, through body of the same column that it touches and
        through pictures, until a head or a rule stops it.
        """
        box = self.nodes[k].box
        top = box.y0
        seen: set[int] = {k}
        while True:
            best: tuple[float, str, int] | None = None
            for j, node in enumerate(self.nodes):
                if j in seen or self.cell[j] != self.cell[k]:
                    continue
                o = node.box
                if o.y1 > top + 0.6 * self.em or o.cy >= top:
                    continue
                if o.overlap_x(box) < 0.25 * min(box.width, o.width):
                    continue
                if node.head is not None and node.head.vertical and o.width < 0.8 * box.width:
                    continue
                what = "body" if node.head is None else "head"
                if best is None or o.y1 > best[0]:
                    best = (o.y1, what, j)
            for rule in self.scene.barriers.horizontal:
                if (
                    rule.cy < top
                    and rule.overlap_x(box) > 0.5 * box.width
                    and (best is None or rule.cy > best[0])
                ):
                    best = (rule.cy, "rule", -2)
            through = False
            for pic in self.pictures:
                if (pic.y0 < top <= pic.y1 + 2 * self.em or pic.cy < top) and (
                    pic.overlap_x(box) > 0.4 * box.width
                    and pic.y1 <= top + 2 * self.em
                    and (best is None or pic.y1 > best[0])
                    and pic.y1 > top - 4 * self.em
                    and pic.area < 0.2 * self.scene.sheet.width * self.scene.sheet.height
                ):
                    top = pic.y0
                    through = True
                    break
            if through:
                continue
            if best is None:
                return -1, 0.0
            y1, what, j = best
            if what == "rule":
                return (-2 if top - y1 < 30 * self.em else -1), y1
            if what == "head":
                return (j if top - y1 < 14 * self.em else -1), y1
            if top - y1 > 2.0 * self.em:
                return -1, y1
            seen.add(j)
            top = min(top, self.nodes[j].box.y0)

    def _ruled_gutters(self) -> float:
        """Share of the page's gutters between level columns that carry a hairline."""
        pairs = ruled = 0
        for p in self.bodies:
            a = self.nodes[p].box
            for q in self.bodies:
                b = self.nodes[q].box
                if (
                    0 < b.x0 - a.x1 < 3.5 * self.em
                    and abs(a.y0 - b.y0) < self.lead
                    and (self.roof[p] == self.roof[q] >= 0)
                ):
                    pairs += 1
                    ruled += self.scene.barriers.share_beside(a, b) > 0.6
        return ruled / pairs if pairs else 0.0

    # -- costs --------------------------------------------------------------------------

    def start_cost(self, q: int) -> float:
        node = self.nodes[q]
        if node.head is not None:
            if not node.head.weak:
                return 0.0
            size = self.scene.blocks[node.head.headline[0]].size / self.em
            return min(1.9, max(0.0, 5.0 * (1.74 - size)))
        ends = self.ends[q]
        if ends.jump_in:
            return 1.0
        cost = 3.6 - 1.0 * ends.dateline + 1.6 * (1 - ends.fresh)
        cell = self.cell[q]
        if cell in self.sole:
            cost += 1.5
        if cell >= 0 and not any(
            n.head is not None and self.cell[k] == cell for k, n in enumerate(self.nodes)
        ):
            cost -= 2.6
        return cost

    def end_cost(self, p: int) -> float:
        node = self.nodes[p]
        if node.head is not None:
            return 1.6 if node.head.weak else 4.2
        ends = self.ends[p]
        if ends.title:
            return 3.0
        if ends.jump_out:
            return -1.0
        if ends.signed:
            return -0.8
        return 3.2 * ends.going

    def cost(self, p: int, q: int) -> float | None:
        """Of letting node `p` go on in node `q`; None when it cannot be."""
        if self.cell[p] != self.cell[q]:
            return None
        a, b = self.nodes[p], self.nodes[q]
        if b.head is not None:
            if not b.head.weak or a.head is not None:
                return None
            return self._into_subhead(p, q)
        if a.head is not None:
            if a.head.vertical:
                return self._from_vertical_head(p, q)
            return self._from_head(p, q)
        if self.ends[p].jump_out or self.ends[q].jump_in:
            return None
        return self._from_body(p, q)

    def _text_cost(self, p: int, q: int) -> float:
        """Whether the text can run on from `p` into `q`."""
        going, fresh = self.ends[p].going, self.ends[q].fresh
        if self.ends[p].signed:
            return 3.5
        agree = going * (1 - fresh) * -1.4
        broken = going * fresh * 2.6 + (1 - going) * (1 - fresh) * 2.8
        return agree + broken + 1.6 * self.ends[q].dateline

    def _opening(self, q: int) -> float:
        """Whether a block begins like a body: indented, with a dateline, or taken up from
        another page."""
        ends = self.ends[q]
        if ends.jump_in:
            return -1.5
        return 1.5 * (1 - ends.fresh) - 1.4 * ends.dateline

    def _type_cost(self, p: int, q: int) -> float | None:
        a = self.scene.blocks[self.nodes[p].block]
        b = self.scene.blocks[self.nodes[q].block]
        ratio = max(a.size, b.size) / max(1e-6, min(a.size, b.size))
        if ratio > 1.4 or a.vertical != b.vertical:
            return None
        cost = 0.0 if ratio < 1.07 else 12 * (ratio - 1.07)
        small = min(len(a.rows), len(b.rows)) <= 2
        if self.ends[p].title or self.ends[q].title:
            return 0.0 if ratio < 1.35 else None
        if a.font and b.font and a.font != b.font:
            cost += 0.5 if small else 1.6
        if a.reversed != b.reversed:
            cost += 2.0
        return cost

    def _from_body(self, p: int, q: int) -> float | None:
        kind = self._type_cost(p, q)
        if kind is None:
            return None
        a, b = self.nodes[p].box, self.nodes[q].box
        em = self.em
        cost = kind + self._text_cost(p, q)
        if self.cell[p] in self.sole:
            cost -= 1.0
        if b.y0 > a.y1 - 0.8 * em and a.overlap_x(b) > 0.5 * min(a.width, b.width):
            return self._down(p, q, cost)
        if b.x0 > a.x1 - 1.0 * em:
            return self._across(p, q, cost)
        if b.x1 < a.x0 + 1.0 * em and b.y0 > a.y0 + 2 * em:
            return self._back(p, q, cost)
        return None

    def _down(self, p: int, q: int, cost: float) -> float | None:
        a, b = self.nodes[p].box, self.nodes[q].box
        em = self.em
        if self.scene.barriers.share_below(a, b) > 0.5:
            cost += 3.0
        if self._head_between(a, b):
            cost += 5.0
        gap = Rect(max(a.x0, b.x0), a.y1, min(a.x1, b.x1), b.y0)
        filled = 0.0
        if gap.height > 0:
            for k in self.bodies:
                o = self.nodes[k].box
                if (
                    k not in (p, q)
                    and o.overlap_x(gap) > 0.5 * min(gap.width, o.width)
                    and a.cy < o.cy < b.cy
                    and self.cell[k] == self.cell[p]
                ):
                    return None
            filled = (
                sum(
                    pic.overlap_y(gap)
                    for pic in self.pictures
                    if pic.overlap_x(gap) > 0.3 * gap.width
                )
                / gap.height
            )
            blank = max(0.0, gap.height / em - 1.2) * max(0.0, 1 - filled)
            cost += min(3.0, 0.22 * blank) + (0.25 if filled > 0.3 else 0.0)
        shift = max(abs(a.x0 - b.x0), abs(a.x1 - b.x1)) / em
        if min(len(self._rows(p)), len(self._rows(q))) >= 2 and shift > 1.2:
            cost += min(1.5, 0.15 * shift)
        return cost - 0.6

    def _rows(self, k: int) -> tuple[object, ...]:
        return self.scene.blocks[self.nodes[k].block].rows

    def _width_cost(self, p: int, q: int) -> float:
        if min(len(self._rows(p)), len(self._rows(q))) <= 1:
            return 0.3
        a, b = self.nodes[p].box, self.nodes[q].box
        diff = abs(a.width - b.width) / self.em
        return 0.0 if diff < 0.9 else min(2.5, 0.45 * diff)

    def _across(self, p: int, q: int, cost: float) -> float | None:
        a, b = self.nodes[p].box, self.nodes[q].box
        em = self.em
        gutter = (b.x0 - a.x1) / em
        if gutter > 45:
            return None
        strip = Rect(a.x1, min(a.y0, b.y0), max(a.x1 + 1, b.x0), max(a.y1, b.y1))
        hops = 0
        for k in self.bodies:
            o = self.nodes[k].box
            if k in (p, q) or o.overlap_x(strip) < 0.6 * o.width:
                continue
            if o.overlap_y(a) > 0.3 * min(o.height, a.height) or o.overlap_y(b) > 0.3 * min(
                o.height, b.height
            ):
                hops += 1
        cost += min(6.0, 2.2 * hops)
        if hops == 0 and gutter > 3.2:
            held = max((pic.overlap(strip) / strip.area for pic in self.pictures), default=0.0)
            cost += min(3.0, 0.2 * (gutter - 3.2)) * (0.4 if held > 0.3 else 1.0)
        if self.below[p] is not None:
            cost += 1.8
        if self.above[q] is not None:
            cost += 1.8
        level = abs(a.y0 - b.y0) < 0.9 * self.lead
        same_roof = self.roof[p] >= 0 and self.roof[p] == self.roof[q]
        if same_roof:
            cost -= 1.0
        elif self.roof[q] >= 0:
            # q stands under a head that p does not stand under
            head = self.nodes[self.roof[q]]
            cost += 3.2 if not (level and head.box.x0 < a.x1) else 0.4
        elif level:
            cost -= 0.8
        elif b.y0 > a.y1:
            cost += 2.5
        else:
            cost += 0.8 + 0.5 * (1 - self.ends[p].going)
        if level:
            cost -= 0.4
        elif b.y1 < a.y0 - em and not same_roof:
            cost += 0.8
        cost += self._width_cost(p, q)
        if self.scene.barriers.share_beside(a, b) > 0.6:
            cost += 1.4 * (1 - self.ruled) if hops == 0 else 1.4
        # a rule over one of two columns otherwise level parts them
        return cost

    def _back(self, p: int, q: int, cost: float) -> float | None:
        """To the left again and down: a body set in two tiers."""
        a, b = self.nodes[p].box, self.nodes[q].box
        if self.roof[q] >= 0 and self.roof[q] != self.roof[p]:
            return None
        if self.above[q] is not None or self.below[p] is not None:
            cost += 1.8
        if b.y0 < a.y1 - 2 * self.em:
            cost += 1.0
        if self.scene.barriers.share_beside(b, a) > 0.5 or self._walled_off(b, a):
            cost += 3.0
        cost += self._width_cost(p, q)
        far = (a.x0 - b.x1) / self.em
        return cost + 1.9 + 0.01 * far

    def _leads_report(self, q: int) -> bool:
        """Whether the text right under a weak head opens with a dateline of its own."""
        box = self.nodes[q].box
        return any(
            self.ends[k].dateline
            and -0.5 * self.em < self.nodes[k].box.y0 - box.y1 < 3 * self.em
            and self.nodes[k].box.overlap_x(box) > 0.3 * box.width
            for k in self.bodies
        )

    def _same_run(self, left: Rect, right: Rect) -> bool:
        """Whether two level columns are of one width with no rule between."""
        return (
            abs(left.width - right.width) < 1.2 * self.em
            and self.scene.barriers.share_beside(left, right) < 0.5
        )

    def _walled_off(self, left: Rect, right: Rect) -> bool:
        """Whether a vertical rule between two boxes runs along most of either of them."""
        for rule in self.scene.barriers.vertical:
            if left.x1 - self.em < rule.cx < right.x0 + self.em and (
                rule.overlap_y(left) > 0.8 * left.height
                or rule.overlap_y(right) > 0.8 * right.height
            ):
                return True
        return False

    def _into_subhead(self, p: int, q: int) -> float | None:
        """A weak head taken as a title inside the body that `p` belongs to."""
        node = self.nodes[q]
        assert node.head is not None
        a, b = self.nodes[p].box, node.box
        size = self.scene.blocks[node.head.headline[0]].size / self.em
        cost = 1.2 + 6.0 * max(0.0, size - 1.25) + 2.5 * (self.ends[p].going > 0.7)
        if self.ends[p].signed or self.ends[p].jump_out:
            cost += 3.0
        if self._leads_report(q):
            cost += 2.5
        inside = b.x0 > a.x0 - self.em and b.x1 < a.x1 + self.em
        if b.y0 > a.y1 - self.em and inside:
            gap = (b.y0 - a.y1) / self.em
            if self.scene.barriers.share_below(a, b) > 0.5:
                cost += 3.0
            return cost + min(3.0, 0.3 * max(0.0, gap - 1.5)) - 0.6
        if b.x0 > a.x1 - self.em and b.x0 - a.x1 < 0.6 * a.width + 3 * self.em:
            if b.width > a.width + self.em or self.below[p] is not None:
                return None
            return cost + 1.3
        return None

    def _from_head(self, p: int, q: int) -> float | None:
        head, b = self.nodes[p].box, self.nodes[q].box
        em = self.em
        cost = self._opening(q)
        headline = self.scene.blocks[self.nodes[p].head.headline[0]]  # type: ignore[union-attr]
        if self.nodes[p].head.weak:  # type: ignore[union-attr]
            size = headline.size / em
            cost += 0.3 if size > 1.25 else 0.0
        if b.y0 < head.y1 - 1.0 * em:
            # beside the head: a body that begins level with its title
            if b.y0 < head.y0 - 2.5 * em or b.overlap_x(head) > em:
                return None
            under = [self.nodes[k].box for k in self.bodies if self.roof[k] == p]
            area = bounding([head, *under])
            away = max(b.x0 - area.x1, area.x0 - b.x1) / em
            if b.x1 < area.x0:
                # the title stands in the middle: columns level with it come between
                level = [
                    o
                    for k in self.bodies
                    if k != q and self.cell[k] == self.cell[q]
                    for o in [self.nodes[k].box]
                    if abs(o.y0 - b.y0) < self.lead
                ]
                away -= sum(
                    o.width / em + 1.5
                    for o in level
                    if o.x0 > b.x1 - em and o.x1 < area.x0 + em
                )
                if any(0 < b.x0 - o.x1 < 3.2 * em and self._same_run(o, b) for o in level):
                    cost += 0.9
            if away > 6:
                return None
            return cost + 1.4 + 0.15 * max(0.0, away - 1) + (0.8 if b.x0 > head.x1 else 0.0)
        gap = (b.y0 - head.y1) / em
        if gap > 60:
            return None
        cost += min(3.5, 0.16 * max(0.0, gap - 2.0))
        if self.scene.barriers.share_below(head, b) > 0.5:
            cost += 2.0
        if self._head_between(head, b, but=p):
            cost += 4.0
        if self.above[q] is not None:
            cost += 2.4
        over = b.overlap_x(head)
        if over > 0:
            cost += min(1.6, 0.05 * max(0.0, (b.x0 - head.x0) / em))
            if self.roof[q] != p and self.roof[q] >= 0:
                cost += 3.0
        elif b.x1 <= head.x0:
            away = (head.x0 - b.x1) / em
            if away > 40:
                return None
            cost += 0.8 + 0.06 * away
            if self.roof[q] >= 0 and self.roof[q] != p:
                cost += 3.0
            if gap > 5:
                cost += 0.3 * (gap - 5)
            if self.scene.barriers.share_beside(b, head) > 0.5:
                cost += 2.0
        else:
            cost += 2.0 + 0.1 * (b.x0 - head.x1) / em
            if self.roof[q] >= 0 and self.roof[q] != p:
                cost += 3.0
            if gap > 5:
                cost += 0.3 * (gap - 5)
        return cost

    def _body_between(self, left: Rect, right: Rect, q: int) -> bool:
        strip = Rect(
            left.x1, max(left.y0, right.y0), max(left.x1 + 1, right.x0), min(left.y1, right.y1)
        )
        return any(
            k != q and self.nodes[k].box.overlap(strip) > 0.3 * self.nodes[k].box.area
            for k in self.bodies
        )

    def _from_vertical_head(self, p: int, q: int) -> float | None:
        head, b = self.nodes[p].box, self.nodes[q].box
        em = self.em
        cost = 0.3 + self._opening(q)
        if self.above[q] is not None:
            cost += 2.4
        if self.roof[q] >= 0 and self.roof[q] != p:
            cost += 3.0
        if b.overlap_y(head) <= 0:
            # under the title, in its own columns
            gap = (b.y0 - head.y1) / em
            if gap < 0 or gap > 8 or b.overlap_x(head) <= 0:
                return None
            return cost + 0.6 + 0.2 * gap
        off = abs(b.y0 - head.y0) / em
        cost += min(2.5, 0.12 * max(0.0, off - 2.0))
        if b.x0 >= head.x1 - em:
            away = (b.x0 - head.x1) / em
            if away > 14 or (away > 8 and self._body_between(head, b, q)):
                return None
            if self.scene.barriers.share_beside(head, b) > 0.5:
                cost += 1.5
            return cost + 0.12 * max(0.0, away - 1.5)
        if b.x1 <= head.x0 + em:
            away = (head.x0 - b.x1) / em
            between = [
                self.nodes[k].box
                for k in self.bodies
                if k != q
                and self.nodes[k].box.x0 >= b.x1 - em
                and self.nodes[k].box.x1 <= head.x0 + em
                and self.nodes[k].box.overlap_y(head) > 0
            ]
            # the leftmost of the columns that stand against the title's left
            level = [
                self.nodes[k].box
                for k in self.bodies
                if k != q
                and self.nodes[k].box.x1 <= b.x0 + em
                and abs(self.nodes[k].box.y0 - b.y0) < self.lead
                and b.x0 - self.nodes[k].box.x1 < 3 * em
                and self.scene.barriers.share_beside(self.nodes[k].box, b) < 0.5
            ]
            cost += 0.9 * bool(level)
            free = away - sum(o.width / em + 1.5 for o in between)
            if away > 70 or (free > 16 and self.cell[p] not in self.sole):
                return None
            return cost + 0.5 + 0.03 * len(between) + 0.1 * max(0.0, free)
        return None
