"""What a link between two pieces of a page means for the articles it would join.

The judges see two pieces at a time. Once a page has been solved, every piece has an article round
it: what has been read up to it, and what follows from it on. A link joins the one to the other,
and of these whole stretches far more can be said: whether they are about the same thing, in the
same type, fill a plain shape together, whether the title between them is of the type that the
article's other titles inside it have.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ..model import Rect
from .evidence import Evidence
from .kinship import one_type
from .nodes import chains_of

NAN = float("nan")

LINK_NAMES = (
    "first_cost", "first_chosen", "first_over_row", "first_over_column", "margin_from",
    "margin_to", "start_first", "end_first", "ends_there", "begins_there", "one_chain",
    "about", "about_over_row", "about_over_column", "about_far",
    "same_face", "face_share", "size_ratio_of", "width_of",
    "head_of", "bodies_before", "bodies_after", "rows_before", "rows_after",
    "inner_alike", "inner_alike_elsewhere", "outer_alike", "kin",
    "taken_up", "jumps_on", "signed_before", "signed_after", "dateline_after", "fresh_after",
    "fill_before", "fill_after", "fill", "foreign", "bottoms", "tops", "apart", "lower",
    "titled_after", "titled_before", "scan", "in_frame", "kicker", "deck", "byline", "title",
    "gap_under", "reach",
)  # fmt: skip
"""Of a link."""


class Context:
    """The articles of a page as they were solved first, seen from each of its pieces.

    `cost`: what was solved, as in flow.Weighed; `successor`: what each node goes on in; `after`
    and `before`, (n,): margins of that, as of margins.link_margins; `kin`, (n,): as of
    kinship.kindred."""

    def __init__(
        self,
        evidence: Evidence,
        cost: NDArray[np.float64],
        successor: Mapping[int, int],
        after: NDArray[np.float64],
        before: NDArray[np.float64],
        kin: NDArray[np.float64],
    ) -> None:
        self.evidence = evidence
        self.links = evidence.links
        self.cost = cost
        self.successor = dict(successor)
        self.previous = {q: p for p, q in successor.items()}
        self.after, self.before, self.kin = after, before, kin
        n = len(self.links.nodes)
        self.n = n
        self.chains = chains_of(self.successor, n)
        self.chain = [-1] * n
        for c, members in enumerate(self.chains):
            for k in members:
                self.chain[k] = c
        self._stretches()
        self._topics()
        self._titles()

    def _stretches(self) -> None:
        """Of the stretch up to each node and of the one from it on: box, ink, rows, type."""
        links = self.links
        n = self.n
        self.upto: list[_Stretch] = [_NOTHING] * n
        self.onward: list[_Stretch] = [_NOTHING] * n
        own = [_Stretch.of(self.evidence, k) for k in range(n)]
        for members in self.chains:
            run = _NOTHING
            for k in members:
                run = run.then(own[k])
                self.upto[k] = run
            run = _NOTHING
            for k in reversed(members):
                run = own[k].then(run)
                self.onward[k] = run
        rows: dict[str, int] = {}
        for k in links.bodies:
            b = self.evidence.block[k]
            rows[b.font] = rows.get(b.font, 0) + len(b.rows)
        total = sum(rows.values()) or 1
        self.face_share = {font: count / total for font, count in rows.items()}

    def _topics(self) -> None:
        """`about[p, q]`: cosine of the weighed character pairs of the stretch up to p and of that
        from q on (Salton and Buckley 1988)."""
        words, weight = self.evidence.words, self.evidence.weight
        number = {pair: i for i, pair in enumerate(weight)}
        own = np.zeros((self.n, len(number)), dtype=np.float32)
        for k, pairs in enumerate(words):
            for pair, count in pairs.items():
                own[k, number[pair]] = count * weight[pair]
        upto, onward = np.zeros_like(own), np.zeros_like(own)
        for members in self.chains:
            upto[members] = np.cumsum(own[members], axis=0)
            onward[members[::-1]] = np.cumsum(own[members[::-1]], axis=0)
        for m in (upto, onward):
            m /= np.maximum(np.linalg.norm(m, axis=1), 1e-9)[:, None]
        self.about = np.asarray(upto @ onward.T, dtype=np.float64)
        # the most that any piece of each article has in common with each stretch
        self.most_after = np.stack([self.about[:, m].max(axis=1) for m in self.chains], axis=1)
        self.most_before = np.stack([self.about[m].max(axis=0) for m in self.chains], axis=1)

    def _titles(self) -> None:
        """Which titles are of one type, and which of them stand inside an article."""
        nodes = self.links.nodes
        titles = [
            k for k, node in enumerate(nodes) if node.head is not None or self.links.ends[k].title
        ]
        self.inner = {k for k in titles if k in self.previous}
        self.alike: dict[int, list[int]] = {}
        for k in titles:
            head = nodes[k].head
            if head is not None and not head.weak:
                continue
            own = self.evidence.block[k]
            self.alike[k] = [j for j in titles if j != k and one_type(own, self.evidence.block[j])]

    def links_of(self, keys: list[tuple[int, int]]) -> NDArray[np.float64]:
        """A row of `LINK_NAMES` for each link in `keys`."""
        rows = [self._link(p, q) for p, q in keys]
        return np.array(rows, dtype=np.float64).reshape(len(keys), len(LINK_NAMES))

    def starts(self) -> NDArray[np.float64]:
        """Of each node as a beginning: a row of `LINK_NAMES` of the link that leads to it."""
        n = self.n
        best = [self.previous.get(q, -1) for q in range(n)]
        for q in range(n):
            if best[q] < 0:
                best[q] = _least(self.cost[:n, q])
        return self.links_of([(best[q], q) for q in range(n)])

    def ends(self) -> NDArray[np.float64]:
        """Of each node as an end: a row of `LINK_NAMES` of the link that leads on from it."""
        n = self.n
        best = [self.successor.get(p, -1) for p in range(n)]
        for p in range(n):
            if best[p] < 0:
                best[p] = _least(self.cost[p, :n])
        return self.links_of([(p, best[p]) for p in range(n)])

    def _link(self, p: int, q: int) -> list[float]:
        n, em = self.n, self.links.em
        cost = self.cost
        if p < 0 or q < 0:
            return self._lonely()
        a, b = self.upto[p], self.onward[q]
        t = float(self.about[p, q])
        hull = a.box.union(b.box)
        head_p = self.links.nodes[self.chains[self.chain[p]][0]].head
        alike = self.alike.get(q, [])
        mine = self.chain[p]
        last = self.links.ends[p]
        into = self.links.nodes[q].head
        chosen_p = self.successor.get(p)
        chosen_q = self.previous.get(q)
        return [
            min(12.0, float(cost[p, q])),
            float(chosen_p == q),
            _clip(cost[p, q] - (cost[p, n + p] if chosen_p is None else cost[p, chosen_p]), 12),
            _clip(cost[p, q] - (cost[n + q, q] if chosen_q is None else cost[chosen_q, q]), 12),
            float(self.after[p]),
            float(self.before[q]),
            _clip(cost[n + q, q], 12),
            _clip(cost[p, n + p], 12),
            float(chosen_p is None),
            float(chosen_q is None),
            float(self.chain[p] == self.chain[q]),
            t,
            t - _besides(self.most_after[p], mine, self.chain[q]),
            t - _besides(self.most_before[q], mine, self.chain[q]),
            float(self.about[p, self.chains[self.chain[q]][0]]),
            NAN if not a.font or not b.font else float(a.font == b.font),
            self.face_share.get(b.font, 0.0) if b.font else NAN,
            b.size / a.size if a.size and b.size else NAN,
            _clip((b.width - a.width) / em, 30) if a.width and b.width else NAN,
            NAN if head_p is None else 3.0 if head_p.vertical else 1.0 if head_p.weak else 2.0,
            min(a.bodies, 12),
            min(b.bodies, 12),
            min(a.rows, 120),
            min(b.rows, 120),
            float(sum(j in self.inner and self.chain[j] == mine for j in alike)),
            float(sum(j in self.inner and self.chain[j] != mine for j in alike)),
            float(sum(j not in self.inner for j in alike)),
            float(self.kin[q]),
            float(a.taken_up),
            float(b.jumps_on),
            float(last.signed),
            float(b.signed),
            float(b.dateline),
            b.fresh,
            a.fill,
            b.fill,
            (a.ink + b.ink) / max(1.0, hull.area),
            self._foreign(hull, self.chain[p], self.chain[q]),
            _clip((b.box.y1 - a.box.y1) / em, 60),
            _clip((b.box.y0 - a.box.y0) / em, 60),
            _clip((b.box.x0 - a.box.x1) / em, 60),
            _clip((b.box.y0 - a.box.y1) / em, 60),
            float(sum(k in self.inner for k in self.chains[self.chain[q]])),
            float(sum(k in self.inner for k in self.chains[mine])),
            self.evidence.scan,
            float(self.links.cell[p] >= 0),
            float(len(into.kicker)) if into else NAN,
            float(len(into.deck)) if into else NAN,
            float(len(into.byline)) if into else NAN,
            float(self.links.ends[q].title),
            *self._under(q),
        ]

    def _under(self, q: int) -> tuple[float, float]:
        """Of a title: ems of white to what it goes on in, and its width as a share of that."""
        k = self.successor.get(q)
        if k is None or not (self.links.nodes[q].head or self.links.ends[q].title):
            return NAN, NAN
        a, b = self.links.nodes[q].box, self.links.measure[k]
        return _clip((b.y0 - a.y1) / self.links.em, 20), min(9.0, a.width / max(1.0, b.width))

    def _lonely(self) -> list[float]:
        """Of a node that nothing may lead to, or that may lead to nothing."""
        out = [NAN] * len(LINK_NAMES)
        out[LINK_NAMES.index("scan")] = self.evidence.scan
        return out

    def _foreign(self, hull: Rect, *chains: int) -> float:
        """Bodies of other articles whose middle lies in a hull."""
        found = 0
        for k in self.links.bodies:
            o = self.links.nodes[k].box
            if self.chain[k] not in chains and hull.x0 < o.cx < hull.x1:
                found += hull.y0 < o.cy < hull.y1
        return float(min(found, 8))


class _Stretch:
    """Some pieces of one article, in order."""

    __slots__ = (
        "bodies", "box", "dateline", "font", "fresh", "ink", "jumps_on", "most", "rows", "signed",
        "size", "taken_up", "width",
    )  # fmt: skip

    def __init__(self) -> None:
        self.box: Rect = Rect(0, 0, 0, 0)
        self.ink = 0.0
        self.bodies = self.rows = self.most = 0
        self.font, self.size, self.width = "", 0.0, 0.0
        self.taken_up = self.jumps_on = self.signed = self.dateline = False
        self.fresh = NAN

    @classmethod
    def of(cls, evidence: Evidence, k: int) -> _Stretch:
        """Of one node alone."""
        links = evidence.links
        node, block, ends = links.nodes[k], evidence.block[k], links.ends[k]
        out = cls()
        out.box, out.ink = node.box, node.box.area
        if node.head is None and not ends.title:
            out.bodies, out.rows = 1, len(block.rows)
            out.most, out.font, out.size = out.rows, block.font, block.size
            out.width = links.measure[k].width
            out.taken_up, out.jumps_on = ends.jump_in, ends.jump_out
            out.signed, out.dateline, out.fresh = ends.signed, ends.dateline, ends.fresh
        return out

    def then(self, other: _Stretch) -> _Stretch:
        """This and the one that goes on from it, as one."""
        if self is _NOTHING or other is _NOTHING:
            return other if self is _NOTHING else self
        out = _Stretch()
        out.box, out.ink = self.box.union(other.box), self.ink + other.ink
        out.bodies, out.rows = self.bodies + other.bodies, self.rows + other.rows
        larger = self if self.most >= other.most else other
        out.most, out.font = larger.most, larger.font
        out.size, out.width = larger.size, larger.width
        out.taken_up = self.taken_up or other.taken_up
        out.jumps_on = self.jumps_on or other.jumps_on
        first, last = (self, other) if self.bodies else (other, self)
        out.fresh, out.dateline = first.fresh, first.dateline
        out.signed = other.signed if other.bodies else last.signed
        return out

    @property
    def fill(self) -> float:
        """Share of the hull that is covered."""
        return self.ink / max(1.0, self.box.area)


_NOTHING = _Stretch()


def _least(row: NDArray[np.float64]) -> int:
    k = int(np.argmin(row)) if len(row) else -1
    return k if k >= 0 and row[k] < 100.0 else -1


def _clip(value: float, most: float) -> float:
    return float(max(-most, min(most, value)))


def _besides(most: NDArray[np.float64], *chains: int) -> float:
    """The greatest of `most`, (articles,), but for those of `chains`."""
    rest = most.copy()
    rest[list(chains)] = 0.0
    return float(rest.max())
