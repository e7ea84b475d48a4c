"""What it costs to let a body begin under, or beside, a title."""

from __future__ import annotations

from ..model import Rect, bounding
from .surroundings import Surroundings


class HeadLinks(Surroundings):
    """Links from title to body."""

    def _opening(self, q: int) -> float:
        """Whether a block begins like a body: indented, with a dateline, or taken up from
        another page."""
        ends = self.ends[q]
        if ends.jump_in:
            return -1.5
        return 1.5 * (1 - ends.fresh) - 1.4 * max(ends.dateline, q in self.led)

    def _same_run(self, left: Rect, right: Rect) -> bool:
        """Whether two level columns are of one width with no rule between."""
        return (
            abs(left.width - right.width) < 1.2 * self.em
            and self.scene.barriers.share_beside(left, right) < 0.5
        )

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
            b = self.measure[q]
            if b.y0 < head.y0 - 2.5 * em or b.overlap_x(head) > 1.5 * em:
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
                    o.width / em + 1.5 for o in level if o.x0 > b.x1 - em and o.x1 < area.x0 + em
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

    def _pictures_between(self, left: Rect, right: Rect) -> list[Rect]:
        """Pictures with their captions, and boxes, that stand between, level with both."""
        return [
            o
            for o in self.pictures
            if o.x0 >= left.x1 - self.em
            and o.x1 <= right.x0 + self.em
            and min(o.overlap_y(left), o.overlap_y(right)) > 0
        ]

    def _from_vertical_head(self, p: int, q: int) -> float | None:
        head, b = self.nodes[p].box, self.nodes[q].box
        em = self.em
        cost = 0.3 + self._opening(q)
        if self.scene.downward and self.wing.get(q) == p:
            return cost  # the band begins where it may, over or beside the headline's own middle
        if self.above[q] is not None:
            cost += 2.4
        if self.roof[q] >= 0 and self.roof[q] != p:
            cost += 3.0
        if b.overlap_y(head) <= 0:
            # under the title, in its own columns
            gap = (b.y0 - head.y1) / em
            if gap < 0 or gap > 16 or b.overlap_x(head) <= 0:
                return None
            return cost + 0.6 + 0.2 * gap
        off = abs(b.y0 - head.y0) / em
        cost += min(2.5, 0.12 * max(0.0, off - 2.0))
        if b.x0 >= head.x1 - em:
            away = (b.x0 - head.x1) / em
            if away > 14:
                # a picture and what is said of it take the columns between
                away -= sum(o.width / em + 1.5 for o in self._pictures_between(head, b))
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
            between += self._pictures_between(b, head)
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
