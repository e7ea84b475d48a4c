"""Corrections carried over to a newer machine result of the same pictures. Pure.

Pages are paired by their picture, lines by where they lie. Where people changed text only, the new
result keeps its own layout and their texts are typed into it. Where they changed the layout or the
articles, their layout is laid over the new result and takes from it the text of the lines that
nobody touched. Nothing a person made is dropped; where machine and person now disagree is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ...model import Issue, Line, Page, Rect, Region
from . import operations as ops
from .adopting import adoption
from .compose import issue_of
from .document import (
    ArticleEntry,
    Document,
    LineEntry,
    MastheadEntry,
    Note,
    document_of,
    with_own_ids,
)
from .operations import ISSUE, MASTHEAD, MASTHEAD_FIELDS

_SHARED = 0.4
"""Two lines are one when they share so much of the smaller one's area."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`line` and `page` as they are now. text: machine and person read it differently;
    line-gone: the machine finds no line there now; structure: a page that is gone."""

    line: str
    page: str
    kind: Literal["text", "line-gone", "structure"]
    machine_old: str = ""
    machine_new: str = ""
    human: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """Operations over the new result, each with the number of the one it repeats."""

    operations: tuple[tuple[int, ops.Operation], ...]
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Lines of a page that lie on one another: `old` as people left them, `new`."""

    old: tuple[LineEntry, ...]
    new: tuple[Line, ...]


def carried_over(old: Document, new: Issue, pairs: Mapping[str, str]) -> Carried:
    """`pairs`: {page of the new result: page of the old one} of pages with the same picture."""
    new = with_own_ids(new)
    if reshaped(old):
        operations, disagreements, names = _with_layout(old, new, pairs)
    else:
        operations, disagreements, names = _texts_only(old, new, pairs)
    lost = [
        Disagreement("", page.id, "structure", human=_typed(old, page.id))
        for page in old.machine.pages
        if page.id not in pairs.values() and _typed(old, page.id)
    ]
    operations += _masthead(old, new)
    operations += _notes(old, names)
    return Carried(tuple(operations), (*disagreements, *lost))


def reshaped(document: Document) -> bool:
    """Whether people changed more than texts: lines, regions, order, what articles are made of."""
    machine = document_of(document.machine)
    for key in document.versions:
        now, then = document.entities.get(key), machine.entities.get(key)
        if isinstance(now, LineEntry) and isinstance(then, LineEntry):
            if now.line.polygon != then.line.polygon or now.region != then.region:
                return True
        elif isinstance(now, ArticleEntry) and isinstance(then, ArticleEntry):
            if (now.article.parts, now.article.kind, now.article.continuations) != (
                then.article.parts,
                then.article.kind,
                then.article.continuations,
            ):
                return True
        elif not isinstance(now or then, Note | MastheadEntry) and now != then:
            return True
    return False


def _typed(document: Document, page: str) -> str:
    lines = [x.line.text for x in _lines_of(document, page) if x.human]
    return "\n".join(lines)


def _lines_of(document: Document, page: str) -> Iterator[LineEntry]:
    entry = document.page(page)
    for region_id in entry.regions if entry else ():
        region = document.region(region_id)
        for line_id in region.lines if region else ():
            line = document.line(line_id)
            if line is not None:
                yield line


def _matched(old: Sequence[LineEntry], new: Sequence[Line]) -> list[_Found]:
    """Groups of lines that lie on one another, in the order of the old lines."""
    groups = list(range(len(old) + len(new)))

    def root(i: int) -> int:
        while groups[i] != i:
            groups[i] = groups[groups[i]]
            i = groups[i]
        return i

    boxes = [line.box for line in new]
    for i, entry in enumerate(old):
        box = entry.line.box
        for k, other in enumerate(boxes):
            if _same_place(box, other):
                groups[root(len(old) + k)] = root(i)
    members: dict[int, tuple[list[LineEntry], list[Line]]] = {}
    for i, entry in enumerate(old):
        members.setdefault(root(i), ([], []))[0].append(entry)
    for k, line in enumerate(new):
        members.setdefault(root(len(old) + k), ([], []))[1].append(line)
    return [_Found(tuple(a), tuple(b)) for a, b in members.values()]


def _same_place(a: Rect, b: Rect) -> bool:
    smaller = min(a.area, b.area)
    return smaller > 0 and a.overlap(b) >= _SHARED * smaller


_Work = tuple[list[tuple[int, ops.Operation]], list[Disagreement], dict[str, str]]


def _texts_only(old: Document, new: Issue, pairs: Mapping[str, str]) -> _Work:
    operations: list[tuple[int, ops.Operation]] = []
    disagreements: list[Disagreement] = []
    names: dict[str, str] = {}
    for page in new.pages:
        if page.id not in pairs:
            continue
        names[pairs[page.id]] = page.id
        lines = [line for region in page.regions for line in region.lines]
        for group in _matched(list(_lines_of(old, pairs[page.id])), lines):
            for before, after in zip(group.old, group.new, strict=False):
                names.setdefault(before.line.id, after.id)
            if not any(entry.human for entry in group.old):
                continue
            if len(group.old) == len(group.new) == 1:
                entry, line = group.old[0], group.new[0]
                operations.append((_origin(old, entry), ops.SetText(line.id, entry.line.text)))
                disagreements += _compared(entry, line, line.id, page.id)
            else:
                operations += _replaced(old, page, group, names)
                disagreements += _gone(group, names, page.id)
        names |= _regions_named(old, pairs[page.id], page)
    operations += _own_fields(old, new, names)
    return operations, disagreements, names


def _origin(old: Document, entry: LineEntry) -> int:
    return old.version(entry.line.id)


def _compared(entry: LineEntry, line: Line, key: str, page: str) -> list[Disagreement]:
    if line.text in (entry.line.text, entry.machine):
        return []
    return [Disagreement(key, page, "text", entry.machine, line.text, entry.line.text)]


def _gone(group: _Found, names: Mapping[str, str], page: str) -> list[Disagreement]:
    read = "\n".join(line.text for line in group.new)
    return [
        Disagreement(
            names[e.line.id], page, "text" if group.new else "line-gone", e.machine, read,
            e.line.text,
        )
        for e in group.old
        if e.human
    ]  # fmt: skip


def _replaced(
    old: Document, page: Page, group: _Found, names: dict[str, str]
) -> list[tuple[int, ops.Operation]]:
    """The lines as people left them in place of what the machine found there now."""
    out: list[tuple[int, ops.Operation]] = []
    box = group.old[0].line.box
    region = _region_for(page, group.new, box)
    if region is None:
        region_id = _fresh(f"{page.id}-r", group.old[0].line.id)
        kind = old.region(group.old[0].region)
        made = ops.AddRegion(
            page.id, region_id, kind.region.kind if kind else "other",
            kind.region.writing_mode if kind else "horizontal-tb", box.polygon,
            new_article=_fresh("a", group.old[0].line.id),
        )  # fmt: skip
        out.append((_origin(old, group.old[0]), made))
    else:
        region_id = region.id
    before = next((line.id for line in group.new if region and line in region.lines), None)
    for entry in group.old:
        new_id = _fresh(f"{page.id}-l", entry.line.id)
        names[entry.line.id] = new_id
        made_line = ops.AddLine(region_id, new_id, entry.line.polygon, entry.line.text, before)
        out.append((_origin(old, entry), made_line))
    out += [(_origin(old, group.old[0]), ops.DeleteLine(line.id)) for line in group.new]
    return out


def _region_for(page: Page, lines: Sequence[Line], box: Rect) -> Region | None:
    for region in page.regions:
        if any(line in region.lines for line in lines):
            return region
    inside = [(r.box.overlap(box), -i, r) for i, r in enumerate(page.regions) if r.polygon]
    best = max(inside, key=lambda x: x[:2], default=None)
    return best[2] if best is not None and best[0] > 0 else None


def _fresh(prefix: str, key: str) -> str:
    """A new id that is the same for the same old one."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big")
    letters = "0123456789abcdefghijklmnopqrstuvwxyz"
    out = ""
    for _ in range(8):
        number, k = divmod(number, 36)
        out += letters[k]
    return prefix + out


def _regions_named(old: Document, old_page: str, page: Page) -> dict[str, str]:
    entry = old.page(old_page)
    out = {}
    for key in entry.regions if entry else ():
        region = old.region(key)
        if region is None or not region.region.polygon:
            continue
        box = region.region.box
        best = max(page.regions, key=lambda r: r.box.overlap(box) if r.polygon else 0, default=None)
        if best is not None and best.box.overlap(box) > 0:
            out[key] = best.id
    return out


def _own_fields(
    old: Document, new: Issue, names: dict[str, str]
) -> list[tuple[int, ops.Operation]]:
    """Heads set by hand, on the articles that hold the same regions now."""
    homes = {r: a.id for a in new.articles for part in a.parts for r in part.regions}
    out: list[tuple[int, ops.Operation]] = []
    for entry in old.articles():
        votes: dict[str, int] = {}
        for part in entry.article.parts:
            for region in part.regions:
                home = homes.get(names.get(region, ""), "")
                votes[home] = votes.get(home, 0) + (1 if home else 0)
        best = max(sorted(votes), key=lambda k: votes[k], default="")
        if not best:
            continue
        names[entry.article.id] = best
        for field in ops.ARTICLE_FIELDS:
            if field in entry.own and field != "kind":
                value = str(getattr(entry.article, field))
                seq = old.version(entry.article.id)
                out.append((seq, ops.ArticleSet(best, field, value)))  # type: ignore[arg-type]
    return out


def _with_layout(old: Document, new: Issue, pairs: Mapping[str, str]) -> _Work:
    """The layout as people left it, laid over the new result."""
    was = issue_of(old)
    pages: list[Page] = []
    disagreements: list[Disagreement] = []
    machine: dict[str, str] = {}
    human: list[str] = []
    renamed = {b: a for a, b in pairs.items()}
    for page in new.pages:
        if page.id not in pairs:
            pages.append(page)
            continue
        theirs = next(p for p in was.pages if p.id == pairs[page.id])
        lines = [line for region in page.regions for line in region.lines]
        read: dict[str, Line] = {}
        for group in _matched(list(_lines_of(old, theirs.id)), lines):
            if len(group.old) == len(group.new) == 1:
                read[group.old[0].line.id] = group.new[0]
        regions = []
        for region in theirs.regions:
            kept = []
            for line in region.lines:
                entry, fresh = old.line(line.id), read.get(line.id)
                assert entry is not None
                machine[line.id] = fresh.text if fresh else entry.machine
                if entry.human:
                    human.append(line.id)
                    if fresh is not None:
                        disagreements += _compared(entry, fresh, line.id, page.id)
                    elif entry.machine:
                        disagreements.append(
                            Disagreement(
                                line.id, page.id, "line-gone", entry.machine, "", entry.line.text
                            )
                        )
                elif fresh is not None:
                    line = replace(fresh, id=line.id)
                kept.append(line)
            regions.append(replace(region, lines=tuple(kept)))
        pages.append(replace(page, regions=tuple(regions), reading_order=theirs.reading_order))
    there = {(p.id, r.id) for p in pages for r in p.regions}
    articles = []
    for article in was.articles:
        parts = [replace(p, page=renamed[p.page]) for p in article.parts if p.page in renamed]
        jumps = tuple(
            replace(c, from_page=renamed[c.from_page], to_page=renamed.get(c.to_page, c.to_page))
            for c in article.continuations
            if c.from_page in renamed
        )
        if parts:
            articles.append(replace(article, parts=tuple(parts), continuations=jumps))
    for article in new.articles:
        parts = [p for p in article.parts if p.page not in pairs]
        if parts and all((p.page, r) in there for p in parts for r in p.regions):
            articles.append(replace(article, parts=tuple(parts)))
    issue = with_own_ids(replace(new, pages=tuple(pages), articles=tuple(articles)))
    own = {a.article.id: sorted(a.own) for a in old.articles() if a.own}
    text = adoption(issue, machine, human, own)
    names = {key: key for key in old.entities} | renamed
    return [(old.seq, ops.Adopt(text))], disagreements, names


def _masthead(old: Document, new: Issue) -> list[tuple[int, ops.Operation]]:
    out: list[tuple[int, ops.Operation]] = []
    for name in MASTHEAD_FIELDS:
        value = getattr(old.masthead, name)
        if value != getattr(old.machine.masthead, name) and value != getattr(new.masthead, name):
            out.append((old.version(MASTHEAD), ops.MastheadSet(name, value)))
    return out


def _notes(old: Document, names: Mapping[str, str]) -> list[tuple[int, ops.Operation]]:
    out: list[tuple[int, ops.Operation]] = []
    for key, entity in old.entities.items():
        if not isinstance(entity, Note):
            continue
        was = key.removeprefix("note:")
        target = was if was in (ISSUE, MASTHEAD) else names.get(was, ISSUE)
        for remark in entity.remarks:
            out.append((remark.seq, ops.Comment(target, remark.text)))
        if target == ISSUE and was != ISSUE:
            continue  # a flag or status says nothing away from what it was put on
        seq = old.version(key)
        if entity.flag:
            out.append((seq, ops.Flag(target, entity.flag)))
        if entity.status != "open":
            out.append((seq, ops.SetStatus(target, entity.status)))  # type: ignore[arg-type]
    return out
