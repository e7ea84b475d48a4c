"""Places on the page: inside it, and lines inside what holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....model import Line, Page, Rect, Region
from .findings import Finding, found

# Whole pixels and slanted outlines: this much outside is no mistake.
_SLACK = 3.0


def check_boxes(page: Page, file: str) -> Iterator[Finding]:
    """Regions and lines of a page that was read from `file`."""
    outer = Rect(0, 0, page.width, page.height)
    if not page.width or not page.height:
        yield found("page-size", file, page.id, "the page has no size", "版面没有尺寸")
        return
    for region in page.regions:
        if region.polygon and not outer.contains(region.box, _SLACK):
            yield _outside(file, region.id, region.box, outer)
        for line in region.lines:
            yield from _line(file, region, line, outer)


def _line(file: str, region: Region, line: Line, outer: Rect) -> Iterator[Finding]:
    if not line.polygon:
        return
    box = line.box
    if not outer.contains(box, _SLACK):
        yield _outside(file, line.id, box, outer)
    # A printed line may stand a little over its column; not by half its own thickness.
    slack = _SLACK + 0.5 * min(box.width, box.height)
    if region.polygon and not region.box.contains(box, slack):
        yield found(
            "line-outside",
            file,
            line.id,
            f"the line {_shown(box)} lies outside its block {region.id} {_shown(region.box)}",
            f"行 {_shown(box)} 超出其所在区块 {region.id} {_shown(region.box)}",
        )
    for char in line.chars:
        if not outer.contains(char.box, _SLACK):
            yield _outside(file, line.id, char.box, outer)
            break


def _outside(file: str, key: str, box: Rect, outer: Rect) -> Finding:
    size = f"{outer.width:g} x {outer.height:g}"
    return found(
        "outside-page",
        file,
        key,
        f"{_shown(box)} lies outside the page of {size} pixels",
        f"{_shown(box)} 超出版面（{size} 像素）",
    )


def _shown(box: Rect) -> str:
    return f"({box.x0:g}, {box.y0:g}, {box.x1:g}, {box.y1:g})"


def check_order(page: Page, refs: Sequence[str], file: str) -> Iterator[Finding]:
    """The reading order `refs` must name every region with text once, and nothing else."""
    known = {region.id for region in page.regions}
    seen: set[str] = set()
    for ref in refs:
        if ref in seen:
            yield found(
                "order-twice",
                file,
                ref,
                "it comes twice in the reading order",
                "在阅读顺序中出现两次",
            )
        seen.add(ref)
        if ref not in known:
            yield found(
                "order-unknown",
                file,
                ref,
                "the reading order names it, but there is no such region",
                "阅读顺序提到了它，但没有这个区域",
            )
    for region in page.regions:
        if refs and region.lines and region.id not in seen:
            yield found(
                "order-lacks",
                file,
                region.id,
                "a region with text that is not in the reading order",
                "含文字的区域不在阅读顺序中",
            )
