"""The protocol every recogniser follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from ..model import Gray, Hint, Polygon

Script = Literal["simplified", "traditional"]


@dataclass(frozen=True, slots=True)
class Detection:
    """A text line found on a page. `polygon`: four corners clockwise from the top left of the
    line as it lies on the page, in pixels of the array that was given."""

    polygon: Polygon
    score: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """The text of one line image. `spans[i]` is the extent of character i along the reading
    direction as fractions 0..1 of the image's length; `confidences[i]` is its probability.
    `rivals[i]`, where they were asked for and the engine knows them: what else character i could
    be, (character, probability), likeliest first."""

    text: str
    spans: tuple[tuple[float, float], ...]
    confidences: tuple[float, ...]
    rivals: tuple[tuple[tuple[str, float], ...], ...] = ()

    @property
    def confidence(self) -> float:
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


@dataclass(frozen=True, slots=True)
class LineImage:
    """A line cut out upright, dark type on light ground.

    `pixels`: (height, width) uint8. A vertical line keeps its shape (taller than wide) with
    `vertical` True: the engine turns it as suits itself. `script`, where it is known, is a hint
    which of two characters that look alike is meant. `rivals`: how many other readings of each
    character are wanted.
    """

    pixels: Gray
    vertical: bool = False
    script: Script | None = None
    rivals: int = 0


class Engine(Protocol):
    name: str
    version: str

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        """Text lines of a page, (height, width) uint8; `em` is the measured body type size in
        pixels where known, which sets the working scale. Bounded memory at any size.

        Raises EngineFailed.
        """
        ...

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        """The text of each line image, in the order given. Raises EngineFailed."""
        ...


@runtime_checkable
class LayoutFinder(Protocol):
    """What an engine is as well that knows something of layout."""

    def hints(self, gray: Gray) -> tuple[Hint, ...]:
        """Areas of a page, (height, width) uint8, in its pixels, surest first; none where the
        model has nothing to say. Raises EngineFailed."""
        ...


def hints_from(engine: object, gray: Gray) -> tuple[Hint, ...]:
    """What `engine` has to say of the layout of a page; nothing from most engines. Raises
    EngineFailed."""
    return engine.hints(gray) if isinstance(engine, LayoutFinder) else ()
