"""Small helpers over uint8 arrays: reduced copies, masks, components."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from ..model import Gray, Rect

INK = 255


def reduce_gray(gray: Gray, factor: float) -> Gray:
    """A copy `factor` times smaller (area average); the array itself when factor <= 1."""
    if factor <= 1:
        return gray
    height, width = gray.shape
    size = (max(1, round(width / factor)), max(1, round(height / factor)))
    return cast(Gray, cv2.resize(gray, size, interpolation=cv2.INTER_AREA))


def reduce_mask(mask: Gray, factor: int, share: float = 0.16) -> Gray:
    """A 0/255 mask `factor` times smaller; a cell is set when `share` of it was.

    Low shares keep hairlines: a 1 px rule covers a third of a cell at factor 3.
    Coordinates map exactly: cell i covers pixels [i*factor, (i+1)*factor).
    """
    if factor <= 1:
        return mask
    height, width = mask.shape
    rows, columns = -(-height // factor), -(-width // factor)
    pad_y, pad_x = rows * factor - height, columns * factor - width
    if pad_y or pad_x:
        mask = cast(Gray, cv2.copyMakeBorder(mask, 0, pad_y, 0, pad_x, cv2.BORDER_CONSTANT))
    small = cv2.resize(mask, (columns, rows), interpolation=cv2.INTER_AREA)
    return threshold_mask(cast(Gray, small), round(share * 255))


def threshold_mask(gray: Gray, level: int) -> Gray:
    """255 where `gray` > level, else 0."""
    return cast(Gray, cv2.threshold(gray, level, 255, cv2.THRESH_BINARY)[1])


def bar(width: int, height: int) -> Gray:
    """A rectangular structuring element, at least 1 x 1."""
    return np.ones((max(1, height), max(1, width)), np.uint8)


def dilate(mask: Gray, width: int, height: int) -> Gray:
    return cast(Gray, cv2.dilate(mask, bar(width, height)))


def erode(mask: Gray, width: int, height: int) -> Gray:
    return cast(Gray, cv2.erode(mask, bar(width, height)))


def opened(mask: Gray, width: int, height: int) -> Gray:
    """Opening with an element of odd sides: OpenCV's shifts the result when they are even."""
    return cast(Gray, cv2.morphologyEx(mask, cv2.MORPH_OPEN, bar(width | 1, height | 1)))


def closed(mask: Gray, width: int, height: int) -> Gray:
    """Closing with an element of odd sides."""
    return cast(Gray, cv2.morphologyEx(mask, cv2.MORPH_CLOSE, bar(width | 1, height | 1)))


def components(mask: Gray) -> list[tuple[Rect, int, int]]:
    """8-connected components as (box, area in px, label), in label order."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [
        (Rect(float(x), float(y), float(x + w), float(y + h)), int(area), label)
        for label, (x, y, w, h, area) in enumerate(stats.tolist())
        if label > 0
    ]


def window(array: Gray, box: Rect) -> Gray:
    """The part of `array` under `box`, clipped to it (a view)."""
    height, width = array.shape
    x0, x1 = max(0, int(box.x0)), min(width, int(np.ceil(box.x1)))
    y0, y1 = max(0, int(box.y0)), min(height, int(np.ceil(box.y1)))
    return array[y0 : max(y0, y1), x0 : max(x0, x1)]


def fill(array: Gray, box: Rect, value: int) -> None:
    """Set the part of `array` under `box`, in place."""
    window(array, box)[...] = value
