"""BagIt 1.0 (RFC 8493): the exported files in a package that tells when one was damaged.

The payload is written as it comes, so that only checksums are kept; the manifests come last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..issue_json import dump_issue
from .bundle import Bundle, SourceFile
from .registry import PDFS, bagged, produce
from .xmlkit import flat

ALGORITHM = "sha512"


def export(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """bag/, a bag whose data/ has issue.json, the page images, the files that pages were read
    from, and the formats of the setting `bagged` (METS with ALTO, PAGE, hOCR, TEI, HTML, PDF/A,
    text and the indexes if it names none)."""
    sums: dict[str, str] = {}
    size = 0
    for name, data in _payload(bundle):
        sums[f"data/{name}"] = _sum(data)
        size += len(data)
        yield f"bag/data/{name}", data
    tags = {
        "bag-info.txt": _info(bundle, size, len(sums)),
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        f"manifest-{ALGORITHM}.txt": _manifest(sums),
    }
    for name, text in tags.items():
        yield f"bag/{name}", text.encode("utf-8")
    tagged = {name: _sum(text.encode("utf-8")) for name, text in tags.items()}
    yield f"bag/tagmanifest-{ALGORITHM}.txt", _manifest(tagged).encode("utf-8")


def _payload(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    yield "issue.json", dump_issue(bundle.issue)
    seen = {"issue.json"}
    inside = bagged(bundle.settings)
    written = dict(bundle.written)
    if {file.form for file in bundle.beside} != PDFS & set(inside):
        written.pop("mets", None)  # it lists other PDFs than the bag has
    for name, data in produce(replace(bundle, written=written, beside=()), inside):
        if name not in seen:
            seen.add(name)
            yield name, data
    if not bundle.settings.images:
        return
    for page in bundle.pages:
        picture = bundle.image(page)
        if picture is not None and picture.name not in seen:
            seen.add(picture.name)
            yield picture.name, picture.read()
    pictured = {picture.sha256 for picture in bundle.images.values()}
    for source in bundle.sources:
        name = _source_name(source, seen)
        if source.sha256 not in pictured:
            seen.add(name)
            yield name, source.path.read_bytes()


def _source_name(source: SourceFile, seen: set[str]) -> str:
    """A place of its own below sources/: two folders may each have had an "issue.pdf"."""
    name = f"sources/{source.name}"
    return name if name not in seen else f"sources/{source.sha256[:12]}-{source.name}"


def _sum(data: bytes) -> str:
    return hashlib.new(ALGORITHM, data).hexdigest()


def _manifest(sums: Mapping[str, str]) -> str:
    """RFC 8493, 2.1.3: a line a file, in order, with the characters escaped that end a line."""
    lines = []
    for name in sorted(sums):
        shown = name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
        lines.append(f"{sums[name]}  {shown}\n")
    return "".join(lines)


def _info(bundle: Bundle, size: int, count: int) -> str:
    issue = bundle.issue
    head = issue.masthead
    title = " ".join(filter(None, (head.title or issue.title, head.date)))
    fields = [
        ("Source-Organization", head.publisher),
        ("External-Description", title),
        ("External-Identifier", issue.id),
        ("Bagging-Date", bundle.date[:10]),
        ("Bag-Software-Agent", f"{bundle.software} {bundle.version}".strip()),
        ("Payload-Oxum", f"{size}.{count}"),
    ]
    return "".join(f"{name}: {flat(value)}\n" for name, value in fields if value)
