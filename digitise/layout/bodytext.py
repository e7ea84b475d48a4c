"""The printed lines of one article's body, measured for the joining of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..text.clues import byline_score, opens_dialogue, split_trailing_byline
from ..text.jumps import Jump, find_jumps, leading_jump
from ..text.marks import ends_sentence, is_han
from ..text.paragraphs import BodyLine
from .blocks import Block
from .downparas import flush_edge, opened
from .gutters import HANGING
from .sigtext import names_alone
from .verse import as_verse, is_verse

# A signature in brackets at the very end: one to three names of two to four characters.
_BRACKETED = re.compile(
    r"[（(]\s*[\u3400-\u9fff]{2,4}(?:[\s、]+[\u3400-\u9fff]{2,4}){0,2}"
    r"\s*(?:文\s*[/／]?\s*[摄图]|摄影报道|报道|供稿|整理|辑)?\s*[）)]$"
)
_NAMES_BEHIND = re.compile(
    r"[。！？”’…]\s+([\u3400-\u9fff]{2,4}(?:[\s\u3000]+[\u3400-\u9fff]{2,4}){0,2})$"
)


@dataclass(frozen=True, slots=True)
class Body:
    """`lines` without markers and signatures; `bylines` as printed, in order of appearance."""

    lines: tuple[BodyLine, ...]
    bylines: tuple[str, ...]
    jump_out: Jump | None
    jump_in: Jump | None


def measure_of(block: Block, others: Sequence[Block]) -> tuple[float, float]:
    """Left and right edge of the measure of `block` in pixels.

    A block of one or two lines does not show its own measure: it borrows that of the longest
    block of the same column, else the width of the columns beside it.
    """
    left, right = block.box.x0, block.box.x1
    em = block.size
    if len(block.rows) >= 3:
        return left, right_edge(block)
    columns = [o for o in others if len(o.rows) >= 3]
    touching = [
        o
        for o in columns
        if o.box.x0 - 0.8 * em <= left
        and right <= o.box.x1 + 0.9 * em
        and max(o.box.y0 - block.box.y1, block.box.y0 - o.box.y1) < 2 * em
    ]
    if touching:
        return touching[0].box.x0, right_edge(touching[0])
    same = [
        o
        for o in columns
        if -0.8 * em < block.box.x0 - o.box.x0 < 3.2 * em and block.box.x1 < o.box.x1 + 0.9 * em
    ]
    if same:
        near = min(same, key=lambda o: abs(o.box.cy - block.box.cy))
        return near.box.x0, right_edge(near)
    if columns:
        width = sorted(o.box.width for o in columns)[len(columns) // 2]
        if right - left < width:
            if len(block.rows) == 2:
                left = min(left, block.rows[1].box.x0)
            return left, max(right, left + width)
    return left, right


def _with_plain_subheads(lines: Sequence[BodyLine]) -> list[BodyLine]:
    """`lines` with the titles in a body told that nothing but their shape gives away: one or two
    indented lines that leave much of the measure empty and end without any mark, between a
    finished paragraph and a fresh one."""
    out = list(lines)
    k = 1
    while k < len(out) - 1:
        n = 0
        while k + n < len(out) and _plain_title(out[k + n]):
            n += 1
        after = out[k + n] if k + n < len(out) else None
        fresh = after is not None and after.kind == "body" and 1.2 <= after.indent <= 3.6
        if n in (1, 2) and fresh and ends_sentence(out[k - 1].text):
            out[k : k + n] = [replace(line, kind="subhead") for line in out[k : k + n]]
        k += n + 1
    return out


def _plain_title(line: BodyLine) -> bool:
    text = line.text.strip()
    return (
        line.kind == "body"
        and not line.keep
        and line.indent >= 1.2
        and line.slack >= 5
        and 2 <= len(text) <= 24
        and is_han(text[-1])
        and byline_score(text) < 0.5
        and not find_jumps(text)
        and leading_jump(text) is None
    )


def right_edge(block: Block) -> float:
    """Where the full lines of a block end, in pixels. A stop may hang out behind that: a line that
    ends in none shows it, else the place at which most end."""
    rights = sorted((row.box.x1 for row in block.rows), reverse=True)
    plain = sorted(
        (row.box.x1 for row in block.rows if row.text.rstrip()[-1:] not in HANGING), reverse=True
    )
    if len(plain) > 1 and plain[0] - plain[1] < 0.12 * block.size:
        hung = rights[0] - plain[0]
        if 0.3 * block.size < hung < 1.1 * block.size:
            return plain[0]
    best, most = rights[0], 1
    for edge in rights:
        if edge < rights[0] - 1.3 * block.size:
            break
        level = sum(1 for x in rights if abs(x - edge) < 0.12 * block.size)
        if level > most:
            best, most = edge, level
    hung_rows = sum(1 for x in rights if x > best + 0.3 * block.size)
    return best if 2 * hung_rows < most else rights[0]


def without_lead_ins(blocks: Sequence[Block], subheads: Sequence[bool]) -> list[bool]:
    """`subheads` but for bold lines at the foot of a column that are the beginning of a
    paragraph: set in like one, full, and taken up flush at the head of the next column."""
    out = list(subheads)
    for k, block in enumerate(blocks[:-1]):
        after = blocks[k + 1]
        if not out[k] or out[k + 1] or len(block.rows) > 2:
            continue
        em = block.size
        left, right = measure_of(block, [b for b, s in zip(blocks, subheads, strict=True) if not s])
        flush = after.rows[0].box.x0 - measure_of(after, blocks)[0] < 0.6 * em
        indent = (block.rows[0].box.x0 - left) / em
        full = all(right - row.box.x1 < 0.9 * em for row in block.rows)
        apart = after.box.x0 > block.box.x1 or after.box.y1 < block.box.y0
        if apart and flush and full and 1.2 <= indent <= 3.6 and abs(after.size / em - 1) < 0.08:
            out[k] = False
    return out


def read_body(blocks: Sequence[Block], subheads: Sequence[bool], indent: int | None = None) -> Body:
    """`blocks` in reading order; `subheads[i]` tells whether block i is a title in the body;
    `indent`: by how many ems a page that was set downwards sets its paragraphs in."""
    lines: list[BodyLine] = []
    bylines: list[str] = []
    before: Block | None = None
    for block, is_subhead in zip(blocks, subheads, strict=True):
        is_subhead = is_subhead or (before is not None and _ends_question(before, block))
        before = block if is_subhead else None
        if is_subhead:
            lines.extend(BodyLine(row.text, 0.0, 0.0, kind="subhead") for row in block.rows)
            continue
        left, right = measure_of(block, blocks)
        if indent is not None and len(block.rows) >= 3:
            left = flush_edge(block)
        for row in block.rows:
            lines.append(
                BodyLine(
                    row.text,
                    (row.box.x0 - left) / block.size,
                    (right - row.box.x1) / block.size,
                )
            )
    lines = as_verse(lines) if is_verse(lines) else _with_plain_subheads(lines)
    lines = opened(lines, indent)
    jump_in, lines = _take_in(lines)
    jump_out, lines = _take_out(lines)
    lines, signed = _take_bylines(lines)
    bylines.extend(signed)
    return Body(tuple(lines), tuple(bylines), jump_out, jump_in)


def _ends_question(before: Block, block: Block) -> bool:
    """Whether a block is the end of a question that its column broke off: 问：…，您怎么 / 看？"""
    asked = before.rows[-1].text.strip()
    return (
        opens_dialogue(before.rows[0].text)
        and not asked.endswith(("？", "?", "！", "。", "”"))
        and len(block.rows) == 1
        and block.text.strip().endswith(("？", "?"))
        and block.font == before.font
        and block.bold == before.bold
        and abs(block.size / before.size - 1) < 0.06
    )


def _take_in(lines: list[BodyLine]) -> tuple[Jump | None, list[BodyLine]]:
    """The marker at the beginning, which may fill the first line or open it."""
    if lines:
        first = leading_jump(lines[0].text)
        if first is not None:
            text = lines[0].text
            rest = (text[: first.start] + text[first.end :]).strip()
            kept = ([_with(lines[0], rest)] if rest else []) + lines[1:]
            return replace(first, direction="from"), kept
    for k in range(min(3, len(lines))):
        for jump in find_jumps(lines[k].text):
            if jump.direction != "from":
                continue
            text = lines[k].text
            rest = (text[: jump.start] + text[jump.end :]).strip()
            kept = lines[:k] + ([_with(lines[k], rest)] if rest else []) + lines[k + 1 :]
            return jump, kept
    return None, lines


def _take_out(lines: list[BodyLine]) -> tuple[Jump | None, list[BodyLine]]:
    """The marker at the end, on the last line or on one of its own."""
    for k in range(len(lines) - 1, max(-1, len(lines) - 4), -1):
        for jump in find_jumps(lines[k].text):
            if jump.direction != "to":
                continue
            text = lines[k].text
            before, after = text[: jump.start].rstrip(), text[jump.end :].strip()
            rest = before + (" " + after if after else "")
            kept = lines[:k] + ([_with(lines[k], rest, cut=True)] if rest else []) + lines[k + 1 :]
            return jump, kept
    return None, lines


def _with(line: BodyLine, text: str, *, cut: bool = False) -> BodyLine:
    """`line` with other text; what a marker took up at its end is no slack of the paragraph
    unless the sentence is over."""
    slack = line.slack
    if cut:
        slack = 0.0 if not ends_sentence(text) else line.slack
    return BodyLine(text, line.indent, slack, line.opens, line.kind, line.keep)


def _runs_into(line: BodyLine, after: BodyLine) -> bool:
    """Whether a line is set in, and full, and the next begins flush: they are one paragraph."""
    return 1.2 <= line.indent <= 3.6 and line.slack < 0.9 and after.indent < 0.6


def _take_bylines(lines: list[BodyLine]) -> tuple[list[BodyLine], list[str]]:
    """Signatures on lines of their own before or after the body, or at the end of the last."""
    first: list[str] = []
    while (
        len(lines) > 1
        and lines[0].kind == "body"
        and byline_score(lines[0].text) >= 0.8
        and not _runs_into(lines[0], lines[1])
    ):
        first.append(lines[0].text.strip())
        lines = lines[1:]
    last: list[str] = []
    while len(lines) > 1 and lines[-1].kind == "body":
        text = lines[-1].text.strip()
        score = max(byline_score(text), 0.5 * bool(_BRACKETED.fullmatch(text)))
        right = lines[-1].slack < 2.6 and lines[-1].indent > 3
        stopped = ends_sentence(lines[-2].text)
        bracketed = stopped and _BRACKETED.fullmatch(text) is not None
        if score >= 0.8 or bracketed or (score >= 0.3 and right and stopped):
            last.insert(0, text)
            lines = lines[:-1]
            continue
        tail = _BRACKETED.search(text)
        if tail and tail.start() and ends_sentence(text[: tail.start()]):
            old = lines[-1]
            last.insert(0, tail.group().strip())
            lines = [
                *lines[:-1],
                BodyLine(text[: tail.start()].rstrip(), old.indent, 9.0, old.opens, old.kind),
            ]
            break
        alone = _NAMES_BEHIND.search(text)
        if alone and lines[-1].slack < 1.2 and names_alone(alone.group(1)) >= 0.4:
            last.insert(0, alone.group(1))
            body = text[: alone.start(1)].rstrip()
            lines = [*lines[:-1], replace(lines[-1], text=body, slack=9.0)]
            break
        signed = split_trailing_byline(text)
        if signed.byline and signed.body:
            last.insert(0, text[len(signed.body) :].strip())
            old = lines[-1]
            lines = [*lines[:-1], BodyLine(signed.body, old.indent, 9.0, old.opens, old.kind)]
            break
        two = split_trailing_byline(lines[-2].text + text) if len(lines) > 2 else None
        if two is not None and two.byline and len(two.body) < len(lines[-2].text) and two.set_off:
            # the signature itself is broken over two lines
            whole = lines[-2].text + text
            last.insert(0, whole[len(two.body) :].strip())
            old = lines[-2]
            lines = [*lines[:-2], BodyLine(two.body, old.indent, 9.0, old.opens, old.kind)]
        break
    return lines, [*first, *last]
