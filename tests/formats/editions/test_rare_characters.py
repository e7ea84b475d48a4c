"""Characters that few fonts have, and some that no XML can hold, through every format and back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest

from digitise.exporting import export_issue
from digitise.formats.exports import FORMATS
from digitise.formats.issue_json import dump_issue, load_issue
from digitise.formats.write import write_issue
from digitise.importing import import_issues
from digitise.model import Article, Issue, Line, Masthead, Page, Part, Region, WritingMode
from digitise.validating import validate

RARE = {
    "extensions B to H": "𠮷野家𪚥𫝀𫢸𬺰𮯠𰻞𱍐",
    "compatibility": "豈更\U0002f800丽",
    "private use": "用\ue000造\uf8ff字\U000f0000者\U0010fffd",
    "variation sequences": "葛\U000e0100城葛\U000e0101城辻\ufe00",
    "composed": "が\u3099ぎe\u0301ỹ𝒳Ⅻ㊙️",
    "marks": "〇々〻ㄅㄆ㈱﹁﹂︵︶…——·",
    "signs of XML": "<甲>&乙;\"丙'丁]]>",
    "other scripts": "ᠮᠣᠩᠭᠣᠯབོད་སྐད한글",
}
UNHELD = {"control characters": "清\x01晨\x0b散\x1f步", "no characters": "河\ufffe边\uffff"}


def _issue(line: Callable[..., Line], mode: WritingMode, texts: dict[str, str]) -> Issue:
    lines = tuple(
        line(f"p0001-r001-l{i:03d}", text, *_place(i, mode), 40, mode, 0.0)
        for i, text in enumerate(texts.values())
    )
    box = ((60.0, 60.0), (1340.0, 60.0), (1340.0, 1700.0), (60.0, 1700.0))
    region = Region("p0001-r001", "body", box, mode, lines)
    page = Page("p0001", 1, "", "", 1400, 1800, 200, (region,), (region.id,))
    article = Article(
        "a001", paragraphs=("".join(texts.values()),), parts=(Part("p0001", (region.id,)),)
    )
    return Issue("rare", "字報", Masthead("字報", "1931-04-05"), (page,), (article,))


def _place(number: int, mode: WritingMode) -> tuple[float, float]:
    return (1200 - 80 * number, 100) if mode == "vertical-rl" else (100, 100 + 80 * number)


def _export(issue: Issue, names: list[str], out: Path) -> dict[str, bytes]:
    export_issue(issue, names, out, lambda page: None)
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


@pytest.mark.parametrize("mode", ["horizontal-tb", "vertical-rl"])
def test_rare_characters_everywhere(
    mode: WritingMode, line: Callable[..., Line], tmp_path: Path
) -> None:
    issue = _issue(line, mode, RARE)
    whole = "".join(RARE.values())
    files = _export(issue, list(FORMATS), tmp_path / "out")
    (verdict,) = validate([tmp_path / "out"], issues=[_kept(issue, tmp_path)])
    assert verdict.compared and verdict.findings == ()
    for name in ("text/pages/p0001.txt", "markdown/001.md", "text/articles/001.txt"):
        shown = files[name].decode()
        for text in RARE.values():
            assert text in shown.replace("\n", "") or name.endswith(".md"), (name, text)
    row = json.loads(files["articles.jsonl"])
    assert row["paragraphs"] == [whole]
    table = list(csv.reader(io.StringIO(files["articles.csv"].decode("utf-8-sig"), newline="")))
    assert table[1][table[0].index("characters")] == str(len("".join(whole.split())))
    page = lxml.html.document_fromstring(files["issue.html"].decode())
    assert whole in "".join(page.itertext())
    notes = json.loads(files["iiif/annotations/p0001.json"])
    assert [n["body"]["value"] for n in notes["items"]] == list(RARE.values())


def _kept(issue: Issue, tmp_path: Path) -> Path:
    (tmp_path / "kept").mkdir()
    path = tmp_path / "kept/issue.json"
    path.write_bytes(dump_issue(issue))
    return path


@pytest.mark.parametrize("name", ["mets", "page", "alto", "alto-4.2", "alto-3.1", "hocr"])
def test_rare_characters_there_and_back(
    name: str, line: Callable[..., Line], tmp_path: Path
) -> None:
    issue = load_issue(dump_issue(_issue(line, "vertical-rl", RARE)))
    first = _export(issue, [name], tmp_path / "a")
    (read,) = import_issues([tmp_path / "a"], tmp_path / "b", issue_id="rare")
    assert read.error is None and read.issue is not None
    texts = [x.text for p in read.issue.pages for r in p.regions for x in r.lines]
    assert texts == list(RARE.values())
    if name != "hocr":
        assert _export(read.issue, [name], tmp_path / "c") == first


def test_what_no_format_can_hold_becomes_a_replacement(
    line: Callable[..., Line], tmp_path: Path
) -> None:
    """The same one in every XML format; each is well formed and checks clean."""
    raw = _issue(line, "horizontal-tb", {**UNHELD, **RARE})
    folder = write_issue(raw, tmp_path / "run")
    issue = load_issue((folder / "issue.json").read_bytes())
    files = _export(issue, list(FORMATS), tmp_path / "out")
    for name in ("alto/p0001.xml", "page/p0001.xml", "issue.tei.xml", "issue.hocr.html"):
        shown = files[name].decode()
        assert "清\ufffd晨" in shown and "河\ufffd边\ufffd" in shown, name
    (verdict,) = validate([tmp_path / "out"], issues=[folder])
    assert verdict.findings == ()
