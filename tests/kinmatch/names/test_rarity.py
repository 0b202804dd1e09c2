"""How rare a word is, and what two spellings of one are expected to say."""

import pytest

from kinmatch.names.rarity import RAREST, expectation, rarity, share
from kinmatch.names.scripts import Script


@pytest.mark.parametrize(
    ("frequent", "rare"), [("محمد", "تورانوف"), ("ali", "toran"), ("иван", "торан")]
)
def test_frequent_words_surprise_less(frequent, rare):
    assert share(frequent) > share(rare) == 0.0
    assert rarity(frequent) < rarity(rare)


def test_no_word_surprises_more_than_one_nobody_bears():
    most = rarity("торан")

    assert 2**-most == pytest.approx(RAREST)


@pytest.mark.parametrize("word", ["王", "", "#"])
def test_word_of_no_known_script_has_no_share(word):
    assert share(word) == 0.0


def test_expectation_is_the_same_in_either_order():
    there = expectation("торан", "توران", Script.ARABIC)

    assert there == pytest.approx(expectation("توران", "торан", Script.CYRILLIC))


def test_more_is_expected_of_a_longer_word_and_within_one_script():
    short = expectation("toran", "торан", Script.CYRILLIC)
    within = expectation("toran", "toran", Script.LATIN)

    assert expectation("toranbek", "торанбек", Script.CYRILLIC) > short
    assert within > expectation("toran", "toran", Script.CYRILLIC)
