"""What contradicts itself in a masthead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...model import Issue
from ...text import calendar


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
