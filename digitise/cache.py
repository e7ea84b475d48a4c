"""Pages already read, kept between runs: OUT/<issue-id>/.work/<page-id>.<key>.json.gz.

The key stands for everything a sheet depends on: the page's content, the options that matter,
this program's code and the versions of what reads for it. So an interrupted run goes on where it
stopped, and a change of any of these reads the page again.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import json
from functools import cache
from pathlib import Path

from .errors import DataInvalid
from .formats.sheet_json import dump_sheet, load_sheet
from .formats.write import write_bytes
from .model import Sheet
from .options import Options
from .shipped import shipped_model

FOLDER = ".work"
_READERS = (
    "layoutparser", "numpy", "onnxruntime", "opencv-python-headless", "openvino", "pillow",
    "pymupdf", "pytesseract", "rapid-layout", "rapidocr", "scipy",
)  # fmt: skip
# The rooms that turn a page into a sheet; a change elsewhere leaves sheets as they are.
_ROOMS = ("sources", "imaging", "ocr", "text", "model")
_FILES = ("inlays.py",)
_MODELS = ("glyphs.onnx", "words.npz")


def entry(folder: Path, page_id: str, digest: str, options: Options) -> Path:
    """Where the sheet of one page is kept. `folder`: that of the issue; `digest`: of the page's
    content."""
    facts = [
        page_id, digest, versions(), options.engine, options.lang, options.text_layer,
        options.dpi, options.max_pixels, options.prepare, _own_model(options.engine),
    ]  # fmt: skip
    key = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]
    return folder / FOLDER / f"{page_id}.{key}.json.gz"


def store(path: Path, sheet: Sheet) -> None:
    """Keeps a sheet, whole or not at all. Raises OutputUnwritable."""
    write_bytes(path, dump_sheet(sheet))


def load(path: Path) -> Sheet | None:
    """The sheet kept at `path`; None when there is none, or it is damaged."""
    try:
        return load_sheet(path.read_bytes(), str(path))
    except (OSError, DataInvalid):
        return None


def prune(path: Path) -> None:
    """Removes the sheets of the same page that other options, versions or content have left."""
    page_id = path.name.partition(".")[0]
    for other in sorted(path.parent.glob(f"{page_id}.*.json.gz")):
        if other != path:
            with contextlib.suppress(OSError):
                other.unlink()


@cache
def versions() -> tuple[str, ...]:
    """This program's code, its own models of characters and the packages it reads pages with, as
    "name version"."""
    found = [f"digitise {_code()}"]
    for name in _MODELS:
        if (model := shipped_model(name)) is not None:
            found.append(f"{name} {hashlib.sha256(model.read_bytes()).hexdigest()[:16]}")
    for name in _READERS:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found.append(f"{name} {importlib.metadata.version(name)}")
    return tuple(found)


def _own_model(engine: str) -> str:
    """What the module of a user's own layout model ("layoutparser:MODULE:NAME") says, as a
    digest; "" for any other engine, and where the module has no file."""
    name, _, rest = engine.partition(":")
    if name != "layoutparser" or not rest:
        return ""
    try:
        found = importlib.util.find_spec(rest.partition(":")[0])
        return hashlib.sha256(Path(found.origin or "").read_bytes()).hexdigest() if found else ""
    except (ImportError, ValueError, OSError):
        return ""  # the engine itself says what is wrong


def _code() -> str:
    root = Path(__file__).parent
    digest = hashlib.sha256()
    rooms = (sorted((root / room).rglob("*.py")) for room in _ROOMS)
    for paths in (*rooms, [root / name for name in _FILES]):
        for path in paths:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
