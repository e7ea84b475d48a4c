"""All checks of one package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from ....errors import DataInvalid
from ....model import Issue
from ..hocrread import read_hocr_pages
from ..metsread import read_mets
from ..pageread import read_page_files
from ..sniffing import kind_of
from ..xmlread import local, parse
from .bags import check_bags
from .boxes import check_boxes
from .documents import check_alto, check_ids, check_page
from .findings import Finding, Package, found
from .metschecks import check_mets
from .sameness import check_issue, check_tei
from .schemas import Schemas


@dataclass(frozen=True, slots=True)
class Checked:
    """`findings` in the order of the files; `documents`: how many were looked at, by kind."""

    findings: tuple[Finding, ...]
    documents: dict[str, int]


def check_package(package: Package, schemas: Schemas) -> Checked:
    """Every file of the package by its schema and by itself, and what they say together
    against the issue where that is known."""
    findings: list[Finding] = []
    count: dict[str, int] = {}
    pages: dict[str, list[str]] = {}
    for name in (package.only,) if package.only else package.names:
        if not name.lower().endswith((".xml", ".html", ".htm", ".hocr", ".json")):
            continue
        try:
            kind = _check(package, schemas, name, findings)
        except DataInvalid as error:
            kind = "unreadable"
            findings.append(Finding("unreadable", name, "", error.message))
        if kind:
            count[kind] = count.get(kind, 0) + 1
            if kind in ("alto", "page"):
                pages.setdefault(f"{kind}:{name.rpartition('/')[0]}", []).append(name)
    if package.only:  # what the others say is not asked for
        return Checked(tuple(dict.fromkeys(findings)), count)
    if package.issue is not None:
        for key, names in pages.items():
            kind, _, folder = key.partition(":")
            findings += _together(package, package.issue, kind, folder, names)
    findings += check_bags(package)
    return Checked(tuple(dict.fromkeys(findings)), count)


def _check(package: Package, schemas: Schemas, name: str, findings: list[Finding]) -> str:
    """Checks one file; returns its kind, empty for one that is none of the formats."""
    data = package.read(name)
    if name.lower().endswith(".json"):
        return _json(name, data, findings)
    kind = kind_of(data[:65_536])
    if kind == "hocr":
        issue = read_hocr_pages([(name, data)], "issue")
        for page in issue.pages:
            if not page.error:
                findings += check_boxes(page, name)
        findings += _hocr_ids(name, data)
        if package.issue is not None:
            findings += check_issue(issue, package.issue, name)
        return "hocr"
    if kind is None and not name.lower().endswith(".xml"):
        return ""
    top = parse(data, name)
    findings += schemas.check(name, top)
    if kind == "alto":
        findings += check_alto(top, data, name)
    elif kind == "page":
        findings += check_page(top, data, name)
    elif kind == "mets":
        findings += check_mets(package, name, top)
        if package.issue is not None:
            findings += _mets(package, package.issue, name, data)
    elif local(top) == "TEI":
        findings += check_tei(top, package.issue, name)
        return "tei"
    return kind or "xml"


def _mets(package: Package, issue: Issue, name: str, data: bytes) -> Iterator[Finding]:
    folder = name.rpartition("/")[0]

    def beside(path: str) -> bytes | None:
        full = f"{folder}/{path}" if folder else path
        return package.read(full) if package.has(full) else None

    read = read_mets(data, name, beside)
    if b'TYPE="LOGICAL"' not in data:  # the flat structure has pages only
        return
    yield from check_issue(read, issue, name)


def _hocr_ids(name: str, data: bytes) -> Iterator[Finding]:
    try:
        top = parse(data, name)
    except DataInvalid:
        return  # HTML as engines write it
    yield from check_ids(top, name, "id")


def _together(
    package: Package, issue: Issue, kind: str, folder: str, names: list[str]
) -> Iterator[Finding]:
    """The documents of one folder as one issue: ALTO by its own tags, PAGE by its groups."""
    from ..altoissue import read_alto_pages

    files: list[tuple[str, bytes]] = [(name, package.read(name)) for name in names]
    try:
        read = read_alto_pages if kind == "alto" else read_page_files
        yield from check_issue(read(files, issue.id), issue, folder or ".", dated=kind == "page")
    except DataInvalid:
        return  # told already, of the document itself


def _json(name: str, data: bytes, findings: list[Finding]) -> str:
    try:
        value = json.loads(data)
    except ValueError as error:
        findings.append(
            found("unreadable", name, "", f"not JSON: {error}", f"不是合法的 JSON：{error}")
        )
        return "unreadable"
    if not isinstance(value, dict) or "iiif.io/api/presentation/3" not in str(
        value.get("@context")
    ):
        return ""
    seen: set[str] = set()
    stack: list[object] = [value.get("items")]
    sizes: dict[str, tuple[object, object]] = {}
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack += item
        elif isinstance(item, dict):
            key = str(item.get("id", ""))
            if item.get("type") in ("Canvas", "AnnotationPage", "Annotation") and key:
                if key in seen:
                    findings.append(
                        found("id-twice", name, key, "the id is given twice", "编号重复")
                    )
                seen.add(key)
            if item.get("type") == "Canvas":
                sizes[key] = (item.get("width"), item.get("height"))
            stack += [item.get("items"), item.get("annotations")]
    for structure in _ranges(value.get("structures")):
        target = structure.partition("#")[0]
        if target not in sizes:
            findings.append(
                found(
                    "reference",
                    name,
                    structure,
                    "a range refers to a canvas that is not there",
                    "range 引用了不存在的 canvas",
                )
            )
    return "iiif"


def _ranges(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _ranges(item)
    elif isinstance(value, dict):
        if value.get("type") == "Canvas":
            yield str(value.get("id", ""))
        elif value.get("type") == "SpecificResource":
            source = value.get("source")
            yield str(source.get("id", "") if isinstance(source, dict) else source)
        else:
            yield from _ranges(value.get("items"))
