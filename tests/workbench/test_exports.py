"""After corrections of every kind all exports say the same, as `digitise validate` sees it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from urllib.parse import quote

from digitise.validating import validate

from .conftest import ISSUE, PLACE, Desk, Served

FORMATS = ("alto", "page", "tei", "hocr", "mets")


def mend(desk: Desk) -> None:
    """Texts, layout, articles, masthead: something of each."""
    desk.types("p0001-r004-l002", "市民们早早来到桥头等候第一班车")
    desk.types("p0001-r005-l001", "渔村来信（上）")
    desk.types("p0002-r003-l001", "柳枝垂到水面，")
    page = desk.get(f"{PLACE}/pages/p0002")
    box = [[1100, 2000], [1500, 2000], [1500, 2100], [1100, 2100]]
    masthead = desk.get(PLACE)["masthead"]["version"]
    answer = desk.operations(
        {"id": "mend-0001", "type": "add_region", "page": "p0002", "new_id": "p0002-r0mend001",
         "kind": "body", "writing_mode": "horizontal-tb", "polygon": box, "article": "a003",
         "bases": {"p0002": page["page"]["version"]}},
        {"id": "mend-0002", "type": "add_line", "region": "p0002-r0mend001",
         "new_id": "p0002-l0mend001", "polygon": box, "text": "（未完待续）",
         "bases": {"p0002-r0mend001": "mend-0001"}},
        {"id": "mend-0003", "type": "split_line", "line": "p0001-r006-l001",
         "new_id": "p0001-l0mend002", "at": 8, "bases": {"p0001-r006-l001": 0}},
        {"id": "mend-0004", "type": "continuation_break", "article": "a002", "index": 0,
         "new_id": "a0mend003", "bases": {"a002": 0}},
        {"id": "mend-0005", "type": "delete_line", "line": "p0002-r004-l002",
         "bases": {"p0002-r004-l002": 0}},
        {"id": "mend-0006", "type": "masthead_set", "field": "issue_number", "value": "1006",
         "bases": {"masthead": masthead}},
    )  # fmt: skip
    assert [r["status"] for r in answer["results"]] == ["applied"] * 6


def test_all_exports_agree_after_corrections(served: Served, tmp_path: Path) -> None:
    desk = served.desk("bianji")
    mend(desk)
    issue = tmp_path / "issue" / "issue.json"
    issue.parent.mkdir()
    issue.write_bytes(desk.http.get(f"/export/{quote(ISSUE)}/json").content)
    known = {f["name"] for f in desk.get("/api/session")["formats"]}
    assert known >= set(FORMATS)
    for name in FORMATS:
        folder = tmp_path / name
        folder.mkdir()
        answer = desk.http.get(f"/export/{quote(ISSUE)}/{name}")
        assert answer.status_code == 200, answer.text
        if answer.headers["content-type"] == "application/zip":
            with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                archive.extractall(folder)
        else:
            suffix = {"tei": "issue.tei.xml", "hocr": "issue.hocr.html"}[name]
            (folder / suffix).write_bytes(answer.content)
        for verdict in validate([folder], issues=[issue]):
            assert verdict.error is None, (name, verdict.error)
            assert verdict.compared, name
            assert verdict.findings == (), name


def test_the_same_state_gives_the_same_bytes(served: Served) -> None:
    desk = served.desk("leser")
    for name in ("json", "alto", "tei"):
        path = f"/export/{quote(ISSUE)}/{name}"
        assert desk.http.get(path).content == desk.http.get(path).content
