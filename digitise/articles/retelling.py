"""Pages on which stories go on, laid out once more now that it is known what was begun elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..layout import Begun, PageLayout, Piece
from ..model import Page
from ..text.jumps import matches
from .assemble import links_of, named

Place = tuple[int, int]
"""Page index, piece index."""

Again = Callable[[str, Sequence[Begun]], PageLayout | None]
"""Lays the page with an id out once more; None: it stays as it is."""


def retold(
    pages: Sequence[PageLayout], again: Again, failed: Sequence[Page] = ()
) -> list[PageLayout]:
    """`pages` of an issue, of which those that hold the rest of a story were laid out `again` with
    all that was told of it before; `failed`: pages without a layout, which are counted."""
    layouts, _ = named(pages, failed)
    links = links_of(layouts)
    before = {link.end: link.start for link in links if link.start and link.end}
    loose = [link.end for link in links if link.start is None and link.end is not None]
    going_on: dict[str, list[Begun]] = {}
    for end in sorted(before):
        so_far: list[Piece] = []
        at: Place | None = before[end]
        seen = {end}
        while at is not None and at not in seen:
            seen.add(at)
            so_far.insert(0, layouts[at[0]].pieces[at[1]])
            at = before.get(at)
        rest = _where(layouts, end, before[end], loose)
        story = Begun(
            tuple(p.headline for p in so_far if p.headline),
            "\n".join(_text(p) for p in so_far),
            rest.laid[0] if rest.laid else rest.box,
        )
        going_on.setdefault(layouts[end[0]].page.id, []).append(story)
    out = []
    for page in pages:
        stories = going_on.get(page.page.id)
        anew = again(page.page.id, stories) if stories else None
        out.append(page if anew is None else anew)
    return out


def _where(
    layouts: Sequence[PageLayout], end: Place, start: Place, loose: Sequence[Place]
) -> Piece:
    """The piece in which a story is taken up: that at `end`, unless that has no marker and the one
    `loose` end on its page has, and names the page where the story broke off."""
    rest = layouts[end[0]].pieces[end[1]]
    others = [layouts[p].pieces[k] for p, k in loose if p == end[0]]
    if rest.jump_in is not None or len(others) != 1 or others[0].jump_in is None:
        return rest
    page = layouts[start[0]].page
    named_there = matches(others[0].jump_in.target, page.label, page.name, page.number)
    return others[0] if named_there else rest


def _text(piece: Piece) -> str:
    titles = (piece.kicker, piece.headline, piece.subheadline)
    return "\n".join([*titles, *(line.text for line in piece.lines)])
