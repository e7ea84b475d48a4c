"""An article's text and where each piece of it is printed.

`Article` holds whole paragraphs, `Line` what is printed; formats that want both (TEI's `lb` inside
a paragraph, a link from a paragraph to the facsimile) need to know which characters of the one are
which of the other. The two are aligned by edit distance, so that corrections, joined lines and
markers that were taken out do not unsettle what stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import Levenshtein

from ...model import Article, Issue, Line, Region

Role = Literal["kicker", "headline", "subheadline", "byline", "subhead", "paragraph", "caption"]

_HEADS: tuple[Role, ...] = ("kicker", "headline", "subheadline", "byline", "caption")
# Less of a field than this found in the regions of its kind: it is printed somewhere else.
_FOUND = 0.5
# Jump markers are longer.
_SLIP = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one printed line. The ids are empty where the text is printed nowhere, as after a
    correction. `extra`: printed here, but no part of the article's text, like a jump marker or
    the headline repeated on the page jumped to."""

    text: str
    page: str = ""
    region: str = ""
    line: str = ""
    extra: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """Page, region and line: line ids alone need not be unique in an issue."""
        return self.page, self.region, self.line


@dataclass(frozen=True, slots=True)
class Passage:
    """One kicker, headline, deck, byline, paragraph, subhead or caption."""

    role: Role
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """As `Article` has it."""
        return "".join(piece.text for piece in self.pieces if not piece.extra)


@dataclass(frozen=True, slots=True)
class _Spot:
    page: str
    region: Region
    line: Line

    @property
    def key(self) -> tuple[str, str, str]:
        return self.page, self.region.id, self.line.id


RegionIndex = Mapping[tuple[str, str], Region]


def region_index(issue: Issue) -> RegionIndex:
    """The regions of an issue by (page id, region id)."""
    return {(page.id, region.id): region for page in issue.pages for region in page.regions}


def article_regions(article: Article, regions: RegionIndex) -> Iterator[tuple[str, Region]]:
    """(page id, region) of an article in its reading order, over all its pages."""
    for part in article.parts:
        for region_id in part.regions:
            if (region := regions.get((part.page, region_id))) is not None:
                yield part.page, region


def passages(article: Article, regions: RegionIndex) -> tuple[Passage, ...]:
    """The article in the order of its fields: kicker, headline, deck, byline, paragraphs with
    subheads among them, captions. Their `text` is the article's own, character by character,
    and every line of its regions comes in some piece, as text or as extra."""
    spots = [
        _Spot(page, region, line)
        for page, region in article_regions(article, regions)
        for line in region.lines
    ]
    texts = {
        "kicker": [article.kicker],
        "headline": [article.headline],
        "subheadline": [article.subheadline],
        "byline": [article.byline],
        "caption": list(article.captions),
    }
    done: dict[str, list[Passage]] = {}
    taken: set[tuple[str, str, str]] = set()
    for role in _HEADS:
        own = [spot for spot in spots if spot.region.kind == role]
        fields = [(role, text) for text in texts[role] if text.strip()]
        aligned = _align(fields, own) if own else []
        if fields and aligned and _share_found(aligned) >= _FOUND:
            # A line of which nothing is in the text, a headline given a second time, is left to
            # stand where it is printed, among the body.
            used = {p.key for passage in aligned for p in passage.pieces if not p.extra}
            done[role] = [_without(passage, used) for passage in aligned]
            taken |= used
    rest = [(role, text) for role in _HEADS[:3] if role not in done for text in texts[role]]
    rest += [("paragraph", text) for text in article.paragraphs]
    rest += [
        (role, text) for role in ("byline", "caption") if role not in done for text in texts[role]
    ]
    body = _align(
        [(role, text) for role, text in rest if text.strip()],
        [spot for spot in spots if spot.key not in taken],
    )
    for passage in _found_elsewhere(body):
        done.setdefault(passage.role, []).append(_as_subhead(passage, regions))
    order = ("kicker", "headline", "subheadline", "byline", "paragraph", "caption")
    return tuple(passage for role in order for passage in done.get(role, ()))


def _found_elsewhere(body: Sequence[Passage]) -> list[Passage]:
    """Passages that are on no line take the extra that says the same, wherever it stands: the
    title of a masthead is printed among its other lines."""
    extras = {_bare(p.text): p for passage in body for p in passage.pieces if p.extra}
    claimed: dict[tuple[str, str, str], str] = {}
    out: list[Passage] = []
    for passage in body:
        found = extras.pop(_bare(passage.text), None)
        if found is not None and not any(p.line for p in passage.pieces if not p.extra):
            claimed[found.key] = found.text
            own = Piece(passage.text, *found.key)
            passage = replace(passage, pieces=(own, *(p for p in passage.pieces if p.extra)))
        out.append(passage)
    return [
        replace(
            passage,
            pieces=tuple(
                p for p in passage.pieces if not (p.extra and claimed.get(p.key) == p.text)
            ),
        )
        for passage in out
    ]


def _bare(text: str) -> str:
    return "".join(text.split())


def _as_subhead(passage: Passage, regions: RegionIndex) -> Passage:
    if passage.role != "paragraph":
        return passage
    kinds = {
        regions[piece.page, piece.region].kind
        for piece in passage.pieces
        if piece.line and not piece.extra
    }
    return replace(passage, role="subhead") if kinds == {"subhead"} else passage


def _without(passage: Passage, used: set[tuple[str, str, str]]) -> Passage:
    return replace(passage, pieces=tuple(p for p in passage.pieces if not p.extra or p.key in used))


def _share_found(aligned: Sequence[Passage]) -> float:
    pieces = [p for passage in aligned for p in passage.pieces if not p.extra]
    whole = sum(len(p.text) for p in pieces)
    return sum(len(p.text) for p in pieces if p.line) / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class _Mark:
    """One character: of the text (`field` and `place` in it), or only on a line."""

    spot: int
    place: int
    field: int = -1


_Span = tuple[bool, int, int, int]
"""Whether extra, on which spot, from where to where in the field, or in the line if extra."""


def _align(fields: Sequence[tuple[Role, str]], spots: Sequence[_Spot]) -> list[Passage]:
    """Each field as a passage. White space is not compared."""
    printed = [
        (i, k)
        for i, spot in enumerate(spots)
        for k, c in enumerate(spot.line.text)
        if not c.isspace()
    ]
    written = [
        (i, k) for i, (_, text) in enumerate(fields) for k, c in enumerate(text) if not c.isspace()
    ]
    if not fields:
        fields, written = [("paragraph", "")] if printed else [], []
    source = "".join(spots[i].line.text[k] for i, k in printed)
    target = "".join(fields[i][1][k] for i, k in written)
    marks: list[_Mark] = []
    for op in Levenshtein.opcodes(source, target):
        if op.tag == "delete":
            marks += [_Mark(*printed[i]) for i in range(op.src_start, op.src_end)]
            continue
        for step, j in enumerate(range(op.dest_start, op.dest_end)):
            field, place = written[j]
            spot = -1 if op.tag == "insert" else printed[op.src_start + step][0]
            marks.append(_Mark(spot, place, field))
    return _gather(_settle(marks), fields, spots)


def _settle(marks: Sequence[_Mark]) -> list[_Mark]:
    """Gives what is on no line the line of its neighbour in the same field, and what is in no
    field the field of the text beside it on its own line, else the one before."""
    out = list(marks)
    before: _Mark | None = None
    for i, mark in enumerate(out):
        if mark.field >= 0:
            if mark.spot < 0 and before is not None and before.field == mark.field:
                out[i] = replace(mark, spot=before.spot)
            before = out[i]
    after: _Mark | None = None
    for i in range(len(out) - 1, -1, -1):
        mark = out[i]
        if mark.field >= 0:
            if mark.spot < 0 and after is not None and after.field == mark.field:
                out[i] = replace(mark, spot=after.spot)
            after = out[i]
    return out


def _gather(
    marks: Sequence[_Mark], fields: Sequence[tuple[Role, str]], spots: Sequence[_Spot]
) -> list[Passage]:
    owners = _owners(marks)
    groups: list[list[_Span]] = [[] for _ in fields]
    for mark, owner in zip(marks, owners, strict=True):
        extra = mark.field < 0
        pieces = groups[owner]
        if pieces and pieces[-1][:2] == (extra, mark.spot):
            pieces[-1] = (extra, mark.spot, pieces[-1][2], mark.place + 1)
        else:
            pieces.append((extra, mark.spot, mark.place, mark.place + 1))
    return [
        Passage(role, tuple(_pieces(text, _without_slips(pieces), spots)))
        for (role, text), pieces in zip(fields, groups, strict=True)
        if text or pieces
    ]


def _without_slips(spans: Sequence[_Span]) -> list[_Span]:
    """Without the few characters that a correction took out of the middle of a line: those were
    never printed."""
    out: list[_Span] = []
    for i, span in enumerate(spans):
        extra, spot, start, end = span
        between = 0 < i < len(spans) - 1 and spans[i - 1][1] == spot == spans[i + 1][1]
        if extra and between and end - start <= _SLIP:
            continue
        if out and not extra and out[-1][:2] == (extra, spot):
            out[-1] = (extra, spot, out[-1][2], end)
        else:
            out.append(span)
    return out


def _owners(marks: Sequence[_Mark]) -> list[int]:
    """For each mark the field that it goes with."""
    following: list[_Mark | None] = [None] * len(marks)
    after: _Mark | None = None
    for i in range(len(marks) - 1, -1, -1):
        following[i] = after
        if marks[i].field >= 0:
            after = marks[i]
    owners = []
    before: _Mark | None = None
    for mark, later in zip(marks, following, strict=True):
        if mark.field >= 0:
            before = mark
            owners.append(mark.field)
        elif before is not None and (
            later is None or later.spot != mark.spot or before.spot == mark.spot
        ):
            owners.append(before.field)
        else:
            owners.append(later.field if later is not None else 0)
    return owners


def _pieces(text: str, pieces: Iterable[_Span], spots: Sequence[_Spot]) -> Iterator[Piece]:
    """Spans as pieces: each reaches to the next of its kind, so that no white space is lost."""
    spans = list(pieces)
    cuts = [i for i, span in enumerate(spans) if not span[0]]
    for i, (extra, spot, start, end) in enumerate(spans):
        if extra:
            part = spots[spot].line.text[start:end]
        else:
            k = cuts.index(i)
            first = 0 if k == 0 else start
            last = spans[cuts[k + 1]][2] if k + 1 < len(cuts) else len(text)
            part = text[first:last]
        if spot < 0:
            yield Piece(part, extra=extra)
        else:
            where = spots[spot]
            yield Piece(part, where.page, where.region.id, where.line.id, extra)
