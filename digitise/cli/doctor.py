"""digitise doctor"""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import __version__
from ..messages import Language, choose, say
from ..shipped import shipped_model
from .frame import Command, debug_option, language_option

if TYPE_CHECKING:
    from ..ocr.registry import EngineInfo

_NEEDED = (
    "borax", "click", "numpy", "onnxruntime", "opencv-python-headless", "pillow", "pymupdf",
    "pytesseract", "rapidfuzz", "rapidocr", "scipy",
)  # fmt: skip
_OPTIONAL = ("openvino", "layoutparser")
_FONTS = {
    "NotoSerifCJK-Regular.ttc": "fonts-noto-cjk",
    "NotoSansCJK-Bold.ttc": "fonts-noto-cjk",
    "gkai00mp.ttf": "fonts-arphic-gkai00mp",
}
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def command(language: Language) -> click.Command:
    @click.command(
        "doctor",
        cls=Command,
        language=language,
        help=say("doctor", language),
        short_help=say("doctor.short", language),
    )
    @debug_option(language)
    @language_option(language)
    def doctor(debug: bool) -> int:
        from ..ocr.registry import available

        del debug  # main looks at it
        engines = available()
        lacking = [name for name in _NEEDED if not _version(name)]
        for line in _report(engines, language):
            click.echo(line)
        rapid = next(engine for engine in engines if engine.name == "rapid")
        if lacking or not rapid.usable:
            what = ", ".join(lacking) or choose(rapid.missing, language)
            click.echo(say("doctor.bad", language, what=what))
            return 9
        click.echo(say("doctor.good", language, name=rapid.name))
        return 0

    return doctor


def _report(engines: tuple[EngineInfo, ...], language: Language) -> Iterator[str]:
    yield f"digitise {__version__}"
    system = f"{platform.system()} {platform.machine()}"
    yield say("doctor.python", language, version=sys.version.split()[0], system=system)
    yield ""
    yield say("doctor.packages", language)
    for name in _NEEDED:
        version = _version(name)
        yield f"  {name} {version}" if version else _lacks(name, f"pip install {name}", language)
    for name in _OPTIONAL:
        version = _version(name)
        yield f"  {name} {version or say('doctor.optional', language)}"
    yield ""
    yield say("doctor.engines", language)
    for engine in engines:
        yield from _engine(engine, language)
    yield ""
    yield say("doctor.models", language)
    yield from _models(engines, language)
    yield ""
    yield say("doctor.fonts", language)
    for font, package in _FONTS.items():
        state = "doctor.ok" if _font(font) else "doctor.optional"
        yield f"  {font}: {say(state, language)}"
        if not _font(font):
            yield "    " + say("doctor.get", language, how=f"apt install {package}")
    yield ""


def _engine(engine: EngineInfo, language: Language) -> Iterator[str]:
    lacking = "doctor.missing" if engine.name == "rapid" else "doctor.optional"
    state = say("doctor.ok" if engine.usable else lacking, language)
    yield f"  {engine.name} {engine.version}: {state}".replace(" :", ":")
    if engine.backends:
        yield "    " + say("doctor.runs_on", language, names=", ".join(engine.backends))
    if engine.languages:
        yield "    " + say("doctor.languages", language, names=", ".join(engine.languages))
    if missing := choose(engine.missing, language):
        yield f"    {missing}"
    if remedy := choose(engine.remedy, language):
        yield "    " + say("doctor.get", language, how=remedy)


def _models(engines: tuple[EngineInfo, ...], language: Language) -> Iterator[str]:
    listed = {Path(str(m.get("path", ""))).name: m for m in _manifest().get("model", ())}
    for model in (model for engine in engines for model in engine.models):
        entry: Mapping[str, Any] | None = listed.get(model.name)
        if not model.sha256:
            needed = entry is None or entry.get("required", True)
            state = "doctor.missing" if needed else "doctor.optional"
        elif entry is None:
            state = "doctor.unlisted"
        else:
            state = "doctor.ok" if entry.get("sha256") == model.sha256 else "doctor.changed"
        version = _version(model.package)
        yield f"  {model.name} ({model.package} {version}): {say(state, language)}"
    for own in _manifest().get("own", ()):
        file = shipped_model(str(own["path"]))
        state = "doctor.missing"
        if file is not None:
            same = hashlib.sha256(file.read_bytes()).hexdigest() == own["sha256"]
            state = "doctor.ok" if same else "doctor.changed"
        yield f"  {own['path']} (digitise {__version__}): {say(state, language)}"


def _manifest() -> Mapping[str, Any]:
    """models/manifest.toml, from the installed package or the checkout it is run from."""
    path = shipped_model("manifest.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if path else {}


def _lacks(name: str, how: str, language: Language) -> str:
    state = say("doctor.missing", language)
    return f"  {name}: {state}\n    " + say("doctor.get", language, how=how)


def _font(name: str) -> bool:
    return any(
        next(Path(folder).expanduser().rglob(name), None) is not None for folder in _FONT_FOLDERS
    )


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
