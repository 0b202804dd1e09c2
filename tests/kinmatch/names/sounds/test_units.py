"""How alike words sound, in bits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.names.forms import form_of, script_of_form
from kinmatch.names.scripts import Script
from kinmatch.names.sounds import bits_between, itself, resemblance, sound_bits, spell
from kinmatch.names.sounds.units import MOST_LETTERS, inventory, odds_between, ordinary_bits

WORDS = st.one_of(
    st.text(alphabet="#abdkmlrstyzh", min_size=1, max_size=8),
    st.text(alphabet="#абдкмлрстыжӏ", min_size=1, max_size=8),
    st.text(alphabet="#ابدكملرستيپگ", min_size=1, max_size=8),
).filter(lambda word: word.strip("#"))


def heard(one, other):
    """Return the sound bits of two words, taken in this order."""
    (bits,) = bits_between(one, spell([other], script_of_form(other)))
    return bits


@settings(deadline=None)
@given(WORDS, WORDS)
def test_sound_bits_are_the_same_in_either_order(one, other):
    there = sound_bits(one, other)

    assert sound_bits.__wrapped__(other, one) == pytest.approx(there)
    assert heard(one, other) == pytest.approx(heard(other, one)) == pytest.approx(there)
    assert 0.0 <= resemblance(one, other) <= 1.0
    assert resemblance(one, other) == pytest.approx(resemblance(other, one))


@settings(deadline=None)
@given(WORDS)
def test_nothing_resembles_a_word_more_than_itself(word):
    assert resemblance(word, word) == pytest.approx(max(sound_bits(word, word), 0) / itself(word))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Торанов", "تورانوف"),
        ("Khalid", "خالد"),
        ("Жамиль", "جميل"),
        ("Джамиль", "Djamil"),
        ("Dschamil", "Джамиль"),
        ("Choukran", "شكران"),
        ("Tchoran", "Чоран"),
        ("Almutairi", "المطيري"),
        ("Petrosian", "بتروسيان"),
        ("Vakil", "وكيل"),
        ("Qorban", "Курбан"),
        ("al-Torani", "الطوراني"),
    ],
)
def test_spellings_of_one_name_resemble_each_other_across_scripts(one, other):
    alike = resemblance(form_of(one), form_of(other))

    assert alike > 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [("Руслан", "حمزة"), ("Karim", "Тимур"), ("سالم", "Петр"), ("Rima", "Toran")],
)
def test_different_names_do_not_resemble_each_other(one, other):
    alike = resemblance(form_of(one), form_of(other))

    assert alike < 0.3
    assert sound_bits(form_of(one), form_of(other)) < 3.0


@pytest.mark.parametrize(("word", "plain"), [("toჯan", "tojan"), ("toჯan", "toqan")])
def test_unknown_letter_counts_less_against_than_a_wrong_one(word, plain):
    unknown = sound_bits(word, "торан")

    assert sound_bits(plain, "торан") < unknown < sound_bits("toran", "торан")


@pytest.mark.parametrize("other", ["toran", "торан", "توران"])
def test_unknown_letter_counts_neither_for_nor_much_against(other):
    with_unknown, without = sound_bits("toranჯ", other), sound_bits("toran", other)

    assert without - 6.0 < with_unknown < without


def test_unknown_letters_that_meet_are_no_evidence():
    alike, less = sound_bits("arჯ", "arჯ"), sound_bits("ar", "ar")

    assert alike < less


def test_word_of_no_known_script_says_nothing():
    latin = spell(["toran"], Script.LATIN)

    assert bits_between("王", latin).tolist() == [-1000.0]


@pytest.mark.parametrize("form", ["торан", "toran", "#طوراني"])
def test_bits_between_many_are_those_of_each(form):
    forms = ["toran", "bitar", "al", "karim"]
    latin = spell(forms, Script.LATIN)

    every = bits_between(form, latin)
    chosen = bits_between(form, latin, np.array([2, 0]))

    assert every.tolist() == pytest.approx([sound_bits(form, other) for other in forms])
    assert chosen.tolist() == [every[2], every[0]]


def test_spelled_words_have_a_row_for_each_letter_and_mark():
    spelled = spell(["ab", "", "a" * 60], Script.LATIN)

    assert spelled.ends.tolist() == [4, 6, 6 + MOST_LETTERS]
    assert spelled.grams.shape == (6 + MOST_LETTERS, 4)
    assert spelled.ordinary.shape == (3,)


def test_no_word_spelled_is_no_word():
    spelled = spell([], Script.LATIN)

    assert (spelled.grams.shape, spelled.ends.tolist()) == ((0, 4), [])


def test_ordinary_words_are_likelier_than_their_letters():
    assert ordinary_bits("торанов", Script.CYRILLIC) > ordinary_bits("вонарот", Script.CYRILLIC)


def test_single_letters_never_make_two_words_impossible():
    odds, first = odds_between(Script.LATIN, Script.ARABIC), inventory(Script.LATIN)
    second = inventory(Script.ARABIC)

    ours = [0, *(number for unit, number in first.items() if len(unit) == 1), -1]
    theirs = [0, *(number for unit, number in second.items() if len(unit) == 1), -1]

    assert [(a, b) for a in ours for b in theirs if not odds[a, b] > 0] == [(0, 0)]
