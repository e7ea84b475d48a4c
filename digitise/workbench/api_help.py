"""Help with reading: candidates, reading anew, find, glossary, suggestions, search."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import islice
from typing import Any

from starlette.routing import Route

from ..archive import find_issue
from ..archive.corrections import finding, glossary, lessons, wire
from ..archive.corrections.document import Document, LineEntry
from ..archive.corrections.journal import stamp
from ..archive.corrections.operations import WRITING_MODES
from ..archive.corrections.standing import DOUBTFUL, is_doubtful
from ..archive.search import Query
from ..errors import DataInvalid, DigitiseError
from ..model import Polygon, Rect, WritingMode, polygon_bounds
from . import offering, problems, seeking
from .calls import Call, route
from .desk import engines
from .pictures import piece
from .recognising import Read, Task
from .views import points, share

MOST_HITS = 1000
FIND_SECONDS = 20.0


def routes() -> list[Route]:
    one = "/api/issues/{issue}"
    return [
        route("GET", one + "/lines/{line}/candidates", candidates),
        route("GET", one + "/suggestions", suggestions),
        route("POST", one + "/pages/{page}/recognise", recognise, "correct"),
        route("POST", "/api/find", find),
        route("GET", "/api/glossary", terms),
        route("POST", "/api/glossary", add_term, "correct"),
        route("POST", "/api/glossary/remove", remove_term, "correct"),
        route("GET", "/api/confusions", confusions),
        route("GET", "/api/search", search),
    ]


def candidates(call: Call) -> Any:
    name = call.path["issue"]
    held = call.desk.journal.held(name)
    document = held.document
    entry = document.line(call.path["line"])
    region = document.region(entry.region) if entry else None
    if entry is None or region is None:
        raise problems.unknown(call.path["line"])
    text = entry.line.text
    known = len(entry.line.chars) == len(text)
    offers = offering.Offers(text)
    title = find_issue(call.desk.archive, name).title_id
    for a, b, times in lessons.confusions(call.desk.archive):
        for i, c in enumerate(text):
            if c == a and len(b) == 1:
                offers.add(i, b, times / (times + 3), "confusion")
    words = [t.term for t in glossary.list_terms(call.desk.archive, title)]
    for start, end, term in glossary.near_misses(text, words):
        for i in range(start, end):
            offers.add(i, term[i - start], 0.9, "glossary")
    readings: Sequence[offering.Reading] = ()
    if call.query.flag("engines"):
        box, mode = entry.line.box, region.region.writing_mode
        key = (name, held.version, region.page, box, mode)
        readings = call.desk.readings.of(key, lambda: _readings(call, entry, region.page, mode))
    for reading in readings:
        offers.reading(reading.read)
    if entry.machine:
        offers.machine(entry.machine)
    chars = []
    for i, c in enumerate(text):
        confidence = share(entry.line.chars[i].confidence) if known else share(
            entry.line.confidence)  # fmt: skip
        best = offers.best(i)
        if best or is_doubtful(c, confidence):
            told = [{"text": o.text, "score": o.score, "source": o.source} for o in best]
            chars.append({"index": i, "text": c, "confidence": confidence, "candidates": told})
    return {
        "chars": chars,
        "readings": [
            {"engine": r.engine, "text": r.read.text, "confidence": share(r.read.confidence)}
            for r in readings
        ],
    }


def _readings(call: Call, entry: LineEntry, page: str, mode: WritingMode) -> list[offering.Reading]:
    box = entry.line.box
    thick = box.width if mode == "vertical-rl" else box.height
    part = piece(_pixels(call, page), box.grow(max(2.0, 0.1 * thick)), 1.0)
    out = []
    for engine, usable in engines():
        if not usable:
            continue
        task = Task(part, engine, "chi_sim", mode, whole=True, rivals=offering.RIVALS)
        try:
            read = call.desk.recogniser.read(task)
        except DigitiseError:
            continue
        out += [offering.Reading(engine, line) for line in read]
    return out


def _pixels(call: Call, page: str) -> Any:
    issue = call.path["issue"]
    return call.desk.pictures.page(issue, call.desk.journal.held(issue).version, page)


def recognise(call: Call) -> Any:
    document, page = call.desk.journal.document(call.path["issue"]), call.path["page"]
    if document.page(page) is None:
        raise problems.unknown(page)
    try:
        outline = wire.polygon(call.body.raw("polygon"), "polygon")
    except DataInvalid as error:
        raise problems.problem_of(error) from error
    names = [name for name, _ in engines()]
    engine = call.body.choice("engine", names, names[0])
    lang = call.body.choice("lang", ("chi_sim", "chi_tra"), "chi_sim")
    mode = call.body.choice("writing_mode", WRITING_MODES, WRITING_MODES[0])
    box = polygon_bounds(outline)
    pixels = _pixels(call, page)
    if box.x0 >= pixels.shape[1] or box.y0 >= pixels.shape[0] or box.x1 <= 0 or box.y1 <= 0:
        raise problems.invalid("polygon", "lies off the page", "不在版面内")
    box = box.clip(Rect(0, 0, pixels.shape[1], pixels.shape[0]))
    part = pixels[int(box.y0) : int(box.y1) + 1, int(box.x0) : int(box.x1) + 1]
    start = time.monotonic()
    read = call.desk.recogniser.read(Task(part, engine, lang, mode))  # type: ignore[arg-type]
    return {
        "engine": engine,
        "lines": [_line(document, page, line, int(box.x0), int(box.y0)) for line in read],
        "seconds": round(time.monotonic() - start, 2),
    }


def _line(document: Document, page: str, line: Read, dx: int, dy: int) -> dict[str, Any]:
    box = Rect(*line.box).shift(dx, dy)
    outline: Polygon = box.polygon
    return {
        "text": line.text,
        "polygon": points(outline),
        "confidence": share(line.confidence),
        "chars": [
            [round(x0 + dx), round(y0 + dy), round(x1 + dx), round(y1 + dy), share(c)]
            for x0, y0, x1, y1, c in line.chars
        ],
        "replaces": _covered(document, page, box),
    }


def _covered(document: Document, page: str, box: Rect) -> str | None:
    """The line that lies where this one was read."""
    best, found = 0.5, None
    entry = document.page(page)
    for region_id in entry.regions if entry else ():
        region = document.region(region_id)
        for line_id in region.lines if region else ():
            line = document.line(line_id)
            if line is None:
                continue
            other = line.line.box
            union = box.area + other.area - box.overlap(other)
            share_of = box.overlap(other) / union if union > 0 else 0.0
            if share_of > best:
                best, found = share_of, line_id
    return found


def find(call: Call) -> Any:
    sought = finding.Sought(
        call.body.text("find", longest=200),
        call.body.flag("ignore_case"),
        call.body.flag("variants"),
    )
    limit = call.body.whole("limit", 200, 1, MOST_HITS)
    scope = call.body.object("scope")
    until = time.monotonic() + FIND_SECONDS
    if scope.has("issue"):
        issue = scope.text("issue", longest=300)
        document = call.desk.journal.document(issue)
        hits = finding.find_in(document, issue, sought, scope.text("article", "", 80))
    else:
        hits = finding.find_in_title(
            call.desk.journal, scope.text("title"), sought, lambda: time.monotonic() > until
        )
    found = list(islice(hits, MOST_HITS + 1))
    late = time.monotonic() > until
    names = ("issue", "page", "line", "region", "article", "start", "end", "text", "version",
             "writing_mode")  # fmt: skip
    return {
        "total": min(len(found), MOST_HITS),
        "more": late or len(found) > MOST_HITS,
        "hits": [{name: getattr(hit, name) for name in names} for hit in found[:limit]],
    }


def terms(call: Call) -> Any:
    found = glossary.list_terms(call.desk.archive, call.query.text("title", ""))
    return {"entries": [_term(term) for term in found]}


def _term(term: glossary.Term) -> dict[str, Any]:
    return {
        "id": term.key,
        "title": term.title,
        "term": term.term,
        "kind": term.kind,
        "note": term.note,
        "by": term.by,
        "at": stamp(term.at),
    }


def add_term(call: Call) -> Any:
    word = call.body.text("term", longest=60).strip()
    if not word:
        raise problems.invalid("term", "is empty", "为空")
    made = glossary.add_term(
        call.desk.archive, call.body.text("title", ""), word,
        call.body.choice("kind", glossary.KINDS, "other"), call.body.text("note", "", 500),
        call.user.name,
    )  # fmt: skip
    return {"entry": _term(made)}


def remove_term(call: Call) -> Any:
    glossary.remove_term(call.desk.archive, call.body.whole("id", None, 0, 2**53))
    return {}


def confusions(call: Call) -> Any:
    found = lessons.confusions(call.desk.archive, call.query.text("title", ""))
    return {"confusions": [{"read": a, "right": b, "count": n} for a, b, n in found[:2000]]}


def suggestions(call: Call) -> Any:
    """Doubtful characters that were wrong elsewhere, and near misses of names."""
    name = call.path["issue"]
    document = call.desk.journal.document(name)
    page = call.query.text("page", "", 80)
    known: dict[str, tuple[str, int]] = {}
    for a, b, times in lessons.confusions(call.desk.archive):
        if len(a) == len(b) == 1 and a not in known:
            known[a] = (b, times)
    title = find_issue(call.desk.archive, name).title_id
    words = [t.term for t in glossary.list_terms(call.desk.archive, title)]
    out = []
    for key in _lines_of(document, page):
        entry = document.line(key)
        if entry is None:
            continue
        text = entry.line.text
        for start, end, term in glossary.near_misses(text, words):
            out.append(_suggestion(key, start, end, text, term, "glossary", 0.8))
        if entry.human:
            continue
        for i, char in enumerate(entry.line.chars if len(entry.line.chars) == len(text) else ()):
            if char.confidence < DOUBTFUL and char.text in known:
                right, times = known[char.text]
                score = times / (times + 3)
                out.append(_suggestion(key, i, i + 1, text, right, "confusion", score))
    return {"suggestions": out[:500]}


def _suggestion(
    line: str, start: int, end: int, text: str, offer: str, source: str, score: float
) -> dict[str, Any]:
    return {
        "line": line,
        "start": start,
        "end": end,
        "text": text[start:end],
        "suggestion": offer,
        "source": source,
        "score": round(score, 3),
    }


def _lines_of(document: Document, page: str) -> list[str]:
    out: list[str] = []
    for machine in document.machine.pages:
        entry = document.page(machine.id) if page in ("", machine.id) else None
        for region_id in entry.order if entry else ():
            region = document.region(region_id)
            out += region.lines if region else ()
    return out


def search(call: Call) -> Any:
    query = Query(
        call.query.text("q", longest=200),
        since=call.query.date("from"),
        until=call.query.date("to"),
        title=call.query.text("title", ""),
        page=call.query.text("page", ""),
        kind=call.query.text("kind", ""),
        limit=call.query.whole("limit", 20, 1, 200),
        offset=call.query.whole("offset", 0, 0, 100_000),
    )
    return seeking.hits(call.desk, query)
