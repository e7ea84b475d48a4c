from __future__ import annotations

from collections.abc import Callable

import pymupdf
import pytest

from digitise.options import Options
from digitise.sources import PageRef, read_text_layer

from .conftest import BODY, TellingEngine, write

Make = Callable[..., PageRef]
LINES = [BODY[:13], BODY[13:26], BODY[24:37]]
LIE = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥东南西北中发白红黄蓝绿青紫金银"


def lying(page: pymupdf.Page, lie: Callable[[int], int]) -> None:
    """LINES in an embedded font whose map to Unicode says lie(i) for its i-th character."""
    writer = pymupdf.TextWriter(page.rect)
    font = pymupdf.Font("cjk")
    for i, line in enumerate(LINES):
        writer.append((40, 60 + 20 * i), line, font=font, fontsize=12)
    writer.write_text(page)
    chars = sorted(set("".join(LINES)))
    entries = "\n".join(
        f"<{font.has_glyph(ord(c)):04x}> <{lie(i):04x}>" for i, c in enumerate(chars)
    )
    cmap = f"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Lie def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange
{len(chars)} beginbfchar
{entries}
endbfchar endcmap end end"""
    document = page.parent
    for xref in range(1, document.xref_length()):
        kind, value = document.xref_get_key(xref, "ToUnicode")
        if kind == "xref":
            document.update_stream(int(value.split()[0]), cmap.encode())


def to_lie(i: int) -> int:
    return ord(LIE[i % len(LIE)])


def to_private(i: int) -> int:
    return 0xE000 + i


def honest(page: pymupdf.Page) -> None:
    for i, line in enumerate(LINES):
        write(page, 40, 60 + 20 * i, line, 12)


def test_an_honest_font_is_trusted_after_one_sample(pdf: Make, options: Options) -> None:
    ref = pdf(honest)
    silent = read_text_layer(ref, options, None)
    assert silent is not None
    engine = TellingEngine([BODY[:12]])
    sheet = read_text_layer(ref, options, engine)
    assert sheet is not None
    assert [line.text for line in sheet.lines] == LINES
    assert len(engine.seen) == 1
    assert any(s.name == "font trusted" and "100%" in s.detail for s in sheet.steps)


def test_a_font_that_lies_sends_the_page_to_ocr(pdf: Make, options: Options) -> None:
    ref = pdf(lambda page: lying(page, to_lie))
    assert read_text_layer(ref, options, TellingEngine([BODY[:12], BODY[12:24]])) is None
    kept = read_text_layer(ref, Options(text_layer="always"), TellingEngine([""]))
    assert kept is not None
    assert kept.lines[0].text != LINES[0]


def test_private_code_points_need_no_sample(pdf: Make, options: Options) -> None:
    engine = TellingEngine(["x"])
    assert read_text_layer(pdf(lambda page: lying(page, to_private)), options, engine) is None
    assert not engine.seen


def test_only_the_lying_font_is_read_from_pixels(pdf: Make, options: Options) -> None:
    def draw(page: pymupdf.Page) -> None:
        lying(page, to_private)
        for i in range(6):
            write(page, 40, 200 + 20 * i, BODY[i : i + 20], 12)

    engine = TellingEngine([BODY[:12], *LINES])
    sheet = read_text_layer(pdf(draw), options, engine)
    assert sheet is not None
    again = [line for line in sheet.lines if line.confidence < 1]
    assert [line.text for line in again] == LINES
    assert [line.box.y0 for line in again] == sorted(line.box.y0 for line in again)
    assert all(image.pixels.min() < 100 for image in engine.seen)
    assert len(sheet.lines) == 9


def test_an_unsure_recogniser_does_not_condemn_plain_chinese(pdf: Make, options: Options) -> None:
    sheet = read_text_layer(pdf(honest), options, TellingEngine(["乱认一气"], confidence=0.3))
    assert sheet is not None
    assert [line.text for line in sheet.lines] == LINES


def test_the_real_engine_tells_truth_from_lies(pdf: Make, options: Options) -> None:
    registry = pytest.importorskip("digitise.ocr.registry")
    engine = registry.get_engine("rapid", threads=1)
    sheet = read_text_layer(pdf(honest), options, engine)
    assert sheet is not None
    assert [line.text for line in sheet.lines] == LINES
    assert read_text_layer(pdf(lambda p: lying(p, to_lie), name="b.pdf"), options, engine) is None
