"""What wants looking at in an issue, worst first, and keeping the list of it up to date."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from ...model import Article, Issue, Line
from ...text import calendar
from .. import tables as catalogue_tables
from ..library import Archive
from . import lessons, tables
from .compose import issue_of
from .document import Document
from .journal import Journal
from .operations import ISSUE

DOUBTFUL = 0.85
"""Characters the recogniser was less sure of than this are marked."""

STRAY = 0.04
"""More of a page's ink than this outside all regions wants looking at."""

_HALF = 0.02
"""The share of expected wrong characters that gives a score of one half."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something about a masthead field. `level` is ok, warning or error; `texts` in English and
    Chinese."""

    field: str
    level: str
    code: str
    texts: tuple[str, str]
    suggestion: str = ""


def masthead_checks(issue: Issue) -> tuple[Check, ...]:
    """What contradicts itself in the masthead: date, weekday and lunar date, numbers that cannot
    be such numbers, what is missing."""
    m = issue.masthead
    out: list[Check] = []
    date: dt.date | None = None
    try:
        date = dt.date.fromisoformat(m.date) if m.date else None
    except ValueError:
        text = (f"{m.date} is no date (YYYY-MM-DD).", f"{m.date} 不是日期（YYYY-MM-DD）。")
        out.append(Check("date", "error", "date-invalid", text))
    if not m.date:
        out.append(Check("date", "error", "date-missing", ("No date was found.", "未找到日期。")))
    if not m.title:
        text = ("No title was found.", "未找到报名。")
        out.append(Check("title", "error", "title-missing", text))
    if date is not None:
        weekday = calendar.weekday_text(date)
        if m.weekday and m.weekday != weekday:
            text = (f"{m.date} is a {weekday}.", f"{m.date} 是{weekday}。")
            out.append(Check("weekday", "error", "weekday-wrong", text, weekday))
        if m.lunar_date and calendar.check(date, "", m.lunar_date):
            lunar = calendar.lunar_text(date)
            text = (f"{m.date} is {lunar}.", f"{m.date} 是农历{lunar}。")
            out.append(Check("lunar_date", "error", "lunar-wrong", text, lunar))
    if m.issn and not issn_valid(m.issn):
        text = (f"{m.issn}: the check digit does not agree.", f"{m.issn}：校验位不符。")
        out.append(Check("issn", "error", "issn-wrong", text))
    if m.issue_number and not m.issue_number.isdigit():
        text = ("The issue number is digits only.", "总期号应只含数字。")
        out.append(Check("issue_number", "warning", "number-odd", text))
    wrong = {check.field for check in out}
    for name in ("title", "date", "weekday", "lunar_date", "issue_number", "issn"):
        if name not in wrong and getattr(m, name):
            out.append(Check(name, "ok", "agrees", ("Nothing speaks against it.", "未发现矛盾。")))
    return tuple(out)


def issn_valid(text: str) -> bool:
    """Whether the check digit of an ISSN agrees (ISO 3297: weights 8 to 2, modulo 11)."""
    digits = text.upper().replace("ISSN", "").replace("-", "").strip()
    if len(digits) != 8 or not digits[:7].isdigit() or digits[7] not in "0123456789X":
        return False
    total = sum(int(c) * w for c, w in zip(digits[:7], range(8, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return digits[7] == ("X" if check == 10 else str(check))


def doubtful_in(line: Line) -> int:
    """Characters of a line that are marked."""
    if len(line.chars) == len(line.text):
        return sum(c.confidence < DOUBTFUL for c in line.chars if c.text.strip())
    return len(line.text) if line.confidence < DOUBTFUL else 0


@dataclass(frozen=True, slots=True)
class Measure:
    """Of some lines: how many, their characters, how many are doubtful, mean confidence, and the
    share of characters expected to be wrong."""

    lines: int = 0
    characters: int = 0
    doubtful: int = 0
    confidence: float = 1.0
    expected: float = 0.0


def measure(lines: Sequence[Line], risk: Mapping[int, float] | None = None) -> Measure:
    """`risk`: the share of wrong characters that people found among those of a confidence of
    so many percent (calibration.py); without it, what the confidence itself says."""
    characters = doubtful = 0
    weight = wrong = 0.0
    for line in lines:
        n = len(line.text)
        characters += n
        doubtful += doubtful_in(line)
        known = len(line.chars) == n
        shares = [c.confidence for c in line.chars] if known else [line.confidence] * n
        weight += sum(shares)
        wrong += sum(risk.get(int(s * 100), 1 - s) if risk else 1 - s for s in shares)
    if not characters:
        return Measure(len(lines))
    return Measure(
        len(lines), characters, doubtful, weight / characters, max(0.0, wrong / characters)
    )


def score_of(expected: float) -> float:
    """0 to 1 for the share of characters expected to be wrong."""
    return round(expected / (expected + _HALF), 4)


def items_of(
    document: Document, stray: Mapping[str, float], risk: Mapping[int, float] | None = None
) -> list[dict[str, Any]]:
    """The rows of `queue_items` for an issue, without the columns that name it. `stray`: for
    each page the share of its ink outside all regions, where it was measured."""
    issue = issue_of(document)
    lines = {r.id: r.lines for page in issue.pages for r in page.regions}
    everything = [line for some in lines.values() for line in some]
    whole = measure(everything, risk)
    first = issue.pages[0].id if issue.pages else ""
    out = [
        _item(
            ISSUE, "issue", first, issue.title or issue.id, score_of(whole.expected), whole,
            _doubts(whole) + _failed(issue), document,
        )
    ]  # fmt: skip
    for article in issue.articles:
        own = [line for part in article.parts for r in part.regions for line in lines.get(r, ())]
        if article.kind == "furniture" or not own:
            continue
        found = measure(own, risk)
        unsure = max(0.0, 0.95 - article.confidence)
        reasons = _doubts(found)
        if unsure:
            percent = f"{article.confidence:.0%}"
            reasons.append(_reason(
                "article-unsure", f"How it was put together is only {percent} sure.",
                f"文章拼合的把握只有 {percent}。",
            ))  # fmt: skip
        score = max(score_of(found.expected), min(0.9, 2 * unsure))
        page = article.parts[0].page
        out.append(
            _item(article.id, "article", page, _label(article), score, found, reasons, document)
        )
        out += _jumps(article, found, document)
    out += _mastheads(issue, whole, document)
    for page_id, share in sorted(stray.items()):
        if share > STRAY:
            reason = _reason(
                "ink", f"{share:.0%} of the page's ink lies outside all regions.",
                f"该版有 {share:.0%} 的墨迹不在任何区域内。",
            )  # fmt: skip
            found = measure(
                [x for p in issue.pages if p.id == page_id for r in p.regions for x in r.lines],
                risk,
            )
            out.append(
                _item(
                    page_id,
                    "ink",
                    page_id,
                    page_id,
                    min(0.95, 0.4 + 4 * share),
                    found,
                    [reason],
                    document,
                )
            )
    return out


def _item(
    target: str, kind: str, page: str, label: str, score: float, found: Measure,
    reasons: list[dict[str, str]], document: Document,
) -> dict[str, Any]:  # fmt: skip
    return {
        "target": target,
        "kind": kind,
        "page": page,
        "label": label[:300],
        "score": round(score, 4),
        "confidence": round(found.confidence, 4),
        "lines": found.lines,
        "doubtful": found.doubtful,
        "reasons": reasons,
        "status": document.note(target).status,
    }


def _label(article: Article) -> str:
    text = article.headline or article.kicker or (article.paragraphs or ("",))[0][:40]
    return text or article.id


def _reason(code: str, english: str, chinese: str) -> dict[str, str]:
    return {"code": code, "en": english, "zh": chinese}


def _doubts(found: Measure) -> list[dict[str, str]]:
    if not found.doubtful:
        return []
    return [_reason("doubtful", f"Doubtful characters: {found.doubtful}.",
                    f"存疑字符 {found.doubtful} 个。")]  # fmt: skip


def _failed(issue: Issue) -> list[dict[str, str]]:
    failed = [page.id for page in issue.pages if page.error]
    if not failed:
        return []
    names = ", ".join(failed)
    return [_reason("page-failed", f"Pages that could not be read: {names}.",
                    f"未能读取的版面：{names}。")]  # fmt: skip


def _jumps(article: Article, found: Measure, document: Document) -> list[dict[str, Any]]:
    out = []
    for jump in article.continuations:
        if jump.status == "verified":
            continue
        if jump.status == "unresolved":
            score = 0.9
            reason = _reason("jump-unresolved", f"Where {jump.marker} leads was not found.",
                             f"{jump.marker} 的去向未找到。")  # fmt: skip
        else:
            score = 0.6
            reason = _reason("jump-one-sided", f"Only one end of {jump.marker} is marked.",
                             f"{jump.marker} 只有一端有标记。")  # fmt: skip
        out.append(
            _item(
                article.id,
                "jump",
                jump.from_page,
                _label(article),
                score,
                found,
                [reason],
                document,
            )
        )
    return out[:1]


def _mastheads(issue: Issue, whole: Measure, document: Document) -> list[dict[str, Any]]:
    bad = [check for check in masthead_checks(issue) if check.level != "ok"]
    if not bad:
        return []
    score = 0.95 if any(check.level == "error" for check in bad) else 0.5
    page = issue.pages[0].id if issue.pages else ""
    reasons = [_reason(check.code, *check.texts) for check in bad]
    return [_item("masthead", "masthead", page, issue.title or issue.id, score, whole, reasons,
                  document)]  # fmt: skip


def outdated(archive: Archive, limit: int, quiet: float = 0.0) -> tuple[str, ...]:
    """Issues whose rows in the queue are not up to date; `quiet`: only those at which nobody has
    worked for so many seconds."""
    issues, heads = catalogue_tables.issues, tables.heads
    query = (
        select(issues.c.id)
        .select_from(issues.outerjoin(heads, heads.c.issue_id == issues.c.id))
        .where(
            issues.c.current_version > 0,
            or_(heads.c.changed_at.is_(None), heads.c.changed_at <= time.time() - quiet),
            or_(
                heads.c.queued_seq.is_(None),
                heads.c.queued_seq != heads.c.seq,
                heads.c.queued_version != issues.c.current_version,
            ),
        )
        .order_by(issues.c.id)
        .limit(limit)
    )
    return archive.catalogue.query(lambda c: tuple(str(r[0]) for r in c.execute(query)))


def refresh(journal: Journal, issue_id: str, risk: Mapping[int, float] | None = None) -> None:
    """Works out an issue's rows in the queue anew."""
    archive = journal.archive
    held = journal.held(issue_id)
    stray = stray_ink(archive, issue_id, held.version)
    rows = items_of(held.document, stray, risk)
    open_questions = _open_disagreements(archive, issue_id)
    if open_questions:
        rows.append(_disagreeing(held.document, open_questions))
    taught = lessons.of(held.document)
    issues = catalogue_tables.issues

    def work(connection: Connection) -> None:
        found = connection.execute(
            select(issues.c.title_id, issues.c.date).where(issues.c.id == issue_id)
        ).first()
        if found is None:
            return
        named = {"issue_id": issue_id, "title_id": str(found[0]), "date": str(found[1])}
        connection.execute(delete(tables.queue).where(tables.queue.c.issue_id == issue_id))
        connection.execute(insert(tables.queue), [{**row, **named} for row in rows])
        lessons.keep(connection, issue_id, taught)
        state = {"queued_seq": held.document.seq, "queued_version": held.version}
        done = connection.execute(
            update(tables.heads).where(tables.heads.c.issue_id == issue_id).values(**state)
        )
        if not done.rowcount:
            head = {"issue_id": issue_id, "seq": 0, "version": held.version, "changed_at": 0.0,
                    "indexed_seq": 0}  # fmt: skip
            connection.execute(insert(tables.heads).values(**head, **state))

    archive.catalogue.transact(work)


def _open_disagreements(archive: Archive, issue_id: str) -> int:
    table = tables.disagreements
    query = select(func.count()).where(table.c.issue_id == issue_id, table.c.resolved.is_(False))
    return archive.catalogue.query(lambda c: int(c.execute(query).scalar_one()))


def _disagreeing(document: Document, count: int) -> dict[str, Any]:
    reason = _reason(
        "disagreement",
        f"Read anew, the machine disagrees with people in {count} places.",
        f"重新识别后，机器与人工有 {count} 处不一致。",
    )
    first = document.machine.pages[0].id if document.machine.pages else ""
    label = document.masthead.title or document.machine.id
    return _item(ISSUE, "disagreement", first, label, 0.85, Measure(), [reason], document)


def unindexed(archive: Archive, after: float) -> tuple[str, ...]:
    """Issues whose corrections the search does not know, `after` seconds since the last one."""
    heads = tables.heads
    query = (
        select(heads.c.issue_id)
        .where(heads.c.seq != heads.c.indexed_seq, heads.c.changed_at < time.time() - after)
        .order_by(heads.c.issue_id)
        .limit(20)
    )
    return archive.catalogue.query(lambda c: tuple(str(r[0]) for r in c.execute(query)))


def mark_indexed(archive: Archive, issue_id: str, seq: int) -> None:
    heads = tables.heads
    query = update(heads).where(heads.c.issue_id == issue_id).values(indexed_seq=seq)
    archive.catalogue.transact(lambda c: c.execute(query) and None)


def stray_ink(archive: Archive, issue_id: str, version: int) -> dict[str, float]:
    table = tables.images
    query = select(table.c.page, table.c.stray).where(
        table.c.issue_id == issue_id, table.c.version == version
    )
    return archive.catalogue.query(lambda c: {str(r[0]): float(r[1]) for r in c.execute(query)})


def keep_stray_ink(archive: Archive, issue_id: str, version: int, page: str, share: float) -> None:
    """Notes what was measured on a page's picture; the issue's queue is worked out anew when it
    is more than is usual."""
    table = tables.images
    mine = (table.c.issue_id == issue_id) & (table.c.version == version) & (table.c.page == page)

    def work(connection: Connection) -> None:
        connection.execute(delete(table).where(mine))
        row = {"issue_id": issue_id, "version": version, "page": page, "stray": share}
        connection.execute(insert(table).values(**row))
        if share > STRAY:
            heads = tables.heads
            connection.execute(
                update(heads).where(heads.c.issue_id == issue_id).values(queued_seq=-1)
            )

    archive.catalogue.transact(work)


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is wanted. `claimed`: "", me, others, nobody, as `by` sees it."""

    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    title: str = ""
    since: str = ""
    until: str = ""
    claimed: str = ""
    by: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    total: int
    items: tuple[Mapping[str, Any], ...]
    kinds: Mapping[str, int]
    statuses: Mapping[str, int]


def look(archive: Archive, wanted: Filter, now: float, limit: int, offset: int) -> Found:
    """A piece of the queue, worst first, each row with its claim and its title's name."""
    q, claims = tables.queue, tables.claims
    titles = catalogue_tables.titles
    joined = q.outerjoin(
        claims,
        and_(claims.c.issue_id == q.c.issue_id, claims.c.target == q.c.target,
             claims.c.until > now),
    ).join(titles, titles.c.id == q.c.title_id)  # fmt: skip
    conditions: list[ColumnElement[bool]] = []
    if wanted.title:
        conditions.append(or_(titles.c.id == wanted.title, titles.c.name == wanted.title))
    if wanted.since:
        conditions.append(q.c.date >= wanted.since)
    if wanted.until:
        conditions.append(q.c.date <= wanted.until)
    if wanted.words:
        conditions.append(
            or_(q.c.label.contains(wanted.words, autoescape=True),
                q.c.issue_id.contains(wanted.words, autoescape=True))
        )  # fmt: skip
    if wanted.claimed == "me":
        conditions.append(claims.c.by == wanted.by)
    elif wanted.claimed == "others":
        conditions.append(and_(claims.c.by.is_not(None), claims.c.by != wanted.by))
    elif wanted.claimed == "nobody":
        conditions.append(claims.c.by.is_(None))
    kind = [q.c.kind.in_(wanted.kinds)] if wanted.kinds else []
    status = [q.c.status.in_(wanted.statuses)] if wanted.statuses else []

    def counted(connection: Connection, column: Any, *more: Any) -> dict[str, int]:
        query = select(column, func.count()).select_from(joined).where(*conditions, *more)
        return {str(r[0]): int(r[1]) for r in connection.execute(query.group_by(column))}

    def work(connection: Connection) -> Found:
        kinds = counted(connection, q.c.kind, *status)
        statuses = counted(connection, q.c.status, *kind)
        everything = [*conditions, *kind, *status]
        total = connection.execute(
            select(func.count()).select_from(joined).where(*everything)
        ).scalar_one()
        rows = connection.execute(
            select(q, titles.c.name.label("title"), claims.c.by, claims.c.until)
            .select_from(joined)
            .where(*everything)
            .order_by(q.c.score.desc(), q.c.issue_id, q.c.kind, q.c.target)
            .limit(limit)
            .offset(offset)
        ).mappings()
        return Found(int(total), tuple(dict(r) for r in rows), kinds, statuses)

    return archive.catalogue.query(work)
