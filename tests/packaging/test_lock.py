"""The lock files: complete, without the package that breaks the others, without addresses."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import digitise

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _lock(name: str) -> dict[str, Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


RUN, DEV = _lock("requirements.lock"), _lock("requirements-dev.lock")


def test_every_version_is_exact() -> None:
    for requirement in (*RUN.values(), *DEV.values()):
        assert re.fullmatch(r"==[\w.!+]+", str(requirement.specifier)), str(requirement)
    assert not RUN.keys() & DEV.keys()


def test_only_one_opencv() -> None:
    both = {*RUN, *DEV}
    assert {name for name in both if name.startswith("opencv")} == {"opencv-python-headless"}
    assert "layoutparser" in RUN


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_no_addresses(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "wanted", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["layoutparser"]]
)
def test_what_the_project_asks_for_is_locked(wanted: str) -> None:
    requirement = Requirement(wanted)
    (locked,) = RUN[canonicalize_name(requirement.name)].specifier
    assert locked.version in requirement.specifier


@pytest.mark.parametrize("wanted", PROJECT["optional-dependencies"]["dev"])
def test_what_the_tests_ask_for_is_locked(wanted: str) -> None:
    requirement = Requirement(wanted)
    (locked,) = {**RUN, **DEV}[canonicalize_name(requirement.name)].specifier
    assert locked.version in requirement.specifier


@pytest.mark.parametrize("name", sorted(RUN))
def test_nothing_is_missing_that_a_locked_package_needs(name: str) -> None:
    """pip is told not to look for dependencies, so the lock has to name them all."""
    for text in importlib.metadata.requires(name) or ():
        needed = Requirement(text)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            key = canonicalize_name(needed.name)
            assert key in RUN or key == "opencv-python", f"{name} needs {needed.name}"


def _imported(folder: Path) -> set[str]:
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names.add(node.module)
    return {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("folder", "extras"),
    [
        ("digitise", ["layoutparser", "export", "archive", "workbench", "cluster"]),
        (
            "scripts",
            [
                "layoutparser",
                "export",
                "archive",
                "workbench",
                "cluster",
                "train",
                "train-glyphs",
                "dev",
            ],
        ),
    ],
)
def test_everything_that_is_imported_is_asked_for(folder: str, extras: list[str]) -> None:
    asked = [*PROJECT["dependencies"]]
    for extra in extras:
        asked += PROJECT["optional-dependencies"][extra]
    wanted = {canonicalize_name(Requirement(text).name) for text in asked}
    homes = importlib.metadata.packages_distributions()
    ours = {"digitise", "scripts", *(path.stem for path in (ROOT / "scripts").iterdir())}
    for name in _imported(ROOT / folder) - ours:
        # only whoever trains the models has what that needs; it goes by the name of its package
        owners = {canonicalize_name(owner) for owner in homes.get(name, (name,))}
        assert owners & wanted, f"{folder} imports {name}, which comes from {owners or 'nowhere'}"


def test_the_version_is_said_once_and_the_same() -> None:
    assert digitise.__version__ == PROJECT["version"]
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    assert "13. Remote Network Interaction" in text
    assert "END OF TERMS AND CONDITIONS" in text
