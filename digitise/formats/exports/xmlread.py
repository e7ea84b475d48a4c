"""XML from elsewhere, read without trust: no entities, no network, no schema fetched."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator

from lxml import etree

from ...errors import DataInvalid
from ...model import Point, Polygon

_LARGEST = 1e7  # no page has so many pixels across; keeps nonsense out of whole numbers


def parse(data: bytes, name: str) -> etree._Element:
    """The first element. Raises DataInvalid, naming the line, when it is no XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        top = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise wrong(
            name,
            f"line {line}: not well-formed XML ({error.msg})",
            f"第 {line} 行不是合法的 XML（{error.msg}）",
        ) from None
    except ValueError as error:
        raise wrong(name, f"not usable XML ({error})", f"XML 无法读取（{error}）") from None
    refuse_entities(top, name)
    return top


def entities(top: etree._Element) -> set[str]:
    """The names of what was left as it stands: entities that a DTD would have to explain."""
    return {str(e.name) for e in top.iter(etree.Entity)}


def refuse_entities(top: etree._Element, name: str, known: Container[str] = ()) -> None:
    """Raises DataInvalid for a document that needs an entity other than those `known`: what
    stands for it is not looked up, inside the document or outside, and text would be lost."""
    if strange := sorted(key for key in entities(top) if key not in known):
        raise wrong(
            name,
            f"it uses an entity of its own, &{strange[0]};, which is not followed",
            f"它使用了自定义实体 &{strange[0]};，程序不会展开",
        )


def wrong(name: str, english: str, chinese: str) -> DataInvalid:
    """The error for a file that cannot be taken in."""
    return DataInvalid(
        (f"{name} cannot be imported: {english}.", f"{name} 无法导入：{chinese}。"),
        (
            "Check the file with the program that wrote it.",
            "请用生成该文件的程序检查它。",
        ),
    )


def local(element: etree._Element) -> str:
    """The name without its namespace: standards move it with every version."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Children of these local names, or all elements."""
    for child in element:
        if isinstance(child.tag, str) and (not names or local(child) in names):
            yield child


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """The first child of that name, its first child of the next name, and so on."""
    at: etree._Element | None = element
    for name in path:
        at = next(children(at, name), None) if at is not None else None
    return at


def below(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Descendants of these local names in document order, `element` itself included."""
    for found in element.iter():
        if local(found) in names:
            yield found


def text_of(element: etree._Element | None) -> str:
    """All text inside, trimmed; empty where there is no element."""
    return "" if element is None else "".join(element.itertext()).strip()


def raw(element: etree._Element | None) -> str:
    """All text inside as it stands: our own comes back to the character."""
    return "" if element is None else "".join(element.itertext())


def number(value: str | None, default: float = 0.0) -> float:
    """A number of a page; `default` where there is none or nonsense stands."""
    try:
        found = float(value) if value is not None else default
    except ValueError:
        return default
    return found if math.isfinite(found) and abs(found) <= _LARGEST else default


def share_of(value: str | None) -> float | None:
    """A confidence from 0 to 1; None where there is none."""
    if value is None:
        return None
    found = number(value, -1.0)
    return min(1.0, found) if found >= 0 else None


def polygon_of(text: str | None, scale: float = 1.0) -> Polygon:
    """Points as "x,y x,y" or "x y x y" or "x,y,x,y"; empty where that cannot be read."""
    values = [number(v, math.inf) for v in (text or "").replace(",", " ").split()]
    if not values or len(values) % 2 or math.inf in values:
        return ()
    pairs: list[Point] = [
        (values[i] * scale, values[i + 1] * scale) for i in range(0, len(values), 2)
    ]
    return tuple(pairs)
