"""What is known of a link between two pieces of a page, as numbers for the trained judges.

All lengths are in ems of the body, all shares 0..1, so that a page of any size or resolution
gives the same numbers; what cannot be known (a font on a scan) is NaN. The hand-set costs are
among the evidence: the judges learn where to trust them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import Rect
from ..text.clues import opens_dialogue, runs_on, starts_like_continuation
from ..text.marks import ends_openly, ends_sentence, is_han
from ..text.topic import Pairs, likeness, pairs_of, rarity
from ..text.words import known_words
from .begun import told
from .blocks import Block
from .links import Links

NAN = float("nan")
CEILING = 12.0
"""Hand-set costs above this count as this."""

PAIR_NAMES = (
    "cost", "over_row", "over_column", "place_in_row", "place_in_column", "cost_less_start",
    "cost_less_end", "from_head", "from_vertical", "into_head", "weak_from",
    "dx", "dy", "gap_across", "gap_down", "overlap_x", "overlap_y", "width_from", "width_to",
    "width_difference", "left_difference", "rows_from", "rows_to", "top_difference",
    "bottom_difference", "rule_below", "rule_beside", "ruled", "same_roof", "roof_is_from",
    "roofed_to", "roofed_from", "touched_from", "touched_to", "going", "fresh", "signed",
    "dateline", "title_from", "title_to", "going_x_fresh", "size_ratio", "same_font", "same_bold",
    "size_from", "size_to", "runs_on", "stops", "open", "continues", "pair_seen", "triple_seen",
    "topic", "topic_over_row", "topic_over_column", "in_frame", "sole", "between", "scan",
    "wing", "led", "firsts", "same_eaves", "dialogue",
)  # fmt: skip
START_NAMES = (
    "start", "least", "second", "start_less_least", "head", "weak", "size", "fresh", "dateline",
    "title", "roof", "touched", "rows", "chars", "width", "in_frame", "sole", "same_font",
    "bold", "centred", "leads", "alike", "x", "y", "numbered", "scan", "wing", "led", "firsts",
)  # fmt: skip
END_NAMES = (
    "end", "least", "second", "end_less_least", "head", "weak", "size", "going", "signed",
    "stops", "open", "slack", "rows", "width", "touched", "in_frame", "title", "x", "y", "scan",
)  # fmt: skip


class Evidence:
    """The numbers of one page. `costs`: hand-set costs of its candidate links (p, q);
    `start` and `end`: those of nodes."""

    def __init__(
        self,
        links: Links,
        costs: Mapping[tuple[int, int], float],
        start: Sequence[float],
        end: Sequence[float],
    ) -> None:
        self.links = links
        self.costs = costs
        self.start = start
        self.end = end
        n = len(links.nodes)
        self.out: list[list[tuple[float, int]]] = [[] for _ in range(n)]
        self.into: list[list[tuple[float, int]]] = [[] for _ in range(n)]
        for (p, q), c in costs.items():
            self.out[p].append((c, q))
            self.into[q].append((c, p))
        for row in (*self.out, *self.into):
            row.sort()
        self.scan = float(links.scene.sheet.origin == "ocr")
        self.block: list[Block] = [
            links.scene.blocks[node.block if node.head is None else node.head.headline[0]]
            for node in links.nodes
        ]
        self._read()

    def _read(self) -> None:
        """The wording: how often characters stand together on the page, what each piece is of."""
        self.seen: Counter[str] = Counter()
        for b in self.links.scene.blocks:
            text = b.text
            self.seen.update(a + c for a, c in itertools.pairwise(text))
            self.seen.update(text[i : i + 3] for i in range(len(text) - 2))
        pairs: list[Pairs] = []
        for node, b in zip(self.links.nodes, self.block, strict=True):
            text = b.text
            if node.head is not None:
                text = "".join(self.links.scene.blocks[i].text for i in node.head.members)
            pairs.append(pairs_of(text))
        for k, so_far in told(self.links.scene.begun, self.links.nodes, self.links.ends):
            pairs[k] = pairs[k] + so_far
        weight = rarity(pairs)
        self.words, self.weight = pairs, weight
        self.topic = {(p, q): likeness(pairs[p], pairs[q], weight) for p, q in self.costs}
        self.topic_out: list[list[float]] = [[] for _ in pairs]
        self.topic_into: list[list[float]] = [[] for _ in pairs]
        for (p, q), t in self.topic.items():
            self.topic_out[p].append(t)
            self.topic_into[q].append(t)

    def pairs(self) -> tuple[list[tuple[int, int]], NDArray[np.float64]]:
        """The candidates and a row of `PAIR_NAMES` for each."""
        keys = sorted(self.costs)
        rows = [self._pair(p, q) for p, q in keys]
        return keys, np.array(rows, dtype=np.float64).reshape(len(keys), len(PAIR_NAMES))

    def joins(self, keys: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
        """(links,): what the halves of words at the join tell for each link between bodies, in
        nats (words.Words.joined); 0.0 for links from or to titles."""
        words = known_words()

        def told_of(p: int, q: int) -> float:
            a, b = self.links.nodes[p], self.links.nodes[q]
            title = self.links.ends[p].title or self.links.ends[q].title
            if a.head is not None or b.head is not None or title:
                return 0.0
            return words.joined(self.block[p].rows[-1].text, self.block[q].rows[0].text)

        return np.array([told_of(p, q) for p, q in keys], dtype=np.float64)

    def starts(self) -> NDArray[np.float64]:
        """A row of `START_NAMES` for each node."""
        return np.array([self._start(q) for q in range(len(self.block))], dtype=np.float64)

    def ends(self) -> NDArray[np.float64]:
        """A row of `END_NAMES` for each node."""
        return np.array([self._end(p) for p in range(len(self.block))], dtype=np.float64)

    def _pair(self, p: int, q: int) -> list[float]:
        links, em = self.links, self.links.em
        a, b = links.nodes[p].box, links.nodes[q].box
        x, y = self.block[p], self.block[q]
        head, into = links.nodes[p].head, links.nodes[q].head
        ends, begins = links.ends[p], links.ends[q]
        c = self.costs[p, q]
        last, first = x.rows[-1].text, y.rows[0].text
        roof_p, roof_q = links.roof.get(p, -1), links.roof.get(q, -1)
        body = head is None and into is None
        t = self.topic[p, q]
        return [
            min(c, CEILING),
            c - _other(self.out[p], q, CEILING),
            c - _other(self.into[q], p, CEILING),
            float(_place(self.out[p], q)),
            float(_place(self.into[q], p)),
            c - self.start[q],
            c - self.end[p],
            float(head is not None),
            float(head is not None and head.vertical),
            float(into is not None),
            float(head is not None and head.weak),
            _clip((b.x0 - a.x0) / em, 60),
            _clip((b.y0 - a.y0) / em, 60),
            _clip(max(b.x0 - a.x1, a.x0 - b.x1) / em, 60),
            _clip((b.y0 - a.y1) / em, 60),
            a.overlap_x(b) / max(1.0, min(a.width, b.width)),
            a.overlap_y(b) / max(1.0, min(a.height, b.height)),
            min(a.width / em, 60),
            min(b.width / em, 60),
            _clip((a.width - b.width) / em, 30),
            _clip((a.x0 - b.x0) / em, 30),
            min(len(x.rows), 12),
            min(len(y.rows), 12),
            _clip(abs(a.y0 - b.y0) / em, 20),
            _clip(abs(a.y1 - b.y1) / em, 20),
            links.scene.barriers.share_below(a, b) if b.cy > a.cy else NAN,
            links.scene.barriers.share_beside(a, b) if b.cx > a.cx else NAN,
            links.ruled,
            float(roof_p >= 0 and roof_p == roof_q),
            float(roof_q == p),
            float(roof_q >= 0),
            float(roof_p >= 0),
            float(links.below.get(p) is not None),
            float(links.above.get(q) is not None),
            ends.going,
            begins.fresh,
            float(ends.signed),
            float(begins.dateline),
            float(ends.title),
            float(begins.title),
            ends.going * (1 - begins.fresh) + (1 - ends.going) * begins.fresh,
            x.size / y.size,
            _same(x.font, y.font),
            NAN if x.bold is None or y.bold is None else float(x.bold == y.bold),
            x.size / em,
            y.size / em,
            runs_on(last, first) if body else NAN,
            float(ends_sentence(last)),
            float(ends_openly(last)),
            float(starts_like_continuation(first)),
            *self._across(last, first, body),
            t,
            t - _best_other(self.topic_out[p], t),
            t - _best_other(self.topic_into[q], t),
            float(links.cell[p] >= 0),
            float(links.cell[p] in links.sole),
            float(self._between(p, q, a, b)),
            self.scan,
            self._wing(p, q),
            float(q in links.led),
            float(min(3, links.firsts.get(q, 0))),
            float(links.eaves.get(p, -1) >= 0 and links.eaves.get(p) == links.eaves.get(q)),
            opens_dialogue(first) + 2.0 * opens_dialogue(x.rows[0].text),
        ]

    def _wing(self, p: int, q: int) -> float:
        """2 from a vertical head to a column beside it, 1 between two such columns, -1 into one
        from elsewhere, else 0."""
        wing = self.links.wing
        if q not in wing:
            return 0.0
        return 2.0 if wing[q] == p else 1.0 if wing.get(p) == wing[q] else -1.0

    def _across(self, last: str, first: str, body: bool) -> tuple[float, float]:
        """How often the characters on both sides of the break stand together on the page."""
        end, start = last.rstrip()[-2:], first.lstrip()[:2]
        if not body or not end or not start or not is_han(end[-1]) or not is_han(start[0]):
            return NAN, NAN
        triple = max(
            self.seen[end + start[0]] if len(end) == 2 else 0,
            self.seen[end[-1] + start] if len(start) == 2 else 0,
        )
        return min(4.0, self.seen[end[-1] + start[0]]), min(4.0, triple)

    def _between(self, p: int, q: int, a: Rect, b: Rect) -> int:
        """Bodies whose middle lies in the hull of two boxes but in neither."""
        hull = a.union(b)
        return min(
            6,
            sum(
                1
                for k in self.links.bodies
                if k not in (p, q)
                for o in [self.links.nodes[k].box]
                if hull.x0 < o.cx < hull.x1 and hull.y0 < o.cy < hull.y1
            ),
        )

    def _start(self, q: int) -> list[float]:
        links, em = self.links, self.links.em
        node, b = links.nodes[q], self.block[q]
        into = [c for c, _ in self.into[q]]
        least = into[0] if into else CEILING
        begins = links.ends[q]
        column = links.scene.column_round(
            node.block if node.head is None else node.head.headline[0]
        )
        sheet = links.scene.sheet
        return [
            self.start[q],
            least,
            into[1] if len(into) > 1 else CEILING,
            self.start[q] - least,
            float(node.head is not None),
            float(node.head is not None and node.head.weak),
            b.size / em,
            begins.fresh,
            float(begins.dateline),
            float(begins.title),
            float(min(links.roof.get(q, -3), 0)),
            float(links.above.get(q) is not None),
            min(len(b.rows), 12),
            min(b.chars, 200),
            node.box.width / em,
            float(links.cell[q] >= 0),
            float(links.cell[q] in links.sole),
            _same(b.font, column.font) if column else NAN,
            NAN if b.bold is None else float(b.bold),
            _clip((node.box.cx - column.box.cx) / em, 20) if column else NAN,
            float(links._leads_report(q)) if node.head is not None else NAN,
            float(self._alike(q)) if node.head is not None else NAN,
            node.box.cx / sheet.width,
            node.box.cy / sheet.height,
            float(b.text.lstrip()[:1] in "一二三四五六七八九十（(①②③④⑤⑥⑦⑧⑨■●◆"),
            self.scan,
            float(q in links.wing),
            float(q in links.led),
            float(min(3, links.firsts.get(q, 0))),
        ]

    def _alike(self, q: int) -> int:
        """Other short titles of the page in the same type."""
        b = self.block[q]
        return min(
            5,
            sum(
                1
                for k, node in enumerate(self.links.nodes)
                if k != q
                and node.head is not None
                and abs(self.block[k].size / b.size - 1) < 0.04
                and self.block[k].font == b.font
            ),
        )

    def _end(self, p: int) -> list[float]:
        links, em = self.links, self.links.em
        node, b = links.nodes[p], self.block[p]
        out = [c for c, _ in self.out[p]]
        least = out[0] if out else CEILING
        ends = links.ends[p]
        last = b.rows[-1]
        sheet = links.scene.sheet
        return [
            self.end[p],
            least,
            out[1] if len(out) > 1 else CEILING,
            self.end[p] - least,
            float(node.head is not None),
            float(node.head is not None and node.head.weak),
            b.size / em,
            ends.going,
            float(ends.signed),
            float(ends_sentence(last.text)),
            float(ends_openly(last.text)),
            _clip((b.box.x1 - last.box.x1) / em, 20),
            min(len(b.rows), 12),
            node.box.width / em,
            float(links.below.get(p) is not None),
            float(links.cell[p] >= 0),
            float(ends.title),
            node.box.cx / sheet.width,
            node.box.cy / sheet.height,
            self.scan,
        ]


def _clip(value: float, most: float) -> float:
    return max(-most, min(most, value))


def _other(row: Sequence[tuple[float, int]], but: int, none: float) -> float:
    """The least cost in a sorted row that is not that of `but`."""
    return next((min(c, none) for c, k in row if k != but), none)


def _place(row: Sequence[tuple[float, int]], of: int) -> int:
    return next((i for i, (_, k) in enumerate(row) if k == of), 9)


def _best_other(values: Sequence[float], own: float) -> float:
    """The greatest of `values` without one occurrence of `own`."""
    rest = sorted(values)
    rest.remove(own)
    return rest[-1] if rest else 0.0


def _same(a: str, b: str) -> float:
    return float(a == b) if a and b else NAN
