"""What is paper and what is ink: uneven light, show-through, empty pages."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ..model import Gray
from .grids import reduce_gray

_WORK_SIDE = 1800
"""Longest side of the reduced copy on which the ground is measured."""

HALFWAY = 0.48
"""Of the contrast: how much darker than the ground ink is."""

PALE = 0.42
"""The same of the contrast of strokes that are not mixed with their paper."""

_BLOCK = 16
"""Side of the blocks a page is averaged over before asking whether anything is printed."""


def is_blank(gray: Gray) -> bool:
    """True for a page of pure white, black or noise, or one too small to hold a character.

    Noise averages out over blocks of 16 x 16 px, type does not: a line of 10 px type
    still darkens its blocks by a quarter.
    """
    height, width = gray.shape
    if min(height, width) < 8:
        return True
    blocks = reduce_gray(gray, _BLOCK) if min(height, width) >= 2 * _BLOCK else gray
    level = int(np.median(blocks))
    spread = np.abs(blocks.astype(np.int16) - level)
    return bool(spread.max() < 24)


def paper_level(gray: Gray) -> int:
    """Grey level of the unprinted paper: the mode of the brighter half of the page."""
    small = reduce_gray(gray, max(gray.shape) / _WORK_SIDE)
    counts = np.bincount(small.ravel(), minlength=256).astype(np.float64)
    smooth = np.convolve(counts, np.ones(7), mode="same")
    middle = int(np.searchsorted(np.cumsum(counts), counts.sum() / 2))
    low = max(96, middle - 40)
    return low + int(np.argmax(smooth[low:]))


def illumination(gray: Gray) -> Gray:
    """The light falling on the paper, as a reduced smooth image (longest side <= 64).

    A cubic surface is fitted to the bright end of each block by reweighted least squares in
    which blocks below it hardly count, so that tints and pictures are not taken for shade.
    """
    small = reduce_gray(gray, max(1.0, max(gray.shape) / (64 * 12)))
    bright = cv2.dilate(small, np.ones((5, 5), np.uint8))
    size = (max(1, -(-small.shape[1] // 12)), max(1, -(-small.shape[0] // 12)))
    blocks = cv2.resize(bright, size, interpolation=cv2.INTER_AREA).astype(np.float64)
    rows, columns = blocks.shape
    if rows < 4 or columns < 4:
        return np.full((1, 1), paper_level(gray), np.uint8)
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    terms = np.stack([x**i * y**j for i in range(4) for j in range(4 - i)], axis=-1)
    design, target = terms.reshape(-1, terms.shape[-1]), blocks.reshape(-1)
    fit = np.full_like(target, float(np.percentile(target, 75)))
    for _ in range(30):
        above = target - fit
        weights = np.where(above < -6, 0.01, np.where(above > 10, 0.3, 1.0))
        weights[target < 90] = 1e-4
        root = np.sqrt(weights)
        terms_fitted, *_ = np.linalg.lstsq(design * root[:, None], target * root)
        moved = design @ terms_fitted
        if float(np.abs(moved - fit).max()) < 0.2:
            break
        fit = moved
    return np.clip(fit.reshape(rows, columns), 60, 255).astype(np.uint8)


def flatten(gray: Gray) -> Gray:
    """The page under even light, paper near 250; tints and pictures keep their tone.

    Pages already even (light varying by less than 12 levels, paper above 235) are returned
    as they are.
    """
    light = illumination(gray)
    low, high = int(light.min()), int(light.max())
    if high - low < 12 and low > 235:
        return gray
    out = np.empty_like(gray)
    height, width = gray.shape
    field = cv2.resize(light, (min(width, 1024), min(height, 1024)), interpolation=cv2.INTER_CUBIC)
    band = 1024
    rows_at = np.linspace(0, field.shape[0] - 1, height)
    for top in range(0, height, band):
        part = field[rows_at[top : top + band].round().astype(np.intp)]
        wide = cv2.resize(part, (width, part.shape[0]), interpolation=cv2.INTER_LINEAR)
        out[top : top + band] = cv2.divide(gray[top : top + band], wide, scale=250)
    return out


def evenly_lit(ground: Gray) -> Gray:
    """A page whose type is closed away under even light, paper at 250: what `flatten` leaves
    of shade is too little to hurt type, yet as much as a faint tint has tone."""
    light = illumination(ground)
    height, width = ground.shape
    wide = cv2.resize(light, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.divide(ground, wide, scale=250), np.uint8)


def _level(gray: Gray, factor: float, em: float | None, share: float) -> NDArray[np.float32]:
    """Of a page made smaller by `factor`: the tone under which ink is, by `share` of the contrast
    from the ground, and by half of the least contrast."""
    small = reduce_gray(gray, factor)
    reach = max(7, int((em or 40 * factor / 4) / factor * 1.2) | 1)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    dark = cv2.erode(small, np.ones((3 * reach // 2 | 1, 3 * reach // 2 | 1), np.uint8))
    ground = cv2.blur(ground, (reach, reach))
    dark = cv2.blur(dark, (reach, reach))
    contrast = ground.astype(np.int16) - dark
    usual = float(np.percentile(contrast, 75))
    least = max(40.0, 0.6 * usual)
    level = ground - np.maximum(contrast * share, least * HALFWAY)
    return np.asarray(level, np.float32)


def ink_mask(gray: Gray, em: float | None = None) -> Gray:
    """255 where there is ink, 0 on the ground, at full resolution.

    The threshold lies halfway between the local ground and the local ink (Bernsen's idea),
    both taken over about three ems, with a least contrast borrowed from the whole page: type
    on a tint is kept, faint show-through is dropped even where nothing else is printed. `em`, in
    pixels, of the body's type where it is known.
    """
    height, width = gray.shape
    whole = max(1.0, max(height, width) / _WORK_SIDE)
    most = max(height, width) / 400
    factor = whole if em is None else max(1.0, min(em / 6, most))
    level = _level(gray, factor, em, HALFWAY)
    if em is not None and em / 15 < factor:
        # Mixed with their paper thin strokes seem pale: how dark ink is they tell unmixed. But
        # pale marks and hairlines of a worn print are ink too, so that less is asked of them.
        sharp = _level(gray, max(1.0, min(em / 15, most)), em, PALE)
        fitted = cv2.resize(sharp, level.shape[::-1], interpolation=cv2.INTER_AREA)
        level = np.minimum(level, np.asarray(fitted, np.float32))
    threshold = np.clip(level, 0, 255).astype(np.uint8)
    out = np.empty_like(gray)
    band = 1024
    rows_at = (np.arange(height) + 0.5) / height * threshold.shape[0] - 0.5
    index = np.clip(rows_at.round().astype(np.intp), 0, threshold.shape[0] - 1)
    for top in range(0, height, band):
        part = threshold[index[top : top + band]]
        wide = cv2.resize(part, (width, part.shape[0]), interpolation=cv2.INTER_LINEAR)
        out[top : top + band] = cv2.compare(gray[top : top + band], wide, cv2.CMP_LT)
    return out
