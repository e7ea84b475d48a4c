"""Which paths make up which issue, and which pages are meant."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digitise.errors import PageUnknown, UsageError
from digitise.grouping import batches, name_of, safe_name
from digitise.model import Page
from digitise.options import Options
from digitise.selection import by_label, by_number
from digitise.sources import PageRef

from ..conftest import make_pdf


def _png(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (20, 30), 255).save(path)
    return path


def test_folders_zips_and_long_files_are_issues_loose_pages_are_one(tmp_path: Path) -> None:
    folder = _png(tmp_path / "monday" / "1.png").parent
    _png(folder / "2.png")
    archive = tmp_path / "tuesday.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(folder / "1.png", "1.png")
    long = make_pdf(tmp_path / "wednesday.pdf", 3)
    loose = [_png(tmp_path / f"thursday_A0{n}.png") for n in (2, 1)]
    found = batches([folder, loose[0], archive, loose[1], long], Options())
    assert [(batch.id, len(batch.pages)) for batch in found] == [
        ("monday", 2),
        ("thursday", 2),
        ("tuesday", 1),
        ("wednesday", 3),
    ]
    joined = batches([folder, archive, long], Options(), one_issue=True, issue_id="all")
    assert [(batch.id, len(batch.pages)) for batch in joined] == [("all", 6)]
    with pytest.raises(UsageError):
        batches([folder, long], Options(), issue_id="both")


def test_issues_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    paths = [_png(tmp_path / year / "A" / "1.png").parent for year in ("2030", "2031")]
    assert [batch.id for batch in batches(paths, Options())] == ["A", "A-2"]


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (["/x/2023-12-08.pdf"], "2023-12-08"),
        (["/x/2023-12-08_A01.jpg", "/x/2023-12-08_A02.jpg"], "2023-12-08"),
        (["/x/2023-12-08_A01.jpg", "/x/2023-12-08_B01.jpg"], "2023-12-08"),
        (["/x/paper/1.png", "/x/paper/2.png"], "paper"),
        (["/x/a/1.png", "/x/b/2.png"], "1"),
    ],
)
def test_names(names: list[str], name: str) -> None:
    assert name_of([Path(n) for n in names]) == name


@given(st.text())
def test_any_name_becomes_the_name_of_a_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not safe.startswith(".")
    assert not set(safe) & set('/\\\0<>:"|?*\n')
    assert len(safe.encode()) <= 130
    assert safe_name(safe) == safe


REFS = tuple(PageRef(f"p{n:04d}", n, Path("a.pdf"), "pdf") for n in range(1, 6))
PAGES = tuple(Page(f"p{n:04d}", n, label=f"A{n}") for n in range(1, 6))


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ((), [1, 2, 3, 4, 5]),
        (("2",), [2]),
        (("2-4",), [2, 3, 4]),
        (("5", "1,3"), [1, 3, 5]),
        (("1，2",), [1, 2]),
    ],
)
def test_pages_by_number(wanted: tuple[str, ...], numbers: list[int]) -> None:
    assert [ref.number for ref in by_number(REFS, wanted)] == numbers
    assert by_label(PAGES, wanted) == {f"p{n:04d}" for n in numbers}


@pytest.mark.parametrize("label", ["A2", "a2", "A02", "Ａ２", " A2 "])
def test_pages_by_label(label: str) -> None:
    assert len(by_number(REFS, (label,))) == 5, "all have to be read to know their labels"
    assert by_label(PAGES, (label,)) == {"p0002"}
    assert by_label(PAGES, (label, "4")) == {"p0002", "p0004"}


@pytest.mark.parametrize("wanted", ["6", "0", "3-2", "4-9"])
def test_unknown_numbers(wanted: str) -> None:
    with pytest.raises(PageUnknown):
        by_number(REFS, (wanted,))


def test_unknown_labels() -> None:
    with pytest.raises(PageUnknown, match="B1"):
        by_label(PAGES, ("B1",))
