"""ALTO and PAGE documents one by one: ids, references, confidences, places, order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ..altoread import read_alto
from ..pageread import read_page_files
from ..xmlread import below, child, local
from .boxes import check_boxes, check_order
from .findings import Finding, found

_REFS = ("TAGREFS", "STYLEREFS", "PROCESSINGREFS", "REF", "IDNEXT", "PROCESSING")


def check_ids(top: etree._Element, file: str, *names: str) -> Iterator[Finding]:
    """Each id stands once. `names` are the attributes that hold ids."""
    seen: set[str] = set()
    for element in top.iter():
        for name in names if isinstance(element.tag, str) else ():
            key = element.get(name)
            if key is None:
                continue
            if key in seen:
                yield found("id-twice", file, key, "the id is given twice", "编号重复")
            seen.add(key)


def check_alto(top: etree._Element, data: bytes, file: str) -> Iterator[Finding]:
    """One ALTO document."""
    yield from check_ids(top, file, "ID")
    ids = {key for element in top.iter() if (key := element.get("ID")) is not None}
    for element in top.iter():
        for name in _REFS:
            for ref in element.get(name, "").split():
                if ref not in ids:
                    yield _dangling(file, element.get("ID", local(element)), name, ref)
    for string in below(top, "String"):
        digits = string.get("CC")
        content = string.get("CONTENT", "")
        if digits is not None and len("".join(digits.split())) != len("".join(content)):
            yield found(
                "cc-length",
                file,
                string.get("ID", ""),
                f"CC has {len(digits)} digits for {len(content)} characters",
                f"CC 有 {len(digits)} 位，CONTENT 却有 {len(content)} 个字符",
            )
    page = read_alto(data, file).page
    yield from check_boxes(page, file)
    listed = [r for e in below(top, "ElementRef") for r in e.get("REF", "").split()]
    yield from check_order(page, listed, file)


def check_page(top: etree._Element, data: bytes, file: str) -> Iterator[Finding]:
    """One PAGE document."""
    yield from check_ids(top, file, "id")
    ids = {key for element in top.iter() if (key := element.get("id")) is not None}
    for element in top.iter():
        ref = element.get("regionRef")
        if ref is not None and ref not in ids:
            yield _dangling(file, element.get("id", local(element)), "regionRef", ref)
    issue = read_page_files([(file, data)], "issue")
    for page in issue.pages:
        yield from check_boxes(page, file)
        holder = next(below(top, "ReadingOrder"), None)
        listed = [] if holder is None else [
            e.get("regionRef", "") for e in below(holder, "RegionRefIndexed", "RegionRef")
        ]  # fmt: skip
        yield from check_order(page, listed, file)
    for region in below(top, "TextRegion"):
        lines = [_unicode(e) for e in region if local(e) == "TextLine"]
        whole = _unicode(region)
        if whole and lines and _bare(whole) != _bare("".join(lines)):
            yield found(
                "region-text",
                file,
                region.get("id", ""),
                "the region's text is not that of its lines",
                "区域文字与其各行文字不一致",
            )


def _unicode(element: etree._Element) -> str:
    found_text = child(element, "TextEquiv", "Unicode")
    return "" if found_text is None else "".join(found_text.itertext())


def _bare(text: str) -> str:
    return "".join(text.split())


def _dangling(file: str, key: str, name: str, ref: str) -> Finding:
    return found(
        "reference",
        file,
        key,
        f'{name} refers to "{ref}", which is not there',
        f"{name} 引用了不存在的 “{ref}”",
    )
