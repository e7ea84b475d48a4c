"""The ledger under clocks that jump and processes that come back too late."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from digitise.archive import Catalogue, open_catalogue, tables
from digitise.archive.ingest import ledger, states
from digitise.archive.ingest.entering import Entry, enter, enter_all
from digitise.archive.ingest.ledger import LeaseLost, Source
from digitise.errors import EngineFailed

from .conftest import Cluster


@pytest.fixture(params=["sqlite", "postgres"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Catalogue:
    if request.param == "sqlite":
        return open_catalogue(f"sqlite:///{tmp_path}/c.sqlite3")
    cluster: Cluster = request.getfixturevalue("cluster")
    return open_catalogue(cluster.database(f"l{abs(hash(tmp_path)) % 10**9}"))


def test_a_server_that_is_away_is_waited_for(cluster: Cluster) -> None:
    """Its socket goes with it: "no such file" is no wrong question."""
    catalogue = open_catalogue(cluster.database("away"))
    _enter(catalogue)
    said: list[str] = []
    found: list[ledger.Unit | None] = []
    patient = replace(catalogue, patience=60.0, waiting=lambda why, _seconds: said.append(why))
    cluster.stop("fast")
    try:
        thread = threading.Thread(target=lambda: found.append(ledger.claim(patient, "one/1/1")))
        thread.start()
        time.sleep(1.0)
        assert thread.is_alive()
    finally:
        cluster.start()
    thread.join(timeout=60)
    assert found and found[0] is not None
    assert said


def _enter(catalogue: Catalogue, name: str = "a") -> ledger.Unit:
    unit = enter(catalogue, name, "/inbox", [Source(f"{name}.pdf", 1, 1)])
    assert unit is not None
    return unit


def _set(catalogue: Catalogue, **values: object) -> None:
    catalogue.transact(lambda c: c.execute(update(tables.units).values(**values)))


def test_entered_once(catalogue: Catalogue) -> None:
    _enter(catalogue)
    assert enter(catalogue, "a", "/inbox", [Source("a.pdf", 1, 1)]) is None
    assert enter(catalogue, "a", "/inbox", [Source("a.pdf", 2, 1)]) is not None


def test_many_are_entered_at_once(catalogue: Catalogue) -> None:
    """Those another process has entered meanwhile keep none of the others out."""
    _enter(catalogue, "007")
    entries = [Entry(f"{n:03}", (Source(f"{n:03}.pdf", 1, 1),)) for n in range(230)]
    entered = enter_all(catalogue, "/inbox", entries)
    assert len(set(entered)) == 229
    assert enter_all(catalogue, "/inbox", entries) == ()
    names = sorted(unit.name for unit in ledger.list_units(catalogue))
    assert names == [f"{n:03}" for n in range(230)]


def test_each_unit_is_taken_by_one(catalogue: Catalogue) -> None:
    for n in range(12):
        _enter(catalogue, f"n{n}")
    taken: list[str] = []

    def take(owner: str) -> None:
        while (unit := ledger.claim(catalogue, owner)) is not None:
            taken.append(unit.id)
            ledger.advance(catalogue, unit, states.DUPLICATE)

    threads = [threading.Thread(target=take, args=(f"m{n}/1/1",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 12


def test_who_lost_the_lease_changes_nothing(catalogue: Catalogue) -> None:
    _enter(catalogue)
    first = ledger.claim(catalogue, "one/1/1")
    assert first is not None
    _set(catalogue, lease_until=1.0)
    second = ledger.claim(catalogue, "two/1/1")
    assert second is not None
    with pytest.raises(LeaseLost):
        ledger.advance(catalogue, first, states.PREPARED)
    assert ledger.advance(catalogue, second, states.PREPARED).state == states.PREPARED


def test_a_clock_that_jumped(catalogue: Catalogue) -> None:
    _enter(catalogue)
    unit = ledger.claim(catalogue, "one/1/1")
    assert unit is not None
    # Taken while the clock was a year ahead: nobody waits for that.
    _set(catalogue, lease_until=catalogue.now() + 3e7)
    unit = ledger.claim(catalogue, "two/1/1")
    assert unit is not None
    waiting = ledger.put_off(catalogue, unit, EngineFailed(("no", "否")), 60)
    assert waiting.state == states.FAILED
    assert ledger.claim(catalogue, "two/1/1") is None
    _set(catalogue, next_at=catalogue.now() + 3e7)
    unit = ledger.claim(catalogue, "two/1/1")
    assert unit is not None
    assert unit.state == states.RECEIVED


def test_waits_grow(catalogue: Catalogue) -> None:
    _enter(catalogue)
    waits = []
    for _ in range(3):
        _set(catalogue, next_at=0.0)
        unit = ledger.claim(catalogue, "one/1/1")
        assert unit is not None
        put_off = ledger.put_off(catalogue, unit, EngineFailed(("no", "否")), 100)
        waits.append(round((put_off.next_at - put_off.changed_at) / 100))
    assert waits == [1, 2, 4]
