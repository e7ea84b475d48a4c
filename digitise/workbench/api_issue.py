"""Issues, pages, articles; operations on them; their history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.routing import Route

from ..archive import find_issue
from ..archive.corrections import history as histories
from ..archive.corrections import operations as ops
from ..archive.corrections import people, rebasing, wire
from ..archive.corrections.document import Document, RegionEntry
from ..archive.corrections.journal import Held, Result, Submission
from ..archive.corrections.operations import ISSUE
from ..archive.corrections.standing import measure, status_of
from ..errors import DataInvalid
from . import problems
from .api_queue import claim_view
from .calls import Call, route
from .problems import Problem
from .views import (
    article_view,
    changed_view,
    line_view,
    masthead_view,
    page_view,
    region_view,
    share,
)

MOST = 200


def routes() -> list[Route]:
    one = "/api/issues/{issue}"
    return [
        route("GET", one, issue),
        route("GET", one + "/pages/{page}", page),
        route("GET", one + "/articles/{article}", article),
        route("GET", one + "/changes", changes),
        route("GET", one + "/history", history),
        route("GET", one + "/comments", comments),
        route("POST", one + "/operations", operations, "correct"),
        route("GET", one + "/disagreements", disagreements),
        route("POST", one + "/disagreements/resolve", resolve, "correct"),
    ]


def held_of(call: Call) -> Held:
    return call.desk.journal.held(call.path["issue"])


def issue(call: Call) -> Any:
    name = call.path["issue"]
    held = held_of(call)
    document = held.document
    entry = find_issue(call.desk.archive, name)
    machine = document.machine
    return {
        "id": name,
        "title": document.masthead.title or entry.title,
        "date": document.masthead.date or entry.date,
        "seq": document.seq,
        "status": status_of(document, ISSUE),
        "complete": machine.complete,
        "warnings": list(machine.warnings),
        "machine": {"version": held.version},
        "masthead": masthead_view(document),
        "pages": [_page_brief(call, held, p.id) for p in machine.pages],
        "articles": [_article_brief(document, a.article.id) for a in document.articles()],
        "claims": [
            claim_view(c, call.user.name) for c in people.list_claims(call.desk.archive, name)
        ],
        "disagreements": rebasing.count_disagreements(call.desk.archive, name),
        "flag": document.note(ISSUE).flag,
        "comments": len(document.note(ISSUE).remarks),
    }


def _page_brief(call: Call, held: Held, key: str) -> dict[str, Any]:
    document = held.document
    machine = next(p for p in document.machine.pages if p.id == key)
    entry = document.page(key)
    assert entry is not None
    lines = []
    for region_id in entry.regions:
        region = document.region(region_id)
        for line_id in region.lines if region else ():
            line = document.line(line_id)
            if line is not None:
                lines.append(line.line)
    found = measure(lines)
    return {
        "id": key,
        "number": machine.number,
        "label": machine.label,
        "name": machine.name,
        "width": machine.width,
        "height": machine.height,
        "dpi": machine.dpi,
        "image": call.desk.image(call.path["issue"], held.version, key),
        "lines": found.lines,
        "doubtful": found.doubtful,
        "confidence": share(found.confidence),
        "error": machine.error,
        "status": document.note(key).status,
        "version": document.version(key),
    }


def _article_brief(document: Document, key: str) -> dict[str, Any]:
    entry = document.article(key)
    assert entry is not None
    view = article_view(document, entry)
    names = ("id", "kind", "kicker", "headline", "confidence", "status", "version",
             "continuations", "flag", "comments")  # fmt: skip
    return {
        **{name: view[name] for name in names},
        "pages": [part["page"] for part in view["parts"]],
    }


def page(call: Call) -> Any:
    held, key = held_of(call), call.path["page"]
    document = held.document
    machine = next((p for p in document.machine.pages if p.id == key), None)
    entry = document.page(key)
    if machine is None or entry is None:
        raise problems.unknown(key)
    homes = document.article_of()
    name = call.path["issue"]
    image = call.desk.image(name, held.version, key)
    articles = [a for a in document.articles() if any(p.page == key for p in a.article.parts)]
    return {
        "seq": document.seq,
        "page": page_view(document, name, machine, image),
        **_content(document, entry.regions, homes),
        "articles": {a.article.id: article_view(document, a) for a in articles},
    }


def _content(
    document: Document, regions: tuple[str, ...], homes: Mapping[str, str]
) -> dict[str, Any]:
    found = [r for r in (document.region(key) for key in regions) if r is not None]
    lines = [x for r in found for x in (document.line(key) for key in r.lines) if x is not None]
    return {
        "regions": {
            r.region.id: region_view(document, r, homes.get(r.region.id, "")) for r in found
        },
        "lines": {x.line.id: line_view(document, x) for x in lines},
    }


def article(call: Call) -> Any:
    held, key = held_of(call), call.path["article"]
    document = held.document
    entry = document.article(key)
    if entry is None:
        raise problems.unknown(key)
    regions = tuple(r for part in entry.article.parts for r in part.regions)
    found = find_issue(call.desk.archive, call.path["issue"])
    return {
        "seq": document.seq,
        "article": article_view(document, entry),
        **_content(document, regions, dict.fromkeys(regions, key)),
        "issue": {
            "id": found.id,
            "title": document.masthead.title or found.title,
            "date": document.masthead.date or found.date,
        },
    }


def changes(call: Call) -> Any:
    document = held_of(call).document
    after = call.query.whole("after", None, 0, 2**53)
    later = [entry for seq, entry in document.log.items() if seq > after]
    keys = [key for entry in later for key in entry.delta]
    return {
        "seq": document.seq,
        "changed": changed_view(document, call.path["issue"], keys, _images(call, keys)),
        "by": sorted({entry.by for entry in later}),
    }


def _images(call: Call, keys: list[str]) -> dict[str, str]:
    held = held_of(call)
    pages = [p.id for p in held.document.machine.pages if p.id in keys or f"note:{p.id}" in keys]
    return {p: call.desk.image(call.path["issue"], held.version, p) for p in pages}


def history(call: Call) -> Any:
    return {
        "entries": histories.history(
            call.desk.journal,
            call.path["issue"],
            call.query.text("target", "", 80),
            call.query.whole("limit", 100, 1, 1000),
            call.query.whole("before", 0, 0, 2**53),
        )
    }


def comments(call: Call) -> Any:
    document = held_of(call).document
    target = call.query.text("target", "", 80)
    found = []
    for key in document.entities:
        name = key.removeprefix("note:")
        if key != name and target in ("", name):
            found += [
                {"seq": r.seq, "target": name, "by": r.by, "at": r.at, "text": r.text}
                for r in document.note(name).remarks
            ]
    return {"comments": sorted(found, key=lambda c: c["seq"])}


def operations(call: Call) -> Any:
    given = call.body.raw("operations")
    if not isinstance(given, list) or not 1 <= len(given) <= MOST:
        raise problems.invalid(
            "operations", f"must be a list of 1 to {MOST}", f"应为 1 至 {MOST} 项的列表"
        )
    results: dict[int, Result] = {}
    submissions: list[Submission] = []
    for i, value in enumerate(given):
        place = f"operations[{i}]"
        if not isinstance(value, dict):
            raise problems.invalid(place, "must be an object", "应为对象")
        identity = wire.operation_id(value.get("id"), f"{place}.id")
        try:
            operation = wire.parse_operation(value, place)
            bases = wire.bases(value.get("bases"), f"{place}.bases")
        except DataInvalid as error:
            results[i] = Result(identity, "refused", error=error)
            continue
        if not _allowed(call, operation):
            results[i] = Result(identity, "refused", error=_forbidden())
            continue
        submissions.append(Submission(identity, operation, bases))
    name = call.path["issue"]
    images = call.desk.images(name) if submissions else {}
    held, taken = call.desk.journal.submit(name, call.user.name, submissions, images)
    answers = iter(taken)
    ordered = [results[i] if i in results else next(answers) for i in range(len(given))]
    document = held.document
    keys: list[str] = []
    for result in ordered:
        if result.status in ("applied", "duplicate"):
            entry = document.log.get(result.seq)
            keys += list(entry.delta) if entry else []
    if any(result.status == "applied" for result in ordered):
        call.desk.prolong(name, call.user.name)
    if shaped := _shaped(document, ordered):
        call.desk.look_again(name, held.version, shaped)
    return {
        "seq": document.seq,
        "changed": changed_view(document, name, keys, dict(images)),
        "results": [_result(call, document, dict(images), result) for result in ordered],
    }


def _shaped(document: Document, results: Iterable[Result]) -> set[str]:
    """Pages on which outlines of regions were changed just now."""
    pages: set[str] = set()
    for result in results:
        entry = document.log.get(result.seq) if result.status == "applied" else None
        for was, now in entry.delta.values() if entry else ():
            outlines = [x.region.polygon for x in (was, now) if isinstance(x, RegionEntry)]
            if len(outlines) == 1 or (outlines and outlines[0] != outlines[1]):
                pages |= {x.page for x in (was, now) if isinstance(x, RegionEntry)}
    return pages


def _allowed(call: Call, operation: ops.Operation) -> bool:
    """Passing and returning are an editor's; so is taking back what somebody else did."""
    if isinstance(operation, ops.SetStatus):
        return operation.status not in ("passed", "returned") or call.may("review")
    if isinstance(operation, ops.Revert) and not call.may("review"):
        entry = held_of(call).document.log.get(operation.seq)
        return entry is None or entry.by == call.user.name
    return True


def _forbidden() -> DataInvalid:
    return DataInvalid(("This is for editors.", "此操作仅限编辑。"))


def _result(
    call: Call, document: Document, images: dict[str, str], result: Result
) -> dict[str, Any]:
    out: dict[str, Any] = {"id": result.id, "status": result.status}
    if result.seq:
        out["seq"] = result.seq
    if result.status == "conflict":
        out["ids"] = list(result.keys)
        out["current"] = changed_view(document, call.path["issue"], result.keys, images)
        last = max((document.version(key) for key in result.keys), default=0)
        entry = document.log.get(last)
        if entry is not None:
            out["by"], out["at"] = entry.by, entry.at
    if result.error is not None:
        problem: Problem = problems.problem_of(result.error)
        out["error"] = problem.value()["error"]
    return out


def disagreements(call: Call) -> Any:
    held_of(call)
    found = rebasing.list_disagreements(call.desk.archive, call.path["issue"])
    return {"disagreements": found}


def resolve(call: Call) -> Any:
    key = call.body.whole("id", None, 0, 2**53)
    rebasing.resolve_disagreement(call.desk.archive, call.path["issue"], key)
    return {}
