"""Sheet -> regions, roles, reading order, pieces of articles."""

from .analyse import analyse, body_size
from .heed import Heed
from .openings import pages_of
from .result import PageLayout, Piece

__all__ = ["Heed", "PageLayout", "Piece", "analyse", "body_size", "pages_of"]
