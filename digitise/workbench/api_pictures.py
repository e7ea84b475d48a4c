"""Tiles, thumbnails, pieces of pages, lines."""

from __future__ import annotations

import math
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from ..model import Rect
from . import problems
from .calls import Call, route
from .pictures import jpeg, piece, png

_DAY = "private, max-age=86400"


def routes() -> list[Route]:
    return [
        route("GET", "/tiles/{issue}/{page}/{level:int}/{x:int}_{y:int}.jpg", tile),
        route("GET", "/pictures/{issue}/{page}/thumbnail.jpg", thumbnail),
        route("GET", "/pictures/{issue}/{page}/crop.png", crop),
        route("GET", "/pictures/{issue}/{line}/line.png", line),
    ]


def tile(call: Call) -> Any:
    issue, page = call.path["issue"], _page(call)
    version = call.desk.journal.held(issue).version
    data = call.desk.pictures.tile(
        issue, version, page, int(call.path["level"]), int(call.path["x"]), int(call.path["y"])
    )
    return _picture(data, "image/jpeg")


def thumbnail(call: Call) -> Any:
    pixels = _pixels(call, _page(call))
    height, width = pixels.shape
    whole = Rect(0, 0, width, height)
    return _picture(jpeg(piece(pixels, whole, min(1.0, 400 / height))), "image/jpeg")


def crop(call: Call) -> Any:
    parts = call.query.text("box", longest=80).split(",")
    try:
        values = [float(part) for part in parts]
    except ValueError:
        values = []
    if len(values) != 4 or not all(math.isfinite(v) and abs(v) < 1e6 for v in values):
        raise problems.invalid("box", "must be x0,y0,x1,y1", "应为 x0,y0,x1,y1")
    box = Rect(*values)
    if box.width < 1 or box.height < 1:
        raise problems.invalid("box", "has no area", "面积为零")
    scale = 1.0
    if call.query.has("height"):
        scale = call.query.whole("height", 200, 8, 2000) / box.height
    elif call.query.has("width"):
        scale = call.query.whole("width", 200, 8, 2000) / box.width
    return _picture(png(piece(_pixels(call, _page(call)), box, scale)), "image/png")


def line(call: Call) -> Any:
    document = call.desk.journal.document(call.path["issue"])
    entry = document.line(call.path["line"])
    region = document.region(entry.region) if entry else None
    if entry is None or region is None:
        raise problems.unknown(call.path["line"])
    box = entry.line.box
    down = region.region.writing_mode == "vertical-rl"
    thick = max(1.0, box.width if down else box.height)
    margin = thick * call.query.number("margin", 0.15, 0.0, 3.0)
    size = call.query.whole("size", 64, 8, 400)
    pixels = _pixels(call, region.page)
    return _picture(png(piece(pixels, box.grow(margin), size / thick)), "image/png")


def _page(call: Call) -> str:
    """The page's id, when the issue has such a page."""
    page = call.path["page"]
    document = call.desk.journal.document(call.path["issue"])
    if document.page(page) is None:
        raise problems.unknown(page)
    return page


def _pixels(call: Call, page: str) -> Any:
    issue = call.path["issue"]
    return call.desk.pictures.page(issue, call.desk.journal.held(issue).version, page)


def _picture(data: bytes, kind: str) -> Response:
    return Response(data, media_type=kind, headers={"Cache-Control": _DAY})
