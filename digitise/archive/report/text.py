"""The report as plain text: for mail, and for whoever reads on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from ...messages import Language
from ..texts import TEXTS, say
from .actions import actions
from .facts import Facts, UnitLine
from .units import amount, clock, moment, page_name, share, size


def verdict(facts: Facts, language: Language) -> str:
    """The one sentence to read when there is time for one."""
    if facts.look:
        counts = (
            ("r.look.fault", 1 if facts.fault[0] else 0),
            ("r.look.disk", int(facts.disk_low)),
            ("r.look.quarantined", facts.new_quarantined),
            ("r.look.pages", facts.failed_pages),
            ("r.look.failed", len(facts.failed)),
            ("r.look.vanished", facts.vanished),
        )
        items = [say(key, language, count=count) for key, count in counts if count]
        gap = "，" if language == "zh" else ", "
        return say("r.look", language, items=gap.join(items))
    parts = []
    if not (facts.issues or facts.others or facts.again or facts.waiting):
        parts.append(say("r.nothing", language))
    if facts.old_quarantined:
        parts.append(say("r.old", language, count=facts.old_quarantined))
    elif not parts:
        parts.append(say("r.ok", language))
    return ("" if language == "zh" else " ").join(parts)


def by_reason(units: Sequence[UnitLine], language: Language) -> dict[str, list[UnitLine]]:
    """Units under what is the matter with them, the commonest first."""
    found: dict[str, list[UnitLine]] = {}
    for unit in units:
        key = f"r.q.{unit.code}"
        found.setdefault(key if key in TEXTS else "r.q.other", []).append(unit)
    order = sorted(found, key=lambda key: (-len(found[key]), key))
    return {say(key, language): found[key] for key in order}


def report_text(facts: Facts, language: Language) -> str:
    """The whole report, lines ending with a line feed."""

    def t(key: str, **values: object) -> str:
        return say(key, language, **values)

    i = 1 if language == "zh" else 0
    issues = len(facts.issues) + facts.more_issues
    lines = [
        t("r.title"),
        t("r.period", since=moment(facts.since), until=moment(facts.until)),
        facts.archive,
        "",
        verdict(facts, language),
        *_to_do(facts, language),
        "",
        f"{t('r.issues')}: {amount(issues)}",
        f"{t('r.pages')}: {amount(facts.pages)}",
        f"{t('r.failed_pages')}: {amount(facts.failed_pages)}",
        f"{t('r.characters')}: {amount(facts.characters)}",
        f"{t('r.confidence')}: {share(facts.confidence) if facts.characters else '–'}",
        f"{t('r.seconds')}: {clock(facts.seconds)}",
        f"{t('r.quarantined')}: {facts.new_quarantined + facts.old_quarantined}",
        f"{t('r.retry')}: {len(facts.failed)}",
        f"{t('r.total')}: "
        + t("r.total_value", issues=amount(facts.total_issues), pages=amount(facts.total_pages)),
    ]
    if facts.disk_total:
        lines.append(
            f"{t('r.disk')}: "
            + t("r.disk_value", added=size(facts.bytes_added), free=size(facts.disk_free),
                total=size(facts.disk_total))
        )  # fmt: skip

    def part(key: str, rows: list[str], more: int = 0) -> None:
        if rows:
            lines.extend(["", t(key), *(f"  {row}" for row in rows)])
            if more:
                lines.append("  " + t("r.more", count=more))

    fresh = [u for u in facts.quarantined if u.new]
    part(
        "r.h.quarantined",
        [
            row
            for reason, units in by_reason(fresh, language).items()
            for row in (
                f"{reason}: {len(units)}", *(f"  {u.id} {u.name}: {u.reason[i]}" for u in units),
            )
        ],
        facts.new_quarantined - len(fresh),
    )  # fmt: skip
    part(
        "r.h.broken",
        [f"{p.issue} {page_name(p.label, language)}: {p.reason[i]}" for p in facts.broken],
        facts.failed_pages - len(facts.broken),
    )
    part(
        "r.h.failed",
        [
            f"{u.id} {u.name}: {u.reason[i]} ({t('r.c.next')} {moment(u.next_at)})"
            for u in facts.failed
        ],
    )
    part(
        "r.h.pages",
        [
            f"{p.issue} {page_name(p.label, language)}: {share(p.confidence)}"
            for p in facts.worst_pages
        ],
    )
    part(
        "r.h.articles",
        [
            f"{a.issue} {page_name(a.labels, language)} {a.headline}: {share(a.confidence)}"
            for a in facts.worst_articles
        ],
    )
    part(
        "r.h.jumps",
        [f"{a.issue} {page_name(a.labels, language)} {a.headline}" for a in facts.jumps],
    )
    part("r.h.gaps", [f"{g.title}: {g.text[i]}" for g in facts.gaps], facts.more_gaps)
    part(
        "r.h.issues",
        [
            f"{x.id}: {t('r.c.pages')} {x.pages}, {t('r.c.articles')} {x.articles}, "
            f"{t('r.c.characters')} {amount(x.characters)}, {share(x.confidence)}"
            + ("" if x.complete else f" ({t('r.incomplete')})")
            for x in facts.issues
        ],
        facts.more_issues,
    )
    part(
        "r.h.others",
        [f"{u.id} {u.name}: {t(u.state)}. {u.reason[i]}" for u in facts.others],
        facts.more_others,
    )
    if facts.again:
        lines += ["", again(facts, language)]
    part("r.h.waiting", list(facts.waiting[:50]))
    old = [u for u in facts.quarantined if not u.new]
    if old:
        lines += ["", t("r.h.old", count=facts.old_quarantined)]
        lines += [f"  {u.id} {u.name}: {u.reason[i]}" for u in old]
    return "\n".join(lines) + "\n"


def again(facts: Facts, language: Language) -> str:
    """Which files were delivered as they had been."""
    gap = "、" if language == "zh" else ", "
    names = gap.join(facts.again[:10]) + (" …" if len(facts.again) > 10 else "")
    return say("r.again", language, count=len(facts.again), names=names)


def _to_do(facts: Facts, language: Language) -> list[str]:
    lines: list[str] = []
    for number, action in enumerate(actions(facts, language), 1):
        lines += textwrap.wrap(f"{number}. {action.text}", 96, subsequent_indent="   ")
        lines += [f"     {action.command}"] if action.command else []
    return ["", say("r.h.do", language), *lines] if lines else []
