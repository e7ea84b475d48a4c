"""What several folders of tests share: small real pages, and the command line to run them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from hypothesis import HealthCheck, settings

# The same examples each time, and no clock: a busy machine is no error in the program.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = (
    "清晨的河边已经有人在散步，卖豆浆的小车停在桥头。",
    "桥那头的学校传来读书声，一位老人坐在石阶上看报。",
    "他说这张报纸他看了三十年，每天都从最后一版看起。",
    "天气渐渐暖和，柳条垂到水面，孩子们在岸上放风筝。",
)


def make_pdf(path: Path, pages: int = 1, **save: object) -> Path:
    """A born-digital PDF: a headline and a body in one column on each page."""
    with pymupdf.open() as document:
        for number in range(1, pages + 1):
            page = document.new_page(width=400, height=400)
            head = f"第{number}篇报道的大标题"
            page.insert_text((40, 60), head, fontname="china-s", fontsize=26)
            for line in range(12):
                text = SENTENCES[(number + line) % len(SENTENCES)]
                page.insert_text((40, 100 + 18 * line), text, fontname="china-s", fontsize=11)
        document.save(path, **save)
    return path


def digitise_command(*arguments: object) -> list[str]:
    return [sys.executable, "-P", "-m", "digitise", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    """As on a machine set to English, whatever this one is set to."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), **more}


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def digitise(tmp_path: Path) -> Run:
    """Runs the command line in a process of its own, in an empty folder."""

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            digitise_command(*arguments),
            cwd=tmp_path,
            env=environment(**more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return run


def tree(folder: Path, hidden: bool = False) -> dict[str, bytes]:
    """Every file below `folder` by name; `hidden`: also what is kept between runs."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (hidden or not _is_hidden(path.relative_to(folder).parts))
    }


def _is_hidden(parts: Sequence[str]) -> bool:
    return any(part.startswith(".") for part in parts)


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[..., Path]:
    def make(name: str = "issue.pdf", pages: int = 1, **save: object) -> Path:
        return make_pdf(tmp_path / name, pages, **save)

    return make


@pytest.fixture
def files_below() -> Callable[..., dict[str, bytes]]:
    return tree


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Any]:
    """One for all browsers of a process: Playwright can be started only once in it."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        yield running
