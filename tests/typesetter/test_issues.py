"""A random issue says in print exactly what its truth says it says."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest

from digitise.errors import FontMissing
from digitise.model import Rect
from scripts.typesetter import almanac, degrade, fonts, pages, pdf
from scripts.typesetter.canvas import Overlap, PageDraft
from scripts.typesetter.fonts import FACES, Face, FaceFile
from scripts.typesetter.story import IssueDraft
from scripts.typesetter.truth import truth

pytestmark = pytest.mark.skipif(
    not all(f.path.is_file() for f in FACES.values()), reason="the font packages are not installed"
)
SAMPLES = Path(__file__).parents[2] / "samples"
Made = tuple[IssueDraft, list[PageDraft], bytes, dict[str, Any]]


@pytest.fixture(scope="module", params=[3, 8])
def made(request: pytest.FixtureRequest) -> Made:
    issue, drafts = pages.random_issue(request.param, 1, 2)
    return issue, drafts, pdf.write(drafts, issue.title), truth(issue, drafts)


def inked(text: str) -> Counter[str]:
    return Counter(c for c in text if not c.isspace())


def printed(page: dict[str, Any]) -> str:
    return "".join(line["text"] for region in page["regions"] for line in region["lines"])


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_text_layer_holds_what_the_truth_says(made: Made) -> None:
    with pymupdf.open(stream=made[2], filetype="pdf") as doc:
        for page, said in zip(doc, made[3]["pages"], strict=True):
            assert inked(page.get_text()) == inked(printed(said))


def test_a_line_stands_where_the_truth_says(made: Made) -> None:
    with pymupdf.open(stream=made[2], filetype="pdf") as doc:
        page, said = doc[0], made[3]["pages"][0]
        bodies = [r for r in said["regions"] if r["kind"] == "body" and len(r["lines"]) > 3]
        assert bodies
        line = bodies[0]["lines"][2]
        (x0, y0), _, (x1, y1), _ = line["polygon"]
        scale = 72 / 300
        clip = pymupdf.Rect(x0 * scale - 2, y0 * scale, x1 * scale + 2, y1 * scale)
        found = "".join(
            char["c"]
            for block in page.get_text("rawdict")["blocks"]
            for row in block.get("lines", ())
            for span in row["spans"]
            for char in span["chars"]
            if clip.contains(pymupdf.Point(*char["origin"]))
        )
        assert squeezed(found) == squeezed(line["text"])


def test_the_same_seed_gives_the_same_bytes(made: Made) -> None:
    issue, drafts = pages.random_issue(int(made[0].id[1 : made[0].id.index("-")]), 1, 2)
    assert pdf.write(drafts, issue.title) == made[2]
    assert truth(issue, drafts) == made[3]


def test_every_region_belongs_to_one_entry(made: Made) -> None:
    said = made[3]
    regions = [r["id"] for p in said["pages"] for r in p["regions"]]
    owned = [r for a in said["articles"] for part in a["parts"] for r in part["regions"]]
    assert sorted(owned) == sorted(regions)
    assert len(set(regions)) == len(regions)
    for page in said["pages"]:
        assert page["reading_order"] == [r["id"] for r in page["regions"]]


def test_articles_say_what_their_regions_say(made: Made) -> None:
    said = made[3]
    texts = {r["id"]: r for p in said["pages"] for r in p["regions"]}
    body_kinds = {"body", "subhead", "byline", "caption"}
    for article in said["articles"]:
        if article["kind"] != "article":
            continue
        lines = "".join(
            line["text"]
            for part in article["parts"]
            for rid in part["regions"]
            if texts[rid]["kind"] in body_kinds
            for line in texts[rid]["lines"]
        )
        for jump in article["continuations"]:
            assert lines.count(jump["marker"]) == 1
            lines = lines.replace(jump["marker"], "", 1).replace(jump["back_marker"], "", 1)
        fields = [*article["paragraphs"], article["byline"], *article["captions"]]
        assert inked(lines) == inked("".join(fields))
        assert article["headline"]


def test_jumps_name_pages_that_exist(made: Made) -> None:
    ids = {p["id"]: p for p in made[3]["pages"]}
    jumps = [j for a in made[3]["articles"] for j in a["continuations"]]
    assert jumps
    for jump in jumps:
        assert ids[jump["from_page"]]["number"] < ids[jump["to_page"]]["number"]
        assert re.search(r"[下转紧接]", jump["marker"])
        assert jump["marker"] in printed(ids[jump["from_page"]])
        assert jump["back_marker"] in printed(ids[jump["to_page"]])


def test_no_body_line_starts_or_ends_wrongly(made: Made) -> None:
    for page in made[3]["pages"]:
        for region in page["regions"]:
            if region["kind"] != "body":
                continue
            for line in region["lines"]:
                assert line["text"][0] not in "、。，；：？！”’）》」』", line["text"]
                assert line["text"][-1] not in "“‘（《「『", line["text"]


def test_the_masthead_is_printed_and_right(made: Made) -> None:
    masthead = made[3]["masthead"]
    day = date.fromisoformat(masthead["date"])
    assert masthead["weekday"] == almanac.weekday(day)
    front = printed(made[3]["pages"][0])
    for name in ("title", "weekday", "lunar_date", "issue_number", "cn", "issn", "postal_code"):
        assert squeezed(masthead[name]) in squeezed(front)
    if masthead["issn"]:
        digits = masthead["issn"].replace("-", "")
        assert almanac.issn(digits[:7]) == masthead["issn"]


def test_known_dates() -> None:
    assert almanac.lunar(date(2023, 12, 8)) == "癸卯年十月廿六"
    assert almanac.weekday(date(2023, 12, 8)) == "星期五"
    assert almanac.issn("0378595") == "0378-5955"
    assert almanac.chinese_numeral(20) == "二十"


def test_two_texts_on_one_place_are_refused() -> None:
    page = PageDraft(200, 200, 1)
    page.claim(Rect(10, 10, 60, 20), "第一")
    with pytest.raises(Overlap):
        page.claim(Rect(50, 12, 90, 22), "第二")
    with pytest.raises(Overlap):
        page.claim(Rect(180, 100, 230, 110), "出界")


def test_a_missing_font_names_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gone = FaceFile(tmp_path / "none.ttf", 0, "fonts-none")
    monkeypatch.setitem(fonts.FACES, "song", gone)
    with pytest.raises(FontMissing) as caught:
        Face("song")
    assert caught.value.exit_code == 11
    assert "fonts-none" in caught.value.text("en")
    assert "fonts-none" in caught.value.text("zh")


def test_a_scan_moves_with_its_map() -> None:
    page = np.full((400, 300), 255, np.uint8)
    page[100:110, 200:210] = 0
    wear = degrade.Wear(0.9, 0.6, 2.0, 0.0, 4.0, 235, 30, 60, border=12)
    image, turn = degrade.scan(page, None, wear, 5)
    assert image.shape == (424, 324)
    x, y = turn(205, 105)
    assert image[round(y), round(x)] < 80
    assert image[round(y) + 20, round(x) + 20] > 180
    again, _ = degrade.scan(page, None, wear, 5)
    assert (image == again).all()


def test_the_committed_samples_hold_together() -> None:
    names = sorted(p.name for p in SAMPLES.glob("*.truth.json"))
    assert len([n for n in names if "-scan" not in n]) >= 2
    for name in names:
        said = json.loads((SAMPLES / name).read_text(encoding="utf-8"))
        owned = [r for a in said["articles"] for part in a["parts"] for r in part["regions"]]
        assert sorted(owned) == sorted(r["id"] for p in said["pages"] for r in p["regions"])
        if "-scan" in name:
            continue
        with pymupdf.open(SAMPLES / said["id"] / "issue.pdf") as doc:
            for page, told in zip(doc, said["pages"], strict=True):
                assert inked(page.get_text()) == inked(printed(told))
