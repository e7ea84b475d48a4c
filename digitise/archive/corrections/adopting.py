"""What operations hold that carry a whole over to a newer result (operations.Adopt, RestoreJumps):
JSON and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from ...formats.issue_json import dump_issue, load_issue
from ...model import Continuation, Issue
from .document import ArticleEntry, Entity, LineEntry, MastheadEntry, document_of


def adoption(
    issue: Issue,
    machine: Mapping[str, str],
    human: Sequence[str],
    own: Mapping[str, Sequence[str]],
) -> str:
    """`machine`: what the machine reads in which line; `human`: the lines people typed or
    confirmed; `own`: the fields of articles that were set by hand."""
    content = {
        "issue": json.loads(dump_issue(issue)),
        "machine": dict(machine),
        "human": list(human),
        "own": {key: list(fields) for key, fields in own.items()},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def adopted(content: str) -> dict[str, Entity]:
    """The entities of an Adopt, without masthead."""
    value = json.loads(content)
    issue = load_issue(json.dumps(value["issue"]).encode())
    document = document_of(issue)
    human, machine, own = set(value["human"]), value["machine"], value["own"]
    out: dict[str, Entity] = {}
    for key, entity in document.entities.items():
        if isinstance(entity, MastheadEntry):
            continue
        if isinstance(entity, LineEntry):
            entity = replace(entity, human=key in human, machine=machine.get(key, entity.machine))
        elif isinstance(entity, ArticleEntry):
            entity = replace(entity, own=frozenset(own.get(key, ())))
        out[key] = entity
    return out


def jumps(continuations: Sequence[Continuation]) -> str:
    return json.dumps([asdict(jump) for jump in continuations], ensure_ascii=False, sort_keys=True)


def jumps_of(content: str) -> tuple[Continuation, ...]:
    return tuple(Continuation(**jump) for jump in json.loads(content))
