"""Small PDFs and images, drawn at test time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf
import pytest
from PIL import Image, ImageDraw

from digitise.ocr.engine import Detection, LineImage, Recognition
from digitise.options import Options
from digitise.sources import PageRef, expand

BODY = "清晨的河边已经有人在散步卖豆浆的小车停在桥头那里传来读书声一位老人坐着看报"


class TellingEngine:
    """An engine that answers what it was told to, and counts the lines it was given."""

    name = "telling"
    version = "0"

    def __init__(self, answers: Sequence[str], confidence: float = 0.95) -> None:
        self.answers = list(answers)
        self.confidence = confidence
        self.seen: list[LineImage] = []

    def detect(self, gray: object, em: float | None = None) -> tuple[Detection, ...]:
        raise AssertionError("the text layer never detects")

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        out = []
        for line in lines:
            text = self.answers[min(len(self.seen), len(self.answers) - 1)]
            self.seen.append(line)
            n = max(1, len(text))
            spans = tuple((i / n, (i + 1) / n) for i in range(len(text)))
            out.append(Recognition(text, spans, (self.confidence,) * len(text)))
        return tuple(out)


@pytest.fixture
def options() -> Options:
    return Options()


@pytest.fixture
def telling() -> type[TellingEngine]:
    return TellingEngine


Draw = Callable[[pymupdf.Page], None]


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[..., PageRef]:
    """Draws one page and gives its reference."""

    def make(draw: Draw, size: tuple[float, float] = (400, 600), name: str = "p.pdf") -> PageRef:
        with pymupdf.open() as document:
            draw(document.new_page(width=size[0], height=size[1]))
            document.save(tmp_path / name)
        return expand([tmp_path / name], Options())[0]

    return make


def write(
    page: pymupdf.Page, x: float, y: float, text: str, size: float = 10, **how: object
) -> None:
    page.insert_text((x, y), text, fontname="china-s", fontsize=size, **how)


def column(page: pymupdf.Page, x: float, y: float, lines: Sequence[str], size: float = 10) -> None:
    for i, line in enumerate(lines):
        write(page, x, y + i * 1.5 * size, line, size)


def picture(size: tuple[int, int] = (200, 300), mode: str = "L") -> Image.Image:
    """A white page with a black bar near its top left corner."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).rectangle((20, 10, 90, 30), fill=0)
    return image.convert(mode)
