"""Copies of one text are found by the words they share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kinward.figures.rules import ALIKE, likeness, shingles, together

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TEXT = " ".join(f"{one} {two}" for one in WORDS for two in WORDS)


def test_a_copy_that_was_cut_is_found():
    half = TEXT[: len(TEXT) // 2]

    assert likeness(shingles(TEXT), shingles(f"Our desk: {half.upper()}!")) > ALIKE


def test_another_text_and_a_short_one_are_not_alike():
    other = " ".join(reversed(TEXT.split()))

    assert likeness(shingles(TEXT), shingles(other)) < ALIKE
    assert likeness(shingles("thirty children came home today"), shingles(TEXT)) == 0


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.booleans())))
def test_groups_do_not_depend_on_the_order_of_a_pair(pairs):
    rank = {key: key for key in "abcd"}
    turned = [(other, one, same) for one, other, same in pairs]

    first = together(pairs, rank)

    assert together(turned, rank) == first
    assert all(first[top] == top for top in first.values())
    assert all(top <= key for key, top in first.items())
