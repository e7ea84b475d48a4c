"""The queue, claims, progress."""

from __future__ import annotations

import time
from typing import Any

from starlette.routing import Route

from ..archive import find_issue
from ..archive.corrections import people, progress, queueing
from ..archive.corrections.journal import stamp
from ..archive.corrections.operations import STATUSES
from ..archive.corrections.people import Claim
from . import problems
from .calls import Call, route
from .problems import Problem

KINDS = ("issue", "article", "jump", "masthead", "ink", "disagreement")


def routes() -> list[Route]:
    return [
        route("GET", "/api/queue", queue),
        route("GET", "/api/progress", advance),
        route("GET", "/api/claims", claims),
        route("POST", "/api/claims", claim, "correct"),
        route("POST", "/api/claims/release", release, "correct"),
    ]


def queue(call: Call) -> Any:
    call.desk.refresh_queue()
    query = call.query
    wanted = queueing.Filter(
        kinds=query.choices("kind", KINDS),
        statuses=query.choices("status", STATUSES),
        title=query.text("title", ""),
        since=query.date("date_from"),
        until=query.date("date_to"),
        claimed=query.choice("claimed", ("me", "others", "nobody"), ""),
        by=call.user.name,
        words=query.text("q", ""),
    )
    found = queueing.look(
        call.desk.archive, wanted, time.time(), query.whole("limit", 50, 1, 500),
        query.whole("offset", 0, 0, 10_000_000),
    )  # fmt: skip
    return {
        "total": found.total,
        "items": [_item(call, row) for row in found.items],
        "counts": {"kind": dict(found.kinds), "status": dict(found.statuses)},
        "titles": call.desk.titles(),
    }


def _item(call: Call, row: Any) -> dict[str, Any]:
    held = None
    if row["by"] is not None:
        held = claim_view(
            Claim(row["issue_id"], row["target"], row["by"], row["until"]), call.user.name
        )
    same = ("kind", "target", "page", "title", "date", "label", "score", "confidence", "lines",
            "doubtful", "reasons", "status")  # fmt: skip
    return {
        "id": f"{row['issue_id']}:{row['kind']}:{row['target']}",
        "issue": row["issue_id"],
        **{name: row[name] for name in same},
        "claim": held,
    }


def claim_view(claim: Claim, viewer: str) -> dict[str, Any]:
    return {
        "issue": claim.issue,
        "target": claim.target,
        "by": claim.by,
        "until": stamp(claim.until),
        "mine": claim.by == viewer,
    }


def advance(call: Call) -> Any:
    return progress.progress(call.desk.archive, call.query.text("title", ""))


def claims(call: Call) -> Any:
    found = people.list_claims(call.desk.archive)
    return {"claims": [claim_view(c, call.user.name) for c in found]}


def claim(call: Call) -> Any:
    issue, target = call.body.text("issue", longest=300), call.body.text("target", longest=80)
    find_issue(call.desk.archive, issue)
    take = call.body.flag("take")
    if take and not call.may("review"):
        raise problems.not_allowed()
    held = people.claim(
        call.desk.archive, issue, target, call.user.name, call.desk.settings.claim_seconds,
        take=take,
    )  # fmt: skip
    view = claim_view(held, call.user.name)
    if not view["mine"]:
        raise Problem(
            409,
            "conflict",
            (f"{held.by} is at work on this.", f"{held.by} 正在处理。"),
            detail=view,
        )
    if take:
        people.note(
            call.desk.archive, call.user.name, call.address, "claim-taken", f"{issue} {target}"
        )
    return {"claim": view}


def release(call: Call) -> Any:
    people.release(
        call.desk.archive,
        call.body.text("issue", longest=300),
        call.body.text("target", longest=80),
        call.user.name,
    )
    return {}
