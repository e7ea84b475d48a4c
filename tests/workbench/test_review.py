"""Double keying and acceptance."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from digitise.archive.corrections.acceptance import clopper_pearson, drawn, needed
from digitise.archive.corrections.document import document_of

from ..corrections.papers import paper
from .conftest import ISSUE, PLACE, Served


@given(st.integers(1, 5000), st.data(), st.sampled_from([0.9, 0.95, 0.99]))
def test_the_interval_is_that_of_the_binomial(n: int, data: st.DataObject, level: float) -> None:
    k = data.draw(st.integers(0, n))
    low, high = clopper_pearson(k, n, level)
    assert 0 <= low <= k / n <= high <= 1
    tail = (1 - level) / 2
    # At the ends of the interval what was seen, or more extreme, is just as likely as the tail.
    if k > 0:
        assert math.isclose(binom.sf(k - 1, n, low), tail, rel_tol=1e-6)
    if k < n:
        assert math.isclose(binom.cdf(k, n, high), tail, rel_tol=1e-6)


def test_figures_from_the_literature() -> None:
    # Clopper & Pearson (1934): 10 of 100 at 95 %, and the rule of none in n.
    low, high = clopper_pearson(10, 100, 0.95)
    assert (round(low, 4), round(high, 4)) == (0.0490, 0.1762)
    assert clopper_pearson(0, 0, 0.95) == (0.0, 1.0)
    n = needed(0.0001, 0.95)
    assert clopper_pearson(0, n, 0.95)[1] <= 0.0001 < clopper_pearson(0, n - 1, 0.95)[1]
    assert n == 36887
    with pytest.raises(ValueError, match="no such counts"):
        clopper_pearson(3, 2, 0.95)


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    document = document_of(paper())
    one, again, other = (drawn(document, 40, seed) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert sum(len(line.text) for line in one) >= 40
    everything = drawn(document, 10**6, 3)
    assert len(everything) == sum(len(r.lines) for p in paper().pages for r in p.regions)


def test_acceptance_from_sample_to_record(served: Served) -> None:
    editor, corrector = served.desk("bianji"), served.desk("linzhou")
    ask = {"issue": ISSUE, "characters": 60, "wanted": 0.01, "level": 0.95, "seed": 7}
    corrector.post("/api/acceptance", ask, 403)
    sample = editor.post("/api/acceptance", ask)["sample"]
    assert (sample["looked_at"], sample["interval"], sample["verdict"]) == (0, [0, 1], "undecided")
    found = editor.get(f"/api/acceptance/{sample['id']}")
    for line in found["lines"]:
        body = {"line": line["line"], "errors": 0}
        sample = editor.post(f"/api/acceptance/{sample['id']}/mark", body)["sample"]
    first = found["lines"][0]["line"]
    marked = editor.post(
        f"/api/acceptance/{sample['id']}/mark",
        {"line": first, "errors": 2, "note": "<script>alert(1)</script>", "marks": [0, 1]},
    )["sample"]
    assert (marked["errors"], marked["looked_at"]) == (2, len(found["lines"]))
    low, high = marked["interval"]
    assert low < marked["rate"] < high
    too_many = {"line": first, "errors": 999}
    editor.post(f"/api/acceptance/{sample['id']}/mark", too_many, 422)
    decided = editor.post(
        f"/api/acceptance/{sample['id']}/decide", {"decision": "return", "note": "差错过多"}
    )["sample"]
    assert decided["decision"] == "return"
    editor.post(f"/api/acceptance/{sample['id']}/decide", {"decision": "pass", "note": ""}, 422)
    assert editor.get(PLACE)["status"] == "returned"
    record = editor.http.get(f"/acceptance/{sample['id']}/record?lang=zh").text
    assert "不符合要求" in record or "尚不能判定" in record
    assert "差错过多" in record
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in record
    assert "<script>" not in record


def test_two_people_type_the_same_lines_blindly(served: Served) -> None:
    editor, one, other = served.desk("bianji"), served.desk("linzhou"), served.desk("zhoudu")
    ask = {"issue": ISSUE, "lines": 4, "keyers": ["linzhou", "zhoudu"], "seed": 1}
    task = editor.post("/api/double-keying", ask)["task"]
    editor.post("/api/double-keying", {**ask, "keyers": ["linzhou", "leser"]}, 422)
    place = f"/api/double-keying/{task['id']}"
    lines = one.get(place)["lines"]
    assert [line["text"] for line in lines] == [""] * 4
    assert editor.http.get(place).status_code == 403, "the comparer does not type"
    for n, line in enumerate(lines):
        one.post(f"{place}/key", {"line": line["line"], "text": "甲乙丙"})
        text = "甲乙丙" if n else "甲丁丙"
        other.post(f"{place}/key", {"line": line["line"], "text": text})
    assert one.get(place)["lines"][0]["text"] == "甲乙丙"
    assert one.http.get(f"{place}/compare").status_code == 403
    found = editor.get(f"{place}/compare")
    assert (found["agreement"], found["differences"], found["characters"]) == (0.75, 1, 12)
    assert found["lines"][0]["pieces"] == [["甲", "甲"], ["乙", "丁"], ["丙", "丙"]]
    assert editor.get("/api/double-keying")["tasks"][0]["done"] == {"linzhou": 4, "zhoudu": 4}
