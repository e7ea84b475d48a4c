"""MODS of a METS document -> what issue and articles say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import get_args

from lxml import etree

from ...model import ArticleKind, Continuation, ContinuationStatus, Issue, Masthead
from .metadata import GENRES, OWN
from .xmlread import below, child, children, local, raw, share_of, text_of

_KINDS = {genre: kind for kind, genre in GENRES.items()}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Record:
    """One MODS record. `digest` with paragraphs and captions is there in our own only;
    `own_language` is a language that is not the issue's."""

    title: str = ""
    subtitle: str = ""
    kicker: str = ""
    byline: str = ""
    kind: str = ""
    language: str = ""
    own_language: str = ""
    confidence: float = 1.0
    digest: str = ""
    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    continuations: tuple[Continuation, ...] = ()
    identifier: str = ""
    place: str = ""
    edition: str = ""
    masthead: Masthead = field(default_factory=Masthead)
    complete: bool = True
    warnings: tuple[str, ...] = ()


def record_of(section: etree._Element) -> Record:
    """The first MODS record in a dmdSec; an empty one where it has none."""
    mods = next(below(section, "mods"), None)
    if mods is None:
        return Record()
    title, kicker = _titles(mods)
    own = next(_own(mods, "article"), None)
    issue = next(_own(mods, "issue"), None)
    get = own.get if own is not None else {}.get
    kind = get("kind", "") or _KINDS.get(text_of(child(mods, "genre")), "")
    given = share_of(get("confidence"))
    return Record(
        title=_told(child(title, "title")) if title is not None else "",
        subtitle=_told(child(title, "subTitle")) if title is not None else "",
        kicker=_told(child(kicker, "title")) if kicker is not None else "",
        byline=_byline(mods),
        kind=kind if kind in get_args(ArticleKind) else "",
        language=_language(mods),
        own_language=get("language", ""),
        confidence=1.0 if given is None else given,
        digest=get("digest", ""),
        paragraphs=_texts(own, "paragraph"),
        captions=_texts(own, "caption"),
        continuations=tuple(_jumps(own)) if own is not None else (),
        identifier=_identifier(mods, "local"),
        place=_first(mods, "originInfo", "place", "placeTerm"),
        edition=_first(mods, "originInfo", "edition"),
        masthead=_masthead(mods, title),
        complete=issue is None or issue.get("complete") != "false",
        warnings=_texts(issue, "warning"),
    )


def issue_of(record: Record, identifier: str) -> Issue:
    """The issue without its pages and articles."""
    return Issue(
        identifier,
        record.title,
        record.masthead,
        complete=record.complete,
        warnings=record.warnings,
        language=record.language,
        place=record.place,
        edition=record.edition,
    )


def _titles(mods: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    infos = list(children(mods, "titleInfo"))
    main = next((e for e in infos if e.get("type") is None), None)
    kicker = next((e for e in infos if e.get("displayLabel") == "kicker"), None)
    return main, kicker


def _told(element: etree._Element | None) -> str:
    """The text of an element: in a record of ours to the character, else with the white space
    of indenting taken out."""
    if element is None:
        return ""
    text = raw(element)
    mods = next((e for e in element.iterancestors() if local(e) == "mods"), None)
    own = mods is not None and any(
        etree.QName(e).namespace == OWN for x in children(mods, "extension") for e in children(x)
    )
    return text if own else " ".join(text.split())


def _texts(own: etree._Element | None, name: str) -> tuple[str, ...]:
    return () if own is None else tuple(_told(e) for e in children(own, name))


def _own(mods: etree._Element, name: str) -> Iterator[etree._Element]:
    for extension in children(mods, "extension"):
        yield from children(extension, name)


def _first(mods: etree._Element, *path: str) -> str:
    return _told(child(mods, *path))


def _byline(mods: etree._Element) -> str:
    for note in children(mods, "note"):
        if note.get("type") == "statement of responsibility":
            return _told(note)
    names = [text_of(child(name, "namePart")) for name in children(mods, "name")]
    return " ".join(filter(None, names))


def _language(mods: etree._Element) -> str:
    terms = [children(m, "languageTerm") for m in children(mods, "language")]
    codes = {t.get("authority", ""): text_of(t) for group in terms for t in group}
    for authority in ("rfc5646", "rfc4646", "rfc3066"):
        if codes.get(authority):
            return codes[authority]
    return next((c for c in codes.values() if re.fullmatch("[A-Za-z]{2,3}", c)), "")


def _identifier(parent: etree._Element | None, *kinds: str) -> str:
    if parent is None:
        return ""
    for kind in kinds:
        for element in children(parent, "identifier"):
            if element.get("type", "").lower() == kind:
                return _told(element)
    return ""


def _masthead(mods: etree._Element, title: etree._Element | None) -> Masthead:
    host = next((e for e in children(mods, "relatedItem") if e.get("type") == "host"), None)
    origin = child(mods, "originInfo")
    other = {} if origin is None else {
        e.get("type", ""): _told(e) for e in children(origin, "dateOther")
    }  # fmt: skip
    date = _DATE.match(_first(mods, "originInfo", "dateIssued").strip())
    named = child(host, "titleInfo", "title") if host is not None else None
    own = next(_own(mods, "issue"), None) is not None
    main = _told(child(title, "title")) if title is not None and not own else ""
    return Masthead(
        title=_told(named) or main,
        date=date.group() if date else "",
        weekday=other.get("weekday", ""),
        lunar_date=other.get("lunar", ""),
        issue_number=_first(mods, "part", "detail", "number"),
        cn=_identifier(host, "cn"),
        issn=_identifier(host, "issn") or _identifier(mods, "issn"),
        postal_code=_identifier(host, "postal-code"),
        publisher=_first(mods, "originInfo", "publisher"),
    )


def _jumps(own: etree._Element) -> Iterator[Continuation]:
    for item in children(own, "continuation"):
        status: ContinuationStatus = "unresolved"
        if item.get("status") == "verified":
            status = "verified"
        elif item.get("status") == "one-sided":
            status = "one-sided"
        yield Continuation(
            item.get("from", ""),
            item.get("to", ""),
            item.get("marker", ""),
            item.get("back-marker", ""),
            status,
            item.get("note", ""),
        )
