"""Texts are found under the number they were given last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kinmatch.index.texts import NONE, ROOM, Texts


@given(st.lists(st.text(max_size=8)), st.text(max_size=8))
def test_a_text_is_found_under_its_last_number(given_out, other):
    texts = Texts()
    numbers = {text: texts.add(text) for text in given_out}

    assert len(texts) == len(given_out)
    assert [texts[number] for number in range(len(texts))] == given_out
    assert {text: texts.find(text) for text in given_out} == numbers
    if other not in numbers:
        assert texts.find(other) == NONE


def test_more_texts_than_there_was_room_for_are_all_found():
    texts = Texts()
    given_out = [f"ا{number}" for number in range(3 * ROOM)]

    numbers = [texts.add(text) for text in given_out]

    assert [texts.find(text) for text in given_out] == numbers
    taken_up = Texts(texts.raw.array, texts.ends.array)
    assert [taken_up.find(text) for text in given_out] == numbers
