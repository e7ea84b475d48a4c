"""Pointers of a METS document: areas of files, and links from the logical to the physical."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from .xmlread import below, children, local

_XLINK = "{http://www.w3.org/1999/xlink}"


@dataclass(frozen=True, slots=True)
class Area:
    """From element `begin` to element `end` of the file with the METS id `file`; with an empty
    `begin` all of it."""

    file: str
    begin: str
    end: str


def areas_of(div: etree._Element) -> list[Area]:
    """What the div and those inside it point at, in order."""
    out: list[Area] = []
    for pointer in below(div, "fptr"):
        areas = list(below(pointer, "area"))
        if areas:
            out += [
                Area(a.get("FILEID", ""), a.get("BEGIN", ""), a.get("END") or a.get("BEGIN", ""))
                for a in areas
                if a.get("BETYPE", "IDREF") == "IDREF"
            ]
        elif pointer.get("FILEID"):
            out.append(Area(pointer.get("FILEID", ""), "", ""))
    return out


def links_of(top: etree._Element) -> Mapping[str, tuple[str, ...]]:
    """For each div the divs that the structLink leads to, in order: smLink one by one, and
    smLinkGrp, whose arcs join locators by label."""
    found: dict[str, list[str]] = {}
    for section in below(top, "structLink"):
        for link in children(section, "smLink", "smLinkGrp"):
            pairs = [_pair(link)] if local(link) == "smLink" else _arcs(link)
            for start, end in pairs:
                if start and end and end not in found.setdefault(start, []):
                    found[start].append(end)
    return {key: tuple(ends) for key, ends in found.items()}


def _pair(link: etree._Element) -> tuple[str, str]:
    return (
        link.get(f"{_XLINK}from", "").lstrip("#"),
        link.get(f"{_XLINK}to", "").lstrip("#"),
    )


def _arcs(group: etree._Element) -> list[tuple[str, str]]:
    locators: dict[str, list[str]] = {}
    for locator in children(group, "smLocatorLink"):
        place = locator.get(f"{_XLINK}href", "").rpartition("#")[2]
        locators.setdefault(locator.get(f"{_XLINK}label", ""), []).append(place)
    out: list[tuple[str, str]] = []
    for arc in children(group, "smArcLink"):
        for start in locators.get(arc.get(f"{_XLINK}from", ""), ()):
            out += [(start, end) for end in locators.get(arc.get(f"{_XLINK}to", ""), ())]
    return out
