"""Articles that go on on another page, from made-up sheets to the finished issue."""

from __future__ import annotations

import pytest

from digitise.articles import assemble
from digitise.layout import PageLayout, analyse
from digitise.model import Article, Issue, Page, TextLine

from ..layout.setting import LEAD, Paper, columns, filled, line

FIRST = columns(100, 320, 2, 16, 14)
SECOND = columns(100, 320, 2, 16, 14)
OTHER = columns(100, 1400, 2, 16, 10)


def _page(number: int, label: str, *lines: TextLine) -> PageLayout:
    paper = Paper(width=1700, height=2400, number=number).folio(label, "要闻")
    return analyse(paper.put(*lines).sheet())


def _broken_off(marker: str) -> tuple[list[str], list[TextLine]]:
    """A body that breaks off in the middle of a sentence, and the marker under it."""
    paragraphs, lines = filled(0, [FIRST[0], FIRST[1].grow(0, -LEAD)])
    lines = lines[:-1]
    kept = "".join(x.text for x in lines)
    whole, cut = "".join(paragraphs), len(kept)
    assert kept == whole[:cut]
    parts: list[str] = []
    for text in paragraphs:
        parts.append(text[: max(0, cut)])
        cut -= len(text)
    parts = [part for part in parts if part]
    if marker:
        x = FIRST[1].x1 - len(marker) * 40
        lines.append(line(marker, x, lines[-1].box.y0 + LEAD))
    return parts, lines


def _goes_on(marker: str, rest: str) -> list[TextLine]:
    """`rest` without an indent, the marker over it on a line of its own."""
    lines = [line(marker, SECOND[0].x0, SECOND[0].y0)] if marker else []
    top = SECOND[0].y0 + len(lines) * LEAD
    room = 16
    for k in range(0, len(rest), room):
        lines.append(line(rest[k : k + room], SECOND[0].x0, top + k // room * LEAD))
    return lines


def _unbroken(start: int) -> list[TextLine]:
    return [line("渔民相约三月不下网", 100, 1270, 80), *filled(start, OTHER)[1]]


REST = (
    "运上了开往县城的早班货车，赶在集市开门以前送到。"
    + "合作社今年又添了两间冷库，笋农不必再为卖不完发愁。" * 3
)


def _issue(out: str, back: str, headline: str, *, label: str = "A2") -> tuple[list[str], Issue]:
    broken, lines = _broken_off(out)
    first = _page(1, "A1", line("鲜笋下山进城来", 100, 190, 88), *lines)
    head = [line(headline, 100, 190, 72)] if headline else []
    second = _page(2, label, *head, *_goes_on(back, REST), *_unbroken(5))
    return broken, assemble("made-up", [first, second])


def _jumping(issue: Issue) -> list[Article]:
    return [a for a in issue.articles if a.continuations]


@pytest.mark.parametrize(
    ("out", "back", "headline"),
    [
        ("（下转A2版）", "（上接A1版）", "鲜笋下山进城来"),
        ("（下转第二版）", "（上接第一版）", "鲜笋下山"),
        ("（下转2版①）", "◀上接A01版", "冷库添在山脚下"),
        ("下转A02", "[上接A1版]", ""),
        ("（下转A2版）", "", "鲜笋下山进城来"),
    ],
)
def test_both_ends_are_found_and_sewn_together(out: str, back: str, headline: str) -> None:
    broken, issue = _issue(out, back, headline)
    (article,) = _jumping(issue)
    assert article.headline == "鲜笋下山进城来"
    assert [(c.from_page, c.to_page, c.status) for c in article.continuations] == [
        ("p0001", "p0002", "verified")
    ]
    assert [part.page for part in article.parts] == ["p0001", "p0002"]
    # the paragraph that the jump broke is one, without the markers
    assert article.paragraphs == (*broken[:-1], broken[-1] + REST)
    assert "渔民相约三月不下网" in [a.headline for a in issue.articles]


def test_a_headline_that_holds_the_storys_own_and_more_is_another_storys() -> None:
    _, lines = _broken_off("（下转A2版）")
    first = _page(1, "A1", line("鲜笋下山进城来", 100, 190, 88), *lines)
    other = [line("渔村添冷库鲜笋下山进城来", 100, 1270, 80), *filled(5, OTHER)[1]]
    rest = filled(9, SECOND)[1]
    second = _page(2, "A2", line("渔民相约三月不下网", 100, 190, 72), *rest, *other)
    issue = assemble("made-up", [first, second])
    (article,) = _jumping(issue)
    assert [c.status for c in article.continuations] == ["unresolved"]
    assert "渔村添冷库鲜笋下山进城来" in [a.headline for a in issue.articles]


def test_a_headline_that_the_marker_names_may_be_longer() -> None:
    headline = "渔村添冷库鲜笋下山进城来"
    broken, issue = _issue(f"（下转A2版《{headline}》）", "", headline)
    (article,) = _jumping(issue)
    assert [c.status for c in article.continuations] == ["verified"]
    assert article.paragraphs == (*broken[:-1], broken[-1] + REST)


def test_a_marker_without_a_counterpart_is_reported_and_nothing_is_joined() -> None:
    broken, lines = _broken_off("（下转A4版）")
    first = _page(1, "A1", line("鲜笋下山进城来", 100, 190, 88), *lines)
    second = _page(2, "A2", *_unbroken(5))
    (article,) = _jumping(assemble("made-up", [first, second]))
    (jump,) = article.continuations
    assert (jump.status, jump.to_page, jump.marker) == ("unresolved", "", "（下转A4版）")
    assert "no such page" in jump.note
    assert [part.page for part in article.parts] == ["p0001"]
    assert article.paragraphs == tuple(broken)


def test_a_back_marker_alone_is_reported() -> None:
    first = _page(1, "A1", line("渡口迎来新班船", 100, 190, 88), *filled(2, FIRST)[1])
    second = _page(2, "A2", *_goes_on("（上接A1版）", REST), *_unbroken(5))
    issue = assemble("made-up", [first, second])
    (article,) = _jumping(issue)
    assert article.continuations[0].status == "unresolved"
    assert article.continuations[0].back_marker == "（上接A1版）"
    assert len(article.parts) == 1


def test_a_start_whose_marker_was_lost_is_found_from_the_other_end() -> None:
    broken, issue = _issue("", "（上接A1版）", "鲜笋下山进城来")
    (article,) = _jumping(issue)
    assert article.continuations[0].status == "one-sided"
    assert article.paragraphs == (*broken[:-1], broken[-1] + REST)


def test_two_jumps_to_one_page_find_each_their_own() -> None:
    """Two starts, two ends, only the headlines tell which is whose."""
    left, right = columns(100, 320, 2, 16, 14)
    starts = [("茶厂改用电炒锅", left, 10), ("夜校开进小学里", right, 11)]
    lines = [line("（下转A2版）", area.x1 - 240, area.y1 + 20) for _, area, _ in starts]
    for title, area, start in starts:
        lines += [line(title, area.x0, 190, 80), *filled(start, [area])[1][:-1]]
    middle = (left.x1 + right.x0) / 2
    first = Paper(width=1700, height=2400, number=1).folio("A1", "要闻").put(*lines)
    first.rule(middle - 2, 180, middle + 2, 1300)
    second = Paper(width=1700, height=2400, number=2).folio("A2", "综合")
    second.rule(middle - 2, 180, middle + 2, 1300)
    for (title, _, start), area in zip(reversed(starts), (left, right), strict=True):
        second.put(
            line(title, area.x0, 190, 72),
            line("（上接A1版）", area.x0, 320),
            *(x for x in filled(start + 3, [area])[1] if x.box.y0 > 330),
        )
    issue = assemble("made-up", [analyse(first.sheet()), analyse(second.sheet())])
    sewn = _jumping(issue)
    assert sorted(a.headline for a in sewn) == sorted(title for title, _, _ in starts)
    for article in sewn:
        assert [c.status for c in article.continuations] == ["verified"]
        end = issue.pages[1].region(article.parts[1].regions[0])
        assert end.kind == "headline"
        assert end.text == article.headline


def test_a_failed_page_leaves_a_gap() -> None:
    broken, lines = _broken_off("（下转A2版）")
    first = _page(1, "A1", line("鲜笋下山进城来", 100, 190, 88), *lines)
    issue = assemble("made-up", [first], [Page("p0002", 2, error="It is encrypted.")])
    assert not issue.complete
    assert [page.id for page in issue.pages] == ["p0001", "p0002"]
    (article,) = _jumping(issue)
    assert article.continuations[0].status == "unresolved"
    assert article.paragraphs == tuple(broken)


def test_every_region_belongs_to_one_entry() -> None:
    _, issue = _issue("（下转A2版）", "（上接A1版）", "鲜笋下山进城来")
    owned = [rid for a in issue.articles for part in a.parts for rid in part.regions]
    assert sorted(owned) == sorted(r.id for page in issue.pages for r in page.regions)
    assert len(set(owned)) == len(owned)
    for page in issue.pages:
        assert sorted(page.reading_order) == sorted(r.id for r in page.regions)
