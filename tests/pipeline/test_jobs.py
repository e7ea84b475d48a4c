"""Tasks in processes of their own."""

from __future__ import annotations

from digitise.errors import EngineFailed
from digitise.jobs import run_jobs


def test_what_became_of_each_and_for_how_long_a_process_was_at_it() -> None:
    outcomes = dict(run_jobs("builtins:len", [(1, 2, 3), 4], workers=1, seconds=60))
    assert outcomes[0].value == 3
    assert outcomes[1].error is not None
    assert "TypeError" in outcomes[1].trace
    assert all(0 < outcome.seconds < 60 for outcome in outcomes.values())


def test_a_task_that_cannot_be_sent_does_not_hold_up_the_others() -> None:
    found = dict(run_jobs("builtins:len", [(1, 2), lambda: 0, (3,)], workers=1, seconds=60))
    assert [found[0].value, found[2].value] == [2, 1]
    assert isinstance(found[1].error, EngineFailed)
