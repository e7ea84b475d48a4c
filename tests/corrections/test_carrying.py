"""Whatever people did, and however differently the issue is read afterwards: nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from digitise.archive.corrections import operations as ops
from digitise.archive.corrections.apply import Conflict, added, replayed
from digitise.archive.corrections.carrying import Carried, carried_over, reshaped
from digitise.archive.corrections.compose import issue_of
from digitise.archive.corrections.document import Document, LineEntry, Logged, Note, document_of
from digitise.archive.corrections.draft import Refused
from digitise.archive.corrections.matching import matched
from digitise.archive.corrections.outlines import grown
from digitise.formats.issue_json import dump_issue, load_issue
from digitise.model import Issue, Line, Page, Part, Rect, Region, bounding, polygon_bounds

from .moves import BOXES, operations
from .papers import paper

PAIRS = {"p0001": "p0001", "p0002": "p0002"}


def edited(*given: ops.Operation) -> Document:
    document = document_of(paper())
    for seq, operation in enumerate(given, 1):
        document = added(document, Logged(seq, f"edit-{seq}", operation, "林舟"))
    return document


def carried(old: Document, new: Issue) -> tuple[Document, Carried]:
    work = carried_over(old, new, PAIRS)
    entries = [
        Logged(n, f"carried-{n}", one, origin=max(1, origin))
        for n, (origin, one) in enumerate(work.operations, 1)
    ]
    return replayed(new, entries), work


def typed(document: Document) -> list[str]:
    return sorted(
        x.line.text for x in document.entities.values() if isinstance(x, LineEntry) and x.human
    )


@st.composite
def readings(draw: Any) -> Issue:
    """The small issue as another engine may read it: lines elsewhere, joined, cut, missing, read
    otherwise; regions cut up or run together; other articles."""
    issue = paper()
    pages = []
    for page in issue.pages:
        groups: list[list[Region]] = []
        for region in page.regions:
            if groups and draw(st.integers(0, 5)) == 0:
                groups[-1].append(region)
            else:
                groups.append([region])
        regions = []
        for n, group in enumerate(groups):
            key = f"{page.id}-r{n + 701}"
            lines = [one for r in group for line in r.lines for one in draw(_lines(line))]
            lines = [replace(x, id=f"{key}-l{k + 1:03d}") for k, x in enumerate(lines)]
            outline = bounding([r.box for r in group]).polygon
            regions.append(replace(group[0], id=key, polygon=outline, lines=tuple(lines)))
        order = tuple(r.id for r in regions)
        pages.append(replace(page, regions=tuple(regions), reading_order=order))
    articles: list[Any] = []
    for page in pages:
        for region in page.regions:
            if articles and draw(st.booleans()):
                parts = [*articles[-1].parts, Part(page.id, (region.id,))]
                articles[-1] = replace(articles[-1], parts=_gathered(parts))
            else:
                made = replace(issue.articles[1], id=f"a{len(articles) + 1:03d}", continuations=(),
                               headline="", byline="", paragraphs=(),
                               parts=(Part(page.id, (region.id,)),))  # fmt: skip
                articles.append(made)
    return replace(issue, pages=tuple(pages), articles=tuple(articles))


def _gathered(parts: list[Part]) -> tuple[Part, ...]:
    pages: dict[str, tuple[str, ...]] = {}
    for part in parts:
        pages[part.page] = (*pages.get(part.page, ()), *part.regions)
    return tuple(Part(page, regions) for page, regions in pages.items())


@st.composite
def _lines(draw: Any, line: Line) -> list[Line]:
    how = draw(st.sampled_from(["same", "moved", "other", "gone", "cut", "thick"]))
    box = line.box
    if how == "gone":
        return []
    if how == "cut" and len(line.text) > 1:
        middle = box.cx
        halves = (Rect(box.x0, box.y0, middle, box.y1), Rect(middle, box.y0, box.x1, box.y1))
        if box.height > box.width:
            halves = (Rect(box.x0, box.y0, box.x1, box.cy), Rect(box.x0, box.cy, box.x1, box.y1))
        at = len(line.text) // 2
        texts = (line.text[:at], line.text[at:])
        return [
            replace(line, polygon=half.polygon, text=text, chars=())
            for half, text in zip(halves, texts, strict=True)
        ]
    if how == "thick":  # with the line below
        box = box.grow(0, 40).shift(0, 40)
    elif how == "moved":
        box = box.shift(draw(st.integers(-15, 15)), draw(st.integers(-12, 12)))
    text = "别" + line.text[1:] if how == "other" else line.text
    return [replace(line, polygon=box.polygon, text=text, chars=())]


@given(st.data(), readings(), readings(), st.integers(0, 10))
@hypothesis_settings(max_examples=50)
def test_whatever_was_done_and_however_it_is_read(
    data: Any, new: Issue, last: Issue, steps: int
) -> None:
    old = document_of(paper())
    for number in range(1, steps + 1):
        operation = data.draw(operations(old, number))
        try:
            old = added(old, Logged(old.seq + 1, f"op-{number}", operation, "林舟"))
        except (Refused, Conflict):
            continue
    now, work = carried(old, new)
    once_more, _ = carried(now, last)
    assert typed(now) == typed(old), "every line people typed, and none that they did not"
    assert typed(once_more) == typed(old), "nor by a third reading"
    heads = {
        (name, getattr(a.article, name)) for a in old.articles() for name in a.own if name != "kind"
    }
    there = {(name, getattr(a.article, name)) for a in now.articles() for name in a.own}
    assert heads <= there, "every head set by hand"
    assert heads <= {(n, getattr(a.article, n)) for a in once_more.articles() for n in a.own}
    assert now.masthead == replace(
        document_of(new).masthead,
        **{
            name: getattr(old.masthead, name)
            for name in ops.MASTHEAD_FIELDS
            if getattr(old.masthead, name) != getattr(paper().masthead, name)
        },
    )
    remarks = sorted(
        r.text for x in old.entities.values() if isinstance(x, Note) for r in x.remarks
    )
    assert remarks == sorted(
        r.text for x in now.entities.values() if isinstance(x, Note) for r in x.remarks
    )
    issue = issue_of(now)
    written = dump_issue(issue)
    assert dump_issue(load_issue(written)) == written
    homes = [r for a in issue.articles for part in a.parts for r in part.regions]
    assert sorted(homes) == sorted(r.id for p in issue.pages for r in p.regions)
    for page in issue.pages:
        for region in page.regions:
            touched = {region.id, *(x.id for x in region.lines)} & set(now.versions)
            assert not touched or all(
                polygon_bounds(region.polygon).contains(x.box) for x in region.lines
            ), "regions hold their lines"
    assert {d.line for d in work.disagreements if d.kind in ("text", "line-gone")} <= set(
        now.entities
    )


@given(st.lists(BOXES, max_size=6), BOXES)
def test_an_outline_grows_round_what_is_in_it(inside: list[Any], outline: Any) -> None:
    boxes = [polygon_bounds(one) for one in inside]
    made = polygon_bounds(grown(outline, boxes))
    assert all(made.contains(box) for box in [*boxes, polygon_bounds(outline)])
    sides = [polygon_bounds(outline), *boxes]
    assert made == bounding(sides), "and no further"
    assert grown(outline, []) == outline


@given(st.data())
def test_lines_are_in_one_group_each(data: Any) -> None:
    old = [
        LineEntry("r", Line(f"a{n}", box, "甲"), "甲")
        for n, box in enumerate(data.draw(st.lists(BOXES, max_size=8)))
    ]
    new = [Line(f"b{n}", box, "乙") for n, box in enumerate(data.draw(st.lists(BOXES, max_size=8)))]
    groups = matched(old, new)
    assert sorted(x.line.id for g in groups for x in g.old) == [x.line.id for x in old]
    assert sorted(x.id for g in groups for x in g.new) == [x.id for x in new]
    for group in groups:
        for entry in group.old:
            box = entry.line.box
            same = [x for x in new if box.overlap(x.box) >= 0.4 * min(box.area, x.box.area)]
            assert set(same) <= set(group.new)


def _page(issue: Issue, page: Page) -> Issue:
    return replace(issue, pages=tuple(page if p.id == page.id else p for p in issue.pages))


def _short_of_a_line() -> Issue:
    """The paper as an engine reads it that does not find the third line of a region."""
    whole = paper()
    page = whole.pages[0]
    regions = tuple(
        replace(r, polygon=bounding([x.box for x in r.lines[:2]]).polygon, lines=r.lines[:2])
        if r.id == "p0001-r006" else r for r in page.regions
    )  # fmt: skip
    return _page(whole, replace(page, regions=regions))


def test_a_line_put_back_makes_its_region_grow() -> None:
    old = edited(ops.SetText("p0001-r006-l003", "　　老人们说，多年未见。"))
    now, work = carried(old, _short_of_a_line())
    region = next(r for r in issue_of(now).pages[0].regions if r.id == "p0001-r006")
    assert [x.text for x in region.lines][-1] == "　　老人们说，多年未见。"
    assert region.box.contains(region.lines[-1].box)
    assert [d.kind for d in work.disagreements] == ["line-gone"]
    article = next(a for a in issue_of(now).articles if a.id == "a003")
    assert article.paragraphs[-1] == "老人们说，多年未见。"


def test_two_heads_on_articles_that_are_read_as_one() -> None:
    old = edited(
        ops.ArticleSet("a002", "headline", "新桥通车"),
        ops.ArticleSet("a003", "headline", "鱼汛早来"),
    )
    whole = paper()
    first, second, third = whole.articles[:3]
    both = replace(
        second,
        parts=(Part("p0001", (*second.parts[0].regions, *third.parts[0].regions)), second.parts[1]),
    )
    now, work = carried(old, replace(whole, articles=(first, both, *whole.articles[3:])))
    found = {a.headline: a for a in issue_of(now).articles}
    assert "".join(found["新桥通车"].paragraphs) == whole.articles[1].paragraphs[0]
    assert found["鱼汛早来"].paragraphs == whole.articles[2].paragraphs
    assert [(d.kind, d.human) for d in work.disagreements] == [("structure", "鱼汛早来")]


def test_a_head_on_an_article_whose_region_is_shared() -> None:
    """The new reading runs both columns together in one region: it is cut."""
    old = edited(ops.ArticleSet("a003", "byline", "本报记者 柳岸"))
    whole = paper()
    page = whole.pages[0]
    left, head, right = page.regions[3], page.regions[4], page.regions[5]
    one = replace(
        left, polygon=bounding([left.box, head.box, right.box]).polygon,
        lines=(*left.lines, *head.lines, *right.lines),
    )  # fmt: skip
    regions = tuple(one if r is left else r for r in page.regions if r not in (head, right))
    second = whole.articles[1]
    articles = tuple(a for a in whole.articles if a.id != "a003")
    read = replace(
        _page(whole, replace(page, regions=regions, reading_order=tuple(r.id for r in regions))),
        articles=articles,
    )
    now, _ = carried(old, read)
    found = next(a for a in issue_of(now).articles if a.byline == "本报记者 柳岸")
    assert (
        "".join(found.paragraphs)
        == "渔村来信今年的鱼汛来得早，码头上堆满了箱子。老人们说，多年没有见过。"
    )
    rest = next(a for a in issue_of(now).articles if a.id == second.id)
    assert rest.paragraphs[0].startswith("昨天上午，河上新桥正式通车。")


def test_articles_put_together_by_hand_stay_so_in_the_new_layout() -> None:
    old = edited(
        ops.ArticleMerge("a003", "a004"),
        ops.ArticleSet("a005", "kind", "notice"),
        ops.ContinuationAccept("a002", 0),
        ops.ArticleSet("a002", "subheadline", "八百米长"),
    )
    assert not reshaped(old)
    new = paper(0.5)
    now, work = carried(old, new)
    issue = issue_of(now)
    (joined,) = (a for a in issue.articles if "渔村来信" in a.headline)
    assert [p.page for p in joined.parts] == ["p0001", "p0002"]
    assert not any(a.id in ("a003", "a004") for a in issue.articles if a is not joined)
    (notice,) = (a for a in issue.articles if a.kind == "notice")
    assert notice.paragraphs == ("出租渔船", "电话：0000-1234")
    (jumping,) = (a for a in issue.articles if a.continuations)
    assert jumping.continuations[0].status == "verified"
    assert jumping.subheadline == "八百米长"
    assert issue.pages[0].regions[3].confidence == 0.5, "the new reading's own regions"
    assert work.disagreements == (), "it divides them as it did before"


def test_an_article_of_which_nothing_is_found_is_put_back() -> None:
    old = edited(ops.ArticleSet("a004", "headline", "春日随笔（一）"))
    whole = paper()
    page = whole.pages[1]
    left = tuple(r for r in page.regions if r.id not in ("p0002-r002", "p0002-r003"))
    read = replace(
        _page(whole, replace(page, regions=left, reading_order=tuple(r.id for r in left))),
        articles=tuple(a for a in whole.articles if a.id != "a004"),
    )
    now, work = carried(old, read)
    (found,) = (a for a in issue_of(now).articles if a.headline == "春日随笔（一）")
    assert found.paragraphs == ("柳条垂到水面，孩子们放风筝。",)
    regions = {r.id: r for r in issue_of(now).pages[1].regions}
    assert {regions[r].writing_mode for r in found.parts[0].regions} == {"vertical-rl"}
    assert typed(now) == [], "put back, not confirmed"
    assert [(d.kind, d.human) for d in work.disagreements] == [("structure", "春日随笔（一）")]


def test_type_read_the_other_way_is_not_read_twice() -> None:
    """Columns down that the new engine takes for rows: what was typed comes back, the rows go."""
    old = edited(ops.SetText("p0002-r003-l001", "柳枝垂到水面，"))
    whole = paper()
    page = whole.pages[1]
    rows = []
    for n in range(7):
        box = Rect(1530, 305 + 40 * n, 1650, 340 + 40 * n)
        rows.append(Line(f"p0002-r003-l{n + 101}", box.polygon, "错行", (), 0.4))
    wrong = replace(
        page.regions[2], writing_mode="horizontal-tb", lines=tuple(rows),
        polygon=bounding([x.box for x in rows]).polygon,
    )  # fmt: skip
    regions = tuple(wrong if r.id == "p0002-r003" else r for r in page.regions)
    now, _ = carried(old, _page(whole, replace(page, regions=regions)))
    issue = issue_of(now)
    texts = [x.text for r in issue.pages[1].regions for x in r.lines]
    assert "错行" not in texts
    assert texts.count("柳枝垂到水面，") == texts.count("孩子们放风筝。") == 1
    assert typed(now) == ["柳枝垂到水面，"]
    (found,) = (a for a in issue.articles if a.id == "a004")
    assert "柳枝垂到水面，孩子们放风筝。" in found.paragraphs


def test_what_only_the_new_reading_finds_is_added_to_a_layout_made_by_hand() -> None:
    old = edited(
        ops.MoveRegion("p0001-r006", Rect(1090, 490, 1700, 700).polygon),
        ops.MoveLine("p0001-r006-l001", Rect(1090, 495, 1640, 545).polygon),
        ops.DeleteLine("p0002-r004-l002"),
    )
    assert reshaped(old)
    whole = paper()
    page = whole.pages[0]
    more = Line("p0001-r006-l009", Rect(1100, 680, 1500, 700).polygon, "又及。", (), 0.9)
    far = Line("p0001-r099-l001", Rect(300, 2500, 700, 2540).polygon, "遗失声明", (), 0.9)
    regions = tuple(
        replace(r, lines=(*r.lines, more)) if r.id == "p0001-r006" else r for r in page.regions
    )
    lost = Region("p0001-r099", "notice", far.box.polygon, lines=(far,))
    order = (*page.reading_order, lost.id)
    read = _page(whole, replace(page, regions=(*regions, lost), reading_order=order))
    now, work = carried(old, read)
    issue = issue_of(now)
    column = next(r for r in issue.pages[0].regions if r.id == "p0001-r006")
    assert column.lines[-1].text == "又及。"
    assert column.lines[0].box == Rect(1090, 495, 1640, 545), "where a person had put it"
    assert any(a.paragraphs == ("遗失声明",) for a in issue.articles)
    told = [(d.kind, d.machine_new) for d in work.disagreements]
    assert sorted(told) == [("line-new", "又及。"), ("line-new", "遗失声明")]
    texts = [x.text for r in issue.pages[1].regions for x in r.lines]
    assert "电话：0000-1234" not in texts, "what was deleted stays deleted"


def test_a_flag_on_a_line_that_is_gone_stays_where_it_was() -> None:
    old = edited(ops.Flag("p0001-r006-l002", "看不清"), ops.Comment("p0001-r006-l002", "原件破损"))
    whole = paper()
    page = whole.pages[0]
    regions = tuple(
        replace(r, lines=(r.lines[0], r.lines[2])) if r.id == "p0001-r006" else r
        for r in page.regions
    )
    now, _ = carried(old, _page(whole, replace(page, regions=regions)))
    note = now.note("p0001-r006")
    assert note.flag == "看不清"
    assert [r.text for r in note.remarks] == ["原件破损"]


def test_a_third_reading_is_as_free_as_the_second() -> None:
    """What the second reading had to be given back does not count as a layout made by hand."""
    old = edited(
        ops.SetText("p0001-r006-l003", "　　老人们说，多年未见。"),
        ops.ArticleSet("a003", "headline", "鱼汛早来"),
    )
    second = _short_of_a_line()
    work = carried_over(old, second, PAIRS)
    again = document_of(second)
    for n, (origin, one) in enumerate(work.operations, 1):
        again = added(again, Logged(n, f"carried-{n}", one, "林舟", origin=origin))
    last = Logged(again.seq + 1, "typed", ops.SetText("p0002-r001-l002", "双向六车道。"), "林舟")
    again = added(again, last)
    assert not reshaped(again)
    now, _ = carried(again, paper(0.6))
    issue = issue_of(now)
    assert [len(r.lines) for r in issue.pages[0].regions] == [
        len(r.lines) for r in paper().pages[0].regions
    ]
    assert typed(now) == ["　　老人们说，多年未见。", "双向六车道。"]
    assert "鱼汛早来" in {a.headline for a in issue.articles}
