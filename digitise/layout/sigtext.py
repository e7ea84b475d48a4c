"""How a line by itself is told to be a signature (署名)."""

from __future__ import annotations

import re

from ..text.clues import byline_score

_ROLE = (
    r"(?:本报|本刊|新华社|特约|首席|见习|实习|全媒体|融媒体|驻\S{0,4}|农民日报\S{0,3})?"
    r"(?:记者|通讯员|实习生|评论员|撰稿|编辑|编译|作者|摄影)"
)
_NAME = r"[\u3400-\u9fff]{2,4}"
_SIGNED = re.compile(
    rf"^[（(]?\s*[□■◎●◆○△▲☆★/]?\s*{_ROLE}\s*[:：]?\s*{_NAME}"
    rf"(?:[\s、]+(?:{_ROLE}\s*[:：]?\s*)?{_NAME})*"
    rf"\s*(?:文\s*[/／]?\s*[图摄]|摄影报道|报道|综合|整理)?\s*[）)]?$"
)
# 某某医院主任医师 某某: an office, a gap, a name.
_OFFICE = re.compile(
    r"^[（(]?[□■]?\S{2,24}(?:医师|医生|教授|研究员|律师|书记|主席|主任|局长|厅长|市长|县长|镇长|校长|院长|会长|所长|"
    r"处长|部长|秘书长|工程师|馆长|编审|编辑|讲师|博士)[\s\u3000]+[\u3400-\u9fff]{2,4}(?:[\s\u3000]+[\u3400-\u9fff]{2,4})?[）)]?$"
)
BARE = re.compile(
    r"^[（(]?\s*[\u3400-\u9fff]{2,4}(?:[\s\u3000、]+[\u3400-\u9fff]{2,4}){0,3}\s*[）)]?$"
)
_UPRIGHT = str.maketrans("︵︶﹁﹂", "（）「」")
_WROTE = re.compile(r"(?<=[\u3400-\u9fff]{2})[著撰譔譯述]$")


def level(text: str) -> str:
    """A line by itself with brackets set downwards turned upright and the 著, 撰, 譯 behind a name
    taken off."""
    return _WROTE.sub("", text.strip().translate(_UPRIGHT))


def signature_score(text: str) -> float:
    """How far a line by itself is a signature, 0..1; names a dictionary would not know count
    where a role stands before them."""
    s = level(text)
    score = byline_score(s)
    if (
        score < 0.8
        and len(s) <= 60
        and _SIGNED.match(s)
        and re.search(r"[\s、]|者[\u3400-\u9fff]{2,3}", s)
    ):
        return 0.85
    if score < 0.8 and len(s) <= 40 and _OFFICE.match(s):
        return 0.82
    return score


def marked_name(text: str) -> bool:
    """Whether a line is what may be a name, behind the mark of a signature: ◎蔡鸡站."""
    return re.fullmatch(rf"[□■◎●◆○◇△▲☆★※]\s*{_NAME}", level(text)) is not None


def role_alone(text: str) -> bool:
    """Whether a line is the role of who signs, whose name is to follow: ◎本报记者."""
    return re.fullmatch(rf"[□■◎●◆○◇△▲☆★※]?\s*{_ROLE}", level(text)) is not None


def names_alone(text: str) -> float:
    """How far a line is one to four names and nothing else, 0..1; a mark may stand before."""
    s = level(text)
    return byline_score(s) if BARE.match(s.lstrip("□■◎●◆○◇△▲☆★※/ ")) else 0.0
