"""Lines -> blocks: runs of lines of one type, set under each other to one measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model import Rect, TextLine, bounding
from ..text.marks import OPENERS, ends_sentence
from .barriers import Barriers
from .ground import Ground
from .spaced import join_spaced

SAME_SIZE = 1.13
UNSURE = 1.22
"""How far off the size of a line may be that was measured from a few characters."""

STEADY = 0.06
"""How far off the usual leading the next line of a body is at most, as a share of it."""

INDENT_EMS = 2.8
RAGGED_EMS = 1.2
SET_ASIDE_EMS = 4.0


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one baseline of a block: usually one line, two when the last line of a
    paragraph shares its row with a byline set to the right."""

    lines: tuple[TextLine, ...]

    @property
    def box(self) -> Rect:
        return bounding(line.box for line in self.lines)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows from top to bottom; `box` is the measure they are set to, `size` the em in pixels,
    `cell` the index of the innermost frame round it (-1: the page itself)."""

    rows: tuple[Row, ...]
    box: Rect
    size: float
    cell: int
    font: str = ""
    bold: bool | None = None
    reversed: bool = False
    vertical: bool = False

    @property
    def text(self) -> str:
        return "".join(row.text for row in self.rows)

    @property
    def chars(self) -> int:
        return sum(len(line.chars) for row in self.rows for line in row.lines)

    @property
    def lines(self) -> tuple[TextLine, ...]:
        return tuple(line for row in self.rows for line in row.lines)


def make_block(rows: Sequence[Row], cell: int, box: Rect | None = None) -> Block:
    """A block of `rows`; its type is that of the greater part of its characters."""
    lines = [line for row in rows for line in row.lines]
    weighted = sorted((line.size, max(1, len(line.chars))) for line in lines)
    total, run, size = sum(w for _, w in weighted), 0, weighted[0][0]
    for value, weight in weighted:
        run += weight
        size = value
        if run * 2 >= total:
            break
    main = max(lines, key=lambda line: len(line.chars))
    return Block(
        rows=tuple(rows),
        box=box or bounding(row.box for row in rows),
        size=size,
        cell=cell,
        font=main.font,
        bold=main.bold,
        reversed=main.tone == "reversed",
        vertical=main.mode == "vertical-rl",
    )


def leading_of(lines: Sequence[TextLine], size: float) -> float:
    """Usual distance of baselines, in pixels, among lines of about `size`; 1.5 em when unknown."""
    near = sorted(
        (line for line in lines if abs(line.size / size - 1) < 0.1 and len(line.chars) >= 5),
        key=lambda line: line.box.cy,
    )
    pitches = []
    for i, a in enumerate(near):
        for b in near[i + 1 : i + 60]:
            d = b.box.cy - a.box.cy
            if d > 2.6 * size:
                break
            if d > 0.9 * size and a.box.overlap_x(b.box) > 0.5 * min(a.box.width, b.box.width):
                pitches.append(d)
                break
    if len(pitches) < 3:
        return 1.5 * size
    pitches.sort()
    return pitches[len(pitches) // 2]


def same_type(a: TextLine, b: TextLine) -> bool:
    ratio = a.size / max(1e-6, b.size)
    if not 1 / SAME_SIZE < ratio < SAME_SIZE:
        # a size measured from a picture may be off; the height of the ink then decides
        level = a.box.height / max(1e-6, b.box.height)
        if a.font or not (1 / 1.3 < ratio < 1.3 and 0.9 < level < 1.11):
            return False
    if a.tone != b.tone:
        return False
    if a.bold is not None and b.bold is not None and a.bold != b.bold:
        return False
    return not (a.font and b.font and a.font != b.font)


class _Growing:
    """A block while lines are being added from the top."""

    __slots__ = ("left", "lines", "right")

    def __init__(self, line: TextLine) -> None:
        self.lines = [line]
        self.left, self.right = line.box.x0, line.box.x1

    def takes(self, line: TextLine, em: float, display: bool) -> bool:
        box = line.box
        last = self.lines[-1].box
        if display:
            centred = abs(box.cx - last.cx) < 1.2 * em
            flush = abs(box.x0 - last.x0) < 2.2 * em or abs(box.x1 - last.x1) < 1.2 * em
            overlap = box.overlap_x(last) > 0.6 * min(box.width, last.width)
            return overlap and (
                centred or flush or box.overlap_x(last) > 0.85 * min(box.width, last.width)
            )
        if abs(box.x0 - self.left) > INDENT_EMS * em:
            return False
        if len(self.lines) == 1:
            if self.left - box.x0 > SET_ASIDE_EMS * em and box.x1 > self.right - 3 * em:
                return False  # a signature set to the right over its report
            # a lone first line may be the indented one, or a paragraph of one short line
            over = box.x0 < self.right or _indented_after(self.lines[0], line)
            return over and box.x1 > self.left
        return box.x1 <= self.right + RAGGED_EMS * em or self._all_short(em)

    @property
    def size(self) -> float:
        sizes = sorted(line.size for line in self.lines)
        return sizes[len(sizes) // 2]

    def goes_on(self, line: TextLine, pitch: float, lead: float) -> bool:
        """Whether a line of a picture, of another size as it was measured, is the next one of the
        same type: at the usual leading `lead` or at this block's, flush with the measure or indented
        by two ems. The size of a short line, or of one with much Latin in it, is uncertain."""
        last = self.lines[-1]
        if line.font or line.tone != last.tone:
            return False
        own = last.box.cy - self.lines[-2].box.cy if len(self.lines) > 1 else lead
        if min(abs(pitch - usual) / usual for usual in (lead, own)) > STEADY:
            return False
        em = self.size
        if not 1 / UNSURE < line.size / em < UNSURE:
            return False
        indent = (line.box.x0 - self.left) / max(em, line.size)
        if len(self.lines) == 1 and -2.6 < indent < -1.6:
            return True  # the first line, indented: 1月14日上午32时，
        if line.text[:1] in OPENERS and 0.35 <= indent < 0.7:
            return True  # the white half of a quotation mark's cell
        return abs(indent) < 0.35 or 1.6 < indent < 2.6

    def _all_short(self, em: float) -> bool:
        rights = [line.box.x1 for line in self.lines]
        return max(rights) - min(rights) > RAGGED_EMS * em and len(rights) <= 2

    def add(self, line: TextLine) -> None:
        self.lines.append(line)
        self.left = min(self.left, line.box.x0)
        self.right = max(self.right, line.box.x1)


def build_blocks(
    lines: Sequence[TextLine], em: float, barriers: Barriers, ground: Ground
) -> list[Block]:
    """Blocks of horizontal `lines`, top to bottom.

    A line joins the block above it when it is the next line below of the same type, in the same
    frame, at about the usual leading, set to the same measure, with no rule between.
    """
    lines = join_spaced(lines, em, barriers)
    order = sorted(lines, key=lambda line: (line.box.cy, line.box.x0))
    leadings: dict[int, float] = {}
    grown: list[_Growing] = []
    open_blocks: list[_Growing] = []
    cells: dict[int, int] = {id(line): ground.cell_of(line.box) for line in order}

    def leading(size: float) -> float:
        if round(size) not in leadings:
            leadings[round(size)] = leading_of(order, size)
        return leadings[round(size)]

    for line in order:
        lead = leading(line.size)
        display = line.size > 1.4 * em
        reach = (
            (1.9 * line.size)
            if display
            else min(max(1.35 * lead, 1.75 * line.size), 2.4 * line.size)
        )
        best: _Growing | None = None
        for block in open_blocks:
            last = block.lines[-1]
            pitch = line.box.cy - last.box.cy
            if not 0.55 * line.size < pitch <= reach:
                continue
            if cells[id(last)] != cells[id(line)]:
                continue
            usual = leading(block.size if len(block.lines) > 1 else line.size)
            if not (same_type(last, line) or block.goes_on(line, pitch, usual)):
                continue
            if line.box.overlap_x(last.box) <= 0 and not _indented_after(last, line):
                continue
            if not block.takes(line, line.size, display):
                continue
            if barriers.between(last.box, line.box):
                continue
            if best is None or line.box.overlap_x(last.box) > line.box.overlap_x(
                best.lines[-1].box
            ):
                best = block
        if best is not None and _free_between(best.lines[-1], line, order):
            best.add(line)
        else:
            fresh = _Growing(line)
            grown.append(fresh)
            open_blocks.append(fresh)
        horizon = line.box.cy - 6 * em
        if len(open_blocks) > 200:
            open_blocks = [b for b in open_blocks if b.lines[-1].box.cy > horizon]
    blocks = [make_block([Row((x,)) for x in g.lines], cells[id(g.lines[0])]) for g in grown]
    return _split_measures(_gather_rows(blocks, em))


def _indented_after(last: TextLine, line: TextLine) -> bool:
    """Whether a line begins a paragraph under the last of another, which is shorter than its
    indent: 趟。"""
    indent = (line.box.x0 - last.box.x0) / line.size
    stopped = ends_sentence(last.text) or last.text.rstrip()[-1:] == "、"
    return not line.font and 0.8 < indent < 2.6 and stopped


def _free_between(a: TextLine, b: TextLine, order: Iterable[TextLine]) -> bool:
    gap = Rect(max(a.box.x0, b.box.x0), a.box.y1, min(a.box.x1, b.box.x1), b.box.y0)
    if gap.height <= 0 or gap.width <= 0 or gap.height < 0.5 * a.size:
        return True
    return not any(
        line is not a and line is not b and line.box.overlap(gap) > 0.3 * line.box.area
        for line in order
    )


def _gather_rows(blocks: list[Block], em: float) -> list[Block]:
    """Short pieces that stand on a row of a block, inside its measure, join that row."""
    big = [b for b in blocks if len(b.rows) >= 2]
    taken: dict[int, list[tuple[int, Block]]] = {}
    gone: set[int] = set()
    for i, piece in enumerate(blocks):
        if len(piece.rows) != 1 or piece.chars > 24:
            continue
        for host in big:
            if host is piece or host.cell != piece.cell or abs(host.size / piece.size - 1) > 0.3:
                continue
            if not host.box.grow(0.8 * em, 0.4 * em).contains(piece.box):
                continue
            for r, row in enumerate(host.rows):
                if (
                    abs(row.box.cy - piece.box.cy) < 0.4 * em
                    and row.box.overlap_x(piece.box) < 0.6 * piece.box.width
                ):
                    taken.setdefault(id(host), []).append((r, piece))
                    gone.add(i)
                    break
            if i in gone:
                break
    out = []
    for i, block in enumerate(blocks):
        if i in gone:
            continue
        extra = taken.get(id(block))
        if extra:
            rows = [list(row.lines) for row in block.rows]
            for r, piece in extra:
                rows[r].extend(piece.lines)
            block = make_block(
                [Row(tuple(sorted(row, key=lambda x: x.box.x0))) for row in rows], block.cell
            )
        out.append(block)
    return out


def _split_measures(blocks: list[Block]) -> list[Block]:
    """Cuts a block where its measure changes, as where type runs round a picture."""
    out: list[Block] = []
    for block in blocks:
        out.extend(_cut(block))
    return out


def _cut(block: Block) -> list[Block]:
    n = len(block.rows)
    if n < 4 or block.vertical:
        return [block]
    em = block.size
    right = [row.box.x1 for row in block.rows]
    left = [row.box.x0 for row in block.rows]
    labels = [0] * n
    full_r, full_l = max(right), min(left)
    i = 0
    mark = 0
    while i < n:
        if right[i] < full_r - 1.6 * em or left[i] > full_l + 3.2 * em:
            j = i
            while j < n and (right[j] < full_r - 1.6 * em or left[j] > full_l + 3.2 * em):
                j += 1
            run_r = max(right[i:j])
            flush = sum(1 for k in range(i, j) if abs(right[k] - run_r) < 0.7 * em)
            if j - i >= 3 and flush >= 2 and flush * 2 >= j - i:
                mark += 1
                for k in range(i, j):
                    labels[k] = mark
                mark += 1
                for k in range(j, n):
                    labels[k] = mark
            i = j
        else:
            i += 1
    if mark == 0:
        return [block]
    pieces: list[list[Row]] = []
    for k, row in enumerate(block.rows):
        if k == 0 or labels[k] != labels[k - 1]:
            pieces.append([])
        pieces[-1].append(row)
    return [make_block(piece, block.cell) for piece in pieces]
