"""METS 1.12.1: the issue as one package of mets.xml, page images, ALTO and text.

docs/formats.md holds the profile and its two variants: "enmap" names sections and files as the
Europeana Newspapers METS/ALTO profile does, "ndnp" is the flat issue and page structure of the
National Digital Newspaper Program, which has no articles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from lxml import etree

from ...model import Article, Issue, Page, Region
from ..plain import page_text
from .alto import documents
from .bundle import Bundle, SourceFile
from .language import issue_language
from .metadata import (
    MIX,
    MODS,
    OWN,
    PREMIS,
    add_agent,
    add_article_mods,
    add_event,
    add_issue_mods,
    add_mix,
    add_object,
    lines_digest,
    premis_document,
)
from .metsnames import Names, names_of
from .xmlkit import Key, legal, xml_ids
from .xmlwrite import XLINK, XSI, add, document, legal_issue, root

METS = "http://www.loc.gov/METS/"
_XSD = (
    f"{METS} http://www.loc.gov/standards/mets/version1121/mets.xsd "
    f"{MODS} http://www.loc.gov/standards/mods/v3/mods-3-6.xsd"
)


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the package: `key` is its METS id, `group` its place in the fileSec."""

    key: str
    group: str
    path: str
    mime: str
    size: int
    sha256: str
    admin: str = ""
    seq: int = 0


@dataclass(slots=True)
class _Package:
    """What is known of the package while it is written."""

    bundle: Bundle
    names: Names
    ids: Mapping[Key, str]
    files: list[_File] = field(default_factory=list)

    def of_page(self, page: Page, group: str) -> _File | None:
        key = f"{group}-{self.ids[page.id,]}"
        return next((f for f in self.files if f.key == key), None)


def export(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """Images, the files they were made of, ALTO, text, and mets.xml last, which lists the PDFs of
    the same export as well."""
    bundle = replace(bundle, issue=legal_issue(bundle.issue))
    package = _Package(bundle, names_of(bundle.settings.profile), xml_ids(bundle.issue))
    if bundle.settings.images:
        yield from _images(package)
    version = bundle.settings.alto
    folder = "alto" if version == "4.4" else f"alto-{version}"
    for page, (name, data) in zip(bundle.pages, documents(bundle, version, folder), strict=True):
        _enter(package, "alto", page, name, "text/xml", data)
        yield name, data
    for page in bundle.pages:
        data = page_text(page, bundle.issue.articles).encode("utf-8")
        name = f"text/{package.ids[page.id,]}.txt"
        _enter(package, "text", page, name, "text/plain", data)
        yield name, data
    for file in bundle.beside:
        key = f"pdf-{Path(file.name).stem}"
        package.files.append(_File(key, "pdf", file.name, file.mime, file.size, file.sha256))
    objects = _objects(package)
    if objects:
        yield "premis.xml", objects
    yield "mets.xml", _document(package, objects)


def _enter(
    package: _Package, group: str, page: Page, name: str, mime: str, data: bytes, admin: str = ""
) -> None:
    key = f"{group}-{package.ids[page.id,]}"
    digest = hashlib.sha256(data).hexdigest()
    package.files.append(_File(key, group, name, mime, len(data), digest, admin, page.number))


def _images(package: _Package) -> Iterator[tuple[str, bytes]]:
    bundle = package.bundle
    for page in bundle.pages:
        image = bundle.image(page)
        if image is not None:
            page_id = package.ids[page.id,]
            name = f"images/{page_id}{Path(image.name).suffix}"
            package.files.append(
                _File(f"image-{page_id}", "image", name, image.mime, image.size, image.sha256,
                      f"amd-{page_id}", page.number)
            )  # fmt: skip
            yield name, image.read()
    for number, source in enumerate(_originals(bundle), 1):
        name = f"original/{number:02d}{Path(source.name).suffix.lower()}"
        package.files.append(
            _File(f"original-{number:02d}", "original", name, source.mime, source.size,
                  source.sha256, f"amd-original-{number:02d}")
        )  # fmt: skip
        yield name, source.path.read_bytes()


def _originals(bundle: Bundle) -> list[SourceFile]:
    """The files whose pages' pictures had to be made."""
    made = {key for key, image in bundle.images.items() if image.rendered}
    return [s for s in bundle.sources if any(page_id in made for page_id, _ in s.pages)]


def _objects(package: _Package) -> bytes:
    """premis.xml: an object for each image and each file that pages were read from; empty where
    the package has none."""
    top = premis_document()
    for page in package.bundle.pages:
        file, image = package.of_page(page, "image"), package.bundle.image(page)
        if file is not None and image is not None:
            key = f"object-{package.ids[page.id,]}"
            add_object(top, image, key, file.path, page.source)
    originals = [file for file in package.files if file.group == "original"]
    for source, file in zip(_originals(package.bundle), originals, strict=bool(originals)):
        # As the issue calls it: a package that was imported has it under another name.
        named = {p.id: p.file.name for p in package.bundle.pages if p.file is not None}
        name = next((named[key] for key, _ in source.pages if key in named), source.name)
        add_object(top, source, f"object-{file.key}", file.path, name)
    return document(top) if len(top) else b""


def _document(package: _Package, objects: bytes) -> bytes:
    bundle = package.bundle
    issue = bundle.issue
    prefixes = {
        "mets": METS, "mods": MODS, "premis": PREMIS, "mix": MIX, "xlink": XLINK, "xsi": XSI,
        "digitise": OWN,
    }  # fmt: skip
    top = root(METS, "mets", prefixes)
    top.set(f"{{{XSI}}}schemaLocation", _XSD)
    top.set("OBJID", legal(issue.id))
    top.set("TYPE", package.names.type)
    top.set("PROFILE", package.names.profile)
    label = " ".join(filter(None, (issue.title, issue.masthead.date)))
    if label:
        top.set("LABEL", legal(label))
    header = add(top, "metsHdr", CREATEDATE=bundle.date or None)
    agent = add(header, "agent", ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
    add(agent, "name", f"{bundle.software} {bundle.version}".strip())
    language = issue_language(issue)
    add_issue_mods(_wrapped(top, "dmdSec", package.names.issue_mods, "MODS"), issue, language)
    if package.names.articles:
        for article in issue.articles:
            key = package.names.article_mods + package.ids["", article.id]
            data = _wrapped(top, "dmdSec", key, "MODS")
            add_article_mods(data, article, issue, language, lines_digest(article, issue))
    _add_admin(top, package, objects)
    _add_files(top, package)
    if package.names.articles:
        _add_physical(top, package)
        _add_logical(top, package)
        _add_links(top, package)
    else:
        _add_flat(top, package)
    return document(top)


def _wrapped(
    parent: etree._Element, tag: str, key: str, kind: str, mime: str = "text/xml"
) -> etree._Element:
    section = add(parent, tag, ID=key)
    wrap = add(section, "mdWrap", MDTYPE=kind, MIMETYPE=mime)
    return add(wrap, "xmlData")


def _refer(parent: etree._Element, key: str, objects: bytes) -> None:
    """A techMD that points at one object of premis.xml."""
    reference = add(
        add(parent, "techMD", ID=key),
        "mdRef",
        LOCTYPE="URL",
        MDTYPE="PREMIS:OBJECT",
        MIMETYPE="text/xml",
        SIZE=str(len(objects)),
        CHECKSUM=hashlib.sha256(objects).hexdigest(),
        CHECKSUMTYPE="SHA-256",
        XPTR=key,
    )
    reference.set(f"{{{XLINK}}}href", "premis.xml")


def _add_admin(top: etree._Element, package: _Package, objects: bytes) -> None:
    bundle = package.bundle
    for page in bundle.issue.pages:
        page_id = package.ids[page.id,]
        section = add(top, "amdSec", ID=f"amd-{page_id}")
        file = package.of_page(page, "image")
        image = bundle.image(page)
        if file is not None and image is not None:
            add_mix(_wrapped(section, "techMD", f"mix-{page_id}", "NISOIMG"), image)
            _refer(section, f"object-{page_id}", objects)
        data = _wrapped(section, "digiprovMD", f"event-{page_id}", "PREMIS:EVENT")
        add_event(data, bundle, page, f"event-{page_id}")
    for original in (f for f in package.files if f.group == "original"):
        section = add(top, "amdSec", ID=original.admin)
        _refer(section, f"object-{original.key}", objects)
    section = add(top, "amdSec", ID="amd-software")
    add_agent(_wrapped(section, "digiprovMD", "agent-software", "PREMIS:AGENT"), bundle)


def _add_files(top: etree._Element, package: _Package) -> None:
    if not package.files:
        return
    section = add(top, "fileSec")
    names = package.names
    if not names.articles:  # a group a page
        for number, group in groupby(
            sorted(package.files, key=lambda f: f.seq), key=lambda f: f.seq
        ):
            parent = add(
                section, "fileGrp", ID=f"pageFileGrp{number}" if number else "issueFileGrp"
            )
            for file in group:
                _add_file(parent, file, names.uses[file.group])
        return
    for name in ("image", "original", "alto", "text", "pdf"):
        files = [file for file in package.files if file.group == name]
        if files:
            parent = add(section, "fileGrp", ID=names.groups[name], USE=names.uses[name])
            for file in files:
                _add_file(parent, file, None)


def _add_file(parent: etree._Element, file: _File, use: str | None) -> None:
    shown = add(
        parent,
        "file",
        ID=file.key,
        MIMETYPE=file.mime,
        SEQ=str(file.seq) if file.seq else None,
        SIZE=str(file.size),
        CHECKSUM=file.sha256,
        CHECKSUMTYPE="SHA-256",
        ADMID=file.admin or None,
        USE=use,
    )
    place = add(shown, "FLocat", LOCTYPE="URL")
    place.set(f"{{{XLINK}}}href", quote(file.path))


def _add_physical(top: etree._Element, package: _Package) -> None:
    names = package.names
    structure = add(top, "structMap", TYPE="PHYSICAL", LABEL="Physical Structure")
    outer = add(structure, "div", ID="phys-issue", TYPE=names.physical, DMDID=names.issue_mods)
    _add_pages(outer, package)


def _add_pages(outer: etree._Element, package: _Package) -> None:
    """The PDFs of the issue, then its pages with the files of each."""
    for file in package.files:
        if file.group == "pdf":
            add(outer, "fptr", FILEID=file.key)
    for order, page in enumerate(package.bundle.issue.pages, 1):
        shown = _page_div(outer, package, page, order, package.names.page)
        for group in ("image", "alto", "text"):
            found = package.of_page(page, group)
            if found is not None:
                add(shown, "fptr", FILEID=found.key)


def _page_div(
    parent: etree._Element, package: _Package, page: Page, order: int, kind: str
) -> etree._Element:
    page_id = package.ids[page.id,]
    return add(
        parent,
        "div",
        ID=f"phys-{page_id}",
        ORDER=str(order),
        ORDERLABEL=page.label or str(page.number),
        LABEL=page.name or None,
        TYPE=kind,
        ADMID=f"amd-{page_id}",
    )


def _add_flat(top: etree._Element, package: _Package) -> None:
    """NDNP: one structure of issue and pages."""
    names = package.names
    structure = add(top, "structMap")
    outer = add(structure, "div", TYPE=names.physical, DMDID=names.issue_mods)
    _add_pages(outer, package)


def _add_logical(top: etree._Element, package: _Package) -> None:
    issue = package.bundle.issue
    names = package.names
    structure = add(top, "structMap", TYPE="LOGICAL", LABEL="Logical Structure")
    parent = structure
    for kind in names.above:
        parent = add(parent, "div", TYPE=kind)
    label = " ".join(filter(None, (issue.title, issue.masthead.date)))
    outer = add(
        parent, "div", ID="log-issue", TYPE="ISSUE", LABEL=label or None, DMDID=names.issue_mods
    )
    for number, (section, articles) in enumerate(_sections(issue), 1):
        shown = add(outer, "div", ID=f"log-section{number}", TYPE="SECTION", LABEL=section or None)
        for article in articles:
            _add_article(shown, package, article)


def _sections(issue: Issue) -> list[tuple[str, list[Article]]]:
    """Articles by the name of the page they begin on: 要闻, 副刊."""
    pages = {page.id: page for page in issue.pages}

    def section(article: Article) -> str:
        page = pages.get(article.parts[0].page) if article.parts else None
        return "" if page is None else page.name or page.label or str(page.number)

    return [(key, list(group)) for key, group in groupby(issue.articles, key=section)]


def _add_article(parent: etree._Element, package: _Package, article: Article) -> None:
    issue = package.bundle.issue
    names = package.names
    article_id = package.ids["", article.id]
    div = add(
        parent,
        "div",
        ID=f"log-{article_id}",
        TYPE=names.kinds[article.kind],
        LABEL=article.headline or None,
        DMDID=names.article_mods + article_id,
    )
    regions = {(p.id, r.id): (p, r) for p in issue.pages for r in p.regions}
    own = [
        regions[part.page, region_id]
        for part in article.parts
        for region_id in part.regions
        if (part.page, region_id) in regions
    ]
    runs = groupby(own, key=lambda place: names.roles[place[1].kind])
    for number, (role, group) in enumerate(runs, 1):
        child = add(div, "div", ID=f"log-{article_id}-{number}", TYPE=role)
        _add_areas(child, package, list(group))


def _add_areas(
    parent: etree._Element, package: _Package, places: list[tuple[Page, Region]]
) -> None:
    """What stands together, over columns and pages, as one pointer whose areas follow each
    other."""
    pointer = add(parent, "fptr")
    holder = add(pointer, "seq") if len(places) > 1 else pointer
    for page, region in places:
        add(
            holder,
            "area",
            FILEID=f"alto-{package.ids[page.id,]}",
            BETYPE="IDREF",
            BEGIN=package.ids[page.id, region.id],
        )


def _add_links(top: etree._Element, package: _Package) -> None:
    """Each article with the pages it stands on."""
    issue = package.bundle.issue
    pairs = [
        (article.id, page_id)
        for article in issue.articles
        for page_id in dict.fromkeys(part.page for part in article.parts)
        if (page_id,) in package.ids
    ]
    if not pairs:
        return
    links = add(top, "structLink")
    for article_id, page_id in pairs:
        link = add(links, "smLink")
        link.set(f"{{{XLINK}}}from", f"log-{package.ids['', article_id]}")
        link.set(f"{{{XLINK}}}to", f"phys-{package.ids[page_id,]}")
