"""What a report asks of the person who reads it: each thing in a sentence, with the command."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

from ...messages import Language
from ..texts import say
from .facts import Facts
from .units import moment, size


@dataclass(frozen=True, slots=True)
class Action:
    """`command`: to be typed, or empty; `part`: the id of the part of the report it is about."""

    text: str
    command: str = ""
    part: str = ""


def actions(facts: Facts, language: Language) -> tuple[Action, ...]:
    """What is to be done, the most pressing first; empty when there is nothing."""

    def t(key: str, **values: object) -> str:
        return say(key, language, **values)

    where = f"-a {_word(facts.archive)}"
    found: list[Action] = []
    if facts.fault[0]:
        found.append(Action(facts.fault[1 if language == "zh" else 0]))
    if facts.disk_low:
        free, added = size(facts.disk_free), size(facts.bytes_added)
        found.append(Action(t("r.do.disk", free=free, added=added)))
    if facts.new_quarantined:
        fresh = [unit for unit in facts.quarantined if unit.new]
        names = fresh[0].id if len(fresh) == 1 else t("r.units")
        found.append(
            Action(
                t("r.do.quarantined", count=facts.new_quarantined),
                f"digitise ingest release {names} {where}", "quarantined",
            )
        )  # fmt: skip
    if facts.failed_pages:
        issues = list(dict.fromkeys(page.issue for page in facts.broken))
        names = " ".join(map(_word, issues)) if len(issues) <= 3 else t("r.issue_ids")
        found.append(
            Action(
                t("r.do.pages", count=facts.failed_pages, issues=len(issues)),
                f"digitise ingest retry {names} {where}", "broken",
            )
        )  # fmt: skip
    if facts.failed:
        at = moment(min(unit.next_at for unit in facts.failed))
        found.append(
            Action(
                t("r.do.failed", count=len(facts.failed), at=at),
                f"digitise ingest retry {where}", "failed",
            )
        )  # fmt: skip
    if facts.vanished:
        found.append(Action(t("r.do.vanished", count=facts.vanished), part="others"))
    return tuple(found)


def _word(text: str) -> str:
    """A word as a shell takes it; Chinese characters need no quotation marks."""
    return text if re.fullmatch(r"[\w@%+=:,./-]+", text) else shlex.quote(text)
