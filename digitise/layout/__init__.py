"""Sheet -> regions, roles, reading order, pieces of articles."""

from .analyse import analyse, body_size
from .begun import Begun
from .heed import Heed
from .openings import pages_of
from .result import PageLayout, Piece
from .signs import Signs, doubt_of

__all__ = [
    "Begun", "Heed", "PageLayout", "Piece", "Signs", "analyse", "body_size", "doubt_of", "pages_of",
]  # fmt: skip
