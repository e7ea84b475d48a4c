"""What people correct is found, and what is there is found all the time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select, update

from digitise.archive import Archive
from digitise.archive import tables as catalogue
from digitise.archive.corrections import Journal, Submission, operations, tables
from digitise.archive.corrections.searchable import behind, bring_up
from digitise.archive.search import Query, search

from .conftest import read_again
from .papers import paper

ISSUE = "海州日报-2031-03-05"
FIRST, SECOND = "p0001-r006-l001", "p0001-r006-l003"


def _type(journal: Journal, name: str, line: str, text: str) -> None:
    seen = {line: journal.document(ISSUE).version(line)}
    sent = Submission(name, operations.SetText(line, text), seen)
    _, (result,) = journal.submit(ISSUE, "linzhou", [sent])
    assert result.status == "applied"


def _found(place: Archive, words: str) -> list[str]:
    return [hit.article for hit in search(place, Query(words)).hits]


@contextmanager
def _searching(place: Archive, words: str) -> Iterator[list[list[str]]]:
    """Searches for `words` over and over meanwhile; what was found each time."""
    seen: list[list[str]] = []
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            seen.append(_found(place, words))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join(timeout=60)


def test_an_article_is_never_gone_while_its_issue_is_entered_anew(either: Archive) -> None:
    journal = Journal(either)
    _type(journal, "word", FIRST, "　　今年的鲥汛来得早，码头上")
    bring_up(journal, ISSUE)
    with _searching(either, "鲥汛") as seen:
        for n in range(25):
            _type(journal, f"other-{n}", SECOND, f"　　老人们说，第{n}年了。")
            bring_up(journal, ISSUE)
        # Other articles of the issue as well: one is entered anew in each round.
        for n in range(10):
            _type(journal, f"same-{n}", FIRST, f"　　今年的鲥汛来得早，码头{n}")
            bring_up(journal, ISSUE)
    assert len(seen) > 20
    assert all(found == ["a003"] for found in seen)
    assert behind(journal) == ()
    assert _found(either, "码头9") == ["a003"]


def test_what_was_corrected_is_found_while_a_new_result_comes(
    either: Archive, original: Path
) -> None:
    journal = Journal(either)
    _type(journal, "word", FIRST, "　　今年的鲥汛来得早，码头上")
    bring_up(journal, ISSUE)
    with _searching(either, "鲥汛") as seen:
        read_again(either, paper(0.8), original)
    assert seen
    assert all(found == ["a003"] for found in seen)
    assert _found(either, "鲥汛") == ["a003"]
    assert behind(journal) == ()


def test_a_new_result_and_what_was_carried_to_it_are_seen_at_once(
    either: Archive, original: Path
) -> None:
    journal = Journal(either)
    _type(journal, "word", FIRST, "　　今年的鲥汛来得早，码头上")
    bring_up(journal, ISSUE)
    issues, heads = catalogue.issues.c, tables.heads.c
    query = select(issues.current_version, heads.version, heads.seq, heads.indexed_seq).join(
        tables.heads, heads.issue_id == issues.id
    )
    seen: list[tuple[int, ...]] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.append(either.catalogue.query(lambda c: tuple(c.execute(query).one())))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        for n in range(4):
            read_again(either, paper(0.8 - n / 10), original)
    finally:
        done.set()
        thread.join(timeout=60)
    seen.append(either.catalogue.query(lambda c: tuple(c.execute(query).one())))
    assert seen[-1][0] == 5
    assert all(version == current and indexed == seq for current, version, seq, indexed in seen)


def test_what_is_older_is_never_entered_over_what_is_newer(either: Archive) -> None:
    """Several servers keep the same index at once."""
    servers = [Journal(either) for _ in range(3)]
    stop = threading.Event()

    def keep(journal: Journal) -> None:
        while not stop.is_set():
            bring_up(journal, ISSUE)

    threads = [threading.Thread(target=keep, args=(one,), daemon=True) for one in servers]
    for thread in threads:
        thread.start()
    writer = Journal(either)
    try:
        for n in range(20):
            _type(writer, f"typed-{n}", FIRST, f"　　今年的鲥汛第{n}回")
            bring_up(writer, ISSUE)
            assert _found(either, f"鲥汛第{n}回") == ["a003"]
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=60)
    assert _found(either, "鲥汛第19回") == ["a003"]


def test_what_was_corrected_by_a_clock_ahead_of_this_one_is_behind(either: Archive) -> None:
    journal = Journal(either)
    _type(journal, "word", FIRST, "　　今年的鲥汛来得早，码头上")
    later = update(tables.heads).values(changed_at=either.catalogue.now() + 3600.0)
    either.catalogue.transact(lambda c: c.execute(later))
    assert behind(journal) == (ISSUE,)
    assert behind(journal, after=5.0) == ()
