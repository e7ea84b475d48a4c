"""Operations on articles: which regions they are made of, their heads, their jumps.

Every region of every page belongs to exactly one article before and after each of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from ...model import Article, ArticleKind, Continuation, Part
from . import operations as ops
from .adopting import jumps_of
from .document import ArticleEntry
from .draft import Draft, Refused, without


def assemble(draft: Draft, op: ops.ArticleAssemble) -> None:
    _all_known(draft, op.regions)
    place = _place_of(draft, op.regions)
    taken_out(draft, op.regions)
    alone(draft, op.new_id, op.regions, op.kind, place)


def set_regions(draft: Draft, op: ops.ArticleRegions) -> None:
    _all_known(draft, op.regions)
    entry = draft.article(op.article)
    left = tuple(r for part in entry.article.parts for r in part.regions if r not in op.regions)
    taken_out(draft, op.regions, keep=op.article)
    entry = draft.article(op.article)
    parts = parts_of(draft, op.regions)
    draft.put(op.article, replace(entry, article=replace(entry.article, parts=parts)))
    if left:
        if op.new_id is None:
            raise Refused(
                "new_id",
                "Regions are left over: give an id for what becomes of them.",
                "有剩余区域，请给出其新编号。",
            )
        alone(draft, op.new_id, left, "furniture", op.article)


def split(draft: Draft, op: ops.ArticleSplit) -> None:
    entry = draft.article(op.article)
    own = [r for part in entry.article.parts for r in part.regions]
    if not set(op.regions) <= set(own):
        raise Refused(
            "regions", "Not all of these regions are in the article.", "所列区域不全属于这篇文章。"
        )
    if set(op.regions) == set(own):
        raise Refused("regions", "Nothing of the article would be left.", "原文章将一无所剩。")
    taken_out(draft, op.regions)
    alone(draft, op.new_id, op.regions, entry.article.kind, op.article)


def merge(draft: Draft, op: ops.ArticleMerge) -> None:
    if op.article == op.other:
        raise Refused("other", "An article cannot be merged with itself.", "文章不能与自身合并。")
    _join(draft, op.article, op.other)


def _join(draft: Draft, article: str, other: str) -> None:
    first, second = draft.article(article), draft.article(other)
    parts = [*first.article.parts, *second.article.parts]
    joined = replace(
        first.article,
        parts=_gathered(parts),
        continuations=(*first.article.continuations, *second.article.continuations),
        confidence=min(first.article.confidence, second.article.confidence),
    )
    draft.put(article, replace(first, article=joined))
    draft.drop(other)
    draft.set_article_ids(without(draft.article_ids, other))


def set_field(draft: Draft, op: ops.ArticleSet) -> None:
    entry = draft.article(op.article)
    if op.field == "kind":
        if op.value not in ops.ARTICLE_KINDS:
            raise Refused("value", "This is no kind of article.", "没有这种文章类别。")
        kind = cast(ArticleKind, op.value)
        draft.put(op.article, replace(entry, article=replace(entry.article, kind=kind)))
        return
    if op.value is None:
        draft.put(op.article, replace(entry, own=entry.own - {op.field}))
        return
    values: dict[str, Any] = {op.field: op.value}
    article = replace(entry.article, **values)
    draft.put(op.article, ArticleEntry(article, entry.own | {op.field}))


def make_continuation(draft: Draft, op: ops.ContinuationMake) -> None:
    draft.page(op.from_page)
    draft.page(op.to_page)
    if op.from_page == op.to_page:
        raise Refused("to_page", "A jump leads to another page.", "转版须指向另一版面。")
    if op.other is not None:
        if op.other == op.article:
            raise Refused("other", "An article cannot go on in itself.", "文章不能转接自身。")
        _join(draft, op.article, op.other)
    entry = draft.article(op.article)
    pages = {part.page for part in entry.article.parts}
    if not {op.from_page, op.to_page} <= pages:
        raise Refused(
            "to_page", "The article has no part on that page.", "这篇文章在该版没有内容。"
        )
    made = Continuation(
        op.from_page, op.to_page, op.marker, op.back_marker, "verified", "made by hand"
    )
    # The jump made by hand takes the place of what the machine knew of the same one.
    kept = tuple(
        c
        for c in entry.article.continuations
        if not (c.from_page == op.from_page and c.to_page in ("", op.to_page))
    )
    old = next((c for c in entry.article.continuations if c not in kept), None)
    if old is not None:
        made = replace(
            made, marker=op.marker or old.marker, back_marker=op.back_marker or old.back_marker
        )
    draft.put(
        op.article, replace(entry, article=replace(entry.article, continuations=(*kept, made)))
    )


def accept_continuation(draft: Draft, op: ops.ContinuationAccept) -> None:
    entry, jump = _jump(draft, op.article, op.index)
    if not jump.to_page:
        raise Refused(
            "index",
            "Nobody knows yet where this jump leads: make it first.",
            "此转版去向未明，请先指定。",
        )
    jumps = list(entry.article.continuations)
    jumps[op.index] = replace(jump, status="verified", note="accepted by hand")
    draft.put(
        op.article, replace(entry, article=replace(entry.article, continuations=tuple(jumps)))
    )


def break_continuation(draft: Draft, op: ops.ContinuationBreak) -> None:
    entry, jump = _jump(draft, op.article, op.index)
    jumps = entry.article.continuations
    parts = entry.article.parts
    at = next((i for i, part in enumerate(parts) if part.page == jump.to_page), None)
    if at is None or at == 0:
        # Nothing of the article stands there: only the claim that it does goes.
        kept = (*jumps[: op.index], *jumps[op.index + 1 :])
        draft.put(op.article, replace(entry, article=replace(entry.article, continuations=kept)))
        return
    if op.new_id is None:
        raise Refused(
            "new_id", "Give an id for the part that is broken off.", "请给出断开部分的新编号。"
        )
    gone = tuple(r for part in parts[at:] for r in part.regions)
    pages = {part.page for part in parts[at:]}
    kept = tuple(c for c in jumps[: op.index] if c.to_page not in pages)
    moved = tuple(c for c in jumps[op.index + 1 :] if c.from_page in pages)
    shorter = replace(entry.article, parts=parts[:at], continuations=kept)
    draft.put(op.article, replace(entry, article=shorter))
    alone(draft, op.new_id, gone, entry.article.kind, op.article)
    new = draft.article(op.new_id)
    draft.put(op.new_id, replace(new, article=replace(new.article, continuations=moved)))


def restore_jumps(draft: Draft, op: ops.RestoreJumps) -> None:
    entry = draft.article(op.article)
    jumps = jumps_of(op.content)
    draft.put(op.article, replace(entry, article=replace(entry.article, continuations=jumps)))


def _jump(draft: Draft, article: str, index: int) -> tuple[ArticleEntry, Continuation]:
    entry = draft.article(article)
    if index >= len(entry.article.continuations):
        raise Refused("index", "The article has no such jump.", "这篇文章没有这处转版。")
    return entry, entry.article.continuations[index]


def alone(
    draft: Draft,
    new_id: str,
    regions: tuple[str, ...],
    kind: str,
    after: str | None = None,
) -> None:
    """A new article of regions that belong to none, in the list behind `after`."""
    article = Article(draft.free(new_id), cast(ArticleKind, kind), parts=parts_of(draft, regions))
    draft.put(new_id, ArticleEntry(article))
    ids = draft.article_ids
    at = ids.index(after) + 1 if after in ids else len(ids)
    draft.set_article_ids((*ids[:at], new_id, *ids[at:]))


def appended(draft: Draft, article_id: str, regions: tuple[str, ...]) -> None:
    entry = draft.article(article_id)
    parts = _gathered([*entry.article.parts, *parts_of(draft, regions)])
    draft.put(article_id, replace(entry, article=replace(entry.article, parts=parts)))


def reordered(draft: Draft, article_id: str, page: str, order: tuple[str, ...]) -> None:
    """The article's regions on a page in the page's reading order."""
    entry = draft.article(article_id)
    places = {key: i for i, key in enumerate(order)}
    parts = tuple(
        replace(part, regions=tuple(sorted(part.regions, key=lambda r: places.get(r, len(places)))))
        if part.page == page
        else part
        for part in entry.article.parts
    )
    if parts != entry.article.parts:
        draft.put(article_id, replace(entry, article=replace(entry.article, parts=parts)))


def taken_out(draft: Draft, regions: Iterable[str], keep: str = "") -> None:
    """Takes regions out of the articles they are in; an article left with none is gone, unless it
    is `keep`."""
    gone = set(regions)
    for article_id in draft.article_ids:
        entry = draft.article(article_id)
        if not any(r in gone for part in entry.article.parts for r in part.regions):
            continue
        parts = [
            replace(part, regions=tuple(r for r in part.regions if r not in gone))
            for part in entry.article.parts
        ]
        kept = tuple(part for part in parts if part.regions)
        if kept or article_id == keep:
            pages = {part.page for part in kept}
            jumps = tuple(
                c
                for c in entry.article.continuations
                if c.from_page in pages and (not c.to_page or c.to_page in pages)
            )
            article = replace(entry.article, parts=kept, continuations=jumps)
            draft.put(article_id, replace(entry, article=article))
        else:
            draft.drop(article_id)
            draft.set_article_ids(without(draft.article_ids, article_id))


def parts_of(draft: Draft, regions: Iterable[str]) -> tuple[Part, ...]:
    """Regions in a given order as parts, one a page."""
    return _gathered(Part(draft.region(key).page, (key,)) for key in regions)


def _gathered(parts: Iterable[Part]) -> tuple[Part, ...]:
    """One part a page, in the order in which pages first come."""
    pages: dict[str, tuple[str, ...]] = {}
    for part in parts:
        pages[part.page] = (*pages.get(part.page, ()), *part.regions)
    return tuple(Part(page, regions) for page, regions in pages.items())


def _all_known(draft: Draft, regions: Iterable[str]) -> None:
    for key in regions:
        draft.region(key)


def _place_of(draft: Draft, regions: tuple[str, ...]) -> str | None:
    """The article behind which the new one of these regions belongs: that of the first."""
    for article_id in draft.article_ids:
        if any(regions[0] in part.regions for part in draft.article(article_id).article.parts):
            at = draft.article_ids.index(article_id)
            whole = {r for p in draft.article(article_id).article.parts for r in p.regions}
            if whole <= set(regions):
                return draft.article_ids[at - 1] if at else None
            return article_id
    return None
