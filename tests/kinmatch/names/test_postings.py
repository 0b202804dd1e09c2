"""Lists of numbers under a key, and arrays that grow."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.names.growing import Growing
from kinmatch.names.postings import Postings, add_under, length

ENTRIES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=30)


def packed(entries, count):
    keys = np.array([key for key, _ in entries], np.int64)
    return Postings.packed(keys, np.array([value for _, value in entries], np.int32), count)


def totals(postings):
    """Return what each number is found under, as counts by key."""
    found = []
    for key in range(6):
        total = np.zeros(10, np.float32)
        add_under(postings.lists, key, 1.0, total)
        found.append(total.tolist())
    return found


@given(ENTRIES, ENTRIES)
def test_numbers_added_later_are_found_as_if_packed(first, later):
    grown = packed(first, 3 if all(key < 3 for key, _ in first) else 6)
    for key, value in later:
        grown.add(key, value)

    whole = packed([*first, *later], 6)

    assert totals(grown) == totals(whole) == totals(grown.repacked())
    assert [length(grown.lists, key) for key in range(6)] == [
        length(whole.lists, key) for key in range(6)
    ]


def test_many_numbers_can_be_added():
    postings = packed([], 1)

    for value in range(3000):
        postings.add(7, value)

    assert length(postings.lists, 7) == 3000
    assert postings.repacked().values.tolist() == list(range(3000))


@given(st.lists(st.lists(st.integers(0, 9), max_size=300), max_size=5))
def test_growing_array_holds_everything_in_order(pieces):
    growing = Growing(np.array([1, 2], np.int32))

    for piece in pieces:
        growing.extend(np.array(piece, np.int32))

    assert growing.array.tolist() == [1, 2, *(number for piece in pieces for number in piece)]


def test_growing_does_not_change_what_was_handed_out():
    growing = Growing(np.array([1, 2]))
    before = growing.array

    growing.extend(np.array([3]))

    assert before.tolist() == [1, 2]
