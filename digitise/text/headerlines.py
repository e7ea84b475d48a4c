"""报眉: label, name, date and staff printed over a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import numerals
from .calendar import find_dates, find_weekday
from .identifiers import HALF
from .marks import is_han
from .names import is_name, name_score
from .spaces import squash, tidy_headline


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """One line at the head of a page. `size` in ems of the page's body type; `x0` .. `y1` as
    fractions of the page's width and height."""

    text: str
    size: float
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PageHeader:
    """`label`: as printed without 第 and 版 ("A2", "A02", "07"), Chinese numerals as digits
    (第七版: "7"). `name`: 要闻, 科技·教育. `title`: the paper's name. `date`: YYYY-MM-DD.
    `editors`: the staff as printed, "责编：张三 版式：李四". "" for what is not printed."""

    label: str = ""
    name: str = ""
    title: str = ""
    date: str = ""
    weekday: str = ""
    editors: str = ""


def merge_spaced(lines: Sequence[HeaderLine]) -> tuple[HeaderLine, ...]:
    """`lines` from top to bottom and left to right, with letter-spaced words that were found
    one character at a time put together again."""
    rest = sorted(lines, key=lambda k: (round(k.y0, 3), k.x0))
    out: list[HeaderLine] = []
    while rest:
        line = rest.pop(0)
        while True:
            mate = min((k for k in rest if _spaced_on(line, k)), key=lambda k: k.x0, default=None)
            if mate is None:
                break
            rest.remove(mate)
            first, second = (line, mate) if line.x0 <= mate.x0 else (mate, line)
            line = replace(
                first,
                text=squash(first.text) + squash(second.text),
                x1=max(line.x1, mate.x1),
                y0=min(line.y0, mate.y0),
                y1=max(line.y1, mate.y1),
                size=max(line.size, mate.size),
            )
        out.append(line)
    return tuple(out)


def _spaced_on(a: HeaderLine, b: HeaderLine) -> bool:
    """Whether two pieces are parts of one letter-spaced word: one of them is one character or
    two, both are Han of one size on one line, with less than two characters' room between."""
    s, t = squash(a.text), squash(b.text)
    if not s or not t or min(len(s), len(t)) > 2 or len(s) + len(t) > 12:
        return False
    if not all(is_han(c) for c in s + t) or not 0.75 <= a.size / max(b.size, 1e-9) <= 1.33:
        return False
    if abs((a.y0 + a.y1) - (b.y0 + b.y1)) > 0.5 * ((a.y1 - a.y0) + (b.y1 - b.y0)) * 0.6:
        return False
    pitch = ((a.x1 - a.x0) / len(s) + (b.x1 - b.x0) / len(t)) / 2
    gap = max(a.x0, b.x0) - min(a.x1, b.x1)
    # Two words of two characters may be a name and a label; only close ones are one word.
    limit = 2.0 if min(len(s), len(t)) == 1 else 0.8
    return -0.3 * pitch <= gap <= limit * pitch


_STAFF = (
    r"(?:本版)?(?:责任编辑|责任校对|执行主编|执行编辑|值班编辑|值班主任|值班总编辑?|编辑主任|版面设计|版面编辑|视觉编辑|图片编辑|美术编辑|"
    r"见习编辑|责编|主编|总编辑?|副总编|统筹|编审|审读|组版|组稿|排版|版式|美编|校对|制图|视觉|设计|策划|监制|一读|二读|编辑|"
    r"責任編輯|責編|編輯|校對|签发|终审|编委|值班)"
)
_STAFF_PAIR = re.compile(
    rf"{_STAFF}\s*[:/／]?\s*(?P<names>[\u3400-\u9fff](?:\s?[\u3400-\u9fff]){{1,3}}(?:(?:\s+|、|/)[\u3400-\u9fff](?:\s?[\u3400-\u9fff]){{1,2}}(?!\s*[:：]))*?)(?=\s|$|[|｜;；,，]|{_STAFF})"
)
_CONTACT = re.compile(
    r"(?:热线|电话|新闻热线|报料|邮箱|E-?mail|信箱|网址|投稿|QQ|传真|微信)[:：]?\s*[\w@.\-/—]*|\S+@\S+|(?:https?://|www\.)\S+|\d{3,4}[-—]\d{7,8}",
    re.I,
)
_NUM = r"(?:\d{1,3}|[OoIl|\d]{2,3})"
_CHN = r"[一二三四五六七八九十廿]{1,3}"
_SEC = r"[A-Z]"
_LABEL = re.compile(
    rf"(?<![A-Za-z\d今日共本期出])(?:第\s*(?P<cn>{_CHN}|\d{{1,3}})\s*[版页]"
    rf"|(?P<sec>{_SEC})\s?(?P<num>{_NUM})\s*[版]?(?![A-Za-z\d年月日期])"
    rf"|(?<![.\d-])(?P<bare>\d{{1,3}})\s*版"
    rf"|(?P<cnbare>{_CHN})\s*版(?![式面本]))"
)
_COUNT = re.compile(
    r"(?:今\s*日|本\s*期|今\s*天|共|本报今日)\s*(?:共|出)?\s*(?:[\dA-Z]{1,3}|[一二三四五六七八九十]+)\s*(?:大?版|张)"
)
# 申報 and 晶報 are names, 本报 and 电报 are none.
_TITLE = re.compile(
    r"^(?![本日晚电電情海见見简簡][报報])[\u3400-\u9fff]{1,12}(?:报|報)$|^参考消息$"
)
_MASTHEAD = re.compile(r"总\s*第|CN\s*\d\d|发\s*代\s*号|统一|刊\s*号|主\s*办|今\s*日")
# Scans set the two letters apart: "C N25-1677" names no page N25.
_SERIAL = re.compile(r"C\s*N\s*\d\d\s*[-—–]\s*\d{4}")
_SPLIT = re.compile(r"[\s|｜/／]+")


def read_page_header(lines: Sequence[HeaderLine], number: int) -> PageHeader:
    """Label, name and the rest of a page's head, whose pieces may come in any order.

    `number`: the page's place in the issue, which decides between several readings of a bare
    figure. "今日8版" is a count and no label.
    """
    rows = merge_spaced(lines)
    text = "\n".join(r.text.translate(HALF) for r in rows)
    dates = [d.date for d in find_dates(text) if d.date]
    staff: list[str] = []
    labels: list[tuple[int, float, str]] = []
    words: list[tuple[float, str]] = []
    masthead = _MASTHEAD.search(text) is not None
    for row in rows:
        known, spoken = len(labels), len(words)
        _read_row(row, number, staff, labels, words)
        if masthead and len(labels) == known:  # slogans and the like name no page
            words[spoken:] = [w for w in words[spoken:] if _TITLE.match(w[1])]
    label = max(labels, key=lambda k: (k[0], k[1]))[2] if labels else ""
    title = next((w for _, w in sorted(words, key=lambda k: -k[0]) if _TITLE.match(w)), "")
    names = [(size, w) for size, w in words if w != title and not _TITLE.match(w)]
    name = max(names, key=lambda k: (k[0], len(k[1])))[1] if names else ""
    return PageHeader(
        label,
        name,
        title,
        dates[0].isoformat() if dates else "",
        find_weekday(text),
        " ".join(staff),
    )


def _read_row(
    row: HeaderLine,
    number: int,
    staff: list[str],
    labels: list[tuple[int, float, str]],
    words: list[tuple[float, str]],
) -> None:
    """Takes one line apart; what it finds is added to the three lists."""
    s = row.text.translate(HALF)
    staff.extend(row.text[m.start() : m.end()].strip() for m in _STAFF_PAIR.finditer(s))
    s = _CONTACT.sub(" ", _STAFF_PAIR.sub(" ", s))
    for d in reversed(find_dates(s)):
        s = s[: d.start] + " " + s[d.end :]
    s = re.sub(
        r"(?:星\s*期|礼\s*拜)\s*[一二三四五六日天]|(?<![\u3400-\u9fff])周[一二三四五六日](?![\u3400-\u9fff])",
        " ",
        s,
    )
    s = re.sub(r"[农農][历曆]\s*[\u3400-\u9fff]+|总?第\s*\d+\s*[期号]|\d{1,2}月\d{1,2}日", " ", s)
    s = _SERIAL.sub(" ", _COUNT.sub(" ", s))
    labels.extend((*_weight(m, number), _label(m)) for m in _LABEL.finditer(s))
    s = _LABEL.sub(" ", s)
    slip = re.fullmatch(r"\s*([A-H])\s*[lI|]\s*版?\s*", s)
    if slip and number == 1:  # Al for A1
        labels.append((3, row.size, slip.group(1) + "1"))
        s = ""
    bare = re.fullmatch(r"\s*([0-9]{1,3})\s*", s)
    fused = re.match(r"\s*(\d{1,3})\s*(?=[\u3400-\u9fff])|.*[\u3400-\u9fff]\s*(\d{1,3})\s*$", s)
    for m2 in (bare, fused):
        if m2:
            figure = next(g for g in m2.groups() if g)
            near = int(figure) == number
            if len(figure) <= 2 and (near or len(figure) == 2 or m2 is bare):
                labels.append((1 + near, row.size, figure))
                s = s.replace(figure, " ", 1)
            break
    words.extend((row.size, token) for token in _words(s) if not _is_person(token, row.size))


def _words(s: str) -> list[str]:
    out = []
    for token in _SPLIT.split(tidy_headline(s)):
        t = token.strip("·:：.,、-—_[]()【】（）《》〈〉□■●◆★▲▶◀")
        if re.fullmatch(r"[\u3400-\u9fff]{1,8}(?:[·•・・&、—-][\u3400-\u9fff]{1,8}){0,3}", t) and (
            2 <= len(t) <= 16 and not re.fullmatch(rf"{_STAFF}|版|第|版面|导读", t)
        ):
            out.append(t)
    return out


def _is_person(token: str, size: float) -> bool:
    return size < 1.3 and is_name(token) and name_score(token) >= 0.7


def _weight(m: re.Match[str], number: int) -> tuple[int, float]:
    digits = m.group("cn") or m.group("num") or m.group("bare") or m.group("cnbare")
    value = numerals.parse(digits)
    base = 3 if m.group("sec") or m.group("cn") else 2
    return base + (value == number), 0.0


def _label(m: re.Match[str]) -> str:
    if m.group("sec"):
        fixed = m.group("num").translate(str.maketrans("OoIl|", "00111"))
        return m.group("sec") + fixed
    figure = m.group("cn") or m.group("bare") or m.group("cnbare")
    if figure.isascii():
        return figure
    return str(numerals.parse(figure) or "")
