from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pymupdf
import pytest

from digitise.errors import InputTooLarge
from digitise.model import Rect
from digitise.options import Options
from digitise.sources import PageRef, expand, load_scan, read_text_layer, render
from digitise.sources import pdf as pdf_module

from .conftest import BODY, picture, write

Make = Callable[..., PageRef]


def ink_box(pixels: np.ndarray) -> tuple[int, int, int, int]:
    ys, xs = np.nonzero(pixels < 128)
    return int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1


def scanned(path: Path, dpi: int, points: tuple[float, float], strips: int = 1) -> PageRef:
    """A page that is one image, or strips of one, at `dpi`."""
    w, h = (round(v * dpi / 72) for v in points)
    image = picture((w, h))
    with pymupdf.open() as document:
        page = document.new_page(width=points[0], height=points[1])
        for i in range(strips):
            top, bottom = h * i // strips, h * (i + 1) // strips
            buffer = io.BytesIO()
            image.crop((0, top, w, bottom)).save(buffer, "PNG")
            box = pymupdf.Rect(0, top * 72 / dpi, points[0], bottom * 72 / dpi)
            page.insert_image(box, stream=buffer.getvalue())
        document.save(path)
    return expand([path], Options())[0]


@pytest.mark.parametrize("strips", [1, 5])
def test_a_scan_keeps_its_own_resolution(tmp_path: Path, options: Options, strips: int) -> None:
    ref = scanned(tmp_path / "a.pdf", 240, (300, 420), strips)
    scan = load_scan(ref, options)
    assert scan.dpi == 240
    assert scan.pixels.shape == (1400, 1000)
    assert ink_box(scan.pixels) == pytest.approx((20, 10, 91, 31), abs=2)


def test_a_scan_put_at_screen_resolution_is_believed_as_a_picture(
    tmp_path: Path, options: Options
) -> None:
    scan = load_scan(scanned(tmp_path / "a.pdf", 72, (4606, 6437)), options)
    assert scan.pixels.shape == (6437, 4606)
    assert scan.dpi == 300


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotation_and_crop_box(tmp_path: Path, options: Options, rotation: int) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=400)
        page.draw_rect((100, 120, 150, 140), fill=(0, 0, 0))
        page.set_cropbox(pymupdf.Rect(50, 100, 250, 380))
        page.set_rotation(rotation)
        document.save(tmp_path / "a.pdf")
    scan = render(expand([tmp_path / "a.pdf"], options)[0], options, 72)
    left, top, right, bottom = ink_box(scan.pixels)
    expected = {
        0: (50, 20, 100, 40),
        90: (240, 50, 260, 100),
        180: (100, 240, 150, 260),
        270: (20, 100, 40, 150),
    }[rotation]
    assert (left, top, right, bottom) == pytest.approx(expected, abs=1)
    assert scan.pixels.shape == ((280, 200) if rotation % 180 == 0 else (200, 280))


def test_a_part_of_the_page_is_that_part_of_the_whole(pdf: Make, options: Options) -> None:
    ref = pdf(lambda page: write(page, 40, 60, BODY, 20), (900, 200))
    whole = render(ref, options, 150).pixels
    part = render(ref, options, 150, Rect(90, 60, 700, 140)).pixels
    assert part.shape == (80, 610)
    assert part.min() < 60
    assert np.abs(part.astype(int) - whole[60:140, 90:700]).max() <= 2


def test_strips_are_the_same_as_one_piece(
    pdf: Make, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = pdf(lambda page: write(page, 40, 60, BODY, 20), (900, 700))
    whole = render(ref, options, 150).pixels
    monkeypatch.setattr(pdf_module, "_STRIP_PIXELS", 200_000)
    assert np.abs(render(ref, options, 150).pixels.astype(int) - whole).max() <= 2


def test_pixel_limit_holds_for_pages(pdf: Make) -> None:
    ref = pdf(lambda page: write(page, 40, 60, BODY), (14_000, 14_000))
    with pytest.raises(InputTooLarge):
        load_scan(ref, Options(max_pixels=100_000_000))


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_text_layer_is_read_upright(tmp_path: Path, options: Options, rotation: int) -> None:
    """/Rotate that lays the text on its side does not: the sheet has it upright, and the way
    back leads to where it is on the page as shown."""
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=400)
        write(page, 60, 150, BODY[:20])
        page.set_cropbox(pymupdf.Rect(50, 100, 290, 380))
        page.set_rotation(rotation)
        document.save(tmp_path / "a.pdf")
    ref = expand([tmp_path / "a.pdf"], options)[0]
    sheet = read_text_layer(ref, options, None)
    assert sheet is not None
    (line,) = sheet.lines
    assert line.text == BODY[:20]
    assert line.mode == "horizontal-tb"
    assert line.box.width > 10 * line.box.height
    shown = render(ref, options, 300).pixels
    corners = [sheet.to_original(*p) for p in line.box.polygon]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    assert ink_box(shown) == pytest.approx((min(xs), min(ys), max(xs), max(ys)), abs=12)
    assert sheet.original_size == (shown.shape[1], shown.shape[0])
