"""Pages as pictures: tiles for the deep zoom, pieces, lines. Made on the fly, tiles kept on disk."""

from __future__ import annotations

import contextlib
import hashlib
import io
import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from ..archive import Archive, page_pixels
from ..errors import DigitiseError, OutputUnwritable
from ..formats.write import write_bytes
from ..model import Gray, Rect
from .problems import unknown

TILE = 512
LONGEST = 2000
_MEMORY = 400_000_000
"""Bytes of page pictures kept in memory."""

Measured = Callable[[str, int, str, float], None]
Regions = Callable[[str, int, str], list[Rect]]


class Pictures:
    """`cache`: a folder of its own. `regions`: the outlines on a page (issue, version, page) as
    people left them. `measured` is told the share of stray ink of each page that is loaded:
    (issue, version, page, share)."""

    def __init__(self, archive: Archive, cache: Path, regions: Regions, measured: Measured) -> None:
        self._archive = archive
        self._cache = cache
        self._regions = regions
        self._measured = measured
        self._pages: OrderedDict[tuple[str, int, str], Gray] = OrderedDict()
        self._loading: dict[tuple[str, int, str], threading.Lock] = {}
        self._lock = threading.Lock()

    def page(self, issue: str, version: int, page: str) -> Gray:
        """(height, width) uint8, the pixels polygons refer to. Raises InputMissing and others."""
        key = issue, version, page
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
            turn = self._loading.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._pages:
                    return self._pages[key]
            pixels = page_pixels(self._archive, issue, page, version)
            with self._lock:
                self._pages[key] = pixels
                while (
                    len(self._pages) > 1 and sum(p.nbytes for p in self._pages.values()) > _MEMORY
                ):
                    self._pages.popitem(last=False)
                self._loading.pop(key, None)
        self._measure(issue, version, page, pixels)
        return pixels

    def measure(self, issue: str, version: int, page: str) -> None:
        """Looks for stray ink on a page nobody has opened. One that cannot be loaded has none."""
        try:
            self._measure(issue, version, page, page_pixels(self._archive, issue, page, version))
        except DigitiseError:
            self._measured(issue, version, page, 0.0)

    def _measure(self, issue: str, version: int, page: str, pixels: Gray) -> None:
        boxes = self._regions(issue, version, page)
        self._measured(issue, version, page, stray_ink(pixels, boxes))

    def tile(self, issue: str, version: int, page: str, level: int, x: int, y: int) -> bytes:
        """One tile as JPEG. Level `max_level` is full size, each lower one half of it."""
        name = hashlib.sha256(f"{issue}\0{version}\0{page}".encode()).hexdigest()[:24]
        path = self._cache / name / str(level) / f"{x}_{y}.jpg"
        with contextlib.suppress(OSError):
            return path.read_bytes()
        pixels = self.page(issue, version, page)
        data = jpeg(tile_of(pixels, level, x, y))
        with contextlib.suppress(OutputUnwritable):  # a full cache costs time, nothing else
            write_bytes(path, data)
        return data


def prune(cache: Path, limit: int = 2_000_000_000) -> None:
    """Removes the tiles that were made longest ago until the rest takes up `limit` bytes."""
    found = []
    for path in cache.rglob("*.jpg"):
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append((status.st_mtime, str(path), status.st_size))
    over = sum(size for _, _, size in found) - limit
    for _, name, size in sorted(found):
        if over <= 0:
            return
        with contextlib.suppress(OSError):
            Path(name).unlink()
            over -= size


def max_level(width: int, height: int) -> int:
    return max(0, math.ceil(math.log2(max(1, width, height))))


def tile_of(pixels: Gray, level: int, x: int, y: int) -> Gray:
    """The pixels of a tile. Raises Problem 404 where there is none."""
    height, width = pixels.shape
    top = max_level(width, height)
    if not 0 <= level <= top or x < 0 or y < 0:
        raise unknown(f"tile {level}/{x}_{y}")
    step = 1 << (top - level)
    wide, high = -(-width // step), -(-height // step)
    if x * TILE >= wide or y * TILE >= high:
        raise unknown(f"tile {level}/{x}_{y}")
    x1, y1 = min(wide, (x + 1) * TILE), min(high, (y + 1) * TILE)
    part = pixels[y * TILE * step : y1 * step, x * TILE * step : x1 * step]
    if step == 1:
        return np.ascontiguousarray(part)
    size = (x1 - x * TILE, y1 - y * TILE)
    return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def piece(pixels: Gray, box: Rect, scale: float) -> Gray:
    """A piece of a page, `scale` times its size but never over LONGEST; white beyond the edges."""
    height, width = pixels.shape
    x0, y0 = math.floor(box.x0), math.floor(box.y0)
    x1, y1 = max(x0 + 1, math.ceil(box.x1)), max(y0 + 1, math.ceil(box.y1))
    if x1 - x0 > 1.5 * width + 100 or y1 - y0 > 1.5 * height + 100:
        raise unknown("piece of that size")
    scale = min(scale, LONGEST / (x1 - x0), LONGEST / (y1 - y0))
    cx0, cy0, cx1, cy1 = max(0, x0), max(0, y0), min(width, x1), min(height, y1)
    out = np.full((y1 - y0, x1 - x0), 255, dtype=np.uint8)
    if cx0 < cx1 and cy0 < cy1:
        out[cy0 - y0 : cy1 - y0, cx0 - x0 : cx1 - x0] = pixels[cy0:cy1, cx0:cx1]
    size = (max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale)))
    if size == (x1 - x0, y1 - y0):
        return out
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(out, size, interpolation=how), dtype=np.uint8)


def jpeg(pixels: Gray, quality: int = 82) -> bytes:
    return _encoded(pixels, "JPEG", quality=quality)


def png(pixels: Gray) -> bytes:
    return _encoded(pixels, "PNG", compress_level=3)


def _encoded(pixels: Gray, kind: str, **how: int) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **how)
    return out.getvalue()


def stray_ink(pixels: Gray, boxes: list[Rect]) -> float:
    """The share of a page's ink that lies outside all of `boxes` (page pixels). Ink is what is
    darker than half, on a picture of a quarter of the size, edges of the paper left out; rules,
    frames and the dark ground of light type do not count as left over."""
    small = cv2.resize(pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    ink = (np.asarray(small) < 128).astype(np.uint8)
    edge_y, edge_x = ink.shape[0] // 50, ink.shape[1] // 50
    ink[:edge_y], ink[ink.shape[0] - edge_y :] = 0, 0
    ink[:, :edge_x], ink[:, ink.shape[1] - edge_x :] = 0, 0
    total = int(ink.sum())
    if total < 100:
        return 0.0
    read = np.zeros_like(ink)
    for box in boxes:
        grown = box.grow(12).scale(0.25)
        y0, x0 = max(0, int(grown.y0)), max(0, int(grown.x0))
        read[y0 : max(0, int(grown.y1)) + 1, x0 : max(0, int(grown.x1)) + 1] = 1
    ink[read > 0] = 0
    _, _, found, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    left = 0
    for x, y, wide, high, area in found[1:].tolist():
        # A stroke's area is its length times its thickness: here 3 pixels are 12 of the page.
        rule = area <= 3 * (wide + high)
        frame = area <= 6 * (wide + high) and area < 0.15 * wide * high
        # A dark ground with light type that was read, or with nothing at all.
        filled = area + int(read[y : y + high, x : x + wide].sum()) > 0.85 * wide * high
        left += 0 if max(wide, high) >= 40 and (rule or frame or filled) else area
    return round(left / total, 4)
