"""A page that breaks costs that page alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import digitise
from digitise.errors import (
    EngineFailed,
    InputEncrypted,
    InputMissing,
    OutputUnwritable,
    UsageError,
)

from ..conftest import make_pdf


def _mixed(folder: Path) -> Path:
    """Two born-digital pages round one that has to be recognised."""
    folder.mkdir()
    make_pdf(folder / "1.pdf")
    scan = make_pdf(folder / "scan.pdf")
    import pymupdf

    with pymupdf.open(scan) as document:
        document[0].get_pixmap(dpi=100).save(folder / "2.png")
    scan.unlink()
    make_pdf(folder / "3.pdf")
    return folder


@pytest.mark.parametrize(
    ("engine", "says"),
    [
        ("faulty:detect", "as it was asked to"),
        ("faulty:crash", "broke off"),
        ("faulty:hang", "given up"),
    ],
)
def test_the_others_are_written(engine: str, says: str, tmp_path: Path) -> None:
    options = digitise.Options(engine=engine, text_layer="always")
    result = digitise.run([_mixed(tmp_path / "p")], tmp_path / "out", options, page_seconds=15)
    assert result.exit_code == 20
    (failure,) = result.failures
    assert failure.page_id == "p0002"
    assert failure.source == "2.png"
    assert isinstance(failure.error, EngineFailed)
    assert says in failure.error.text("en")
    issue = result.issues[0].issue
    assert issue is not None
    assert not issue.complete
    assert [bool(page.error) for page in issue.pages] == [False, True, False]
    assert [bool(page.regions) for page in issue.pages] == [True, False, True]


def test_a_failed_page_is_tried_again(tmp_path: Path) -> None:
    given = _mixed(tmp_path / "p")
    broken = digitise.Options(engine="faulty:crash", text_layer="always")
    digitise.run([given], tmp_path / "out", broken)
    seen: list[digitise.Progress] = []
    digitise.run([given], tmp_path / "out", broken, progress=seen.append)
    assert {p.page_id: p.cached for p in seen} == {"p0001": True, "p0002": False, "p0003": True}


def test_when_every_page_fails_the_exit_code_is_theirs(tmp_path: Path) -> None:
    given = make_pdf(tmp_path / "a.pdf", 2)
    options = digitise.Options(engine="faulty:detect", text_layer="never")
    assert digitise.run([given], tmp_path / "out", options).exit_code == EngineFailed.exit_code


def test_a_whole_issue_that_cannot_be_opened(tmp_path: Path) -> None:
    locked = make_pdf(tmp_path / "locked.pdf", encryption=5, user_pw="u", owner_pw="o")
    result = digitise.run([locked], tmp_path / "out")
    (failure,) = result.failures
    assert isinstance(failure.error, InputEncrypted)
    assert result.issues[0].issue is None
    assert result.exit_code == InputEncrypted.exit_code


def test_what_is_raised_and_what_is_not(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        digitise.run([], tmp_path / "out")
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputUnwritable):
        digitise.run([make_pdf(tmp_path / "a.pdf")], tmp_path / "file")
    (failure,) = digitise.run([tmp_path / "none.pdf"], tmp_path / "out").failures
    assert isinstance(failure.error, InputMissing)
