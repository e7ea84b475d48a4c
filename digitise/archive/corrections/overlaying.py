"""The layout as people left it, laid over a newer result of the same pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...model import Article, Issue, Line, Page, Part, Rect, Region
from . import glyphs
from . import operations as ops
from .adopting import adoption
from .carried import Work, fresh, lines_of
from .compose import issue_of
from .document import LineEntry, document_of, with_own_ids
from .matching import array, covered, matched, overlaps
from .outlines import round_lines


def overlaid(work: Work, new: Issue, pairs: Mapping[str, str]) -> None:
    """`pairs`: {page of the new result: page of the old one}. Lines that nobody touched take the
    new result's text; lines where nobody had any are added."""
    old = work.old
    was = issue_of(old)
    theirs = {page.id: page for page in was.pages}
    machine: dict[str, str] = {}
    human: list[str] = []
    pages: list[Page] = []
    added: list[Article] = []
    for page in new.pages:
        if page.id in pairs:
            made, extra = _page(work, new, page, theirs[pairs[page.id]], machine, human)
            pages.append(made)
            added += extra
        else:
            pages.append(page)
    there = {(p.id, r.id) for p in pages for r in p.regions}
    renamed = {b: a for a, b in pairs.items()}
    articles = [a for article in was.articles if (a := _kept(article, renamed))]
    for article in new.articles:
        parts = [p for p in article.parts if p.page not in pairs]
        if parts and all((p.page, r) in there for p in parts for r in p.regions):
            articles.append(replace(article, parts=tuple(parts)))
    issue = with_own_ids(replace(new, pages=tuple(pages), articles=(*articles, *added)))
    own = {a.article.id: sorted(a.own) for a in old.articles() if a.own}
    work.do(old.seq, ops.Adopt(adoption(issue, machine, human, own)))
    work.names |= {key: key for key in old.entities} | renamed


def _kept(article: Article, renamed: Mapping[str, str]) -> Article | None:
    """An article as people left it, on those of its pages that are still there."""
    parts = tuple(replace(p, page=renamed[p.page]) for p in article.parts if p.page in renamed)
    jumps = tuple(
        replace(c, from_page=renamed[c.from_page], to_page=renamed.get(c.to_page, ""))
        for c in article.continuations
        if c.from_page in renamed and (not c.to_page or c.to_page in renamed)
    )
    return replace(article, parts=parts, continuations=jumps) if parts else None


def _page(
    work: Work, new: Issue, page: Page, theirs: Page, machine: dict[str, str], human: list[str]
) -> tuple[Page, list[Article]]:
    """A page of the new result in the layout of `theirs`; articles of what is new on it."""
    old = work.old
    read: dict[str, Line] = {}
    instead: dict[str, str] = {}
    extra: list[Line] = []
    lines = [line for region in page.regions for line in region.lines]
    for group in matched(list(lines_of(old, theirs.id)), lines):
        if group.single:
            read[group.old[0].line.id] = group.new[0]
        elif not group.old:
            extra += group.new
        for entry in group.old:
            instead[entry.line.id] = "".join(line.text for line in group.new)
    before = {x.line.id: x for x in lines_of(document_of(old.machine), theirs.id)}
    regions = []
    for region in theirs.regions:
        kept = []
        for line in region.lines:
            now, found = old.line(line.id), read.get(line.id)
            assert now is not None
            machine[line.id] = found.text if found else now.machine
            if now.human:
                human.append(line.id)
                _compared(work, page.id, now, found, instead.get(line.id, ""))
            elif found is not None:
                line = _reread(line, found, before.get(line.id))
            kept.append(line)
        regions.append(round_lines(replace(region, lines=tuple(kept))))
    gone = [x.line.box for key, x in before.items() if old.line(key) is None]
    made, articles = _with_new(work, new, page, regions, _unknown(extra, theirs, gone), machine)
    added = tuple(r.id for r in made[len(regions) :])
    order = (*theirs.reading_order, *added)
    return replace(page, regions=tuple(made), reading_order=order), articles


def _reread(line: Line, found: Line, before: LineEntry | None) -> Line:
    """A line nobody typed in as it is read now; in the outline people gave it, if they did."""
    fresh_line = replace(found, id=line.id)
    if before is not None and before.line.polygon == line.polygon:
        return fresh_line
    return glyphs.reshaped(fresh_line, line.polygon)


def _compared(work: Work, page: str, entry: LineEntry, found: Line | None, instead: str) -> None:
    if found is None and not entry.machine:
        return  # drawn by hand where the machine never found a line
    now = found.text if found else instead
    if found is not None and now in (entry.line.text, entry.machine):
        return
    work.tell(
        "text" if now else "line-gone", page, line=entry.line.id, machine_old=entry.machine,
        machine_new=now, human=entry.line.text,
    )  # fmt: skip


def _unknown(lines: Sequence[Line], page: Page, gone: Sequence[Rect]) -> list[Line]:
    """Lines where there were none: neither now, nor before people took them away."""
    boxes = array([*(line.box for r in page.regions for line in r.lines), *gone])
    return [
        line for line in lines
        if line.text.strip() and not covered(line.box, boxes)
    ]  # fmt: skip


def _with_new(
    work: Work, new: Issue, page: Page, regions: list[Region], lines: Sequence[Line],
    machine: dict[str, str],
) -> tuple[list[Region], list[Article]]:  # fmt: skip
    """The regions with lines that only the new result has, in them or in regions of their own."""
    out, alone = list(regions), dict[str, list[Line]]()
    homes = {line.id: r for r in page.regions for line in r.lines}
    for line in lines:
        key = fresh(f"{page.id}-l", "new", line.id, str(work.old.seq))
        machine[key] = line.text
        mode = homes[line.id].writing_mode
        at = _holding(out, line.box, mode)
        work.tell("line-new", page.id, line=key, machine_new=line.text)
        if at is None:
            alone.setdefault(homes[line.id].id, []).append(replace(line, id=key))
        else:
            down = mode == "vertical-rl"
            both = [*out[at].lines, replace(line, id=key)]
            if _even(out[at], down):
                both.sort(key=lambda x: _along(x, down))
            out[at] = round_lines(replace(out[at], lines=tuple(both)))
    articles: list[Article] = []
    kinds = {r: a.kind for a in new.articles for part in a.parts for r in part.regions}
    for name, some in alone.items():
        source = page.region(name)
        key = fresh(f"{page.id}-r", "new", name, str(work.old.seq))
        made = replace(source, id=key, polygon=(), lines=tuple(some))
        out.append(round_lines(made))
        articles.append(
            Article(fresh("a", "new", name, str(work.old.seq)), kinds.get(name, "furniture"),
                    parts=(Part(page.id, (key,)),))
        )  # fmt: skip
    return out, articles


def _holding(regions: Sequence[Region], box: Rect, mode: str) -> int | None:
    """The region that holds most of a box."""
    boxes = array([r.box if r.polygon else Rect(0, 0, 0, 0) for r in regions])
    shares = overlaps(box, boxes)
    order = sorted(range(len(regions)), key=lambda k: (-shares[k], k))
    for k in order:
        if shares[k] > 0.5 * box.area and regions[k].writing_mode == mode and regions[k].lines:
            return k
    return None


def _even(region: Region, down: bool) -> bool:
    """Whether the lines come one below the other (or from right to left), in their order."""
    places = [_along(line, down) for line in region.lines]
    return places == sorted(places)


def _along(line: Line, down: bool) -> float:
    return -line.box.cx if down else line.box.cy
