"""The pieces of a page that may be linked: bodies and titles, and how a body begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Rect
from .heads import Head


@dataclass(frozen=True, slots=True)
class Node:
    """A body block or, when `head` is set, a title block. `box` is in pixels."""

    box: Rect
    block: int = -1
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """How a body block begins and ends.

    `fresh`: 1 when its first line opens a paragraph, 0 when it goes on, 0.5 when unknown.
    `going`: 1 when its last line breaks off in a sentence at the full measure, 0 when the
    paragraph is over, between when unsure.
    """

    fresh: float
    going: float
    dateline: bool
    signed: bool
    jump_out: bool
    jump_in: bool
    title: bool = False
