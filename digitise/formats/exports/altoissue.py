"""ALTO documents without METS -> an issue, whose articles are those of our own tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from ...model import Article, ArticleKind, Issue, Page, Part
from .altoread import AltoPage, Piece, read_alto
from .assembling import filled, furniture


def read_alto_pages(files: Sequence[tuple[str, bytes]], name: str) -> Issue:
    """One page a file, in order. `name` is the issue's id where the documents tell none."""
    altos = [read_alto(data, file) for file, data in files]
    pages = tuple(_numbered(alto, number) for number, alto in enumerate(altos, 1))
    languages = {alto.language for alto in altos}
    issue = Issue(
        next((alto.issue_id for alto in altos if alto.own and alto.issue_id), name),
        pages=pages,
        language=languages.pop() if len(languages) == 1 else "",
    )
    own = all(alto.own for alto in altos)
    return complete(issue, [(p.id, a.pieces) for p, a in zip(pages, altos, strict=True)], own)


def _numbered(alto: AltoPage, number: int) -> Page:
    page = alto.page
    return page if alto.own else replace(page, id=f"p{number:04d}", number=number)


def complete(
    issue: Issue, pieces: Sequence[tuple[str, Sequence[Piece]]], own: bool = False
) -> Issue:
    """The issue with the articles of its pages' pieces, in the order of their first ones. Our
    own tags tell the headline: an article without one there has none."""
    articles: dict[str, Article] = {}
    for page_id, found in pieces:
        for piece in found:
            kind: ArticleKind = "article"
            for known in get_args(ArticleKind):
                kind = known if known == piece.kind else kind
            old = articles.get(piece.article)
            old = old or Article(piece.article, kind, headline=piece.headline)
            part = Part(page_id, piece.regions)
            if old.parts and old.parts[-1].page == page_id:
                merged = replace(part, regions=old.parts[-1].regions + part.regions)
                articles[piece.article] = replace(old, parts=(*old.parts[:-1], merged))
            else:
                articles[piece.article] = replace(old, parts=(*old.parts, part))
    told = tuple(filled(article, issue) for article in articles.values())
    if own:
        told = tuple(replace(a, headline=articles[a.id].headline) for a in told)
    return furniture(replace(issue, articles=told))
