"""The default engine: the PP-OCRv6 models that come inside the `rapidocr` package."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import median

import cv2
import numpy as np

from ..errors import EngineMissing
from ..model import Gray, polygon_bounds
from ..text.script import is_simplified, is_traditional
from . import ctc, detection, strips
from .engine import Detection, LineImage, Recognition, Script
from .glyphs import Glyphs, Judged, glyphs_file
from .session import Backend, Session, backends, model_file, open_session, package_version

PACKAGE = "rapidocr"
DETECTOR = "models/PP-OCRv6_det_small.onnx"
RECOGNISER = "models/PP-OCRv6_rec_small.onnx"

WORKING_EM = 20.0  # pixels of body type at which the detector does its best work
GUESSED_EM = 40.0  # body type of a newspaper at 300 dpi
LOOK = 1280  # pixels a side looked at to find the size of the type
GROWN = 1.25  # thickness of a detected line over its em
MOST_ENLARGED = 2.0
MOST_PIXELS = 160_000_000  # of a page enlarged for the detector
BATCH_AREA = 4096  # pixels of strip width read at once

_BARRED: dict[Script | None, Callable[[str], bool]] = {
    "simplified": is_traditional,
    "traditional": is_simplified,
}


class RapidEngine:
    """`threads` 0 takes every core; `backend` None the fastest that is installed.

    Models are opened on first use. Raises EngineMissing when they are not installed.
    """

    name = "rapid"

    def __init__(self, threads: int = 0, backend: Backend | None = None) -> None:
        missing = [p for p in (DETECTOR, RECOGNISER) if model_file(PACKAGE, p) is None]
        if missing or not backends():
            raise EngineMissing(
                (
                    "The OCR engine `rapid` is not installed completely.",
                    "OCR 引擎 rapid 没有完整安装。",
                ),
                (
                    "Run: pip install 'rapidocr>=3.10' openvino (or onnxruntime)",
                    "请运行：pip install 'rapidocr>=3.10' openvino（或 onnxruntime）",
                ),
            )
        self.version = package_version(PACKAGE)
        self._threads = threads
        self._backend = backend
        self._detector: Session | None = None
        self._recogniser: Session | None = None
        self._glyphs: Glyphs | None = None

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        if min(gray.shape) < 4:
            return ()
        size = em if em is not None and em > 0 else self._em(gray)
        return self._lines(gray, _scale(size, gray.size))

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        laid = [_strip(line) for line in lines]
        pieces = [
            strips.Strip(index, strip[:, start:end], start, strip.shape[1])
            for index, strip in enumerate(laid)
            if strip.shape[1] > 0
            for start, end in strips.split(strip)
        ]
        peaks: dict[int, list[tuple[ctc.Peak, float, float]]] = {}
        read: list[list[ctc.Peak]] = [[] for _ in pieces]
        steps = [1.0] * len(pieces)
        widths = [piece.pixels.shape[1] for piece in pieces]
        for width, members in strips.batches(widths, BATCH_AREA):
            session = self._recognition()
            frames = session(strips.tensor([pieces[i].pixels for i in members], width))
            for row, index in enumerate(members):
                steps[index] = width / frames.shape[1]
                line = lines[pieces[index].line]
                barred = _BARRED.get(line.script)
                read[index] = list(ctc.decode(frames[row], session.characters, barred, line.rivals))
        for piece, found, step in zip(pieces, read, steps, strict=True):
            length = piece.pixels.shape[1] / step
            middles = [min((peak.start + peak.end) / 2, length) for peak in found]
            extents = ctc.extents(middles, length, strips.HEIGHT / step)
            for peak, (start, end) in zip(found, extents, strict=True):
                peaks.setdefault(piece.line, []).append(
                    (
                        peak,
                        (piece.offset + start * step) / piece.total,
                        (piece.offset + end * step) / piece.total,
                    )
                )
        return tuple(_recognition(peaks.get(index, [])) for index in range(len(lines)))

    def glyphs(self, cells: Sequence[Gray]) -> Judged | None:
        if self._glyphs is None:
            file = glyphs_file()
            if file is None:
                return None
            self._glyphs = Glyphs(file, self._threads)
        return self._glyphs(cells)

    def _em(self, gray: Gray) -> float:
        """The size of most type, from a first look at the middle of the page."""
        height, width = gray.shape
        top, left = max(0, (height - LOOK) // 2), max(0, (width - LOOK) // 2)
        middle = gray[top : top + LOOK, left : left + LOOK]
        found = self._lines(middle, 1.0)
        boxes = [polygon_bounds(d.polygon) for d in found]
        if len(boxes) < 3:
            return GUESSED_EM
        return float(median(min(b.width, b.height) for b in boxes)) / GROWN

    def _lines(self, gray: Gray, scale: float) -> tuple[Detection, ...]:
        if self._detector is None:
            self._detector = open_session(PACKAGE, DETECTOR, self._threads, self._backend)
        return detection.lines(detection.probability(self._detector, _scaled(gray, scale)), scale)

    def _recognition(self) -> Session:
        if self._recogniser is None:
            self._recogniser = open_session(PACKAGE, RECOGNISER, self._threads, self._backend)
        return self._recogniser


def _scale(em: float, pixels: int) -> float:
    """How much to scale a page for the detector; memory bounds how far it is enlarged."""
    room = max(1.0, math.sqrt(MOST_PIXELS / max(1, pixels)))
    return min(WORKING_EM / em, MOST_ENLARGED, room)


def _scaled(gray: Gray, scale: float) -> Gray:
    if scale == 1.0:
        return gray
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
    return np.asarray(cv2.resize(gray, size, interpolation=how), np.uint8)


def _strip(line: LineImage) -> Gray:
    """A line at the recogniser's height. A vertical one lies on its side, its head to the left:
    its characters, though turned, are read better so than cut apart and set anew."""
    pixels = np.ascontiguousarray(np.rot90(line.pixels)) if line.vertical else line.pixels
    if min(pixels.shape) < 2:
        return np.zeros((strips.HEIGHT, 0), np.uint8)
    return strips.to_height(pixels)


def _recognition(peaks: list[tuple[ctc.Peak, float, float]]) -> Recognition:
    return Recognition(
        "".join(peak.text for peak, *_ in peaks),
        tuple((min(max(a, 0.0), 1.0), min(max(b, 0.0), 1.0)) for _, a, b in peaks),
        tuple(peak.confidence for peak, *_ in peaks),
        tuple(peak.rivals for peak, *_ in peaks) if any(p.rivals for p, *_ in peaks) else (),
    )
