"""Mistakes planted in PDFs: in their threads, and against PDF/A-2u. Each is found."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from digitise.formats.exports import Bundle
from digitise.formats.exports.checks.pdfa import check_pdfa
from digitise.formats.exports.checks.threads import check_threads
from digitise.formats.exports.pdf import searchable_pdf
from digitise.model import Issue
from digitise.sources.pdftext import page_characters

Plant = Callable[[Pdf], object]


def _planted(data: bytes, plant: Plant, **options: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        plant(pdf)
        pdf.save(out, **options)
    return out.getvalue()


def _threads(data: bytes, issue: Issue, tmp_path: Path) -> set[tuple[str, str]]:
    path = tmp_path / "issue.pdf"
    path.write_bytes(data)
    found = check_threads(data, page_characters(path), issue, "issue.pdf")
    return {(f.code, f.id) for f in found}


@pytest.mark.parametrize("name", ["modern", "old", "stepped", "stepped_down"])
def test_threads_that_are_right(
    name: str, request: Any, bundled: Callable[..., Bundle], tmp_path: Path
) -> None:
    issue: Issue = request.getfixturevalue(name)
    for archival in (False, True):
        data = searchable_pdf(bundled(issue), archival=archival)
        assert _threads(data, issue, tmp_path) == set()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_threads_of_turned_pages(turn: int, modern: Issue, tmp_path: Path) -> None:
    from digitise.formats.exports import SourceFile

    path = tmp_path / "given.pdf"
    with pikepdf.new() as pdf:
        for page in modern.pages:
            size = (page.width * 0.36, page.height * 0.36)
            pdf.add_blank_page(page_size=size if turn == 180 else size[::-1])
            pdf.pages[-1].obj.Rotate = turn
        pdf.save(path)
    pages = tuple((page.id, i) for i, page in enumerate(modern.pages))
    source = SourceFile(path, "given.pdf", "", "application/pdf", 1, "0" * 64, pages)
    data = searchable_pdf(Bundle(modern, sources=(source,)))
    assert _threads(data, modern, tmp_path) == set()


def _swap_beads(pdf: Pdf) -> None:
    first = pdf.Root.Threads[0].F
    first.R, first.N.R = first.N.R, first.R


def _lose_a_bead(pdf: Pdf) -> None:
    first = pdf.Root.Threads[0].F
    first.N, first.N.N.V = first.N.N, first


def _break(pdf: Pdf) -> None:
    del pdf.Root.Threads[0].F.N.N


def _lose_the_thread(pdf: Pdf) -> None:
    pdf.Root.Threads = Array(list(pdf.Root.Threads)[1:])


def _widen(pdf: Pdf) -> None:
    bead = pdf.Root.Threads[0].F.N
    bead.R = Array([0, 0, 504, 648])


def _move(pdf: Pdf) -> None:
    pdf.Root.Threads[0].F.N.P = pdf.pages[1].obj


def _rename(pdf: Pdf) -> None:
    pdf.Root.Threads[1].I.Title = pikepdf.String("别的")


@pytest.mark.parametrize(
    ("plant", "told"),
    [(_swap_beads, {("text", "a001")}), (_lose_a_bead, {("text", "a001")}),
     (_break, {("thread", "a001"), ("text", "a001")}), (_lose_the_thread, {("thread", "a001")}),
     (_widen, {("text", "a001")}), (_move, {("text", "a001")}),
     (_rename, {("thread", "a002"), ("thread", "")})],
)  # fmt: skip
def test_a_mistake_in_a_thread(
    plant: Plant,
    told: set[tuple[str, str]],
    modern: Issue,
    bundled: Callable[..., Bundle],
    tmp_path: Path,
) -> None:
    data = _planted(searchable_pdf(bundled(modern)), plant)
    assert _threads(data, modern, tmp_path) == told


def test_text_corrected_after_the_pdf_was_made(
    modern: Issue, bundled: Callable[..., Bundle], tmp_path: Path
) -> None:
    data = searchable_pdf(bundled(modern))
    page = modern.pages[0]
    region = page.regions[1]
    line = replace(region.lines[0], text=region.lines[0].text.replace("清晨", "早晨"))
    changed = replace(region, lines=(line, *region.lines[1:]))
    regions = tuple(changed if r.id == region.id else r for r in page.regions)
    issue = replace(modern, pages=(replace(page, regions=regions), modern.pages[1]))
    assert _threads(data, issue, tmp_path) == {("text", "a001")}


def _claim(part: str) -> Plant:
    def plant(pdf: Pdf) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta["pdfaid:part"] = part

    return plant


def _of_fonts(change: Callable[[Any], object]) -> Plant:
    def plant(pdf: Pdf) -> None:
        for thing in pdf.objects:
            if isinstance(thing, Dictionary) and thing.get(Name.Type) == Name.Font:
                change(thing)

    return plant


def _drop(key: str) -> Callable[[Any], object]:
    return lambda thing: thing.__delitem__(key) if key in thing else None


def _unmap(font: Any) -> None:
    if "/ToUnicode" in font:
        text = font.ToUnicode.read_bytes().replace(b"<0003> <", b"<F003> <")
        font.ToUnicode.write(text)


def _no_glyph(font: Any) -> None:
    if "/CIDToGIDMap" in font:
        font.CIDToGIDMap.write(b"\0" * len(font.CIDToGIDMap.read_bytes()))


def _content(data: bytes) -> Plant:
    return lambda pdf: pdf.pages[0].contents_add(data)


def _in_root(key: str, value: Any) -> Plant:
    return lambda pdf: pdf.Root.__setitem__(key, value)


def _on_page(key: str, value: Any) -> Plant:
    def plant(pdf: Pdf) -> None:
        pdf.pages[0].obj[key] = pdf.make_indirect(value)

    return plant


def _picture(key: str, value: Any) -> Plant:
    return lambda pdf: pdf.pages[0].obj.Resources.XObject.Im0.__setitem__(key, value)


_SCRIPT = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
_AGAINST: list[tuple[str, Plant]] = [
    ("6.6.4", _claim("1")),
    ("6.6.2.1", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    ("6.6.3", lambda pdf: pdf.docinfo.__setitem__("/Title", pikepdf.String("other"))),
    ("6.2.3", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    ("6.2.3", lambda pdf: pdf.Root.OutputIntents[0].DestOutputProfile.write(b"none")),
    ("6.2.11.4.1", _of_fonts(lambda f: _drop("/FontFile2")(f.get("/FontDescriptor", {})))),
    ("6.2.11.4.1", lambda pdf: pdf.pages[0].obj.Resources.Font.__setitem__(
        "/F9", pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1,
                                            BaseFont=Name.Helvetica)))),
    ("6.2.11.7.2", _of_fonts(_drop("/ToUnicode"))),
    ("6.2.11.7.2", _of_fonts(_unmap)),
    ("6.2.11.8", _of_fonts(_no_glyph)),
    ("6.5.1", _in_root("/OpenAction", _SCRIPT)),
    ("6.5.1", _on_page("/X", Dictionary(S=Name.Launch))),
    ("6.5.2", _in_root("/AA", Dictionary())),
    ("6.8", _in_root("/Names", Dictionary(EmbeddedFiles=Dictionary()))),
    ("6.3.1", _on_page("/X", Dictionary(Type=Name.Annot, Subtype=Name.Movie))),
    ("6.4", _in_root("/AcroForm", Dictionary(NeedAppearances=True))),
    ("6.2.5", _on_page("/X", Dictionary(Type=Name.ExtGState, TR=Name.Identity))),
    ("6.2.10", _on_page("/X", Dictionary(Type=Name.ExtGState, BM=Name.Sparkle))),
    ("6.2.8", _picture("/Interpolate", True)),
    ("6.2.4.3", _picture("/ColorSpace", Name.DeviceCMYK)),
    ("6.2.4.3", _content(b"0 0 0 1 k")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "plant"), _AGAINST, ids=[f"{c}-{i}" for i, (c, _) in enumerate(_AGAINST)]
)
def test_a_mistake_against_pdfa(
    clause: str, plant: Plant, old: Issue, bundled: Callable[..., Bundle]
) -> None:
    data = searchable_pdf(bundled(old), archival=True)
    found = list(check_pdfa(_planted(data, plant), "issue-a.pdf"))
    assert [f for f in found if f"ISO 19005-2, {clause}:" in f.what[0]], found
    assert {f.code for f in found} == {"pdfa"}


def test_pdfa_that_is_right_encrypted_and_cut(old: Issue, bundled: Callable[..., Bundle]) -> None:
    data = searchable_pdf(bundled(old), archival=True)
    assert list(check_pdfa(data, "issue-a.pdf")) == []
    locked = _planted(data, lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user=""))
    assert [f.code for f in check_pdfa(locked, "issue-a.pdf")] == ["pdfa"]
    assert [f.what[0][:20] for f in check_pdfa(data + b"more", "issue-a.pdf")] == [
        "ISO 19005-2, 6.1.3: "
    ]  # fmt: skip
    assert "unreadable" in [f.code for f in check_pdfa(b"%PDF-1.7\n", "issue-a.pdf")]
    plain = [f.what[0] for f in check_pdfa(searchable_pdf(bundled(old)), "issue-a.pdf")]
    assert any("6.6.4" in text for text in plain) and any("6.2.3" in text for text in plain)
