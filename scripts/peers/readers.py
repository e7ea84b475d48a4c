"""Peers, each with its import in its own function: a page of a PDF in, its text in groups out.

A group is the nearest thing a peer has to an article: what stands under one heading
(pymupdf4llm), a block (Tesseract, rapid-layout), a line (RapidOCR). Pixels are the page drawn at
300 dpi for those that read pixels.
"""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitise.model import Rect, Sheet

Groups = list[str]
DPI = 300
_TRIM = re.compile(r"^[#>*\s|]+|[*`|]+|\*\*==>.*?<==\*\*|!\[[^]]*\]\([^)]*\)", re.MULTILINE)


def rendered(pdf: Path, page: int) -> NDArray[np.uint8]:
    """A page, counted from 0, as (height, width, 3) uint8 RGB at 300 dpi."""
    pymupdf: Any = importlib.import_module("pymupdf")
    with pymupdf.open(pdf) as doc:
        pix = doc[page].get_pixmap(dpi=DPI, alpha=False)
        flat = np.frombuffer(pix.samples, dtype=np.uint8)
        return flat.reshape(pix.height, pix.width, 3).copy()


def pymupdf4llm() -> Callable[[Path, int, Sheet], Groups]:
    """The text layer as Markdown, parted at its headings."""
    module: Any = importlib.import_module("pymupdf4llm")

    def read(pdf: Path, page: int, sheet: Sheet) -> Groups:
        del sheet
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            text = module.to_markdown(str(pdf), pages=[page])
        parts = re.split(r"(?m)^(?=#{1,6} )", text)
        return [t for part in parts if (t := _TRIM.sub("", part).strip())]

    return read


def pymupdf_blocks() -> Callable[[Path, int, Sheet], Groups]:
    """The text layer's blocks, sorted by PyMuPDF from top left to bottom right."""
    module: Any = importlib.import_module("pymupdf")

    def read(pdf: Path, page: int, sheet: Sheet) -> Groups:
        del sheet
        with module.open(pdf) as doc:
            blocks = doc[page].get_text("blocks", sort=True)
        return [b[4] for b in blocks if b[6] == 0]

    return read


def tesseract() -> Callable[[Path, int, Sheet], Groups]:
    """Tesseract's own layout and reading of the drawn page, by its blocks."""
    module: Any = importlib.import_module("pytesseract")
    module.get_tesseract_version()

    def read(pdf: Path, page: int, sheet: Sheet) -> Groups:
        del sheet
        data = module.image_to_data(
            rendered(pdf, page), lang="chi_sim", output_type=module.Output.DICT
        )
        out: dict[int, str] = {}
        for block, text in zip(data["block_num"], data["text"], strict=True):
            out[block] = out.get(block, "") + text
        return [text for text in out.values() if text.strip()]

    return read


def rapidocr() -> Callable[[Path, int, Sheet], Groups]:
    """RapidOCR on the whole drawn page, its caps lifted, in the order it gives."""
    module: Any = importlib.import_module("rapidocr")
    engine = module.RapidOCR(
        params={
            "Global.max_side_len": 20_000,
            "Global.log_level": "error",
            "Det.max_candidates": 100_000,
        }
    )

    def read(pdf: Path, page: int, sheet: Sheet) -> Groups:
        del sheet
        return [str(t) for t in engine(rendered(pdf, page)[:, :, ::-1]).txts or ()]

    return read


def rapid_layout() -> Callable[[Path, int, Sheet], Groups]:
    """The blocks of RapidLayout's CDLA model on the drawn page, from top to bottom and left to
    right; their text is that of our lines in them, what stands in none comes last."""
    module: Any = importlib.import_module("rapid_layout")
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        engine = module.RapidLayout(model_type=module.ModelType.PP_LAYOUT_CDLA)

    def read(pdf: Path, page: int, sheet: Sheet) -> Groups:
        picture = rendered(pdf, page)
        found = engine(picture[:, :, ::-1])
        scale = sheet.width / picture.shape[1]
        boxes = sorted(
            (Rect(*(float(v) * scale for v in box)) for box in (found.boxes or ())),
            key=lambda b: (b.y0, b.x0),
        )
        held: list[list[str]] = [[] for _ in range(len(boxes) + 1)]
        for line in sorted(sheet.lines, key=lambda x: (x.box.y0, x.box.x0)):
            where = [k for k, b in enumerate(boxes) if b.overlap(line.box) > 0.5 * line.box.area]
            held[where[0] if where else len(boxes)].append(line.text)
        return ["\n".join(lines) for lines in held if lines]

    return read


PEERS: dict[str, Callable[[], Callable[[Path, int, Sheet], Groups]]] = {
    "PyMuPDF blocks": pymupdf_blocks,
    "pymupdf4llm": pymupdf4llm,
    "rapid-layout (CDLA)": rapid_layout,
    "Tesseract": tesseract,
    "RapidOCR": rapidocr,
}
READS_PIXELS = frozenset({"Tesseract", "RapidOCR"})
