"""A piece of an article while its regions are gathered."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import ArticleKind, Rect, RegionKind
from .bodytext import Body
from .flow import Chain


@dataclass(slots=True)
class Draft:
    """A piece while its regions are gathered: (block index or None, kind, rectangle)."""

    kind: ArticleKind
    box: Rect
    members: list[tuple[int | None, RegionKind, Rect]] = field(default_factory=list)
    chain: Chain | None = None
    body: Body | None = None
    captions: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    leads: list[int] = field(default_factory=list)
    trails: list[int] = field(default_factory=list)
