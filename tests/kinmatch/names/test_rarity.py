"""How rare a word is, and what two spellings of one are expected to say."""

import numpy as np
import pytest

from kinmatch.names.forms import name_number
from kinmatch.names.rarity import (
    RAREST,
    TWO_NAMES,
    corrected,
    expectation,
    rarity,
    share,
    shares,
)
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


def test_spellings_of_a_known_name_have_the_share_of_the_commonest():
    spellings = ["магомед", "мухаммад", "muhammad", "محمد"]

    assert {share(word) for word in spellings} == {max(shares(Script.ARABIC).values())}


def test_bits_are_corrected_by_what_is_known_of_the_names():
    named = np.array([name_number(word) for word in ("محمد", "محمود", "توران")], np.int16)
    heard = np.array([-2.0, 4.0, 1.0])

    found = corrected("магомед", heard, named, least=1.5)

    assert found.tolist() == [1.5, 4.0 - TWO_NAMES, 1.0]
    assert corrected("магомед", heard + 9, named, least=1.5)[0] == 7.0
    assert corrected("торан", heard, named, least=1.5).tolist() == heard.tolist()


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
