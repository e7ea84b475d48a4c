from __future__ import annotations

import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from digitise.errors import DigitiseError, InputEncrypted, InputMissing, InputUnreadable
from digitise.options import Options
from digitise.sources import PageRef, archives, digest, expand, inspect, load_scan

from .conftest import picture, write


def a_pdf(path: Path, pages: int = 1, **save: object) -> Path:
    with pymupdf.open() as document:
        for i in range(pages):
            write(document.new_page(width=200, height=300), 20, 40, f"第{i + 1}页")
        document.save(path, **save)
    return path


def an_image(path: Path) -> Path:
    picture().save(path)
    return path


def test_a_folder_is_one_issue_in_natural_order(tmp_path: Path, options: Options) -> None:
    for name in ("p10.png", "p2.png", "p1.png"):
        an_image(tmp_path / name)
    a_pdf(tmp_path / "p3.pdf", pages=2)
    refs = expand([tmp_path], options)
    assert [(r.path.name, r.index) for r in refs] == [
        ("p1.png", 0),
        ("p2.png", 0),
        ("p3.pdf", 0),
        ("p3.pdf", 1),
        ("p10.png", 0),
    ]
    assert [r.id for r in refs] == ["p0001", "p0002", "p0003", "p0004", "p0005"]
    assert refs[3].source == "p3.pdf#2"
    assert pickle.loads(pickle.dumps(refs)) == refs


def test_what_is_no_page_is_passed_over(tmp_path: Path, options: Options) -> None:
    an_image(tmp_path / "p1.png")
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    (tmp_path / ".p0.png").write_bytes(b"x")
    (tmp_path / "__MACOSX").mkdir()
    an_image(tmp_path / "__MACOSX" / "p2.png")
    assert [r.path.name for r in expand([tmp_path], options)] == ["p1.png"]


def test_a_broken_file_does_not_lose_the_others(tmp_path: Path, options: Options) -> None:
    an_image(tmp_path / "p1.png")
    (tmp_path / "p2.png").write_bytes(b"")
    a_pdf(tmp_path / "p3.pdf")
    refs = expand([tmp_path], options)
    assert len(refs) == 3
    with pytest.raises(InputUnreadable, match="empty"):
        load_scan(refs[1], options)
    assert load_scan(refs[2], options).pixels.size


def test_one_file_named_twice_is_one_page(tmp_path: Path, options: Options) -> None:
    path = an_image(tmp_path / "p1.png")
    assert len(expand([path, tmp_path], options)) == 1


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("none.pdf", None, InputMissing),
        ("zero.pdf", b"", InputUnreadable),
        ("zero.tif", b"", InputUnreadable),
        ("text.pdf", "这是一段文字。".encode(), InputUnreadable),
        ("text.jpg", b"just words", InputUnreadable),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Cat", InputUnreadable),
        ("notes.txt", b"hello", InputUnreadable),
        ("bad.zip", b"PK\x03\x04 and nothing more", InputUnreadable),
    ],
)
def test_a_lone_wrong_file_is_one_clear_sentence(
    tmp_path: Path, options: Options, name: str, content: bytes | None, kind: type[DigitiseError]
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(kind) as caught:
        expand([path], options)
    for language in ("en", "zh"):
        assert str(path) in caught.value.text(language)
        assert all(caught.value.remedy)


def test_a_folder_without_pages(tmp_path: Path, options: Options) -> None:
    with pytest.raises(InputMissing):
        expand([tmp_path], options)
    with pytest.raises(InputMissing):
        expand([], options)


def test_encrypted_pdf(tmp_path: Path, options: Options) -> None:
    locked = pymupdf.PDF_ENCRYPT_AES_256
    path = a_pdf(tmp_path / "a.pdf", encryption=locked, user_pw="u", owner_pw="o")
    with pytest.raises(InputEncrypted):
        expand([path], options)
    open_to_read = a_pdf(tmp_path / "b.pdf", encryption=locked, owner_pw="o")
    assert len(expand([open_to_read], options)) == 1


def test_a_missing_file_among_others_is_one_failing_page(tmp_path: Path, options: Options) -> None:
    refs = expand([an_image(tmp_path / "p1.png"), tmp_path / "p2.png"], options)
    with pytest.raises(InputMissing):
        load_scan(refs[1], options)
    with pytest.raises(InputMissing):
        digest(refs[1])


def test_zip_is_read_without_unpacking(tmp_path: Path, options: Options) -> None:
    image = an_image(tmp_path / "page.png")
    path = tmp_path / "issue.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("10版.png", "2版.png", "../../evil.png", "C:\\evil.png", "__MACOSX/._2版.png"):
            archive.write(image, name)
    refs = expand([path], options)
    assert [r.member for r in refs] == ["2版.png", "10版.png"]
    assert load_scan(refs[0], options).pixels.shape == (300, 200)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["issue.zip", "page.png"]


def test_names_of_old_chinese_zip_programs(tmp_path: Path, options: Options) -> None:
    info = zipfile.ZipInfo("第2版.png".encode("gbk").decode("cp437"))
    assert archives.shown_name(info) == "第2版.png"
    assert archives.shown_name(zipfile.ZipInfo("page2.png")) == "page2.png"


def test_zip_bomb_and_encrypted_member(
    tmp_path: Path, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "issue.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(an_image(tmp_path / "p1.png"), "p1.png")
        archive.writestr("p2.bmp", b"BM" + bytes(3_000_000))
    monkeypatch.setattr(archives, "MAX_MEMBER_BYTES", 1_000_000)
    refs = expand([path], options)
    with pytest.raises(DigitiseError) as caught:
        load_scan(refs[1], options)
    assert caught.value.exit_code == 6
    # Set the flag bit "encrypted" of the first member, in both of its headers.
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(InputEncrypted):
        load_scan(refs[0], options)


def test_digest_is_of_content_and_page(tmp_path: Path, options: Options) -> None:
    refs = expand([a_pdf(tmp_path / "a.pdf", pages=2)], options)
    copy = tmp_path / "copy" / "b.pdf"
    copy.parent.mkdir()
    copy.write_bytes((tmp_path / "a.pdf").read_bytes())
    again = expand([copy], options)
    assert digest(refs[0]) == digest(again[0]) != digest(refs[1])
    copy.write_bytes(copy.read_bytes() + b"%")
    assert digest(refs[0]) != digest(again[0])


def test_inspect_tells_what_is_there(pdf: Callable[..., PageRef], options: Options) -> None:
    def draw(page: pymupdf.Page) -> None:
        write(page, 50, 50, "报纸的文字")
        write(page, 50, 90, "看不见的字", render_mode=3)

    ref = pdf(draw, (595, 842))
    (facts,) = inspect([ref.path], options)
    assert (round(facts.width), round(facts.height)) == (210, 297)
    assert facts.characters == 10
    assert facts.hidden_share == 0.5
    assert facts.fonts[0].common_share == 1.0
