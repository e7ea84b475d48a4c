"""Double keying and acceptance."""

from __future__ import annotations

import secrets
from typing import Any

from starlette.routing import Route

from ..archive.corrections import acceptance, keying, people
from ..archive.corrections.acceptance import Sample
from ..archive.corrections.document import Document
from ..archive.corrections.journal import Submission, stamp
from ..archive.corrections.keying import Task
from ..archive.corrections.operations import ISSUE, SetStatus
from ..archive.corrections.wire import clean_text
from . import problems
from .calls import Call, route


def routes() -> list[Route]:
    return [
        route("GET", "/api/acceptance", samples),
        route("POST", "/api/acceptance", draw, "review"),
        route("GET", "/api/acceptance/{sample}", sample),
        route("POST", "/api/acceptance/{sample}/mark", mark, "review"),
        route("POST", "/api/acceptance/{sample}/decide", decide, "review"),
        route("GET", "/api/double-keying", tasks),
        route("POST", "/api/double-keying", set_task, "review"),
        route("GET", "/api/double-keying/{task}", task, "correct"),
        route("POST", "/api/double-keying/{task}/key", key, "correct"),
        route("GET", "/api/double-keying/{task}/compare", compare, "review"),
    ]


def _sample_view(found: Sample) -> dict[str, Any]:
    figures = acceptance.figures(found)
    return {
        "id": found.key,
        "issue": found.issue,
        "by": found.by,
        "at": stamp(found.at),
        "seed": found.seed,
        "level": found.level,
        "wanted": found.wanted,
        "lines": len(found.lines),
        "drawn": figures.drawn,
        "looked_at": figures.looked_at,
        "characters": figures.characters,
        "errors": figures.errors,
        "rate": figures.rate,
        "interval": [figures.low, figures.high],
        "verdict": figures.verdict,
        "needed": figures.needed,
        "decision": found.decision,
        "decided_by": found.decided_by,
        "decided_at": stamp(found.decided_at) if found.decided_at else "",
        "note": found.note,
    }


def samples(call: Call) -> Any:
    found = acceptance.list_samples(call.desk.archive, call.query.text("issue", "", 300))
    return {"samples": [_sample_view(s) for s in found]}


def draw(call: Call) -> Any:
    issue = call.body.text("issue", longest=300)
    document = call.desk.journal.document(issue)
    made = acceptance.draw(
        call.desk.archive, issue, document, call.user.name,
        characters=call.body.whole("characters", 2000, 1, 1_000_000),
        wanted=call.body.number("wanted", 0.0001, 1e-7, 0.5),
        level=call.body.number("level", 0.95, 0.5, 0.9999),
        seed=call.body.whole("seed", secrets.randbelow(2**31), 0, 2**31),
    )  # fmt: skip
    return {"sample": _sample_view(made)}


def _found(call: Call) -> Sample:
    found = acceptance.find(call.desk.archive, call.path["sample"])
    if found is None:
        raise problems.unknown(call.path["sample"])
    return found


def sample(call: Call) -> Any:
    found = _found(call)
    document = call.desk.journal.document(found.issue)
    return {
        "sample": _sample_view(found),
        "lines": [
            {
                "line": x.line,
                "page": x.page,
                "writing_mode": _mode(document, x.line),
                "text": x.text,
                "version": document.version(x.line),
                "errors": x.errors,
                "note": x.note,
                "marks": list(x.marks),
            }
            for x in found.lines
        ],
    }


def _mode(document: Document, line: str) -> str:
    entry = document.line(line)
    region = document.region(entry.region) if entry else None
    return region.region.writing_mode if region else "horizontal-tb"


def mark(call: Call) -> Any:
    _found(call)
    errors = call.body.whole("errors", None, 0, 10_000) if call.body.has("errors") else None
    marks: tuple[int, ...] = ()
    if call.body.has("marks"):
        given = call.body.raw("marks")
        if not isinstance(given, list) or len(given) > 10_000:
            raise problems.invalid("marks", "must be a list", "应为列表")
        if not all(isinstance(m, int) and 0 <= m <= 10_000 for m in given):
            raise problems.invalid("marks", "must be positions", "应为位置")
        marks = tuple(given)
    done = acceptance.mark(
        call.desk.archive, call.path["sample"], call.body.text("line", longest=80), errors,
        call.body.text("note", "", 500), marks,
    )  # fmt: skip
    return {"sample": _sample_view(done)}


def decide(call: Call) -> Any:
    found = _found(call)
    decision = call.body.choice("decision", ("pass", "return"))
    note = call.body.text("note", "", 2000)
    done = acceptance.decide(call.desk.archive, found.key, decision, call.user.name, note)
    status = SetStatus(ISSUE, "passed" if decision == "pass" else "returned")
    submission = Submission(f"acceptance-{found.key}", status)
    call.desk.journal.submit(found.issue, call.user.name, [submission])
    people.note(
        call.desk.archive, call.user.name, call.address, f"acceptance-{decision}",
        f"{found.issue} {found.key}",
    )  # fmt: skip
    return {"sample": _sample_view(done)}


def _task_view(found: Task, done: dict[str, int]) -> dict[str, Any]:
    return {
        "id": found.key,
        "issue": found.issue,
        "by": found.by,
        "at": stamp(found.at),
        "keyers": list(found.keyers),
        "lines": len(found.lines),
        "done": done,
    }


def tasks(call: Call) -> Any:
    found = keying.list_tasks(call.desk.archive)
    return {
        "tasks": [
            _task_view(t, done)
            for t, done in found
            if call.may("review") or call.user.name in t.keyers
        ]
    }


def set_task(call: Call) -> Any:
    issue = call.body.text("issue", longest=300)
    document = call.desk.journal.document(issue)
    keyers = call.body.texts("keyers", 80, 2)
    if len(set(keyers)) != 2:
        raise problems.invalid("keyers", "must be two people", "应为两人")
    for name in keyers:
        user = people.find_user(call.desk.archive, name)
        if user is None or "correct" not in user.rights:
            raise problems.invalid("keyers", f"{name} cannot correct", f"{name} 无校对权限")
    if isinstance(call.body.raw("lines"), list):
        lines = call.body.texts("lines", 80, 5000)
        for line in lines:
            if document.line(line) is None:
                raise problems.unknown(line)
    else:
        seed = call.body.whole("seed", secrets.randbelow(2**31), 0, 2**31)
        lines = keying.some_lines(document, call.body.whole("lines", 50, 1, 5000), seed)
    made = keying.set_task(call.desk.archive, issue, call.user.name, keyers, lines)
    return {"task": _task_view(made, dict.fromkeys(keyers, 0))}


def _task(call: Call) -> Task:
    found = keying.find_task(call.desk.archive, call.path["task"])
    if found is None:
        raise problems.unknown(call.path["task"])
    return found


def _own_task(call: Call) -> Task:
    found = _task(call)
    if call.user.name not in found.keyers:
        raise problems.not_allowed()
    return found


def task(call: Call) -> Any:
    found = _own_task(call)
    document = call.desk.journal.document(found.issue)
    typed = keying.typed(call.desk.archive, found.key)
    done = {n: sum(n in texts for texts in typed.values()) for n in (call.user.name,)}
    lines = []
    for line in found.lines:
        entry = document.line(line)
        region = document.region(entry.region) if entry else None
        if region is not None:
            lines.append(
                {
                    "line": line,
                    "page": region.page,
                    "writing_mode": region.region.writing_mode,
                    "text": typed.get(line, {}).get(call.user.name, ""),
                    "typed": call.user.name in typed.get(line, {}),
                }
            )
    return {"task": _task_view(found, done), "lines": lines}


def key(call: Call) -> Any:
    found = _own_task(call)
    line = call.body.text("line", longest=80)
    if line not in found.lines:
        raise problems.unknown(line)
    text = clean_text(call.body.raw("text"), "text")
    keying.keep_typed(call.desk.archive, found.key, line, call.user.name, text)
    return {}


def compare(call: Call) -> Any:
    found = _task(call)
    document = call.desk.journal.document(found.issue)
    typed = keying.typed(call.desk.archive, found.key)
    a, b = found.keyers
    lines = []
    characters = differences = same = 0
    for line in found.lines:
        texts = typed.get(line, {})
        entry = document.line(line)
        region = document.region(entry.region) if entry else None
        if len(texts) < 2 or entry is None:
            continue
        pairs = keying.pieces(texts[a], texts[b])
        characters += max(len(texts[a]), len(texts[b]))
        differences += sum(max(len(x), len(y)) for x, y in pairs if x != y)
        same += texts[a] == texts[b]
        lines.append(
            {
                "line": line,
                "page": region.page if region else "",
                "writing_mode": _mode(document, line),
                "texts": {a: texts[a], b: texts[b]},
                "machine": entry.machine,
                "current": entry.line.text,
                "version": document.version(line),
                "same": texts[a] == texts[b],
                "pieces": [list(pair) for pair in pairs],
            }
        )
    return {
        "lines": lines,
        "agreement": same / len(lines) if lines else 0.0,
        "characters": characters,
        "differences": differences,
    }
