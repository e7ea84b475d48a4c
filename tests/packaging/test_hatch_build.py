"""The build of the workbench's pages: when it is done, with what, and what happens when it cannot."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def _hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["hatch_build"] = module
    spec.loader.exec_module(module)
    return module


HOOK = _hook()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The client's sources and nothing that was built of them."""
    client = tmp_path / HOOK.CLIENT
    shutil.copytree(ROOT / HOOK.CLIENT, client, ignore=shutil.ignore_patterns("node_modules"))
    return tmp_path


def _built(tree: Path) -> None:
    (tree / HOOK.DIST).mkdir(parents=True)
    (tree / HOOK.DIST / HOOK.STAMP).write_text(HOOK.fingerprint(tree) + "\n")


def test_what_is_up_to_date_is_not_built_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    _built(tree)
    HOOK.build(tree)
    (tree / HOOK.CLIENT / "src" / "main.tsx").write_text("// changed\n")
    assert not HOOK.is_built(tree)
    monkeypatch.setattr(HOOK, "node_from_package", lambda: None)
    with pytest.raises(HOOK.CannotBuild, match="Node 18 or newer"):
        HOOK.build(tree)


def test_a_node_that_is_too_old_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, says in (("node", "v16.20.0"), ("npm", "8.0.0")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {says}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert HOOK.node_on_path() is None
    (tmp_path / "node").write_text("#!/bin/sh\necho v20.1.0\n")
    assert HOOK.node_on_path() == (str(tmp_path / "node"), [str(tmp_path / "npm")])


def test_what_goes_wrong_is_one_sentence(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = tree / "bin"
    programs.mkdir()
    for name, does in (("node", "echo v20.1.0"), ("npm", "echo the registry is away >&2; exit 1")):
        (programs / name).write_text(f"#!/bin/sh\n{does}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    with pytest.raises(HOOK.CannotBuild, match="`npm ci --omit=dev` failed: the registry is away"):
        HOOK.build(tree)


def test_the_install_goes_on_without_the_pages(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    class App:
        display_warning = staticmethod(said.append)

    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(HOOK, "node_from_package", lambda: None)
    if HOOK.BuildHookInterface is object:  # hatchling is there in a build only
        hook = HOOK.CustomBuildHook()
        hook.root, hook.app = str(tree), App()
    else:
        hook = HOOK.CustomBuildHook(str(tree), {}, None, None, str(tree), "wheel", App())
    hook.initialize("editable", {})
    assert len(said) == 1 and "All the rest of digitise is installed" in said[0]
    monkeypatch.setenv("DIGITISE_SKIP_WORKBENCH", "1")
    hook.initialize("editable", {})
    assert len(said) == 1 and hook.dependencies() == []


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((ROOT / HOOK.CLIENT / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert "resolved" not in entry, name
        assert entry["integrity"].startswith("sha512-"), name
