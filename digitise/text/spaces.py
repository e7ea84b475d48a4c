"""Spaces that were printed for a reason, and spaces that only fill a line."""

from __future__ import annotations

import re

from .marks import HAN, WIDE, is_han

_RUN = re.compile(r"\s+")
_LEAD = re.compile(r"(?:本报讯|本报综合(?:消息|报道)?|本刊讯|又讯|快讯)\s+")
_GAP = re.compile(rf"(?<={WIDE})\s+(?={WIDE})")
_GAP_DIGIT = re.compile(rf"(?<={HAN})\s+(?=[0-9０-９])|(?<=[0-9０-９%％])\s+(?={WIDE})")
_WIDER = 1.8


def close_gaps(text: str) -> str:
    """Running text without the spaces of justification.

    Between two full-width characters, and between Han and digits, a space only fills the line
    and goes; next to Latin letters it stays as printed, one at most. The space behind an
    opening dateline ("本报讯 ") stays.
    """
    s = text.strip()
    lead = _LEAD.match(s)
    head = s[: lead.end()].strip() + " " if lead else ""
    rest = s[lead.end() :] if lead else s
    rest = _GAP_DIGIT.sub("", _GAP.sub("", rest))
    return head + _RUN.sub(" ", rest)


def tidy_headline(text: str) -> str:
    """A headline with its letter-spacing closed up: 为 有 源 头 -> 为有源头.

    A gap that stands between groups of characters ("成都 明年开园") is kept as one space; in a
    letter-spaced line a gap is kept when it is wider than the line's own spacing.
    """
    s = text.strip()
    tokens = _RUN.split(s)
    gaps = [len(g.replace("\u3000", "  ")) for g in _RUN.findall(s)]
    if not gaps:
        return s
    single = sum(1 for t in tokens if len(t) == 1 and is_han(t))
    if single < 2 or single < 0.6 * len(tokens):
        return " ".join(tokens)
    narrow = min(gaps)
    out = tokens[0]
    for gap, token in zip(gaps, tokens[1:], strict=True):
        out += (" " if gap > _WIDER * narrow else "") + token
    return out


def tidy_names(text: str) -> str:
    """A byline, caption or credit: every printed gap stays, one space wide.

    A full-width space inside a two-character name (徐　军) is kept as it is.
    """

    def one(match: re.Match[str]) -> str:
        i, j = match.span()
        inside = (
            "\u3000" in match.group()
            and is_han(s[i - 1])
            and j < len(s)
            and is_han(s[j])
            and (i < 2 or not is_han(s[i - 2]))
            and (j + 1 >= len(s) or not is_han(s[j + 1]))
        )
        return "\u3000" if inside else " "

    s = text.strip()
    return _RUN.sub(one, s)


def squash(text: str) -> str:
    """`text` with all white space removed."""
    return _RUN.sub("", text)
