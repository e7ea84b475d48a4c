"""An issue that people corrected is read again by another engine, for real: nothing they did is
lost, and every export still says the same."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image

from digitise import Options, run
from digitise.archive import Archive, add_issue, list_issues, open_archive
from digitise.archive.corrections import people
from digitise.archive.corrections.people import User
from digitise.archive.search import Query, search
from digitise.model import Issue
from digitise.validating import validate
from digitise.workbench.passwords import hashed

from ..conftest import ROOT
from .conftest import PASSWORD, Desk, Served, serving, settings

SCAN = ROOT / "samples" / "lanjiang-2026-03-17-scan" / "p2.jpg"
PIECE = (2690, 1460, 4060, 2890)
"""A letter and what the editors say to it, in a frame: pixels of the scan."""

FORMATS = ("alto", "page", "tei", "hocr", "mets", "pdf")


def _tesseract() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    return "chi_sim" in told.stdout


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "p1.png"
    with Image.open(SCAN) as page:
        page.crop(PIECE).save(path, dpi=(300, 300))
    return path


def _read(scan: Path, out: Path, engine: str) -> Issue:
    (made,) = run([scan], out, Options(engine=engine), issue_id="piece").issues
    assert made.issue is not None
    return made.issue


@pytest.fixture(scope="module")
def readings(scan: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Issue, Issue]:
    if not _tesseract():
        pytest.skip("Tesseract with chi_sim is not installed")
    out = tmp_path_factory.mktemp("read")
    first, second = (_read(scan, out / name, name) for name in ("rapid", "tesseract"))
    lines = [[x.text for r in one.pages[0].regions for x in r.lines] for one in (first, second)]
    assert len(lines[0]) >= 25
    assert sum(text in lines[1] for text in lines[0]) < 0.9 * len(lines[0]), "another reading"
    return first, second


@pytest.fixture
def served(readings: tuple[Issue, Issue], scan: Path, tmp_path: Path) -> Iterator[Served]:
    archive = open_archive(tmp_path / "archive", create=True)
    add_issue(archive, readings[0], [scan], name="piece")
    people.add_user(archive, User("bianji", "Bianji", "editor", True, hashed(PASSWORD)))
    yield from serving(archive, settings(tmp_path / "cache"))


class Editing:
    """What an editor does, and what he finds later."""

    def __init__(self, desk: Desk, archive: Archive) -> None:
        self.desk = desk
        self.issue = list_issues(archive)[0].id
        self.place = f"/api/issues/{quote(self.issue)}"
        self.count = 0

    @property
    def page(self) -> Any:
        return self.desk.get(f"{self.place}/pages/p0001")

    def do(self, **operation: Any) -> None:
        self.count += 1
        sent = {"operations": [{"id": f"anew-{self.count:05d}", "bases": {}, **operation}]}
        (result,) = self.desk.post(f"{self.place}/operations", sent)["results"]
        assert result["status"] == "applied", (operation, result)

    def articles(self) -> list[Any]:
        found = [one for one in self.desk.get(self.place)["articles"] if one["kind"] == "article"]
        return [self.desk.get(f"{self.place}/articles/{one['id']}")["article"] for one in found]


def _middle(line: Any) -> tuple[float, float]:
    xs, ys = zip(*line["polygon"], strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)


def _typed(editing: Editing, share: float) -> list[tuple[Any, str]]:
    """Some lines with one character put otherwise, others confirmed: (line, its text)."""
    dice = random.Random(3)
    lines = [line for line in editing.page["lines"].values() if len(line["text"]) > 3]
    out = []
    for line in dice.sample(lines, int(share * len(lines))):
        text, at = line["text"], dice.randrange(len(line["text"]))
        if dice.random() < 0.8:
            text = text[:at] + dice.choice("甲乙丙丁戊己庚辛") + text[at + 1 :]
        editing.do(type="set_text", line=line["id"], text=text, bases={line["id"]: line["version"]})
        out.append((line, text))
    return out


def _shared(text: str, other: str) -> int:
    """Places of a text that stand in the other with their neighbours."""
    return sum(text[i : i + 3] in other for i in range(len(text) - 2))


def _validated(editing: Editing, folder: Path) -> None:
    issue = folder / "issue" / "issue.json"
    issue.parent.mkdir(parents=True)
    at = f"/export/{quote(editing.issue)}"
    issue.write_bytes(editing.desk.http.get(f"{at}/json").content)
    for name in FORMATS:
        answer = editing.desk.http.get(f"{at}/{name}")
        assert answer.status_code == 200, answer.text
        (folder / name).mkdir()
        if answer.headers["content-type"] == "application/zip":
            with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                archive.extractall(folder / name)
        else:
            suffix = {"tei": "tei.xml", "hocr": "hocr.html", "pdf": "pdf"}.get(name, "xml")
            (folder / name / f"issue.{suffix}").write_bytes(answer.content)
        for verdict in validate([folder / name], issues=[issue]):
            assert verdict.error is None, (name, verdict.error)
            assert verdict.findings == (), name


@pytest.mark.parametrize("reshaped", [False, True], ids=["texts", "layout"])
def test_nothing_is_lost(
    reshaped: bool, served: Served, readings: tuple[Issue, Issue], scan: Path, tmp_path: Path
) -> None:
    editing = Editing(served.desk("bianji"), served.archive)
    typed = _typed(editing, 0.6)
    heads = {}
    for article in editing.articles():
        head = f"人工标题{article['id']}"
        for field, value in (("headline", head), ("byline", "本报记者 林舟")):
            version = editing.desk.get(f"{editing.place}/articles/{article['id']}")["article"][
                "version"
            ]
            editing.do(type="article_set", article=article["id"], field=field, value=value,
                       bases={article["id"]: version})  # fmt: skip
        heads[head] = "".join(article["paragraphs"])
    editing.do(type="comment", target=typed[0][0]["id"], text="请核对")
    editing.do(type="flag", target=typed[1][0]["id"], flag="看不清")
    if reshaped:
        # A line is cut in two, and a region given more room.
        line = max(editing.page["lines"].values(), key=lambda x: len(x["text"]))
        editing.do(type="split_line", line=line["id"], new_id="p0001-l0anew001", at=4,
                   bases={line["id"]: line["version"]})  # fmt: skip
        now = editing.page["lines"]
        typed = [(x, t) for x, t in typed if x["id"] != line["id"]]
        typed += [(now[k], now[k]["text"]) for k in (line["id"], "p0001-l0anew001")
                  if now[line["id"]]["edited"]]  # fmt: skip
    # With a title and a date that the first engine did not find: the scans are the same.
    named = replace(readings[1].masthead, title="澜江时报", date="2026-03-17")
    add_issue(served.archive, replace(readings[1], masthead=named), [scan], name="piece")
    assert [e.version for e in list_issues(served.archive)] == [2]

    page = editing.page
    for line, text in typed:
        x, y = _middle(line)
        near = [one for one in page["lines"].values() if one["text"] == text and one["edited"]]
        assert any(abs(_middle(one)[0] - x) + abs(_middle(one)[1] - y) < 40 for one in near), text
    now = {one["headline"]: one for one in editing.articles()}
    assert set(heads) <= set(now)
    for head, text in heads.items():
        assert now[head]["byline"] == "本报记者 林舟"
        shared = {key: _shared(text, "".join(one["paragraphs"])) for key, one in now.items()}
        assert shared[head] == max(shared.values()), "on the article it was set for"
    said = editing.desk.get(f"{editing.place}/comments")["comments"]
    assert [one["text"] for one in said] == ["请核对"]
    flags = [one["flag"] for one in page["lines"].values() if one["flag"]]
    assert flags == ["看不清"]
    told = editing.desk.get(f"{editing.place}/disagreements")["disagreements"]
    assert any(one["kind"] == "text" and one["machine_new"] for one in told)
    # Found at once, in what was carried over.
    assert search(served.archive, Query(next(iter(heads)))).hits
    _validated(editing, tmp_path)
