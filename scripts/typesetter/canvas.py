"""A page being printed: what is drawn on it, and what was said by it.

Lengths are points, the origin is at the top left, y runs downwards. Text is drawn and recorded
by the same call, so that the truth cannot differ from the print.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from digitise.model import Rect, RegionKind, WritingMode

from .fonts import face, face_with

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
ASCENT = 0.88  # of the em box, the same in all faces used


class Overlap(Exception):
    """Two texts were set on top of each other: a bug of the layout."""


@dataclass(frozen=True, slots=True)
class TextOp:
    """Glyphs of one face and size; `points` are baseline origins, `stretch` widens them."""

    font: str
    size: float
    chars: str
    points: tuple[tuple[float, float], ...]
    stretch: float = 1.0
    colour: Colour = BLACK
    slant: float = 0.0


@dataclass(frozen=True, slots=True)
class BoxOp:
    """A rectangle filled, stroked or both, with corners of `radius`."""

    rect: Rect
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 0.5
    radius: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class StrokeOp:
    points: tuple[tuple[float, float], ...]
    width: float = 0.5
    colour: Colour = BLACK
    dash: tuple[float, ...] = ()
    closed: bool = False
    fill: Colour | None = None


@dataclass(frozen=True, slots=True)
class ImageOp:
    rect: Rect
    jpeg: bytes


Op = TextOp | BoxOp | StrokeOp | ImageOp


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed line: its text and its em boxes' hull."""

    text: str
    rect: Rect


@dataclass(slots=True)
class RegionDraft:
    kind: RegionKind
    mode: WritingMode = "horizontal-tb"
    lines: list[Printed] = field(default_factory=list)
    rect: Rect | None = None  # only for regions without lines


@dataclass(slots=True)
class PageDraft:
    """One page while it is being set."""

    width: float
    height: float
    number: int
    label: str = ""
    name: str = ""
    ops: list[Op] = field(default_factory=list)
    regions: list[RegionDraft] = field(default_factory=list)
    taken: list[tuple[Rect, str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # index of the first op of each region
    # place of each short report that stands beside nothing of its module, and its first region
    reports: list[tuple[Rect, int]] = field(default_factory=list)

    def region(self, kind: RegionKind, mode: WritingMode = "horizontal-tb") -> RegionDraft:
        made = RegionDraft(kind, mode)
        self.regions.append(made)
        self.starts.append(len(self.ops))
        return made

    def rule(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        width: float = 0.5,
        colour: Colour = BLACK,
        dash: tuple[float, ...] = (),
    ) -> None:
        self.ops.append(StrokeOp(((x0, y0), (x1, y1)), width, colour, dash))

    def box(self, rect: Rect, **how: object) -> None:
        self.ops.append(BoxOp(rect, **how))  # type: ignore[arg-type]

    def claim(self, rect: Rect, text: str) -> None:
        """Keep the place of a text; Overlap when another one stands there."""
        inner = rect.grow(-min(0.6, rect.width * 0.1), -min(1.0, rect.height * 0.12))
        for other, said in self.taken:
            if inner.overlap(other) > 0.5:
                raise Overlap(
                    f"page {self.number}: {text!r} at {inner} stands on {said!r} at {other}"
                )
        if not Rect(-0.5, -0.5, self.width + 0.5, self.height + 0.5).contains(rect):
            raise Overlap(f"page {self.number}: {text!r} at {rect} runs off the page")
        self.taken.append((inner, text))

    def glyphs(
        self,
        placed: list[tuple[str, float, float]],
        font: str,
        size: float,
        stretch: float = 1.0,
        colour: Colour = BLACK,
        slant: float = 0.0,
    ) -> None:
        """Draw characters at the baseline points given, in `font` or its fallback."""
        run: list[tuple[str, float, float]] = []
        current = font
        for item in placed:
            char = item[0]
            if char.isspace():
                continue
            name = face_with(font, char)
            if name != current and run:
                self._flush(run, current, size, stretch, colour, slant)
                run = []
            current = name
            if char in "—―" and face(name).advance(char) < 1.0:
                # The dash of a pair fills its em, or the two would not meet.
                wide = stretch * 1.02 / face(name).advance(char)
                self._flush([item], name, size, wide, colour, slant)
                continue
            if char == "·":
                # Set in half an em, whatever the face thinks of it.
                spare = (0.5 - face(name).advance(char)) / 2 * size * stretch
                item = (char, item[1] + spare, item[2])
            run.append(item)
        if run:
            self._flush(run, current, size, stretch, colour, slant)

    def _flush(
        self,
        run: list[tuple[str, float, float]],
        font: str,
        size: float,
        stretch: float,
        colour: Colour,
        slant: float,
    ) -> None:
        self.ops.append(
            TextOp(
                font,
                size,
                "".join(c for c, _, _ in run),
                tuple((x, y) for _, x, y in run),
                stretch,
                colour,
                slant,
            )
        )
