"""What is missing, doubled or at odds in a title's run of issues."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from ..text.calendar import check
from . import places
from .library import Archive, IssueEntry, list_issues
from .titles import Profile, date_in, load_profiles

Kind = Literal[
    "missing", "numbers", "same-day", "pages", "name", "calendar", "undated", "day", "untitled",
    "little",
]  # fmt: skip
_LITTLE = 5
"""An issue with so many times fewer characters a page than its title's issues commonly have was
read badly, or is no issue of it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a person should look at. `date` YYYY-MM-DD or empty, `until` the last day of a
    run of missing ones; `text` in English and Chinese."""

    kind: Kind
    title: str
    date: str
    issue: str
    text: tuple[str, str]
    until: str = ""


def archive_gaps(archive: Archive, title: str = "") -> tuple[Gap, ...]:
    """The gaps of one title (by slug or name), or of all."""
    profiles = {profile.slug: profile for profile in load_profiles(archive.store)}
    by_title: dict[str, list[IssueEntry]] = {}
    for entry in list_issues(archive, title=title):
        by_title.setdefault(entry.title_id, []).append(entry)
    names = _delivery_names(archive)
    found: list[Gap] = []
    for slug, entries in by_title.items():
        profile = profiles.get(slug) or Profile(slug, entries[0].title)
        found += gaps(entries, profile, known=slug in profiles, names=names)
    return tuple(found)


def _delivery_names(archive: Archive) -> Mapping[str, str]:
    from sqlalchemy import select

    from . import tables

    v = tables.versions.c
    query = select(v.issue_id, v.name).where(v.state == "whole").order_by(v.number)
    return archive.catalogue.query(lambda c: {r.issue_id: r.name for r in c.execute(query)})


def gaps(
    entries: Sequence[IssueEntry],
    profile: Profile,
    *,
    known: bool = True,
    names: Mapping[str, str] | None = None,
) -> tuple[Gap, ...]:
    """The gaps of one title's issues. `known`: it has a profile, so that its days of publication
    are certain; else they are learnt from its issues (days of the week on which at least one in
    ten of them appeared). `names`: what each issue's delivery was called."""
    found: list[Gap] = []
    dated = sorted((e for e in entries if e.date), key=lambda e: (e.date, e.id))
    days = profile.days if known else _learnt_days(dated)
    found += _missing(dated, profile, days)
    found += _numbers(dated, profile)
    found += _same_day(dated)
    found += _little(entries)
    for entry in entries:
        found += _of_one(entry, profile, known, days, (names or {}).get(entry.id, ""))
    return tuple(sorted(found, key=lambda gap: (gap.title, gap.date, gap.kind, gap.issue)))


def _learnt_days(dated: Sequence[IssueEntry]) -> tuple[int, ...]:
    if len(dated) < 14:
        return ()
    count = Counter(dt.date.fromisoformat(entry.date).weekday() for entry in dated)
    return tuple(day for day in range(7) if count[day] >= len(dated) / 70)


def _missing(dated: Sequence[IssueEntry], profile: Profile, days: Sequence[int]) -> Iterable[Gap]:
    if not dated or not days:
        return
    there = {entry.date for entry in dated}
    first = dt.date.fromisoformat(max(profile.since, "") or dated[0].date)
    last = dt.date.fromisoformat(min(profile.until or "9999-12-31", dated[-1].date))
    run: list[dt.date] = []
    day = first
    while day <= last + dt.timedelta(days=1):
        text = day.isoformat()
        due = day.weekday() in days and text not in profile.skips and text[5:] not in profile.skips
        if due and text not in there and day <= last:
            run.append(day)
        elif run and (text in there or day > last):
            yield _run_of(profile, run)
            run = []
        day += dt.timedelta(days=1)


def _run_of(profile: Profile, run: Sequence[dt.date]) -> Gap:
    first, last = run[0].isoformat(), run[-1].isoformat()
    if len(run) == 1:
        text = (f"no issue of {first}", f"缺 {first} 一期")
    else:
        text = (
            f"{len(run)} issues are missing from {first} to {last}",
            f"{first} 至 {last} 缺 {len(run)} 期",
        )
    return Gap("missing", profile.name, first, "", text, last)


def _numbers(dated: Sequence[IssueEntry], profile: Profile) -> Iterable[Gap]:
    """Running numbers that leap or turn back between neighbours. Where the days alone explain
    the leap (those issues are missing anyway) nothing is said twice."""
    if not profile.numbered:
        return
    before: IssueEntry | None = None
    for entry in dated:
        if not entry.issue_number.isdecimal():
            continue
        if before is not None and entry.date != before.date:
            step = int(entry.issue_number) - int(before.issue_number)
            between = (dt.date.fromisoformat(entry.date) - dt.date.fromisoformat(before.date)).days
            if step <= 0 or step > between + 1 or (between == 1 and step != 1):
                text = (
                    f"number {entry.issue_number} follows {before.issue_number} of {before.date}",
                    f"总第 {entry.issue_number} 期接 {before.date} 的总第 {before.issue_number} 期",
                )
                yield Gap("numbers", profile.name, entry.date, entry.id, text)
        before = entry


def _same_day(dated: Sequence[IssueEntry]) -> Iterable[Gap]:
    by_date: dict[str, list[IssueEntry]] = {}
    for entry in dated:
        by_date.setdefault(entry.date, []).append(entry)
    for date, entries in by_date.items():
        if len(entries) > 1:
            ids = [entry.id for entry in entries]
            text = (
                f"{len(ids)} different issues of one day: {', '.join(ids)}",
                f"同一天有 {len(ids)} 期不同内容：{'、'.join(ids)}",
            )
            yield Gap("same-day", entries[0].title, date, ids[0], text)


def _little(entries: Sequence[IssueEntry]) -> Iterable[Gap]:
    """Issues with far less text than the others have; said only where there are five to tell."""
    if len(entries) < 5:
        return
    usual = median(entry.characters / max(1, entry.pages) for entry in entries)
    for entry in entries:
        found = entry.characters / max(1, entry.pages)
        if _LITTLE * found < usual:
            text = (
                f"{found:.0f} characters a page, usually {usual:.0f}",
                f"每版 {found:.0f} 字，通常 {usual:.0f} 字",
            )
            yield Gap("little", entry.title, entry.date, entry.id, text)


def _of_one(
    entry: IssueEntry, profile: Profile, known: bool, days: Sequence[int], name: str
) -> Iterable[Gap]:
    if entry.title_id == places.UNTITLED:
        text = "its title could not be read", "未能读出报名"
        yield Gap("untitled", entry.title, entry.date, entry.id, text)
    if not entry.date:
        text = "its date could not be read", "未能读出日期"
        yield Gap("undated", entry.title, "", entry.id, text)
        return
    if profile.pages and entry.pages not in profile.pages:
        usual = "/".join(map(str, profile.pages))
        text = (
            f"{entry.pages} pages, usually {usual}",
            f"共 {entry.pages} 版，通常 {usual} 版",
        )
        yield Gap("pages", entry.title, entry.date, entry.id, text)
    named = date_in(name)
    if named and named != entry.date:
        text = (
            f"dated {entry.date}, but delivered as {name}",
            f"报头日期 {entry.date}，送达名称为 {name}",
        )
        yield Gap("name", entry.title, entry.date, entry.id, text)
    date = dt.date.fromisoformat(entry.date)
    if check(date, entry.weekday, entry.lunar_date):
        printed = " ".join(part for part in (entry.weekday, entry.lunar_date) if part)
        text = (
            f"{entry.date} disagrees with the printed {printed}",
            f"{entry.date} 与所印 {printed} 不符",
        )
        yield Gap("calendar", entry.title, entry.date, entry.id, text)
    elif known and days and date.weekday() not in days:
        text = (
            f"{entry.date} is no day of publication",
            f"{entry.date} 不是出版日",
        )
        yield Gap("day", entry.title, entry.date, entry.id, text)
