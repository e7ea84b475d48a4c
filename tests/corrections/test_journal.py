"""The journal in a real database."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from digitise.archive import Archive, current_issue, list_issues
from digitise.archive.corrections import operations as ops
from digitise.archive.corrections import people, tables
from digitise.archive.corrections.compose import issue_of
from digitise.archive.corrections.history import history
from digitise.archive.corrections.journal import Journal, Submission
from digitise.archive.corrections.people import User
from digitise.errors import InputMissing

LINE = "p0001-r004-l001"


def issue_in(archive: Archive) -> str:
    return list_issues(archive)[0].id


def typed(number: int, text: str, base: int | str, line: str = LINE) -> Submission:
    return Submission(f"{line}-{number:04d}", ops.SetText(line, text), {line: base})


def test_a_resent_keystroke_is_applied_once(either: Archive) -> None:
    issue, journal = issue_in(either), Journal(either)
    sent = typed(1, "甲", 0)
    _, first = journal.submit(issue, "林舟", [sent], {"p0001": "ab12"})
    _, second = journal.submit(issue, "林舟", [sent, typed(2, "甲乙", "p0001-r004-l001-0001")])
    assert [r.status for r in (*first, *second)] == ["applied", "duplicate", "applied"]
    assert (first[0].seq, second[0].seq, second[1].seq) == (1, 1, 2)
    # Another server over the same database knows it as well.
    other = Journal(either)
    _, third = other.submit(issue, "林舟", [sent])
    assert [r.status for r in third] == ["duplicate"]
    assert [e["seq"] for e in history(other, issue, LINE)] == [2, 1]
    rows = either.catalogue.query(
        lambda c: [
            tuple(r) for r in c.execute(select(tables.journal.c.page, tables.journal.c.image))
        ]
    )
    assert rows == [("p0001", "ab12"), ("p0001", "")]


def test_two_servers_see_each_other(either: Archive) -> None:
    issue = issue_in(either)
    one, other = Journal(either), Journal(either)
    one.submit(issue, "林舟", [typed(1, "甲", 0)])
    entry = other.document(issue).line(LINE)
    assert entry is not None
    assert entry.line.text == "甲"
    _, results = other.submit(issue, "周渡", [typed(2, "乙", 0)])
    assert results[0].status == "conflict"
    assert results[0].keys == (LINE,)
    other.submit(issue, "周渡", [typed(3, "乙", 1)])
    assert issue_of(one.document(issue)) == current_issue(either, issue)
    found = current_issue(either, issue).articles[1]
    assert found.paragraphs[0].startswith("乙市民早早来到")


def test_ten_at_once_lose_nothing(either: Archive) -> None:
    issue = issue_in(either)
    journals = [Journal(either), Journal(either)]
    lines = [line.id for p in journals[0].document(issue).machine.pages
             for r in p.regions for line in r.lines]  # fmt: skip
    acknowledged: list[tuple[int, str, str]] = []
    lock = threading.Lock()

    def correct(who: int) -> None:
        journal = journals[who % 2]
        for turn in range(6):
            line = lines[(who + turn) % 4] if turn % 2 else lines[4 + who % (len(lines) - 4)]
            base = journal.document(issue).version(line)
            sent = Submission(
                f"by-{who}-turn-{turn}", ops.SetText(line, f"{who}·{turn}"), {line: base}
            )
            _, results = journal.submit(issue, f"corrector-{who}", [sent])
            assert results[0].status in ("applied", "conflict")
            if results[0].status == "applied":
                with lock:
                    acknowledged.append((results[0].seq, line, f"{who}·{turn}"))

    threads = [threading.Thread(target=correct, args=(who,)) for who in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(acknowledged) >= 20
    assert sorted(seq for seq, _, _ in acknowledged) == list(range(1, len(acknowledged) + 1))
    document = Journal(either).document(issue)
    last = {line: text for _, line, text in sorted(acknowledged)}
    for line, text in last.items():
        entry = document.line(line)
        assert entry is not None
        assert entry.line.text == text
    for seq, line, text in acknowledged:
        assert document.log[seq].operation == ops.SetText(line, text)


def test_an_issue_that_is_not_there(archive: Archive) -> None:
    with pytest.raises(InputMissing):
        Journal(archive).submit("nowhere", "林舟", [typed(1, "甲", 0)])


def test_claims_run_out_and_can_be_taken_over(either: Archive) -> None:
    issue = issue_in(either)
    assert people.claim(either, issue, "a002", "林舟", 60).by == "林舟"
    assert people.claim(either, issue, "a002", "周渡", 60).by == "林舟"
    assert people.claim(either, issue, "a002", "周渡", 60, take=True).by == "周渡"
    people.release(either, issue, "a002", "林舟")
    assert [c.by for c in people.list_claims(either, issue)] == ["周渡"]
    people.claim(either, issue, "a002", "周渡", -1)
    assert people.list_claims(either, issue) == ()
    assert people.claim(either, issue, "a002", "林舟", 60).by == "林舟"


def test_who_is_put_out_is_signed_out(either: Archive) -> None:
    people.add_user(either, User("林舟", "林舟", "corrector", True, "hash"))
    people.open_session(either, "k" * 64, "林舟", "csrf")
    assert people.find_session(either, "k" * 64) is not None
    people.change_user(either, "林舟", role="reader")
    assert people.find_session(either, "k" * 64) is None
    people.open_session(either, "m" * 64, "林舟", "csrf")
    people.change_user(either, "林舟", active=False)
    assert people.find_session(either, "m" * 64) is None
