"""Pages on which stories go on, laid out once more with what was begun elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from digitise.articles import assemble, retold
from digitise.grouping import Batch
from digitise.jobs import Outcome
from digitise.layout import Begun, Heed, analyse
from digitise.layout.begun import broken_off, enclosed, headless, namesakes, taken_up
from digitise.layout.heads import Head
from digitise.layout.nodes import Ends, Node
from digitise.model import Issue, Rect, Sheet
from digitise.options import Options
from digitise.pipeline import build_issue
from digitise.sources.inputs import PageRef

from ..layout.setting import LEAD, Paper, columns, filled, line

TITLE = "鲜笋下山进城来"
REST = "运上了开往县城的早班货车，赶在集市开门以前送到。"


def _told(sheets: dict[str, Sheet], again: bool) -> Issue:
    layouts = [analyse(sheet) for sheet in sheets.values()]
    if again:
        layouts = retold(layouts, lambda name, begun: analyse(sheets[name], Heed(), begun))
    return assemble("made-up", layouts)


def _paper(number: int) -> Paper:
    return Paper(width=2900, height=4200, number=number).folio(f"A{number}", "要闻")


def _sheets() -> dict[str, Sheet]:
    """A story whose rest has its first column beside the headline, which stands over the others
    and is set as on the first page."""
    first = columns(100, 320, 2, 16, 14)
    begun = [x for x in filled(0, first)[1] if x.box.y1 < first[1].y1 - LEAD or x.box.x0 < 700]
    one = _paper(1).put(
        line(TITLE, 100, 190, 88), *begun, line("（下转A2版）", first[1].x1 - 320, first[1].y1 - 40)
    )
    left, *right = columns(100, 190, 4, 16, 16)
    right = [Rect(x.x0, x.y0 + 2 * LEAD + 40, x.x1, x.y1) for x in right]
    other = columns(100, 1500, 4, 16, 10)
    under = Rect(left.x0, left.y0 + LEAD, left.x1, left.y1)
    body = [*filled(4, [under])[1], *filled(7, right)[1]]
    two = _paper(2).put(
        line("（上接A1版）", left.x0, left.y0),
        line(TITLE, right[0].x0, 190, 88),
        *body,
        line("渔民相约三月不下网", 100, 1370, 80),
        *filled(9, other)[1],
    )
    return {"p0001": one.sheet(), "p0002": two.sheet()}


def test_a_rest_whose_headline_is_repeated_beside_its_first_column_is_one() -> None:
    sheets = _sheets()
    rests = [
        sum(len(p) for p in article.paragraphs)
        for again in (False, True)
        for article in _told(sheets, again).articles
        if article.headline == TITLE
    ]
    column = sum(len(x.text) for x in filled(4, [columns(100, 252, 1, 16, 15)[0]])[1])
    assert len(rests) == 2
    assert rests[1] == rests[0] + column
    (article,) = (a for a in _told(sheets, again=True).articles if a.headline == TITLE)
    assert [part.page for part in article.parts] == ["p0001", "p0002"]
    assert [c.status for c in article.continuations] == ["verified"]
    assert [c.back_marker for c in article.continuations] == ["（上接A1版）"]


def test_an_issue_that_is_built_has_its_rests_laid_out_once_more(tmp_path: Path) -> None:
    refs = [
        PageRef(f"p{n:04d}", n, tmp_path / "issue.pdf", "pdf", n - 1, label="issue.pdf")
        for n in (1, 2)
    ]
    outcomes = [(ref, Outcome(sheet)) for ref, sheet in zip(refs, _sheets().values(), strict=True)]
    issue, failures, _ = build_issue(Batch("made-up", tuple(refs)), outcomes, Options())
    assert not failures
    told = _told(_sheets(), again=True)
    assert [a.paragraphs for a in issue.articles] == [a.paragraphs for a in told.articles]
    assert told.articles != _told(_sheets(), again=False).articles


def test_what_is_told_again_is_what_was_begun() -> None:
    sheets = _sheets()
    asked: dict[str, Sequence[Begun]] = {}

    def note(name: str, begun: Sequence[Begun]) -> None:
        asked[name] = begun

    layouts = [analyse(sheet) for sheet in sheets.values()]
    assert retold(layouts, note) == layouts  # one that cannot be laid out again stays
    (begun,) = asked.pop("p0002")
    assert not asked
    assert begun.titles == (TITLE,)
    assert begun.text.startswith(f"\n{TITLE}\n")
    assert begun.at.overlap(Rect(100, 190, 740, 252)) > 0


def _body(x: float, y: float, rows: int) -> Node:
    return Node(Rect(x, y, x + 600, y + rows * LEAD), block=0)


def _head(x: float, y: float, weak: bool = True) -> Node:
    return Node(Rect(x, y, x + 500, y + 60), head=Head((0,), weak=weak))


PLAIN = Ends(0.0, 0.0, False, False, False, False)
MARKED = Ends(0.0, 0.0, False, False, False, jump_in=True)
STORY = Begun((TITLE,), TITLE + REST, Rect(0, 0, 600, 600))


def test_small_titles_in_the_place_of_a_rest_are_doubted() -> None:
    """A rest of two columns, in the second of which a title stands at the top, and one under the
    first: what fills its box alone may well be its own."""
    nodes = [_body(0, 0, 8), _head(0, 520), _body(0, 600, 8), _head(680, 0), _body(680, 80, 16)]
    ends = [MARKED, PLAIN, PLAIN, PLAIN, PLAIN]
    chains = [[0], [1, 2], [3, 4]]
    assert taken_up(STORY, nodes, ends) == 0
    assert enclosed([STORY], nodes, ends, chains) == [1, 3]
    # a headline beyond doubt in that box, or a report on the far side of one, is none of it
    sure = [*nodes[:3], _head(680, 0, weak=False), nodes[4]]
    assert enclosed([STORY], sure, ends, chains) == [1]
    between = [*nodes[:3], _head(1360, 0), _body(1360, 80, 16), _body(680, 0, 16)]
    assert enclosed([STORY], between, [*ends, PLAIN], [[0], [1, 2], [3, 4], [5]]) == [1]


def test_a_small_title_over_a_column_that_goes_on_elsewhere_is_doubted() -> None:
    """Nothing as short as what small titles stand over goes on on another page."""
    nodes = [_head(0, 0), _body(0, 80, 8), _head(680, 0, weak=False), _body(680, 80, 8)]
    leaving = Ends(0.0, 0.0, False, False, jump_out=True, jump_in=False)
    chains = [[0, 1], [2, 3]]
    assert broken_off(nodes, [PLAIN, leaving, PLAIN, leaving], chains) == [0]
    assert broken_off(nodes, [PLAIN, PLAIN, PLAIN, leaving], chains) == []


def test_text_that_begins_without_title_or_marker_is_headless() -> None:
    nodes = [_body(0, 0, 8), _body(0, 600, 8), _head(680, 0), _body(680, 80, 8), _body(1360, 0, 1)]
    title = Ends(0.0, 0.0, False, False, False, False, title=True)
    ends = [PLAIN, MARKED, PLAIN, PLAIN, title]
    assert headless(nodes, ends, [[0], [1], [2, 3], [4]]) == [0]


def test_a_story_is_taken_up_behind_its_marker_else_under_its_title() -> None:
    nodes = [_head(0, 0), _body(0, 80, 3), _body(0, 300, 3)]
    assert taken_up(STORY, nodes, [PLAIN, PLAIN, MARKED]) == 2
    assert taken_up(STORY, nodes, [PLAIN] * 3) == 0
    assert taken_up(STORY, nodes[1:], [PLAIN] * 2) == 0
    assert taken_up(STORY, [_body(900, 0, 3)], [MARKED]) == -1


def test_only_a_title_of_the_same_words_is_the_storys() -> None:
    nodes = [_body(0, 0, 8), _head(680, 0), _head(1360, 0)]
    ends = [MARKED, PLAIN, PLAIN]
    assert list(namesakes([STORY], nodes, ends, ["", TITLE, "渔民相约三月不下网"])) == [(1, 0)]
    assert not list(namesakes([STORY], nodes, ends, ["", "鲜笋上山", ""]))
    assert not list(namesakes([STORY], nodes, ends, ["", "渔民三月不下网" + TITLE, ""]))
