"""What an issue holds: masthead, pages, and articles over any of its pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .page import Page

ArticleKind = Literal[
    "article",
    "advertisement",
    "notice",
    "index",
    "table",
    "picture",
    "masthead",
    "furniture",
]

ContinuationStatus = Literal["verified", "one-sided", "unresolved"]


@dataclass(frozen=True, slots=True)
class Masthead:
    """报头. A field that is not printed is an empty string; `date` is YYYY-MM-DD."""

    title: str = ""
    date: str = ""
    weekday: str = ""
    lunar_date: str = ""
    issue_number: str = ""
    cn: str = ""
    issn: str = ""
    postal_code: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The regions of one page that belong to an article, in reading order."""

    page: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Continuation:
    """A jump from one page to another. `to_page` is empty while unresolved."""

    from_page: str
    to_page: str
    marker: str
    back_marker: str = ""
    status: ContinuationStatus = "unresolved"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    id: str
    kind: ArticleKind = "article"
    kicker: str = ""
    headline: str = ""
    subheadline: str = ""
    byline: str = ""
    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    continuations: tuple[Continuation, ...] = ()
    confidence: float = 1.0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """`language` of the issue and of an article: a BCP 47 tag ("zh-Hant"), or empty where it is
    to be told from the text. `place` and `edition` as a catalogue has them, or empty."""

    id: str
    title: str = ""
    masthead: Masthead = field(default_factory=Masthead)
    pages: tuple[Page, ...] = ()
    articles: tuple[Article, ...] = ()
    complete: bool = True
    warnings: tuple[str, ...] = ()
    language: str = ""
    place: str = ""
    edition: str = ""
