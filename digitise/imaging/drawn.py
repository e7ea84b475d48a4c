"""What is drawn on a page and what is type: pictures and frames once the lines have been read."""

from __future__ import annotations

from dataclasses import replace

from ..model import Frame, Gray, Picture, Rect, TextLine, joined
from .grids import window
from .leftover import drawings
from .marks import Marks
from .remnants import filled_out

DOWNWARDS = 0.3
"""Share of a supposed picture under lines set downwards from which it is the large type of an old
advertisement: what is printed on a photograph seldom runs down."""

CLOSE, BESIDE = 0.4, 0.8
"""Ems between two parts of one picture at most, and the share of the lower one's height that is level
with the other."""


def told_apart(
    marks: Marks, texts: tuple[TextLine, ...], ink: Gray, em: float
) -> tuple[tuple[Picture, ...], tuple[Frame, ...]]:
    """Pictures and frames, now that the type is known.

    A supposed picture taken up by type is large type on a ground of its own; a drawn frame
    with ink but no type in it holds a line drawing, a tint or a dark box a picture.
    """
    downwards = tuple(t for t in texts if t.mode == "vertical-rl")
    pictures = [
        p for p in marks.pictures
        if _type_share(p.box, texts) < 0.6 and _type_ink(p.box, texts, ink) < 0.6
        and _type_share(p.box, downwards) < DOWNWARDS
    ]  # fmt: skip
    frames = []
    for frame in marks.frames:
        if frame.kind == "frame" and any(_stroke_of(frame.box, line) for line in texts):
            continue
        # Brush-written headlines on a dark ground are read with less certainty.
        dark = frame.kind == "reversed"
        empty = _type_share(frame.box, texts, 0.5 if dark else 0.8) < 0.02
        inner = window(ink, frame.box.grow(-0.5 * em))
        # Bright pictures have the even ground of a tint, and dark shapes on it.
        least = 0.01 if frame.kind == "frame" else 0.04
        drawn = inner.size > 0 and float(inner.mean()) / 255 > least
        drawn &= min(frame.box.width, frame.box.height) >= 3.5 * em or frame.kind == "frame"
        inside = any(p.box.overlap(frame.box) > 0.5 * frame.box.area for p in pictures)
        if empty and drawn and not inside:
            pictures.append(Picture(frame.box))
        else:
            frames.append(frame)
    known = [line.box for line in texts if line.confidence >= 0.6]
    known += [r.box for r in marks.rules] + [p.box for p in pictures]
    known += [side for frame in frames for side in sides_of(frame, em)]
    drawn_too = [b for b in drawings(ink, em, known) if _type_share(b, downwards) < DOWNWARDS]
    parts = [*(p.box for p in pictures), *drawn_too]
    pictures = [Picture(box) for box in joined(parts, lambda a, b: _against(a, b, em))]
    pictures = filled_out(pictures, texts, ink, em)
    pictures.sort(key=lambda p: (p.box.y0, p.box.x0))
    return tuple(pictures), tuple(frames)


def _against(a: Rect, b: Rect, em: float) -> bool:
    """Whether two boxes stand so close side by side that they are parts of one picture."""
    gap = max(a.x0, b.x0) - min(a.x1, b.x1)
    return 0 <= gap <= CLOSE * em and a.overlap_y(b) >= BESIDE * min(a.height, b.height)


def clear_of(line: TextLine, pictures: tuple[Picture, ...]) -> TextLine:
    """The line without the end that reaches into a drawing beside it, whose strokes were taken
    for more of the line."""
    box = line.box
    for picture in pictures:
        p = picture.box
        if line.mode != "horizontal-tb" or p.overlap_y(box) < 0.7 * box.height:
            continue
        if not 0 < p.overlap_x(box) < 0.4 * box.width:
            continue
        if any(p.x0 < c.box.cx < p.x1 for c in line.chars if c.text.strip()):
            continue  # type over a picture
        if p.x0 < box.x0 < p.x1:
            box = replace(box, x0=p.x1)
        elif p.x0 < box.x1 < p.x1:
            box = replace(box, x1=p.x0)
    if box == line.box:
        return line
    chars = tuple(
        replace(c, box=replace(
            c.box, x0=min(max(c.box.x0, box.x0), box.x1), x1=max(min(c.box.x1, box.x1), box.x0)
        ))
        for c in line.chars
    )  # fmt: skip
    return replace(line, box=box, chars=chars)


def sides_of(frame: Frame, em: float) -> tuple[Rect, ...]:
    """The drawn lines of a frame; all of a reversed box, whose ground is ink."""
    box, deep = frame.box, 0.5 * em
    if frame.kind != "frame":
        return (box,) if frame.kind == "reversed" else ()
    return (
        Rect(box.x0, box.y0 - deep, box.x1, box.y0 + deep),
        Rect(box.x0, box.y1 - deep, box.x1, box.y1 + deep),
        Rect(box.x0 - deep, box.y0, box.x0 + deep, box.y1),
        Rect(box.x1 - deep, box.y0, box.x1 + deep, box.y1),
    )


def _stroke_of(box: Rect, line: TextLine) -> bool:
    """Whether a box is the outline of a character of a line, such as 回."""
    return box.overlap(line.box) > 0.85 * box.area and max(box.width, box.height) < 1.1 * line.size


def _type_share(box: Rect, texts: tuple[TextLine, ...], sure: float = 0.8) -> float:
    """Share of a box under lines that were read with a confidence of `sure`."""
    return sum(t.box.overlap(box) for t in texts if t.confidence >= sure) / max(1.0, box.area)


def _type_ink(box: Rect, texts: tuple[TextLine, ...], ink: Gray) -> float:
    """How much of the ink in a box is that of lines that could be read. Dense, blurred type has
    no white between its lines either, but no ink outside them."""
    whole = float(window(ink, box).sum())
    lines = [t for t in texts if len(t.text) >= 3 and t.confidence >= 0.6]
    return sum(float(window(ink, t.box.clip(box)).sum()) for t in lines) / max(1.0, whole)
