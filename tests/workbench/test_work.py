"""A day at the workbench, over HTTP."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from digitise.archive.corrections import Journal, queueing
from digitise.archive.corrections.searchable import behind
from digitise.formats.issue_json import load_issue
from digitise.workbench.desk import Desk

from .conftest import ISSUE, LINE, PLACE, Served, settings


def test_the_queue_has_the_worst_first(served: Served) -> None:
    desk = served.desk("linzhou")
    queue = desk.get("/api/queue")
    scores = [item["score"] for item in queue["items"]]
    assert scores == sorted(scores, reverse=True)
    kinds = {item["kind"] for item in queue["items"]}
    assert {"issue", "article", "jump"} <= kinds
    jump = next(item for item in queue["items"] if item["kind"] == "jump")
    assert (jump["issue"], jump["target"], jump["reasons"][0]["code"]) == (
        ISSUE, "a002", "jump-one-sided",
    )  # fmt: skip
    assert desk.get("/api/queue?kind=jump")["total"] == 1
    assert desk.get(f"/api/queue?kind=article&q={quote('渔村')}")["items"][0]["target"] == "a003"
    assert desk.get("/api/queue?title=nobody")["total"] == 0


def test_ink_left_over_is_measured_again_when_a_region_is_drawn_round_it(served: Served) -> None:
    desk = served.desk("linzhou")
    queueing.keep_stray_ink(served.archive, ISSUE, 1, "p0002", 0.2)
    assert "p0002" in queueing.stray_ink(served.archive, ISSUE, 1)
    desk.types("p0002-r004-l001", "出租渔船")
    assert "p0002" in queueing.stray_ink(served.archive, ISSUE, 1), "typing leaves it as it is"
    page = desk.get(f"{PLACE}/pages/p0002")["page"]
    shape = [[1100, 2300], [1500, 2300], [1500, 2400], [1100, 2400]]
    drawn = desk.operations(
        {"type": "add_region", "page": "p0002", "new_id": "p0002-r0ink0001", "kind": "body",
         "writing_mode": "horizontal-tb", "polygon": shape, "article": "a003",
         "bases": {"p0002": page["version"]}},
    )  # fmt: skip
    assert drawn["results"][0]["status"] == "applied"
    assert "p0002" not in queueing.stray_ink(served.archive, ISSUE, 1)
    # A line beyond the region makes it grow, and the browser is told.
    answer = desk.operations(
        {"type": "add_line", "region": "p0002-r0ink0001", "new_id": "p0002-l0ink0001",
         "polygon": [[1100, 2390], [1600, 2390], [1600, 2450], [1100, 2450]], "text": "又及",
         "bases": {"p0002-r0ink0001": drawn["results"][0]["seq"]}},
    )  # fmt: skip
    told = answer["changed"]["regions"]["p0002-r0ink0001"]["polygon"]
    assert told == [[1100, 2300], [1600, 2300], [1600, 2450], [1100, 2450]]


def test_what_is_claimed_is_seen_by_others(served: Served) -> None:
    one, other = served.desk("linzhou"), served.desk("zhoudu")
    held = one.post("/api/claims", {"issue": ISSUE, "target": "a003"})["claim"]
    assert (held["by"], held["mine"]) == ("linzhou", True)
    refused = other.post("/api/claims", {"issue": ISSUE, "target": "a003"}, 409)["error"]
    assert (refused["code"], refused["detail"]["by"]) == ("conflict", "linzhou")
    found = other.get("/api/queue?claimed=others")["items"]
    assert [(i["target"], i["claim"]["by"]) for i in found] == [("a003", "linzhou")]
    other.post("/api/claims", {"issue": ISSUE, "target": "a003", "take": True}, 403)
    editor = served.desk("bianji")
    editor.post("/api/claims", {"issue": ISSUE, "target": "a003", "take": True})
    editor.post("/api/claims/release", {"issue": ISSUE, "target": "a003"})
    assert one.get("/api/claims")["claims"] == []


def test_a_line_is_typed_seen_by_others_and_undone(served: Served) -> None:
    one, other = served.desk("linzhou"), served.desk("zhoudu")
    before = one.line(LINE)
    assert (before["text"], before["version"], before["edited"]) == (before["machine"], 0, False)
    assert len(before["chars"]) == len(before["text"])
    seq = one.get(PLACE)["seq"]
    done = one.types(LINE, "　　昨天上午，河上新桥隆重通车。")
    assert done["status"] == "applied"
    news = other.get(f"{PLACE}/changes?after={seq}")
    assert news["by"] == ["linzhou"]
    assert news["changed"]["lines"][LINE]["by"] == "linzhou"
    assert "隆重通车" in news["changed"]["articles"]["a002"]["paragraphs"][0]
    late = other.operations({"type": "set_text", "line": LINE, "text": "别的", "bases": {LINE: 0}})[
        "results"
    ][0]
    assert (late["status"], late["ids"], late["by"]) == ("conflict", [LINE], "linzhou")
    assert late["current"]["lines"][LINE]["text"] == "　　昨天上午，河上新桥隆重通车。"
    history = one.get(f"{PLACE}/history?target={LINE}")["entries"]
    assert history[0]["before"][LINE]["text"] == before["text"]
    # A corrector takes back what is his own; an editor anything.
    refused = other.operations({"type": "revert", "seq": done["seq"]})["results"][0]
    assert (refused["status"], refused["error"]["zh"]) == ("refused", "此操作仅限编辑。")
    undone = one.operations({"type": "revert", "seq": done["seq"]})["results"][0]
    assert undone["status"] == "applied"
    assert one.line(LINE)["text"] == before["text"]
    assert one.get(f"{PLACE}/history?target={LINE}")["entries"][1]["reverted_by"] == undone["seq"]


def test_a_queue_of_keystrokes_is_sent_at_once_and_again(served: Served) -> None:
    desk = served.desk("linzhou")
    key = "p0001-r006-l002"
    base = desk.line(key)["version"]
    keystrokes = [
        {"id": f"stroke-{n:04d}", "type": "set_text", "line": key, "text": "堆满了"[: n + 1],
         "bases": {key: base if n == 0 else f"stroke-{n - 1:04d}"}}
        for n in range(3)
    ]  # fmt: skip
    first = desk.operations(*keystrokes)
    again = desk.operations(*keystrokes)
    assert [r["status"] for r in first["results"]] == ["applied"] * 3
    assert [r["status"] for r in again["results"]] == ["duplicate"] * 3
    assert [r["seq"] for r in first["results"]] == [r["seq"] for r in again["results"]]
    assert again["seq"] == first["seq"]
    assert desk.line(key)["text"] == "堆满了"


def test_one_bad_operation_does_not_take_the_others_along(served: Served) -> None:
    desk = served.desk("linzhou")
    done = desk.operations(
        {"type": "comment", "target": "p0002", "text": "看过"},
        {"type": "set_kind", "region": "p0002-r001", "kind": "<script>", "bases": {}},
        {"type": "delete_line", "line": "p0002-r009-l001", "bases": {"p0002-r009-l001": 0}},
        {"type": "set_kind", "region": "p0002-r001", "kind": "body"},
        {"type": "flag", "target": "p0002", "flag": "暗"},
    )
    assert [r["status"] for r in done["results"]] == [
        "applied", "refused", "refused", "refused", "applied",
    ]  # fmt: skip
    assert done["results"][1]["error"]["detail"] == "operations[1].kind"
    assert done["changed"]["pages"]["p0002"]["flag"] == "暗"
    comments = desk.get(f"{PLACE}/comments?target=p0002")["comments"]
    assert [(c["by"], c["text"]) for c in comments] == [("linzhou", "看过")]


def test_layout_and_articles_are_mended(served: Served) -> None:
    desk = served.desk("linzhou")
    page = desk.get(f"{PLACE}/pages/p0002")
    version = page["page"]["version"]
    box = [[1100, 2000], [1500, 2000], [1500, 2100], [1100, 2100]]
    done = desk.operations(
        {"id": "layout-0001", "type": "add_region", "page": "p0002", "new_id": "p0002-r0new0001",
         "kind": "notice", "writing_mode": "horizontal-tb", "polygon": box,
         "new_article": "a0new0001", "bases": {"p0002": version}},
        {"id": "layout-0002", "type": "add_line", "region": "p0002-r0new0001",
         "new_id": "p0002-l0new0001", "polygon": box, "text": "今日停水",
         "bases": {"p0002-r0new0001": "layout-0001"}},
        {"id": "layout-0003", "type": "delete_region", "region": "p0002-r004",
         "bases": {"p0002-r004": page["regions"]["p0002-r004"]["version"]}},
    )  # fmt: skip
    assert [r["status"] for r in done["results"]] == ["applied"] * 3
    assert done["changed"]["regions"]["p0002-r004"] is None
    assert done["changed"]["articles"]["a005"] is None
    assert done["changed"]["lines"]["p0002-r004-l001"] is None
    assert done["changed"]["pages"]["p0002"]["order"][-1] == "p0002-r0new0001"
    assert desk.get(PLACE)["articles"][-1]["id"] == "a0new0001"
    undone = desk.operations({"type": "revert", "seq": done["results"][2]["seq"]})
    assert undone["changed"]["regions"]["p0002-r004"]["lines"] == [
        "p0002-r004-l001", "p0002-r004-l002",
    ]  # fmt: skip


def test_the_masthead_is_checked_against_itself(served: Served) -> None:
    desk = served.desk("linzhou")
    masthead = desk.get(PLACE)["masthead"]
    done = desk.operations(
        {"type": "masthead_set", "field": "weekday", "value": "星期五",
         "bases": {"masthead": masthead["version"]}}
    )  # fmt: skip
    checks = done["changed"]["masthead"]["checks"]
    wrong = next(check for check in checks if check["field"] == "weekday")
    assert (wrong["level"], wrong["suggestion"]) == ("error", "星期三")
    assert desk.get("/api/queue?kind=masthead")["items"][0]["reasons"][0]["code"] == "weekday-wrong"
    desk.operations({"type": "revert", "seq": done["results"][0]["seq"]})
    assert desk.get("/api/queue?kind=masthead")["total"] == 0


def test_pictures_of_pages_pieces_and_lines(served: Served) -> None:
    desk = served.desk("leser")
    tiles = desk.get(f"{PLACE}/pages/p0001")["page"]["tiles"]
    assert tiles["url"].startswith("/tiles/")
    top = tiles["url"].format(level=9, x=0, y=0)
    first = desk.http.get(top)
    assert first.headers["content-type"] == "image/jpeg"
    assert desk.http.get(top).content == first.content, "the same from the cache"
    assert desk.http.get(tiles["url"].format(level=9, x=99, y=0)).status_code == 404
    for path, size in (
        ("/p0001/thumbnail.jpg", None),
        ("/p0001/crop.png?box=10,10,410,210&height=100", (200, 100)),
        (f"/{LINE}/line.png?size=50&margin=0", (800, 50)),
        ("/p0002-r003-l001/line.png?size=50&margin=0", (50, 350)),
    ):
        answer = desk.http.get(f"/pictures/{quote(ISSUE)}{path}")
        assert answer.status_code == 200
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert size is None or picture.size == size
    for bad in ("/p0001/crop.png?box=1,2,3", "/p0001/crop.png?box=9,9,1,1", "/p0001/crop.png"):
        assert desk.http.get(f"/pictures/{quote(ISSUE)}{bad}").status_code == 422


def test_find_shows_each_hit_before_it_is_replaced(served: Served) -> None:
    desk = served.desk("linzhou")
    scope = {"issue": ISSUE}
    found = desk.post("/api/find", {"find": "渔", "scope": scope})
    assert {h["article"] for h in found["hits"]} == {"a003", "a005"}
    assert desk.post("/api/find", {"find": "漁", "scope": scope})["total"] == 0
    both = desk.post("/api/find", {"find": "漁", "scope": scope, "variants": True})
    assert both["total"] == found["total"]
    inside = desk.post("/api/find", {"find": "渔", "scope": {**scope, "article": "a005"}})
    assert [h["line"] for h in inside["hits"]] == ["p0002-r004-l001"]
    everywhere = desk.post("/api/find", {"find": "渔", "scope": {"title": "海州日报"}})
    assert everywhere["total"] == found["total"]
    jump = desk.post("/api/find", {"find": "（下转", "scope": {"title": "海州日报"}})
    assert [h["line"] for h in jump["hits"]] == ["p0001-r004-l003"]
    assert desk.post("/api/find", {"find": "没有", "scope": {"title": "别的报"}})["total"] == 0


def test_names_and_confusions_are_offered_never_applied(served: Served) -> None:
    desk = served.desk("linzhou")
    desk.post("/api/glossary", {"title": "", "term": "老人门说", "kind": "other", "note": ""})
    offered = desk.get(f"{PLACE}/suggestions?page=p0001")["suggestions"]
    named = [s for s in offered if s["source"] == "glossary"]
    assert [(s["line"], s["text"], s["suggestion"]) for s in named] == [
        ("p0001-r006-l003", "老人们说", "老人门说")
    ]
    offers = desk.get(f"{PLACE}/lines/p0001-r006-l003/candidates")["chars"]
    at = next(c for c in offers if c["text"] == "们")
    assert at["candidates"][0]["text"] == "门"
    entry = desk.get("/api/glossary")["entries"][0]
    desk.post("/api/glossary/remove", {"id": entry["id"]})
    desk.types("p0001-r006-l001", "　　今年的渔汛来得早，码头上")
    desk.get("/api/queue")
    assert {"read": "鱼", "right": "渔", "count": 1} in desk.get("/api/confusions")["confusions"]
    assert "鱼" not in desk.line("p0001-r006-l001")["text"]


def test_search_finds_what_was_corrected(served: Served) -> None:
    desk = served.desk("linzhou")
    desk.types("p0001-r006-l003", "　　老人们说，多年没有见过鲥鱼。")
    found = served.desk("leser").get(f"/api/search?q={quote('鲥鱼')}")
    assert found["total"] == 1
    hit = found["hits"][0]
    assert (hit["article"], hit["page"]) == ("a003", "p0001")
    assert [p["text"] for p in hit["snippet"] if p["hit"]] == ["鲥鱼"]
    assert [line["line"] for line in hit["lines"]] == ["p0001-r006-l003"]


def test_a_search_without_time_brings_up_what_was_last_corrected(
    served: Served, tmp_path: Path
) -> None:
    desk = served.desk("linzhou")
    desk.types("p0001-r006-l003", "　　老人们说，多年没有见过鳇鱼。")
    journal = Journal(served.archive)
    assert behind(journal) == (ISSUE,)
    Desk(served.archive, settings(tmp_path)).refresh_search(seconds=-1.0)
    assert behind(journal) == ()


def test_exports_are_of_the_corrected_state_and_agree(served: Served) -> None:
    desk = served.desk("linzhou")
    desk.types("p0001-r005-l001", "渔村来鸿&<b>")
    names = [f["name"] for f in desk.get("/api/session")["formats"]]
    assert {"alto", "tei", "hocr"} <= set(names)
    texts = {}
    for name in ("json", "alto", "tei", "hocr", "text"):
        answer = desk.http.get(f"/export/{quote(ISSUE)}/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["content-security-policy"]
        texts[name] = answer.content
    with zipfile.ZipFile(io.BytesIO(texts["alto"])) as archive:
        texts["alto"] = b"".join(archive.read(n) for n in archive.namelist())
    for name in ("alto", "tei", "hocr"):
        assert "渔村来鸿&amp;&lt;b&gt;".encode() in texts[name], name
    issue = load_issue(texts["json"])
    assert next(a for a in issue.articles if a.id == "a003").headline == "渔村来鸿&<b>"
    unknown = desk.http.get(f"/export/{quote(ISSUE)}/nothing")
    assert unknown.status_code == 404


def test_corrected_lines_are_training_pairs(served: Served) -> None:
    desk = served.desk("linzhou")
    desk.types("p0002-r003-l001", "柳枝垂到水面，")
    answer = desk.http.get(f"/export/{quote(ISSUE)}/training.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.read("lines/p0002-r003-l001.gt.txt").decode() == "柳枝垂到水面，\n"
        with Image.open(io.BytesIO(archive.read("lines/p0002-r003-l001.png"))) as picture:
            assert picture.height > picture.width
        rows = archive.read("pairs.tsv").decode().splitlines()
        assert rows[0].split("\t")[:3] == ["line", "issue", "page"]
        assert any(r.startswith("p0002-r003-l001\t") and "柳条垂到水面，" in r for r in rows)
        assert "条\t枝\t1" in archive.read("confusions.tsv").decode().splitlines()


def test_reading_view_without_script(served: Served) -> None:
    desk = served.desk("leser")
    listed = desk.http.get("/read?lang=zh").text
    assert "海州日报" in listed
    page = desk.http.get(f"/read/{quote(ISSUE)}/a004?lang=en")
    assert page.status_code == 200
    assert '<html lang="en">' in page.text
    assert "春日随笔" in page.text
    assert "<script" not in page.text
    gone = desk.http.get(f"/read/{quote(ISSUE)}/a999")
    assert gone.status_code == 404
    away = served.client().get("/read", follow_redirects=False)
    assert (away.status_code, away.headers["location"]) == (303, "/sign-in?next=/read")


def test_an_engine_is_asked_for_its_second_thoughts(served: Served) -> None:
    desk = served.desk("linzhou")
    region = desk.get(f"{PLACE}/pages/p0001")["regions"]["p0001-r003"]
    made = desk.operations({
        "type": "add_line", "region": region["id"], "new_id": "p0001-laaaaaaaa", "before": None,
        "polygon": [[160, 140], [1180, 140], [1180, 285], [160, 285]],
        "text": "第1篇报道的太标题", "bases": {region["id"]: region["version"]},
    })["results"][0]  # fmt: skip
    assert made["status"] == "applied", made
    place = f"{PLACE}/lines/p0001-laaaaaaaa/candidates"
    before = {c["index"]: c["candidates"] for c in desk.get(place)["chars"]}
    assert not before.get(6)
    told = desk.get(f"{place}?engines=1")
    assert "大标题" in told["readings"][0]["text"]
    chars = {c["index"]: [o["text"] for o in c["candidates"]] for c in told["chars"]}
    assert chars[6][0] == "大"
    # What is read as it stands has its look-alikes, should it be wrong after all.
    assert all(len(chars[i]) >= 3 for i in range(9))
    assert all("第1篇报道的太标题"[i] not in offered for i, offered in chars.items())
    assert desk.get(f"{place}?engines=1") == told
    desk.operations({"type": "revert", "seq": made["seq"]})


@pytest.mark.parametrize("mode", ["horizontal-tb", "vertical-rl"])
def test_a_piece_is_read_anew_and_nothing_is_changed(served: Served, mode: str) -> None:
    desk = served.desk("linzhou")
    seq = desk.get(PLACE)["seq"]
    box = [[100, 150], [1300, 150], [1300, 900], [100, 900]]
    engines = [e["name"] for e in desk.get("/api/session")["engines"] if e["usable"]]
    answer = desk.post(
        f"{PLACE}/pages/p0001/recognise",
        {"polygon": box, "engine": engines[0], "writing_mode": mode},
    )
    assert answer["engine"] == engines[0]
    assert desk.get(PLACE)["seq"] == seq
    if mode == "horizontal-tb":
        text = "".join(line["text"] for line in answer["lines"])
        assert "大标题" in text
        for line in answer["lines"]:
            xs = [x for x, _ in line["polygon"]]
            assert 100 <= min(xs) < max(xs) <= 1301
            assert len(line["chars"]) == len(line["text"])
