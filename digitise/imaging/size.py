"""How large the type is: the em of the body text, in pixels."""

from __future__ import annotations

import math
from typing import cast

import cv2
import numpy as np

from ..model import Affine, Gray, Step
from .grids import reduce_mask

GLYPH = 0.92
"""Height of a full hanzi over its em, common to Song, Hei and Kai faces."""

_LIKED = 32.0
"""Body em that recognisers read well."""

_SMALL = 20.0
"""Body em under which the page is enlarged first."""

_PT_PER_INCH = 72.0
_USUAL_DPI = (100, 150, 200, 300, 400, 600)

# Body type of newspapers, points: from 六号 (7.5) to 小四 (12), the commonest between 小五 (9) and
# 五号 (10.5); and what no page's body is smaller or larger than.
_BODY_PT = (6.5, 13.0)
_COMMON_PT = 9.5
_POSSIBLE_PT = (4.0, 20.0)


def body_em(ink: Gray) -> float | None:
    """The em of the commonest type in px, within about 15 %; None when nothing looks like type.

    Heights (and, for vertical pages, widths) of connected components vote, weighted by their
    size, on a logarithmic scale; whole hanzi pile up sharply at 0.92 em, their parts and
    larger type spread out.
    """
    factor = max(1, max(ink.shape) // 6000)
    small = reduce_mask(ink, factor, 0.3)
    _, _, stats, _ = cv2.connectedComponentsWithStats(small, connectivity=8)
    stats = stats[1:]
    width, height = stats[:, 2].astype(np.float64), stats[:, 3].astype(np.float64)
    body = (stats[:, 4] > 0.12 * width * height) & (np.maximum(width, height) >= 5)
    by_height = _peak(height[body & (width > 0.3 * height) & (width < 8 * height)])
    by_width = _peak(width[body & (height > 0.3 * width) & (height < 8 * width)])
    best = max((by_height, by_width), key=lambda peak: peak[1])
    size, weight = best
    return float(size * factor / GLYPH) if weight > 0 else None


def _peak(sizes: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, float]:
    """(size, weight) of the sharpest pile of `sizes`."""
    sizes = sizes[(sizes >= 5) & (sizes < 400)]
    if len(sizes) < 3:
        return 0.0, 0.0
    bins = np.log(sizes / 5) / np.log(1.04)
    votes = np.bincount(bins.astype(np.int64), weights=sizes, minlength=120)
    smooth = np.convolve(votes, np.array([0.5, 1, 1, 1, 0.5]), mode="same")
    top = int(np.argmax(smooth))
    near = sizes[np.abs(bins - top - 0.5) < 2.5]
    return float(np.median(near)), float(smooth[top])


def resolution_by_type(dpi: int, em: float, guessed: bool) -> tuple[int, Step | None]:
    """The resolution once the body type has been measured, `em` px in the given picture.

    Where it was only `guessed`, from the number of pixels, and makes the type of a size no
    newspaper has: the usual resolution that makes it about 9.5 points. One that is stated stands,
    with a remark where it makes the type of a size that is hardly possible.
    """
    points = em / dpi * _PT_PER_INCH
    if guessed and not _BODY_PT[0] <= points <= _BODY_PT[1]:
        wanted = em * _PT_PER_INCH / _COMMON_PT
        better = min(_USUAL_DPI, key=lambda usual: abs(math.log(usual / wanted)))
        return better, Step("resolution", f"{better} dpi by the body type of {em:.0f} px")
    if not _POSSIBLE_PT[0] <= points <= _POSSIBLE_PT[1]:
        return dpi, Step("resolution", f"doubtful: body type of {points:.1f} pt at {dpi} dpi")
    return dpi, None


def enlargement(em: float | None) -> int:
    """How many times a page is to be enlarged before it is read: 1 to 4."""
    if em is None or em >= _SMALL:
        return 1
    return int(min(4, max(2, round(_LIKED / em))))


def enlarge(gray: Gray, times: int) -> tuple[Gray, Affine]:
    """The page `times` larger (cubic), and the map from the old pixels to the new."""
    height, width = gray.shape
    size = (width * times, height * times)
    large = cv2.resize(gray, size, interpolation=cv2.INTER_CUBIC)
    return cast(Gray, large), Affine(float(times), 0.0, 0.0, 0.0, float(times), 0.0)
