from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.core.ids import SIGNS, check_sign, is_reference, reference, uuid7

MADE = UUID("01680d1d-7b5a-7abc-9def-0123456789ab")
signs = st.text(alphabet=SIGNS, min_size=8, max_size=8)


def test_uuid7_is_of_version_7_and_holds_the_time():
    before = time.time_ns() // 1_000_000

    made = uuid7()

    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000


def test_uuid7_grows_with_each_one_made():
    made = [uuid7() for _ in range(10_000)]

    assert made == sorted(set(made))
    assert {each.version for each in made} == {7}


def test_uuid7_grows_when_many_are_made_at_once():
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: uuid7(), range(4_000)))

    assert len(set(made)) == 4_000


def test_reference_of_a_record_is_always_the_same():
    made = reference("C", MADE)

    assert made == reference("C", MADE)
    assert [len(group) for group in made.split("-")] == [1, 3, 3, 3]
    assert is_reference(made, "C")


def test_reference_does_not_tell_the_time():
    later = UUID(int=MADE.int + (86_400_000 << 80))

    assert reference("C", later) == reference("C", MADE)


@pytest.mark.parametrize("text", ["", "C", "R-{}", "C-ABC", "C-O00-1IL-000", "{}", "C-{}X"])
def test_reference_of_another_form_is_refused(text):
    tail = reference("C", MADE).removeprefix("C-")

    assert not is_reference(text.format(tail), "C")


def test_reference_is_read_in_small_letters_and_with_spaces_around():
    assert is_reference(f" {reference('C', MADE).lower()} ", "C")


@given(signs, st.integers(0, 7), st.sampled_from(SIGNS))
def test_check_sign_notices_a_wrong_sign(text, where, other):
    wrong = text[:where] + other + text[where + 1 :]

    assert (check_sign(wrong) == check_sign(text)) == (wrong == text)


@given(signs, st.integers(0, 6), st.integers(1, 7))
def test_check_sign_notices_two_signs_that_changed_places(text, where, apart):
    other = min(where + apart, 7)
    swapped = list(text)
    swapped[where], swapped[other] = text[other], text[where]
    wrong = "".join(swapped)

    assert (check_sign(wrong) == check_sign(text)) == (wrong == text)
