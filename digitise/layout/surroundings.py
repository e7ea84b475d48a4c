"""What stands round each piece of a page: the head over a column, the body it touches."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rect, bounding
from ..text.clues import dateline, split_trailing_byline
from ..text.jumps import find_jumps, leading_jump
from ..text.marks import ends_openly, ends_sentence
from .blocks import Block, Row
from .footing import footing
from .nodes import Ends, Node
from .phototitles import photo_titles
from .scene import Scene
from .wings import wings


class Surroundings:
    """All that is known of the pieces before any two of them are weighed against each other."""

    def __init__(self, scene: Scene, nodes: Sequence[Node]) -> None:
        self.scene = scene
        self.nodes = nodes
        self.em = scene.em
        self.lead = scene.lead
        self.heed = scene.heed
        self.ends = [self.heed.ends(self._ends(node)) for node in nodes]
        self.measure = [self._measure(node) for node in nodes]
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
        self.eaves = {k: self._roof(k, past_weak=True)[0] for k in bodies}
        self._share_roofs()
        self.led = {k: y for k in bodies if (y := self._led(k)) is not None}
        self.photo_titles = photo_titles(self)
        self.wing = wings(self) if self.heed.span else {}
        for k, h in self.wing.items():
            self.roof[k] = h
            self.above[k] = None
        for k, under in self.below.items():
            if under in self.wing and self.wing[under] != self.wing.get(k):
                self.below[k] = None
        for k in sorted(bodies, key=lambda k: nodes[k].box.y0):
            over = self.above[k]
            if over is not None and self.roof[k] < 0 <= self.roof[over] and self.heed.span:
                self.roof[k] = self.roof[over]
        self.foot = footing(self) if self.heed.level else {}
        self.firsts = {k: self._firsts(k) for k, node in enumerate(nodes) if node.head is not None}
        self.ruled = self._ruled_gutters()
        heads: dict[int, int] = {}
        for k, node in enumerate(nodes):
            if node.head is not None and not node.head.weak:
                heads[self.cell[k]] = heads.get(self.cell[k], 0) + 1
        # a frame with one headline holds one article
        self.sole = {cell for cell, n in heads.items() if n == 1 and cell >= 0}

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
        elif indent > (0.8 if self.scene.downward else 1.1):  # downwards set in by one em
            fresh = 1.0
        elif first.text[:1] in "“‘「『（《【" and indent > 0.4:
            fresh = 0.6
        else:
            fresh = 0.0
        # 记者注意到， is no signature: the sentence goes on
        byline = "" if ends_openly(last.text) else split_trailing_byline(last.text).byline
        slack = (right - last.box.x1) / em
        text = last.text
        if byline or self._trailed(node.block):
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

    def _trailed(self, block: int) -> bool:
        """Whether a signature stands right under the last row of a body, or behind it, at the
        right."""
        b = self.scene.blocks[block]
        last = b.rows[-1].box
        if not ends_sentence(b.rows[-1].text):
            return False
        for i, kind in self.scene.kind.items():
            o = self.scene.blocks[i]
            if kind != "byline" or o.vertical or o.cell != b.cell or o.box.cx < b.box.cx:
                continue
            behind = abs(o.box.cy - last.cy) < 0.3 * b.size and o.box.x0 > last.x1
            under = -0.5 * b.size < o.box.y0 - last.y1 < 1.3 * b.size
            if (behind or under) and o.box.overlap_x(b.box) > 0.7 * o.box.width:
                return True
        return False

    def _measure(self, node: Node) -> Rect:
        """The box of a piece, a short one's as wide as the column it stands in."""
        wide = None if node.head is not None else self._wider(node.box, node.block)
        if wide is None:
            return node.box
        return Rect(min(node.box.x0, wide[0]), node.box.y0, max(node.box.x1, wide[1]), node.box.y1)

    def size_of(self, block: Block) -> float:
        """The em of a block; of a few characters on a picture, which tell it badly, the body's if
        it may be that."""
        few = not block.font and block.chars <= 12
        return self.em if few and abs(block.size / self.em - 1) < 0.25 else block.size

    def _wider(self, box: Rect, own: int) -> tuple[float, float] | None:
        """The measure of a longer block of the same column right over or under a short one."""
        b = self.scene.blocks[own]
        if len(b.rows) >= 3:
            return None
        size = self.size_of(b)
        best: tuple[float, tuple[float, float]] | None = None
        for k, o in enumerate(self.scene.blocks):
            if k == own or len(o.rows) < 2 or abs(o.size / size - 1) > 0.12 or o.vertical:
                continue
            gap = max(o.box.y0 - box.y1, box.y0 - o.box.y1)
            if gap > 12 * self.em or o.box.x0 > box.x0 + 0.8 * self.em:
                continue
            if o.box.x1 < box.x1 - 0.8 * self.em or o.box.x0 < box.x0 - 2.8 * self.em:
                continue
            if best is None or gap < best[0]:
                best = (gap, (o.box.x0, o.box.x1))
        return best[1] if best else None

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
            if o.overlap_x(box) < 0.6 * min(o.width, box.width) or not self._one_column(j, k):
                continue
            upper, lower = (o, box) if up else (box, o)
            if self.scene.barriers.share_below(upper, lower) > 0.5:
                continue
            if self._head_between(upper, lower):
                continue
            best, best_gap = j, gap
        return best

    def _firsts(self, k: int) -> int:
        """How many titles in the type of a weak one, in its column, have no text over them: then
        it heads a report of its own too, of a row of short ones under each other."""
        head = self.nodes[k].head
        assert head is not None
        if not head.weak:
            return 0
        own = self.scene.blocks[head.headline[0]]
        return sum(
            1
            for j, node in enumerate(self.nodes)
            if j != k and node.head is not None and node.head.weak and self.cell[j] == self.cell[k]
            for b in [self.scene.blocks[node.head.headline[0]]]
            if abs(b.size / own.size - 1) < 0.04
            and b.font == own.font
            and b.box.y0 < own.box.y0
            and abs(b.box.cx - own.box.cx) < 2 * self.em
            and not self._text_over(b.box)
        )

    def _text_over(self, box: Rect) -> bool:
        """Whether running text, or a title larger than the one in `box`, stands close over it, or
        text level with it beside."""
        for node in self.nodes:
            o = node.box
            if o.overlap(box) > 0:
                continue
            over = 0 < box.y0 - o.y1 + 0.5 * self.em < 4 * self.em
            if over and o.overlap_x(box) > 0.5 * min(box.width, o.width):
                return True
        return False

    def _one_column(self, j: int, k: int) -> bool:
        """Whether two bodies can be parts of one column: of its measure, or beside something let
        into it, and so flush at one side at least."""
        if min(len(self._rows(j)), len(self._rows(k))) < 2:
            return True
        a, b = self.measure[j], self.measure[k]
        return min(abs(a.x0 - b.x0), abs(a.x1 - b.x1)) < 1.1 * self.em

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
        if not self.heed.span:
            return
        for h, node in enumerate(self.nodes):
            if node.head is None or node.head.vertical:
                continue
            own = [k for k in self.bodies if self.roof[k] == h and self.above[k] is None]
            top = min((self.nodes[k].box.y0 for k in own), default=0.0)
            own = [k for k in own if self.nodes[k].box.y0 < top + 0.9 * self.lead]
            if not own:
                continue
            hull = bounding(self.measure[k] for k in own)
            left = self._level_run(own, h, -1)
            right = self._level_run(own, h, 1)
            best: tuple[float, list[int]] | None = None
            for i in range(len(left) + 1):
                for j in range(len(right) + 1):
                    taken = left[:i] + right[:j]
                    box = bounding([hull, *(self.measure[k] for k in taken)])
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
            own, key=lambda k: self.measure[k].x0 if side < 0 else self.measure[k].x1
        )
        top = self.nodes[head].box
        run: list[int] = []
        here = edge
        while True:
            a = self.measure[here]
            found = None
            for k in self.bodies:
                b = self.measure[k]
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
        x, y = (self.scene.blocks[self.nodes[self._set_in(k)].block] for k in (a, b))
        cost = 0.0
        measured = self.scene.sheet.origin == "ocr"
        if abs(x.size / y.size - 1) > (0.08 if measured else 0.03):
            cost += 6.0
        if x.font != y.font:
            cost += 4.0
        if abs(x.box.width - y.box.width) > 1.5 * self.em and min(len(x.rows), len(y.rows)) > 1:
            cost += 4.0
        return cost

    def _set_in(self, k: int) -> int:
        """The body that shows the type of a column which begins with body `k`: a question or a
        title at its top may be set in another."""
        below = self.below.get(k)
        return k if below is None else max(k, below, key=lambda i: len(self._rows(i)))

    def _rows(self, k: int) -> tuple[Row, ...]:
        return self.scene.blocks[self.nodes[k].block].rows

    def _rule_rises(self, left: Rect, right: Rect, head: Rect) -> bool:
        """Whether the rule between two columns goes on up beside the headline."""
        for rule in self.scene.barriers.vertical:
            between = min(left.x1, right.x0) - self.em < rule.cx < max(left.x1, right.x0) + self.em
            if between and rule.y0 < head.cy < rule.y1:
                return True
        return False

    def _led(self, k: int) -> float | None:
        """The top of the signature that stands right over a body, and under none, so that an
        article begins there; None where there is none."""
        box = self.measure[k]
        if self.above[k] is not None or not self.heed.signatures:
            return None
        for i, kind in self.scene.kind.items():
            b = self.scene.blocks[i]
            if kind != "byline" or b.vertical or b.cell != self.cell[k]:
                continue
            if not -0.5 * self.em < box.y0 - b.box.y1 < 2.6 * self.em:
                continue
            if b.box.overlap_x(box) > 0.6 * b.box.width and not any(
                -0.5 * self.em < b.box.y0 - self.nodes[j].box.y1 < 1.5 * self.em
                and self.nodes[j].box.overlap_x(b.box) > 0.5 * b.box.width
                for j in self.bodies
                if j != k
            ):
                return b.box.y0
        return None

    def _roof(self, k: int, *, past_weak: bool = False) -> tuple[int, float]:
        """The head a column stands under: index of its node, -1 for none, -2 for a rule; and
        the y of whatever was met. `past_weak`: titles that may be subheads are looked through.

        Looks straight up from the block, through body of the same column that it touches and
        through pictures, until a head or a rule stops it.
        """
        box = self.nodes[k].box
        top = box.y0
        seen: set[int] = {k}
        here = k
        if not self.heed.span:
            return -1, 0.0
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
                if past_weak and node.head is not None and node.head.weak:
                    what = "weak"
                if what == "body" and not self._one_column(here, j):
                    what = "other"
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
            if what == "weak" and top - y1 < 4 * self.em:
                seen.add(j)
                top = min(top, self.nodes[j].box.y0)
                continue
            if what in ("other", "weak") or top - y1 > 2.0 * self.em:
                return -1, y1
            seen.add(j)
            here = j
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
