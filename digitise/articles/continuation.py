"""Jumps: which piece goes on in which, over all pages of an issue.

Every piece that ends in （下转…） is matched with at most one piece on the page it names, and the
other way round, by the assignment that agrees best over the whole issue. What speaks for a pair:
a counterpart marker that names the first page, headlines that agree, text that runs on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from ..layout import PageLayout, Piece
from ..model import Continuation, ContinuationStatus
from ..text.clues import dateline, runs_on
from ..text.jumps import matches
from ..text.marks import ends_sentence
from ..text.seams import Usage, seam
from ..text.similarity import agreement, holds_more
from ..text.topic import likeness, pairs_of, rarity

PASSES = 3
"""A piece's rest may have a rest in turn: so often the jumps are matched at most."""

WORDS = 0.6
"""Weight of a nat of what the words at a join tell, where a marker that agrees counts 3."""


@dataclass(frozen=True, slots=True)
class PageName:
    """How a page can be called in a marker."""

    id: str
    number: int
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """Piece `start` (page index, piece index) goes on in `end`; None while unresolved."""

    start: tuple[int, int] | None
    end: tuple[int, int] | None
    continuation: Continuation


def resolve(layouts: Sequence[PageLayout], names: Sequence[PageName]) -> list[Link]:
    """All jumps of an issue, resolved or not, in page order."""
    outs = [
        (p, k)
        for p, layout in enumerate(layouts)
        for k, piece in enumerate(layout.pieces)
        if piece.jump_out is not None
    ]
    ins = [
        (p, k)
        for p, layout in enumerate(layouts)
        for k, piece in enumerate(layout.pieces)
        if piece.kind == "article"
    ]
    usage = Usage.of("".join(x.text for x in piece.lines) for x in layouts for piece in x.pieces)
    topics = {
        (p, k): pairs_of(piece.headline + "".join(x.text for x in piece.lines))
        for p, layout in enumerate(layouts)
        for k, piece in enumerate(layout.pieces)
        if piece.kind == "article"
    }
    weight = rarity(list(topics.values()))
    links: list[Link] = []
    chosen: dict[tuple[int, int], tuple[int, int]] = {}
    inherited: dict[tuple[int, int], tuple[str, ...]] = {}
    for _ in range(PASSES):
        before, chosen = chosen, {}
        gain = np.zeros((len(outs), len(ins) + len(outs)))
        for i, a in enumerate(outs):
            for j, there in enumerate(ins):
                gain[i, j] = _evidence(layouts, names, a, there, inherited.get(a, ()))
                if gain[i, j] > 0 and a in topics:
                    gain[i, j] += 4.0 * likeness(topics[a], topics[there], weight)
                    gain[i, j] += WORDS * seam(
                        _last_words(_piece(layouts, a)), _first_words(_piece(layouts, there)), usage
                    )
        rows, cols = linear_sum_assignment(gain, maximize=True)
        for i, j in zip(rows, cols, strict=True):
            if j < len(ins) and gain[i, j] > 0:
                chosen[outs[i]] = ins[j]
        # what goes on for a second time may bear the headline of where it began
        inherited = _inherited(layouts, chosen)
        if chosen == before or not inherited:
            break
    for a in outs:
        piece = _piece(layouts, a)
        assert piece.jump_out is not None
        b = chosen.get(a)
        if b is None:
            links.append(
                Link(a, None, _open(names[a[0]].id, "", piece.jump_out.marker, "", names, piece))
            )
            continue
        target, titles = _piece(layouts, b), inherited.get(a, ())
        back = target.jump_in.marker if target.jump_in else ""
        status: ContinuationStatus = (
            "verified" if _is_verified(layouts, names, a, b, titles) else "one-sided"
        )
        links.append(
            Link(
                a,
                b,
                Continuation(
                    names[a[0]].id,
                    names[b[0]].id,
                    piece.jump_out.marker,
                    back,
                    status,
                    _note(layouts, a, b, titles),
                ),
            )
        )
    taken = set(chosen.values())
    for p, layout in enumerate(layouts):
        for k, piece in enumerate(layout.pieces):
            if piece.jump_in is None or (p, k) in taken:
                continue
            start = _lone_start(layouts, names, (p, k), set(chosen))
            if start is not None:
                links.append(
                    Link(
                        start,
                        (p, k),
                        Continuation(
                            names[start[0]].id,
                            names[p].id,
                            "",
                            piece.jump_in.marker,
                            "one-sided",
                            "the marker at the first end was not found",
                        ),
                    )
                )
            else:
                links.append(
                    Link(
                        None,
                        (p, k),
                        Continuation(
                            names[p].id,
                            "",
                            "",
                            piece.jump_in.marker,
                            "unresolved",
                            "no piece on the page named breaks off here",
                        ),
                    )
                )
    return links


def _piece(layouts: Sequence[PageLayout], at: tuple[int, int]) -> Piece:
    return layouts[at[0]].pieces[at[1]]


def _open(
    here: str, there: str, marker: str, back: str, names: Sequence[PageName], piece: Piece
) -> Continuation:
    assert piece.jump_out is not None
    known = any(matches(piece.jump_out.target, n.label, n.name, n.number) for n in names)
    note = "no counterpart found on the page named" if known else "the issue has no such page"
    return Continuation(here, there, marker, back, "unresolved", note)


def _evidence(
    layouts: Sequence[PageLayout],
    names: Sequence[PageName],
    a: tuple[int, int],
    b: tuple[int, int],
    inherited: Sequence[str],
) -> float:
    """How much speaks for the piece at `b` being the rest of the piece at `a`, itself the rest of
    one with the titles `inherited`; 0: nothing can."""
    if a == b or a[0] == b[0]:
        return 0.0
    first, second = _piece(layouts, a), _piece(layouts, b)
    assert first.jump_out is not None
    name = names[b[0]]
    on_target = matches(first.jump_out.target, name.label, name.name, name.number)
    score = 0.0
    if second.jump_in is not None:
        origin = names[a[0]]
        named = matches(second.jump_in.target, origin.label, origin.name, origin.number)
        score += 3.0 if named else 0.6
        ours, theirs = first.jump_out.target.suffix, second.jump_in.target.suffix
        if ours and theirs:
            score += 1.5 if ours == theirs else -1.5
    if on_target:
        score += 2.0
    elif second.jump_in is None or score < 3.0:
        return 0.0
    agreed = _headlines_agree(first, second, inherited)
    score += 3.0 * agreed
    if second.headline and second.jump_in is None and agreed < 0.5:
        return 0.0
    score += 1.5 * _text_runs_on(first, second)
    if second.jump_in is None:
        if second.headline == "" and _text_runs_on(first, second) < 0.5:
            return 0.0
        if second.lines and dateline(second.lines[0].text):
            return 0.0
    return score


def _inherited(
    layouts: Sequence[PageLayout], chosen: Mapping[tuple[int, int], tuple[int, int]]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """For each piece that goes on and is itself the rest of others, the titles of those."""
    origin = {b: a for a, b in chosen.items()}
    out: dict[tuple[int, int], tuple[str, ...]] = {}
    for at in chosen:
        titles: list[str] = []
        seen, back = {at}, origin.get(at)
        while back is not None and back not in seen:
            seen.add(back)
            titles += _titles(_piece(layouts, back))
            back = origin.get(back)
        if titles:
            out[at] = tuple(titles)
    return out


def _titles(piece: Piece) -> list[str]:
    return [t for t in (piece.headline, piece.kicker, piece.subheadline) if t]


def _headlines_agree(first: Piece, second: Piece, inherited: Sequence[str] = ()) -> float:
    if not second.headline:
        return 0.0
    own = [*_titles(first), *inherited]
    theirs = _titles(second)
    marked = second.jump_in is not None
    best = max(
        (agreement(x, y) for x in own for y in theirs if marked or not holds_more(x, y)),
        default=0.0,
    )
    # the headline that a marker names is that of the other end
    for jump, named in ((first.jump_out, theirs), (second.jump_in, own)):
        if jump is not None and jump.title:
            best = max(best, *(agreement(jump.title, t) for t in named), 0.0)
    return best


def _text_runs_on(first: Piece, second: Piece) -> float:
    if not first.lines or not second.lines:
        return 0.0
    end, start = first.lines[-1], second.lines[0]
    if ends_sentence(end.text):
        return 0.5 if start.indent > 1.1 else 0.2
    score = 0.8 if start.indent < 1.0 else 0.1
    return min(1.0, 0.5 * score + 0.6 * runs_on(end.text, start.text))


def _last_words(piece: Piece) -> str:
    """The last paragraph so far of a piece that breaks off; empty where it ends a sentence."""
    body = [line for line in piece.lines if line.kind == "body"]
    if not body or ends_sentence(body[-1].text):
        return ""
    text = ""
    for line in reversed(body):
        text = line.text + text
        if line.opens or line.indent > 1.1:
            break
    return text


def _first_words(piece: Piece) -> str:
    """The rest of a paragraph at the head of a piece; empty where a new one begins there."""
    text = ""
    for line in piece.lines:
        if line.kind != "body" or line.opens or line.indent > 1.1:
            break
        text += line.text
    return text


def _is_verified(
    layouts: Sequence[PageLayout],
    names: Sequence[PageName],
    a: tuple[int, int],
    b: tuple[int, int],
    inherited: Sequence[str],
) -> bool:
    """Both ends agree: the target page is the one named, and the back marker names the first
    page or the headline is the same."""
    first, second = _piece(layouts, a), _piece(layouts, b)
    assert first.jump_out is not None
    there, here = names[b[0]], names[a[0]]
    if not matches(first.jump_out.target, there.label, there.name, there.number):
        return False
    if second.jump_in is not None and matches(
        second.jump_in.target, here.label, here.name, here.number
    ):
        return True
    return _headlines_agree(first, second, inherited) >= 0.6


def _note(
    layouts: Sequence[PageLayout],
    a: tuple[int, int],
    b: tuple[int, int],
    inherited: Sequence[str],
) -> str:
    first, second = _piece(layouts, a), _piece(layouts, b)
    parts = []
    parts.append("back marker" if second.jump_in else "no back marker")
    parts.append(f"headline agreement {_headlines_agree(first, second, inherited):.2f}")
    parts.append(f"text runs on {_text_runs_on(first, second):.2f}")
    return ", ".join(parts)


def _lone_start(
    layouts: Sequence[PageLayout],
    names: Sequence[PageName],
    at: tuple[int, int],
    busy: set[tuple[int, int]],
) -> tuple[int, int] | None:
    """A piece on the page that a （上接…） names whose text breaks off, though its own marker was
    lost in reading."""
    piece = _piece(layouts, at)
    assert piece.jump_in is not None
    best, best_score = None, 1.2
    for p, layout in enumerate(layouts):
        n = names[p]
        if p == at[0] or not matches(piece.jump_in.target, n.label, n.name, n.number):
            continue
        for k, other in enumerate(layout.pieces):
            if other.kind != "article" or (p, k) in busy or not other.lines or other.byline:
                continue
            score = 2.0 * _headlines_agree(other, piece)
            if not ends_sentence(other.lines[-1].text):
                score += _text_runs_on(other, piece) + 0.4
            if score > best_score:
                best, best_score = (p, k), score
    return best
