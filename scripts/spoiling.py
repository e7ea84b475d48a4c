"""Ways to spoil a page, each in one manner and by one amount: skew, curl, blur, noise, light, ..."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Spoil = Callable[[Gray], tuple[Gray, int]]
"""A page of 300 dpi, (height, width), 255 is white -> the page spoilt, and its resolution."""


def _skewed(degrees: float) -> Spoil:
    def spoil(page: Gray) -> tuple[Gray, int]:
        height, width = page.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        turned = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
        return np.asarray(turned, np.uint8), 300

    return spoil


def _curled(share: float) -> Spoil:
    """Lines that sink towards the right edge, as in a bound volume: by `share` of the width."""

    def spoil(page: Gray) -> tuple[Gray, int]:
        height, width = page.shape
        x = np.linspace(0, 1, width, dtype=np.float32)
        fall = share * width * np.maximum(0, (x - 0.4) / 0.6) ** 2
        map_x = np.broadcast_to(np.arange(width, dtype=np.float32), (height, width))
        map_y = np.arange(height, dtype=np.float32)[:, None] - fall[None, :]
        bent = cv2.remap(page, map_x.copy(), map_y, cv2.INTER_CUBIC, borderValue=255)
        return np.asarray(bent, np.uint8), 300

    return spoil


def _resampled(dpi: int) -> Spoil:
    def spoil(page: Gray) -> tuple[Gray, int]:
        small = cv2.resize(page, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
        return np.asarray(small, np.uint8), dpi

    return spoil


def _blurred(sigma: float) -> Spoil:
    return lambda page: (np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), np.uint8), 300)


def _noisy(sigma: float) -> Spoil:
    def spoil(page: Gray) -> tuple[Gray, int]:
        noise = np.random.default_rng(1).standard_normal(page.shape, np.float32) * sigma
        faint = page * np.float32(0.8) + np.float32(30)
        return np.clip(faint + noise, 0, 255).astype(np.uint8), 300

    return spoil


def _shown_through(share: float) -> Spoil:
    def spoil(page: Gray) -> tuple[Gray, int]:
        ghost = cv2.GaussianBlur(page[::-1, ::-1][::-1], (0, 0), 3.0).astype(np.float32)
        return np.clip(page - (255 - ghost) * share, 0, 255).astype(np.uint8), 300

    return spoil


def _unevenly_lit(levels: float) -> Spoil:
    def spoil(page: Gray) -> tuple[Gray, int]:
        height, width = page.shape
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        shade = levels * (0.7 * x / width + 0.3 * (y / height) ** 2)
        return np.clip(page * np.float32(0.9) - shade, 0, 255).astype(np.uint8), 300

    return spoil


def _bilevel(page: Gray) -> tuple[Gray, int]:
    return np.where(page < 140, 0, 255).astype(np.uint8), 300


def _jpeg(quality: int) -> Spoil:
    def spoil(page: Gray) -> tuple[Gray, int]:
        _, data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8), 300

    return spoil


def _photographed(slant: float, ground: float, angle: float = 1.5) -> Spoil:
    """The page on a table of a `ground` tone, its far side shorter by `slant` of its length, lit from
    one corner, somewhat out of the camera's middle: about 220 dpi are left of it."""

    def spoil(page: Gray) -> tuple[Gray, int]:
        height, width = page.shape
        scale = 0.8
        size = round(1.12 * scale * width), round(1.1 * scale * height)
        rng = np.random.default_rng(7)
        grain = cv2.resize(
            rng.normal(0, 9, (size[1] // 40, size[0] // 4)), size, interpolation=cv2.INTER_CUBIC
        )
        table = (ground + grain).astype(np.float32)
        far, near = 0.5 * width * (1 - slant), 0.5 * width
        corners = scale * np.array(
            [
                (-far, -0.5 * height * (1 - slant / 2)), (far, -0.5 * height * (1 - slant)),
                (near, 0.5 * height), (-near, 0.5 * height * (1 - slant / 3)),
            ]
        )  # fmt: skip
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        there = corners @ np.array([[cos, sin], [-sin, cos]]) + np.array(size) / 2
        own = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        h = cv2.getPerspectiveTransform(own, there.astype(np.float32))
        soft = cv2.GaussianBlur(page, (0, 0), 0.9).astype(np.float32) * np.float32(0.9)
        seen = cv2.warpPerspective(soft, h, size, flags=cv2.INTER_AREA)
        covers = cv2.warpPerspective(np.ones_like(soft), h, size)
        picture = seen * covers + table * (1 - covers)
        y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
        picture *= 1 - np.float32(0.25) * (0.7 * x / size[0] + 0.3 * y / size[1])
        picture += rng.normal(0, 3, picture.shape)
        return np.clip(picture, 0, 255).astype(np.uint8), 220

    return spoil


def _screened(levels: float, period: float, degrees: float) -> Spoil:
    """A pattern of `period` px over the page, somewhat bent: a display photographed, or a halftone
    scanned a second time."""

    def spoil(page: Gray) -> tuple[Gray, int]:
        y, x = np.mgrid[0 : page.shape[0], 0 : page.shape[1]].astype(np.float32)
        x, y = x + 3 * np.sin(y / 500), y + 3 * np.sin(x / 700)
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        pitch = np.float32(2 * math.pi / period)
        dots = np.cos((x * cos + y * sin) * pitch) * np.cos((y * cos - x * sin) * pitch)
        return np.clip(page * np.float32(0.85) + levels * dots, 0, 255).astype(np.uint8), 300

    return spoil


def _then(*steps: Spoil) -> Spoil:
    def spoil(page: Gray) -> tuple[Gray, int]:
        dpi = 300
        for step in steps:
            page, given = step(page)
            dpi = min(dpi, given)
        return page, dpi

    return spoil


STEPS: Mapping[str, Spoil] = {
    "clean": lambda page: (page, 300),
    **{f"skew-{d:g}": _skewed(d) for d in (0.5, 1, 2, 3, 5)},
    **{f"curl-{100 * s:g}": _curled(s) for s in (0.003, 0.006, 0.012)},
    **{f"blur-{s:g}": _blurred(s) for s in (1, 2, 3)},
    **{f"noise-{s:g}": _noisy(s) for s in (10, 25, 40)},
    **{f"through-{100 * s:g}": _shown_through(s) for s in (0.1, 0.2, 0.3)},
    **{f"light-{n:g}": _unevenly_lit(n) for n in (40, 80, 120)},
    **{f"dpi-{d}": _resampled(d) for d in (200, 150, 100)},
    "bilevel-300": _bilevel,
    "bilevel-200": _then(_resampled(200), _bilevel),
    **{f"jpeg-{q}": _jpeg(q) for q in (90, 60, 30)},
    **{f"photo-{100 * s:g}": _photographed(s, 70) for s in (0.03, 0.06, 0.1)},
    "photo-white": _photographed(0.05, 252),
    **{f"moire-{p:g}": _screened(45, p, 22) for p in (5, 8)},
    "table": _photographed(0, 70),
    "worn-200": _then(_skewed(1), _curled(0.006), _shown_through(0.15), _noisy(8), _resampled(200)),
    "worn-150": _then(_skewed(1), _curled(0.006), _shown_through(0.15), _noisy(8), _resampled(150)),
}

FEW = (
    "clean", "skew-3", "curl-1.2", "through-30", "light-120", "dpi-150", "dpi-100", "bilevel-200",
    "worn-200", "worn-150", "photo-6", "table", "moire-8",
)  # fmt: skip
"""One step of each sort, the hard ones: what can be read in a quarter of an hour."""


GOALS = ("clean", "worn-200", "dpi-150", "worn-150", "bilevel-200")
"""The steps a goal is set for, and the page they come from."""
