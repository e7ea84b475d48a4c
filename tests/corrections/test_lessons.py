"""What corrections teach, what wants looking at first, names that are nearly right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.archive import Archive, list_issues
from digitise.archive.corrections import lessons, queueing
from digitise.archive.corrections import operations as ops
from digitise.archive.corrections.apply import replayed
from digitise.archive.corrections.document import Logged, document_of
from digitise.archive.corrections.finding import Sought
from digitise.archive.corrections.glossary import near_misses
from digitise.archive.corrections.journal import Journal, Submission
from digitise.archive.corrections.mastheads import issn_valid, masthead_checks
from digitise.archive.corrections.standing import items_of, status_of
from digitise.model import Char, Issue, Masthead

from .conftest import read_again
from .papers import paper

TEXT = st.text(alphabet="河桥鱼渔船ABab漁", max_size=15)


@given(TEXT, TEXT)
def test_confusions_are_pairs_of_what_was_read_and_what_is_right(read: str, right: str) -> None:
    pairs, bad = lessons.compared(read, right)
    assert all(a in read and b in right and a != b for a, b in pairs)
    assert bad <= set(range(len(read)))
    if len(read) == len(right) and read != right:
        assert bad
    assert lessons.compared(read, read) == ([], set())


def test_confidence_is_calibrated_by_what_people_find(archive: Archive) -> None:
    issue = list_issues(archive)[0].id
    before = lessons.risk_of(archive)
    assert before[99] == pytest.approx(0.005)
    journal = Journal(archive)
    # All of page one was read with a confidence of 0.99; people find every fifth of it wrong.
    document = journal.document(issue)
    sent = []
    for page in document.machine.pages:
        for region in page.regions:
            for line in region.lines:
                text = "".join("错" if i % 5 == 0 else c for i, c in enumerate(line.text))
                sent.append(
                    Submission(f"typed-{line.id}", ops.SetText(line.id, text), {line.id: 0})
                )
    journal.submit(issue, "林舟", sent)
    queueing.refresh(journal, issue)
    after = lessons.risk_of(archive)
    assert 0.1 < after[99] < 0.25
    assert after[50] == before[50]
    counts = {(a, b): n for a, b, n in lessons.confusions(archive)}
    assert counts["市", "错"] == 1
    assert lessons.confusions(archive, "another title") == ()
    # The same confidence is worth less now, and comes up sooner in the queue.
    doubted = items_of(document_of(paper(0.99)), {}, after)
    trusted = items_of(document_of(paper(0.99)), {}, before)
    assert doubted[0]["score"] > trusted[0]["score"]


def test_how_far_work_on_a_thing_is() -> None:
    def standing(*given: ops.Operation) -> dict[str, str]:
        entries = [Logged(n, f"op-{n}", one) for n, one in enumerate(given, 1)]
        document = replayed(paper(), entries)
        keys = ("issue", "masthead", "a002", "a003", "a004", "p0002")
        return {key: status_of(document, key) for key in keys}

    assert set(standing().values()) == {"open"}
    typed = ops.SetText("p0001-r006-l001", "今年")
    said = ops.Comment("p0002-r003-l001", "请核对")
    begun = standing(typed, said, ops.MastheadSet("issue_number", "1006"))
    assert begun == {
        "issue": "in-progress", "masthead": "in-progress", "a002": "open", "a003": "in-progress",
        "a004": "open", "p0002": "open",
    }  # fmt: skip
    page = standing(typed, ops.SetStatus("p0001", "done"))
    assert (page["a003"], page["a002"], page["a004"]) == ("done", "open", "open"), "a002 goes on"
    assert standing(ops.SetStatus("a004", "done"))["a004"] == "done"
    assert set(standing(typed, ops.SetStatus("issue", "passed")).values()) == {"passed"}


def test_doubtful_type_and_stray_ink_come_first() -> None:
    sure = {(i["kind"], i["target"]): i for i in items_of(document_of(paper(0.999)), {})}
    unsure = {
        (i["kind"], i["target"]): i for i in items_of(document_of(paper(0.5)), {"p0001": 0.1})
    }
    assert ("ink", "p0001") in unsure
    assert ("ink", "p0001") not in sure
    assert unsure["article", "a003"]["score"] > sure["article", "a003"]["score"]
    assert unsure["article", "a003"]["doubtful"] > 20
    assert unsure["article", "a004"]["score"] == sure["article", "a004"]["score"]
    assert unsure["article", "a003"]["reasons"][0]["code"] == "doubtful"


def test_articles_come_in_the_order_of_their_confidence() -> None:
    issue = paper(0.999)
    shares = {"a003": 0.97, "a004": 0.42, "a005": 0.8}
    told = replace(
        issue,
        articles=tuple(
            replace(a, confidence=shares.get(a.id, a.confidence)) for a in issue.articles
        ),
    )
    rows = {i["target"]: i for i in items_of(document_of(told), {}) if i["kind"] == "article"}
    order = sorted(shares, key=lambda target: -rows[target]["score"])
    assert order == ["a004", "a005", "a003"]
    reasons = {target: [r["code"] for r in rows[target]["reasons"]] for target in shares}
    assert "article-unsure" in reasons["a004"]
    assert "article-unsure" in reasons["a005"]
    assert "article-unsure" not in reasons["a003"]


@pytest.mark.parametrize("confidence", [0.3, 0.9, 0.985, 1.0])
def test_every_row_says_why_it_stands_where_it_stands(confidence: float) -> None:
    rows = items_of(document_of(paper(confidence)), {"p0001": 0.1})
    assert len(rows) > 5
    for row in rows:
        assert row["reasons"], (row["kind"], row["target"])
        assert all(reason["en"] and reason["zh"] for reason in row["reasons"])


def test_what_is_not_marked_does_not_raise_a_row() -> None:
    """Marks of punctuation, of which the recogniser is seldom sure and yet right."""

    def score(stops: float) -> tuple[float, int]:
        def unsure(char: Char) -> Char:
            return char if char.text.isalnum() else replace(char, confidence=stops)

        whole = paper(0.999)
        pages = tuple(
            replace(page, regions=tuple(
                replace(region, lines=tuple(
                    replace(line, chars=tuple(map(unsure, line.chars))) for line in region.lines
                ))
                for region in page.regions
            ))
            for page in whole.pages
        )  # fmt: skip
        row = items_of(document_of(replace(whole, pages=pages)), {})[0]
        return row["score"], row["doubtful"]

    assert score(0.7) == score(1.0)
    assert score(0.3) > score(1.0)


def test_status_and_flags_do_not_change_the_text() -> None:
    entries = [
        Logged(1, "op-1", ops.SetStatus("a003", "done")),
        Logged(2, "op-2", ops.SetStatus("issue", "in-progress")),
    ]
    document = replayed(paper(), entries)
    rows = {(i["kind"], i["target"]): i["status"] for i in items_of(document, {})}
    assert rows["article", "a003"] == "done"
    assert rows["issue", "issue"] == "in-progress"
    assert rows["article", "a004"] == "open"


def test_what_machine_and_people_disagree_on_is_in_the_queue(
    archive: Archive, original: Path
) -> None:
    issue = list_issues(archive)[0].id
    key = "p0001-r005-l001"
    Journal(archive).submit(
        issue, "林舟", [Submission("typed-0001", ops.SetText(key, "渔家来信"), {key: 0})]
    )
    other = paper()
    page = other.pages[0]
    changed = [
        type(r)(r.id, r.kind, r.polygon, r.writing_mode,
                tuple(type(x)(x.id, x.polygon, x.text.replace("渔", "漁")) for x in r.lines))
        for r in page.regions
    ]  # fmt: skip
    fresh = type(page)(page.id, 1, "A1", "", 2000, 3000, 300, tuple(changed), page.reading_order)
    read_again(archive, Issue("x", other.title, other.masthead, (fresh, other.pages[1]),
                              other.articles), original)  # fmt: skip
    journal = Journal(archive)
    queueing.refresh(journal, issue)
    wanted = queueing.Filter(kinds=("disagreement",))
    found = queueing.look(archive, wanted, 0.0, 10, 0)
    assert found.total == 1
    assert "1" in found.items[0]["reasons"][0]["zh"]


@pytest.mark.parametrize(
    ("masthead", "field", "code", "suggestion"),
    [
        (Masthead("报", "2031-03-05", "星期四"), "weekday", "weekday-wrong", "星期三"),
        (Masthead("报", "2031-13-05"), "date", "date-invalid", ""),
        (Masthead("报", ""), "date", "date-missing", ""),
        (Masthead("", "2031-03-05"), "title", "title-missing", ""),
        (Masthead("报", "2026-03-13", "星期五", "丙午年正月廿六"), "lunar_date", "lunar-wrong",
         "丙午年正月廿五"),
        (Masthead("报", "2031-03-05", issn="2999-4072"), "issn", "issn-wrong", ""),
    ],
)  # fmt: skip
def test_mastheads_that_contradict_themselves(
    masthead: Masthead, field: str, code: str, suggestion: str
) -> None:
    checks = {c.field: c for c in masthead_checks(Issue("x", masthead=masthead))}
    assert checks[field].level == "error"
    assert checks[field].code == code
    assert checks[field].suggestion == suggestion
    assert all(c.texts[0] and c.texts[1] for c in checks.values())


def test_a_good_masthead_passes() -> None:
    good = Masthead("澜江时报", "2026-03-13", "星期五", "丙午年正月廿五", "5107", "", "2999-4071")
    assert {c.level for c in masthead_checks(Issue("x", masthead=good))} == {"ok"}
    assert issn_valid("0317-8471")
    assert issn_valid("1050-124X")
    assert not issn_valid("0317-8472")


@given(st.text(alphabet="河桥鱼船春风", min_size=3, max_size=6), st.integers(0, 5),
       st.text(alphabet="甲乙", max_size=5))  # fmt: skip
def test_a_name_with_one_wrong_character_is_found(term: str, at: int, before: str) -> None:
    at %= len(term)
    wrong = term[:at] + "误" + term[at + 1 :]
    found = list(near_misses(f"{before}{wrong}。", [term]))
    assert (len(before), len(before) + len(term), term) in found
    assert list(near_misses(f"{before}{term}。", [term])) == []


@given(TEXT)
def test_folding_keeps_every_place(text: str) -> None:
    folded = Sought("x", ignore_case=True, variants=True).folded(text)
    assert len(folded) == len(text)
    assert "A" not in folded
    assert "漁" not in folded
