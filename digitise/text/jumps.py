"""（下转A2版）, ◀上接第一版: the marks that lead a reader from page to page.

A marker's words alone are no marker: "会议由线下转线上" is a sentence. What makes one is its
shape, brackets, an arrow, or standing by itself at an end of the text, together with a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .pagetargets import NUMBER, SECTION, PageTarget, matches, page_number
from .spaces import squash

__all__ = [
    "Jump", "PageTarget", "Reference", "find_jumps", "find_references", "leading_jump", "matches", "strip_jumps",
]  # fmt: skip

Direction = Literal["to", "from"]


@dataclass(frozen=True, slots=True)
class Jump:
    """`marker` is `text[start:end]` of the text searched. `title`: the headline it names."""

    direction: Direction
    marker: str
    target: PageTarget
    start: int
    end: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer to a report of its own on another page (详见A3版); not a jump."""

    marker: str
    target: PageTarget
    start: int
    end: int


# One character for one character, so that offsets stay good.
_FOLD = str.maketrans(
    {
        **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
        **dict.fromkeys("轉転", "转"),
        **dict.fromkeys("緊", "紧"),
        **dict.fromkeys("【〔〖〘［「『{", "["),
        **dict.fromkeys("】〕〗〙］」』}", "]"),
        "\u3000": " ",
        "\xa0": " ",
        "﹙": "(",
        "﹚": ")",
    }
)
_W = r"\s{0,3}"
_ARROW = r"[▶►▷▸◀◄◁◂→←⇒⇐⇨⇦➔➜➤☞☜>»<«↓↑⇩↘↙▲▼△▽★☆●■◆□]{1,3}"
_PAGEWORD = r"(?:[版板阪叛扳皈](?![块图本权式面])|版面|[面页頁])"
_STRONG_TO = (
    rf"(?:下{_W}[转传]|紧{_W}接|下{_W}接|未{_W}完{_W}[,，]?{_W}(?:下)?转|余{_W}[下文]?{_W}转)"
)
_STRONG_FROM = rf"(?:上{_W}接|土{_W}接|上{_W}承|续{_W}接)"
_WEAK_TO = rf"转{_W}(?:[至到入]{_W})?"
_WEAK_FROM = rf"(?:接{_W}|承{_W}|续{_W})"
_NAME = r"(?:[\u3400-\u9fff]{2,5}?)"


def _target(p: str, page: str, name: str = rf"|{_NAME}(?={_W}\d)") -> str:
    """A page in print; group names get the prefix `p`, `page` is "?" where 版 may be missing,
    `name` is "" where a page's name in front of the number does not count."""
    return (
        rf"(?:(?P<{p}front>头{_W}版|頭{_W}版|中{_W}缝|封{_W}底)"
        rf"|第?{_W}(?P<{p}section>{SECTION}{name})?{_W}[叠迭-]?{_W}第?{_W}"
        rf"(?P<{p}number>{NUMBER})(?:{_W}[、,，和至—-]{_W}{SECTION}?{NUMBER}){{0,3}}"
        rf"(?:{_W}(?P<{p}page>{_PAGEWORD})){page})"
    )


_TAIL = r"(?P<tail>[^()\[\]。]{0,40}?)"
_LEAD = rf"(?:(?:图{_W}文|[全本此]?文(?:{_W}[/、]{_W}图)?|图|报道|内容){_W})?"
_VERB = rf"(?:(?P<to>{_STRONG_TO})|(?P<from>{_STRONG_FROM}))"
_ANY = rf"(?:(?P<to>{_STRONG_TO}|{_WEAK_TO})|(?P<from>{_STRONG_FROM}|{_WEAK_FROM}))"

_ANY_AGAIN = _ANY.replace("<to>", "<to2>").replace("<from>", "<from2>")
_POINT = r"[▶►▷▸◀◄◁◂→←⇒⇐➔➜➤☞>»]"

_BRACKETED = re.compile(
    rf"(?:(?P<angle>[<《])|[(\[]){_W}(?:{_ARROW})?{_W}{_LEAD}{_ANY}{_W}{_target('', '?')}"
    rf"(?(angle)(?P<none>[①-⑳]?){_W}[>》]|{_TAIL}{_W}(?:{_ARROW})?{_W}[)\]])"
)
_ARROWED = re.compile(
    rf"(?:{_ARROW}{_W}{_LEAD}{_ANY}{_W}{_target('', '?')}"
    rf"|{_ANY_AGAIN}{_W}{_target('x', '?')}{_W}(?={_POINT}))"
    rf"(?P<tail>[①-⑳]?){_W}(?:{_POINT}{{1,3}})?"
)
# A bracket that the recogniser lost on one side.
_HALF_OPEN = re.compile(rf"[(\[]{_W}{_LEAD}{_VERB}{_W}{_target('', '')}(?P<tail>[①-⑳]?|第.条)")
_HALF_SHUT = re.compile(rf"{_VERB}{_W}{_target('', '')}{_TAIL}{_W}[)\]]")
_ALONE_START = re.compile(
    rf"(?:^|(?<=\n)){_W}{_VERB}{_W}{_target('', '?')}(?P<tail>[①-⑳]?)"
    rf"(?=\s|$|[A-Za-z“‘\u3400-\u9fff])"
)
_ALONE_END = re.compile(
    rf"(?:^|(?<=[\n\s。！？；，、：”’!?;,:]))(?:[*·•]{_W})?{_VERB}{_W}{_target('', '?')}"
    rf"(?P<tail>[①-⑳]?){_W}(?=$|\n)"
)
# In a line that is full, and on scans in any, the marker follows its text without a gap: only where
# it names a lettered page or one with 版 and ends the text.
_GLUED_END = re.compile(
    r"(?<=[\u3400-\u9fff\d])(?P<to>下转)(?P<from>(?!))?\s{0,2}(?=[A-H]|[^版\n]{1,5}版)"
    rf"第?(?P<section>[A-H])?(?P<number>{NUMBER})(?P<page>版)?(?P<tail>[①-⑳]?)(?=$|\n)"
)
_TITLE = re.compile(r"[《“\"「『](.{2,40}?)[》”\"」』]")
_SENTENCE_ON = re.compile(r"[的之产次届轮阶批位项年月日个条人所为到开举名]")


_HINT = re.compile(r"[转传接承]")


def find_jumps(text: str) -> tuple[Jump, ...]:
    """Every jump marker of `text`, by place; markers do not overlap."""
    s = text.translate(_FOLD)
    if not _HINT.search(s):
        return ()
    found: list[Jump] = []
    for pattern in (
        _BRACKETED,
        _ARROWED,
        _HALF_OPEN,
        _HALF_SHUT,
        _ALONE_END,
        _ALONE_START,
        _GLUED_END,
    ):
        for m in pattern.finditer(s):
            if any(m.start() < j.end and j.start < m.end() for j in found):
                continue
            jump = _jump(text, s, m, pattern)
            if jump is not None:
                found.append(jump)
    return tuple(sorted(found, key=lambda j: j.start))


def _jump(text: str, s: str, m: re.Match[str], pattern: re.Pattern[str]) -> Jump | None:
    groups = m.groupdict()
    x = "x" if groups.get("xnumber") or groups.get("xfront") else ""
    verb_to = groups.get("to") or groups.get("to2")
    verb = verb_to or groups.get("from") or groups.get("from2") or ""
    number, section = groups.get(x + "number"), groups.get(x + "section") or ""
    paged = groups.get(x + "page") is not None
    tail = (groups.get("tail") or "").strip()
    if groups.get(x + "front") is None and number is not None:
        if not _page_like(section, number, paged, len(squash(verb)) > 1, tail, pattern):
            return None
        if pattern is _ALONE_START and not _stands_alone(s, m, section, number, paged):
            return None
    start, end = m.start(), m.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    suffix = text[m.start("tail") : m.end("tail")].strip() if groups.get("tail") else ""
    target = _target_of(groups.get(x + "front"), section, number, suffix)
    if target is None:
        return None
    title = _TITLE.search(target.suffix)
    return Jump(
        "to" if verb_to else "from",
        text[start:end],
        target,
        start,
        end,
        title.group(1).strip() if title else "",
    )


def _page_like(
    section: str, number: str, paged: bool, strong: bool, tail: str, pattern: re.Pattern[str]
) -> bool:
    """Whether what follows the verb is a page and not just a number."""
    if paged:
        return True
    latin = number[0].isascii()
    if len(section) == 1:
        return latin and (not tail or not tail[0].isalnum())
    if not strong or section:
        return False
    if tail and not re.match(r"[①-⑳《“\"]|第.条", tail):
        return False
    return (
        number[0].isdigit()
        or (
            latin
            and page_number(number) is not None
            and not tail
            and (pattern is _BRACKETED and any(c.isdigit() for c in number))
        )
        or (pattern is _BRACKETED and not latin and not tail)
    )


def _stands_alone(s: str, m: re.Match[str], section: str, number: str, paged: bool) -> bool:
    """A marker without brackets in front of text: a gap, or a page so plain it needs none."""
    rest = s[m.end() :]
    if not rest or rest[0] == "\n":
        return True
    if rest[0].isspace():
        return paged or bool(section) or (len(number) == 2 and number.isdigit())
    ordinal = section or number[0].isdigit() or "第" in m.group()
    return paged and bool(ordinal) and not _SENTENCE_ON.match(rest)


def _target_of(
    front: str | None, section: str, number: str | None, suffix: str
) -> PageTarget | None:
    if front is not None:
        front = squash(front)
        return (
            PageTarget("", 1, suffix) if front.endswith("版") else PageTarget("", 0, front + suffix)
        )
    value = page_number(number or "")
    if value is None or not 0 < value <= 400:
        return None
    return PageTarget(section.upper(), value, suffix)


_REFERENCE = re.compile(
    rf"(?:(?:[(\[]{_W})?(?P<verb>(?:详{_W}见|详{_W}情{_W}见|相关(?:报道|新闻|内容)?{_W}[详]?见|(?:报道|全文|内容|新闻|图文){_W}[详]?见|[(\[]{_W}见|参{_W}见))"
    rf"{_W}(?:本报|今日|今天)?{_W}{_target('', '?')}(?:{_W}[)\]])?"
    rf"|(?:{_ARROW}|[(\[]){_W}{_target('y', '?')}{_W}[)\]]?"
    rf"|{_target('z', '', '')}{_W}(?:[▶►▷▸→➔➤☞>»]))"
)


_REFERENCE_HINT = re.compile(
    rf"见|(?:{_ARROW}|[(\[]){_W}第?{_W}(?:{SECTION}{_W})?{NUMBER}|{_PAGEWORD}{_W}{_ARROW}"
)


_LEADING = re.compile(
    r"^\s*[◀◁◄←《〈<]?\s*(?:上接|紧接)\s*第?\s*[A-Za-z]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*版?[①-⑳]?"
)


def leading_jump(text: str) -> Jump | None:
    """The back marker a continuation opens with, also where neither bracket nor space parts it
    from the text: 上接A01变的是… A line that is 下转A2版 and nothing else closes a text instead;
    紧接 is said at either end."""
    for jump in find_jumps(text):
        if jump.start <= 1:
            alone = jump.direction == "to" and not text[jump.end :].strip()
            return None if alone and re.search("[转轉传]", jump.marker) else jump
    m = _LEADING.match(text)
    if m is None:
        return None
    for jump in find_jumps(m.group()):
        return jump
    return None


def find_references(text: str) -> tuple[Reference, ...]:
    """Pointers of the 详见A3版, ▶A2版, （A3版） kind; jump markers are not among them."""
    s = text.translate(_FOLD)
    if not _REFERENCE_HINT.search(s):
        return ()
    jumps = find_jumps(text)
    found: list[Reference] = []
    for m in _REFERENCE.finditer(s):
        if any(m.start() < j.end and j.start < m.end() for j in jumps):
            continue
        groups = m.groupdict()
        x = next((p for p in ("", "y", "z") if groups[p + "number"] or groups[p + "front"]), "")
        section, number = groups[x + "section"] or "", groups[x + "number"]
        plain = groups[x + "front"] is None and groups[x + "page"] is None
        if plain and (len(section) != 1 or not (number or "")[:1].isascii()):
            continue
        target = _target_of(groups[x + "front"], section, number, "")
        if target is not None:
            found.append(Reference(text[m.start() : m.end()].strip(), target, m.start(), m.end()))
    return tuple(found)


def is_marker(text: str) -> bool:
    """Whether a line is a jump marker and nothing else: （接1版）."""
    solid = text.strip()
    return bool(solid) and not strip_jumps(solid).strip(" 　▲▼◀▶△▽←→■●★☆") and len(solid) < 24


def strip_jumps(text: str) -> str:
    """`text` without its jump markers and the gaps that set them off."""
    out, at = "", 0
    for jump in find_jumps(text):
        before = text[at : jump.start]
        out += before.rstrip(" \t\u3000") if text[jump.end :].strip() else before.rstrip()
        at = jump.end
        while at < len(text) and text[at] in " \t\u3000":
            at += 1
        if (not out or out.endswith("\n")) and text[at : at + 1] == "\n":
            at += 1
    return out + text[at:]
