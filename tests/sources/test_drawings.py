from __future__ import annotations

from collections.abc import Callable

import pymupdf
import pytest

from digitise.model import Sheet
from digitise.options import Options
from digitise.sources import PageRef, read_text_layer

from .conftest import BODY, picture, write

Make = Callable[..., PageRef]
ZOOM = 300 / 72


@pytest.fixture
def sheet(pdf: Make, options: Options) -> Callable[[Callable[[pymupdf.Page], None]], Sheet]:
    def read(draw: Callable[[pymupdf.Page], None]) -> Sheet:
        def both(page: pymupdf.Page) -> None:
            draw(page)
            write(page, 20, 590, BODY[:20])

        found = read_text_layer(pdf(both), options, None)
        assert found is not None
        return found

    return read


Read = Callable[[Callable[[pymupdf.Page], None]], Sheet]


def test_rules_stroked_filled_and_dashed(sheet: Read) -> None:
    def draw(page: pymupdf.Page) -> None:
        page.draw_line((20, 100), (380, 100), width=0.3)
        page.draw_rect((20, 200, 380, 201), fill=(0, 0, 0), color=None)
        for x in range(20, 380, 6):
            page.draw_line((x, 300), (x + 3, 300), width=0.5)
        page.draw_line((20, 400), (200, 400))
        page.draw_line((200, 400), (380, 400))
        page.draw_line((390, 50), (390, 500))

    rules = sheet(draw).rules
    assert len(rules) == 5
    assert sum(r.horizontal for r in rules) == 4
    assert all(r.thickness >= 1 for r in rules)
    assert all(r.box.width == pytest.approx(360 * ZOOM, abs=18) for r in rules if r.horizontal)


def test_frames_drawn_three_ways(sheet: Read) -> None:
    def draw(page: pymupdf.Page) -> None:
        page.draw_rect((20, 20, 180, 120))
        page.draw_rect((200, 20, 380, 120), radius=0.1)
        for a, b in (
            ((20, 200), (180, 200)),
            ((180, 200), (180, 300)),
            ((180, 300), (20, 300)),
            ((20, 300), (20, 200)),
        ):
            page.draw_line(a, b)

    found = sheet(draw)
    assert [f.kind for f in found.frames] == ["frame"] * 3
    assert not found.rules
    box = found.frames[-1].box
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx(
        tuple(v * ZOOM for v in (20, 200, 180, 300)), abs=3
    )


def test_grounds(sheet: Read) -> None:
    def draw(page: pymupdf.Page) -> None:
        page.draw_rect(page.rect, fill=(0.98, 0.98, 0.95), color=None)
        page.draw_rect((20, 20, 180, 120), fill=(0.9, 0.9, 0.9), color=None)
        page.draw_rect((20, 200, 180, 230), fill=(0.8, 0, 0), color=None)
        write(page, 30, 220, "要闻", 16, color=(1, 1, 1))
        page.draw_rect((20, 300, 180, 400), fill=(1, 1, 1), color=None)

    assert [f.kind for f in sheet(draw).frames] == ["tint", "reversed"]


def test_pictures_are_images_and_dense_art_but_not_the_ground(sheet: Read) -> None:
    def draw(page: pymupdf.Page) -> None:
        import io

        buffer = io.BytesIO()
        picture().save(buffer, "PNG")
        page.insert_image(page.rect, stream=buffer.getvalue(), keep_proportion=False)
        page.insert_image((20, 20, 120, 170), stream=buffer.getvalue())
        shape = page.new_shape()
        for i in range(10):
            shape.draw_circle((300, 100), 5 + 4 * i)
        shape.finish(color=(0, 0, 0))
        shape.commit()

    found = sheet(draw)
    assert len(found.pictures) == 2
    first = found.pictures[0].box
    assert (first.x0, first.y0, first.x1, first.y1) == pytest.approx(
        tuple(v * ZOOM for v in (20, 20, 120, 170)), abs=2
    )


def test_a_clipped_fill_is_as_large_as_it_shows(sheet: Read) -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page, 200, 300, BODY[:10])
        document = page.parent
        xref = page.get_contents()[0]
        clipped = b"q 20 500 100 50 re W n 1 1 1 rg 0 0 400 600 re f Q"
        document.update_stream(xref, document.xref_stream(xref) + b"\n" + clipped)

    assert BODY[:10] in [line.text for line in sheet(draw).lines]
