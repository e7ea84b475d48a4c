"""Whole exports of an issue that was read from a PDF: pictures drawn once, files made once."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from lxml import etree
from PIL import Image

from digitise.exporting import export_issue
from digitise.formats.exports import Settings
from digitise.model import Issue, Page
from digitise.sources import PageRef

SIZE = 1500, 3000


@pytest.fixture
def read(modern: Issue, tmp_path: Path) -> tuple[Issue, Path]:
    """An issue whose pages are those of a PDF, and the PDF."""
    path = tmp_path / "given.pdf"
    with pymupdf.open() as document:
        for _ in modern.pages:
            shown = document.new_page(width=SIZE[0] / 4, height=SIZE[1] / 4)
            shown.draw_rect(pymupdf.Rect(50, 50, 100, 700), fill=(0.8, 0, 0))
        document.save(path)
    pages = tuple(replace(p, width=SIZE[0], height=SIZE[1]) for p in modern.pages)
    return replace(modern, pages=pages), path


def _refs(issue: Issue, path: Path) -> dict[str, PageRef]:
    return {
        page.id: PageRef(page.id, page.number, path, "pdf", i, "", str(path))
        for i, page in enumerate(issue.pages)
    }


def _export(
    issue: Issue, path: Path, names: list[str], out: Path, bag: tuple[str, ...] = ()
) -> Path:
    refs = _refs(issue, path)

    def find(page: Page) -> PageRef | None:
        return refs[page.id]

    export_issue(issue, names, out, find, Settings(bagged=bag))
    return out


def _files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_bag_beside_its_formats_is_the_bag_alone(
    read: tuple[Issue, Path], tmp_path: Path
) -> None:
    inside = ("mets", "html", "csv")
    both = _export(*read, ["bagit", *inside], tmp_path / "both", inside)
    alone = _export(*read, ["bagit"], tmp_path / "alone", inside)
    assert _files(both / "bag") == _files(alone / "bag")
    payload = _files(both / "bag/data")
    for name, data in _files(both).items():
        if not name.startswith("bag/"):
            assert payload[name] == data


def _listed(path: Path) -> dict[str, str]:
    """Place and checksum of the PDFs that a METS document lists, and points at for the issue."""
    top = etree.parse(path).getroot()
    pointed = {e.get("FILEID") for e in top.iterfind(".//{*}structMap/{*}div/{*}fptr")}
    return {
        str(e[0].get("{http://www.w3.org/1999/xlink}href")): str(e.get("CHECKSUM"))
        for e in top.iterfind(".//{*}fileSec//{*}file")
        if e.get("MIMETYPE") == "application/pdf" and e.get("ID") in pointed
    }


def test_mets_lists_the_pdfs_of_its_own_export(read: tuple[Issue, Path], tmp_path: Path) -> None:
    out = _export(*read, ["mets", "pdf", "pdfa", "bagit"], tmp_path / "out", ("mets", "pdfa"))
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in _files(out).items()}
    assert _listed(out / "mets.xml") == {n: sums[n] for n in ("issue.pdf", "issue-a.pdf")}
    inside = out / "bag/data"
    assert _listed(inside / "mets.xml") == {"issue-a.pdf": sums["bag/data/issue-a.pdf"]}
    alone = _export(*read, ["mets"], tmp_path / "alone")
    assert _listed(alone / "mets.xml") == {}
    refs = _refs(*read)
    for profile in ("enmap", "ndnp"):
        folder, settings = tmp_path / profile, Settings(profile=profile)
        export_issue(read[0], ["mets", "pdf"], folder, lambda p: refs[p.id], settings)
        assert list(_listed(folder / "mets.xml")) == ["issue.pdf"]


def test_small_pictures_show_the_page(read: tuple[Issue, Path], tmp_path: Path) -> None:
    out = _export(*read, ["html", "iiif"], tmp_path / "out")
    found = re.findall(
        r"data:image/jpeg;base64,([A-Za-z0-9+/=]+)", (out / "issue.html").read_text()
    )
    assert len(found) == 2
    for data in (base64.b64decode(found[0]), (out / "iiif/thumbs/p0001.jpg").read_bytes()):
        with Image.open(io.BytesIO(data)) as image:
            assert max(image.size) in (2400, 300)
            assert abs(image.width / image.height - SIZE[0] / SIZE[1]) < 0.01
            red = image.getpixel((image.width // 5, image.height // 2))
            white = image.getpixel((image.width * 3 // 4, image.height // 2))
            assert isinstance(red, tuple) and isinstance(white, tuple)
            assert red[0] > 150 > red[1] and min(white) > 240
    with Image.open(out / "iiif/images/p0001.jpg") as image:
        assert image.size == SIZE


def test_a_wicked_page_id_stays_in_the_folder(read: tuple[Issue, Path], tmp_path: Path) -> None:
    issue, path = read
    wicked = replace(
        issue, pages=tuple(replace(p, id=f"../../{p.id}") for p in issue.pages), articles=()
    )
    out = _export(wicked, path, ["mets", "iiif", "html", "bagit"], tmp_path / "a/b/out", ("csv",))
    assert {p for p in tmp_path.rglob("*.jpg") if not p.is_relative_to(out)} == set()
    assert len(list((out / "bag/data/images").iterdir())) == 2
