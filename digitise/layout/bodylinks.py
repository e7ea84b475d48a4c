"""What it costs to let one piece of body go on in another."""

from __future__ import annotations

from ..model import Rect
from .surroundings import Surroundings

FOOTED = 3.0
"""What it costs to go on at the top of the next column from over another title."""


class BodyLinks(Surroundings):
    """Links from body to body, and from body to a title inside it."""

    def _text_cost(self, p: int, q: int) -> float:
        """Whether the text can run on from `p` into `q`."""
        going, fresh = self.ends[p].going, self.ends[q].fresh
        if self.ends[p].signed:
            return 3.5
        agree = going * (1 - fresh) * -1.4
        broken = going * fresh * 2.6 + (1 - going) * (1 - fresh) * 2.8
        return agree + broken + 1.6 * self.ends[q].dateline

    def _type_cost(self, p: int, q: int) -> float | None:
        a = self.scene.blocks[self.nodes[p].block]
        b = self.scene.blocks[self.nodes[q].block]
        sizes = self.size_of(a), self.size_of(b)
        ratio = max(sizes) / max(1e-6, min(sizes))
        if ratio > 1.4 or a.vertical != b.vertical:
            return None
        cost = 0.0 if ratio < 1.07 or not self.heed.size else 12 * (ratio - 1.07)
        small = min(len(a.rows), len(b.rows)) <= 2
        if self.ends[p].title or self.ends[q].title:
            return 0.0 if ratio < 1.35 else None
        if not self.heed.face:
            return cost
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
        if q in self.led:
            cost += 2.5
        if self.cell[p] in self.sole:
            cost -= 1.0
        if b.y0 > a.y1 - 0.8 * em:
            wide = self.measure[p]
            if wide.overlap_x(b) > 0.5 * min(wide.width, b.width):
                return self._down(p, q, cost)
        if b.x0 > a.x1 - 1.0 * em:
            return self._across(p, q, cost)
        if b.x1 < a.x0 + 1.0 * em and b.y0 > a.y0 + 2 * em:
            return self._back(p, q, cost)
        return None

    def _down(self, p: int, q: int, cost: float) -> float | None:
        a, b = self.measure[p], self.nodes[q].box
        em = self.em
        if self.scene.barriers.share_below(a, b) > 0.5:
            cost += 3.0
        if self._head_between(a, b):
            cost += 5.0
        if q in self.wing and self.wing.get(p) != self.wing[q]:
            # a vertical headline begins there
            cost += 3.0
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
        several = min(len(self._rows(p)), len(self._rows(q))) >= 2
        if several and shift > 1.2 and self.heed.level:
            cost += min(1.5, 0.15 * shift)
        return cost - 0.6

    def _weak(self, k: int) -> bool:
        """Whether node `k`, if there is one, is a title that may stand inside a body."""
        head = self.nodes[k].head if k >= 0 else None
        return head is not None and head.weak

    def _width_cost(self, p: int, q: int) -> float:
        if not self.heed.width:
            return 0.0
        titled = self.ends[p].title or self.ends[q].title
        if titled or min(len(self._rows(p)), len(self._rows(q))) <= 1:
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
        hops = self._hops(p, q, strip)
        cost += min(6.0, 2.2 * hops)
        if hops == 0 and gutter > 3.2:
            held = max((pic.overlap(strip) / strip.area for pic in self.pictures), default=0.0)
            cost += min(3.0, 0.2 * (gutter - 3.2)) * (0.4 if held > 0.3 else 1.0)
        if self.below[p] is not None:
            cost += 1.8
        if self.above[q] is not None:
            cost += 1.8
        level = self.heed.level and abs(a.y0 - b.y0) < 0.9 * self.lead
        same_roof = self.roof[p] >= 0 and self.roof[p] == self.roof[q]
        if not same_roof and self._weak(self.roof[p]):
            # under a title inside the body that the head over it heads
            same_roof = self.eaves[p] >= 0 and self.eaves[p] == self.roof[q]
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
        headed = self.roof[p] >= 0 and not self._weak(self.roof[p])
        if p in self.foot and not same_roof and not headed:
            cost += FOOTED * (0.7 if level else b.y0 < a.y0)
        if level:
            cost -= 0.4
        elif b.y1 < a.y0 - em and not same_roof:
            cost += 0.8
        cost += self._width_cost(p, q)
        if self.scene.barriers.share_beside(a, b) > 0.6:
            cost += 1.4 * (1 - self.ruled) if hops == 0 else 1.4
        if self._up_a_band(a, b):
            cost += 3.0
        # a rule over one of two columns otherwise level parts them
        return cost

    def _up_a_band(self, a: Rect, b: Rect) -> bool:
        """Whether `b` stands over a rule that is drawn over all of `a`, and under all of `b`: in
        another band of the page, from which one does not go back."""
        return any(
            b.y1 < rule.cy < a.y0
            and rule.overlap_x(a) > 0.8 * a.width
            and rule.overlap_x(b) > 0.8 * b.width
            for rule in self.scene.barriers.horizontal
        )

    def _hops(self, p: int, q: int, strip: Rect) -> int:
        """How many columns of other text stand between two pieces, in `strip`; one column however
        many pieces it is in."""
        a, b = self.nodes[p].box, self.nodes[q].box
        columns: list[Rect] = []
        for k in self.bodies:
            o = self.nodes[k].box
            if k in (p, q) or o.overlap_x(strip) < 0.6 * o.width:
                continue
            if o.overlap_y(a) > 0.3 * min(o.height, a.height) or o.overlap_y(b) > 0.3 * min(
                o.height, b.height
            ):
                for i, column in enumerate(columns):
                    if column.overlap_x(o) > 0.5 * min(column.width, o.width):
                        columns[i] = column.union(o)
                        break
                else:
                    columns.append(o)
        return len(columns)

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

    def _walled_off(self, left: Rect, right: Rect) -> bool:
        """Whether a vertical rule between two boxes runs along most of either of them."""
        for rule in self.scene.barriers.vertical:
            if left.x1 - self.em < rule.cx < right.x0 + self.em and (
                rule.overlap_y(left) > 0.8 * left.height
                or rule.overlap_y(right) > 0.8 * right.height
            ):
                return True
        return False

    def _leads_report(self, q: int) -> bool:
        """Whether the text right under a weak head opens with a dateline of its own."""
        box = self.nodes[q].box
        return any(
            self.ends[k].dateline
            and -0.5 * self.em < self.nodes[k].box.y0 - box.y1 < 3 * self.em
            and self.nodes[k].box.overlap_x(box) > 0.3 * box.width
            for k in self.bodies
        )

    def _into_subhead(self, p: int, q: int) -> float | None:
        """A weak head taken as a title inside the body that `p` belongs to."""
        node = self.nodes[q]
        assert node.head is not None
        a, b = self.measure[p], node.box
        size = self.scene.blocks[node.head.headline[0]].size / self.em
        cost = 1.2 + 6.0 * max(0.0, size - 1.25) + 2.5 * (self.ends[p].going > 0.7)
        cost += 1.5 * node.head.dressed
        if self.ends[p].signed or self.ends[p].jump_out:
            cost += 3.0
        if self._leads_report(q):
            cost += 2.5
        cost += 1.5 * min(1, self.firsts.get(q, 0))
        inside = b.x0 > a.x0 - self.em and b.x1 < a.x1 + self.em
        if b.y0 > a.y1 - self.em and inside:
            gap = (b.y0 - a.y1) / self.em
            if self.scene.barriers.share_below(a, b) > 0.5:
                cost += 3.0
            return cost + min(3.0, 0.3 * max(0.0, gap - 1.5)) - 0.6
        if b.x0 > a.x1 - self.em and b.x0 - a.x1 < 0.6 * a.width + 3 * self.em:
            if b.width > a.width + self.em or self.below[p] is not None:
                return None
            if b.y1 < a.y0 - self.em:
                # over the top of the column before: another tier, if not another article
                cost += 1.5 + 3.0 * (self.scene.barriers.share_below(b, a) > 0.5)
            return cost + 1.3
        return None
