"""Ten correctors at once over HTTP, a few seconds of what scripts/benchmark_workbench.py does."""

from __future__ import annotations

from digitise.archive.corrections import people
from digitise.archive.corrections.people import User
from digitise.workbench.passwords import hashed
from scripts import benchmark_workbench

from .conftest import Served


def test_ten_correctors_lose_nothing(served: Served) -> None:
    names = [f"corrector-{i:02d}" for i in range(10)]
    password = hashed(benchmark_workbench.PASSWORD)
    for name in names:
        people.add_user(served.archive, User(name, name, "corrector", True, password))
    assert benchmark_workbench.measure(served.base, names, 3.0, 0.05, idle=0.5) == 0
