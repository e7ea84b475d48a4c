# mypy: disable-error-code="no-untyped-call"
"""Rules, frames and pictures from a page's vector drawings and images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pymupdf

from ..model import Affine, Picture, Rect, Rule, joined
from ..model import Frame as Box
from .glyphs import luminance
from .ornaments import ornament_lines
from .pdf import Frame, PlacedImage
from .rulework import merge_rules, merge_rules_across

_THIN_POINTS = 4.0
_WHITE = 0.97
_DARK = 0.55
_PAGE_SHARE = 0.85
_SCAN_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area: what shows behind and what hides what. `layer` as in Glyph."""

    box: Rect
    ink: float
    opacity: float
    layer: int


@dataclass(frozen=True, slots=True)
class Drawings:
    """`fills` stand in drawing order; `images` are in pixels of the sheet, with their layer."""

    rules: tuple[Rule, ...]
    frames: tuple[Box, ...]
    pictures: tuple[Picture, ...]
    fills: tuple[Fill, ...]
    images: tuple[Rect, ...]

    @property
    def walls(self) -> tuple[Rect, ...]:
        """Boxes that no text line crosses: rules and the edges of frames."""
        edges: list[Rect] = [r.box for r in self.rules]
        for frame in self.frames:
            b = frame.box
            edges += [
                Rect(b.x0 - 1, b.y0, b.x0 + 1, b.y1),
                Rect(b.x1 - 1, b.y0, b.x1 + 1, b.y1),
                Rect(b.x0, b.y0 - 1, b.x1, b.y0 + 1),
                Rect(b.x0, b.y1 - 1, b.x1, b.y1 + 1),
            ]
        return tuple(edges)


@dataclass(slots=True)
class _Found:
    rules: list[Rect]
    frames: list[Rect]
    fills: list[Fill]
    art: list[Rect]


def read_drawings(page: pymupdf.Page, frame: Frame, images: Sequence[PlacedImage]) -> Drawings:
    """What is drawn on the page besides text, in pixels of `frame`."""
    area = Rect(0, 0, frame.width, frame.height)
    found = _Found([], [], [], [])
    for path, clip in _clipped(page.get_cdrawings(extended=True), frame.to_page, area):
        _read_path(path, frame.to_page, clip, frame.dpi / 72.0, found)
    zoom = frame.dpi / 72.0
    placed = [i.box.scale(zoom).clip(area) for i in images]
    placed = [b for b in placed if b.width >= 1 and b.height >= 1]
    inked = [f for f in found.fills if f.ink <= _WHITE]
    ornaments, pieces = ornament_lines([f.box for f in inked])
    grounds = [f for k, f in enumerate(inked) if k not in pieces]
    rules = list(merge_rules(_solid([*found.rules, *ornaments])))
    frames, rules = _frames(found.frames, rules)
    boxes = [Box(b, "frame") for b in frames]
    boxes += _grounds(grounds, area)
    big = [b for b in placed if min(b.width, b.height) > 0.12 * frame.dpi]
    pictures = _pictures(big, found.art, frame)
    # An image drawn as a hairline or a thin bar is a ruling line.
    for box in placed:
        if min(box.width, box.height) <= 0.05 * frame.dpi < max(box.width, box.height) / 4:
            rules.append(Rule(_thick(box)))
    return Drawings(
        tuple(sorted(rules, key=lambda r: (r.box.y0, r.box.x0, r.box.x1, r.box.y1))),
        tuple(sorted(boxes, key=lambda b: (b.box.y0, b.box.x0, -b.box.area, b.kind))),
        tuple(Picture(b) for b in pictures),
        (*found.fills, *_covering_images(page, frame.to_page, area)),
        tuple(placed),
    )


def _covering_images(page: pymupdf.Page, to_page: Affine, area: Rect) -> list[Fill]:
    """Opaque images over most of the page, as fills: they hide the text drawn before them."""
    if any(image[1] for image in page.get_images()):
        return []  # some image is see-through, and the log does not say which
    fills: list[Fill] = []
    for layer, (kind, bbox, *_) in enumerate(page.get_bboxlog()):
        if kind == "fill-image":
            box = _map(to_page, bbox).clip(area)
            if box.area > _SCAN_SHARE * area.area:
                fills.append(Fill(box, 0.5, 1.0, layer))
    return fills


def _clipped(
    paths: Sequence[Mapping[str, Any]], to_page: Affine, area: Rect
) -> Iterator[tuple[Mapping[str, Any], Rect]]:
    """Paths that draw, each with the box it is clipped to.

    The reader reports clips and groups as entries of their own; an entry's level says how many
    of those before it still hold.
    """
    stack: list[tuple[int, Rect]] = []
    for path in paths:
        level = int(path.get("level", 0))
        while stack and stack[-1][0] >= level:
            stack.pop()
        kind = path["type"]
        if kind == "clip":
            box = _map(to_page, path["scissor"]) if "scissor" in path else area
            # The scissor is the clip's own box; those around it hold as well.
            around = stack[-1][1] if stack else area
            stack.append((level, box.clip(around)))
        elif kind != "group":
            yield path, stack[-1][1] if stack else area


def _map(affine: Affine, rect: Sequence[float]) -> Rect:
    a = affine(rect[0], rect[1])
    b = affine(rect[2], rect[3])
    return Rect(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _thick(box: Rect) -> Rect:
    """At least one pixel thick either way."""
    dx, dy = max(0.0, 1 - box.width) / 2, max(0.0, 1 - box.height) / 2
    return Rect(box.x0 - dx, box.y0 - dy, box.x1 + dx, box.y1 + dy)


def _read_path(
    path: Mapping[str, Any], to_page: Affine, area: Rect, zoom: float, found: _Found
) -> None:
    kind = str(path["type"])
    items: Sequence[Any] = path["items"]
    box = _map(to_page, path["rect"])
    reach = box.grow(0.5)
    if reach.x1 < 0 or reach.y1 < 0 or reach.x0 > area.x1 or reach.y0 > area.y1:
        return
    curves = sum(1 for item in items if item[0] == "c")
    layer = int(path.get("seqno", 0))
    if "f" in kind:
        fill = path.get("fill")
        opacity = path.get("fill_opacity")
        opacity = 1.0 if opacity is None else float(opacity)
        ink = luminance(fill) if fill is not None else 1.0
        _read_fill(items, to_page, area, zoom, Fill(box, ink, opacity, layer), curves, found)
    if "s" in kind and float(path.get("stroke_opacity") or 1.0) > 0.02:
        colour = path.get("color")
        if colour is not None and luminance(colour) > _WHITE and "f" not in kind:
            return
        width = max(1.0, float(path.get("width") or 0.0) * zoom)
        _read_stroke(items, to_page, area, width, box, curves, found)


def _read_fill(
    items: Sequence[Any],
    to_page: Affine,
    area: Rect,
    zoom: float,
    whole: Fill,
    curves: int,
    found: _Found,
) -> None:
    if whole.opacity < 0.02:
        return
    rects = [_map(to_page, item[1]) for item in items if item[0] == "re"]
    if not rects:
        rects = [_map(to_page, _quad_box(item[1])) for item in items if item[0] == "qu"]
    if not rects:
        if _is_upright_polygon(items) or (curves and curves <= 8 and len(items) <= 12):
            rects = [whole.box]
        elif curves > 12 or len(items) > 24:
            found.art.append(whole.box.clip(area))
            return
        else:
            rects = [whole.box] if _is_bar(whole.box, zoom) else []
    for rect in rects:
        clipped = rect.clip(area)
        if clipped.area <= 0 and max(clipped.width, clipped.height) < 2:
            continue
        if _is_bar(rect, zoom):
            if whole.ink <= _WHITE:
                found.rules.append(_thick(clipped))
        else:
            found.fills.append(Fill(clipped, whole.ink, whole.opacity, whole.layer))


def _is_bar(box: Rect, zoom: float) -> bool:
    thin = min(box.width, box.height)
    return thin <= _THIN_POINTS * zoom and max(box.width, box.height) >= 2.5 * thin


def _quad_box(quad: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    return min(xs), min(ys), max(xs), max(ys)


def _is_upright_polygon(items: Sequence[Any]) -> bool:
    """Three to five straight sides, each level or plumb: a rectangle drawn by lines."""
    if not 3 <= len(items) <= 5 or any(item[0] != "l" for item in items):
        return False
    return all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for _, a, b, *_ in items)


def _read_stroke(
    items: Sequence[Any],
    to_page: Affine,
    area: Rect,
    width: float,
    box: Rect,
    curves: int,
    found: _Found,
) -> None:
    if curves > 12:
        found.art.append(box.clip(area))
        return
    if 0 < curves <= 8 and len(items) <= 9 and _straight_share(items) > 0.6:
        found.frames.append(box)  # a box with round corners
        return
    for item in items:
        if item[0] == "l":
            line = _map(to_page, (*item[1], *item[2]))
            if min(line.width, line.height) <= 2.0:
                found.rules.append(_stroked(line, width).clip(area.grow(width)))
        elif item[0] in ("re", "qu"):
            rect = _map(to_page, item[1] if item[0] == "re" else _quad_box(item[1]))
            if min(rect.width, rect.height) <= 2.5 * width:
                found.rules.append(_stroked(rect, width))
            else:
                found.frames.append(rect)


def _straight_share(items: Sequence[Any]) -> float:
    """Share of a path's length that is straight."""
    straight = curved = 0.0
    for item in items:
        first, last = item[1], item[-1]
        if item[0] == "l":
            straight += abs(first[0] - last[0]) + abs(first[1] - last[1])
        elif item[0] == "c":
            curved += abs(first[0] - last[0]) + abs(first[1] - last[1])
    return straight / (straight + curved) if straight + curved else 0.0


def _stroked(line: Rect, width: float) -> Rect:
    half = width / 2
    if line.width >= line.height:
        return Rect(line.x0, line.y0 - half, line.x1, line.y1 + half)
    return Rect(line.x0 - half, line.y0, line.x1 + half, line.y1)


def _solid(boxes: Sequence[Rect]) -> list[Rule]:
    return [Rule(_thick(b)) for b in boxes if max(b.width, b.height) >= 1]


def _frames(drawn: Sequence[Rect], rules: list[Rule]) -> tuple[list[Rect], list[Rule]]:
    """Drawn boxes, and those that four rules make; a box once only (double lines are one)."""
    made, rest = merge_rules_across(rules)
    frames: list[Rect] = []
    for box in sorted([*drawn, *made], key=lambda b: -b.area):
        if min(box.width, box.height) < 8:
            continue
        near = 0.04 * min(box.width, box.height) + 12
        if any(
            max(abs(o.x0 - box.x0), abs(o.y0 - box.y0), abs(o.x1 - box.x1), abs(o.y1 - box.y1))
            <= near
            for o in frames
        ):
            continue
        frames.append(box)
    return frames, rest


def _grounds(fills: Sequence[Fill], area: Rect) -> list[Box]:
    """Tinted and dark grounds; white ones and the page's own ground are none."""
    grounds: list[Box] = []
    for fill in fills:
        tone = 1 - (1 - fill.ink) * fill.opacity
        if tone > _WHITE or fill.box.area > _PAGE_SHARE * area.area:
            continue
        if min(fill.box.width, fill.box.height) < 12:
            continue
        box = Box(fill.box, "reversed" if tone < _DARK else "tint")
        if box not in grounds:
            grounds.append(box)
    return grounds


def _pictures(images: Sequence[Rect], art: Sequence[Rect], frame: Frame) -> list[Rect]:
    """Images, strips of one image put together, and clusters of dense vector art."""
    page = Rect(0, 0, frame.width, frame.height)
    boxes = [b for b in images if b.area < _PAGE_SHARE * page.area]
    boxes += [b for b in art if b.area < _PAGE_SHARE * page.area]
    boxes = _clusters(boxes, 0.03 * frame.dpi)
    least = 0.15 * frame.dpi
    boxes = [b for b in boxes if b.width >= least and b.height >= least]
    return sorted(boxes, key=lambda b: (b.y0, b.x0, b.x1, b.y1))


def _clusters(boxes: Sequence[Rect], slack: float) -> list[Rect]:
    """Boxes that overlap, or abut over most of a side, united until none is left."""
    todo = sorted(boxes, key=lambda b: (b.y0, b.x0, b.x1, b.y1))
    if len(todo) > 3_000:
        todo = sorted(todo, key=lambda b: -b.area)[:3_000]
    return joined(todo, lambda a, b: _belongs(a, b, slack))


def _belongs(a: Rect, b: Rect, slack: float) -> bool:
    if a.overlap(b) > 0.2 * min(a.area, b.area):
        return True
    near = a.grow(slack).overlap(b.grow(slack)) > 0
    along_x = a.overlap_x(b) > 0.85 * max(a.width, b.width)
    along_y = a.overlap_y(b) > 0.85 * max(a.height, b.height)
    return near and (along_x or along_y)
