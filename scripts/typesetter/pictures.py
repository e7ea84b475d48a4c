"""Pictures of nothing in particular that behave like news photographs and line drawings."""

from __future__ import annotations

import random

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


def _noise(rng: np.random.Generator, h: int, w: int, cell: int) -> NDArray[np.float32]:
    small = rng.random((max(2, h // cell + 2), max(2, w // cell + 2))).astype(np.float32)
    return cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)  # type: ignore[return-value]


def photo(seed: int, width: int, height: int, colour: bool = False) -> bytes:
    """A JPEG of `width` x `height` pixels: ground, horizon, bodies, grain."""
    rnd = random.Random(seed)
    rng = np.random.default_rng(seed)
    h, w = height, width
    y = np.linspace(0, 1, h, dtype=np.float32)[:, None]
    base = 200 - 110 * y * rnd.uniform(0.3, 1.0) + 45 * (_noise(rng, h, w, 60) - 0.5)
    base = np.asarray(base + 30 * (_noise(rng, h, w, 14) - 0.5), np.float32)
    horizon = int(h * rnd.uniform(0.3, 0.65))
    base[horizon:] = base[horizon:] * 0.75 + 25 * (_noise(rng, h, w, 5)[horizon:] - 0.5)
    img = np.clip(base, 0, 255).astype(np.uint8)
    for _ in range(rnd.randint(3, 9)):
        shade = rnd.randint(15, 240)
        cx, cy = rnd.randint(0, w), rnd.randint(h // 4, h)
        kind = rnd.randrange(4)
        if kind == 0:  # a person: head and shoulders
            s = rnd.randint(max(4, h // 14), max(6, h // 5))
            cv2.ellipse(img, (cx, cy + 2 * s), (int(1.4 * s), 2 * s), 0, 180, 360, shade, -1)
            cv2.circle(img, (cx, cy - s // 3), int(0.75 * s), min(255, shade + 60), -1)
        elif kind == 1:  # a building
            bw, bh = rnd.randint(w // 14, w // 4), rnd.randint(h // 6, h // 2)
            cv2.rectangle(img, (cx, horizon - bh), (cx + bw, horizon), shade, -1)
            for wx in range(cx + 3, cx + bw - 4, 9):
                for wy in range(horizon - bh + 4, horizon - 5, 11):
                    tone = 235 if rnd.random() < 0.5 else 60
                    cv2.rectangle(img, (wx, wy), (wx + 4, wy + 5), tone, -1)
        elif kind == 2:  # a hill or a heap
            pts = np.array(
                [[cx - w // 3, h], [cx - w // 9, cy], [cx + w // 7, cy + h // 12], [cx + w // 3, h]]
            )
            cv2.fillPoly(img, [pts.astype(np.int32)], shade)
        else:  # a wire, a rail, a furrow
            cv2.line(img, (rnd.randint(0, w), horizon), (cx, h), shade, rnd.randint(1, 5))
    soft = cv2.GaussianBlur(img, (0, 0), 1.1)
    grain = rng.normal(0, 7, (h, w))
    out = np.clip(soft + grain, 0, 255).astype(np.uint8)
    if colour:
        tint = np.array([rnd.uniform(0.7, 1.0) for _ in range(3)])
        out = np.clip(out[:, :, None] * tint[None, None, :], 0, 255).astype(np.uint8)
    return _jpeg(out)


def drawing(seed: int, width: int, height: int) -> bytes:
    """A JPEG of a line drawing: strokes on white paper."""
    rnd = random.Random(seed)
    img = np.full((height, width), 252, np.uint8)
    for _ in range(rnd.randint(10, 26)):
        x, y = rnd.uniform(0, width), rnd.uniform(0, height)
        angle = rnd.uniform(0, 6.28)
        pts = []
        for _ in range(rnd.randint(8, 40)):
            angle += rnd.gauss(0, 0.35)
            x += 9 * np.cos(angle)
            y += 9 * np.sin(angle)
            pts.append([x, y])
        line = np.array(pts).astype(np.int32)
        cv2.polylines(img, [line], False, rnd.randint(0, 60), rnd.randint(1, 4), cv2.LINE_AA)
    for _ in range(rnd.randint(1, 4)):
        centre = (rnd.randint(0, width), rnd.randint(0, height))
        axes = (rnd.randint(8, max(9, width // 5)), rnd.randint(8, max(9, height // 5)))
        cv2.ellipse(img, centre, axes, rnd.randint(0, 180), 0, 360, 20, 2, cv2.LINE_AA)
    return _jpeg(img)


def _jpeg(img: Image) -> bytes:
    ok, data = cv2.imencode(".jpg", img, [cv2.IMWRITE_JPEG_QUALITY, 72])
    if not ok:
        raise RuntimeError("the picture could not be encoded")
    return bytes(data.tobytes())
