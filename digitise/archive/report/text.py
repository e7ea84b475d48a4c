"""The report as plain text: for mail, and for whoever reads on a terminal."""

from __future__ import annotations

from ...messages import Language
from ..ingest.states import VANISHED
from ..texts import say
from .facts import Facts
from .units import amount, moment, share, size


def verdict(facts: Facts, language: Language) -> str:
    """The one sentence to read when there is time for one."""
    if facts.look:
        counts = (
            ("r.look.fault", 1 if facts.fault[0] else 0),
            ("r.look.quarantined", sum(unit.new for unit in facts.quarantined)),
            ("r.look.pages", facts.failed_pages),
            ("r.look.failed", len(facts.failed)),
            ("r.look.vanished", sum(unit.state == VANISHED for unit in facts.others)),
        )
        items = [say(key, language, count=count) for key, count in counts if count]
        gap = "，" if language == "zh" else ", "
        return say("r.look", language, items=gap.join(items))
    if facts.quarantined:
        return say("r.old", language, count=len(facts.quarantined))
    return say("r.ok", language)


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
        "",
        f"{t('r.issues')}: {amount(issues)}",
        f"{t('r.pages')}: {amount(facts.pages)}",
        f"{t('r.failed_pages')}: {amount(facts.failed_pages)}",
        f"{t('r.characters')}: {amount(facts.characters)}",
        f"{t('r.confidence')}: {share(facts.confidence) if facts.characters else '–'}",
        f"{t('r.seconds')}: {facts.seconds:.0f}",
        f"{t('r.quarantined')}: {len(facts.quarantined)}",
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

    part("r.h.fault", [facts.fault[i]] if facts.fault[0] else [])
    part(
        "r.h.quarantined",
        [
            f"{u.id} {u.name}{' (' + t('r.new') + ')' if u.new else ''}: {u.reason[i]}"
            for u in facts.quarantined
        ],
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
            f"{p.issue} {p.label}: {p.reason[i] if p.error else share(p.confidence)}"
            for p in facts.worst_pages
        ],
    )
    part(
        "r.h.articles",
        [f"{a.issue} {a.labels} {a.headline}: {share(a.confidence)}" for a in facts.worst_articles],
    )
    part("r.h.jumps", [f"{a.issue} {a.labels} {a.headline}" for a in facts.jumps])
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
    part("r.h.others", [f"{u.id} {u.name}: {t(u.state)}. {u.reason[i]}" for u in facts.others])
    part("r.h.waiting", list(facts.waiting[:50]))
    return "\n".join(lines) + "\n"
