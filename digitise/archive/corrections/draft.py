"""What one operation changes, while it is being worked out."""

from __future__ import annotations

from dataclasses import replace

from ...errors import DataInvalid
from .document import (
    ARTICLES,
    ArticleEntry,
    ArticlesEntry,
    Delta,
    Document,
    Entity,
    LineEntry,
    PageEntry,
    RegionEntry,
)


class Refused(DataInvalid):
    """An operation that makes no sense here, whatever version it was made for. `where` names the
    field or the id."""

    def __init__(self, where: str, english: str, chinese: str) -> None:
        super().__init__((english, chinese))
        self.where = where

    def __reduce__(self) -> tuple[type[Refused], tuple[str, str, str]]:  # type: ignore[override]
        return (type(self), (self.where, self.message[0], self.message[1]))


def unknown(key: str) -> Refused:
    return Refused(key, f"There is no {key} here (any more).", f"这里没有（或已不再有）{key}。")


class Draft:
    """A document and the entities that are to replace some of its own. Reading sees both."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.changed: dict[str, Entity | None] = {}

    def get(self, key: str) -> Entity | None:
        return self.changed[key] if key in self.changed else self.document.entities.get(key)

    def put(self, key: str, entity: Entity) -> None:
        self.changed[key] = entity

    def drop(self, key: str) -> None:
        self.changed[key] = None

    def line(self, key: str) -> LineEntry:
        entity = self.get(key)
        if not isinstance(entity, LineEntry):
            raise unknown(key)
        return entity

    def region(self, key: str) -> RegionEntry:
        entity = self.get(key)
        if not isinstance(entity, RegionEntry):
            raise unknown(key)
        return entity

    def page(self, key: str) -> PageEntry:
        entity = self.get(key)
        if not isinstance(entity, PageEntry):
            raise unknown(key)
        return entity

    def article(self, key: str) -> ArticleEntry:
        entity = self.get(key)
        if not isinstance(entity, ArticleEntry):
            raise unknown(key)
        return entity

    @property
    def article_ids(self) -> tuple[str, ...]:
        entity = self.get(ARTICLES)
        assert isinstance(entity, ArticlesEntry)
        return entity.ids

    def set_article_ids(self, ids: tuple[str, ...]) -> None:
        self.put(ARTICLES, ArticlesEntry(ids))

    def free(self, key: str) -> str:
        """The key itself, when nothing has it or ever had it."""
        seen = any(key in entry.delta for entry in self.document.log.values())
        if self.get(key) is not None or key in self.document.entities or seen:
            raise Refused(key, f"The id {key} is taken.", f"编号 {key} 已被占用。")
        return key

    def set_lines(self, region: str, lines: tuple[str, ...]) -> None:
        self.put(region, replace(self.region(region), lines=lines))

    def delta(self) -> Delta:
        """{key: (before, after)} of what is really different."""
        old = self.document.entities
        return {
            key: (old.get(key), after)
            for key, after in self.changed.items()
            if old.get(key) != after
        }


def inserted(items: tuple[str, ...], new: str, before: str | None) -> tuple[str, ...]:
    """`new` in front of `before`, else at the end. Refused when `before` is not there."""
    if before is None:
        return (*items, new)
    if before not in items:
        raise unknown(before)
    at = items.index(before)
    return (*items[:at], new, *items[at:])


def without(items: tuple[str, ...], *gone: str) -> tuple[str, ...]:
    return tuple(item for item in items if item not in gone)
