from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digitise.sources.naturalsort import natural_key, natural_path_key


def test_newspaper_page_names_come_in_page_order() -> None:
    for names in (
        ["p1.pdf", "p2.pdf", "p10.pdf"],
        ["A1.jpg", "A2.jpg", "A10.jpg", "B1.jpg"],
        ["01版.tif", "02版.tif", "10版.tif"],
        ["第１版", "第２版", "第１０版"],
        ["第一版", "第二版", "第九版", "第十版", "第十二版", "第二十版"],
        ["2023-12-8/p1.png", "2023-12-10/p1.png"],
        ["a/p2.png", "b/p1.png"],
    ):
        assert sorted(set(names), key=natural_path_key) == names


def test_suffix_does_not_decide() -> None:
    names = ["p1.tif", "p2.pdf", "p3.jpg"]
    assert sorted(names, key=natural_path_key) == names


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.text(max_size=6))
def test_numbers_compare_by_value(a: int, b: int, prefix: str) -> None:
    # A prefix that ends in a digit would become part of the number.
    stem = prefix + "p"
    first, second = natural_key(f"{stem}{a}"), natural_key(f"{stem}{b}")
    assert (first < second) == (a < b)


@given(st.lists(st.text(max_size=12), unique=True, max_size=12), st.randoms())
def test_order_is_total(names: list[str], random: object) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(names, key=natural_key) == sorted(shuffled, key=natural_key)
    assert len({natural_key(n) for n in names}) == len(names)


@given(st.integers(1, 99), st.integers(1, 99))
def test_full_width_digits_are_digits(a: int, b: int) -> None:
    wide = str(a).translate({48 + i: 0xFF10 + i for i in range(10)})
    assert (natural_key(f"A{wide}") < natural_key(f"A{b}")) == (a < b) or a == b
