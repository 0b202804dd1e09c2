"""How alike keys sound across scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.names import token_similarity
from kinmatch.names.keys import key_of
from kinmatch.names.sounds import cheapest, similarity, skeleton, sounds_of

KEYS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=10)


@given(KEYS)
def test_token_similarity_of_a_key_with_itself_is_one(key):
    alike = token_similarity(key, key)

    assert alike == 1.0


@given(KEYS, KEYS)
def test_token_similarity_is_symmetric_and_between_nought_and_one(one, other):
    alike = token_similarity(one, other)

    assert alike == pytest.approx(token_similarity(other, one))
    assert 0.0 <= alike <= 1.0


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
    ],
)
def test_token_similarity_is_high_for_one_name_in_two_scripts(one, other):
    alike = token_similarity(key_of(one), key_of(other))

    assert alike > 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [("Руслан", "حمزة"), ("Karim", "Тимур"), ("سالم", "Петр"), ("Rima", "Toran")],
)
def test_token_similarity_is_nought_for_different_names(one, other):
    alike = token_similarity(key_of(one), key_of(other))

    assert alike == 0.0


def test_token_similarity_prefers_the_same_vowels_where_both_are_written():
    same = token_similarity("karim", "karym")
    other = token_similarity("karim", "karam")

    assert same > other


def test_token_similarity_of_nothing_with_something_is_nought():
    alike = token_similarity("", "ruslan")

    assert alike == 0.0


@pytest.mark.parametrize(
    ("key", "sounds"),
    [("khadizhat", "XadiZat"), ("schamil", "Samil"), ("hassan", "hasan"), ("", "")],
)
def test_sounds_of_gives_each_sound_one_character(key, sounds):
    found = sounds_of(key)

    assert found == sounds


def test_skeletons_of_one_name_in_two_scripts_meet():
    skeletons = {skeleton("toranov"), skeleton("twranwf"), skeleton("thuranof")}

    assert skeletons == {"trnf"}


def test_cheapest_gives_up_once_the_limit_is_passed():
    cost = cheapest("btk", "msl", (1.0, 1.0, 1.0), (1.0, 1.0, 1.0), 0.5)

    assert cost > 0.5


def test_similarity_gives_up_on_keys_of_very_different_length():
    alike = similarity("ruslan", "ruslanmagomedov", 0.9)

    assert alike == 0.0
