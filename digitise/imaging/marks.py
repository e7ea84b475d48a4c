"""Everything on a page that is not type: rules, frames, tints, reversed bars, pictures."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Frame, Gray, Picture, Rect, Rule
from .edges import is_ghost, shines_through
from .frames import drawn_frames, reversed_bars
from .grids import reduce_gray, reduce_mask
from .ground import evenly_lit, paper_level
from .masses import black_pictures
from .pictures import find_pictures, ground_of, pictures_on
from .rules import find_rules
from .slimbars import slim_bars
from .tints import tints

WORK_EM = 14.0
"""Body em, in pixels, of the reduced copy on which marks are looked for."""


@dataclass(frozen=True, slots=True)
class Marks:
    rules: tuple[Rule, ...] = ()
    frames: tuple[Frame, ...] = ()
    pictures: tuple[Picture, ...] = ()


def find_marks(gray: Gray, ink: Gray, em: float) -> Marks:
    """Marks of an upright, evenly lit page, in its pixels; `ink` is its 0/255 ink mask."""
    factor = max(1, round(em / WORK_EM))
    small_em = em / factor
    tone = reduce_gray(gray, factor) if factor > 1 else gray
    mask = reduce_mask(ink, factor)[: tone.shape[0], : tone.shape[1]]
    tone = tone[: mask.shape[0], : mask.shape[1]]
    paper = paper_level(gray)
    ground = ground_of(tone, small_em)
    bars = reversed_bars(tone, paper, small_em)
    slim = slim_bars(tone, paper, small_em)
    bars += tuple(s for s in slim if not any(s.overlap(b) > 0.5 * b.area for b in bars))
    shades = tuple(
        box for box in _shades(tone, ground, small_em)
        if not shines_through(gray, box.scale(factor), em)
    )  # fmt: skip
    pictures = tuple(
        box
        for box in (
            *find_pictures(tone, ground, paper, small_em, bars + shades),
            *(box for s in shades for box in pictures_on(tone, ground, s, small_em, bars)),
        )
        if not is_ghost(gray, box.scale(factor), paper, em)
    )  # fmt: skip
    pictures += black_pictures(tone, paper, small_em, bars + shades + pictures)
    rules = tuple(
        rule for rule in find_rules(mask, small_em)
        if not any(_within(rule.box, p, 0.4 * small_em) for p in pictures)
        and not any(_within(rule.box, b, 0.2 * small_em) for b in bars)
    )  # fmt: skip
    drawn = tuple(
        box for box in drawn_frames(mask, rules, [b for b in bars if _is_label(b, small_em)], small_em)
        if not any(_same(box, p, small_em) or p.contains(box) for p in pictures)
        and not any(_same(box, b, 0.5 * small_em) for b in bars)
    )  # fmt: skip
    frames = [Frame(box.scale(factor), "frame") for box in drawn]
    frames += [
        Frame(box.scale(factor), "tint") for box in shades
        if not any(_same(box, p, small_em) for p in pictures)
    ]  # fmt: skip
    frames += [Frame(box.scale(factor), "reversed") for box in bars]
    frames.sort(key=lambda f: (f.box.y0, f.box.x0, f.box.y1, f.box.x1, f.kind))
    return Marks(
        tuple(Rule(rule.box.scale(factor)) for rule in rules),
        tuple(frames),
        tuple(Picture(box.scale(factor)) for box in pictures),
    )


def _shades(tone: Gray, ground: Gray, em: float) -> tuple[Rect, ...]:
    """Tints under type of any size. Headlines are closed away only by a reach that takes small
    labels with them, so those are looked for apart."""
    large = tints(evenly_lit(ground_of(tone, em, 2.4)), 250, em)
    small = [
        box for box in tints(evenly_lit(ground), 250, em)
        if not any(box.overlap(o) > 0.5 * max(box.area, 0.5 * o.area) for o in large)
    ]  # fmt: skip
    every = [
        box for box in (*large, *small)
        if not any(_is_end(box, o, em) for o in (*large, *small))
    ]  # fmt: skip
    return tuple(sorted(every, key=lambda r: (r.y0, r.x0, r.y1, r.x1)))


def _is_end(box: Rect, outer: Rect, em: float) -> bool:
    """Whether a tint is the darker end of another, on which light falls unevenly."""
    return (
        outer.contains(box, em) and box.height > outer.height - em and box.width < outer.width - em
    )


def _is_label(box: Rect, em: float) -> bool:
    """A bar low enough to sit in the edge of a frame."""
    return min(box.width, box.height) <= 3.5 * em


def _within(box: Rect, outer: Rect, slack: float) -> bool:
    return outer.contains(box, slack)


def _same(box: Rect, other: Rect, slack: float) -> bool:
    return box.contains(other, slack) and other.contains(box, slack)
