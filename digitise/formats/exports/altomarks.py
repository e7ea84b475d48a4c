"""Tags, processing and source of an ALTO document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ...model import PageFile, Step
from .xmlread import below, child, children, local, number, raw, text_of


@dataclass(frozen=True, slots=True)
class Tag:
    """`element` is the tag's own name: StructureTag, RoleTag, LayoutTag, …"""

    element: str
    type: str
    label: str
    description: str


def read_tags(top: etree._Element) -> Mapping[str, Tag]:
    """The document's tags by id."""
    tags = child(top, "Tags")
    if tags is None:
        return {}
    return {
        e.get("ID", ""): Tag(
            local(e), e.get("TYPE", ""), e.get("LABEL", ""), e.get("DESCRIPTION", "")
        )
        for e in children(tags)
    }


def read_file(top: etree._Element) -> PageFile | None:
    """The file of the page as our own export notes it."""
    said = {e.get("fileIdentifierLocation", ""): raw(e) for e in below(top, "fileIdentifier")}
    if not said.get("file"):
        return None
    index = int(number(said.get("index"), 0))
    return PageFile(said["file"], said.get("member", ""), max(0, index), said.get("sha256", ""))


def read_steps(top: etree._Element, own: bool) -> tuple[Step, ...]:
    """What was done to the page: for our own documents all but the step that wrote the text."""
    names = ("Processing", "preProcessingStep", "ocrProcessingStep", "postProcessingStep")
    steps: list[Step] = []
    for element in below(top, *names):
        parent = element.getparent()
        mine = element.get("ID", "") or (parent.get("ID", "") if parent is not None else "")
        if own and mine.endswith("-processing") and local(element) in ("Processing", names[2]):
            continue
        if own:
            name = raw(child(element, "processingStepDescription"))
            steps.append(Step(name, raw(child(element, "processingStepSettings"))))
            continue
        detail = text_of(child(element, "processingStepSettings"))
        parts = [text_of(e) for e in children(element, "processingStepDescription")]
        software = child(element, "processingSoftware")
        if software is not None:
            parts += [text_of(child(software, k)) for k in ("softwareName", "softwareVersion")]
        name = " ".join(filter(None, parts))
        steps.append(Step(name or "processing", " ".join(detail.split())))
    return tuple(steps)
