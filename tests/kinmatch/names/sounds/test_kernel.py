"""The inner loops, on odds small enough to count by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.names.sounds.kernel import LONGEST, NO_UNIT, SMALLEST, bits_to_many

# Units 1 and 2 are the letters a and b, 3 is "ab"; 4 is a letter nobody knows. 0 is nothing.
A, B, AB, UNKNOWN = 1, 2, 3, 4
WORDS = st.lists(st.sampled_from([A, B, UNKNOWN]), max_size=4)


def grams(letters):
    found = np.full((len(letters), LONGEST), NO_UNIT, np.int32)
    for at, letter in enumerate(letters):
        found[at, 0] = letter
        if letters[at : at + 2] == [A, B]:
            found[at, 1] = AB
    return found


def odds(**given_):
    """Return odds of units, 0 where none are given; "a_ab" is a with ab, "a_" a with nothing."""
    numbers = {"": 0, "a": A, "b": B, "ab": AB, "x": UNKNOWN}
    found = np.zeros((5, 5), np.float32)
    for pair, chance in given_.items():
        one, other = pair.split("_")
        found[numbers[one], numbers[other]] = chance
    return found


def heard(one, words, table, chosen=None, how=bits_to_many):
    """Return the bits of one word with others."""
    held = np.concatenate([grams([]), *map(grams, words)])
    ends = np.cumsum([len(word) for word in words])
    chosen = np.arange(len(words)) if chosen is None else np.array(chosen, np.int64)
    found = np.zeros(len(chosen))
    how(grams(one), held, ends, chosen, table, found)
    return found.tolist()


def of(one, other, table, how=bits_to_many):
    """Return the odds of two words."""
    (bits,) = heard(one, [other], table, how=how)
    return 2.0**bits


def test_two_words_of_no_letter_are_one():
    assert of([], [], odds()) == 1.0


def test_odds_multiply_along_the_word():
    assert of([A, B], [A, B], odds(a_a=2.0, b_b=3.0)) == pytest.approx(6.0)


def test_every_way_to_align_counts():
    found = of([A, B], [A, B], odds(a_a=2.0, b_b=3.0, ab_ab=5.0))

    assert found == pytest.approx(6.0 + 5.0)


def test_letter_may_meet_nothing_and_a_unit_of_two():
    assert of([A], [A, B], odds(a_a=2.0, _b=0.5)) == pytest.approx(1.0)
    assert of([A], [A, B], odds(a_ab=4.0)) == pytest.approx(4.0)


def test_words_that_cannot_meet_have_no_odds():
    assert of([A], [B], odds(a_a=2.0)) == pytest.approx(SMALLEST)


TABLE = odds(
    a_a=2.0, b_b=3.0, a_b=0.1, ab_ab=5.0, a_ab=0.5, a_=0.2, b_=0.2, _a=0.3, x_x=0.5, x_a=0.5
)


@given(WORDS, WORDS)
def test_compiled_loop_says_what_plain_python_says(one, other):
    compiled = of(one, other, TABLE)

    assert of(one, other, TABLE, bits_to_many.py_func) == pytest.approx(compiled)
    assert of(other, one, np.ascontiguousarray(TABLE.T)) == pytest.approx(compiled)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_bits_are_those_of_each_word_alone_in_any_order(one, words, data):
    chosen = data.draw(st.lists(st.sampled_from(range(len(words)))))

    found = heard(one, words, TABLE, chosen)

    assert found == pytest.approx([heard(one, [words[place]], TABLE)[0] for place in chosen])
    assert heard(one, words, TABLE, chosen, bits_to_many.py_func) == pytest.approx(found)
