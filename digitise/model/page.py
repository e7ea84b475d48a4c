"""What a page holds once it has been read: regions, lines, characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .geometry import Polygon, Rect, polygon_bounds

WritingMode = Literal["horizontal-tb", "horizontal-rtl", "vertical-rl"]

RegionKind = Literal[
    "headline",  # 主题
    "kicker",  # 引题 / 肩题
    "subheadline",  # 副题
    "body",  # 正文
    "subhead",  # 小标题, inside the body
    "byline",  # 署名
    "caption",  # 图片说明
    "column-label",  # 栏目
    "page-header",  # 报眉, folio
    "masthead",  # 报头
    "advertisement",  # 广告
    "index",  # 导读
    "notice",  # 公告 / 声明
    "table",
    "picture",
    "rule",
    "other",
]


@dataclass(frozen=True, slots=True)
class Char:
    """One character as read. `box` is in the frame of what holds it."""

    text: str
    box: Rect
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `polygon` is in pixels of the original page image."""

    id: str
    polygon: Polygon
    text: str
    chars: tuple[Char, ...] = ()
    confidence: float = 1.0

    @property
    def box(self) -> Rect:
        return polygon_bounds(self.polygon)


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of the page of one kind; `lines` stand in reading order."""

    id: str
    kind: RegionKind
    polygon: Polygon
    writing_mode: WritingMode = "horizontal-tb"
    lines: tuple[Line, ...] = ()
    confidence: float = 1.0

    @property
    def box(self) -> Rect:
        return polygon_bounds(self.polygon)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done to a page on the way, with what was measured."""

    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PageFile:
    """The file a page was read from: its name without folders, the name inside a ZIP or empty,
    the page's place in it counted from 0, and the sha256 of its content in hexadecimal, by
    which it is known wherever it lies."""

    name: str
    member: str = ""
    index: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `width` and `height` in pixels of the original at `dpi`."""

    id: str
    number: int
    label: str = ""
    name: str = ""
    width: int = 0
    height: int = 0
    dpi: int = 300
    regions: tuple[Region, ...] = ()
    reading_order: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    source: str = ""
    error: str = ""
    file: PageFile | None = None

    def region(self, region_id: str) -> Region:
        """The region of that id; KeyError when the page has none."""
        for region in self.regions:
            if region.id == region_id:
                return region
        raise KeyError(region_id)
