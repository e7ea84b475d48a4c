"""The operations a person can make, each a value of its own.

`locks` names the fields that hold the ids an operation is about: whoever sends it says which
version of these he saw. Ids of pages, regions, lines and articles are unique in an issue over all
four kinds. Positions in a text count code points; polygons are pixels of the page image.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from ...model import ArticleKind, Polygon, RegionKind, WritingMode

ArticleField = Literal["kind", "kicker", "headline", "subheadline", "byline"]
Status = Literal["open", "in-progress", "done", "returned", "passed"]

REGION_KINDS: tuple[str, ...] = get_args(RegionKind)
ARTICLE_KINDS: tuple[str, ...] = get_args(ArticleKind)
WRITING_MODES: tuple[str, ...] = get_args(WritingMode)
ARTICLE_FIELDS: tuple[str, ...] = get_args(ArticleField)
STATUSES: tuple[str, ...] = get_args(Status)
MASTHEAD_FIELDS = (
    "title", "date", "weekday", "lunar_date", "issue_number", "cn", "issn", "postal_code",
    "publisher",
)  # fmt: skip

MASTHEAD = "masthead"
ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class SetText:
    """The text of one line; the same text confirms it."""

    name: ClassVar[str] = "set_text"
    locks: ClassVar[tuple[str, ...]] = ("line",)
    line: str
    text: str


@dataclass(frozen=True, slots=True)
class AddLine:
    name: ClassVar[str] = "add_line"
    locks: ClassVar[tuple[str, ...]] = ("region",)
    region: str
    new_id: str
    polygon: Polygon
    text: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A new outline, a new place among the lines of `region`, or both."""

    name: ClassVar[str] = "move_line"
    locks: ClassVar[tuple[str, ...]] = ("line",)
    line: str
    polygon: Polygon | None = None
    region: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class SplitLine:
    name: ClassVar[str] = "split_line"
    locks: ClassVar[tuple[str, ...]] = ("line",)
    line: str
    new_id: str
    at: int


@dataclass(frozen=True, slots=True)
class MergeLines:
    name: ClassVar[str] = "merge_lines"
    locks: ClassVar[tuple[str, ...]] = ("lines",)
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeleteLine:
    name: ClassVar[str] = "delete_line"
    locks: ClassVar[tuple[str, ...]] = ("line",)
    line: str


@dataclass(frozen=True, slots=True)
class OrderLines:
    name: ClassVar[str] = "order_lines"
    locks: ClassVar[tuple[str, ...]] = ("region",)
    region: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddRegion:
    """Without `article` the region becomes an entry of its own, `new_article`."""

    name: ClassVar[str] = "add_region"
    locks: ClassVar[tuple[str, ...]] = ("page",)
    page: str
    new_id: str
    kind: RegionKind
    writing_mode: WritingMode
    polygon: Polygon
    article: str | None = None
    new_article: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class MoveRegion:
    """`with_lines`: the lines are shifted as its top left corner is."""

    name: ClassVar[str] = "move_region"
    locks: ClassVar[tuple[str, ...]] = ("region",)
    region: str
    polygon: Polygon
    with_lines: bool = False


@dataclass(frozen=True, slots=True)
class SplitRegion:
    """`lines` go to a new region behind this one."""

    name: ClassVar[str] = "split_region"
    locks: ClassVar[tuple[str, ...]] = ("region",)
    region: str
    new_id: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeRegions:
    name: ClassVar[str] = "merge_regions"
    locks: ClassVar[tuple[str, ...]] = ("regions",)
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeleteRegion:
    name: ClassVar[str] = "delete_region"
    locks: ClassVar[tuple[str, ...]] = ("region",)
    region: str


@dataclass(frozen=True, slots=True)
class SetKind:
    name: ClassVar[str] = "set_kind"
    locks: ClassVar[tuple[str, ...]] = ("region",)
    region: str
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class SetDirection:
    name: ClassVar[str] = "set_direction"
    locks: ClassVar[tuple[str, ...]] = ("region",)
    region: str
    writing_mode: WritingMode


@dataclass(frozen=True, slots=True)
class SetOrder:
    """The reading order of a page: all of its regions."""

    name: ClassVar[str] = "set_order"
    locks: ClassVar[tuple[str, ...]] = ("page",)
    page: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleAssemble:
    name: ClassVar[str] = "article_assemble"
    locks: ClassVar[tuple[str, ...]] = ()
    new_id: str
    kind: ArticleKind
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleRegions:
    """Exactly these regions; what is left over becomes `new_id`, furniture."""

    name: ClassVar[str] = "article_regions"
    locks: ClassVar[tuple[str, ...]] = ("article",)
    article: str
    regions: tuple[str, ...]
    new_id: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleSplit:
    name: ClassVar[str] = "article_split"
    locks: ClassVar[tuple[str, ...]] = ("article",)
    article: str
    new_id: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleMerge:
    name: ClassVar[str] = "article_merge"
    locks: ClassVar[tuple[str, ...]] = ("article", "other")
    article: str
    other: str


@dataclass(frozen=True, slots=True)
class ArticleSet:
    """`value` None: worked out from the lines again."""

    name: ClassVar[str] = "article_set"
    locks: ClassVar[tuple[str, ...]] = ("article",)
    article: str
    field: ArticleField
    value: str | None = None


@dataclass(frozen=True, slots=True)
class ContinuationMake:
    """With `other`, that article is joined to this one behind."""

    name: ClassVar[str] = "continuation_make"
    locks: ClassVar[tuple[str, ...]] = ("article", "other")
    article: str
    from_page: str
    to_page: str
    other: str | None = None
    marker: str = ""
    back_marker: str = ""


@dataclass(frozen=True, slots=True)
class ContinuationAccept:
    name: ClassVar[str] = "continuation_accept"
    locks: ClassVar[tuple[str, ...]] = ("article",)
    article: str
    index: int


@dataclass(frozen=True, slots=True)
class ContinuationBreak:
    """What stands on `to_page` and after it becomes the article `new_id`."""

    name: ClassVar[str] = "continuation_break"
    locks: ClassVar[tuple[str, ...]] = ("article",)
    article: str
    index: int
    new_id: str | None = None


@dataclass(frozen=True, slots=True)
class MastheadSet:
    name: ClassVar[str] = "masthead_set"
    locks: ClassVar[tuple[str, ...]] = (MASTHEAD,)
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Comment:
    name: ClassVar[str] = "comment"
    locks: ClassVar[tuple[str, ...]] = ()
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Flag:
    name: ClassVar[str] = "flag"
    locks: ClassVar[tuple[str, ...]] = ()
    target: str
    flag: str


@dataclass(frozen=True, slots=True)
class SetStatus:
    name: ClassVar[str] = "status"
    locks: ClassVar[tuple[str, ...]] = ()
    target: str
    status: Status


@dataclass(frozen=True, slots=True)
class Revert:
    """Puts back what operation `seq` changed."""

    name: ClassVar[str] = "revert"
    locks: ClassVar[tuple[str, ...]] = ()
    seq: int


@dataclass(frozen=True, slots=True)
class Adopt:
    """The layout people made, laid over a newer machine result as a whole. Only carrying over
    makes it, nobody sends it. `content`: JSON, see adopting.py."""

    name: ClassVar[str] = "adopt"
    locks: ClassVar[tuple[str, ...]] = ()
    content: str


@dataclass(frozen=True, slots=True)
class RestoreLine:
    """A line of an earlier result, put back where a newer one has none or others. Only carrying
    over makes it, nobody sends it. `read`: what the machine read there; `human`: whether a person
    typed or confirmed the text."""

    name: ClassVar[str] = "restore_line"
    locks: ClassVar[tuple[str, ...]] = ()
    region: str
    new_id: str
    polygon: Polygon
    text: str
    read: str
    human: bool
    confidence: float
    before: str | None = None


@dataclass(frozen=True, slots=True)
class RestoreJumps:
    """The jumps of an article as people left them, in a newer result. Only carrying over makes
    it, nobody sends it. `content`: JSON, see adopting.py."""

    name: ClassVar[str] = "restore_jumps"
    locks: ClassVar[tuple[str, ...]] = ()
    article: str
    content: str


Operation = (
    SetText | AddLine | MoveLine | SplitLine | MergeLines | DeleteLine | OrderLines
    | AddRegion | MoveRegion | SplitRegion | MergeRegions | DeleteRegion
    | SetKind | SetDirection | SetOrder
    | ArticleAssemble | ArticleRegions | ArticleSplit | ArticleMerge | ArticleSet
    | ContinuationMake | ContinuationAccept | ContinuationBreak
    | MastheadSet | Comment | Flag | SetStatus | Revert | Adopt
    | RestoreLine | RestoreJumps
)  # fmt: skip

TYPES: dict[str, type[Operation]] = {kind.name: kind for kind in get_args(Operation)}

OURS: frozenset[type[Operation]] = frozenset((Adopt, RestoreLine, RestoreJumps))
"""Kinds that carrying over to a newer result makes, and nobody sends."""


def locked(operation: Operation) -> tuple[str, ...]:
    """The ids the operation is about, whose versions count."""
    out: list[str] = []
    for field in operation.locks:
        if field == MASTHEAD:
            out.append(MASTHEAD)
            continue
        value = getattr(operation, field)
        if isinstance(value, tuple):
            out.extend(value)
        elif value is not None:
            out.append(value)
    return tuple(out)
