"""Corrections carried over to a newer machine result of the same pictures. Pure.

Pages are paired by their picture, lines and articles by where they lie. Where people changed texts
and articles, the new result keeps its own lines and regions: what was typed is typed into them
(retyping.py), articles people worked on are found again (rehousing.py). Where they changed lines
or regions, their layout is laid over the new result and takes from it the text of the lines that
nobody touched (overlaying.py). Nothing a person made is dropped; where machine and person now
disagree is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...model import Issue, Page
from . import operations as ops
from .apply import replayed
from .carried import Carried, Disagreement, Work, typed
from .document import (
    ArticleEntry,
    ArticlesEntry,
    Document,
    LineEntry,
    MastheadEntry,
    Note,
    knows,
    with_own_ids,
)
from .operations import ISSUE, MASTHEAD, MASTHEAD_FIELDS
from .overlaying import overlaid
from .rehousing import rehoused
from .retyping import retyped_page

__all__ = ["Carried", "Disagreement", "carried_over", "reshaped"]


def carried_over(old: Document, new: Issue, pairs: Mapping[str, str]) -> Carried:
    """`pairs`: {page of the new result: page of the old one} of pages with the same picture."""
    new = with_own_ids(new)
    work = Work(old, new)
    if reshaped(old):
        overlaid(work, new, pairs)
    else:
        for page in new.pages:
            if page.id in pairs:
                work.names[pairs[page.id]] = page.id
                retyped_page(work, page, pairs[page.id])
                _regions_named(work, pairs[page.id], page)
        rehoused(work, pairs)
    for page in old.machine.pages:
        if page.id not in pairs.values() and (text := typed(old, page.id)):
            work.tell("structure", "", human=text)
    _masthead(work, new)
    _notes(work, pairs)
    return Carried(tuple(work.operations), tuple(work.disagreements))


def reshaped(document: Document) -> bool:
    """Whether people changed lines, regions or the order they are read in, since what they had
    typed was carried over to this result; or before that, so that their layout came with it."""
    before = [entry for _, entry in sorted(document.log.items()) if entry.origin]
    if any(isinstance(entry.operation, ops.Adopt) for entry in before):
        return True
    machine = replayed(document.machine, before)
    for key in document.versions:
        now, then = document.entities.get(key), machine.entities.get(key)
        if isinstance(now, LineEntry) and isinstance(then, LineEntry):
            if now.line.polygon != then.line.polygon or now.region != then.region:
                return True
        elif (
            not isinstance(now or then, Note | MastheadEntry | ArticleEntry | ArticlesEntry)
            and now != then
        ):
            return True
    return False


def _regions_named(work: Work, old_page: str, page: Page) -> None:
    entry = work.old.page(old_page)
    for key in entry.regions if entry else ():
        region = work.old.region(key)
        if region is None or not region.region.polygon:
            continue
        box = region.region.box
        best = max(page.regions, key=lambda r: r.box.overlap(box) if r.polygon else 0, default=None)
        if best is not None and best.polygon and best.box.overlap(box) > 0:
            work.names.setdefault(key, best.id)


def _masthead(work: Work, new: Issue) -> None:
    old = work.old
    for name in MASTHEAD_FIELDS:
        value, was = getattr(old.masthead, name), getattr(old.machine.masthead, name)
        now = getattr(new.masthead, name)
        if value in (was, now):
            continue
        work.do(old.version(MASTHEAD), ops.MastheadSet(name, value))
        if now != was:
            page = new.pages[0].id if new.pages else ""
            work.tell("head", page, machine_old=was, machine_new=now, human=value)


def _notes(work: Work, pairs: Mapping[str, str]) -> None:
    """What was said of things, of what they are now; of what is gone, of where it was."""
    old = work.old
    now = {was: page for page, was in pairs.items()}
    for key, entity in old.entities.items():
        if not isinstance(entity, Note):
            continue
        was = key.removeprefix("note:")
        target = was if was in (ISSUE, MASTHEAD) else work.names.get(was, "")
        gone = not target or not knows(work.document, target)
        if gone:
            target = _around(work, was, now)
        for remark in entity.remarks:
            work.do(remark.seq, ops.Comment(target, remark.text))
        seq = old.version(key)
        if entity.flag and not work.document.note(target).flag:
            work.do(seq, ops.Flag(target, entity.flag))
        if entity.status != "open" and not gone:
            work.do(seq, ops.SetStatus(target, entity.status))  # type: ignore[arg-type]


def _around(work: Work, key: str, now: Mapping[str, str]) -> str:
    """What held a thing that is gone: its region, its page, else the issue."""
    old = work.old
    line, article = old.line(key), old.article(key)
    region = old.region(line.region if line else key)
    page = region.page if region else ""
    if article is not None and article.article.parts:
        page = article.article.parts[0].page
    places = (work.names.get(line.region, "") if line else "", now.get(page, ""))
    return next((p for p in places if p and knows(work.document, p)), ISSUE)
