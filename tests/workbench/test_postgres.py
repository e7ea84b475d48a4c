"""The same work over a catalogue in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from ..archive.conftest import Cluster, cluster
from ..conftest import make_pdf
from .conftest import ISSUE, PLACE, Served, fill, serving, settings

__all__ = ["cluster"]


@pytest.fixture(scope="module")
def served(
    cluster: Cluster,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    url = cluster.database("workbench")
    archive = fill(folder / "archive", make_pdf(folder / "haizhou.pdf", 2), url)
    yield from serving(archive, settings(folder / "cache"))


def test_a_day_over_postgresql(served: Served) -> None:
    one, editor = served.desk("linzhou"), served.desk("bianji")
    kinds = {item["kind"] for item in one.get("/api/queue")["items"]}
    assert {"issue", "article", "jump"} <= kinds
    one.post("/api/claims", {"issue": ISSUE, "target": "a003"})
    editor.post("/api/claims", {"issue": ISSUE, "target": "a003"}, 409)
    assert editor.get("/api/queue?claimed=others")["total"] == 1
    done = one.types("p0001-r006-l001", "　　今年的渔汛来得早，码头上")
    assert done["status"] == "applied"
    late = {"type": "set_text", "line": "p0001-r006-l001", "text": "x",
            "bases": {"p0001-r006-l001": 0}}  # fmt: skip
    assert editor.operations(late)["results"][0]["status"] == "conflict"
    assert (
        one.operations({"type": "revert", "seq": done["seq"]})["results"][0]["status"] == "applied"
    )
    one.types("p0001-r006-l001", "　　今年的渔汛来得早，码头上")
    assert editor.get("/api/queue?kind=article")["total"] >= 3
    assert editor.get("/api/confusions")["confusions"] == [
        {"read": "鱼", "right": "渔", "count": 1}
    ]
    assert editor.get(f"/api/search?q={quote('渔汛')}")["total"] == 1
    total = editor.get("/api/progress")
    assert total["total"]["corrected"] == 1
    assert total["days"][0]["users"] == [{"name": "linzhou", "operations": 3}]


def test_review_over_postgresql(served: Served) -> None:
    editor, one, other = served.desk("bianji"), served.desk("linzhou"), served.desk("zhoudu")
    ask = {"issue": ISSUE, "characters": 30, "wanted": 0.1, "seed": 3}
    sample = editor.post("/api/acceptance", ask)["sample"]
    line = editor.get(f"/api/acceptance/{sample['id']}")["lines"][0]["line"]
    marked = editor.post(f"/api/acceptance/{sample['id']}/mark", {"line": line, "errors": 1})
    assert marked["sample"]["errors"] == 1
    editor.post(f"/api/acceptance/{sample['id']}/decide", {"decision": "pass", "note": ""})
    assert editor.get(PLACE)["status"] == "passed"
    task = editor.post(
        "/api/double-keying", {"issue": ISSUE, "lines": 2, "keyers": ["linzhou", "zhoudu"]}
    )["task"]
    for desk in (one, other):
        for found in desk.get(f"/api/double-keying/{task['id']}")["lines"]:
            body = {"line": found["line"], "text": "甲"}
            desk.post(f"/api/double-keying/{task['id']}/key", body)
            desk.post(f"/api/double-keying/{task['id']}/key", body)
    assert editor.get(f"/api/double-keying/{task['id']}/compare")["agreement"] == 1
    term = editor.post("/api/glossary", {"title": "", "term": "海州", "kind": "place", "note": ""})
    editor.post("/api/glossary", {"title": "", "term": "海州", "kind": "place", "note": ""}, 422)
    editor.post("/api/glossary/remove", {"id": term["entry"]["id"]})
    admin = served.desk("guanli")
    assert {e["action"] for e in admin.get("/api/audit")["entries"]} >= {
        "acceptance-pass",
        "sign-in",
    }
