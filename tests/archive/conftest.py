"""Small issues, and a PostgreSQL of our own."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pymupdf
import pytest

from ..conftest import SENTENCES


def make_issue(
    path: Path, seed: int, pages: int = 1, title: str = "海州日报", date: str = ""
) -> Path:
    """A born-digital PDF with a masthead on its first page, of a text that `seed` varies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pymupdf.open() as document:
        for number in range(pages):
            page = document.new_page(width=420, height=420)
            top = 60.0
            if date and not number:
                year, month, day = (int(part) for part in date.split("-"))
                page.insert_text((130, 50), title, fontname="china-s", fontsize=34)
                line = f"{year}年{month}月{day}日  总第{seed + 1000}期  国内统一连续出版物号：CN33-0999"
                page.insert_text((60, 78), line, fontname="china-s", fontsize=9)
                page.draw_line((30, 90), (390, 90), width=1.5)
                top = 130.0
            head = f"第{seed}号乡村来信之{number + 1}"
            page.insert_text((50, top), head, fontname="china-s", fontsize=24)
            for row in range(10):
                text = _sentence(seed, 10 * number + row)
                page.insert_text((50, top + 36 + 18 * row), text, fontname="china-s", fontsize=10)
        document.save(path)
    return path


def _sentence(seed: int, row: int) -> str:
    """Words that differ between issues as those of newspapers do."""
    rng = random.Random(1000 * seed + row)
    who, what = rng.choice(_WHO), rng.choice(_WHAT)
    return (
        f"{who}{rng.randint(2, 99)}{what}，{SENTENCES[rng.randrange(4)][rng.randrange(9) :][:12]}"
    )


_WHO = (
    "渔民",
    "邮递员",
    "护士",
    "林场工人",
    "中学教师",
    "修车铺",
    "合唱队",
    "县医院",
    "戏班",
    "果农",
)
_WHAT = (
    "天没有出海",
    "封信送进山",
    "台手术之后",
    "棵树补栽完",
    "名学生返校",
    "辆旧车翻新",
    "场演出",
)


def fill(inbox: Path, count: int, pages: int = 1, first: int = 1) -> None:
    """`count` issues of one paper on days of March 2031."""
    for n in range(first, first + count):
        date = f"2031-03-{n:02d}"
        make_issue(inbox / f"haizhou-{date}.pdf", n, pages, date=date)
    settle(inbox)


def settle(folder: Path) -> None:
    """Makes all files look an hour old."""
    for path in folder.rglob("*"):
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 3600))


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server of its own in a temporary folder."""

    folder: Path
    port: int
    run: Callable[..., None]

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses='' -c fsync=off"
        self.run(
            "pg_ctl",
            "-w",
            "-D",
            self.folder / "data",
            "-l",
            self.folder / "log",
            "-o",
            options,
            "start",
        )

    def stop(self, how: str = "immediate") -> None:
        self.run("pg_ctl", "-w", "-D", self.folder / "data", "-m", how, "stop")

    def database(self, name: str) -> str:
        self.run("createdb", "-h", self.folder, "-p", self.port, "-U", "tester", name)
        return f"postgresql://tester@/{name}?host={self.folder}&port={self.port}"


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Skips where PostgreSQL is not installed, or where there is nobody to run it as."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    user: dict[str, object] = {}
    # Not below pytest's folder, whose path may be too long for a socket, and others may not enter.
    folder = Path(tempfile.mkdtemp(prefix="dgpg", dir="/tmp"))
    if os.geteuid() == 0:
        import pwd

        try:
            account = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def run(program: str, *arguments: object) -> None:
        subprocess.run(
            [str(programs / program), *map(str, arguments)],
            check=True, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            timeout=120, **user,
        )  # fmt: skip

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    there = Cluster(folder, port, run)
    try:
        run(
            "initdb",
            "-D",
            folder / "data",
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        )
        there.start()
        yield there
    finally:
        subprocess.run(
            [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop"],
            check=False, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **user,
        )  # fmt: skip
        shutil.rmtree(folder, ignore_errors=True)
