"""Searchable PDF: pictures are kept as they are, born-digital pages untouched."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pymupdf
import pytest
from pikepdf import Name
from PIL import Image

from digitise.formats.exports import Bundle, SourceFile
from digitise.formats.exports.pdf import searchable_pdf
from digitise.model import Issue

from .pdfreading import POINTS, by_chromium, found_on, opened, printed_on


def test_a_jpeg_is_kept_as_it_is(modern: Issue, bundled: Callable[..., Bundle]) -> None:
    bundle = bundled(modern)
    for archival in (False, True):
        with pikepdf.open(io.BytesIO(searchable_pdf(bundle, archival=archival))) as pdf:
            for page, shown in zip(modern.pages, pdf.pages, strict=True):
                picture = bundle.image(page)
                assert picture is not None
                image = shown.obj.Resources.XObject.Im0
                assert image.Filter == Name.DCTDecode
                assert image.read_raw_bytes() == picture.read()


def test_the_pages_of_an_opening_share_its_picture(
    modern: Issue, bundled: Callable[..., Bundle]
) -> None:
    bundle = bundled(modern)
    one = bundle.images["p0001"]
    both = replace(bundle, images={"p0001": one, "p0002": replace(one, page="p0002")})
    with pikepdf.open(io.BytesIO(searchable_pdf(both))) as pdf:
        first, second = (p.obj.Resources.XObject.Im0.objgen for p in pdf.pages)
    assert first == second


def _bilevel(encode: Callable[[Image.Image, io.BytesIO], None], mime: str) -> Any:
    def made(image: Image.Image) -> tuple[bytes, str]:
        out = io.BytesIO()
        encode(image.point(lambda v: 255 * (v > 128)).convert("1"), out)
        return out.getvalue(), mime

    return made


def _g4(strip: int) -> Callable[[Image.Image, io.BytesIO], None]:
    return lambda image, out: image.save(out, "TIFF", compression="group4", tiffinfo={278: strip})


@pytest.mark.parametrize(
    ("kind", "mime", "kept"),
    [(_g4(1800), "image/tiff", True), (_g4(64), "image/tiff", False),
     (lambda image, out: image.save(out, "PNG"), "image/png", False)],
    ids=["one strip", "strips", "png"],
)  # fmt: skip
def test_black_and_white_becomes_g4_without_loss(
    kind: Any, mime: str, kept: bool, modern: Issue, bundled: Callable[..., Bundle]
) -> None:
    bundle = bundled(modern, _bilevel(kind, mime))
    data = searchable_pdf(bundle)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        image = pdf.pages[0].obj.Resources.XObject.Im0
        assert image.Filter == Name.CCITTFaxDecode
        picture = bundle.images["p0001"].read()
        assert (image.read_raw_bytes() in picture) == kept
    own = np.array(Image.open(io.BytesIO(picture)).convert("L"))
    document = opened(data)
    xref = document[0].get_images()[0][0]
    drawn = pymupdf.Pixmap(document, xref)
    back = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.width)
    assert np.array_equal(back > 128, own > 128)


@pytest.mark.parametrize("mode", ["RGBA", "CMYK", "I;16", "P"])
def test_any_other_picture_can_be_seen(
    mode: str, modern: Issue, bundled: Callable[..., Bundle]
) -> None:
    def encode(image: Image.Image) -> tuple[bytes, str]:
        out = io.BytesIO()
        shown = image.convert("RGB").convert(mode) if mode != "I;16" else Image.fromarray(
            np.array(image, dtype=np.uint16) * 200
        )  # fmt: skip
        shown.save(out, "TIFF")
        return out.getvalue(), "image/tiff"

    page = modern.pages[0]
    shown = opened(searchable_pdf(bundled(modern, encode), archival=True))[0]
    pixels = shown.get_pixmap(matrix=pymupdf.Matrix(1 / POINTS, 1 / POINTS), colorspace="gray")
    grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)
    box = page.regions[0].lines[0].chars[0].box
    assert grey[int(box.cy), int(box.cx)] < 110 < 190 < grey[int(box.y0) - 30, int(box.cx)]


def _source(path: Path, issue: Issue) -> SourceFile:
    pages = tuple((page.id, i) for i, page in enumerate(issue.pages))
    return SourceFile(path, path.name, "", "application/pdf", path.stat().st_size, "0" * 64, pages)


def _born_digital(path: Path, issue: Issue, turn: int = 0) -> Bundle:
    """A PDF that has the headline of each page as text, and a bundle of it."""
    with pymupdf.open() as document:
        for page in issue.pages:
            shown = document.new_page(width=page.width * POINTS, height=page.height * POINTS)
            for char in page.regions[0].lines[0].chars:
                place = (char.box.x0 * POINTS, (char.box.y1 - 0.12 * char.box.height) * POINTS)
                shown.insert_text(
                    place, char.text, fontname="china-s", fontsize=char.box.height * POINTS
                )
            if turn:
                shown.set_rotation(turn)
        document.save(path)
    return Bundle(issue, sources=(_source(path, issue),), version="0.1.0")


def test_a_born_digital_page_is_untouched_and_its_words_are_found_once(
    modern: Issue, tmp_path: Path
) -> None:
    path = tmp_path / "given.pdf"
    bundle = _born_digital(path, modern)
    data = searchable_pdf(bundle)
    with pikepdf.open(path) as given, pikepdf.open(io.BytesIO(data)) as made:
        for before, after in zip(given.pages, made.pages, strict=True):
            contents = before.obj.Contents
            own = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
            kept = [stream.read_bytes() for stream in after.obj.Contents]
            assert [stream.read_bytes() for stream in own] == kept[1:-1]
    with pymupdf.open(path) as given_pages:
        for before, after in zip(given_pages, opened(data), strict=True):
            assert before.get_pixmap(dpi=60).samples == after.get_pixmap(dpi=60).samples
    for page, shown in zip(modern.pages, opened(data), strict=True):
        assert [t for t, _ in found_on(shown)] == [c.text for c in printed_on(page)]
        assert len(shown.search_for("河边的早晨")) == 1
    lines, _ = by_chromium(data)
    want = [line.text for page in modern.pages for r in page.regions for line in r.lines]
    assert "".join("".join(lines).split()) == "".join("".join(want).split())


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("cropped", [False, True])
def test_turned_and_cropped_pages(turn: int, cropped: bool, old: Issue, tmp_path: Path) -> None:
    page = old.pages[0]
    width, height = page.width * POINTS, page.height * POINTS
    across, down = (height, width) if turn in (90, 270) else (width, height)
    path = tmp_path / "given.pdf"
    with pikepdf.new() as pdf:
        x, y = (30.0, 50.0) if cropped else (0.0, 0.0)
        pdf.add_blank_page(page_size=(across + 2 * x, down + 2 * y))
        pdf.pages[0].obj.CropBox = [x, y, across + x, down + y]
        pdf.pages[0].obj.Rotate = turn
        pdf.save(path)
    bundle = Bundle(old, sources=(_source(path, old),))
    shown = opened(searchable_pdf(bundle))[0]
    assert (round(shown.rect.width), round(shown.rect.height)) == (round(width), round(height))
    first, *_ = printed_on(page)
    # Text is reported as it lies before the page is turned.
    found = pymupdf.Rect(
        shown.get_text("rawdict")["blocks"][0]["lines"][0]["spans"][0]["chars"][0]["bbox"]
    )
    box = found * shown.rotation_matrix
    assert abs((box.x0 + box.x1) / 2 / POINTS - first.box.cx) < 0.2 * first.box.width
    assert abs((box.y0 + box.y1) / 2 / POINTS - first.box.cy) < 0.2 * first.box.height


def test_a_damaged_source_leaves_the_picture(
    modern: Issue, bundled: Callable[..., Bundle], tmp_path: Path
) -> None:
    path = tmp_path / "given.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    bundle = replace(bundled(modern), sources=(_source(path, modern),))
    with pikepdf.open(io.BytesIO(searchable_pdf(bundle))) as pdf:
        assert [Name.Im0 in p.obj.Resources.XObject for p in pdf.pages] == [True, True]
