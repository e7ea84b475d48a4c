"""An issue taken apart into entities by id, and put together again.

A correction replaces single entities; which ones it replaced, and what they were before, is known
of every operation (`Logged.delta`), so that any operation can be taken back and any two people who
meet on one entity can be told of it. What is not taken apart (title, page sizes, warnings) stays as
the machine left it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ...model import Article, Issue, Line, Masthead, Page, Region
from .operations import ISSUE, MASTHEAD, Operation

ARTICLES = "articles"
"""The key of the order of the articles."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """`regions` as the page holds them, `order` as they are read."""

    id: str
    regions: tuple[str, ...]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """`region` is without lines: those are `lines`, by id."""

    page: str
    region: Region
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineEntry:
    """`machine`: what was read by the machine, empty for a line made by hand. `human`: the text
    was typed or confirmed by a person."""

    region: str
    line: Line
    machine: str
    human: bool = False


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """`article` holds kind, parts and continuations as they are; of its texts only the fields
    named in `own` count, the others are worked out from the lines (compose.py)."""

    article: Article
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MastheadEntry:
    masthead: Masthead


@dataclass(frozen=True, slots=True)
class ArticlesEntry:
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment: operation number, author, time, words."""

    seq: int
    by: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """What was said about an entity without changing it."""

    flag: str = ""
    status: str = "open"
    remarks: tuple[Remark, ...] = ()


Entity = PageEntry | RegionEntry | LineEntry | ArticleEntry | MastheadEntry | ArticlesEntry | Note
Delta = Mapping[str, tuple[Entity | None, Entity | None]]
"""What an operation changed: {key: (before, after)}, None where there is nothing."""


@dataclass(frozen=True, slots=True)
class Logged:
    """An operation that was applied. `id` is the sender's, `at` is UTC in ISO 8601; `origin`: the
    number of the operation it repeats over a newer machine result, else 0."""

    seq: int
    id: str
    operation: Operation
    by: str = ""
    at: str = ""
    origin: int = 0
    delta: Delta = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Document:
    """The machine's issue and what became of it. `versions[key]` is the number of the last
    operation that changed the entity; an entity not in it is as the machine left it. The
    mappings are never changed in place."""

    machine: Issue
    entities: Mapping[str, Entity]
    versions: Mapping[str, int]
    log: Mapping[int, Logged]
    by_id: Mapping[str, int]
    reverted: Mapping[int, int]
    seq: int = 0

    def version(self, key: str) -> int:
        return self.versions.get(key, 0)

    def line(self, key: str) -> LineEntry | None:
        entity = self.entities.get(key)
        return entity if isinstance(entity, LineEntry) else None

    def region(self, key: str) -> RegionEntry | None:
        entity = self.entities.get(key)
        return entity if isinstance(entity, RegionEntry) else None

    def page(self, key: str) -> PageEntry | None:
        entity = self.entities.get(key)
        return entity if isinstance(entity, PageEntry) else None

    def article(self, key: str) -> ArticleEntry | None:
        entity = self.entities.get(key)
        return entity if isinstance(entity, ArticleEntry) else None

    def note(self, key: str) -> Note:
        entity = self.entities.get(note_key(key))
        return entity if isinstance(entity, Note) else Note()

    @property
    def masthead(self) -> Masthead:
        entity = self.entities[MASTHEAD]
        assert isinstance(entity, MastheadEntry)
        return entity.masthead

    @property
    def article_ids(self) -> tuple[str, ...]:
        entity = self.entities[ARTICLES]
        assert isinstance(entity, ArticlesEntry)
        return entity.ids

    def articles(self) -> Iterator[ArticleEntry]:
        for article_id in self.article_ids:
            entry = self.article(article_id)
            assert entry is not None
            yield entry

    def article_of(self) -> dict[str, str]:
        """{region id: id of the article it belongs to}."""
        return {
            region: entry.article.id
            for entry in self.articles()
            for part in entry.article.parts
            for region in part.regions
        }


def note_key(key: str) -> str:
    return f"note:{key}"


def knows(document: Document, target: str) -> bool:
    """Whether something can be said about `target`."""
    if target in (ISSUE, MASTHEAD):
        return True
    return ":" not in target and target != ARTICLES and target in document.entities


def document_of(issue: Issue) -> Document:
    """The issue as the machine read it, taken apart. Ids that come twice over different kinds or
    regions, which only files from elsewhere have, are made different."""
    entities: dict[str, Entity] = {}
    issue = with_own_ids(issue)
    for page in issue.pages:
        entities[page.id] = PageEntry(page.id, tuple(r.id for r in page.regions), whole_order(page))
        for region in page.regions:
            ids = tuple(line.id for line in region.lines)
            entities[region.id] = RegionEntry(page.id, replace(region, lines=()), ids)
            for line in region.lines:
                entities[line.id] = LineEntry(region.id, line, line.text)
    for article in issue.articles:
        entities[article.id] = ArticleEntry(article)
    entities[ARTICLES] = ArticlesEntry(tuple(article.id for article in issue.articles))
    entities[MASTHEAD] = MastheadEntry(issue.masthead)
    empty: Mapping[str, int] = MappingProxyType({})
    return Document(issue, entities, empty, MappingProxyType({}), empty, MappingProxyType({}))


def whole_order(page: Page) -> tuple[str, ...]:
    """The reading order with the regions it leaves out at its end."""
    listed = set(page.reading_order)
    return (*page.reading_order, *(r.id for r in page.regions if r.id not in listed))


def with_own_ids(issue: Issue) -> Issue:
    """The same issue, every line's id in it once. ids of regions and articles are unique within
    their page or issue already (formats.issue_json checks); here over the whole issue."""
    seen: set[str] = {page.id for page in issue.pages} | {MASTHEAD, ISSUE, ARTICLES}
    regions: dict[tuple[str, str], str] = {}
    pages = []
    for page in issue.pages:
        kept = []
        for region in page.regions:
            region_id = _fresh(region.id, page.id, seen)
            regions[page.id, region.id] = region_id
            lines = tuple(_renamed(line, region_id, seen) for line in region.lines)
            kept.append(replace(region, id=region_id, lines=lines))
        order = tuple(regions[page.id, r] for r in page.reading_order)
        pages.append(replace(page, regions=tuple(kept), reading_order=order))
    articles = tuple(
        replace(
            article,
            id=_fresh(article.id, "article", seen),
            parts=tuple(
                replace(p, regions=tuple(regions[p.page, r] for r in p.regions))
                for p in article.parts
            ),
        )
        for article in issue.articles
    )
    return replace(issue, pages=tuple(pages), articles=articles)


def _renamed(line: Line, region: str, seen: set[str]) -> Line:
    fresh = _fresh(line.id, region, seen)
    return line if fresh == line.id else replace(line, id=fresh)


def _fresh(key: str, prefix: str, seen: set[str]) -> str:
    plain = key.replace(":", "_")
    fresh, n = plain, 1
    while fresh in seen or not fresh:
        n += 1
        fresh = f"{prefix}-{plain}" if n == 2 else f"{prefix}-{plain}-{n}"
    seen.add(fresh)
    return fresh
