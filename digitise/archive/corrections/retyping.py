"""What people typed, typed into the lines of a newer result; what has no line there, put back.

Where the new result finds the same line, it is given the text. Where it cuts the print into other
lines, those that lie on what was typed go, and the lines as people left them come in their place,
with their neighbours that lay under the same ones. Each goes to where its neighbours are now, or
to a region of its own in their article: a region never grows over the lines of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import Line, Page, Rect, bounding
from . import operations as ops
from .carried import Work, fresh, lines_of
from .document import Document, LineEntry, RegionEntry
from .matching import COVERED, alike, area, array, covered, matched, overlaps

_OTHER_PLACE = 0.5
"""Lines less alike than this do not have the same outline: that of the text is kept."""

_HEARD = 0.2
"""What the machine reads instead of a line lies on it with so much of the smaller one."""


def retyped_page(work: Work, page: Page, old_page: str) -> None:
    """All that people typed on `old_page`, on the page of the new result that shows the same."""
    lines = [line for region in page.regions for line in region.lines]
    loose: list[LineEntry] = []
    others: list[Line] = []
    back: list[LineEntry] = []
    gone: list[Line] = []
    for group in matched(list(lines_of(work.old, old_page)), lines):
        if group.single:
            _set(work, page.id, group.old[0], group.new[0])
            continue
        people = [entry for entry in group.old if entry.human]
        back += people
        loose += [entry for entry in group.old if not entry.human]
        (gone if people else others).extend(group.new)
        for entry in group.old:
            if group.new and not entry.human:
                best = max(group.new, key=lambda x: x.box.overlap(entry.line.box))
                work.names[entry.line.id] = best.id
    _close(back, loose, gone, others)
    places = {x.line.id: n for n, x in enumerate(lines_of(work.old, old_page))}
    back.sort(key=lambda x: places[x.line.id])
    for entry in back:
        work.names.pop(entry.line.id, None)
    # What comes back or goes with what was typed does so by the hand that typed last.
    cause = max((work.old.version(entry.line.id) for entry in back), default=0)
    for entry in back:
        _put_back(work, page, entry, gone, cause)
    _clear(work, gone, cause)


def _set(work: Work, page: str, entry: LineEntry, line: Line) -> None:
    work.names[entry.line.id] = line.id
    if not entry.human:
        return
    origin = work.old.version(entry.line.id)
    if alike(entry.line.box, line.box) < _OTHER_PLACE:
        work.do(origin, ops.MoveLine(line.id, entry.line.polygon))
    work.do(origin, ops.SetText(line.id, entry.line.text))
    if line.text not in (entry.line.text, entry.machine):
        work.tell("text", page, line=line.id, machine_old=entry.machine, machine_new=line.text,
                  human=entry.line.text)  # fmt: skip


def _close(
    back: list[LineEntry], loose: list[LineEntry], gone: list[Line], others: list[Line]
) -> None:
    """Moves to `gone` what lies on lines that come back, and to `back` what lay under lines that
    go, until print is read once everywhere."""
    moving = bool(back)
    while moving:
        boxes = array([entry.line.box for entry in back])
        reread = [x.line.box for x in back if covered(x.line.box, array([y.box for y in others]))]
        under = [
            line
            for line in others
            if covered(line.box, boxes) or any(_on(line.box, box) for box in reread)
        ]
        gone += under
        others[:] = [line for line in others if line not in under]
        boxes = array([line.box for line in gone])
        bare = [entry for entry in loose if covered(entry.line.box, boxes)]
        back += bare
        loose[:] = [entry for entry in loose if entry not in bare]
        moving = bool(under or bare)


def _put_back(work: Work, page: Page, entry: LineEntry, gone: Sequence[Line], cause: int) -> None:
    line, origin = entry.line, work.old.version(entry.line.id) or cause
    home = _home(work, page.id, entry, gone)
    if home is None:
        home = _new_region(work, page.id, entry, origin)
    key = fresh(f"{page.id}-l", line.id)
    read = [x.text for x in gone if _on(x.box, line.box)]
    work.do(origin, ops.RestoreLine(
        home, key, line.polygon, line.text, entry.machine, entry.human,
        min(1.0, max(0.0, line.confidence)), _before(work, entry, home),
    ))  # fmt: skip
    work.names[line.id] = key
    if entry.human:
        work.tell(
            "text" if read else "line-gone", page.id, line=key, machine_old=entry.machine,
            machine_new="".join(read), human=line.text,
        )  # fmt: skip


def _on(a: Rect, b: Rect) -> bool:
    return a.overlap(b) > _HEARD * min(a.area, b.area) > 0


def _neighbours(work: Work, entry: LineEntry) -> Iterator[str]:
    """Where the lines beside it in its old region are now, the nearest first."""
    region = work.old.region(entry.region)
    keys = region.lines if region else ()
    at = keys.index(entry.line.id)
    for step in range(1, len(keys)):
        for k in (at - step, at + step):
            if 0 <= k < len(keys) and (now := work.document.line(work.names.get(keys[k], ""))):
                yield now.region


def _home(work: Work, page: str, entry: LineEntry, gone: Sequence[Line]) -> str | None:
    was, box = work.old.region(entry.region), entry.line.box
    beside = list(_neighbours(work, entry))[:2]
    entries = [r for r in _regions(work.document, page) if r.region.polygon]
    around = sorted(
        (r for r in entries if r.region.box.overlap(box) > 0),
        key=lambda r: (-r.region.box.overlap(box), r.region.id),
    )
    for key in (*beside, *(r.region.id for r in around)):
        region = work.document.region(key)
        if region is None or region.page != page or was is None:
            continue
        same = region.region.writing_mode == was.region.writing_mode
        kind = key in beside or region.region.kind == was.region.kind
        if same and kind and not _in_the_way(work, region, box, gone):
            return key
    return None


def _regions(document: Document, page: str) -> Iterator[RegionEntry]:
    entry = document.page(page)
    for key in entry.regions if entry else ():
        region = document.region(key)
        if region is not None:
            yield region


def _in_the_way(work: Work, home: RegionEntry, box: Rect, gone: Sequence[Line]) -> bool:
    """Whether the region would grow over lines of others."""
    own = [work.document.line(key) for key in home.lines]
    bounds = bounding([home.region.box, *(x.line.box for x in own if x)])
    if bounds.contains(box):
        return False
    going = {line.id for line in gone}
    others = [
        x.line.box
        for x in lines_of(work.document, home.page)
        if x.region != home.region.id and x.line.id not in going
    ]
    boxes = array(others)
    before, after = overlaps(bounds, boxes), overlaps(bounds.union(box), boxes)
    half = COVERED * area(boxes)
    return bool(((after > half) & (before <= half)).any())


def _before(work: Work, entry: LineEntry, home: str) -> str | None:
    """The line of the region in front of which it belongs: by its old neighbours, else by its
    place."""
    was, now = work.old.region(entry.region), work.document.region(home)
    assert was is not None
    assert now is not None
    at = was.lines.index(entry.line.id)
    for key in was.lines[at + 1 :]:
        name = work.names.get(key, "")
        if name in now.lines:
            return name
    for key in reversed(was.lines[:at]):
        name = work.names.get(key, "")
        if name in now.lines:
            behind = now.lines.index(name) + 1
            return now.lines[behind] if behind < len(now.lines) else None
    return placed(work.document, now, entry.line.box)


def placed(document: Document, region: RegionEntry, box: Rect) -> str | None:
    """The line of a region in front of which something at `box` is read."""
    down = region.region.writing_mode == "vertical-rl"
    place = -box.cx if down else box.cy
    for key in region.lines:
        line = document.line(key)
        if line is not None and (-line.line.box.cx if down else line.line.box.cy) > place:
            return key
    return None


def _new_region(work: Work, page: str, entry: LineEntry, origin: int) -> str:
    was = work.old.region(entry.region)
    assert was is not None
    key = fresh(f"{page}-r", was.region.id, entry.line.id)
    article, before = _beside(work, page, was.region.id)
    made = ops.AddRegion(
        page, key, was.region.kind, was.region.writing_mode, entry.line.box.polygon,
        article=article, new_article=None if article else fresh("a", entry.line.id), before=before,
    )  # fmt: skip
    work.do(origin, made)
    return key


def _beside(work: Work, page: str, region: str) -> tuple[str | None, str | None]:
    """(the article that holds most of what the region's old article has on the page, the first
    region of it that is read behind the old one)."""
    article = next(
        (a.article for a in work.old.articles()
         if any(region in part.regions for part in a.article.parts)), None,
    )  # fmt: skip
    if article is None:
        return None, None
    homes, votes, behind = work.document.article_of(), dict[str, int](), dict[str, str]()
    met = False
    for part in article.parts:
        for key in part.regions:
            met = met or key == region
            old = work.old.region(key)
            for name in old.lines if old else ():
                now = work.document.line(work.names.get(name, ""))
                if now is None:
                    continue
                there = work.document.region(now.region)
                if there is None or there.page != page:
                    continue
                home = homes.get(now.region, "")
                votes[home] = votes.get(home, 0) + len(now.line.text)
                if met and key != region:
                    behind.setdefault(home, now.region)
    votes.pop("", None)
    best = max(sorted(votes), key=lambda k: votes[k], default=None)
    return best, behind.get(best or "")


def _clear(work: Work, gone: Sequence[Line], origin: int) -> None:
    """Takes away lines, and regions that held nothing else."""
    homes = dict.fromkeys(
        entry.region for line in gone if (entry := work.document.line(line.id)) is not None
    )
    for line in gone:
        work.do(origin, ops.DeleteLine(line.id))
    for key in homes:
        region = work.document.region(key)
        if region is not None and not region.lines:
            work.do(origin, ops.DeleteRegion(key))
