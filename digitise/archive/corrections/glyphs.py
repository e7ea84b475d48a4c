"""A line's characters when its text or its place is changed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from ...model import Char, Line, Polygon, Rect, WritingMode, bounding, polygon_bounds

SURE = 1.0
"""The confidence of what a person typed."""


def retyped(line: Line, text: str, mode: WritingMode = "horizontal-tb") -> Line:
    """The line with another text. Characters that stay keep their boxes; a replaced one takes
    the box of what it replaces, an added one a share of the room beside it. What was typed has
    confidence 1 and what was left alone stays as doubtful as it was; the same text again
    confirms the line, and all of it becomes sure."""
    if not line.chars or [c.text for c in line.chars] != list(line.text):
        return replace(line, text=text, chars=(), confidence=SURE)
    if not text:
        return replace(line, text="", chars=(), confidence=SURE)
    boxes: list[Rect] = []
    sure: list[float] = []
    old = line.chars
    for op in Levenshtein.opcodes(line.text, text):
        if op.tag == "delete":
            continue
        if op.tag == "insert":
            count = op.dest_end - op.dest_start
            boxes += _between(line.box, old, op.src_start, count, mode)
            sure += [SURE] * count
        else:
            kept = op.tag == "equal" and text != line.text
            boxes += [old[i].box for i in range(op.src_start, op.src_end)]
            sure += [old[i].confidence if kept else SURE for i in range(op.src_start, op.src_end)]
    chars = tuple(Char(*values) for values in zip(text, boxes, sure, strict=True))
    return replace(line, text=text, chars=chars, confidence=sum(sure) / len(sure))


def _between(
    line: Rect, chars: Sequence[Char], at: int, count: int, mode: WritingMode
) -> list[Rect]:
    """Boxes for `count` characters in front of character `at`: the white between its
    neighbours, or a quarter of each of them where there is none."""
    down = mode == "vertical-rl"
    before = chars[at - 1].box if at else None
    after = chars[at].box if at < len(chars) else None
    beside = before or after
    assert beside is not None
    backwards = mode == "horizontal-rtl"
    first, last = (after, before) if backwards else (before, after)
    low = _end(first, down) if first else (line.y0 if down else line.x0)
    high = _start(last, down) if last else (line.y1 if down else line.x1)
    em = beside.height if down else beside.width
    if high - low < 0.25 * em:
        low -= 0.25 * em if first else 0.0
        high += 0.25 * em if last else 0.0
    high = max(high, low + 1.0)
    step = (high - low) / count
    out = [
        Rect(beside.x0, low + i * step, beside.x1, low + (i + 1) * step)
        if down
        else Rect(low + i * step, beside.y0, low + (i + 1) * step, beside.y1)
        for i in range(count)
    ]
    return out[::-1] if backwards else out


def _start(box: Rect, down: bool) -> float:
    return box.y0 if down else box.x0


def _end(box: Rect, down: bool) -> float:
    return box.y1 if down else box.x1


def shifted(line: Line, dx: float, dy: float) -> Line:
    return replace(
        line,
        polygon=tuple((x + dx, y + dy) for x, y in line.polygon),
        chars=tuple(replace(c, box=c.box.shift(dx, dy)) for c in line.chars),
    )


def reshaped(line: Line, polygon: Polygon) -> Line:
    """The line with another outline, its characters stretched along."""
    old, new = line.box, polygon_bounds(polygon)
    if not line.chars or old.width <= 0 or old.height <= 0:
        return replace(line, polygon=polygon)
    sx, sy = new.width / old.width, new.height / old.height

    def moved(box: Rect) -> Rect:
        return Rect(
            new.x0 + (box.x0 - old.x0) * sx, new.y0 + (box.y0 - old.y0) * sy,
            new.x0 + (box.x1 - old.x0) * sx, new.y0 + (box.y1 - old.y0) * sy,
        )  # fmt: skip

    chars = tuple(replace(c, box=moved(c.box)) for c in line.chars)
    return replace(line, polygon=polygon, chars=chars)


def cut(line: Line, at: int, new_id: str, mode: WritingMode) -> tuple[Line, Line]:
    """The line cut in front of code point `at`: where its characters meet, or at the same share
    of its length when they are not known."""
    box = line.box
    down = mode == "vertical-rl"
    start, length = (box.y0, box.height) if down else (box.x0, box.width)
    share = at / len(line.text) if line.text else 0.5
    backwards = mode == "horizontal-rtl"
    edge = start + length * (1 - share if backwards else share)
    known = bool(line.chars) and len(line.chars) == len(line.text)
    if known and 0 < at < len(line.chars):
        a, b = line.chars[at - 1].box, line.chars[at].box
        if backwards:
            a, b = b, a
        edge = (_end(a, down) + _start(b, down)) / 2
    edge = float(round(min(max(edge, start + 1), start + length - 1)))
    low = Rect(box.x0, box.y0, box.x1, edge) if down else Rect(box.x0, box.y0, edge, box.y1)
    high = Rect(box.x0, edge, box.x1, box.y1) if down else Rect(edge, box.y0, box.x1, box.y1)
    head, tail = (high, low) if backwards else (low, high)
    return (
        replace(
            line, polygon=head.polygon, text=line.text[:at],
            chars=line.chars[:at] if known else (),
        ),
        replace(
            line, id=new_id, polygon=tail.polygon, text=line.text[at:],
            chars=line.chars[at:] if known else (),
        ),
    )  # fmt: skip


def joined(lines: Sequence[Line]) -> Line:
    """Several lines as the first of them, texts one behind the other, one box round all."""
    chars: tuple[Char, ...] = ()
    if all(len(line.chars) == len(line.text) for line in lines):
        chars = tuple(c for line in lines for c in line.chars)
    weight = sum(len(line.text) for line in lines)
    confidence = sum(line.confidence * len(line.text) for line in lines) / weight if weight else 1.0
    return replace(
        lines[0],
        polygon=bounding([line.box for line in lines]).polygon,
        text="".join(line.text for line in lines),
        chars=chars,
        confidence=confidence,
    )
