"""Print to scan: a rendered page made to look as if it had lain on a scanner.

Skewed, unevenly lit, a little blurred, with grain, and with the other side showing through.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import pymupdf
from numpy.typing import NDArray

from digitise.model import Affine

from .truth import DPI

Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Wear:
    """How one scan is spoilt. `skew` in degrees, `blur` and `noise` as sigmas in pixels/levels."""

    skew: float
    blur: float
    noise: float
    through: float  # how much of the other side shows, 0 to 1
    light: float  # how much darker the darkest edge is, in levels
    paper: int  # level of clean paper
    ink: int  # level of solid ink
    quality: int
    border: int = 0  # pixels of scanner bed on each side


def random_wear(rng: np.random.Generator, gentle: bool = False) -> Wear:
    top = 0.7 if gentle else 1.0
    return Wear(
        skew=float(rng.uniform(-top, top)),
        blur=float(rng.uniform(0.5, 0.9) if gentle else rng.uniform(0.4, 1.3)),
        noise=float(rng.uniform(2, 5) if gentle else rng.uniform(2, 9)),
        through=float(rng.uniform(0.02, 0.06) if gentle else rng.uniform(0.0, 0.1)),
        light=float(rng.uniform(4, 18) if gentle else rng.uniform(0, 32)),
        paper=int(rng.integers(222, 244)),
        ink=int(rng.integers(20, 50)),
        quality=60 if gentle else int(rng.integers(45, 80)),
        border=0 if gentle else int(rng.integers(0, 2)) * int(rng.integers(8, 70)),
    )


def render(page: pymupdf.Page) -> Gray:
    """The page at 300 dpi, grey, (height, width)."""
    pix = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY, alpha=False)
    flat = np.frombuffer(pix.samples, np.uint8).reshape(pix.height, pix.stride)
    return flat[:, : pix.width].copy()


def scan(page: Gray, back: Gray | None, wear: Wear, seed: int) -> tuple[Gray, Affine]:
    """The spoilt page and the map from upright pixels to its own.

    `back` is the other side of the sheet, mirrored here; the scan is as large as the page with
    `wear.border` more on each side, cut where the skew turns corners out.
    """
    rng = np.random.default_rng(seed)
    img = page.astype(np.float32)
    if back is not None and wear.through > 0:
        mirrored = cv2.resize(back[:, ::-1], (page.shape[1], page.shape[0])).astype(np.float32)
        ghost = cv2.GaussianBlur(mirrored, (0, 0), 3.0)
        img -= (255 - ghost) * wear.through
        del mirrored, ghost
    np.clip(img, 0, 255, out=img)
    img *= (wear.paper - wear.ink) / 255.0
    img += wear.ink
    h, w = page.shape
    b = wear.border
    angle = math.radians(wear.skew)
    cos, sin = math.cos(angle), math.sin(angle)
    cx, cy = w / 2, h / 2
    # Turned about the middle, then moved by the border.
    turn = Affine(cos, -sin, cx - cos * cx + sin * cy + b, sin, cos, cy - sin * cx - cos * cy + b)
    matrix = np.array([[turn.a, turn.b, turn.c], [turn.d, turn.e, turn.f]], np.float64)
    bed = float(wear.paper) if b == 0 else 60.0
    img = cv2.warpAffine(
        img, matrix, (w + 2 * b, h + 2 * b), flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT, borderValue=bed,
    ).astype(np.float32)  # fmt: skip
    if wear.blur > 0:
        img = cv2.GaussianBlur(img, (0, 0), wear.blur).astype(np.float32)
    small = rng.normal(0, 1, (6, 5)).astype(np.float32)
    slope = np.linspace(-1, 1, img.shape[1], dtype=np.float32)[None, :] * float(rng.uniform(-1, 1))
    shade = cv2.resize(small, (img.shape[1], img.shape[0]), interpolation=cv2.INTER_CUBIC)
    img -= np.abs(0.35 * shade + slope) * wear.light
    fibre = rng.standard_normal((img.shape[0] // 3 + 1, img.shape[1] // 3 + 1), np.float32)
    img += cv2.resize(fibre, (img.shape[1], img.shape[0])) * (wear.noise * 0.5)
    img += rng.standard_normal(img.shape, np.float32) * wear.noise
    return np.clip(img, 0, 255).astype(np.uint8), turn


def jpeg(img: Gray, quality: int) -> bytes:
    """`img` as a JPEG that says it has 300 dpi."""
    ok, data = cv2.imencode(".jpg", img, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not ok:
        raise RuntimeError("the scan could not be encoded")
    raw = bytearray(data.tobytes())
    # The density fields of the JFIF header: units 1 (per inch), then x and y.
    raw[13] = 1
    raw[14:16] = DPI.to_bytes(2, "big")
    raw[16:18] = DPI.to_bytes(2, "big")
    return bytes(raw)
