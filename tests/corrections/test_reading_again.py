"""A better engine reads the issue again: what people did is kept, and disagreements are told."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from digitise.archive import Archive, current_issue, list_issues
from digitise.archive.corrections import operations as ops
from digitise.archive.corrections.history import history
from digitise.archive.corrections.journal import Journal, Submission
from digitise.archive.corrections.rebasing import list_disagreements, resolve_disagreement
from digitise.model import Issue, Line, Page, Region

from .conftest import read_again
from .papers import paper, region


def texts(issue: Issue) -> dict[str, str]:
    return {x.id: x.text for p in issue.pages for r in p.regions for x in r.lines}


def mapped(issue: Issue, change: object) -> Issue:
    """The issue with `change(line)` for each of its lines, and new ids for everything."""

    def one(page: Page) -> Page:
        regions = []
        for n, old in enumerate(page.regions):
            key = f"{page.id}-r{n + 501:03d}"
            lines = tuple(
                replace(change(x), id=f"{key}-l{i + 1:03d}")  # type: ignore[operator]
                for i, x in enumerate(old.lines)
            )
            regions.append(replace(old, id=key, lines=lines))
        return replace(page, regions=tuple(regions), reading_order=tuple(r.id for r in regions))

    pages = tuple(one(page) for page in issue.pages)
    names = {
        a.id: b.id
        for old, new in zip(issue.pages, pages, strict=True)
        for a, b in zip(old.regions, new.regions, strict=True)
    }
    articles = tuple(
        replace(
            a, parts=tuple(replace(p, regions=tuple(names[r] for r in p.regions)) for p in a.parts)
        )
        for a in issue.articles
    )
    return replace(issue, pages=pages, articles=articles)


def better(line: Line) -> Line:
    return replace(line, text=line.text.replace("渔", "漁"), chars=())


def test_texts_are_typed_into_the_new_result(either: Archive, original: Path) -> None:
    issue = list_issues(either)[0].id
    journal = Journal(either)
    mine = {
        "p0001-r005-l001": "渔家来信",  # the new engine disagrees
        "p0001-r004-l001": "　　昨天上午，河上老桥正式通车。",  # it reads as the old one did
        "p0002-r003-l002": "孩子们放风筝。",  # confirmed
    }
    sent = [
        Submission(f"typed-{key}", ops.SetText(key, text), {key: 0}) for key, text in mine.items()
    ]
    sent += [
        Submission("set-date-1", ops.MastheadSet("issue_number", "1006"), {"masthead": 0}),
        Submission("comment-01", ops.Comment("p0001-r005-l001", "请核对")),
        Submission("headline-1", ops.ArticleSet("a004", "headline", "春天随笔"), {"a004": 0}),
    ]
    _, results = journal.submit(issue, "林舟", sent)
    assert {r.status for r in results} == {"applied"}
    read_again(either, mapped(paper(), better), original)
    now = current_issue(either, issue)
    found = texts(now)
    assert found["p0001-r505-l001"] == "渔家来信"
    assert found["p0001-r504-l001"] == "　　昨天上午，河上老桥正式通车。"
    assert found["p0002-r504-l001"] == "出租漁船", "what nobody touched is the new engine's"
    assert now.masthead.issue_number == "1006"
    assert now.articles[3].headline == "春天随笔"
    held = Journal(either).held(issue)
    assert held.version == 2
    assert held.document.note("p0001-r505-l001").remarks[0].text == "请核对"
    told = list_disagreements(either, issue)
    assert [(d["line"], d["machine_old"], d["machine_new"], d["human"]) for d in told] == [
        ("p0001-r505-l001", "渔村来信", "漁村来信", "渔家来信")
    ]
    resolve_disagreement(either, issue, told[0]["id"])
    assert list_disagreements(either, issue)[0]["resolved"]
    # The old operations are still known: a late resend is not applied again, history goes on.
    other = Journal(either)
    _, late = other.submit(issue, "林舟", [sent[0]])
    assert late[0].status == "duplicate"
    entries = history(other, issue)
    assert {e["by"] for e in entries} == {"林舟"}
    assert len(entries) == 2 * len(sent)


def test_a_layout_made_by_hand_is_laid_over_the_new_result(
    archive: Archive, original: Path
) -> None:
    issue = list_issues(archive)[0].id
    journal = Journal(archive)
    shape = region("x", "notice", 1100, 2000, ["今日停水"]).polygon
    sent = [
        Submission(
            "layout-001",
            ops.AddRegion("p0001", "p0001-rnotice01", "notice", "horizontal-tb", shape,
                          new_article="anotice01"),
            {"p0001": 0},
        ),
        Submission(
            "layout-002",
            ops.AddLine("p0001-rnotice01", "p0001-lnotice01", shape, "今日停水"),
            {"p0001-rnotice01": "layout-001"},
        ),
        Submission("layout-003", ops.ArticleMerge("a003", "a004"), {"a003": 0, "a004": 0}),
        Submission("layout-004", ops.DeleteRegion("p0002-r004"), {"p0002-r004": 0}),
        Submission(
            "layout-005", ops.SetText("p0001-r005-l001", "渔家来信"), {"p0001-r005-l001": 0}
        ),
    ]  # fmt: skip
    _, results = journal.submit(issue, "林舟", sent)
    assert {r.status for r in results} == {"applied"}
    before = current_issue(archive, issue)
    read_again(archive, mapped(paper(), better), original)
    now = current_issue(archive, issue)
    assert [r.id for p in now.pages for r in p.regions] == [
        r.id for p in before.pages for r in p.regions
    ]
    assert [a.parts for a in now.articles] == [a.parts for a in before.articles]
    found = texts(now)
    assert found["p0001-lnotice01"] == "今日停水"
    assert found["p0001-r005-l001"] == "渔家来信"
    assert found["p0001-r006-l003"] == "　　老人们说，多年没有见过。"
    assert "出租漁船" not in found.values()
    assert found["p0001-r006-l001"] == "　　今年的鱼汛来得早，码头上"
    entry = Journal(archive).document(issue).line("p0001-r005-l001")
    assert entry is not None
    assert entry.machine == "漁村来信"
    assert entry.human


def test_two_hundred_edits_survive(archive: Archive, original: Path, tmp_path: Path) -> None:
    dice = random.Random(5)
    body = [f"第{n:03d}行文字在此甲乙丙丁" for n in range(60)]
    columns = [
        region(f"p0001-r{k + 1:03d}", "body", 100 + 620 * k, 100, body[20 * k : 20 * k + 20])
        for k in range(3)
    ]
    whole = paper()
    page = replace(
        whole.pages[0], regions=tuple(columns), reading_order=tuple(r.id for r in columns)
    )
    article = replace(
        whole.articles[2],
        parts=(replace(whole.articles[2].parts[0], regions=tuple(r.id for r in columns)),),
    )
    issue_read = replace(
        whole, id="haizhou-2031-03-06", pages=(page, whole.pages[1]),
        masthead=replace(whole.masthead, date="2031-03-06"),
        articles=(article, *whole.articles[3:]),
    )  # fmt: skip
    read_again(archive, issue_read, original)
    issue = next(e.id for e in list_issues(archive) if e.date == "2031-03-06")
    journal = Journal(archive)
    wanted: dict[tuple[float, ...], str] = {}
    for n in range(200):
        column = dice.choice(columns)
        line = dice.choice(column.lines)
        text = line.text[: dice.randrange(4, 12)] + f"改{n}"
        base = journal.document(issue).version(line.id)
        edit = Submission(f"edit-{n:05d}", ops.SetText(line.id, text), {line.id: base})
        assert journal.submit(issue, "林舟", [edit])[1][0].status == "applied"
        wanted[line.polygon[0]] = text

    def wobbled(line: Line) -> Line:
        # A new engine finds the same lines a little elsewhere and reads some otherwise.
        dx, dy = dice.uniform(-6, 6), dice.uniform(-5, 5)
        moved: tuple[tuple[float, float], ...] = tuple((x + dx, y + dy) for x, y in line.polygon)
        text = line.text.replace("甲", "申") if dice.random() < 0.5 else line.text
        return replace(line, polygon=moved, text=text, chars=())

    def regions_merged(first: Page) -> Page:
        merged = Region(
            "p0001-r900", "body", first.regions[0].polygon,
            lines=tuple(x for r in first.regions for x in r.lines),
        )  # fmt: skip
        return replace(first, regions=(merged,), reading_order=("p0001-r900",))

    anew = mapped(issue_read, wobbled)
    first = regions_merged(anew.pages[0])
    again = replace(
        anew, pages=(first, anew.pages[1]),
        articles=(
            replace(anew.articles[0],
                    parts=(replace(anew.articles[0].parts[0], regions=("p0001-r900",)),)),
            *anew.articles[1:],
        ),
    )  # fmt: skip
    read_again(archive, again, original)
    now = current_issue(archive, issue)
    lines = [x for r in now.pages[0].regions for x in r.lines]
    assert len(lines) == 60
    for (x, y), text in wanted.items():
        near = min(lines, key=lambda z: abs(z.polygon[0][0] - x) + abs(z.polygon[0][1] - y))
        assert near.text == text
    told = list_disagreements(archive, issue)
    assert told
    assert all(d["machine_new"] != d["machine_old"] for d in told)


def test_a_line_that_is_gone_is_put_back(archive: Archive, original: Path) -> None:
    issue = list_issues(archive)[0].id
    edit = Submission(
        "edit-000001", ops.SetText("p0001-r006-l002", "堆满了木箱。"), {"p0001-r006-l002": 0}
    )
    Journal(archive).submit(issue, "林舟", [edit])
    whole = paper()
    kept = []
    for one in whole.pages[0].regions:
        lines = tuple(x for x in one.lines if x.id != "p0001-r006-l002")
        kept.append(replace(one, lines=lines))
    page = replace(whole.pages[0], regions=tuple(kept))
    read_again(archive, replace(whole, pages=(page, whole.pages[1])), original)
    now = current_issue(archive, issue)
    assert "堆满了木箱。" in texts(now).values()
    told = list_disagreements(archive, issue)
    assert [(d["kind"], d["human"]) for d in told] == [("line-gone", "堆满了木箱。")]
