from __future__ import annotations

import gzip
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitise.errors import DataInvalid
from digitise.formats.sheet_json import dump_sheet, load_sheet
from digitise.model import Affine, Bend, Projective, Rect, Rule, Sheet


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), compress=st.booleans())
def test_a_sheet_comes_back_exactly(data: Any, compress: bool, strategies: Any) -> None:
    sheet = data.draw(strategies.sheets())
    written = dump_sheet(sheet, compress=compress)
    assert load_sheet(written) == sheet
    assert dump_sheet(sheet, compress=compress) == written


def test_numbers_out_of_arrays_are_written() -> None:
    third = np.float32(1 / 3)
    sheet = Sheet("p0001", 1, "", 1, 1, 300, rules=(Rule(Rect(third, np.int64(2), 0, 0)),))  # type: ignore[arg-type]
    assert load_sheet(dump_sheet(sheet)).rules[0].box == Rect(float(third), 2, 0, 0)


def test_the_bend_of_a_page_comes_back() -> None:
    bend = Bend(Rect(1, 2, 30, 40), ((1, 0), (2, 3)), (0.25, -1.5), "x", Affine(c=4), Affine(f=2))
    sheet = Sheet("p0001", 1, "", 50, 50, 300, to_original=bend)
    assert load_sheet(dump_sheet(sheet)) == sheet


def test_the_perspective_of_a_photograph_comes_back() -> None:
    seen = Projective(0.9, 0.1, 40.0, -0.05, 0.85, 30.0, 1e-5, -2e-5)
    bent = Bend(Rect(1, 2, 30, 40), ((1, 0),), (0.25,), after=seen)
    for back in (seen, bent):
        sheet = Sheet("p0001", 1, "", 50, 50, 300, to_original=back)
        assert load_sheet(dump_sheet(sheet)) == sheet


def test_no_time_is_written_into_the_file() -> None:
    assert dump_sheet(Sheet("p0001", 1, "", 1, 1, 300))[4:8] == b"\0\0\0\0"


WHOLE = dump_sheet(Sheet("p0001", 1, "", 1, 1, 300))
PLAIN = gzip.decompress(WHOLE)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b'"x"', WHOLE[:-9], WHOLE[:20], WHOLE[:30] + b"\xff\xff" + WHOLE[32:],
     PLAIN[:-1], PLAIN.replace(b"sheet/2", b"sheet/0"), PLAIN.replace(b'"lines":[]', b'"lines":[1]')],
)  # fmt: skip
def test_a_damaged_or_foreign_cache_is_told(data: bytes) -> None:
    with pytest.raises(DataInvalid):
        load_sheet(data)
