"""Single operations, as a librarian makes them."""

from __future__ import annotations

import pytest

from digitise.archive.corrections import operations as ops
from digitise.archive.corrections.apply import Conflict, added, apply, conflicts
from digitise.archive.corrections.compose import article_of, issue_of
from digitise.archive.corrections.document import Document, Logged, document_of
from digitise.archive.corrections.draft import Refused
from digitise.archive.corrections.wire import parse_operation
from digitise.errors import DataInvalid
from digitise.model import Rect

from .papers import paper


def after(*operations: ops.Operation) -> Document:
    document = document_of(paper())
    for seq, operation in enumerate(operations, 1):
        document = added(document, Logged(seq, f"op-{seq}", operation, "林舟"))
    return document


def test_an_article_is_cut_in_two_and_joined_again() -> None:
    document = after(ops.ArticleSplit("a003", "anew00001", ("p0001-r006",)))
    assert document.article_ids == ("a001", "a002", "a003", "anew00001", "a004", "a005")
    assert article_of(document, "a003").paragraphs == ()
    assert article_of(document, "anew00001").paragraphs[1] == "老人们说，多年没有见过。"
    document = added(document, Logged(2, "op-2", ops.ArticleMerge("a003", "anew00001")))
    assert article_of(document, "a003").paragraphs == article_of(after(), "a003").paragraphs


def test_a_broken_jump_leaves_two_articles() -> None:
    document = after(ops.ContinuationBreak("a002", 0, "anew00001"))
    first, second = article_of(document, "a002"), article_of(document, "anew00001")
    assert first.continuations == second.continuations == ()
    assert first.paragraphs == ("昨天上午，河上新桥正式通车。市民早早来到桥头，等着第一班车开过。",)
    assert second.paragraphs == ("桥长八百米，双向四车道。",)
    made = ops.ContinuationMake("a002", "p0001", "p0002", "anew00001", "（下转2版）")
    document = added(document, Logged(2, "op-2", made))
    joined = article_of(document, "a002")
    assert [c.status for c in joined.continuations] == ["verified"]
    assert joined.paragraphs == article_of(after(), "a002").paragraphs


def test_a_headline_set_by_hand_stays_and_can_be_given_back_to_the_lines() -> None:
    typed = ops.SetText("p0001-r005-l001", "渔村来鸿")
    document = after(ops.ArticleSet("a003", "headline", "渔家来信"), typed)
    assert article_of(document, "a003").headline == "渔家来信"
    document = added(document, Logged(3, "op-3", ops.ArticleSet("a003", "headline", None)))
    assert article_of(document, "a003").headline == "渔村来鸿"


def test_a_vertical_line_is_cut_across() -> None:
    issue = apply(paper(), [ops.SplitLine("p0002-r003-l001", "p0002-lnew00001", 4)])
    lines = {x.id: x for p in issue.pages for r in p.regions for x in r.lines}
    head, tail = lines["p0002-r003-l001"], lines["p0002-lnew00001"]
    assert (head.text, tail.text) == ("柳条垂到", "水面，")
    assert head.box == Rect(1600, 300, 1640, 460)
    assert tail.box == Rect(1600, 460, 1640, 580)
    article = next(a for a in issue.articles if a.id == "a004")
    assert article.paragraphs == ("柳条垂到水面，孩子们放风筝。",)


def test_a_region_that_is_moved_takes_its_lines_along() -> None:
    shape = tuple((x + 30.0, y - 20.0) for x, y in paper().pages[0].regions[3].polygon)
    document = after(ops.MoveRegion("p0001-r004", shape, with_lines=True))
    entry = document.line("p0001-r004-l001")
    assert entry is not None
    assert entry.line.box == Rect(130, 480, 130 + 16 * 40, 520)
    assert entry.line.chars[0].box == Rect(130, 480, 170, 520)


def test_the_order_of_a_page_is_that_of_its_articles() -> None:
    order = ("p0001-r001", "p0001-r003", "p0001-r002", "p0001-r004", "p0001-r006", "p0001-r005")
    issue = issue_of(after(ops.SetOrder("p0001", order)))
    assert issue.pages[0].reading_order == order
    assert issue.articles[1].parts[0].regions == ("p0001-r003", "p0001-r002", "p0001-r004")


def test_who_has_not_seen_the_last_change_is_told() -> None:
    document = after(ops.SetText("p0001-r004-l001", "甲"))
    mine = ops.SetText("p0001-r004-l001", "乙")
    assert conflicts(document, mine, {"p0001-r004-l001": 0}) == ("p0001-r004-l001",)
    assert conflicts(document, mine, {"p0001-r004-l001": 1}) == ()
    same = ops.SetText("p0001-r004-l001", "甲")
    assert conflicts(document, same, {"p0001-r004-l001": 0}) == ()
    with pytest.raises(Refused):
        conflicts(document, mine, {})


def test_a_queue_of_ones_own_needs_no_waiting() -> None:
    document = after(ops.SetText("p0001-r004-l001", "甲"))
    mine = ops.SetText("p0001-r004-l001", "乙")
    assert conflicts(document, mine, {"p0001-r004-l001": "op-1"}) == ()
    assert conflicts(document, mine, {"p0001-r004-l001": "op-unknown"}) == ("p0001-r004-l001",)
    # An operation that was about something else says nothing of this line.
    other = added(document, Logged(2, "op-2", ops.SetKind("p0001-r002", "subhead")))
    assert conflicts(other, mine, {"p0001-r004-l001": "op-2"}) == ("p0001-r004-l001",)
    later = added(document, Logged(2, "op-2", ops.SetText("p0001-r004-l001", "丙")))
    assert conflicts(later, mine, {"p0001-r004-l001": "op-1"}) == ("p0001-r004-l001",)


def test_what_was_changed_since_is_not_undone() -> None:
    document = after(ops.SetText("p0001-r004-l001", "甲"), ops.SetText("p0001-r004-l001", "乙"))
    with pytest.raises(Conflict):
        added(document, Logged(3, "op-3", ops.Revert(1)))
    document = added(document, Logged(3, "op-3", ops.Revert(2)))
    document = added(document, Logged(4, "op-4", ops.Revert(1)))
    assert issue_of(document) == paper()
    with pytest.raises(Refused):
        added(document, Logged(5, "op-5", ops.Revert(1)))
    redone = added(document, Logged(5, "op-5", ops.Revert(4)))
    entry = redone.line("p0001-r004-l001")
    assert entry is not None
    assert entry.line.text == "甲"


@pytest.mark.parametrize(
    "value",
    [
        {"type": "adopt", "content": "{}"},
        {"type": "set_text", "line": "../../etc/passwd", "text": ""},
        {"type": "set_text", "line": "p0001-r001-l001", "text": "a\x00b"},
        {"type": "set_text", "line": "p0001-r001-l001", "text": "长" * 2001},
        {"type": "set_text", "line": "p0001-r001-l001"},
        {"type": "set_text", "line": 3, "text": ""},
        {"type": "add_line", "region": "p0001-r001", "new_id": "x", "polygon": [], "text": ""},
        {"type": "move_region", "region": "r", "polygon": [[0, 0], [1, 0], [float("inf"), 2]]},
        {"type": "move_region", "region": "r", "polygon": [[0, 0], [9, 0], [5, 0]]},
        {"type": "set_kind", "region": "p0001-r001", "kind": "<b>"},
        {"type": "merge_lines", "lines": ["a", "a"]},
        {"type": "status", "target": "issue", "status": "won"},
        {"type": "revert", "seq": True},
        {"type": "nothing"},
        {},
        [],
        None,
    ],
)
def test_what_is_no_operation_is_refused_by_name(value: object) -> None:
    with pytest.raises(DataInvalid) as caught:
        parse_operation(value)
    assert caught.value.message[0].startswith("operation")
    assert caught.value.message[1]


def test_a_date_half_typed_is_kept_but_not_exported() -> None:
    document = after(ops.MastheadSet("date", "2031-0"))
    assert document.masthead.date == "2031-0"
    assert issue_of(document).masthead.date == ""
    document = added(document, Logged(2, "op-2", ops.MastheadSet("date", "2031-03-06")))
    assert issue_of(document).masthead.date == "2031-03-06"


def test_an_id_is_never_used_twice() -> None:
    made = ops.AddLine("p0001-r004", "p0001-lnew00001", Rect(0, 0, 9, 9).polygon, "甲")
    document = after(made, ops.DeleteLine("p0001-lnew00001"))
    with pytest.raises(Refused):
        added(document, Logged(3, "op-3", made))
