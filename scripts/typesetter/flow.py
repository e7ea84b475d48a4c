"""Body type poured into columns: rows of lines into slots of a baseline grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digitise.model import Rect, RegionKind

from .canvas import PageDraft, Printed
from .linebreak import SetLine, Setting, natural_width, set_paragraph
from .story import Entry, Item, Para, Sub


@dataclass(frozen=True, slots=True)
class BodyStyle:
    """`leading`: from line to line, in points; subheads are set in `sub_font` at `sub_scale`."""

    size: float = 9.5
    leading: float = 13.0
    setting: Setting = field(default_factory=Setting)
    sub_font: str = "hei-bold"
    sub_scale: float = 1.0
    sub_centred: bool = True
    indent: float = 2.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a column, as wide as all others of the same body."""

    x: float
    y0: float
    y1: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the stream. `item` is where in the story it comes from."""

    kind: str  # body or subhead
    line: SetLine
    item: int
    group: int = 1  # lines of the subhead it opens; 0 for its further lines
    lead: int = 0  # characters at its beginning in the subheads' type


@dataclass(frozen=True, slots=True)
class Placed:
    row: Row
    x: float
    y: float
    segment: int


def slots_of(segment: Segment, style: BodyStyle) -> int:
    height = segment.y1 - segment.y0
    return max(0, int((height - style.size) / style.leading + 1e-6) + 1)


def rows_of(items: Sequence[Item], width: float, style: BodyStyle) -> list[Row]:
    """All lines of a story at `width` points."""
    measure = width / style.size
    rows: list[Row] = []
    for n, item in enumerate(items):
        if isinstance(item, Para):
            indent = 0.0 if item.run_on else style.indent
            left = item.lead
            for line in set_paragraph(item.text, measure, style.setting, indent):
                rows.append(Row("body", line, n, lead=min(left, len(line.text))))
                left -= rows[-1].lead
        else:
            for k, text in enumerate(item.lines):
                rows.append(Row("subhead", _sub_line(text, measure, style), n, _group(item, k)))
    return rows


def _group(item: Sub, k: int) -> int:
    return len(item.lines) if k == 0 else 0


def _sub_line(text: str, measure: float, style: BodyStyle) -> SetLine:
    """Offsets in ems of the body type, though the subhead may be larger."""
    scale = style.sub_scale
    wide = natural_width(text, style.sub_font) * scale
    if wide > measure:
        scale *= measure / wide
        wide = measure
    start = (measure - wide) / 2 if style.sub_centred else min(2.0, measure - wide)
    from .linebreak import atoms

    offsets: list[float] = []
    ends: list[float] = []
    x = start
    for atom in atoms(text, style.sub_font):
        for w in atom.widths:
            offsets.append(x)
            x += w * scale
            ends.append(x)
    return SetLine(text, tuple(offsets), tuple(ends), True, True)


def pour(
    rows: Sequence[Row], segments: Sequence[Segment], style: BodyStyle
) -> tuple[list[Placed], int, int]:
    """Place `rows` slot by slot: (placed, how many rows were placed, slots left over)."""
    placed: list[Placed] = []
    n = 0
    free = 0
    for s, segment in enumerate(segments):
        capacity = slots_of(segment, style)
        slot = 0
        while n < len(rows) and slot < capacity:
            row = rows[n]
            if row.kind == "subhead" and row.group:
                need = row.group + 1
                if slot + need + 1 > capacity:
                    break
                drop = 0.5 if slot else 0.2
                for k in range(row.group):
                    y = segment.y0 + (slot + drop + k) * style.leading
                    placed.append(Placed(rows[n + k], segment.x, y, s))
                n += row.group
                slot += need
                continue
            y = segment.y0 + slot * style.leading
            placed.append(Placed(row, segment.x, y, s))
            n += 1
            slot += 1
        if n >= len(rows):
            free += capacity - slot
            slot = capacity
    return placed, n, free


def capacity(segments: Sequence[Segment], style: BodyStyle) -> int:
    return sum(slots_of(s, style) for s in segments)


def draw_line(
    page: PageDraft,
    line: SetLine,
    x: float,
    y: float,
    size: float,
    font: str,
    glyph_size: float = 0.0,
    lead: tuple[int, str] = (0, ""),
) -> Printed:
    """Print a set line with its em boxes' top left at (x, y); `glyph_size` for larger glyphs,
    `lead`: how many characters are set in what other font first."""
    real = glyph_size or size
    base = y + 0.88 * size + (real - size) * 0.38
    placed = [(c, x + o * size, base) for c, o in zip(line.text, line.offsets, strict=True)]
    first, other = lead
    if first:
        page.glyphs(placed[:first], other, real)
    page.glyphs(placed[first:], font, real)
    top = base - 0.88 * real
    rect = Rect(x + max(0.0, line.left) * size, top, x + line.right * size, top + real)
    page.claim(rect, line.text)
    return Printed(line.text, rect)


def draw_body(
    page: PageDraft, entry: Entry, placed: Sequence[Placed], width: float, style: BodyStyle
) -> None:
    """Print placed rows; a region for each run of one kind in one column piece."""
    region = None
    key: tuple[str, int, int] | None = None
    for p in placed:
        new = (p.row.kind, p.segment, p.row.item if p.row.kind == "subhead" else -1)
        if region is None or new != key:
            kind: RegionKind = "subhead" if p.row.kind == "subhead" else "body"
            region = entry.add(page.number, page.region(kind))
            key = new
        if p.row.kind == "subhead":
            wide = natural_width(p.row.line.text, style.sub_font) * style.sub_scale
            glyph = style.size * style.sub_scale * min(1.0, width / style.size / wide)
            region.lines.append(
                draw_line(page, p.row.line, p.x, p.y, style.size, style.sub_font, glyph)
            )
        else:
            lead = (p.row.lead, style.sub_font)
            region.lines.append(
                draw_line(page, p.row.line, p.x, p.y, style.size, style.setting.font, lead=lead)
            )


def cut_for_jump(
    items: Sequence[Item],
    width: float,
    segments: Sequence[Segment],
    style: BodyStyle,
    marker: str,
) -> tuple[list[Placed], list[Item]]:
    """Fill `segments` to the last slot, which ends in `marker` set flush right.

    Returns what is placed and the items still to be printed; the first of these is a `run_on`
    paragraph when the cut falls inside one. ValueError when the story is too short to jump.
    """
    rows = rows_of(items, width, style)
    placed, done, _ = pour(rows, segments, style)
    while placed and placed[-1].row.kind == "subhead":
        placed.pop()
        done -= 1
    if done >= len(rows) or not placed:
        raise ValueError("the story ends before its jump")
    measure = width / style.size
    last = placed[-1]
    line = last.row.line
    room = measure - natural_width(marker, style.setting.font) - 0.3
    keep = len(line.text)
    while keep > 0 and (line.ends[keep - 1] > room or not _cut_here(line.text, keep)):
        keep -= 1
    start = line.offsets[:keep]
    from .linebreak import atoms

    x = measure - natural_width(marker, style.setting.font)
    offsets, ends = list(start), list(line.ends[:keep])
    for atom in atoms(marker, style.setting.font):
        for w in atom.widths:
            offsets.append(x)
            x += w
            ends.append(x)
    text = line.text[:keep] + marker
    placed[-1] = replace(
        last, row=replace(last.row, line=SetLine(text, tuple(offsets), tuple(ends), line.first))
    )
    rest_text = line.text[keep:] + "".join(
        r.line.text for r in rows[done:] if r.item == last.row.item
    )
    item = items[last.row.item]
    rest: list[Item] = []
    if rest_text and isinstance(item, Para):
        # Taken from the paragraph itself, which has the spaces that line ends swallow.
        rest.append(Para(_tail(item.text, rest_text), run_on=True))
    rest.extend(items[last.row.item + 1 :])
    return placed, rest


def _tail(text: str, rest: str) -> str:
    """The end of `text` that says `rest`, spaces aside."""
    want = len("".join(rest.split()))
    k = len(text)
    seen = 0
    while k > 0 and seen < want:
        k -= 1
        seen += not text[k].isspace()
    return text[k:]


def _cut_here(text: str, k: int) -> bool:
    from .linebreak import NO_END, NO_START

    if k >= len(text):
        return True
    a, b = text[k - 1], text[k]
    if a in NO_END or b in NO_START or (a.isascii() and b.isascii()):
        return False
    return not (a == b and a in "—…")
