"""A scan brought upright, to a readable size, under even light; a photograph seen from above."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..model import IDENTITY, Affine, Gray, Mapping2D, Projective, Step, composed
from .bed import without_bed
from .deskew import LEAST, LIMIT, rotate, skew_angle
from .dewarp import find_bend, flattened
from .ground import flatten, ink_mask, is_blank
from .keystone import taken_out
from .paper import find_paper
from .screens import pitch_of, screen_of, without_screen
from .size import body_em, enlarge, enlargement
from .specks import without_specks


@dataclass(frozen=True, slots=True)
class Prepared:
    """`gray` and `ink` share the upright, flat frame; `back` maps it into the given pixels; `em`
    is the body em in that frame, px (None: nothing that looks like type was found)."""

    gray: Gray
    ink: Gray
    em: float | None
    back: Mapping2D
    steps: tuple[Step, ...]


def prepare(pixels: Gray, amend: bool = True) -> Prepared | None:
    """Screens taken out, the sheet taken off its ground, bed whitened, skew and curl out, small
    type enlarged, light evened, ink found; None when empty.

    With `amend` False the pixels are taken as they are, and only measured.
    """
    if is_blank(pixels):
        return None
    if not amend:
        ink = ink_mask(pixels)
        em = body_em(ink)
        return Prepared(pixels, without_specks(ink, em), em, IDENTITY, ())
    steps: list[Step] = []
    if peaks := screen_of(pixels):
        pixels = without_screen(pixels, peaks)
        steps.append(Step("descreen", f"pattern of {pitch_of(peaks):.1f} px"))
    cut, seen = _sheet_of(pixels, steps)
    sheet = without_bed(cut)
    if sheet is not cut:
        steps.append(Step("bed", "dark margins whitened"))
    gray, move = flatten(sheet), IDENTITY
    if gray is not sheet:
        steps.append(Step("even-light"))
    ink = ink_mask(gray)
    em = body_em(ink)
    angle = skew_angle(ink)
    times = enlargement(em)
    turned = LEAST < abs(angle) <= LIMIT + 0.2
    if turned:
        gray, turn = rotate(gray, angle)
        move = move.then(turn)
        steps.append(Step("deskew", f"{angle:+.2f} degrees"))
    if times > 1:
        gray, grow = enlarge(gray, times)
        move = move.then(grow)
        steps.append(Step("enlarge", f"x{times} for type of {em or 0:.0f} px"))
    if turned or times > 1 or em is not None:
        del ink
        ink = ink_mask(gray, em * times if em else None)
    if turned or times > 1:
        em = body_em(ink) or (em * times if em else None)
    bend = find_bend(ink, em) if em is not None else None
    if bend is None or em is None:
        ink = without_specks(ink, em)
        return Prepared(gray, ink, em, composed(move.inverse(), seen), tuple(steps))
    gray = flattened(gray, bend)
    steps.append(Step("flatten", f"lines bent along {'x' if bend.axis == 'y' else 'y'}"))
    after = composed(move.inverse(), seen)
    ink = without_specks(ink_mask(gray, em), em)
    return Prepared(gray, ink, em, replace(bend, after=after), tuple(steps))


def _sheet_of(pixels: Gray, steps: list[Step]) -> tuple[Gray, Affine | Projective]:
    """The sheet alone, where the picture shows more than that, and the map back to the picture."""
    corners = find_paper(pixels)
    sheet = None if corners is None else taken_out(pixels, corners)
    if sheet is None:
        return pixels, IDENTITY
    named = "perspective" if sheet.slanted else "crop"
    steps.append(Step(named, f"sheet of {sheet.gray.shape[1]} x {sheet.gray.shape[0]} px"))
    return sheet.gray, sheet.back
