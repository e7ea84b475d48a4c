"""A picture of what was made of a page: regions, articles, order and jumps in colour."""

from __future__ import annotations

import colorsys
import io
import itertools
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from ..model import Article, Gray, Page, Rect, Region
from .plain import ordered_regions

LONG_SIDE = 2000
_GREY = (120, 120, 120)
_INK = (20, 20, 20)
_ABBREVIATIONS = {
    "headline": "HL",
    "kicker": "KI",
    "subheadline": "DK",
    "body": "BO",
    "subhead": "SH",
    "byline": "BY",
    "caption": "CA",
    "column-label": "CL",
    "page-header": "PH",
    "masthead": "MH",
    "advertisement": "AD",
    "index": "IX",
    "notice": "NO",
    "table": "TB",
    "picture": "PI",
    "rule": "RU",
    "other": "??",
}
_Colour = tuple[int, int, int]
_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def draw_overlay(
    page: Page, articles: Sequence[Article] = (), background: Gray | None = None
) -> bytes:
    """PNG bytes; the long side is `LONG_SIDE` pixels, or the page's own if that is less.

    Each region is filled in its article's colour (grey: in no article) and carries its place in
    the reading order, its kind in two letters and the last digits of its article's id. Arrows
    lead from region to region: in the article's colour inside an article, thin and grey from one
    article to the next. A flag ">" with a page marks where an article jumps to, "<" where it
    comes from, "?" a jump that is not resolved.

    `background`: (height, width) uint8, the page as scanned, at any scale; white if None.
    """
    width, height = _size(page, background)
    factor = min(1.0, LONG_SIDE / max(width, height))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    image = _paper(background, size)
    owners = {
        region_id: index
        for index, article in enumerate(articles)
        for part in article.parts
        if part.page == page.id
        for region_id in part.regions
    }
    colours = [_colour(index) for index in range(len(articles))]
    regions = [region for region in ordered_regions(page) if len(region.polygon) >= 2]
    _fill(image, regions, owners, colours, factor)
    draw = ImageDraw.Draw(image)
    em = max(9, round(max(size) / 125))
    font = ImageFont.load_default(em)
    _arrows(draw, regions, owners, colours, factor, em)
    for number, region in enumerate(regions, start=1):
        owner = owners.get(region.id)
        name = "" if owner is None else " " + articles[owner].id
        colour = _GREY if owner is None else colours[owner]
        corner = region.box.scale(factor)
        text = f"{number} {_ABBREVIATIONS.get(region.kind, '??')}{name}"
        _label(draw, (corner.x0, corner.y0), text, colour, font)
    for owner, article in enumerate(articles):
        own = [region for region in regions if owners.get(region.id) == owner]
        if own:
            _flags(draw, page, article, own, colours[owner], factor, font)
    out = io.BytesIO()
    image.save(out, format="PNG", compress_level=6)
    return out.getvalue()


def _size(page: Page, background: Gray | None) -> tuple[int, int]:
    if page.width > 0 and page.height > 0:
        return page.width, page.height
    if background is not None:
        return int(background.shape[1]), int(background.shape[0])
    boxes = [region.box for region in page.regions if region.polygon]
    return (
        math.ceil(max((b.x1 for b in boxes), default=1.0)) or 1,
        math.ceil(max((b.y1 for b in boxes), default=1.0)) or 1,
    )


def _paper(background: Gray | None, size: tuple[int, int]) -> Image.Image:
    if background is None:
        return Image.new("RGB", size, (255, 255, 255))
    scan = Image.fromarray(background).convert("L")
    scan = scan.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    # Paler, so that the colours and labels stand out from the print.
    return scan.point([round(70 + v * 185 / 255) for v in range(256)]).convert("RGB")


def _colour(index: int) -> _Colour:
    """Well apart from its neighbours: hues a golden angle apart, in two shades."""
    hue = (0.58 + index * 0.618033988749895) % 1.0
    r, g, b = colorsys.hsv_to_rgb(hue, 0.85, 0.85 if index % 2 == 0 else 0.65)
    return round(r * 255), round(g * 255), round(b * 255)


def _fill(
    image: Image.Image,
    regions: Sequence[Region],
    owners: dict[str, int],
    colours: Sequence[_Colour],
    factor: float,
) -> None:
    draw = ImageDraw.Draw(image, "RGBA")
    for region in regions:
        owner = owners.get(region.id)
        colour = _GREY if owner is None else colours[owner]
        polygon = region.polygon if len(region.polygon) >= 3 else region.box.polygon
        points = [(x * factor, y * factor) for x, y in polygon]
        draw.polygon(points, fill=(*colour, 62), outline=(*colour, 255), width=2)


def _arrows(
    draw: ImageDraw.ImageDraw,
    regions: Sequence[Region],
    owners: dict[str, int],
    colours: Sequence[_Colour],
    factor: float,
    em: int,
) -> None:
    for before, after in itertools.pairwise(regions):
        owner = owners.get(before.id)
        same = owner is not None and owner == owners.get(after.id)
        colour = colours[owner] if same and owner is not None else (150, 150, 150)
        start, end = _inside(before, factor), _inside(after, factor)
        length = math.dist(start, end)
        if length < 1:
            continue
        ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        draw.line([start, end], fill=colour, width=3 if same else 1)
        head = em * (0.9 if same else 0.6)
        base = end[0] - ux * head, end[1] - uy * head
        side = head * 0.45
        draw.polygon(
            [end, (base[0] - uy * side, base[1] + ux * side),
             (base[0] + uy * side, base[1] - ux * side)],
            fill=colour,
        )  # fmt: skip


def _inside(region: Region, factor: float) -> tuple[float, float]:
    """A point in the region for an arrow to meet: the middle of its middle line."""
    lines = [line for line in region.lines if line.polygon]
    box: Rect = lines[len(lines) // 2].box if lines else region.box
    return box.cx * factor, box.cy * factor


def _flags(
    draw: ImageDraw.ImageDraw,
    page: Page,
    article: Article,
    own: Sequence[Region],
    colour: _Colour,
    factor: float,
    font: _Font,
) -> None:
    for continuation in article.continuations:
        doubt = "?" if continuation.status == "unresolved" else ""
        if continuation.from_page == page.id:
            box = own[-1].box.scale(factor)
            place = box.x0, max(0.0, box.y1 - 2.2 * _height(font))
            _label(draw, place, f"> {_page(continuation.to_page)}{doubt}", colour, font, True)
        if continuation.to_page == page.id:
            box = own[0].box.scale(factor)
            place = box.x0, box.y0 + 1.4 * _height(font)
            _label(draw, place, f"< {_page(continuation.from_page)}{doubt}", colour, font, True)


def _page(page_id: str) -> str:
    digits = page_id.removeprefix("p").lstrip("0")
    return f"page {digits}" if digits.isascii() and digits.isdigit() else ""


def _height(font: _Font) -> float:
    return float(font.getbbox("Hg")[3])


def _label(
    draw: ImageDraw.ImageDraw,
    place: tuple[float, float],
    text: str,
    colour: _Colour,
    font: _Font,
    filled: bool = False,
) -> None:
    """Text on a chip at `place` (its top left), kept inside the picture at the right."""
    text = text.encode("ascii", "replace").decode("ascii")
    x0, y0, x1, y1 = draw.textbbox(place, text, font=font)
    shift = min(0.0, draw.im.size[0] - 3 - x1)
    paper, ink = (colour, (255, 255, 255)) if filled else ((255, 255, 255), _INK)
    chip = (x0 + shift - 2, y0 - 2, x1 + shift + 2, y1 + 2)
    draw.rectangle(chip, fill=paper, outline=colour, width=1)
    draw.text((place[0] + shift, place[1]), text, fill=ink, font=font)
