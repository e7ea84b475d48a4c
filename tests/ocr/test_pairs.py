"""Which characters make words together."""

from __future__ import annotations

import pytest

from digitise.ocr.pairs import MOST, Pairs, pairs


@pytest.fixture
def words() -> Pairs:
    found = pairs()
    assert found is not None
    return found


def test_a_word_binds_and_a_chance_neighbour_does_not(words: Pairs) -> None:
    assert words.bond("政口", 1, "府") > 3
    assert words.bond("政口", 1, "口") == 0


def test_either_neighbour_will_do(words: Pairs) -> None:
    assert words.bond("口際", 0, "國") == words.bond("國口", 1, "際") > 1


def test_old_forms_make_the_words_of_the_later_ones(words: Pairs) -> None:
    assert words.bond("口實", 0, "眞") == words.bond("口實", 0, "真") > 0


def test_no_bond_is_worth_more_than_the_most(words: Pairs) -> None:
    assert words.bond("蝴口", 1, "蝶") == MOST


def test_a_character_alone_has_no_neighbours(words: Pairs) -> None:
    assert words.bond("口", 0, "國") == 0
