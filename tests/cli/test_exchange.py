"""export, import and validate at the command line, on real files."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digitise.cli import call
from digitise.cli.export import names_of
from digitise.formats.exports import FORMATS
from digitise.formats.issue_json import load_issue


@pytest.fixture(scope="module")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issue of two pages as `digitise run` writes it, with ALTO beside."""
    from tests.conftest import make_pdf

    folder = tmp_path_factory.mktemp("exchange")
    make_pdf(folder / "paper.pdf", 2)
    code = call(
        ["run", str(folder / "paper.pdf"), "-o", str(folder / "out"), "--format", "alto,txt",
         "--engine", "null", "--text-layer", "always"]
    )  # fmt: skip
    assert code == 0
    return folder


def read(path: Path) -> Any:
    return load_issue(path.read_bytes())


def test_run_writes_formats_too(run_once: Path, files_below: Callable[..., Any]) -> None:
    below = files_below(run_once / "out" / "paper" / "export")
    assert {name for name in below if name.startswith("alto/")} == {
        "alto/p0001.xml", "alto/p0002.xml",
    }  # fmt: skip
    issue = read(run_once / "out" / "paper" / "issue.json")
    digest = hashlib.sha256((run_once / "paper.pdf").read_bytes()).hexdigest()
    assert [(p.file.name, p.file.index, p.file.sha256) for p in issue.pages] == [
        ("paper.pdf", 0, digest), ("paper.pdf", 1, digest),
    ]  # fmt: skip


def test_there_and_back_by_mets(
    run_once: Path, tmp_path: Path, files_below: Callable[..., Any], capfd: Any
) -> None:
    source = str(run_once / "out" / "paper")
    assert call(["export", source, "-f", "mets", "-o", str(tmp_path / "a")]) == 0
    assert call(["import", str(tmp_path / "a" / "paper"), "-o", str(tmp_path / "b")]) == 0
    # The source is gone; the package holds all that is wanted.
    assert call(["export", str(tmp_path / "b"), "-f", "mets", "-o", str(tmp_path / "c")]) == 0
    first, second = files_below(tmp_path / "a"), files_below(tmp_path / "c")
    assert first == second
    assert {"paper/images/p0001.jpg", "paper/original/01.pdf", "paper/mets.xml"} <= set(first)
    assert first["paper/original/01.pdf"] == (run_once / "paper.pdf").read_bytes()
    capfd.readouterr()
    command = ["validate", str(tmp_path / "a"), "--issue", source, "--language", "en"]
    assert call(command) == 0
    assert "good (alto 2, mets 1, xml 1)" in capfd.readouterr().out


def test_a_mistake_names_file_and_place(run_once: Path, tmp_path: Path, capfd: Any) -> None:
    source = str(run_once / "out" / "paper")
    assert call(["export", source, "-f", "page", "-o", str(tmp_path)]) == 0
    path = tmp_path / "paper" / "page" / "p0002.xml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("石阶", "石阯"), encoding="utf-8")
    capfd.readouterr()
    assert call(["validate", str(tmp_path), "--issue", source, "--language", "en"]) == 13
    out = capfd.readouterr().out
    assert "page: a" in out
    assert "the article's text differs from character" in out
    assert call(["validate", str(tmp_path), "--issue", source, "--json", "--language", "zh"]) == 13
    told = json.loads(capfd.readouterr().out)
    assert told[0]["compared"]
    assert {f["code"] for f in told[0]["findings"]} == {"text"} | (
        {"region-text"} & {f["code"] for f in told[0]["findings"]}
    )
    assert "文章文字自第" in told[0]["findings"][-1]["what"]


def test_images_are_found_where_they_have_been_moved(
    run_once: Path, tmp_path: Path, capfd: Any
) -> None:
    shutil.copytree(run_once / "out" / "paper", tmp_path / "paper")
    shutil.rmtree(tmp_path / "paper" / ".work")
    moved = tmp_path / "elsewhere" / "renamed.pdf"
    moved.parent.mkdir()
    shutil.copy(run_once / "paper.pdf", moved)
    out = str(tmp_path / "out")
    command = ["export", str(tmp_path / "paper"), "-f", "mets", "-o", out, "--language", "en"]
    assert call(command) == 0
    assert "no image was found for p0001, p0002" in capfd.readouterr().err
    assert not (tmp_path / "out" / "paper" / "images").exists()
    assert call([*command, "--no-images"]) == 0
    assert capfd.readouterr().err == ""
    assert call([*command, "--images", str(moved.parent)]) == 0
    assert capfd.readouterr().err == ""
    assert (tmp_path / "out" / "paper" / "images" / "p0002.jpg").exists()


def test_one_bad_issue_costs_itself(run_once: Path, tmp_path: Path, capfd: Any) -> None:
    shutil.copytree(run_once / "out" / "paper", tmp_path / "in" / "good")
    (tmp_path / "in" / "bad").mkdir(parents=True)
    (tmp_path / "in" / "bad" / "issue.json").write_text("{")
    code = call(["export", str(tmp_path / "in"), "-f", "alto", "-o", str(tmp_path / "out")])
    assert code == 20
    assert (tmp_path / "out" / "paper" / "alto" / "p0001.xml").exists()
    assert "not exported" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["export", "{t}", "-f", "alto", "-o", "{t}/o"], 3, "no issue.json"),
        (["export", "{t}", "-f", "word", "-o", "{t}/o"], 2, "no format word"),
        (["export", "{t}/nothing", "-f", "alto", "-o", "{t}/o"], 3, "no issue.json"),
        (["import", "{t}/nothing", "-o", "{t}/o"], 3, "no such file"),
        (["import", "{t}", "-o", "{t}/o"], 3, "holds no METS"),
        (["import", "{t}/plain.xml", "-o", "{t}/o"], 4, "no METS, ALTO, PAGE or hOCR"),
        (["import", "{t}/cut.xml", "-o", "{t}/o"], 13, "not well-formed"),
        (["import", "{t}/empty.xml", "-o", "{t}/o"], 13, "no page of it has ALTO"),
        (["validate", "{t}/nothing"], 3, "no such file"),
        (["validate", "{t}/other.txt"], 4, "nothing that can be checked"),
        (["validate", "{t}/cut.xml"], 13, "not well-formed"),
        (["validate", "{t}", "--schemas", "{t}/no"], 3, "no such folder of schemas"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], code: int, said: str, tmp_path: Path, capfd: Any
) -> None:
    folder = tmp_path / "t"
    folder.mkdir()
    (folder / "other.txt").write_text("text")
    if arguments[0] != "import" or "xml" in arguments[1]:
        (folder / "plain.xml").write_text("<plain/>")
        (folder / "cut.xml").write_text('<alto xmlns="x"><Layout>')
        (folder / "empty.xml").write_text('<mets xmlns="http://www.loc.gov/METS/"/>')
    filled = [a.replace("{t}", str(folder)) for a in arguments]
    assert call([*filled, "--language", "en"]) == code
    captured = capfd.readouterr()
    assert said in captured.out + captured.err


def test_names_of_formats() -> None:
    assert names_of(("ALTO, md", "txt", "alto")) == ["alto", "markdown", "text"]
    assert set(names_of(("txt-flow", "bag"))) <= set(FORMATS)


def test_a_package_of_a_library(tmp_path: Path, capfd: Any) -> None:
    """Four pages of 1824 as a library delivers them, 26 articles: in, and out again."""
    folder = os.environ.get("DIGITISE_LIBRARY_ISSUE", "")
    if not folder:
        pytest.skip("DIGITISE_LIBRARY_ISSUE names no folder with a METS/ALTO issue of 26 articles")
    assert call(["import", folder, "-o", str(tmp_path / "a")]) == 0
    place = next((tmp_path / "a").glob("*/issue.json"))
    issue = read(place)
    assert sum(article.kind == "article" for article in issue.articles) == 26
    assert sum(article.kind == "advertisement" for article in issue.articles) == 1
    assert (len(issue.pages), issue.masthead.date) == (4, "1824-02-17")
    assert any(len(article.parts) == 2 for article in issue.articles)
    for step in ("b", "d"):
        source = str(tmp_path / chr(ord(step) - 1))
        command = ["export", source, "-f", "mets,page,tei", "-o", str(tmp_path / step)]
        assert call([*command, "--no-images"]) == 0
        assert call(["import", str(tmp_path / step), "-o", str(tmp_path / chr(ord(step) + 1))]) == 0
    for path in sorted((tmp_path / "b").rglob("*.xml")):
        again = tmp_path / "d" / path.relative_to(tmp_path / "b")
        if path.name != "issue.tei.xml":
            assert again.read_bytes() == path.read_bytes(), path.name
    capfd.readouterr()
    assert call(["validate", str(tmp_path / "b"), "--issue", str(tmp_path / "a")]) == 0
