"""Searchable PDF: where the text is, in what order, and that the same bytes come each time."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pymupdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Name
from PIL import Image

from digitise.formats.exports import Bundle
from digitise.formats.exports.pdf import searchable_pdf
from digitise.formats.exports.pdfbeads import page_beads
from digitise.formats.exports.plaintext import article_title
from digitise.model import Article, Issue, Line, Page, Rect, Region, WritingMode

from .pdfreading import POINTS, by_chromium, found_on, opened, printed_on


@pytest.mark.parametrize("name", ["modern", "old"])
def test_each_character_stands_where_it_is_printed(
    name: str, request: Any, bundled: Callable[..., Bundle]
) -> None:
    issue: Issue = request.getfixturevalue(name)
    document = opened(searchable_pdf(bundled(issue)))
    for page, shown in zip(issue.pages, document, strict=True):
        printed, found = printed_on(page), found_on(shown)
        assert [c.text for c in printed] == [text for text, _ in found]
        for char, (_, box) in zip(printed, found, strict=True):
            em = max(char.box.width, char.box.height)
            near = 0.25 * em
            assert abs(box.cx - char.box.cx) < near and abs(box.cy - char.box.cy) < near, char
            assert box.overlap(char.box) > 0.6 * char.box.area


@pytest.mark.parametrize("mode", ["vertical-rl", "horizontal-rtl", "horizontal-tb"])
@pytest.mark.parametrize("slope", [-0.06, 0.03])
def test_text_lies_on_a_leaning_line(
    mode: WritingMode, slope: float, line: Callable[..., Line]
) -> None:
    x, y = (900.0, 300.0) if mode == "horizontal-rtl" else (400.0, 300.0)
    one = line("l1", "清晨的河边已经有人在散步", x, y, 40, mode, slope)
    region = Region("r1", "body", one.polygon, mode, (one,))
    page = Page("p0001", 1, "", "", 1400, 1800, 200, (region,), ("r1",))
    found = found_on(opened(searchable_pdf(Bundle(Issue("lean", pages=(page,)))))[0])
    assert "".join(text for text, _ in found) == one.text
    for char, (_, box) in zip(one.chars, found, strict=True):
        assert abs(box.cx - char.box.cx) < 4 and abs(box.cy - char.box.cy) < 4


def _beads(pdf: pikepdf.Pdf, title: str) -> list[tuple[int, Rect]]:
    """Page and rectangle, in points from the top left, of each bead of the thread so called."""
    pages = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
    (thread,) = [t for t in pdf.Root.Threads if str(t.I.Title) == title]
    beads, bead = [], thread.F
    assert bead.T.objgen == thread.objgen
    while True:
        x0, y0, x1, y1 = (float(v) for v in bead.R)
        height = float(bead.P.MediaBox[3])
        beads.append((pages[bead.P.objgen], Rect(x0, height - y1, x1, height - y0)))
        assert bead.N.V.objgen == bead.objgen
        assert bead.objgen in [b.objgen for b in bead.P.B]
        bead = bead.N
        if bead.objgen == thread.F.objgen:
            return beads


def _article_lines(article: Article, issue: Issue) -> str:
    pages = {page.id: page for page in issue.pages}
    return "".join(
        pages[part.page].region(region).text for part in article.parts for region in part.regions
    )


def _read_in_beads(path: Path, title: str, reader: str) -> str:
    """What a reader finds in the beads of a thread, one after the other."""
    with pikepdf.open(path) as pdf:
        beads = _beads(pdf, title)
    if reader == "poppler":
        return "".join(_clipped(path, page, box) for page, box in beads)
    text = ""
    if reader == "mupdf":
        with pymupdf.open(path) as document:
            for page, box in beads:
                clip = pymupdf.Rect(box.x0, box.y0, box.x1, box.y1)
                text += document[page].get_text("text", clip=clip)
        return text
    document = pdfium.PdfDocument(path)
    for page, box in beads:
        high = document[page].get_height()
        text += (
            document[page]
            .get_textpage()
            .get_text_bounded(box.x0, high - box.y1, box.x1, high - box.y0)
        )
    return text


def _clipped(path: Path, page: int, box: Rect) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler-utils is not installed")
    fine = box.scale(300 / 72)
    area = ["-r", 300, "-x", round(fine.x0), "-y", round(fine.y0)]
    area += ["-W", round(fine.width), "-H", round(fine.height)]
    command = ["pdftotext", "-f", page + 1, "-l", page + 1, *area, path, "-"]
    done = subprocess.run([*map(str, command)], capture_output=True, check=True, encoding="utf-8")
    return done.stdout


READERS = ("poppler", "mupdf", "pdfium")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", ["modern", "old", "stepped", "stepped_down"])
def test_the_thread_of_an_article_gives_its_text(
    name: str,
    reader: str,
    request: Any,
    bundled: Callable[..., Bundle],
    tmp_path: Path,
    without_space: Callable[[str], str],
) -> None:
    issue: Issue = request.getfixturevalue(name)
    path = tmp_path / "issue.pdf"
    path.write_bytes(searchable_pdf(bundled(issue)))
    for article in issue.articles:
        text = _read_in_beads(path, article_title(article), reader)
        assert without_space(text) == without_space(_article_lines(article, issue))


def test_a_bead_holds_what_stands_in_a_rectangle(stepped: Issue, modern: Issue) -> None:
    """A region is one bead where nothing else stands in its box, as few as there need be else."""
    for page in modern.pages:
        assert {len(boxes) for boxes in page_beads(page).values()} == {1}
    count = {key: len(boxes) for key, boxes in page_beads(stepped.pages[0]).items()}
    assert count == {"p0001-r001": 2, "p0001-r002": 1, "p0001-r003": 1}


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize("name", ["modern", "old"])
def test_the_whole_reads_in_order(
    name: str, request: Any, bundled: Callable[..., Bundle], tmp_path: Path
) -> None:
    issue: Issue = request.getfixturevalue(name)
    path = tmp_path / "issue.pdf"
    path.write_bytes(searchable_pdf(bundled(issue)))
    command = ["pdftotext", "-raw", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    lines = [line.text for page in issue.pages for r in page.regions for line in r.lines]
    if name == "modern":
        assert done.stdout.replace("\f", "").split("\n")[:-1] == lines
    else:  # leaning lines down come in pieces
        assert "".join(done.stdout.split()) == "".join(lines)


def test_bookmarks_labels_and_language(modern: Issue, bundled: Callable[..., Bundle]) -> None:
    data = searchable_pdf(bundled(modern))
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        shown = [(item.title, [c.title for c in item.children]) for item in outline.root]
        assert shown == [("A1", ["河边的早晨", "3 月 雨水 12.5 毫米"]), ("A2", [])]
        assert [str(n.P) for n in list(pdf.Root.PageLabels.Nums)[1::2]] == ["A1", "A2"]
        assert str(pdf.Root.Lang) == "zh-Hans"
        assert str(pdf.docinfo[Name.Title]) == "河边报 2031-04-05"
    place = opened(data).get_toc(simple=False)[1]
    left, top = (v / POINTS for v in place[3]["to"])
    assert (round(left), round(top)) == (100, 100)


@pytest.mark.parametrize("name", ["modern", "old"])
def test_chromium_reads_and_finds(name: str, request: Any, bundled: Callable[..., Bundle]) -> None:
    issue: Issue = request.getfixturevalue(name)
    lines, count = by_chromium(searchable_pdf(bundled(issue)))
    want = [line.text for page in issue.pages for r in page.regions for line in r.lines]
    if name == "modern":
        assert lines == want
    else:  # it parts some lines down with a space
        assert " ".join(lines).split() == want
    for article in issue.articles:
        assert count(article.headline or article.paragraphs[0][:8]) >= 1
    # Text is found over the ends of lines.
    assert count(NEW_OVER_LINES if name == "modern" else OLD_OVER_LINES) == 1


NEW_OVER_LINES, OLD_OVER_LINES = "散步，卖豆浆", "自遠方來訪"


@pytest.mark.parametrize("short", [1, 2, 3, 5])
@pytest.mark.parametrize("mode", ["vertical-rl", "horizontal-rtl", "horizontal-tb"])
def test_short_and_spaced_lines_stay_whole(
    mode: WritingMode, short: int, line: Callable[..., Line]
) -> None:
    """Lines of which each begins where the one before has its second half, of loose type."""
    lines = []
    for i in range(4):
        x, y = 900 - 50 * i, 200 + 30 * (i % 2) if mode == "vertical-rl" else 200 + 60 * i
        text = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"[i * 5 : i * 5 + short]
        set_line = line(f"l{i}", text, x, y, 40, mode, 0.0, pitch=1.6 if i == 1 else 1.0)
        # Outlines that begin at another corner are the same.
        turned = set_line.polygon[i:] + set_line.polygon[:i]
        lines.append(replace(set_line, polygon=turned))
    region = Region("r1", "body", lines[0].polygon, mode, tuple(lines))
    page = Page("p0001", 1, "", "", 1400, 1800, 200, (region,), ("r1",))
    data = searchable_pdf(Bundle(Issue("short", pages=(page,))))
    want = [one.text for one in lines]
    assert [t.strip() for t in opened(data)[0].get_text().split("\n") if t.strip()] == want
    if short > 3 or mode != "vertical-rl":
        assert by_chromium(data)[0] == want


def test_words_in_a_box_far_too_thick_stand_where_they_are_printed(
    line: Callable[..., Line],
) -> None:
    """A plain box around a skewed line, as libraries' files have it, and small type in it."""
    words = [line("w", text, 100 + 300 * i, 200 + 60 * i, 24, "horizontal-tb", 0.0)
             for i, text in enumerate(("pressed ", "his ", "11 ", "intention"))]  # fmt: skip
    box = Rect(100, 200, 1216, 404)
    chars = tuple(c for word in words for c in word.chars)
    one = Line("l1", box.polygon, "".join(w.text for w in words), chars)
    region = Region("r1", "body", box.polygon, "horizontal-tb", (one,))
    page = Page("p0001", 1, "", "", 1400, 1800, 200, (region,), ("r1",))
    found = found_on(opened(searchable_pdf(Bundle(Issue("thick", pages=(page,)))))[0])
    printed = [c for c in chars if c.text != " "]
    assert "".join(text for text, _ in found) == "".join(c.text for c in printed)
    for char, (_, place) in zip(printed, found, strict=True):
        assert place.overlap(char.box) > 0.8 * max(place.area, char.box.area)


@pytest.mark.parametrize("off", [0.0, 3.0])
@pytest.mark.parametrize("mode", ["vertical-rl", "horizontal-tb"])
def test_characters_at_one_place_are_all_found(
    mode: WritingMode, off: float, line: Callable[..., Line]
) -> None:
    one = line("l1", "鋪開的，，還是", 400, 300, 40, mode, 0.0)
    down = mode == "vertical-rl"
    box = one.chars[3].box.shift(0.0 if down else off, off if down else 0.0)
    chars = (*one.chars[:4], replace(one.chars[4], box=box), *one.chars[5:])
    region = Region("r1", "body", one.polygon, mode, (replace(one, chars=chars),))
    page = Page("p0001", 1, "", "", 1400, 1800, 200, (region,), ("r1",))
    found = found_on(opened(searchable_pdf(Bundle(Issue("twice", pages=(page,)))))[0])
    assert "".join(text for text, _ in found) == one.text
    both = [box for text, box in found if text == "，"]
    assert all(box.overlap(chars[3].box) > 0.4 * chars[3].box.area for box in both)


def test_pdfa_2u_by_its_structure(old: Issue, bundled: Callable[..., Bundle]) -> None:
    """The clauses of ISO 19005-2 that can be told from the objects."""
    data = searchable_pdf(bundled(old), archival=True)
    assert data[:8] == b"%PDF-1.7" and all(b > 127 for b in data.split(b"\n")[1][1:5])  # 6.1.2
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert Name.ID in pdf.trailer and Name.Encrypt not in pdf.trailer  # 6.1.3
        metadata = pdf.Root.Metadata
        assert Name.Filter not in metadata
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "U")  # 6.6.4
            assert meta["dc:title"] == str(pdf.docinfo[Name.Title])  # 6.6.3
            assert meta["pdf:Producer"] == str(pdf.docinfo[Name.Producer])
        (intent,) = pdf.Root.OutputIntents  # 6.2.3
        assert intent.S == Name.GTS_PDFA1 and intent.DestOutputProfile.N == 3
        for thing in pdf.objects:
            if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                continue
            for key in (Name.SMask, Name.JS, Name.AA, Name.EF, Name.Group, Name.OPI):
                assert key not in thing  # 6.2.10, 6.5, 6.8
            if thing.get(Name.Type) == Name.Font and thing.get(Name.Subtype) == Name.Type0:
                _embedded_font(thing)
            if thing.get(Name.Subtype) == Name.Image:
                assert thing.ColorSpace in (Name.DeviceGray, Name.DeviceRGB)


def _embedded_font(font: pikepdf.Object) -> None:
    """6.2.11: embedded, of the widths it says, every code a glyph and a character."""
    from fontTools.ttLib import TTFont

    (inner,) = font.DescendantFonts
    program = TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()), checkChecksums=2)
    glyphs = np.frombuffer(inner.CIDToGIDMap.read_bytes(), ">u2")
    assert glyphs[0] == 0 and 0 not in glyphs[1:]
    first, widths = inner.W
    assert first == 1 and len(widths) == len(glyphs) - 1
    for glyph, width in zip(glyphs[1:], widths, strict=True):
        name = program.getGlyphOrder()[glyph]
        assert program["hmtx"][name][0] * 1000 / program["head"].unitsPerEm == width
        outline = program["glyf"][name]
        assert (outline.xMin, outline.xMax) == (0, width) and outline.yMax - outline.yMin == 1000
    mapped = font.ToUnicode.read_bytes().decode("ascii")
    assert mapped.count("> <") - 1 == len(glyphs) - 1
    assert "<0000>\n" not in mapped.split("endcodespacerange")[1]


def test_the_colour_profile_is_srgb() -> None:
    from PIL import ImageCms

    from digitise.formats.exports.pdfcolour import srgb_profile

    own = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    theirs = ImageCms.createProfile("sRGB")
    ramp = Image.merge("RGB", [Image.linear_gradient("L").rotate(a) for a in (0, 90, 180)])
    same = ImageCms.profileToProfile(ramp, own, theirs)
    assert same is not None
    off = np.abs(np.asarray(same, dtype=int) - np.asarray(ramp, dtype=int))
    assert off.max() <= 2


def test_the_same_bytes_each_time(modern: Issue, bundled: Callable[..., Bundle]) -> None:
    bundle = bundled(modern)
    for archival in (False, True):
        once = searchable_pdf(bundle, archival=archival)
        assert searchable_pdf(bundle, archival=archival) == once
