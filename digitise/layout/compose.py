"""Chains, matter, pictures and page furniture -> regions and pieces in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..model import (
    IDENTITY,
    ArticleKind,
    Line,
    Page,
    Rect,
    Region,
    RegionKind,
    WritingMode,
    bounding,
    polygon_bounds,
)
from ..text.clues import credit_score
from ..text.masthead import HeaderLine
from ..text.paragraphs import BodyLine, join
from ..text.spaces import tidy_headline, tidy_names
from .blocks import Block, Row
from .bodytext import measure_of, read_body, without_lead_ins
from .downcolumns import printed_box
from .downparas import usual_indent
from .drafts import Draft
from .flow import Chain
from .heads import head_box
from .mastlines import masthead_lines
from .matter import Matter, in_rows
from .places import in_reading_order
from .placing import place_pictures
from .result import PageLayout, Piece
from .scene import Scene
from .scrap import is_scrap
from .signatures import Signed
from .signoff import with_signatures
from .signs import signs_of
from .ties import ties_of


def compose(
    scene: Scene,
    chains: Sequence[Chain],
    matter: Sequence[Matter],
    signed: Sequence[Signed],
    spare: Sequence[int],
) -> PageLayout:
    """The page's layout. `spare`: blocks that found no place; each group of them that belongs
    together is a piece of furniture."""
    drafts = [
        _article(scene, chain, [s for s in signed if s.chain == c])
        for c, chain in enumerate(chains)
    ]
    drafts += [_matter(scene, m) for m in matter]
    place_pictures(scene, drafts)
    drafts += _labels(scene)
    drafts += [_loose(scene, i) for i in spare]
    # the masthead is read first, and takes part: what stands beside it comes next
    head = _furniture(scene, "masthead")
    every = [*head, *drafts]
    ties = ties_of(scene, every)
    order = in_reading_order(
        scene.sheet,
        scene.ground,
        scene.barriers,
        scene.em,
        [d.box for d in every],
        [_laid(d) for d in every],
        ties,
        len(head) - 1,
    )
    rest = [every[k] for k in order if k >= len(head)]
    header = _furniture(scene, "page-header")
    read = [-1] * len(head + header) + [ties[k] for k in order if k >= len(head)]
    return _number(scene, head + header + rest, read)


def _laid(draft: Draft) -> tuple[Rect, ...]:
    """Where one begins to read a piece, its title with the text that follows or that text, and
    all it is made of."""
    boxes = tuple(box for _, _, box in draft.members) or (draft.box,)
    titles = [box for _, kind, box in draft.members if kind in ("headline", "kicker")]
    text = [box for _, kind, box in draft.members if kind == "body"]
    return (bounding([*titles, *text[:1]] or boxes[:1]), *boxes)


def _article(scene: Scene, chain: Chain, signed: Sequence[Signed]) -> Draft:
    members: list[tuple[int | None, RegionKind, Rect]] = []
    box: Rect | None = None
    if chain.head is not None:
        box = head_box(scene, chain.head)
        for i in chain.head.members:
            members.append((i, scene.kind.get(i, "headline"), scene.blocks[i].box))
    leads = [s.block for s in signed if s.leads]
    trails = [s.block for s in signed if not s.leads]
    for i in leads:
        members.append((i, "byline", scene.blocks[i].box))
    blocks = [scene.blocks[i] for i in chain.blocks]
    titles = without_lead_ins(blocks, [i in chain.subheads for i in chain.blocks])
    indent = usual_indent(scene.blocks, scene.em) if scene.downward else None
    body = read_body(blocks, titles, indent) if blocks else None
    for i, b, title in zip(chain.blocks, blocks, titles, strict=True):
        members.append((i, "subhead" if title else "body", b.box))
        box = b.box if box is None else box.union(b.box)
    if body is not None and body.bylines:
        members = with_signatures(scene, members, body.bylines)
    for i in trails:
        members.append((i, "byline", scene.blocks[i].box))
    assert box is not None
    for i in (*leads, *trails):
        box = box.union(scene.blocks[i].box)
    return Draft("article", box, members, chain=chain, body=body, leads=leads, trails=trails)


def _matter(scene: Scene, m: Matter) -> Draft:
    members: list[tuple[int | None, RegionKind, Rect]] = [
        (i, scene.kind[i], scene.blocks[i].box) for i in m.blocks
    ]
    return Draft(m.kind, m.box, members, texts=list(m.blocks))


def _labels(scene: Scene) -> list[Draft]:
    """Column labels: pieces of one bar side by side are one label."""
    left = sorted(
        (i for i, k in scene.kind.items() if k == "column-label"),
        key=lambda i: (scene.blocks[i].box.y0, scene.blocks[i].box.x0),
    )
    out: list[Draft] = []
    while left:
        group = [left.pop(0)]
        changed = True
        while changed:
            changed = False
            box = bounding(scene.blocks[i].box for i in group)
            for j in left:
                b = scene.blocks[j].box
                apart = max(b.x0 - box.x1, box.x0 - b.x1)
                if apart < 2 * scene.em and b.overlap_y(box) > 0.5 * min(b.height, box.height):
                    group.append(j)
                    left.remove(j)
                    changed = True
                    break
        group.sort(key=lambda i: scene.blocks[i].box.x0)
        bars = [scene.ground.on_bar(scene.blocks[i].box) for i in group]
        box = bounding(
            [*(scene.blocks[i].box for i in group), *(bar.box for bar in bars if bar is not None)]
        )
        out.append(
            Draft(
                "furniture",
                box,
                [(i, "column-label", scene.blocks[i].box) for i in group],
                texts=group,
            )
        )
    return out


def _loose(scene: Scene, i: int) -> Draft:
    kind = scene.kind.get(i, "other")
    return Draft("furniture", scene.blocks[i].box, [(i, kind, scene.blocks[i].box)], texts=[i])


def _furniture(scene: Scene, kind: RegionKind) -> list[Draft]:
    if kind == "masthead":
        items = masthead_lines(scene)
    else:
        items = in_rows([(i, scene.blocks[i]) for i, k in scene.kind.items() if k == kind])
    if not items:
        return []
    box = bounding(scene.blocks[i].box for i in items)
    what: ArticleKind = "masthead" if kind == "masthead" else "furniture"
    return [Draft(what, box, [(i, kind, scene.blocks[i].box) for i in items], texts=items)]


def _number(scene: Scene, drafts: Sequence[Draft], ties: Sequence[int]) -> PageLayout:
    sheet = scene.sheet
    regions: list[Region] = []
    pieces: list[Piece] = []
    for draft, tie, signs in zip(drafts, ties, signs_of(scene, drafts), strict=True):
        ids: list[str] = []
        for block, kind, box in draft.members:
            rid = f"{sheet.page_id}-r{len(regions) + 1:03d}"
            regions.append(_region(scene, rid, kind, box, block))
            ids.append(rid)
        piece = _piece(scene, draft, tuple(ids))
        pieces.append(replace(piece, signs=signs, laid=_laid(draft), tie=tie))
    width, height = sheet.original_size
    page = Page(
        id=sheet.page_id,
        number=sheet.number,
        width=width or sheet.width,
        height=height or sheet.height,
        dpi=sheet.dpi,
        regions=tuple(regions),
        reading_order=tuple(r.id for r in regions),
        steps=sheet.steps,
        source=sheet.source,
    )
    return PageLayout(
        page,
        tuple(pieces),
        masthead=_header_lines(scene, "masthead"),
        header=_header_lines(scene, "page-header"),
    )


def _region(scene: Scene, rid: str, kind: RegionKind, box: Rect, block: int | None) -> Region:
    to = scene.sheet.to_original
    lines: list[Line] = []
    mode: WritingMode = "horizontal-tb"
    confidence = 1.0
    if block is not None:
        b = scene.blocks[block]
        mode = b.lines[0].mode
        for line in b.lines:
            lines.append(
                Line(
                    id=f"{rid}-l{len(lines) + 1:03d}",
                    polygon=_whole(to.polygon(line.box.polygon)),
                    text=line.text,
                    chars=line.chars
                    if to == IDENTITY
                    else tuple(
                        replace(c, box=polygon_bounds(to.polygon(c.box.polygon)))
                        for c in line.chars
                    ),
                    confidence=round(line.confidence, 4),
                )
            )
        confidence = round(sum(x.confidence for x in lines) / len(lines), 4) if lines else 1.0
        box = bounding(printed_box(x) for x in b.lines)
    return Region(rid, kind, _whole(to.polygon(box.polygon)), mode, tuple(lines), confidence)


def _whole(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple((float(round(x)), float(round(y))) for x, y in points)


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [tidy_headline(row.text) for b in blocks for row in b.rows]


def _decked(scene: Scene, blocks: Sequence[int]) -> list[str]:
    """The lines of a headline; groups of one letter-spaced line run together."""
    out: list[str] = []
    last: Block | None = None
    for i in blocks:
        b = scene.blocks[i]
        texts = _texts([b])
        level = last is not None and not b.vertical and abs(last.box.cy - b.box.cy) < 0.3 * b.size
        if level and out:
            out[-1] += texts[0]
        else:
            out.extend(texts)
        last = b
    return out


def _piece(scene: Scene, draft: Draft, ids: tuple[str, ...]) -> Piece:
    captions = _joined_captions(scene, draft)
    if draft.chain is None:
        texts = tuple(x for i in draft.texts for x in _matter_lines(scene, draft, i))
        headline = ""
        if draft.kind == "masthead" and draft.texts:
            top = max(draft.texts, key=lambda i: (scene.blocks[i].size, -i))
            headline = " ".join(_texts([scene.blocks[top]]))
            texts = tuple(
                x for i in draft.texts if i != top for x in _matter_lines(scene, draft, i)
            )
        if draft.kind in ("advertisement", "notice", "index", "table") and draft.texts:
            top = draft.texts[0]
            sizes = sorted(scene.blocks[i].size for i in draft.texts)
            if scene.blocks[top].size > 1.15 * sizes[len(sizes) // 2] or (
                len(draft.texts) > 1
                and scene.blocks[top].chars <= 12
                and scene.blocks[top].size >= sizes[-1] * 0.98
            ):
                headline = " ".join(_texts([scene.blocks[top]]))
                texts = texts[len(scene.blocks[top].rows) :]
        return Piece(
            draft.kind,
            ids,
            draft.box,
            headline=headline,
            lines=texts,
            captions=captions,
        )
    head = draft.chain.head
    fields = {"kicker": "", "headline": "", "subheadline": ""}
    bylines: list[str] = []
    if head is not None:
        fields["kicker"] = " ".join(_texts([scene.blocks[i] for i in head.kicker]))
        fields["headline"] = " ".join(_decked(scene, head.headline))
        fields["subheadline"] = " ".join(_texts([scene.blocks[i] for i in head.deck]))
        bylines = [tidy_names(row.text) for i in head.byline for row in scene.blocks[i].rows]
    bylines += [tidy_names(row.text) for i in draft.leads for row in scene.blocks[i].rows]
    body = draft.body
    if body is not None:
        bylines += [tidy_names(t) for t in body.bylines]
    bylines += [tidy_names(row.text) for i in draft.trails for row in scene.blocks[i].rows]
    text = "".join(line.text for line in body.lines) if body else ""
    linked = captions or (body is not None and (body.jump_out or body.jump_in))
    scrap = draft.kind == "article" and not linked and is_scrap("".join(fields.values()), text)
    return Piece(
        kind="furniture" if scrap else draft.kind,
        regions=ids,
        box=draft.box,
        kicker=fields["kicker"],
        headline=fields["headline"],
        subheadline=fields["subheadline"],
        byline=" ".join(bylines),
        lines=body.lines if body else (),
        captions=captions,
        jump_out=body.jump_out if body else None,
        jump_in=body.jump_in if body else None,
    )


def _matter_lines(scene: Scene, draft: Draft, i: int) -> list[BodyLine]:
    """Lines of a notice are joined like a body's; elsewhere each printed line stands alone."""
    b = scene.blocks[i]
    if draft.kind == "index":
        return _entry_lines(scene, draft, i)
    if draft.kind == "table":
        row = [
            j
            for j in draft.texts
            if scene.blocks[j].box.overlap_y(b.box)
            > 0.5 * min(scene.blocks[j].box.height, b.box.height)
            and 0.7 < scene.blocks[j].size / b.size < 1.43
        ]
        if len(b.rows) == 1 and len(row) > 1:
            row.sort(key=lambda j: scene.blocks[j].box.x0)
            if row[0] != i:
                return []
            text = " ".join(scene.blocks[j].text for j in row)
            return [BodyLine(text, 0.0, 0.0, keep=True)]
    if draft.kind != "notice":
        return [BodyLine(row.text, 0.0, 0.0, keep=True) for row in b.rows]
    left, right = measure_of(b, [scene.blocks[j] for j in draft.texts])
    return [
        BodyLine(
            row.text,
            (row.box.x0 - left) / b.size,
            (right - row.box.x1) / b.size,
            # the body that signs a notice and its date stand to the right, a line each
            keep=(row.box.x0 - left) / b.size > 4,
        )
        for row in b.rows
    ]


def _entry_lines(scene: Scene, draft: Draft, i: int) -> list[BodyLine]:
    """The entries of an index, each with the page at the end of its row; a block that is nothing
    but such page numbers has no lines of its own."""
    pages = [j for j in draft.texts if all(_PAGE_ALONE.match(r.text) for r in scene.blocks[j].rows)]
    if i in pages and len(pages) < len(draft.texts):
        return []
    cells = [row for j in pages for row in scene.blocks[j].rows]
    out = []
    for row in scene.blocks[i].rows:
        level = [
            c
            for c in cells
            if c.box.x0 > row.box.x1 and abs(c.box.cy - row.box.cy) < 0.5 * row.box.height
        ]
        page = min(level, key=lambda c: c.box.x0, default=None)
        text = row.text if page is None else f"{row.text} {page.text}"
        out.append(BodyLine(text, 0.0, 0.0, keep=True))
    return out


_PAGE_ALONE = re.compile(
    r"\s*[（(▶►→·…\s]*(?:详?见)?\s*第?\s*(?:[A-Z]\s?)?[\d一二三四五六七八九十]{1,3}\s*[版面]?\s*[）)]?\s*$"
)


def _caption(rows: Sequence[Row], size: float) -> str:
    left, right = min(r.box.x0 for r in rows), max(r.box.x1 for r in rows)
    lines = [
        BodyLine(row.text, (row.box.x0 - left) / size, (right - row.box.x1) / size) for row in rows
    ]
    return " ".join(join(lines))


def _joined_captions(scene: Scene, draft: Draft) -> tuple[str, ...]:
    """One caption a picture: its blocks, the credit last, joined with a space; the last few
    characters of a text go on with it."""
    by_picture: dict[int, list[Block]] = {}
    for i in draft.captions:
        by_picture.setdefault(scene.caption_of[i], []).append(scene.blocks[i])
    out = []
    for blocks in by_picture.values():
        texts: list[tuple[list[Row], float]] = []
        signed_by = [b for b in blocks if credit_score(b.text) >= 0.6]
        if len(signed_by) == 1:
            blocks = [b for b in blocks if b is not signed_by[0]] + signed_by
        for block in blocks:
            if texts and _goes_on(texts[-1][0][-1], block):
                texts[-1][0].extend(block.rows)
            else:
                texts.append((list(block.rows), block.size))
        out.append(tidy_names(" ".join(_caption(rows, size) for rows, size in texts)))
    return tuple(out)


def _goes_on(last: Row, block: Block) -> bool:
    """Whether a block is the end of the line over it, too short for a size of its own."""
    return (
        len(block.rows) == 1
        and block.chars <= 12
        and not last.text.rstrip().endswith(("。", "”", "！", "？"))
        and credit_score(block.text) < 0.6
        and abs(block.box.x0 - last.box.x0) < last.box.height
        and 0 < block.box.cy - last.box.cy < 2 * last.box.height
    )


def _header_lines(scene: Scene, kind: RegionKind) -> tuple[HeaderLine, ...]:
    sheet = scene.sheet
    out = []
    for i in sorted(
        (i for i, k in scene.kind.items() if k == kind),
        key=lambda i: (scene.blocks[i].box.y0, scene.blocks[i].box.x0),
    ):
        for line in scene.blocks[i].lines:
            box = line.box
            out.append(
                HeaderLine(
                    line.text,
                    line.size / scene.em,
                    box.x0 / sheet.width,
                    box.y0 / sheet.height,
                    box.x1 / sheet.width,
                    box.y1 / sheet.height,
                )
            )
    return tuple(out)
