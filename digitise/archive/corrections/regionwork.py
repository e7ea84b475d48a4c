"""Operations on regions and the reading order of a page."""

from __future__ import annotations

from dataclasses import replace

from ...model import Rect, Region, bounding, polygon_bounds
from . import glyphs
from . import operations as ops
from .articlework import alone, appended, reordered, taken_out
from .document import RegionEntry
from .draft import Draft, Refused, inserted, without


def add_region(draft: Draft, op: ops.AddRegion) -> None:
    page = draft.page(op.page)
    region = Region(draft.free(op.new_id), op.kind, op.polygon, op.writing_mode)
    draft.put(op.new_id, RegionEntry(op.page, region, ()))
    order = inserted(page.order, op.new_id, op.before)
    draft.put(op.page, replace(page, regions=(*page.regions, op.new_id), order=order))
    if op.article is not None:
        appended(draft, op.article, (op.new_id,))
        reordered(draft, op.article, op.page, order)
    elif op.new_article is not None:
        kind = ops.ARTICLE_KINDS[0] if op.kind in _TEXT_KINDS else "furniture"
        alone(draft, op.new_article, (op.new_id,), kind)
    else:
        raise Refused(
            "article", "Say which article the region belongs to.", "请指明该区域所属的文章。"
        )


_TEXT_KINDS = frozenset({"headline", "kicker", "subheadline", "body", "subhead", "byline"})


def move_region(draft: Draft, op: ops.MoveRegion) -> None:
    entry = draft.region(op.region)
    if op.with_lines:
        old, new = entry.region.box, polygon_bounds(op.polygon)
        for key in entry.lines:
            line = draft.line(key)
            moved = glyphs.shifted(line.line, new.x0 - old.x0, new.y0 - old.y0)
            draft.put(key, replace(line, line=moved))
    draft.put(op.region, replace(entry, region=replace(entry.region, polygon=op.polygon)))


def split_region(draft: Draft, op: ops.SplitRegion) -> None:
    entry = draft.region(op.region)
    going = tuple(key for key in entry.lines if key in op.lines)
    if len(going) != len(op.lines):
        raise Refused(
            "lines", "Not all of these lines are in the region.", "所列的行不全在该区域内。"
        )
    staying = without(entry.lines, *going)
    new = replace(entry.region, id=draft.free(op.new_id), polygon=_outline(draft, entry, going))
    kept = replace(entry.region, polygon=_outline(draft, entry, staying))
    draft.put(op.region, replace(entry, region=kept, lines=staying))
    draft.put(op.new_id, RegionEntry(entry.page, new, going))
    for key in going:
        draft.put(key, replace(draft.line(key), region=op.new_id))
    page = draft.page(entry.page)
    draft.put(
        entry.page,
        replace(
            page,
            regions=_behind(page.regions, op.region, op.new_id),
            order=_behind(page.order, op.region, op.new_id),
        ),
    )
    for article_id in draft.article_ids:
        article = draft.article(article_id)
        if any(op.region in part.regions for part in article.article.parts):
            parts = tuple(
                replace(part, regions=_behind(part.regions, op.region, op.new_id))
                for part in article.article.parts
            )
            draft.put(article_id, replace(article, article=replace(article.article, parts=parts)))


def _outline(
    draft: Draft, entry: RegionEntry, lines: tuple[str, ...]
) -> tuple[tuple[float, float], ...]:
    boxes: list[Rect] = [draft.line(key).line.box for key in lines]
    return bounding(boxes).polygon if boxes else entry.region.polygon


def _behind(items: tuple[str, ...], one: str, new: str) -> tuple[str, ...]:
    if one not in items:
        return items
    at = items.index(one) + 1
    return (*items[:at], new, *items[at:])


def merge_regions(draft: Draft, op: ops.MergeRegions) -> None:
    entries = [draft.region(key) for key in op.regions]
    if len({entry.page for entry in entries}) > 1:
        raise Refused("regions", "Regions of one page are merged.", "只能合并同一版面的区域。")
    first, others = entries[0], op.regions[1:]
    lines = tuple(key for entry in entries for key in entry.lines)
    outline = bounding([entry.region.box for entry in entries]).polygon
    merged = replace(first, region=replace(first.region, polygon=outline), lines=lines)
    draft.put(op.regions[0], merged)
    for key in lines:
        line = draft.line(key)
        if line.region != op.regions[0]:
            draft.put(key, replace(line, region=op.regions[0]))
    _remove(draft, first.page, others)


def delete_region(draft: Draft, op: ops.DeleteRegion) -> None:
    entry = draft.region(op.region)
    for key in entry.lines:
        draft.drop(key)
    _remove(draft, entry.page, (op.region,))


def _remove(draft: Draft, page_id: str, regions: tuple[str, ...]) -> None:
    page = draft.page(page_id)
    draft.put(
        page_id,
        replace(page, regions=without(page.regions, *regions), order=without(page.order, *regions)),
    )
    taken_out(draft, regions)
    for key in regions:
        draft.drop(key)


def set_kind(draft: Draft, op: ops.SetKind) -> None:
    entry = draft.region(op.region)
    draft.put(op.region, replace(entry, region=replace(entry.region, kind=op.kind)))


def set_direction(draft: Draft, op: ops.SetDirection) -> None:
    entry = draft.region(op.region)
    region = replace(entry.region, writing_mode=op.writing_mode)
    draft.put(op.region, replace(entry, region=region))


def set_order(draft: Draft, op: ops.SetOrder) -> None:
    page = draft.page(op.page)
    if set(op.order) != set(page.order) or len(op.order) != len(page.order):
        raise Refused(
            "order",
            "All regions of the page are wanted, each once.",
            "须列出该版全部区域，每个一次。",
        )
    draft.put(op.page, replace(page, order=op.order))
    for article_id in draft.article_ids:
        reordered(draft, article_id, op.page, op.order)
