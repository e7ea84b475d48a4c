"""Documents against the XSDs of their standards, as far as those are at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from .findings import Finding, found

_XSDS = {
    ("http://www.loc.gov/standards/alto/ns-v4#", "4.2"): "alto-4-2.xsd",
    ("http://www.loc.gov/standards/alto/ns-v4#", "4.3"): "alto-4-3.xsd",
    ("http://www.loc.gov/standards/alto/ns-v4#", ""): "alto-4-4.xsd",
    ("http://www.loc.gov/standards/alto/ns-v3#", ""): "alto-3-1.xsd",
    ("http://www.loc.gov/standards/alto/ns-v2#", ""): "alto-2-1.xsd",
    ("", ""): "alto-1-4.xsd",
    ("http://www.loc.gov/METS/", ""): "mets-1.12.1.xsd",
    ("http://www.loc.gov/mods/v3", ""): "mods-3-6.xsd",
}
_PAGE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/"
_MODS = "http://www.loc.gov/mods/v3"
# PREMIS, MIX, TEI and XHTML have no schema among those that are looked for.
_MOST = 20
# What libxml2 says of metadata of such a standard that names its type: METS asks for metadata to
# be checked only where that can be done.
_NO_SCHEMA = ("does not resolve to a type definition", "The type definition is absent")


class Schemas:
    """The XSDs in a folder, each compiled once. `lacking` gathers those that were wanted and
    are not there."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.lacking: set[str] = set()
        self._compiled: dict[str, etree.XMLSchema | None] = {}

    def check(self, name: str, top: etree._Element) -> Iterator[Finding]:
        """What is wrong with a document, METS with its MODS included."""
        yield from self._check(name, top, top)
        if etree.QName(top).localname == "mets":
            for record in top.iter(f"{{{_MODS}}}mods"):
                yield from self._check(name, record, top)

    def _check(self, name: str, element: etree._Element, top: etree._Element) -> Iterator[Finding]:
        schema = self._schema(_wanted(element))
        if schema is None:
            return
        document = element if element is top else etree.fromstring(etree.tostring(element))
        if schema.validate(document):
            return
        told = [e for e in schema.error_log if not any(part in e.message for part in _NO_SCHEMA)]
        for error in told[:_MOST]:
            message = re.sub(r"\{[^}]*\}", "", error.message)
            line = error.line if element is top else element.sourceline
            where = f"line {line}"
            yield found("schema", name, where, message, f"不合 XSD：{message}")

    def _schema(self, name: str) -> etree.XMLSchema | None:
        if not name or self.folder is None:
            return None
        if name not in self._compiled:
            path = self.folder / name
            if not path.is_file():
                self.lacking.add(name)
                self._compiled[name] = None
            else:
                parser = etree.XMLParser(no_network=True)
                self._compiled[name] = etree.XMLSchema(etree.parse(str(path), parser))
        return self._compiled[name]


def _wanted(element: etree._Element) -> str:
    namespace = etree.QName(element).namespace or ""
    local = etree.QName(element).localname
    if namespace.startswith(_PAGE):
        return f"pagecontent-{namespace.removeprefix(_PAGE)}.xsd"
    if not namespace and local != "alto":
        return ""
    version = element.get("SCHEMAVERSION", "")
    return _XSDS.get((namespace, version)) or _XSDS.get((namespace, ""), "")
