"""The values that pass between rooms: frozen, without IO, without algorithms."""

from .bending import Bend, Mapping2D, composed
from .geometry import IDENTITY, Affine, Point, Polygon, Rect, bounding, joined, polygon_bounds
from .issue import (
    Article,
    ArticleKind,
    Continuation,
    ContinuationStatus,
    Issue,
    Masthead,
    Part,
)
from .page import Char, Line, Page, PageFile, Region, RegionKind, Step, WritingMode
from .projective import Projective
from .scan import Gray, Scan
from .sheet import Frame, FrameKind, Hint, Picture, Rule, Sheet, TextLine

__all__ = [
    "IDENTITY", "Affine", "Article", "ArticleKind", "Bend", "Char", "Continuation",
    "ContinuationStatus", "Frame", "FrameKind", "Gray", "Hint", "Issue", "Line", "Mapping2D", "Masthead", "Page",
    "PageFile", "Part", "Picture", "Point", "Polygon", "Projective", "Rect", "Region", "RegionKind", "Rule", "Scan",
    "Sheet", "Step", "TextLine", "WritingMode", "bounding", "composed", "joined", "polygon_bounds",
]  # fmt: skip
