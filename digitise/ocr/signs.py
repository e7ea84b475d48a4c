"""Signs that recognisers pass over or mistake, told from their ink: bullets, dashes, and
whether a mark is a full or a half em wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from ..model import Char, Gray, Rect, TextLine
from .asides import with_stops
from .brackets import with_brackets
from .ownmarks import with_own_marks
from .sayings import with_sayings
from .sizing import is_wide

FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）", "~": "～"}
BULLETS = "■●◆▲▶◀□◎○◇"
_LOOKALIKES = {"☐": "□", "▢": "□", "◻": "□", "⊙": "◎", "◉": "◎", "►": "▶", "◄": "◀"}


def as_printed(line: TextLine, ink: Gray, em: float | None = None) -> TextLine:
    """The line with its bullet, its dashes, its degree signs and the width of its marks as
    the ink shows them. `ink` is the 0/255 mask under the line's box; `em`: the body's, px."""
    line = replace(line, chars=tuple(_known(line.chars)))
    if line.chars and line.mode == "horizontal-tb":
        line = with_bullet(replace(line, chars=tuple(_curled(line.chars))), ink)
    line = with_own_marks(with_brackets(line, ink), ink)
    line = with_sayings(with_stops(line, ink, em), ink)
    line = with_dashes(_quoted(line, ink), ink)
    return replace(line, chars=tuple(_widths(line)))


def _known(chars: Sequence[Char]) -> list[Char]:
    out: list[Char] = []
    for i, char in enumerate(chars):
        text = _LOOKALIKES.get(char.text, char.text) if i == 0 else char.text
        if text == "℃" and out and out[-1].text in "°º˚" and out[-1].text:
            char = replace(char, box=out.pop().box.union(char.box))
        around = [c.text for c in (*chars[max(0, i - 1) : i], *chars[i + 1 : i + 2])]
        if text == "一" and len(around) == 2 and _from_to(*around):
            text = "—"  # 2001—2028, 9月20日—1月9日
        out.append(replace(char, text=text))
    return out


def _curled(chars: Sequence[Char]) -> list[Char]:
    """Straight quotation marks beside Chinese type as the curled ones they are printed as:
    opening at the start and behind a stop, closing before one and at the end, else by turns."""
    out = list(chars)
    for i, char in enumerate(chars):
        if char.text != '"' or len(chars) < 2:
            continue
        before, behind = (chars[j].text if 0 <= j < len(chars) else "" for j in (i - 1, i + 1))
        if not any(is_wide(text) for text in (before, behind) if text):
            continue
        said = [c.text for c in out[:i] if c.text in "“”"]
        opened = bool(said) and said[-1] == "“"
        starts = not before.strip() or before in "，。：；、！？—（《,:;"
        ends = not behind.strip() or behind in "，。：；、！？）》,.:;"
        opens = starts if starts != ends else not opened
        out[i] = replace(char, text="“" if opens else "”")
    return out


def _from_to(before: str, behind: str) -> bool:
    figure = behind.isascii() and behind.isdigit()
    return figure and (before in "年月日" or (before.isascii() and before.isdigit()))


def with_bullet(line: TextLine, ink: Gray) -> TextLine:
    """The line with the ■ or ◎ before its first character, which recognisers pass over.

    `ink` is the 0/255 mask under the line's box. Horizontal lines only.
    """
    if line.mode != "horizontal-tb" or not line.chars:
        return line
    columns = np.flatnonzero(ink.max(axis=0, initial=0))
    if len(columns) == 0:
        return line
    jumps = np.flatnonzero(np.diff(columns) > 1)
    start = int(columns[0])
    end = int(columns[jumps[0]] + 1 if len(jumps) else columns[-1] + 1)
    if end - start < 0.25 * line.size:
        return line
    rows = np.flatnonzero(ink[:, start:end].max(axis=1, initial=0))
    width, height = end - start, int(rows[-1] - rows[0] + 1)
    first = line.chars[0]
    small = 0.35 * line.size <= max(width, height) <= 1.05 * line.size
    text = sign_of(ink[rows[0] : rows[-1] + 1, start:end]) if small else ""
    if not text or first.text in BULLETS:
        return line
    x1 = line.box.x0 + end
    if first.box.cx < x1:
        if first.text not in "@©®0OoQ〇" or text != "◎":
            return line
        return replace(line, chars=(replace(first, text=text), *line.chars[1:]))
    bullet = Char(text, Rect(line.box.x0, line.box.y0, x1, line.box.y1))
    lead: tuple[Char, ...] = (bullet,)
    if first.box.x0 - x1 > 0.4 * line.size:
        lead += (Char(" ", Rect(x1, line.box.y0, first.box.x0, line.box.y1)),)
    return replace(line, chars=lead + line.chars)


def sign_of(ink: Gray) -> str:
    """The bullet a tight 0/255 mask shows, "" when none: by the share of its box that it and
    its holes fill, and by where it is widest."""
    height, width = ink.shape
    if min(height, width) < 5:
        return ""
    solid = np.zeros_like(ink)
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(solid, contours, -1, 255, cv2.FILLED)
    outer, own = float(solid.mean()) / 255, float(ink.mean()) / 255
    square = 0.85 <= width / height <= 1.18
    if own >= 0.96 * outer:  # no holes
        if square and own > 0.93:
            return "■"
        if square and 0.74 <= own <= 0.84:
            return "●"
        return _wedge(solid) if 0.42 <= own <= 0.62 and 0.5 <= width / height <= 2 else ""
    if not square or own > 0.75 * outer:
        return ""
    if outer > 0.93 and own < 0.45 and not _heart(ink):
        return "□"
    if 0.72 <= outer <= 0.86:
        return "◎" if _heart(ink) else "○"
    return "◇" if 0.45 <= outer <= 0.58 else ""


def _heart(ink: Gray) -> bool:
    """Whether there is a dot or a ring of its own in the middle."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if int((stats[1:, 4] > 0.02 * ink.size).sum()) > 1:
        return True
    height, width = ink.shape
    middle = ink[height // 3 : height - height // 3, width // 3 : width - width // 3]
    return float(middle.mean()) > 0.06 * 255


def _wedge(solid: Gray) -> str:
    """▲, ▶, ◀ or ◆: where the shape is widest."""
    rows = (solid > 0).sum(axis=1) / solid.shape[1]
    columns = (solid > 0).sum(axis=0) / solid.shape[0]
    third_r, third_c = max(1, len(rows) // 5), max(1, len(columns) // 5)
    if rows[-third_r:].mean() > 0.75 and rows[:third_r].mean() < 0.3:
        return "▲"
    if columns[:third_c].mean() > 0.75 and columns[-third_c:].mean() < 0.3:
        return "▶"
    if columns[-third_c:].mean() > 0.75 and columns[:third_c].mean() < 0.3:
        return "◀"
    ends = (rows[:third_r], rows[-third_r:], columns[:third_c], columns[-third_c:])
    return "◆" if max(float(e.mean()) for e in ends) < 0.4 else ""


def _quoted(line: TextLine, ink: Gray) -> TextLine:
    """The line with the ‘ that an unmatched ’ asks for, where ink near the top alone stands
    between two characters or in place of a space."""
    if line.mode != "horizontal-tb" or line.text.count("’") <= line.text.count("‘"):
        return line
    last = line.text.rfind("’")
    chars = line.chars
    marks = [(a, b) for a, b in _stretches(ink) if _is_high(ink[:, a:b], line.size)]
    for a, b in reversed(marks):
        x0, x1 = line.box.x0 + a, line.box.x0 + b
        middle = (x0 + x1) / 2
        at = sum(1 for c in chars if c.box.cx < middle)
        if at > last:
            continue
        quote = Char("‘", Rect(x0, line.box.y0, x1, line.box.y1))
        for i in (at - 1, at):
            if 0 <= i < last and chars[i].text == " " and chars[i].box.overlap_x(quote.box) > 0:
                return replace(line, chars=(*chars[:i], quote, *chars[i + 1 :]))
        near = min((abs(c.box.cx - middle) for c in chars if c.text.strip()), default=0.0)
        if near >= 0.38 * line.size:
            return replace(line, chars=(*chars[:at], quote, *chars[at:]))
    return line


def _is_high(part: Gray, size: float) -> bool:
    """Whether a stretch of ink is a narrow mark near the top of its line."""
    rows = np.flatnonzero(part.max(axis=1, initial=0))
    return bool(part.shape[1] <= 0.3 * size and rows[-1] < 0.55 * part.shape[0])


def with_dashes(line: TextLine, ink: Gray) -> TextLine:
    """The line with —— where a thin stroke along its middle is longer than any of 一."""
    vertical = line.mode == "vertical-rl"
    part = ink.T if vertical else ink
    size = line.size
    strokes: list[tuple[int, int]] = []
    for start, end in _stretches(part):
        rows = np.flatnonzero(part[:, start:end].max(axis=1, initial=0))
        middle = (rows[0] + rows[-1] + 1) / 2 / part.shape[0]
        thin = rows[-1] - rows[0] + 1 <= 0.17 * size and 0.3 <= middle <= 0.7
        if not thin or end - start < 0.6 * size:
            continue
        if strokes and start - strokes[-1][1] <= 0.35 * size:
            strokes[-1] = (strokes[-1][0], end)
        else:
            strokes.append((start, end))
    chars = list(line.chars)
    for start, end in strokes:
        if 1.3 * size <= end - start <= 2.6 * size and len(chars) > 1:
            chars = _dashed(chars, line.box, start, end, vertical)
    return replace(line, chars=tuple(chars))


def _stretches(part: Gray) -> list[tuple[int, int]]:
    flags = np.concatenate(([False], part.max(axis=0, initial=0) > 0, [False]))
    edges = np.flatnonzero(flags[1:] != flags[:-1])
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _dashed(chars: list[Char], box: Rect, start: int, end: int, vertical: bool) -> list[Char]:
    base = box.y0 if vertical else box.x0
    a, b = base + start, base + end
    at = [c.box.cy if vertical else c.box.cx for c in chars]
    inside = [i for i, x in enumerate(at) if a <= x <= b]
    if any(chars[i].text not in "-一—–―|︱丨_ˉ¯ '’‘1lI" for i in inside):
        return chars
    before = [c for c, x in zip(chars, at, strict=True) if x < a]
    behind = [c for c, x in zip(chars, at, strict=True) if x > b]
    middle = (a + b) / 2
    halves = [(a, middle), (middle, b)]
    new = [
        Char("—", Rect(box.x0, p, box.x1, q) if vertical else Rect(p, box.y0, q, box.y1))
        for p, q in halves
    ]
    return before + new + behind


def _widths(line: TextLine) -> list[Char]:
    """Marks given as ASCII that stand in Chinese type, in their full-width form; beside
    figures and letters the room they take decides."""
    chars = line.chars
    vertical = line.mode == "vertical-rl"
    out: list[Char] = []
    for i, char in enumerate(chars):
        full = FULL.get(char.text)
        if full is not None and _takes_an_em([*out, *chars[i:]], i, line.size, vertical):
            char = replace(char, text=full)
        out.append(char)
    return out


def _takes_an_em(chars: Sequence[Char], i: int, size: float, vertical: bool) -> bool:
    before = chars[i - 1] if i > 0 else None
    behind = chars[i + 1] if i + 1 < len(chars) else None
    near = [c for c in (before, behind) if c is not None and c.text.strip()]
    wide = [is_wide(c.text) or c.text in "“”‘’—…" for c in near]
    if chars[i].text in "()":
        return any(wide) or (bool(near) and any(is_wide(c.text) for c in chars))
    if before is None or behind is None or not all(c.text.strip() for c in (before, behind)):
        return bool(wide) and wide[0]
    if all(wide):
        return True
    if not any(wide) and chars[i].text != "~":
        return False
    a, b = (c.box.cy if vertical else c.box.cx for c in (before, behind))
    halves = sum(0.5 if is_wide(c.text) else 0.27 for c in (before, behind))
    return b - a - halves * size >= 0.62 * size
