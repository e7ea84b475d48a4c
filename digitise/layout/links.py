"""What it costs to let one piece of a page go on in another."""

from __future__ import annotations

from ..text.jumps import find_jumps, is_marker
from .bodylinks import BodyLinks
from .headlinks import HeadLinks
from .nodes import Ends, Node

__all__ = ["Ends", "Links", "Node"]


class Links(BodyLinks, HeadLinks):
    """Every cost the assignment of a page is made of."""

    def start_cost(self, q: int) -> float:
        node = self.nodes[q]
        if node.head is not None:
            if not node.head.weak:
                return 0.0
            size = self.scene.blocks[node.head.headline[0]].size / self.em
            return min(1.9, max(0.0, 5.0 * (1.74 - size))) - 1.5 * node.head.dressed
        ends = self.ends[q]
        if ends.jump_in:
            return 1.0
        cost = 3.6 - 1.0 * ends.dateline + 1.6 * (1 - ends.fresh) - 1.0 * (q in self.led)
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
            if p in self.photo_titles:
                return 0.5
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
        if (
            self.ends[p].jump_out
            or self.ends[q].jump_in
            or (self._sends_on(p) and self._sends_on(q))
        ):
            return None
        return self._from_body(p, q)

    def _sends_on(self, k: int) -> bool:
        """Whether a body is nothing but a marker that sends the reader on: （下转A2版）."""
        text = self.scene.blocks[self.nodes[k].block].text
        return is_marker(text) and all(j.direction == "to" for j in find_jumps(text))
