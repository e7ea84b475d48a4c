"""What is to be printed: stories, and the entries of the truth they end up in."""

from __future__ import annotations

from dataclasses import dataclass, field

from digitise.model import ArticleKind, Masthead

from .canvas import RegionDraft


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `run_on` when it goes on from another page, without indent. The first `lead`
    characters are set in the subheads' type: a run-in title, or a whole question."""

    text: str
    run_on: bool = False
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Sub:
    """小标题: a subhead of one or two lines."""

    lines: tuple[str, ...]


Item = Para | Sub


@dataclass(frozen=True, slots=True)
class Deck:
    """The heading of a story; each line of a part is printed on its own line."""

    main: tuple[str, ...] = ()
    kicker: tuple[str, ...] = ()
    sub: tuple[str, ...] = ()


@dataclass(slots=True)
class Entry:
    """One entry of `articles` in the truth, growing while its story is printed."""

    kind: ArticleKind
    kicker: str = ""
    headline: str = ""
    subheadline: str = ""
    byline: str = ""
    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    parts: list[tuple[int, RegionDraft]] = field(default_factory=list)
    continuations: list[dict[str, str | int]] = field(default_factory=list)

    def add(self, page: int, region: RegionDraft) -> RegionDraft:
        self.parts.append((page, region))
        return region

    def heading(self, deck: Deck) -> None:
        self.kicker = " ".join(deck.kicker)
        self.headline = " ".join(deck.main)
        self.subheadline = " ".join(deck.sub)


@dataclass(slots=True)
class IssueDraft:
    id: str
    title: str
    masthead: Masthead
    entries: list[Entry] = field(default_factory=list)

    def entry(self, kind: ArticleKind) -> Entry:
        made = Entry(kind)
        self.entries.append(made)
        return made
