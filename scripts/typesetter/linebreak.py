"""Chinese lines: where they may break, and how they are made to fit (避头尾).

A mark that may not begin a line is squeezed in, hung beyond the margin, or takes the character
before it down with it; numbers and Latin words stay whole where a line can hold them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .fonts import face, face_with

NO_START = set("、。，．；：？！”’）》」』】〕…—％%‰℃·,.;:?!)]}～")
NO_END = set("“‘（《「『【〔([{￥¥$№")
HANGING = set("、。，")
OPENING = set("“‘（《「『【〔")
CLOSING = set("、。，；：”’）》」』】〕！？")

Manner = Literal["squeeze", "hang", "push"]


@dataclass(frozen=True, slots=True)
class Atom:
    """What may not be parted: a character, a word or number, a dash or ellipsis of two ems."""

    text: str
    widths: tuple[float, ...]  # ems

    @property
    def width(self) -> float:
        return sum(self.widths)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the lines of one text are set; lengths in ems of its type."""

    font: str = "song"
    manner: Manner = "squeeze"
    trim_quote: bool = False  # an opening mark at the line's start loses its blank half
    latin_gap: float = 0.0


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: characters with their offsets from the line's left end, in ems."""

    text: str
    offsets: tuple[float, ...]
    ends: tuple[float, ...]
    first: bool = False
    last: bool = False

    @property
    def left(self) -> float:
        return self.offsets[0] if self.offsets else 0.0

    @property
    def right(self) -> float:
        return self.ends[-1] if self.ends else 0.0


def _wordlike(c: str) -> bool:
    return c.isascii() and not c.isspace()


def atoms(text: str, font: str) -> list[Atom]:
    """Cut `text` into what may not be broken; widths from the font's own advances."""
    out: list[Atom] = []
    i = 0
    while i < len(text):
        c = text[i]
        j = i + 1
        if _wordlike(c):
            while j < len(text) and _wordlike(text[j]):
                j += 1
            while j < len(text) and text[j] in "℃‰":
                j += 1
        elif c in "—…":
            while j < len(text) and text[j] == c and j - i < 2:
                j += 1
        piece = text[i:j]
        out.append(Atom(piece, tuple(_width(x, font) for x in piece)))
        i = j
    return out


def _width(c: str, font: str) -> float:
    if c in "—―…":
        return 1.0
    if c == "·":
        return 0.5
    return face(face_with(font, c)).advance(c)


def _may_break(before: Atom, after: Atom) -> bool:
    return not (before.text[-1] in NO_END or after.text[0] in NO_START)


def _squeezable(a: Atom) -> float:
    c = a.text
    return 0.45 if len(c) == 1 and (c in CLOSING or c in OPENING) and a.width > 0.9 else 0.0


def _split_long(a: Atom, room: float) -> tuple[Atom, Atom] | None:
    """A word wider than a whole line has to be cut after all."""
    width = 0.0
    for k, w in enumerate(a.widths):
        if width + w > room and k > 0:
            return Atom(a.text[:k], a.widths[:k]), Atom(a.text[k:], a.widths[k:])
        width += w
    return None


def break_line(
    rest: list[Atom], measure: float, indent: float, setting: Setting
) -> tuple[list[Atom], list[Atom], float]:
    """Take the atoms of one line off `rest`.

    Returns (line, rest, limit): `limit` is how wide the line is to be justified to, more than
    `measure` when its last mark hangs.
    """
    while len(rest) > 0 and rest[0].text.isspace():
        rest = rest[1:]
    room = measure - indent
    width = 0.0
    n = 0
    while n < len(rest):
        w = rest[n].width
        if setting.latin_gap and n and _gap(rest[n - 1], rest[n]):
            w += setting.latin_gap
        if width + w > room + 1e-6:
            break
        width += w
        n += 1
    if n == len(rest):
        return rest, [], measure
    if n == 0:
        parts = _split_long(rest[0], room)
        if parts is None:
            return rest[:1], rest[1:], measure
        return [parts[0]], [parts[1], *rest[1:]], measure
    nxt = rest[n]
    if nxt.text[0] in NO_START and rest[n - 1].text[-1] not in NO_END:
        after = rest[n + 1] if n + 1 < len(rest) else None
        ends_ok = after is None or after.text[0] not in NO_START
        over = width + nxt.width - room
        give = sum(_squeezable(a) for a in rest[: n + 1])
        if ends_ok and setting.manner != "push" and over <= min(give, 1.2):
            return rest[: n + 1], rest[n + 1 :], measure
        if ends_ok and setting.manner == "hang" and nxt.text in HANGING:
            return rest[: n + 1], rest[n + 1 :], measure + 1.0
        if not ends_ok and setting.manner != "push" and after is not None:
            two_ok = n + 2 >= len(rest) or rest[n + 2].text[0] not in NO_START
            give += _squeezable(after)
            if two_ok and over + after.width <= min(give, 1.4):
                return rest[: n + 2], rest[n + 2 :], measure
    k = n
    while k > 0 and not _may_break(rest[k - 1], rest[k]):
        k -= 1
    if k == 0:
        k = n  # nothing in this line may be parted; a narrow column has to suffer it
    return rest[:k], rest[k:], measure


def _gap(a: Atom, b: Atom) -> bool:
    x, y = a.text[-1], b.text[0]
    if x.isspace() or y.isspace():
        return False
    latin = x.isascii() != y.isascii()
    return latin and x not in CLOSING | OPENING and y not in CLOSING | OPENING


def justify(line: list[Atom], limit: float, indent: float, setting: Setting, last: bool) -> SetLine:
    """Place the characters of a line; all but the last of a paragraph fill the measure."""
    while line and line[-1].text.isspace():
        line = line[:-1]
    chars: list[str] = []
    widths: list[float] = []
    shift: list[float] = []  # ink moved left when the blank half of an opening mark goes
    flexible: list[int] = []  # index of the character after which space may be put
    for n, a in enumerate(line):
        if n and setting.latin_gap and _gap(line[n - 1], a):
            widths[-1] += setting.latin_gap
        if n and not (len(a.text) > 1 and a.text[0] in "—…" and line[n - 1].text[0] == a.text[0]):
            flexible.append(len(chars) - 1)
        for c, w in zip(a.text, a.widths, strict=True):
            chars.append(c)
            widths.append(w)
            shift.append(0.0)
    if not chars:
        return SetLine("", (), ())
    if setting.trim_quote and indent == 0 and chars[0] in OPENING and widths[0] > 0.9:
        widths[0] -= 0.5
        shift[0] = -0.5
    total = sum(widths)
    room = limit - indent
    slack = room - total
    if slack < -1e-6:
        marks = [
            k for k, c in enumerate(chars) if (c in CLOSING or c in OPENING) and widths[k] > 0.9
        ]
        need = -slack
        if marks:
            # The mark at the end gives first, the others share what is left.
            if chars[-1] in CLOSING and marks[-1] == len(chars) - 1:
                cut = min(0.5, need)
                widths[-1] -= cut
                need -= cut
                marks = marks[:-1]
            for k in marks:
                cut = min(0.45, need / max(1, len(marks)))
                widths[k] -= cut
                if chars[k] in OPENING:
                    shift[k] = -cut
        slack = room - sum(widths)
    if last:
        slack = min(slack, 0.0)
    share = slack / len(flexible) if flexible else 0.0
    offsets: list[float] = []
    ends: list[float] = []
    x = indent
    gaps = set(flexible)
    for k, w in enumerate(widths):
        offsets.append(x + shift[k])
        ends.append(x + w)
        x += w + (share if k in gaps else 0.0)
    return SetLine("".join(chars), tuple(offsets), tuple(ends), last=last)


def set_paragraph(
    text: str, measure: float, setting: Setting, indent: float = 2.0
) -> list[SetLine]:
    """The lines of `text` set to `measure` ems, the first one indented."""
    rest = atoms(text, setting.font)
    out: list[SetLine] = []
    while rest:
        lead = indent if not out else 0.0
        line, rest, limit = break_line(rest, measure, lead, setting)
        while rest and rest[0].text.isspace():
            rest = rest[1:]
        made = justify(line, limit, lead, setting, last=not rest)
        if made.text:
            out.append(SetLine(made.text, made.offsets, made.ends, first=not out, last=not rest))
    return out


def natural_width(text: str, font: str) -> float:
    """The width of `text` in ems, set solid."""
    return sum(a.width for a in atoms(text, font))
