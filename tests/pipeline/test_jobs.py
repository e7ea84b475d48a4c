"""Tasks in processes of their own."""

from __future__ import annotations

from digitise.jobs import run_jobs


def test_what_became_of_each_and_for_how_long_a_process_was_at_it() -> None:
    outcomes = dict(run_jobs("builtins:len", [(1, 2, 3), 4], workers=1, seconds=60))
    assert outcomes[0].value == 3
    assert outcomes[1].error is not None
    assert "TypeError" in outcomes[1].trace
    assert all(0 < outcome.seconds < 60 for outcome in outcomes.values())
