"""Articles that people worked on, found again in a newer result: heads, kinds, what they are made
of, jumps.

An old article and a new one are the same when each holds more of the other's print than any other
article does. Where people only set a head, that is all: what the article is made of is the new
result's. Where there is no such article, or where people had put the article together themselves,
it is assembled from the regions in which its print lies now, cut where they hold others' as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ...model import Article, Continuation
from . import operations as ops
from .adopting import jumps
from .carried import Work, fresh, lines_of
from .compose import article_of
from .document import ArticleEntry, RegionEntry, document_of
from .matching import array, overlaps

_OWNED = 0.3
"""A line is an article's when lines of it lie on so much of it."""

_DIVIDED = 0.5
"""Articles that share less of their joint print than this are divided differently."""

_FIELDS: tuple[ops.ArticleField, ...] = ("kicker", "headline", "subheadline", "byline")


@dataclass(frozen=True, slots=True)
class _Ground:
    """Print of the new result, by the old article it belonged to. `owner`: {line: old article};
    `shared`: {region: {old article: area}}; `pictures`: {region without lines: old article};
    `size`: {old article: area of its lines}."""

    owner: Mapping[str, str]
    shared: Mapping[str, Mapping[str, float]]
    pictures: Mapping[str, str]
    size: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Edits:
    """What people did to an article."""

    own: frozenset[str]
    kind: bool
    parts: bool
    jumps: bool

    def __bool__(self) -> bool:
        return bool(self.own or self.kind or self.parts or self.jumps)


def rehoused(work: Work, pairs: Mapping[str, str]) -> None:
    """`pairs`: {page of the new result: page of the old one}."""
    ground = _ground(work, pairs)
    machine = {a.article.id: a.article for a in document_of(work.old.machine).articles()}
    edits = {a.article.id: _edits(a, machine.get(a.article.id)) for a in work.old.articles()}
    taken: set[str] = set()
    # Those put together by hand first: they take regions from others.
    order = sorted(work.old.articles(), key=lambda a: not edits[a.article.id].parts)
    for entry in order:
        key, done = entry.article.id, edits[entry.article.id]
        home = "" if done.parts else _same(work, ground, key, taken)
        if home or not done:
            work.names.setdefault(key, home or _best(work, ground, key))
        if not done:
            continue
        origin = work.old.version(key)
        if not home:
            home = _assembled(work, ground, entry, pairs, origin)
        if not home:
            page = entry.article.parts[0].page if entry.article.parts else ""
            work.tell("structure", page, human=_label(work, entry))
            continue
        taken.add(home)
        work.names[key] = home
        _divided(work, ground, entry, home)
        _dressed(work, entry, done, home, machine.get(key), pairs, origin)


def _edits(entry: ArticleEntry, machine: Article | None) -> _Edits:
    if machine is None:
        return _Edits(entry.own, True, True, True)
    now = entry.article
    return _Edits(
        entry.own, now.kind != machine.kind, now.parts != machine.parts,
        now.continuations != machine.continuations,
    )  # fmt: skip


def _ground(work: Work, pairs: Mapping[str, str]) -> _Ground:
    homes = work.old.article_of()
    owner: dict[str, str] = {}
    shared: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    pictures: dict[str, str] = {}
    size: dict[str, float] = defaultdict(float)
    for new_page, old_page in pairs.items():
        old = list(lines_of(work.old, old_page))
        boxes = array([x.line.box for x in old])
        for entry in old:
            size[homes.get(entry.region, "")] += entry.line.box.area
        for entry in lines_of(work.document, new_page):
            votes: dict[str, float] = defaultdict(float)
            common = overlaps(entry.line.box, boxes)
            for at in np.flatnonzero(common).tolist():
                if home := homes.get(old[at].region):
                    votes[home] += float(common[at])
            for key, shares in votes.items():
                shared[entry.region][key] += shares
            best = max(sorted(votes), key=lambda k: votes[k], default="")
            if best and votes[best] >= _OWNED * entry.line.box.area:
                owner[entry.line.id] = best
        pictures |= _pictures(work, new_page, old_page, homes)
    return _Ground(owner, shared, pictures, size)


def _pictures(work: Work, page: str, old_page: str, homes: Mapping[str, str]) -> dict[str, str]:
    out: dict[str, str] = {}
    before, after = work.old.page(old_page), work.document.page(page)
    for key in after.regions if after else ():
        region = work.document.region(key)
        if region is None or region.lines or not region.region.polygon:
            continue
        box = region.region.box
        best, most = "", 0.0
        for name in before.regions if before else ():
            old = work.old.region(name)
            if old is None or old.lines or not old.region.polygon:
                continue
            common = old.region.box.overlap(box)
            if common > max(most, 0.5 * min(box.area, old.region.box.area)):
                best, most = homes.get(name, ""), common
        if best:
            out[key] = best
    return out


def _shares(work: Work, ground: _Ground, home: str) -> dict[str, float]:
    """{old article: area} of the print of an article of the new result."""
    out: dict[str, float] = defaultdict(float)
    entry = work.document.article(home)
    for part in entry.article.parts if entry else ():
        for region in part.regions:
            for key, shares in ground.shared.get(region, {}).items():
                out[key] += shares
    return out


def _best(work: Work, ground: _Ground, key: str) -> str:
    """The article that holds most of an old one's print; empty when none does."""
    votes = {home: _shares(work, ground, home).get(key, 0.0) for home in work.document.article_ids}
    best = max(votes, key=lambda k: votes[k], default="")
    return best if votes.get(best, 0.0) > 0 else ""


def _same(work: Work, ground: _Ground, key: str, taken: set[str]) -> str:
    home = _best(work, ground, key)
    if not home or home in taken:
        return ""
    votes = _shares(work, ground, home)
    return home if max(sorted(votes), key=lambda k: votes[k]) == key else ""


def _assembled(
    work: Work, ground: _Ground, entry: ArticleEntry, pairs: Mapping[str, str], origin: int
) -> str:
    """The article of the regions in which its print lies, or with those it had put back where the
    new result has nothing; its id, empty when its pages are gone."""
    key = entry.article.id
    regions = [
        region
        for page in pairs
        for region in _regions_of(work, ground, key, page, origin)
    ]  # fmt: skip
    if not regions:
        return _put_back(work, entry, pairs, origin)
    for there in work.document.articles():
        if {r for part in there.article.parts for r in part.regions} == set(regions):
            return there.article.id
    places = {
        region: (_page_rank(entry, pairs, page.page), page_order.index(region))
        for region in regions
        if (page := work.document.region(region)) is not None
        and (leaf := work.document.page(page.page)) is not None
        and (page_order := leaf.order) is not None
    }
    regions.sort(key=lambda r: places[r])
    made = fresh("a", key, str(origin))
    work.do(origin, ops.ArticleAssemble(made, entry.article.kind, tuple(regions)))
    return made


def _page_rank(entry: ArticleEntry, pairs: Mapping[str, str], page: str) -> int:
    pages = [part.page for part in entry.article.parts]
    old = pairs.get(page, "")
    return pages.index(old) if old in pages else len(pages)


def _regions_of(work: Work, ground: _Ground, key: str, page: str, origin: int) -> list[str]:
    out: list[str] = []
    leaf = work.document.page(page)
    for name in leaf.order if leaf else ():
        if ground.pictures.get(name) == key:
            out.append(name)
            continue
        region = work.document.region(name)
        if region is None or not region.lines:
            continue
        owners = _owners(ground, region)
        own = tuple(line for line in region.lines if owners[line] == key)
        if len(own) == len(region.lines):
            out.append(name)
        elif own:
            made = fresh(f"{page}-r", name, key)
            work.do(origin, ops.SplitRegion(name, made, own))
            out.append(made)
    return out


def _owners(ground: _Ground, region: RegionEntry) -> dict[str, str]:
    """{line: old article}; lines that nobody had before go with the one in front of them."""
    known = [ground.owner.get(line, "") for line in region.lines]
    last = next((owner for owner in known if owner), "")
    out: dict[str, str] = {}
    for line, owner in zip(region.lines, known, strict=True):
        last = owner or last
        out[line] = last
    return out


def _put_back(work: Work, entry: ArticleEntry, pairs: Mapping[str, str], origin: int) -> str:
    """The article with its old regions and lines; empty when none of its pages is there."""
    now = {old: new for new, old in pairs.items()}
    made = fresh("a", entry.article.id, str(origin))
    there = False
    for part in entry.article.parts:
        page = now.get(part.page)
        for name in part.regions if page else ():
            old = work.old.region(name)
            if old is None or page is None:
                continue
            key = fresh(f"{page}-r", name)
            work.do(origin, ops.AddRegion(
                page, key, old.region.kind, old.region.writing_mode, old.region.polygon,
                article=made if there else None, new_article=None if there else made,
            ))  # fmt: skip
            there = True
            work.names[name] = key
            for line in old.lines:
                was = work.old.line(line)
                if was is None:
                    continue
                fresh_line = fresh(f"{page}-l", line)
                work.do(origin, ops.RestoreLine(
                    key, fresh_line, was.line.polygon, was.line.text, was.machine, was.human,
                    min(1.0, max(0.0, was.line.confidence)),
                ))  # fmt: skip
                work.names[line] = fresh_line
    if there:
        work.do(origin, ops.ArticleSet(made, "kind", entry.article.kind))
    return made if there else ""


def _divided(work: Work, ground: _Ground, entry: ArticleEntry, home: str) -> None:
    """Tells of an article that the machine now divides otherwise."""
    key = entry.article.id
    fresh_ones = document_of(work.document.machine)
    best, most, whole = "", 0.0, 0.0
    for there in fresh_ones.articles():
        regions = [r for part in there.article.parts for r in part.regions]
        shares = sum(ground.shared.get(r, {}).get(key, 0.0) for r in regions)
        if shares > most:
            lines = [fresh_ones.line(x) for r in regions for x in _lines(fresh_ones.region(r))]
            best, most = there.article.id, shares
            whole = sum(x.line.box.area for x in lines if x)
    joint = ground.size.get(key, 0.0) + whole - most
    if joint > 0 and most < _DIVIDED * joint:
        now = work.document.article(home)
        page = now.article.parts[0].page if now and now.article.parts else ""
        machine = article_of(fresh_ones, best) if best else None
        work.tell(
            "structure", page, human=_label(work, entry),
            machine_new=_words(machine) if machine else "",
        )  # fmt: skip


def _lines(region: RegionEntry | None) -> tuple[str, ...]:
    return region.lines if region else ()


def _dressed(
    work: Work, entry: ArticleEntry, done: _Edits, home: str, machine: Article | None,
    pairs: Mapping[str, str], origin: int,
) -> None:  # fmt: skip
    """Heads, kind and jumps set by hand, on the article that is the same now."""
    read = article_of(work.document, home)
    page = read.parts[0].page if read.parts else ""
    for field in _FIELDS:
        if field not in done.own:
            continue
        value, now = str(getattr(entry.article, field)), str(getattr(read, field))
        was = str(getattr(machine, field)) if machine else ""
        work.do(origin, ops.ArticleSet(home, field, value))
        if now not in (value, was):
            work.tell("head", page, machine_old=was, machine_new=now, human=value)
    if (done.kind or done.parts) and read.kind != entry.article.kind:
        work.do(origin, ops.ArticleSet(home, "kind", entry.article.kind))
    if done.jumps or done.parts:
        kept = _jumps(entry.article.continuations, pairs, {part.page for part in read.parts})
        if kept != read.continuations:
            work.do(origin, ops.RestoreJumps(home, jumps(kept)))


def _jumps(
    continuations: tuple[Continuation, ...], pairs: Mapping[str, str], pages: set[str]
) -> tuple[Continuation, ...]:
    now = {old: new for new, old in pairs.items()}
    out = []
    for jump in continuations:
        start, end = now.get(jump.from_page, ""), now.get(jump.to_page, "")
        if start in pages and (not jump.to_page or end in pages):
            out.append(replace(jump, from_page=start, to_page=end))
    return tuple(out)


def _label(work: Work, entry: ArticleEntry) -> str:
    return _words(article_of(work.old, entry.article.id))


def _words(article: Article) -> str:
    return article.headline or article.kicker or (article.paragraphs or ("",))[0][:60]
