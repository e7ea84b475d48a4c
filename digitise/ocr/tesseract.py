"""The second engine: Tesseract 5, a program of its own that is called for each page."""

from __future__ import annotations

import importlib
import importlib.util
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ..errors import EngineFailed, EngineMissing
from ..model import Gray
from .ctc import extents
from .engine import Detection, LineImage, Recognition
from .hocr import HocrLine, HocrPage, parse

LINE_HEIGHT = 48.0  # pixels a line is brought to, across
COLUMN_WIDTH = 36.0  # likewise a vertical one: best of 28, 36, 48 and 64 on clean type
PAGE_EM = 32.0  # body type of a page that is searched for lines
BORDER = 12  # white round a line; without it Tesseract loses what touches the edge
LANGUAGES = ("chi_sim", "chi_sim_vert", "chi_tra", "chi_tra_vert")
SEPARATE_LINES, ONE_LINE, ONE_VERTICAL = 11, 7, 5  # page segmentation modes


class TesseractEngine:
    """`lang` is chi_sim or chi_tra; vertical lines are read with that language's `_vert`.

    Raises EngineMissing naming the package when the program or the language is not installed.
    """

    name = "tesseract"

    def __init__(self, lang: str = "chi_sim", threads: int = 0) -> None:
        self.version = version()
        if not self.version:
            raise EngineMissing(
                ("The OCR program Tesseract is not installed.", "没有安装 OCR 程序 Tesseract。"),
                (
                    f"Run: apt install tesseract-ocr {package_of(lang)}; pip install pytesseract",
                    f"请运行：apt install tesseract-ocr {package_of(lang)}；"
                    "pip install pytesseract",
                ),
            )
        self._lang = lang
        self._installed = languages()
        self._require(lang)
        if threads > 0:
            # Tesseract is told its number of threads in no other way.
            os.environ["OMP_THREAD_LIMIT"] = str(threads)

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        if min(gray.shape) < 4:
            return ()
        scale = min(1.0, PAGE_EM / em) if em else 1.0
        # Beyond 32,767 pixels a side Tesseract refuses, beyond this one it takes gigabytes.
        scale = min(scale, 9000 / max(gray.shape))
        small = gray if scale == 1.0 else _resized(gray, scale)
        pages = self._run([small], self._lang, SEPARATE_LINES)
        found = [
            Detection(line.box.scale(1 / scale).polygon, _mean(line))
            for page in pages
            for line in page.lines
            if line.glyphs
        ]
        return tuple(sorted(found, key=lambda d: (d.polygon[0][1], d.polygon[0][0])))

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        out = [Recognition("", (), ())] * len(lines)
        for vertical in (False, True):
            members = [i for i, line in enumerate(lines) if line.vertical is vertical]
            members = [i for i in members if min(lines[i].pixels.shape) >= 2]
            if not members:
                continue
            lang = self._lang + "_vert" if vertical else self._lang
            self._require(lang)
            images = [_framed(lines[i].pixels, vertical) for i in members]
            pages = self._run(images, lang, ONE_VERTICAL if vertical else ONE_LINE)
            for i, page in zip(members, pages, strict=True):
                out[i] = _recognition(page, vertical)
        return tuple(out)

    def _require(self, lang: str) -> None:
        if lang in self._installed:
            return
        raise EngineMissing(
            (
                f"Tesseract has no model of the language {lang}.",
                f"Tesseract 没有安装语言模型 {lang}。",
            ),
            (f"Run: apt install {package_of(lang)}", f"请运行：apt install {package_of(lang)}"),
        )

    def _run(self, images: Sequence[Gray], lang: str, mode: int) -> tuple[HocrPage, ...]:
        """All images in one call: most of the time of a call is reading the model."""
        pytesseract: Any = importlib.import_module("pytesseract")
        with tempfile.TemporaryDirectory(prefix="digitise-") as folder:
            names = []
            for i, image in enumerate(images):
                file = Path(folder) / f"{i:05d}.png"
                cv2.imwrite(str(file), image, [cv2.IMWRITE_PNG_COMPRESSION, 1])
                names.append(str(file))
            listing = Path(folder) / "images.txt"
            listing.write_text("\n".join(names) + "\n", encoding="utf-8")
            try:
                answer = pytesseract.image_to_pdf_or_hocr(
                    str(listing),
                    lang=lang,
                    extension="hocr",
                    config=f"--psm {mode} --dpi 300 -c hocr_char_boxes=1",
                )
            except (RuntimeError, OSError) as error:
                reason = " ".join(str(error).split())[:200]
                raise EngineFailed(
                    (f"Tesseract failed: {reason}", f"Tesseract 运行失败：{reason}"),
                    (
                        "Run `digitise doctor`, or choose the engine `rapid`.",
                        "请运行 digitise doctor，或改用引擎 rapid。",
                    ),
                ) from error
        pages = parse(answer.decode("utf-8", "replace"))
        if len(pages) != len(images):
            raise EngineFailed(
                (
                    f"Tesseract answered for {len(pages)} of {len(images)} images.",
                    f"Tesseract 只处理了 {len(images)} 幅图像中的 {len(pages)} 幅。",
                )
            )
        return pages


def version() -> str:
    """Version of the installed program; empty when it, or pytesseract, is missing."""
    if importlib.util.find_spec("pytesseract") is None:
        return ""
    pytesseract: Any = importlib.import_module("pytesseract")
    try:
        return str(pytesseract.get_tesseract_version().base_version)
    except (pytesseract.TesseractNotFoundError, SystemExit, OSError):
        return ""


def languages() -> tuple[str, ...]:
    """Those of LANGUAGES that are installed."""
    if not version():
        return ()
    pytesseract: Any = importlib.import_module("pytesseract")
    installed = set(pytesseract.get_languages(config=""))
    return tuple(lang for lang in LANGUAGES if lang in installed)


def package_of(lang: str) -> str:
    """The Debian package that holds a language."""
    return "tesseract-ocr-" + lang.replace("_", "-")


def _resized(gray: Gray, scale: float) -> Gray:
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
    return np.asarray(cv2.resize(gray, size, interpolation=how), np.uint8)


def _framed(pixels: Gray, vertical: bool) -> Gray:
    scale = COLUMN_WIDTH / pixels.shape[1] if vertical else LINE_HEIGHT / pixels.shape[0]
    scaled = _resized(pixels, scale)
    paper = int(np.percentile(scaled, 90))
    return np.asarray(
        cv2.copyMakeBorder(
            scaled, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT, value=(paper,)
        ),
        np.uint8,
    )


def _mean(line: HocrLine) -> float:
    return sum(g.confidence for g in line.glyphs) / len(line.glyphs)


def _recognition(page: HocrPage, vertical: bool) -> Recognition:
    glyphs = [glyph for line in page.lines for glyph in line.glyphs]
    length = (page.box.height if vertical else page.box.width) - 2 * BORDER
    across = (page.box.width if vertical else page.box.height) - 2 * BORDER
    middles = _evenly(page) if vertical else sorted(glyph.box.cx for glyph in glyphs)
    spans = extents([min(max(m - BORDER, 0.0), length) for m in middles], length, across)
    return Recognition(
        "".join(glyph.text for glyph in glyphs),
        tuple((start / length, end / length) for start, end in spans),
        tuple(glyph.confidence for glyph in glyphs),
    )


def _evenly(page: HocrPage) -> list[float]:
    """Middles of the characters of vertical lines: Tesseract gives no places for these. (For
    horizontal Chinese lines it does, but out of order now and then; the text is in order.)"""
    out: list[float] = []
    for line in page.lines:
        pitch = line.box.height / max(1, len(line.glyphs))
        out += [line.box.y0 + (i + 0.5) * pitch for i in range(len(line.glyphs))]
    return sorted(out)
