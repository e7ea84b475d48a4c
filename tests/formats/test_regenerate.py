from __future__ import annotations


def test_golden_files_are_compared_not_written(regenerate: bool) -> None:
    assert not regenerate, "golden files were written anew: look at them and run again without"
