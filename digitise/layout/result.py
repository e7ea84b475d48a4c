"""What the layout of one page hands to the building of articles."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import ArticleKind, Page, Rect
from ..text.jumps import Jump
from ..text.masthead import HeaderLine
from ..text.paragraphs import BodyLine
from .signs import Signs


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of one article that stands on one page; `regions` in reading order.

    `laid` tells where it lies, as `box` does: where one begins to read it, its title with the first
    of its text, and then all its regions. `lines` are the body's printed lines without jump markers
    and signatures, ready to be joined. `jump_out` and `jump_in` are the markers found at the end
    and at the beginning. Pieces of one page with one number from 0 up in `tie` are read together.
    """

    kind: ArticleKind
    regions: tuple[str, ...]
    box: Rect
    kicker: str = ""
    headline: str = ""
    subheadline: str = ""
    byline: str = ""
    lines: tuple[BodyLine, ...] = ()
    captions: tuple[str, ...] = ()
    jump_out: Jump | None = None
    jump_in: Jump | None = None
    signs: Signs = field(default_factory=Signs)
    laid: tuple[Rect, ...] = ()
    tie: int = -1


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page with its regions, the pieces of articles on it in reading order, and the lines of
    its masthead and its header for reading."""

    page: Page
    pieces: tuple[Piece, ...]
    masthead: tuple[HeaderLine, ...] = ()
    header: tuple[HeaderLine, ...] = ()
