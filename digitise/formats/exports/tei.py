"""TEI P5: the facsimile with its zones, and the articles as they read, linked line by line.

https://tei-c.org/guidelines/p5/ . Each entry of the issue is a `div` whose type is its kind; page
headers and column labels are `fw`. The text content of `head`, `byline` and `p`, less `fw`, is
that of the article to the character. Nothing is indented inside the text: white space there counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from ...model import Article, Issue, Region
from .bundle import Bundle
from .language import issue_language
from .passages import Passage, Piece, RegionIndex, article_regions, passages, region_index
from .teiheader import XML_ID, XML_LANG, E, facsimile, header
from .xmlkit import Key, flat, legal, xml_ids

_HEADS = {"kicker": "kicker", "headline": "main", "subheadline": "sub"}
_REPEATED = frozenset({"headline", "kicker", "subheadline", "byline"})
_FW = {"page-header": "header", "column-label": "label"}


def export(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """issue.tei.xml"""
    yield "issue.tei.xml", tei(bundle)


def tei(bundle: Bundle) -> bytes:
    """The issue as one TEI document, UTF-8."""
    issue = bundle.issue
    ids = xml_ids(issue)
    root = E.TEI({XML_LANG: issue_language(issue) or "zh"})
    root.append(header(bundle))
    if issue.pages:
        root.append(facsimile(bundle, ids))
    etree.indent(root, space=" ")
    body = E.body()
    writer = _Writer(issue, region_index(issue), ids)
    for article in issue.articles:
        writer.article(article, body)
    if not any(child.tag == E.div().tag for child in body):
        body.append(E.div(E.p()))
    root.append(E.text(body))
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


@dataclass(slots=True)
class _Writer:
    """Writes articles one after the other; knows on which page, column and line it stands."""

    issue: Issue
    regions: RegionIndex
    ids: Mapping[Key, str]
    page: str = ""
    region: str = ""
    line: str = ""

    def article(self, article: Article, body: etree._Element) -> None:
        found = passages(article, self.regions)
        own = list(article_regions(article, self.regions))
        if article.parts:
            self._turn(article.parts[0].page, body)
        name = self.ids["", article.id]
        if article.kind == "furniture":
            kinds = {region.kind for _, region in own}
            kind = _FW.get(min(kinds), "other") if len(kinds) == 1 else "other"
            shown = E.fw({XML_ID: name, "type": kind})
            for count, passage in enumerate(found):
                if count:
                    _add(shown, " ")
                self._write(passage, shown)
            body.append(shown)
            return
        div = E.div({XML_ID: name, "type": article.kind})
        if article.language:
            div.set(XML_LANG, article.language)
        body.append(div)
        self._heads(div, found, own)
        self._body(div, found)
        if not _byline_first(found, own):
            self._bylines(div, found)
        self._figures(div, found, own)

    def _heads(
        self, div: etree._Element, found: Sequence[Passage], own: Sequence[tuple[str, Region]]
    ) -> None:
        for passage in found:
            if passage.role in _HEADS:
                shown = E.head({"type": _HEADS[passage.role]})
                div.append(shown)
                self._write(passage, shown)
        if _byline_first(found, own):
            self._bylines(div, found)

    def _bylines(self, div: etree._Element, found: Sequence[Passage]) -> None:
        for passage in found:
            if passage.role == "byline":
                shown = E.byline()
                div.append(shown)
                self._write(passage, shown)

    def _body(self, div: etree._Element, found: Sequence[Passage]) -> None:
        place = div
        for passage in found:
            if passage.role == "subhead":
                place = E.div({"type": "section"})
                div.append(place)
                shown = E.head({"type": "subhead"})
            elif passage.role == "paragraph":
                shown = E.p()
            else:
                continue
            if not passage.text:
                self._write(passage, place)
                continue
            place.append(shown)
            self._write(passage, shown)

    def _figures(
        self, div: etree._Element, found: Sequence[Passage], own: Sequence[tuple[str, Region]]
    ) -> None:
        pictures = [(page, region) for page, region in own if region.kind == "picture"]
        figures: dict[tuple[str, str], etree._Element] = {}
        for page, region in pictures:
            figures[page, region.id] = E.figure({"facs": f"#{self.ids[page, region.id]}"})
        for passage in found:
            if passage.role != "caption":
                continue
            nearest = self._nearest(passage, pictures)
            figure = figures.get(nearest) if nearest is not None else None
            if figure is None or len(figure):
                figure = E.figure()
                figures["", str(len(figures))] = figure
            head = E.head({"type": "caption"})
            figure.append(head)
            self._write(passage, head)
        for figure in figures.values():
            div.append(figure)

    def _nearest(
        self, passage: Passage, pictures: Sequence[tuple[str, Region]]
    ) -> tuple[str, str] | None:
        """The picture of that caption: the nearest on its page."""
        where = next((p for p in passage.pieces if p.line), None)
        if where is None:
            return None
        caption = self.regions[where.page, where.region]
        near = [
            (_distance(caption, region), page, region.id)
            for page, region in pictures
            if page == where.page and region.polygon and caption.polygon
        ]
        return min(near)[1:] if near else None

    def _write(self, passage: Passage, into: etree._Element) -> None:
        """The passage with the beginnings of its pages, columns and lines."""
        own = [p for p in passage.pieces if p.line and not p.extra]
        if own and into.tag != E.div().tag:
            places = dict.fromkeys((p.page, p.region) for p in own)
            into.set("facs", " ".join(f"#{self.ids[key]}" for key in places))
        flowing = ""
        for piece in passage.pieces:
            if piece.line:
                self._move(piece, into, passage, flowing)
            if piece.extra:
                kind = self.regions[piece.page, piece.region].kind
                repeated = kind in _REPEATED
                into.append(E.fw({"type": "head" if repeated else "catch"}, flat(piece.text)))
            else:
                _add(into, legal(piece.text))
                flowing += piece.text

    def _move(self, piece: Piece, into: etree._Element, passage: Passage, flowing: str) -> None:
        if piece.page != self.page:
            self._turn(piece.page, into)
        columned = passage.role in ("paragraph", "subhead")
        if columned and (piece.page, piece.region) != (self.page, self.region):
            into.append(E.cb({"facs": f"#{self.ids[piece.page, piece.region]}"}))
            self.region = piece.region
        if piece.key != (self.page, self.region, self.line):
            mark = E.lb({"facs": f"#{self.ids[piece.key]}"})
            if flowing and not flowing[-1].isspace():
                mark.set("break", "no")
            into.append(mark)
            _, self.region, self.line = piece.key

    def _turn(self, page_id: str, into: etree._Element) -> None:
        if page_id == self.page or (page_id,) not in self.ids:
            return
        page = next(page for page in self.issue.pages if page.id == page_id)
        label = flat(page.label or str(page.number))
        into.append(E.pb({"n": label, "facs": f"#{self.ids[page_id,]}"}))
        self.page, self.region, self.line = page_id, "", ""


def _byline_first(found: Sequence[Passage], own: Sequence[tuple[str, Region]]) -> bool:
    """Whether the byline is printed before the body."""
    order = {(page, region.id): place for place, (page, region) in enumerate(own)}

    def first(*roles: str) -> int | None:
        places = [
            order[p.page, p.region]
            for passage in found
            if passage.role in roles
            for p in passage.pieces
            if p.line and not p.extra
        ]
        return min(places, default=None)

    byline, body = first("byline"), first("paragraph", "subhead")
    return byline is None or body is None or byline < body


def _distance(a: Region, b: Region) -> float:
    x = max(0.0, max(a.box.x0, b.box.x0) - min(a.box.x1, b.box.x1))
    y = max(0.0, max(a.box.y0, b.box.y0) - min(a.box.y1, b.box.y1))
    return x + y


def _add(into: etree._Element, text: str) -> None:
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text
