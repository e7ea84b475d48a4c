"""Body type set down the page, from column to column and band to band."""

from __future__ import annotations

from collections.abc import Sequence

from digitise.model import Rect

from . import heads as H
from . import oldtexts as O
from . import texts as T
from .canvas import PageDraft, Printed
from .desk import NoRoom
from .fonts import face, face_with
from .oldlook import OldLook, Place, rule_across
from .story import Entry


def set_body(
    look: OldLook,
    page: PageDraft,
    area: Rect,
    entry: Entry,
    c: T.Copy,
    p: Place,
    starts: Sequence[float],
    news: bool,
    lost: int = 0,
) -> None:
    """Text from band to band; `starts`: the right edge in each, `lost`: cells of the first that
    the heading takes."""
    slots: list[tuple[float, float, int]] = []
    breaks: list[int] = []
    for k, right in enumerate(starts):
        top = area.y0 + (p.b0 + k) * (look.band + look.gap)
        per = look.per - (lost if k == 0 else 0)
        top += (lost if k == 0 else 0) * look.step
        x = right - look.size
        while x >= p.x0 - 0.01:
            slots.append((x, top, per))
            x -= look.pitch
        breaks.append(len(slots))
        if look.band_rules and k + 1 < len(starts):
            # A heading over both bands stands beside the rule.
            rule_across(look, page, area, p, p.b0 + k + 1, max(right, starts[k + 1]))
    if len(slots) < 5:
        raise NoRoom("too few columns for a story")
    kept = poured(look, c, slots, news)
    body = H.HeadStyle("ming", look.size)
    region = None
    for text in kept:
        entry.paragraphs.append("".join(H.VERTICAL.get(ch, ch) for ch in text))
    for placed, (line, (x, y, _)) in enumerate(
        zip(set_lines(kept, look, slots), slots, strict=False)
    ):
        if region is None or placed in breaks:
            region = entry.add(page.number, page.region("body", "vertical-rl"))
        region.lines.append(draw_column(page, line, body, x, y, look.aside))


def poured(
    look: OldLook, c: T.Copy, slots: Sequence[tuple[float, float, int]], news: bool
) -> list[str]:
    """Paragraphs that fill the slots to nearly the last."""
    room = sum(per for *_, per in slots)
    kept: list[str] = []
    for text in O.paragraphs(c, look.manner, room, news):
        if len(set_lines([*kept, text], look, slots)) <= len(slots):
            kept.append(text)
            continue
        stops = [k + 1 for k, ch in enumerate(text) if ch == look.manner.stop]
        for k in reversed(stops):
            if len(set_lines([*kept, text[:k]], look, slots)) <= len(slots) and k > 8:
                kept.append(text[:k])
                break
    if not kept or len(set_lines(kept, look, slots)) < 0.6 * len(slots):
        raise NoRoom("the copy does not fill its place")
    return kept


def set_lines(
    paragraphs: Sequence[str], look: OldLook, slots: Sequence[tuple[float, float, int]]
) -> list[str]:
    out: list[str] = []
    for text in paragraphs:
        rest = "　" * look.manner.indent + text
        while rest:
            per = slots[min(len(out), len(slots) - 1)][2]
            line = _cut(rest, per, look)
            out.append(line)
            rest = rest[len(line) :]
    return out


def _cut(rest: str, per: int, look: OldLook) -> str:
    """What of `rest` one column of `per` cells takes; marks beside the characters take none."""
    if look.aside:
        k = cells = 0
        while k < len(rest) and (cells < per or rest[k] in "、。，"):
            cells += rest[k] not in "、。，"
            k += 1
        return rest[:k]
    k = min(per, len(rest))
    if k == len(rest) - 1 and rest[k] in "、。，」』）！？":
        k -= 1  # no mark has a column to itself
    if not look.manner.loose and k < len(rest):
        while k > 3 and (rest[k] in "、。，」』）！？" or rest[k - 1] in "「『（"):
            k -= 1
    return rest[:k]


def draw_column(
    page: PageDraft, text: str, s: H.HeadStyle, x: float, y: float, aside: bool
) -> Printed:
    """A column of body type; with `aside` its stops stand at the right of the characters."""
    bare = text.lstrip("　")
    top = y + (len(text) - len(bare)) * H.down_pitch(s)
    if not aside:
        return H.draw_down_line(page, bare, s, x, top)
    placed: list[tuple[str, float, float]] = []
    small: list[tuple[str, float, float]] = []
    cy = top
    shown = "".join(H.VERTICAL.get(c, c) for c in bare)
    for c in shown:
        if c in "、。，":
            above = cy - H.down_pitch(s)
            small.append((c, x + 0.62 * s.size, above + (0.88 + 0.3) * s.size))
            continue
        wide = face(face_with(s.font, c)).advance(c) * s.size
        placed.append((c, x + (s.size - wide) / 2, cy + 0.88 * s.size))
        cy += H.down_pitch(s)
    page.glyphs(placed, s.font, s.size)
    page.glyphs(small, s.font, s.size)
    rect = Rect(x, top, x + s.size, cy - H.down_pitch(s) + s.size)
    page.claim(rect, shown)
    return Printed(shown, rect)
