"""Newspapers in all three ways of setting lines, with pictures that show where the type stands."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from PIL import Image, ImageDraw

from digitise.formats.exports import Bundle, PageImage, Settings
from digitise.model import (
    Article,
    Char,
    Issue,
    Line,
    Masthead,
    Page,
    Part,
    Rect,
    Region,
    WritingMode,
    polygon_bounds,
)

WIDTH, HEIGHT, DPI = 1400, 1800, 200
OLD = (
    "民國十二年春月有客自遠方來訪問城中故老得聞舊事甚多因記其大略如左城之北有山焉其上多松柏"
    "其下有泉清而且甘居民皆汲之以為飲焉又有古寺創於唐時屢經兵燹而獨存僧徒數十人皆能耕種自給"
)
NEW = "清晨的河边已经有人在散步，卖豆浆的小车停在桥头。桥那头的学校传来读书声，一位老人坐在石阶上看报。"


def _line(
    name: str, text: str, x: float, y: float, em: float, mode: WritingMode, slope: float,
    pitch: float = 1.0,
) -> Line:  # fmt: skip
    """A line that begins at (x, y), its top left, or top right from right to left, each
    character an em square but for ASCII, half an em long; `pitch` times that from one to the
    next."""
    chars = []
    at = 0.0
    lean = math.tan(slope)
    for c in text:
        length = em / 2 if c.isascii() else em
        middle = (at + length / 2) * lean
        if mode == "vertical-rl":
            box = Rect(x - middle, y + at, x - middle + em, y + at + length)
        elif mode == "horizontal-rtl":
            box = Rect(x - at - length, y - middle, x - at, y - middle + em)
        else:
            box = Rect(x + at, y + middle, x + at + length, y + middle + em)
        chars.append(Char(c, box))
        at += length * pitch
    off = at * lean
    if mode == "vertical-rl":
        outline = ((x, y), (x + em, y), (x + em - off, y + at), (x - off, y + at))
    elif mode == "horizontal-rtl":
        outline = ((x - at, y - off), (x, y), (x, y + em), (x - at, y - off + em))
    else:
        outline = ((x, y), (x + at, y + off), (x + at, y + off + em), (x, y + em))
    return Line(name, outline, text, tuple(chars))


@pytest.fixture
def line() -> Callable[..., Line]:
    return _line


def _region(
    name: str, kind: Any, mode: WritingMode, texts: Sequence[str], x: float, y: float,
    em: float, slope: float = 0.0,
) -> Region:  # fmt: skip
    """Lines one below the other, or one left of the other where they run down."""
    lines = []
    for i, text in enumerate(texts):
        left = x - i * em * 1.4 if mode == "vertical-rl" else x
        top = y if mode == "vertical-rl" else y + i * em * 1.4
        lines.append(_line(f"{name}-l{i + 1:03d}", text, left, top, em, mode, slope))
    outline = polygon_bounds(tuple(p for line in lines for p in line.polygon)).polygon
    return Region(name, kind, outline, mode, tuple(lines))


def _cut(text: str, length: int) -> list[str]:
    return [text[i : i + length] for i in range(0, len(text), length)]


def _page(number: int, regions: Sequence[Region], label: str = "") -> Page:
    order = tuple(region.id for region in regions)
    return Page(
        f"p{number:04d}", number, label, "", WIDTH, HEIGHT, DPI, tuple(regions), order,
        source=f"p{number}.png",
    )  # fmt: skip


@pytest.fixture(scope="session")
def modern() -> Issue:
    """Two pages of horizontal lines: an article that jumps, with a marker, and another."""
    first = (
        _region("p0001-r001", "headline", "horizontal-tb", ["河边的早晨"], 100, 100, 60),
        _region("p0001-r002", "body", "horizontal-tb", _cut(NEW[:24], 12), 100, 220, 30),
        _region("p0001-r003", "body", "horizontal-tb", ["一位老人（下转A2版）"], 560, 220, 30),
        _region("p0001-r004", "headline", "horizontal-tb", ["3 月 雨水 12.5 毫米"], 100, 700, 40),
        _region("p0001-r005", "body", "horizontal-tb", ["比去年多 30%，", "农户放心了。"], 100, 800, 30),
    )  # fmt: skip
    second = (
        _region("p0002-r001", "headline", "horizontal-tb", ["河边的早晨"], 100, 100, 40),
        _region("p0002-r002", "body", "horizontal-tb", ["（上接A1版）坐在石阶上", "看报。"],
                100, 200, 30, slope=0.006),
    )  # fmt: skip
    articles = (
        Article(
            "a001",
            headline="河边的早晨",
            byline="",
            paragraphs=(NEW[:24], "一位老人坐在石阶上看报。"),
            parts=(
                Part("p0001", ("p0001-r001", "p0001-r002", "p0001-r003")),
                Part("p0002", ("p0002-r001", "p0002-r002")),
            ),
        ),
        Article(
            "a002",
            headline="3 月 雨水 12.5 毫米",
            paragraphs=("比去年多 30%，农户放心了。",),
            parts=(Part("p0001", ("p0001-r004", "p0001-r005")),),
        ),
    )
    return Issue(
        "modern", "河边报", Masthead("河边报", "2031-04-05", publisher="河边社"),
        (_page(1, first, "A1"), _page(2, second, "A2")), articles,
    )  # fmt: skip


@pytest.fixture(scope="session")
def old() -> Issue:
    """A page of vertical lines under a headline from right to left."""
    regions = (
        _region("p0001-r001", "headline", "horizontal-rtl", ["城北古寺記"], 1300, 80, 70),
        _region("p0001-r002", "body", "vertical-rl", _cut(OLD[:40], 10), 1240, 220, 36),
        _region("p0001-r003", "body", "vertical-rl", _cut(OLD[40:80], 10), 1240, 760, 36),
        _region(
            "p0001-r004", "body", "vertical-rl", _cut(OLD[10:40], 15), 700, 220, 36, slope=0.03
        ),
    )
    articles = (
        Article(
            "a001",
            headline="城北古寺記",
            paragraphs=(OLD[:40], OLD[40:80]),
            parts=(Part("p0001", ("p0001-r001", "p0001-r002", "p0001-r003")),),
        ),
        Article("a002", paragraphs=(OLD[10:40],), parts=(Part("p0001", ("p0001-r004",)),)),
    )
    return Issue("old", "城報", Masthead("城報", "1923-04-01"), (_page(1, regions),), articles)


def _step(mode: WritingMode) -> Issue:
    """A column that steps round a boxed article and a caption in its corner, lines close by."""
    down = mode == "vertical-rl"
    at = (lambda x, y: (1200 - y, x)) if down else (lambda x, y: (x, y))
    long = [_line(f"l{i}", OLD[i * 12 : i * 12 + 12], *at(100, 100 + 44 * i), 40, mode, 0.0)
            for i in range(3)]  # fmt: skip
    short = [_line(f"l{i + 3}", OLD[36 + i * 5 : 41 + i * 5], *at(100, 232 + 44 * i), 40, mode, 0.0)
             for i in range(3)]  # fmt: skip
    boxed = [_line(f"m{i}", NEW[i * 6 : i * 6 + 6], *at(320, 232 + 44 * i), 40, mode, 0.0)
             for i in range(3)]  # fmt: skip
    caption = _line("n0", "河边晨景", *at(100, 366), 30, mode, 0.0)
    regions = tuple(
        Region(
            f"p0001-r{i:03d}", "caption" if i == 3 else "body",
            polygon_bounds([p for x in lines for p in x.polygon]).polygon, mode, tuple(lines),
        )
        for i, lines in enumerate(([*long, *short], boxed, [caption]), 1)
    )  # fmt: skip
    articles = (
        Article("a001", headline="城記", captions=(caption.text,),
                paragraphs=("".join(x.text for x in [*long, *short]),),
                parts=(Part("p0001", ("p0001-r001", "p0001-r003")),)),
        Article("a002", headline="晨報", paragraphs=("".join(x.text for x in boxed),),
                parts=(Part("p0001", ("p0001-r002",)),)),
    )  # fmt: skip
    return Issue("stepped", "城報", Masthead("城報", "1923-04-01"), (_page(1, regions),), articles)


@pytest.fixture(scope="session")
def stepped() -> Issue:
    return _step("horizontal-tb")


@pytest.fixture(scope="session")
def stepped_down() -> Issue:
    return _step("vertical-rl")


def drawn(page: Page) -> Image.Image:
    """The page with a dark block for each character."""
    image = Image.new("L", (page.width, page.height), 245)
    draw = ImageDraw.Draw(image)
    for region in page.regions:
        for line in region.lines:
            for char in line.chars:
                if not char.text.isspace():
                    box = char.box.grow(-2)
                    draw.rectangle((box.x0, box.y0, box.x1, box.y1), fill=40)
    return image


Encode = Callable[[Image.Image], tuple[bytes, str]]


def as_jpeg(image: Image.Image) -> tuple[bytes, str]:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue(), "image/jpeg"


@pytest.fixture
def bundled(tmp_path: Path) -> Callable[..., Bundle]:
    """A bundle of an issue with pictures of its pages, JPEG unless `encode` says otherwise."""

    def make(issue: Issue, encode: Encode = as_jpeg, **settings: Any) -> Bundle:
        pictures = {}
        for page in issue.pages:
            data, mime = encode(drawn(page))
            suffix = {"image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif"}[mime]
            path = tmp_path / f"{issue.id}-{page.id}.{suffix}"
            path.write_bytes(data)
            pictures[page.id] = PageImage(
                page.id, path, f"images/{page.id}.{suffix}", mime, page.width, page.height,
                page.dpi, len(data), hashlib.sha256(data).hexdigest(),
            )  # fmt: skip
        return Bundle(
            issue, MappingProxyType(pictures), version="0.1.0", settings=Settings(**settings)
        )

    return make


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def without_space() -> Callable[[str], str]:
    return bare
