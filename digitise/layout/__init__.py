"""Sheet -> regions, roles, reading order, pieces of articles."""

from .analyse import analyse, body_size
from .result import PageLayout, Piece

__all__ = ["PageLayout", "Piece", "analyse", "body_size"]
