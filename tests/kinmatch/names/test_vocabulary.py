"""Every word of many names, and which of them sound like one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.names import vocabulary
from kinmatch.names.forms import UNKNOWN_NAME, name_number
from kinmatch.names.scripts import Script
from kinmatch.names.vocabulary import Vocabulary, compared, highest

PARTS = ["то", "ран", "ба", "ким", "рус", "лад", "сем", "дар"]
WORDS = sorted({one + two + three for one in PARTS for two in PARTS for three in ("ов", "ук")})
SPELLED = {
    "торанов": ["toranov", "تورانوف"],
    "кимдаров": ["kimdarov", "كيمداروف"],
    "ладрусук": ["ladrusuk", "لادروسوك"],
}
MIXED = st.lists(
    st.sampled_from(["торан", "toran", "توران", "руслан", "ruslan", "رسلان", "#بيطار", "bitar"]),
    max_size=8,
)


@pytest.fixture
def staged(monkeypatch):
    """Let the first stage choose, however few the words are."""
    monkeypatch.setattr(vocabulary, "WHOLE", 0)


def near(words, form, most=None):
    """Return the bits of each word found for a form."""
    numbers, bits, _ = words.near(form, most)
    assert numbers.tolist() == sorted(numbers.tolist())
    return {words.forms[number]: bit for number, bit in zip(numbers, bits, strict=True)}


def best(found, count=1):
    return sorted(found, key=lambda word: (-found[word], word))[:count]


@pytest.mark.parametrize("form", [form for forms in SPELLED.values() for form in forms])
def test_first_stage_lets_through_what_comparing_all_finds(staged, form):
    words = Vocabulary(WORDS)
    everything = near(words, form)

    quick = near(words, form, 20)

    assert len(quick) <= 20 < len(everything) == len(WORDS)
    assert best(quick, 3) == best(everything, 3)
    assert quick == {word: everything[word] for word in quick}


@pytest.mark.parametrize(("word", "forms"), SPELLED.items())
def test_spellings_of_a_word_bring_it_first(word, forms):
    words = Vocabulary(WORDS)

    assert [best(near(words, form)) for form in forms] == [[word]] * len(forms)


@pytest.mark.parametrize(("keys", "most"), [(0, 600), (20_000, 600), (20_001, 200)])
def test_fewer_words_are_compared_in_full_in_a_large_vocabulary(keys, most):
    assert compared(keys) == most


def test_small_vocabulary_is_compared_whole():
    words = Vocabulary(WORDS)

    assert near(words, "toranov", len(WORDS) // 2) == near(words, "toranov")


@settings(max_examples=50, deadline=None)
@given(MIXED, MIXED, st.sampled_from(["торан", "bitar", "رسلان", "#بيطار"]))
def test_words_added_later_are_found_as_if_they_had_been_there(first, later, form):
    grown = Vocabulary(first)
    numbers = [grown.add(word) for word in later]

    whole = Vocabulary([*first, *later])
    assert sorted(grown.forms) == whole.forms == sorted({*first, *later})
    assert [grown.forms[number] for number in numbers] == later
    assert near(grown, form) == near(whole, form)


@pytest.mark.parametrize("form", ["toranov", "تورانوف"])
def test_first_stage_finds_words_added_later(staged, form):
    grown = Vocabulary(WORDS[: len(WORDS) // 2])
    for word in WORDS:
        grown.add(word)

    assert best(near(grown, form, 20)) == ["торанов"]


def test_word_of_no_known_script_has_a_number_and_no_neighbours():
    words = Vocabulary(["торан"])

    number = words.add("王")

    assert (number, words.add("王")) == (1, 1)
    assert near(words, "toran").keys() == {"торан"}
    assert set(near(words, "王").values()) == {-1000.0}


def test_empty_vocabulary_finds_nothing():
    found = Vocabulary().near("toran")

    assert [column.tolist() for column in found] == [[], [], []]


def test_words_know_which_names_they_spell():
    words = Vocabulary(["торан", "магомед", "محمد"])

    numbers, _, named = words.near("muhammad")

    told = dict(zip((words.forms[number] for number in numbers), named.tolist(), strict=True))
    assert told["магомед"] == told["محمد"] == name_number("muhammad")
    assert told["торан"] == UNKNOWN_NAME


def test_first_stage_lets_every_spelling_of_a_known_name_through(staged):
    words = Vocabulary([*WORDS, "мехмет"])
    words.add("магомед")

    assert {"мехмет", "магомед"} <= near(words, "محمد", 3).keys()


def test_spelled_words_are_told_by_script_and_place():
    words = Vocabulary(["торан", "toran", "王", "ali"])
    assert words.forms == ["ali", "toran", "торан", "王"]

    (found,) = words.spelled(np.array([0, 1, 3]))

    assert (found.places.tolist(), found.spelled.script) == ([0, 1], Script.LATIN)
    assert (found.chosen.tolist(), found.named.tolist()) == ([0, 1], [name_number("ali"), -1])


TOTALS = st.lists(st.integers(0, 50), max_size=40)


@given(TOTALS, st.integers(1, 20))
def test_highest_keeps_none_that_is_lower_than_one_left_out(totals, most):
    kept = highest(np.array(totals, np.float32), most).tolist()

    left = [total for place, total in enumerate(totals) if place not in kept]
    assert kept == sorted(kept)
    assert all(totals[place] > max(left, default=-1) for place in kept)
    assert kept == highest.py_func(np.array(totals, np.float32), most).tolist()


def test_highest_of_nothing_but_noughts_is_nothing():
    found = highest(np.zeros(5, np.float32), 3)

    assert found.tolist() == []
