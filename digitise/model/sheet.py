"""What was read off one page before anything is known of its layout.

A born-digital page and a scan both become a `Sheet`; the layout sees no other difference
between them. All coordinates are pixels of the sheet's own upright frame (a scan's skew taken
out); `to_original` maps them to the pixels of the original page image.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from .bending import Mapping2D
from .geometry import IDENTITY, Rect
from .page import Char, RegionKind, Step, WritingMode

FrameKind = Literal["frame", "tint", "reversed"]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A run of text of one size on one line, in one column.

    `size` is the em in pixels: the pitch of set-solid Chinese type. `chars` stand in reading order. `font`
    and `bold` are only known from a text layer, `bold` is None where it is not.
    `tone` is "reversed" for light type on dark ground.
    """

    box: Rect
    chars: tuple[Char, ...]
    size: float
    mode: WritingMode = "horizontal-tb"
    font: str = ""
    bold: bool | None = None
    tone: Literal["normal", "reversed"] = "normal"
    confidence: float = 1.0

    @property
    def text(self) -> str:
        return "".join(c.text for c in self.chars)

    def shift(self, dx: float, dy: float) -> TextLine:
        """The line so many pixels further right and down."""
        chars = tuple(replace(c, box=c.box.shift(dx, dy)) for c in self.chars)
        return replace(self, box=self.box.shift(dx, dy), chars=chars)


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: horizontal when wider than high. Ornamental and broken ones are one rule."""

    box: Rect

    @property
    def horizontal(self) -> bool:
        return self.box.width >= self.box.height

    @property
    def thickness(self) -> float:
        return min(self.box.width, self.box.height)


@dataclass(frozen=True, slots=True)
class Frame:
    """A closed box: drawn round (`frame`), on grey or coloured ground (`tint`), or on dark
    ground with light type (`reversed`)."""

    box: Rect
    kind: FrameKind = "frame"


@dataclass(frozen=True, slots=True)
class Picture:
    box: Rect


@dataclass(frozen=True, slots=True)
class Hint:
    """What a layout model takes an area for, with the model's own score, 0..1. It is evidence,
    weighed beside what the page itself shows."""

    kind: RegionKind
    box: Rect
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Sheet:
    page_id: str
    number: int
    source: str
    width: int
    height: int
    dpi: int
    lines: tuple[TextLine, ...] = ()
    rules: tuple[Rule, ...] = ()
    frames: tuple[Frame, ...] = ()
    pictures: tuple[Picture, ...] = ()
    origin: Literal["text-layer", "ocr"] = "ocr"
    to_original: Mapping2D = IDENTITY
    original_size: tuple[int, int] = (0, 0)
    steps: tuple[Step, ...] = ()
    hints: tuple[Hint, ...] = ()
