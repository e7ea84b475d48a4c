"""Printed lines to whole paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .bylines import split_trailing_byline
from .clues import opens_dialogue
from .marks import (
    NO_LINE_START,
    OPENERS,
    ends_openly,
    ends_sentence,
    first_unit,
    is_digit,
    is_latin,
    is_wide,
)
from .spaces import close_gaps, tidy_headline, tidy_names


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One printed line of body type.

    `indent` and `slack`: unused space in front of and behind the text, in ems, measured
    against the width the column has beside this line (narrower where it runs round a picture).
    A first-line indent is about 2; a hung opening quotation mark makes it about 1.5 at a
    paragraph's start and -0.5 elsewhere. `opens`: known to start a paragraph. `keep`: verse, a
    list or table row, a paragraph of its own whatever its shape.
    """

    text: str
    indent: float
    slack: float
    opens: bool = False
    kind: Literal["body", "subhead"] = "body"
    keep: bool = False


_INDENTED = (1.2, 3.6)  # a two-em indent, hung mark or measuring error included
_LOST_STOP = 0.6  # an indent after this much space: the full stop was set but not read
_FITS = 0.4  # room left over beside what would have had to fit
_WIDE_END = 4.0  # no justified line is this short inside a paragraph
_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十百]+[条章节][\s　]"
    r"|[●■◆▲★○□◇△☆※·•]|—{2}|本报[^，。]{0,12}[讯电]|新华社)"
)


def join(lines: Sequence[BodyLine]) -> tuple[str, ...]:
    """The whole paragraphs of `lines`, given in reading order over columns, pictures, pages.

    Whether two lines belong to one paragraph is decided from both sides: the indent of the
    second, the room left on the first, and whether the first ends a sentence. Subheads are
    paragraphs of their own, the lines of one subhead joined with a space. Empty lines are
    passed over.
    """
    shown = [line for line in lines if line.text.strip()]
    groups: list[list[BodyLine]] = []
    for line in shown:
        if groups and not begins(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_whole(group) for group in groups)


def begins(before: BodyLine, line: BodyLine) -> bool:
    """Whether `line` starts a new paragraph after `before`."""
    if line.opens or line.keep or before.keep or line.kind != before.kind:
        return True
    if line.kind == "subhead":
        return False
    text = line.text.lstrip()
    if text[0] in NO_LINE_START and text[:2] not in ("——", "……") and line.indent < 1.2:
        return False
    indented = _INDENTED[0] <= line.indent <= _INDENTED[1]
    short = before.slack >= max(1.2, first_unit(text) + _FITS)
    stopped = ends_sentence(before.text)
    if indented:
        return _indent_counts(before, text, short, stopped)
    if not short:
        return False
    # Nothing but the room left over speaks for a new paragraph: a jump marker taken out of the
    # line, or a stop the recogniser lost, leaves the same room.
    if stopped:
        return True
    return before.slack >= _WIDE_END and _ITEM.match(text) is not None


def _indent_counts(before: BodyLine, text: str, short: bool, stopped: bool) -> bool:
    if stopped or short or _ITEM.match(text):
        return True
    if ends_openly(before.text):
        return before.slack >= _WIDE_END
    if before.text.rstrip()[-1] in "；：;:":
        return True
    # A full line without a stop, then an indent. Room for one mark: the mark was lost; no
    # room: the indent is a fault of measuring, such as first characters that were not found.
    return before.slack >= _LOST_STOP or (text[0] in OPENERS and before.slack >= _LOST_STOP / 2)


def _whole(group: Sequence[BodyLine]) -> str:
    if group[0].kind == "subhead" and not opens_dialogue(group[0].text):
        return " ".join(tidy_headline(line.text) for line in group)
    if group[0].keep:
        return tidy_names(group[0].text)
    text = group[0].text.strip()
    for line in group[1:]:
        text = glue(text, line.text)
    return tidy(text)


_HYPHENED = re.compile(r"[a-z]{2,}[-‐\u00ad]$")
_ADDRESS = re.compile(r"(?:https?:|www\.|@|/)[A-Za-z0-9._~/@:%#?&=+-]*$")
_LAST_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+[.,;:]?$")
_FIRST_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")


def glue(first: str, second: str) -> str:
    """Two lines of one paragraph as one text.

    Chinese is set together without a space. A Latin word divided with a hyphen is made whole;
    two Latin words get the space the line end stood for; a number cut in two, and a number
    and its unit, get none.
    """
    a, b = first.rstrip(), second.lstrip()
    if not a or not b:
        return a + b
    if _HYPHENED.search(a) and "a" <= b[0] <= "z":
        return a[:-1] + b
    if a[-1] == "\u00ad":
        return a[:-1] + b
    return a + (" " if _space_between(a, b) else "") + b


def _space_between(a: str, b: str) -> bool:
    if is_wide(a[-1]) or is_wide(b[0]) or _ADDRESS.search(a):
        return False
    last, head = _LAST_WORD.search(a), _FIRST_WORD.match(b)
    if last is None:
        return a[-1] in ",;:.!?" and head is not None and not (len(a) > 1 and is_digit(a[-2]))
    if head is not None:
        return True
    # "iPhone" + "15" is two words, "GDP" + "2" or "A" + "4" may be one: capitals stay together.
    return is_digit(b[0]) and len(last.group()) > 1 and any(c.islower() for c in last.group())


def tidy(text: str) -> str:
    """A paragraph without the spaces of justification, its closing signature still set off by
    one space. Full- and half-width forms stay as printed; white space at the ends goes."""
    s = text.strip()
    if not any(c.isspace() for c in s):
        return s
    split = split_trailing_byline(s)
    if split.byline and split.body and s.endswith(split.byline) and split.set_off:
        return f"{close_gaps(split.body)} {tidy_names(split.byline)}"
    return close_gaps(s)


def runs_on_word(a: str, b: str) -> bool:
    """Whether the end of `a` and the start of `b` are halves of one Latin word or number."""
    a, b = a.rstrip(), b.lstrip()
    if not a or not b:
        return False
    return (is_digit(a[-1]) and is_digit(b[0])) or (a[-1] in "-‐" and is_latin(b[0]))
