"""Each kind of bad input: its own exit code, one clear sentence, nothing else lost."""

from __future__ import annotations

import json
import os
import random
import resource
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from digitise.cli import call

from ..conftest import digitise_command, environment, make_pdf


def encrypted(folder: Path) -> Path:
    return make_pdf(folder / "locked.pdf", encryption=5, user_pw="u", owner_pw="o")


def empty(folder: Path) -> Path:
    path = folder / "empty.pdf"
    path.write_bytes(b"")
    return path


def truncated_png(folder: Path) -> Path:
    path = folder / "cut.png"
    noise = bytes(random.Random(1).randrange(256) for _ in range(300 * 400))
    Image.frombytes("L", (300, 400), noise).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def truncated_pdf(folder: Path) -> Path:
    path = make_pdf(folder / "cut.pdf")
    path.write_bytes(path.read_bytes()[:300])
    return path


def half_pdf(folder: Path) -> Path:
    """The pages are still listed, what is on them is gone."""
    path = make_pdf(folder / "half.pdf")
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"stream\n") + 40])
    return path


def text(folder: Path) -> Path:
    path = folder / "letter.pdf"
    path.write_text("Dear reader, this is no PDF.\n" * 50)
    return path


def missing(folder: Path) -> Path:
    return folder / "nowhere.pdf"


def no_pages(folder: Path) -> Path:
    path = folder / "nothing"
    path.mkdir()
    (path / "notes.txt").write_text("no page")
    return path


def white(folder: Path) -> Path:
    path = folder / "white.png"
    Image.new("L", (1200, 1600), 255).save(path, dpi=(150, 150))
    return path


def black(folder: Path) -> Path:
    path = folder / "black.png"
    Image.new("L", (1200, 1600), 0).save(path, dpi=(150, 150))
    return path


def noise(folder: Path) -> Path:
    path = folder / "noise.png"
    pixels = random.Random(2).randbytes(800 * 1000)
    Image.frombytes("L", (800, 1000), pixels).save(path, dpi=(150, 150))
    return path


def one_pixel(folder: Path) -> Path:
    path = folder / "dot.png"
    Image.new("L", (1, 1), 0).save(path)
    return path


def bomb(folder: Path) -> Path:
    """A PNG whose header says 40,000 x 40,000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    path = folder / "bomb.png"
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(100_000))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )
    return path


CASES: dict[Callable[[Path], Path], tuple[int, ...]] = {
    missing: (3,),
    no_pages: (3,),
    empty: (4,),
    text: (4,),
    truncated_pdf: (4,),
    half_pdf: (4,),
    truncated_png: (4,),
    encrypted: (5,),
    bomb: (6,),
    white: (7,),
    black: (7,),
    noise: (7,),
    one_pixel: (7,),
}


def _shape(message: str) -> None:
    last = message.strip().splitlines()[-1]
    assert last.startswith(("Error: ", "错误："))
    assert last.endswith((".", "。"))
    assert "Traceback" not in message


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_each_has_its_exit_code_and_sentence(
    make: Callable[[Path], Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bad = make(tmp_path)
    code = call(["--language", "en", "run", str(bad), "-o", str(tmp_path / "out")])
    err = capfd.readouterr().err
    assert code in CASES[make], err
    assert bad.name in err.splitlines()[-1]
    _shape(err)


@pytest.mark.parametrize("make", [empty, encrypted], ids=lambda make: make.__name__)
def test_in_chinese_too(
    make: Callable[[Path], Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    call(["run", "--language", "zh", str(make(tmp_path)), "-o", str(tmp_path / "out")])
    err = capfd.readouterr().err
    _shape(err)
    assert err.splitlines()[-1].startswith("错误：")


def test_the_other_pages_are_written_and_the_issue_is_marked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    make_pdf(folder / "1.pdf")
    encrypted(folder).rename(folder / "2.pdf")
    empty(folder).rename(folder / "3.png")
    white(folder).rename(folder / "4.png")
    make_pdf(folder / "5.pdf")
    out = tmp_path / "out"
    code = call(["run", "--language", "en", str(folder), "-o", str(out)])
    assert code == 20
    issue = json.loads((out / "paper" / "issue.json").read_text(encoding="utf-8"))
    assert issue["complete"] is False
    assert [bool(page["error"]) for page in issue["pages"]] == [False, True, True, True, False]
    assert all(str(tmp_path) not in page["error"] for page in issue["pages"])
    assert "大标题" in (out / "paper" / "pages" / "p0005.txt").read_text(encoding="utf-8")
    shown = capfd.readouterr().out
    assert "INCOMPLETE" in shown
    for page in ("p0002", "p0003", "p0004"):
        assert page in shown


def test_one_bad_issue_leaves_the_others(tmp_path: Path) -> None:
    good = make_pdf(tmp_path / "good.pdf", 2)
    bad = no_pages(tmp_path)
    out = tmp_path / "out"
    assert call(["run", str(bad), str(good), "-o", str(out)]) == 20
    assert json.loads((out / "good" / "issue.json").read_text(encoding="utf-8"))["complete"] is True
    assert not (out / "nothing" / "issue.json").exists()


@pytest.mark.parametrize("page", ["7", "0", "2-1", "C9"])
def test_an_unknown_page(page: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    given = make_pdf(tmp_path / "a.pdf")
    code = call(
        ["run", "--language", "en", str(given), "-o", str(tmp_path / "out"), "--pages", page]
    )
    assert code == 12
    err = capfd.readouterr().err
    _shape(err)
    assert page in err.splitlines()[-1]


def test_an_output_that_cannot_be_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    given = make_pdf(tmp_path / "a.pdf")
    (tmp_path / "file").write_text("in the way")
    assert call(["run", str(given), "-o", str(tmp_path / "file"), "--language", "en"]) == 8
    _shape(capfd.readouterr().err)


def test_an_output_that_is_full(tmp_path: Path) -> None:
    """The system lets no file grow beyond 4 kB: what a full disk does, in the middle of a run."""
    given = make_pdf(tmp_path / "a.pdf")
    limits = (4096, 4096)
    done = subprocess.run(
        digitise_command("run", given, "-o", tmp_path / "out"),
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 8, done.stderr
    _shape(done.stderr)
    assert not list((tmp_path / "out").rglob("*.part"))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["run"], 2),
        (["run", "x.pdf"], 2),
        (["nonsense"], 2),
        (["run", "x.pdf", "-o", "y", "--jobs", "0"], 2),
        (["run", "x.pdf", "-o", "y", "--text-layer", "maybe"], 2),
        (["run", "x.pdf", "-o", "y", "--nonsense"], 2),
        (["run", "x.pdf", "-o"], 2),
        (["evaluate", "nowhere", "nowhere"], 3),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_command_line_that_cannot_be_understood(
    arguments: list[str],
    code: int,
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["--language", language, *arguments]) == code
    _shape(capfd.readouterr().err)


def test_an_unknown_engine(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    given = make_pdf(tmp_path / "a.pdf")
    code = call(
        ["run", "--language", "en", str(given), "-o", str(tmp_path / "out"), "--engine", "abc"]
    )
    assert code == 2
    assert "abc" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux only")
@pytest.mark.parametrize("inside", [False, True])
def test_a_name_that_is_not_utf8(inside: bool, tmp_path: Path) -> None:
    """As unpacked from an archive made on a Chinese Windows: names in GBK."""
    folder = tmp_path / "paper"
    folder.mkdir()
    plain = make_pdf(tmp_path / "plain.pdf")
    named = folder / os.fsdecode("报纸一版.pdf".encode("gbk"))
    named.write_bytes(plain.read_bytes())
    out = tmp_path / "out"
    code = call(["run", str(folder if inside else named), "-o", str(out), "--engine", "null"])
    assert code == 0
    (written,) = out.glob("*/pages/p0001.txt")
    assert "大标题" in written.read_text(encoding="utf-8")
