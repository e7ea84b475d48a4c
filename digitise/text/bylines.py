"""Signatures, picture credits and datelines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .marks import CLOSERS, FULL_STOPS
from .names import is_name, name_score
from .spaces import squash

_ROLES = (
    r"(?:(?:首席|见习|实习|特约|特派|驻站|驻[\u4e00-\u9fff]{1,6}|融媒体?|全媒体?|摄影|文字|体育"
    r"|本报|本刊|本网|新华社|中新社|"
    r"[\u4e00-\u9fff]{2,8}(?:日报|晚报|晨报|都市报|时报|周报|商报|早报|导报|报)(?:全媒体)?)\s*){0,3}"
    r"(?:记者|通讯员|通訊員|特约撰稿人?|撰稿人?|评论员|實習生|实习生|特约通讯员|特派员|報道组|报道组|编译|本报编辑)"
)
ROLE = re.compile(_ROLES)
_BULLET = r"[□■●◆○◎▲△☆★※◇▣▪•·*]"
# Whatever stands for one or several names behind a role; judged token by token afterwards.
_NAMES = r"[\u3400-\u9fff·•・\s\u3000、，,/／]{2,60}"
_WORK = (  # longest first
    r"(?:摄影报道|文并摄|文并图|文/图|图/文|文图|图文|撰文|摄影|供图|制图|漫画|整理|综合|报道|编译|采写"
    r"|策划|统筹|文|图|摄)"
)
_SLASHED = re.compile(
    rf"{_BULLET}?\s*{_WORK}\s*[/／:：|｜]\s*(?P<a>{_NAMES})(?:{_WORK}\s*[/／:：|｜]\s*{_NAMES})*$"
)
# Who wrote it took the pictures as well: 张三 文/摄
_BOTH = re.compile(r"\s*(?:文\s*[/／、]?\s*[摄图]|图\s*[/／、]?\s*文|文并摄|文并图|摄影报道)$")
_NOT_NAME_VERBS = re.compile(
    r"从|在|获悉|了解|采访|看到|来到|表示|介绍|说|问|发现|赶到|联系|拨打|走进|见到|昨[日天]|今[日天]|近日|日前|的|了|是|将|就|对|向|把|被|也|还|都|们|协会|节|证|站"
)


@dataclass(frozen=True, slots=True)
class Signed:
    """`body` and `byline` of a text that ends with a signature; `byline` is empty where it does
    not. `set_off`: a gap or brackets stand between the two."""

    body: str
    byline: str
    set_off: bool = False


def _names_ok(text: str) -> bool:
    """Whether `text` is nothing but names, separated by gaps or commas."""
    text = text.strip(" \t\u3000、，,/／;；")
    if not text or len(text) > 48:
        return False
    tokens = [t for t in re.split(r"[\s\u3000、，,/／;；]+", text) if t]
    merged: list[str] = []
    for token in tokens:  # 徐　军: single characters pair up
        if len(token) == 1 and merged and len(merged[-1]) == 1:
            merged[-1] += token
        else:
            merged.append(token)
    if any(len(t) == 1 for t in merged):
        return False
    return all(_name_like(t) for t in merged)


def _name_like(token: str) -> bool:
    if is_name(token):
        return True
    if 4 < len(token) <= 9 and token[0] in "本特" and token.endswith("员"):
        return True
    # Names run together where a recogniser dropped the gap: 张三李四
    if 4 <= len(token) <= 12 and not _NOT_NAME_VERBS.search(token):
        return any(
            name_score(token[:i]) >= 0.55 and _name_like(token[i:])
            for i in (3, 2, 4)
            if len(token) - i >= 2
        )
    return len(token) in (2, 3) and name_score(token) > 0 and not _NOT_NAME_VERBS.search(token)


def _signature(text: str) -> bool:
    """Whether `text` is roles with their names, one after another, and nothing else."""
    s = text.strip()
    s = re.sub(rf"^{_BULLET}+\s*", "", s)
    roles = list(ROLE.finditer(s))
    if not roles or roles[0].start() > 0:
        return False
    ends = [m.start() for m in roles[1:]] + [len(s)]
    named = False
    for role, end in zip(roles, ends, strict=True):
        part = s[role.end() : end].strip(" \t\u3000:：、，,/／;；")
        if part:
            part = re.sub(rf"\s*[/／]?\s*(?:{_WORK})\s*$", "", part) or part
            if not _names_ok(part):
                return False
            named = True
    return named or (len(roles) == 1 and s.endswith(("评论员", "报道组", "編輯", "撰稿人")))


def byline_score(text: str) -> float:
    """How far a line standing by itself is a signature, 0..1.

    1.0: roles with names (□本报记者 …, 文/… 图/…); 0.9: the same in brackets; 0.3..0.6: names
    alone, which a heading or a list may be too.
    """
    s = text.strip()
    if not s or len(s) > 80:
        return 0.0
    inner = _unwrap(s)
    if _signature(inner):
        return 0.9 if inner != s else 1.0
    both = _BOTH.search(inner)
    if both and (_bare_names(inner[: both.start()], True) or _signature(inner[: both.start()])):
        return 0.9
    if _SLASHED.match(inner) and _names_ok(_strip_work(inner)):
        return 1.0
    if inner != s and _bare_names(inner, bracketed=True):
        return 0.7
    marked = re.match(rf"{_BULLET}+\s*", inner)
    bare = inner[marked.end() :] if marked else inner
    # ●单堂：耳目一新 is the lead of a short report
    if marked and "：" not in bare and (_place_and_name(bare) or _names_ok(bare)):
        return 0.85
    if inner == s and re.fullmatch(
        r"本报(?:综合|综合报道|综合消息|评论员|编辑部)|综合报道", squash(s)
    ):
        return 0.8
    if any(c in s for c in FULL_STOPS + "，：:；"):
        return 0.0
    names = [name_score(t) for t in re.split(r"[\s\u3000、]{1,}", _pair(bare)) if t]
    if names and len(names) <= 4 and min(names) > 0.25:
        return (0.55 if len(names) > 1 else 0.6) * (sum(names) / len(names)) + 0.1
    return 0.0


def is_byline(text: str) -> float:
    """The same as `byline_score`, under the name of the question it answers."""
    return byline_score(text)


def _strip_work(s: str) -> str:
    return re.sub(rf"^{_BULLET}|{_WORK}\s*[/／:：|｜]|{_ROLES}", " ", s)


def _pair(s: str) -> str:
    """Closes the gap inside a two-character name that stands alone or among names."""
    return re.sub(
        r"(?<![\u3400-\u9fff])([\u3400-\u9fff])[\s\u3000]{1,3}([\u3400-\u9fff])(?![\u3400-\u9fff])",
        r"\1\2",
        s,
    )


def _place_and_name(s: str) -> bool:
    """A post and a name: 某省科技厅党组书记 张三"""
    parts = re.split(r"[\s\u3000]+", _pair(s.strip()))
    if len(parts) < 2 or len(s) > 60 or any(c in s for c in FULL_STOPS + "，；"):
        return False
    tail = 0
    while tail < len(parts) and name_score(parts[-1 - tail]) >= 0.55:
        tail += 1
    return tail >= 1


def _unwrap(s: str) -> str:
    pairs = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕"}
    if len(s) > 2 and s[0] in pairs and s[-1] in (pairs[s[0]], ")", "）"):
        return s[1:-1].strip()
    return s


_TAIL_BRACKET = re.compile(r"[（(]([^（）()]{2,60})[）)]\s*$")
_TAIL_ROLE = re.compile(rf"(?:{_BULLET}\s*)?{_ROLES}")


def split_trailing_byline(text: str) -> Signed:
    """A paragraph and the signature at its end.

    Taken off: a signature in brackets, （记者 张三）, also names alone （张三 李四）; roles with
    names behind a full stop, whether or not a gap is left; names alone behind a full stop and
    a gap. A sentence that speaks of a 记者 stays whole: what follows the role must be names up
    to the end of the text. `byline` is without its brackets.
    """
    s = text.rstrip()
    whole = Signed(text, "")
    bracket = _TAIL_BRACKET.search(s)
    if bracket and bracket.start() > 0:
        inner = bracket.group(1).strip()
        stopped = s[: bracket.start()].rstrip()[-1:] in FULL_STOPS + CLOSERS
        if _signature(inner) or (stopped and _bare_names(inner, True)) or _is_slashed(inner):
            return Signed(s[: bracket.start()].rstrip(), inner, True)
    for role in _TAIL_ROLE.finditer(s):
        start = role.start()
        before = s[:start].rstrip()
        if not before:
            return Signed("", s.strip()) if _signature(s) else whole
        gap = start > len(before)
        if (before[-1] in FULL_STOPS + CLOSERS or gap) and _signature(s[start:]):
            return Signed(before, s[start:].strip(), gap)
    slashed = re.search(rf"[\s\u3000]+({_WORK}\s*[/／].{{2,40}})$", s)
    if slashed and _is_slashed(slashed.group(1)):
        return Signed(s[: slashed.start()].rstrip(), slashed.group(1).strip(), True)
    bare = re.search(r"(?<=[。！？…”’])[\s\u3000]+([\u3400-\u9fff·\s\u3000]{2,24})$", s)
    if bare and _bare_names(bare.group(1)):
        return Signed(s[: bare.start()].rstrip(), bare.group(1).strip(), True)
    return whole


def _is_slashed(s: str) -> bool:
    return _SLASHED.match(s) is not None and _names_ok(_strip_work(s))


_NO_NAME = re.compile(
    r"待续|未完|连载|[上下左右题附插]图|图片|综合|本报|转载|节选|摘编|摘自|删节|略|完|终|新华|据|见|编|注|全文|详|[一二三四五六七八九十]$"
)


def _bare_names(s: str, bracketed: bool = False) -> bool:
    """Whether `s` is names alone; brackets behind a full stop vouch for a rare surname."""
    tokens = [t for t in re.split(r"[\s\u3000、，,/／]+", _pair(s.strip())) if t]
    if not 0 < len(tokens) <= 5:
        return False
    if all(name_score(t) >= 0.5 for t in tokens):
        return True
    return bracketed and all(
        name_score(t) >= 0.5
        or (
            2 <= len(t) <= 3
            and name_score(t) > 0
            and not _NO_NAME.search(t)
            and not _NOT_NAME_VERBS.search(t)
        )
        for t in tokens
    )


_CREDIT = re.compile(
    rf"(?:{_ROLES})?\s*{_NAMES}\s*(?:[/／]\s*)?(?:摄影报道|摄影|摄|攝|供图|提供|制图|绘|作|图|/文|文/摄|发|翻拍|插图|漫画)$"
)
_CREDIT_HEAD = re.compile(
    r"(?:图|摄影|摄|供图|制图|图片|漫画|绘图|图片来源|视觉中国|插图|题图)\s*[/／:：|｜]\s*\S{2,30}$"
)
_CREDIT_FIXED = re.compile(
    r"(?:资料图片?|资料照片|图片来自网络|网络图片|本报资料(?:图片|照片)|图片由.{2,30}提供|新华社发|新华社供图|视觉中国供图|受访者供图|(?:本报)?制图.{0,6})$"
)
_CREDIT_VERB = re.compile(r"(?:摄影报道|摄影|摄|供图|制图|绘)$")


def credit_score(text: str) -> float:
    """How far a text is a picture credit (张三 摄, 新华社记者 李四 摄, 资料图片), 0..1."""
    s = _unwrap(text.strip())
    if not s or len(s) > 45 or any(c in s for c in "。！？；"):
        return 0.0
    if _CREDIT_FIXED.search(s) and len(s) <= 30:
        return 0.95
    if _CREDIT_HEAD.match(s):
        return 0.9
    if _CREDIT.match(s):
        core = re.sub(
            r"(?:摄影报道|摄影|摄|攝|供图|提供|制图|绘|作|图|发|翻拍|插图|漫画|[/／])+\s*$", "", s
        )
        core = ROLE.sub(" ", core)
        if _names_ok(core):
            return 1.0 if _CREDIT_VERB.search(s) else 0.6
    return 0.0


def split_trailing_credit(text: str) -> Signed:
    """A caption and the credit at its end: 图为…红花。张三 摄 ; `byline` is the credit."""
    s = text.rstrip()
    bracket = _TAIL_BRACKET.search(s)
    if bracket and bracket.start() > 0 and credit_score(bracket.group(1)) >= 0.6:
        return Signed(s[: bracket.start()].rstrip(), bracket.group(1).strip(), True)
    if credit_score(s) >= 0.6:
        return Signed("", s)
    for cut in re.finditer(r"(?<=[。！？…”’）])[\s\u3000]*|[\s\u3000]+", s):
        tail = s[cut.end() :]
        if cut.start() > 0 and len(tail) <= 30 and credit_score(tail) >= 0.6:
            return Signed(s[: cut.start()].rstrip(), tail, cut.end() > cut.start())
    return Signed(text, "")


@dataclass(frozen=True, slots=True)
class Dateline:
    """An opening such as 本报北京12月5日电（记者 张三）: `text` as printed, `end` where the
    report itself begins, `source` the agency or paper, `byline` the bracketed signature."""

    text: str
    end: int
    source: str
    byline: str = ""


_DATELINE = re.compile(
    r"\s*(?P<all>[【\[]?(?:"
    r"(?:据)?(?P<src>本报|本刊|本网|新华社|新华网|中新社|中新网|人民网|央视|路透社|法新社|美联社|(?![昨今])[\u4e00-\u9fff]{2,6}(?:社|日报|晚报|晨报|时报|周报))"
    r"(?:综合)?(?:讯|消息|专电|[\u4e00-\u9fff]{0,8}\s*(?:\d{1,4}\s*年\s*)?(?:\d{1,2}\s*月\s*)?\d{1,2}\s*日\s*(?:专?[电電]|讯|消息|报道)"
    r"|[\u4e00-\u9fff]{0,6}(?:专电|综合消息))|又讯|快讯|(?:本报)?综合消息)[】\]]?)"
    r"(?:\s*[（(](?P<by>(?:[^（）()]{0,20})(?:记者|通讯员|实习生|编译)[^（）()]{0,40})[）)])?[\s\u3000]*"
)


def dateline(text: str) -> Dateline | None:
    """The dateline `text` opens with, None when it opens with none."""
    m = _DATELINE.match(text)
    if m is None:
        return None
    return Dateline(m.group("all"), m.end(), m.group("src") or "", (m.group("by") or "").strip())
