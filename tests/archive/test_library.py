"""The archive by itself: adding, finding, pictures, checking, rebuilding, gaps, searching."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select, text

import digitise
from digitise.archive import (
    Archive,
    IssueEntry,
    add_issue,
    add_run,
    current_issue,
    find_issue,
    list_issues,
    load_version,
    open_archive,
    page_picture,
    page_pixels,
    reindex,
    tables,
)
from digitise.archive.catalogue import REVISIONS
from digitise.archive.checking import check
from digitise.archive.folding import fold, tokens
from digitise.archive.gaps import gaps
from digitise.archive.ingest.owner import is_dead, this_process
from digitise.archive.migrating import config
from digitise.archive.querying import parse
from digitise.archive.rebuilding import rebuild
from digitise.archive.records import dump_manifest, load_manifest
from digitise.archive.search import Query, search
from digitise.archive.sketch import likeness, sketch
from digitise.archive.titles import Profile, match_profile, read_profile, sharpen
from digitise.errors import DataInvalid, InputMissing, PageUnknown, UsageError
from digitise.model import Article, Issue, Masthead, Page, PageFile

from .conftest import Cluster, make_issue


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A finished `digitise run` of two pages, and its original."""
    folder = tmp_path_factory.mktemp("run")
    original = make_issue(folder / "haizhou-2031-03-01.pdf", 1, 2, date="2031-03-01")
    result = digitise.run([original], folder / "out")
    assert result.exit_code == 0
    return result.issues[0].folder, original


@pytest.fixture(params=["sqlite", "postgres"])
def archive(
    request: pytest.FixtureRequest, tmp_path: Path, run: tuple[Path, Path]
) -> tuple[Archive, str]:
    """One with that issue in it, and its catalogue's URL."""
    url = ""
    if request.param == "postgres":
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.database("d" + hashlib.sha256(str(tmp_path).encode()).hexdigest()[:12])
    opened = open_archive(tmp_path / "archive", url, create=True)
    add_run(opened, run[0], [run[1]])
    return opened, url


def test_the_pages_of_an_opening_know_their_picture(tmp_path: Path) -> None:
    """Two pages of one picture move those behind them up by one."""
    pictures = []
    for n, tone in enumerate((90, 200), 1):
        path = tmp_path / f"photo{n}.png"
        Image.new("L", (60 * n, 40), tone).save(path)
        pictures.append(path)
    files = [PageFile("photo1.png"), PageFile("photo1.png"), PageFile("photo2.png")]
    pages = tuple(
        Page(f"p{n:04d}", n, width=60, height=40, file=file) for n, file in enumerate(files, 1)
    )
    opened = open_archive(tmp_path / "archive", create=True)
    place = add_issue(opened, Issue("opening", pages=pages), pictures)
    wide = [page_pixels(opened, place.issue, page.id).shape[1] for page in pages]
    assert wide == [60, 60, 120]


def test_what_was_added_is_there(archive: tuple[Archive, str], run: tuple[Path, Path]) -> None:
    opened, _ = archive
    (entry,) = list_issues(opened)
    assert (entry.id, entry.date, entry.pages) == ("海州日报-2031-03-01", "2031-03-01", 2)
    issue = current_issue(opened, entry.id)
    assert issue.id == entry.id
    page = issue.pages[0]
    assert page_pixels(opened, entry.id, page.id).shape == (page.height, page.width)
    assert page_picture(opened, entry.id, page.id, max_side=100)[:2] == b"\xff\xd8"
    with pytest.raises(PageUnknown):
        page_picture(opened, entry.id, "p0009")
    with pytest.raises(InputMissing):
        find_issue(opened, "nobody-2031-01-01")
    root = opened.store.root
    assert root is not None
    originals = root / entry.folder / "originals"
    assert (originals / "1" / run[1].name).read_bytes() == run[1].read_bytes()
    subprocess.run(["sha256sum", "-c", "--quiet", "1.sha256"], cwd=originals, check=True)


def test_versions_and_other_issues_of_the_day(
    archive: tuple[Archive, str], run: tuple[Path, Path], tmp_path: Path
) -> None:
    opened, _ = archive
    again = add_run(opened, run[0], [run[1]])
    assert (again.number, again.delivery) == (2, 1)
    other = make_issue(tmp_path / "extra.pdf", 77, date="2031-03-01")
    page = digitise.run([other], tmp_path / "out").issues[0].issue
    assert page is not None
    placed = add_issue(opened, page, [other])
    assert placed.issue == "海州日报-2031-03-01-2"
    assert placed.same_day == "海州日报-2031-03-01"
    assert [e.version for e in list_issues(opened)] == [2, 1]
    assert load_version(opened, "海州日报-2031-03-01", 1).pages


def test_checking_finds_what_was_done(archive: tuple[Archive, str]) -> None:
    opened, _ = archive
    root = opened.store.root
    assert root is not None
    assert not check(opened).faults
    folder = root / "海州日报" / "2031" / "03" / "01"
    (folder / "originals" / "1" / "haizhou-2031-03-01.pdf").write_bytes(b"changed")
    (folder / "derived" / "1" / "issue.txt").unlink()
    (folder / "derived" / "1" / "note.txt").write_text("extra")
    (folder / "versions" / "2").mkdir()
    (folder / "versions" / "2" / "issue.json").write_text("{}")
    found = {(f.kind, f.key.rpartition("/")[2]) for f in check(opened).faults}
    assert found == {
        ("changed", "haizhou-2031-03-01.pdf"), ("missing", "issue.txt"), ("extra", "note.txt"),
        ("unfinished", "2"),
    }  # fmt: skip
    # A version that was never finished is not written over.
    issue = load_version(opened, "海州日报-2031-03-01")
    original = make_issue(root.parent / "again.pdf", 1, 2, date="2031-03-01")
    assert add_issue(opened, issue, [original]).number == 3


def test_rebuilt_it_is_the_same(archive: tuple[Archive, str]) -> None:
    opened, _ = archive
    names = "titles", "issues", "versions", "pages", "articles"
    left_out = {"key", "added_at", "changed_at"}

    def rows() -> list[list[dict[str, object]]]:
        return [
            sorted(
                (
                    {k: v for k, v in row.items() if k not in left_out}
                    for row in opened.catalogue.query(
                        lambda c, t=tables.metadata.tables[name]: (
                            c.execute(select(t)).mappings().all()
                        )
                    )
                ),
                key=str,
            )
            for name in names
        ]

    before = rows()
    opened.catalogue.transact(lambda c: c.execute(tables.articles.update().values(headline="x")))
    assert rebuild(opened) == (1, 1)
    assert rows() == before
    assert rebuild(opened) == (1, 1)
    assert rows() == before
    assert search(opened, Query("乡村来信")).count == 2


def _texts(opened: Archive, base: Issue, original: Path) -> None:
    first = replace(base.articles[0], id="a001", kind="article", headline="臺灣的圖書館",
                    paragraphs=("鄱陽湖水位下降，A1版報道。", "ＮＢＡ球隊來訪。"))  # fmt: skip
    second = Article("a002", headline="水利工程", paragraphs=("图书馆在湖边，春耕开始。",))
    issue = replace(
        base, articles=(first, second), title="云州日报",
        masthead=Masthead(title="云州日报", date="2031-04-01"),
    )  # fmt: skip
    add_issue(opened, issue, [original])


def test_searching(archive: tuple[Archive, str], run: tuple[Path, Path]) -> None:
    opened, _ = archive
    _texts(opened, load_version(opened, "海州日报-2031-03-01"), run[1])

    def ids(words: str, **more: object) -> list[str]:
        found = search(opened, Query(words, title="云州日报", **more))  # type: ignore[arg-type]
        return [hit.article for hit in found.hits]

    assert ids("图书馆") == ["a001", "a002"]  # in a headline it weighs more
    assert ids("圖書館") == ["a001", "a002"]
    assert ids("书馆") == ["a001", "a002"]
    assert ids("馆书") == []
    assert sorted(ids("湖")) == ["a001", "a002"]
    assert ids("边") == ["a002"]  # the last of its run
    assert ids("nba") == ["a001"]
    assert ids("图书馆 -春耕") == ["a001"]
    assert ids("“湖边”") == ["a002"]
    assert ids("A1版") == ["a001"]
    assert ids("图书馆 春耕") == ["a002"]
    assert ids("图书馆", since="2031-04-02") == []
    assert ids("图书馆", kind="notice") == []
    assert ids("图书馆", page="99") == []
    (hit,) = [
        h for h in search(opened, Query("阳湖水", title="云州日报")).hits if h.article == "a001"
    ]
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["陽湖水"]
    with pytest.raises(UsageError):
        search(opened, Query("  ，。"))


def test_a_hit_has_its_printed_line(archive: tuple[Archive, str]) -> None:
    opened, _ = archive
    issue = load_version(opened, "海州日报-2031-03-01")
    (hit,) = search(opened, Query("第1号乡村来信之2")).hits
    (place,) = hit.places
    lines = {line.text: line for p in issue.pages for r in p.regions for line in r.lines}
    line = next(line for words, line in lines.items() if "来信之2" in words)
    assert place.page == "p0002"
    assert place.polygon == tuple((round(x), round(y)) for x, y in line.polygon)


def test_found_while_it_is_indexed_anew(archive: tuple[Archive, str]) -> None:
    opened, _ = archive
    (entry,) = list_issues(opened)
    ended = threading.Event()

    def again() -> None:
        while not ended.is_set():
            reindex(opened, entry.id)

    thread = threading.Thread(target=again)
    thread.start()
    try:
        found = [search(opened, Query("乡村来信")) for _ in range(60)]
    finally:
        ended.set()
        thread.join()
    assert {(results.count, len(results.hits)) for results in found} == {(2, 2)}


def test_two_that_open_a_new_catalogue_at_once(tmp_path: Path, cluster: Cluster) -> None:
    for url in (f"sqlite:///{tmp_path}/c.sqlite3", cluster.database("both")):
        code = f"from digitise.archive import open_catalogue; open_catalogue({url!r})"
        import sys

        from ..conftest import environment

        both = [subprocess.Popen([sys.executable, "-c", code], env=environment()) for _ in range(2)]
        assert [process.wait(timeout=120) for process in both] == [0, 0]
        opened = open_archive(tmp_path / "archive", url, create=True)
        assert list_issues(opened) == ()
        versions = opened.catalogue.query(
            lambda c: c.execute(text("SELECT version_num FROM alembic_version")).all()
        )
        assert ("a0003",) in versions


def test_the_migrations_make_the_tables(tmp_path: Path, cluster: Cluster) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    assert set(ScriptDirectory.from_config(config()).get_heads()) == REVISIONS
    for url in ("", cluster.database("migrated")):
        opened = open_archive(tmp_path / "archive", url, create=True)
        with opened.catalogue.reading() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            found = [str(change) for change in compare_metadata(context, tables.metadata)]
        # The index of searches is made in each database's own way, not from the metadata.
        assert not [change for change in found if "article_search" not in change]


# Gaps.


def _entry(date: str, number: int | str = "", pages: int = 4, **more: object) -> IssueEntry:
    values: dict[str, object] = {
        "id": f"x-{date}", "title_id": "x", "title": "某报", "date": date, "edition": "",
        "folder": "", "version": 1, "issue_number": str(number), "weekday": "", "lunar_date": "",
        "pages": pages, "articles": 1, "characters": 1, "confidence": 1.0, "complete": True,
        "unresolved": 0, "added_at": 0.0, "changed_at": 0.0,
    }  # fmt: skip
    return IssueEntry(**(values | more))  # type: ignore[arg-type]


def test_gaps() -> None:
    profile = Profile("x", "某报", days=(0, 1, 2, 3, 4), pages=(4, 8), skips=("03-12",))
    entries = [
        _entry("2031-03-03", 100), _entry("2031-03-04", 101), _entry("2031-03-07", 104),
        _entry("2031-03-10", 105, pages=3), _entry("2031-03-11", 107), _entry("2031-03-13", 108),
        _entry("2031-03-14", 109, weekday="星期四"), _entry("", id="x-undated"),
        _entry("2031-03-15", 110), _entry("2031-03-14", 109, id="x-2031-03-14-2"),
    ]  # fmt: skip
    found = gaps(entries, profile, names={"x-2031-03-13": "rb20310312"})
    assert {(g.kind, g.date) for g in found} == {
        ("missing", "2031-03-05"), ("pages", "2031-03-10"), ("numbers", "2031-03-11"),
        ("name", "2031-03-13"), ("calendar", "2031-03-14"), ("undated", ""),
        ("day", "2031-03-15"), ("same-day", "2031-03-14"),
    }  # fmt: skip
    (missing,) = [g for g in found if g.kind == "missing"]
    assert missing.until == "2031-03-06"


def test_what_was_read_badly_is_told() -> None:
    entries = [
        replace(_entry(f"2031-03-0{n}", 100 + n), characters=4000 * (n != 4) + 90)
        for n in range(1, 7)
    ]  # fmt: skip
    found = gaps(entries, Profile("x", "某报"))
    assert [(g.kind, g.date) for g in found] == [("little", "2031-03-04")]
    lost = replace(entries[0], title_id="untitled", title="untitled")
    assert [g.kind for g in gaps([lost], Profile("untitled", ""))] == ["untitled"]


@given(st.integers(20, 90), st.data())
def test_every_missing_day_is_found(count: int, data: st.DataObject) -> None:
    first = dt.date(2031, 1, 1)
    days = [first + dt.timedelta(n) for n in range(count)]
    lost = data.draw(st.sets(st.sampled_from(days[1:-1]), max_size=5))
    entries = [_entry(day.isoformat()) for day in days if day not in lost]
    found: set[dt.date] = set()
    for gap in gaps(entries, Profile("x", "某报")):
        assert gap.kind == "missing"
        day = dt.date.fromisoformat(gap.date)
        while day.isoformat() <= gap.until:
            found.add(day)
            day += dt.timedelta(1)
    assert found == lost


# Titles, records, small things.


def test_profiles() -> None:
    profile = read_profile(
        'name = "海州日报"\ndays = ["周一", "tue"]\npages = 8'.encode(), "hz", "hz"
    )
    assert (profile.days, profile.pages) == ((0, 1), (8,))
    for wrong in ("x = 1", "name = 5", 'name = "a"\ndays = ["never"]', "not toml at all ["):
        with pytest.raises(DataInvalid):
            read_profile(wrong.encode(), "hz", "hz")
    other = Profile("yz", "云州日报")
    misread = Issue("i", "海卅日报", Masthead("海卅日报", cn="CN33-0998"))
    assert match_profile((profile, other), misread) is profile
    known = Profile("hz", "海州日报", cn="CN33-0999")
    better = sharpen(misread, known, "hz20310305")
    assert (better.title, better.masthead.cn) == ("海州日报", "CN33-0999")
    assert better.masthead.date == "2031-03-05"
    assert len(better.warnings) == 3


def test_the_sample_profile_is_right() -> None:
    path = Path(__file__).resolve().parents[2] / "titles" / "lanjiang.toml"
    profile = read_profile(path.read_bytes(), path.stem, path.name)
    assert (profile.name, profile.days) == ("澜江日报", (1, 4))


@given(
    st.dictionaries(
        st.text("ab\\\n\r 报", min_size=1), st.text("0123456789abcdef", min_size=64, max_size=64)
    )
)
def test_manifests_there_and_back(sums: dict[str, str]) -> None:
    found = load_manifest(dump_manifest(sums, 3))
    assert found == {f"3/{name}": digest for name, digest in sums.items()}


@given(st.text())
def test_folding_keeps_places(words: str) -> None:
    assert len(fold(words)) == len(words)
    assert fold(fold(words)) == fold(words)


@given(st.text("春耕图書館a1 ，", min_size=1), st.data())
def test_every_part_of_a_text_is_found_by_its_tokens(words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    part = words[start : data.draw(st.integers(start + 1, len(words)))]
    if not part.isalnum() or not all("一" <= c <= "鿿" for c in part):
        return
    (term,) = parse(part)
    there = tokens(words)
    spans = [there[i : i + len(term.tokens)] for i in range(len(there))]
    assert any(
        tuple(span[:-1]) == term.tokens[:-1]
        and len(span) == len(term.tokens)
        and (span[-1].startswith(term.tokens[-1]) if term.open_end else span[-1] == term.tokens[-1])
        for span in spans
    )


def test_likeness() -> None:
    rows = "".join(f"第{n}号院的人说天气渐渐暖和柳条垂到水面{n * 37}。" for n in range(200))
    worn = "".join("口" if n % 12 == 5 else c for n, c in enumerate(rows))
    other = "".join(
        f"桥头{chr(0x4E00 + 7 * n)}车卖豆浆，老{chr(0x5E00 + n)}看报。" for n in range(200)
    )
    assert likeness(sketch(rows), sketch(rows)) == 1.0
    assert likeness(sketch(rows), sketch(worn)) > 0.3
    assert likeness(sketch(rows), sketch(other)) < 0.1


def test_who_is_dead() -> None:
    me = this_process()
    assert not is_dead(me)
    machine = me.partition("/")[0]
    assert is_dead(f"{machine}/999999999/1")
    assert not is_dead("elsewhere/1/1")
