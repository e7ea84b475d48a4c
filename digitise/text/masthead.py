"""报头: the title, dates and numbers at the head of the first page."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from ..model import Masthead
from .calendar import find_dates, find_lunar, find_weekday, repair, weekday_text
from .headerlines import HeaderLine, PageHeader, merge_spaced, read_page_header
from .identifiers import (
    HALF,
    Found,
    find_cn,
    find_issn,
    find_issue_number,
    find_postal,
    issn_valid,
)
from .marks import is_han
from .spaces import squash, tidy_headline

__all__ = [
    "HeaderLine", "MastheadReading", "PageHeader", "read_masthead", "read_page_header",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MastheadReading:
    """`warnings`: English sentences on what contradicts itself or was put right."""

    masthead: Masthead
    warnings: tuple[str, ...] = ()


def read_masthead(
    lines: Sequence[HeaderLine], running_titles: Sequence[str] = ()
) -> MastheadReading:
    """The masthead printed in `lines`, in any order.

    `running_titles`: the paper's name as read in the heads of other pages; it corrects a
    calligraphic title that was misread and stands in for one that is only a picture. Date,
    weekday and lunar date are checked against each other and one misread is put right by the
    other two. A field that is not printed is "".
    """
    rows = merge_spaced(lines)
    text = "\n".join(line.text for line in rows)
    warnings: list[str] = []

    date, printed = _date(rows, text)
    weekday = find_weekday(text)
    lunar = find_lunar(text)
    fixed = repair(date, weekday, _lunar_wording(lunar.text if lunar else "", text), printed)
    warnings.extend(fixed.warnings)

    if fixed.date and not fixed.weekday and re.search(r"星\s*期\s*\S", text):
        fixed = replace(fixed, weekday=weekday_text(fixed.date))
        warnings.append(f"the weekday could not be read; the date makes it {fixed.weekday}")

    rest = text
    values: dict[str, str] = {}
    finders: tuple[tuple[str, Callable[[str], Found | None]], ...] = (
        ("cn", find_cn),
        ("issn", find_issn),
        ("postal_code", find_postal),
        ("issue_number", find_issue_number),
    )
    for field, find in finders:
        found = find(rest)
        values[field] = found.value if found else ""
        if found:
            rest = rest[: found.start] + "\n" + rest[found.end :]
    if values["issn"] and not issn_valid(values["issn"]):
        warnings.append(f"the check digit of ISSN {values['issn']} is wrong")

    publisher = _publisher(_without_dates(rest))
    title, note = _title(rows, running_titles, publisher, text)
    if note:
        warnings.append(note)
    return MastheadReading(
        Masthead(
            title=title,
            date=fixed.date.isoformat() if fixed.date else "",
            weekday=fixed.weekday,
            lunar_date=fixed.lunar,
            publisher=publisher,
            **values,
        ),
        tuple(warnings),
    )


def _lunar_wording(found: str, text: str) -> str:
    """What stands behind 农历 when no lunar date could be made out there."""
    if found:
        return found
    m = re.search(r"[农農夏][历曆]\s*[:：]?\s*([\u3400-\u9fff \t]{3,12})", text)
    return squash(m.group(1)) if m else ""


def _date(rows: Sequence[HeaderLine], text: str) -> tuple[dt.date | None, str]:
    dates = find_dates(text)
    good = [d for d in dates if d.date]
    if good:
        return good[0].date, good[0].text
    # A design in which the day stands by itself in large type: 2023年12月 | 8 | 星期五
    m = re.search(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月(?![ \t]*\d)", text.translate(HALF))
    days = [r for r in rows if re.fullmatch(r"\d{1,2}\s*日?", r.text.translate(HALF).strip())]
    if m and days:
        day = max(days, key=lambda r: r.size).text.translate(HALF).strip(" 日")
        try:
            return dt.date(int(m.group(1)), int(m.group(2)), int(day)), m.group()
        except ValueError:
            pass
    return (None, dates[0].text) if dates else (None, "")


def _without_dates(text: str) -> str:
    for d in reversed(find_dates(text)):
        text = text[: d.start] + "\n" + text[d.end :]
    text = re.sub(r"星\s*期\s*[一二三四五六日天]", "\n", text)
    return re.sub(
        r"(?:[农農夏][历曆]\s*)?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳已午未申酉戌亥]年)?\s*闰?"
        r"(?:正|冬|腊|十[一二]|[一二三四五六七八九十])月(?:初.|廿.|二?十[一二三四五六七八九]?|三十)",
        "\n",
        text,
    )


_BODY = r"[\u3400-\u9fff（）()·、“”A-Za-z]"
_SECOND = r"[\u3400-\u9fff（）·、]"  # a second publisher is no English title of the paper
_HEAD_SIDE = (
    rf"主\s*办\s*(?:单\s*位|者|方)?\s*[:：]\s*(?P<v>{_BODY}{{2,40}}(?:\s{_SECOND}{{4,40}}(?=\s|$))?)",
    rf"主\s*办\s*单\s*位\s*(?P<v>{_BODY}{{3,40}})",
    rf"(?:编\s*辑\s*)?出\s*版\s*(?:单\s*位|者)?\s*[:：]\s*(?P<v>{_BODY}{{2,40}})",
    rf"(?:^|\n)\s*主\s*办\s+(?P<v>{_BODY}{{4,40}})",
)
_TAIL_SIDE = (
    rf"(?P<v>{_BODY}{{3,40}}?)\s*(?:主\s*管\s*[、，]?\s*)?主\s*办(?!\s*[单:：者方])",
    rf"(?P<v>{_BODY}{{3,40}}?)\s*(?:编\s*辑\s*)?出\s*版(?!\s*[单:：者物日])",
)


def _publisher(text: str) -> str:
    """Who publishes: the 主办 where one is named, else the 出版."""
    for pattern in (
        _HEAD_SIDE[0],
        _HEAD_SIDE[1],
        _TAIL_SIDE[0],
        _HEAD_SIDE[3],
        _HEAD_SIDE[2],
        _TAIL_SIDE[1],
    ):
        for m in re.finditer(pattern, text):
            value = re.split(
                r"\s*(?:主管|主办|协办|承办|出版(?!社|集团|传媒|有限|公司|物|发行)|国内统一|邮发|编辑部|总编|社长)",
                m.group("v"),
            )[0]
            value = squash(value).strip("、：:·")
            value = re.sub(r"^(?:由|本报由|单位)", "", value)
            if len(value) >= 3 and not value.startswith(("国内", "统一", "日期")):
                return value
    return ""


_TITLE_END = re.compile(
    r"(?:日报|晚报|晨报|早报|时报|周报|商报|导报|快报|都市报|文摘报|青年报|工人报|法制报|法治报|科技报|教育报|电视报|画报|"
    r"报|新闻|周刊|消息|观察|文摘|時報|日報|晚報|報)$"
)
_NOT_TITLE = re.compile(
    r"代号|刊号|出版|主办|主管|期$|星期|农历|热线|电话|网址|邮箱|微信|http|www|今日|导读|责编|编辑|天气|气温|℃|定价|零售|年.*月|[:：，。]|广告"
)
_SLOGAN = re.compile(r"[\u3400-\u9fff]{3,8}[\s　·，,]+[\u3400-\u9fff]{3,8}$")


def _title(
    rows: Sequence[HeaderLine], running: Sequence[str], publisher: str, text: str
) -> tuple[str, str]:
    """The paper's name, and a warning where it was not simply read."""
    known = _commonest([squash(t) for t in running if squash(t)])
    hints = _hints(publisher, text)
    scored: list[tuple[float, str]] = []
    for row in rows:
        s = squash(tidy_headline(row.text))
        han = sum(1 for c in s if is_han(c))
        if not 2 <= han <= 14 or han < 0.8 * len(s) or _NOT_TITLE.search(s):
            continue
        score = row.size
        if _TITLE_END.search(s):
            score *= 2.0
        if _SLOGAN.search(row.text.strip()):
            score *= 0.3
        if known:
            score *= 1.0 + 2.0 * Levenshtein.normalized_similarity(s, known)
        if s in hints:
            score *= 1.6
        scored.append((score, s))
    read = max(scored, key=lambda t: t[0])[1] if scored else ""
    if known:
        return _settled(read, known, hints)
    if read and (_TITLE_END.search(read) or read in hints or _towers(rows, read)):
        near = next((h for h in hints if h != read and _same_name(read, h)), "")
        if near and not _TITLE_END.search(read):
            return near, f"the title read as {read} was taken as {near}"
        return read, ""
    if hints:
        return hints[0], f"the title was taken from other lines of the masthead as {hints[0]}"
    return read, ""


def _settled(read: str, known: str, hints: Sequence[str]) -> tuple[str, str]:
    """Between the title as read and the one the other pages carry."""
    if not read or read == known:
        return known, "" if read else f"the title was taken from the page heads as {known}"
    if read in hints and known not in hints:
        return read, f"the title reads {read}, but other pages carry {known}"
    if _same_name(read, known) or not _TITLE_END.search(read):
        return known, f"the title read as {read} was taken as {known} from the page heads"
    return read, f"the title reads {read}, but other pages carry {known}"


def _same_name(a: str, b: str) -> bool:
    return Levenshtein.normalized_similarity(a, b) >= 0.4


def _towers(rows: Sequence[HeaderLine], read: str) -> bool:
    size = max(r.size for r in rows if squash(tidy_headline(r.text)) == read)
    others = [r.size for r in rows if squash(tidy_headline(r.text)) != read]
    return not others or size >= 1.5 * max(others)


def _commonest(titles: Sequence[str]) -> str:
    if not titles:
        return ""
    counts = Counter(titles)
    return min(counts, key=lambda t: (-counts[t], not _TITLE_END.search(t), titles.index(t)))


def _hints(publisher: str, text: str) -> tuple[str, ...]:
    """Names of the paper that stand elsewhere in the masthead: its publisher's, its accounts'."""
    out: list[str] = []
    m = re.match(r"(.{2,10}报)社$", publisher)
    if m:
        out.append(m.group(1))
    for m in re.finditer(
        r"(?:微信|微博|公众号|客户端|数字报)[:：]?\S*?[或“《]?([\u3400-\u9fff]{2,10}报)(?![社业纸])",
        squash_lines(text),
    ):
        name = re.sub(r"^.*[或“《]", "", m.group(1))
        if name not in out and not re.search(r"微信|微博|官方|公众|电子|数字|关注", name):
            out.append(name)
    return tuple(out)


def squash_lines(text: str) -> str:
    """`text` with the spaces inside its lines removed."""
    return "\n".join(squash(line) for line in text.splitlines())
