"""A signature found at the end or the beginning of a body gets a region of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Rect, RegionKind, TextLine, bounding
from ..text.spaces import squash
from .blocks import Block, Row, make_block
from .scene import Scene


def with_signatures(
    scene: Scene, members: Sequence[tuple[int | None, RegionKind, Rect]], bylines: Sequence[str]
) -> list[tuple[int | None, RegionKind, Rect]]:
    """`members` with the signatures read off the body's ends set apart from it."""
    out = list(members)
    first = next((k for k, m in enumerate(out) if m[1] == "body"), -1)
    last = next((k for k in range(len(out) - 1, -1, -1) if out[k][1] == "body"), -1)
    for at, cut, text in ((last, signed_off, bylines[-1]), (first, signed_on, bylines[0])):
        block = out[at][0] if at >= 0 else None
        parts = cut(scene.blocks[block], text) if block is not None else None
        if block is None or parts is None:
            continue
        rest, signed = parts
        if rest is None:
            out[at] = (block, "byline", scene.blocks[block].box)
            continue
        scene.blocks[block] = rest
        scene.blocks.append(signed)
        place = at + 1 if cut is signed_off else at
        out.insert(place, (len(scene.blocks) - 1, "byline", signed.box))
    return out


def signed_off(block: Block, signature: str) -> tuple[Block | None, Block] | None:
    """(`block` without the signature, the signature), the first None where nothing else is in
    it; None where the block does not end with `signature`, white space apart."""
    target = squash(signature)
    rows = list(block.rows)
    if not target or not rows or not squash(rows[-1].text).endswith(target):
        return None
    lines = list(rows.pop().lines)
    taken: list[TextLine] = []
    left = len(target)
    while left:
        line = lines.pop()
        solid = len(squash(line.text))
        if solid > left:
            line, tail = _cut(line, solid - left)
            lines.append(line)
            taken.insert(0, tail)
            break
        taken.insert(0, line)
        left -= solid
    if lines:
        rows.append(Row(tuple(lines)))
    signed = make_block([Row(tuple(taken))], block.cell)
    return (make_block(rows, block.cell, block.box) if rows else None), signed


def signed_on(block: Block, signature: str) -> tuple[Block | None, Block] | None:
    """The same for a first row that is a signature and nothing else."""
    if not signature or squash(block.rows[0].text) != squash(signature):
        return None
    signed = make_block(block.rows[:1], block.cell)
    rest: Sequence[Row] = block.rows[1:]
    return (make_block(rest, block.cell) if rest else None), signed


def _cut(line: TextLine, solid: int) -> tuple[TextLine, TextLine]:
    """A line cut behind its first `solid` characters that are not white space."""
    at = 0
    while solid:
        solid -= bool(line.chars[at].text.strip())
        at += 1
    while not line.chars[at].text.strip():
        at += 1
    return _part(line, 0, at), _part(line, at, len(line.chars))


def _part(line: TextLine, start: int, stop: int) -> TextLine:
    chars = line.chars[start:stop]
    while chars and not chars[-1].text.strip():
        chars = chars[:-1]
    box = bounding(c.box for c in chars)
    return replace(line, chars=chars, box=replace(box, y0=line.box.y0, y1=line.box.y1))
