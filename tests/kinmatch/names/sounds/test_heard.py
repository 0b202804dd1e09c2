"""Which letters are expected side by side when a word is written in another script."""

import numpy as np
import pytest

from kinmatch.names.scripts import Script
from kinmatch.names.sounds import heard
from kinmatch.names.sounds.heard import LETTERS, OTHER, alphabet, expected_pairs, numbered


def side_by_side(expected, script, one, other):
    return expected[alphabet(script)[one], alphabet(script)[other]]


@pytest.mark.parametrize(
    ("form", "script", "pair"),
    [
        ("торан", Script.LATIN, "to"),
        ("toran", Script.CYRILLIC, "ра"),
        ("توران", Script.LATIN, "or"),
        ("торан", Script.ARABIC, "را"),
    ],
)
def test_letters_of_a_usual_spelling_are_expected_side_by_side(form, script, pair):
    expected = expected_pairs(form, script, bones=False)

    assert side_by_side(expected, script, *pair) > 0.3
    assert side_by_side(expected, script, *pair[::-1]) < 0.1


def test_bones_are_the_letters_that_stay():
    whole = numbered("торан", Script.CYRILLIC, bones=False)

    bones = numbered("торан", Script.CYRILLIC, bones=True)

    kept = [alphabet(Script.CYRILLIC)[letter] for letter in "^трн$"]
    assert (len(whole), bones) == (7, kept)


def test_bones_stand_side_by_side_whatever_vowels_are_between():
    expected = expected_pairs("торан", Script.ARABIC, bones=True)

    assert side_by_side(expected, Script.ARABIC, "ت", "ر") > 0.2


def test_letter_nobody_knows_has_a_number_of_its_own():
    assert numbered("ჯ", Script.LATIN, bones=False)[1] == OTHER


def test_word_is_one_beginning_and_one_end():
    expected = expected_pairs("toran", Script.CYRILLIC, bones=False)

    begin, end = alphabet(Script.CYRILLIC)["^"], alphabet(Script.CYRILLIC)["$"]
    assert expected[begin].sum() == pytest.approx(1.0, abs=0.2)
    assert expected[:, end].sum() == pytest.approx(1.0, abs=0.2)


def test_word_that_cannot_be_written_expects_nothing():
    expected = expected_pairs("toჯan", Script.CYRILLIC, bones=False)

    assert expected.shape == (LETTERS, LETTERS)
    assert not expected.any()


def test_compiled_loops_say_what_plain_python_says(monkeypatch):
    compiled = expected_pairs("ram", Script.ARABIC, bones=False)

    for name in ("ending", "sweep", "expect"):
        monkeypatch.setattr(heard, name, getattr(heard, name).py_func)

    assert np.allclose(expected_pairs("ram", Script.ARABIC, bones=False), compiled)
