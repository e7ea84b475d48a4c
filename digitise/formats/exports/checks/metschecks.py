"""METS: its ids and references, the files it lists, and who has each block."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from ..altoread import AltoPage, read_alto
from ..metslinks import Area, areas_of
from ..metsread import divs_of
from ..xmlread import below, child, local, text_of
from .documents import check_ids
from .findings import Finding, Package, found

_XLINK = "{http://www.w3.org/1999/xlink}"


def check_mets(package: Package, name: str, top: etree._Element) -> Iterator[Finding]:
    """One METS document of the package."""
    yield from check_ids(top, name, "ID")
    yield from _references(top, name)
    paths: dict[str, str] = {}
    for element in below(top, "file"):
        place = child(element, "FLocat")
        href = unquote(place.get(f"{_XLINK}href", "")) if place is not None else ""
        if not href:  # a file that was given up, of which the record is kept
            continue
        path = normpath(join(dirname(name), href.removeprefix("file://")))
        paths[element.get("ID", "")] = path
        yield from _file(package, name, element, path)
    yield from _objects(package, name, top)
    yield from _areas(package, name, top, paths)


def _references(top: etree._Element, name: str) -> Iterator[Finding]:
    ids = {key for element in top.iter() if (key := element.get("ID")) is not None}
    for element in top.iter():
        if not isinstance(element.tag, str):
            continue
        key = element.get("ID", local(element))
        for attribute in ("DMDID", "ADMID", "FILEID"):
            for ref in element.get(attribute, "").split():
                if ref not in ids:
                    yield _dangling(name, key, attribute, ref)
        if local(element) == "smLink":
            for attribute in ("from", "to"):
                ref = element.get(f"{_XLINK}{attribute}", "").lstrip("#")
                if ref not in ids:
                    yield _dangling(name, "smLink", attribute, ref)
        elif local(element) == "smLocatorLink":
            ref = element.get(f"{_XLINK}href", "").rpartition("#")[2]
            if ref not in ids:
                yield _dangling(name, "smLocatorLink", "href", ref)


def _file(package: Package, name: str, element: etree._Element, path: str) -> Iterator[Finding]:
    key = element.get("ID", "")
    if not package.has(path):
        yield found(
            "file-missing", name, key, f"the file {path} is not there", f"文件 {path} 不存在"
        )
        return
    data = package.read(path)
    size = element.get("SIZE")
    if size is not None and size != str(len(data)):
        yield found(
            "file-size",
            name,
            key,
            f"{path} has {len(data)} bytes, not {size}",
            f"{path} 有 {len(data)} 字节，而不是 {size}",
        )
    kind = element.get("CHECKSUMTYPE", "").replace("-", "").lower()
    digest = element.get("CHECKSUM", "").lower()
    if digest and kind in ("sha256", "sha512", "sha384", "sha1", "md5"):
        real = hashlib.new(kind, data, usedforsecurity=False).hexdigest()
        if real != digest:
            yield found(
                "checksum",
                name,
                key,
                f"{path} does not have the checksum noted",
                f"{path} 的校验和与记录不符",
            )


def _objects(package: Package, name: str, top: etree._Element) -> Iterator[Finding]:
    """Metadata beside METS: there, unchanged, and of the same checksums as METS itself."""
    listed = {e.get("CHECKSUM", "").lower() for e in below(top, "file")}
    seen: set[str] = set()
    for reference in below(top, "mdRef"):
        path = normpath(join(dirname(name), unquote(reference.get(f"{_XLINK}href", ""))))
        parent = reference.getparent()
        key = parent.get("ID", "mdRef") if parent is not None else "mdRef"
        if not package.has(path):
            yield found("file-missing", name, key, f"{path} is not there", f"{path} 不存在")
            continue
        if path in seen:
            continue
        seen.add(path)
        if hashlib.sha256(package.read(path)).hexdigest() != reference.get("CHECKSUM", ""):
            yield found("checksum", name, key, f"{path} has changed", f"{path} 已被改动")
        objects = package.tree(path)
        for element in below(objects, "messageDigest") if objects is not None else ():
            if text_of(element).lower() not in listed:
                yield found(
                    "fixity",
                    path,
                    "",
                    f"the digest {text_of(element)[:12]}… is of no file of the package",
                    f"摘要 {text_of(element)[:12]}… 不属于包中任何文件",
                )


def _areas(
    package: Package, name: str, top: etree._Element, paths: dict[str, str]
) -> Iterator[Finding]:
    """What areas begin and end with is there, and each block belongs to one article."""
    altos: dict[str, AltoPage] = {}
    for key, path in paths.items():
        data = package.read(path) if package.has(path) and path.endswith(".xml") else b""
        if b"alto" in data[:2000].lower():
            try:
                altos[key] = read_alto(data, path)
            except Exception:  # noqa: S112 - the document's own check tells what is wrong
                continue
    logical = [s for s in below(top, "structMap") if s.get("TYPE", "").upper() == "LOGICAL"]
    for area in (a for s in below(top, "structMap") for a in areas_of(s)):
        alto = altos.get(area.file)
        for ref in {area.begin, area.end} if alto is not None else ():
            if ref and alto is not None and ref not in alto.spans:
                yield _dangling(name, area.file, "area", ref)
    if not logical or not altos:
        return
    linked = any(True for _ in below(top, "smLinkGrp"))
    sources = logical if not linked else [e.getparent() for e in divs_of(top)[:1]]
    claims: Counter[tuple[str, str]] = Counter()
    for source in sources:
        for area in areas_of(source) if source is not None else ():
            if area.file in altos:
                claims.update(_blocks(altos[area.file], area))
    for key, alto in altos.items():
        for region in alto.page.regions:
            count = claims[key, region.id]
            if not count and region.lines:
                yield found(
                    "block-alone",
                    paths[key],
                    region.id,
                    "the block belongs to no article and is no page furniture",
                    "该区块不属于任何文章，也不是版面附属内容",
                )
            elif count > 1 and not linked:
                yield found(
                    "block-shared",
                    paths[key],
                    region.id,
                    "the block belongs to several articles",
                    "该区块同时属于多篇文章",
                )


def _blocks(alto: AltoPage, area: Area) -> set[tuple[str, str]]:
    if not area.begin:
        return {(area.file, region.id) for region in alto.page.regions}
    if area.begin not in alto.spans or area.end not in alto.spans:
        return set()
    start, end = alto.spans[area.begin][0], alto.spans[area.end][1]
    return {
        (area.file, region_id)
        for (region_id, _), (first, last) in alto.places.items()
        if first <= end and last >= start
    }


def _dangling(file: str, key: str, name: str, ref: str) -> Finding:
    return found(
        "reference",
        file,
        key,
        f'{name} refers to "{ref}", which is not there',
        f"{name} 引用了不存在的 “{ref}”",
    )
