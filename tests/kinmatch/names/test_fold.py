"""Spellings of the same letters fold to the same word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.names import parse
from kinmatch.names.fold import fold, fold_word, split

ALPHABETS = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєқғҳӏ"
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچگکی"
    "abcdefghijklmnopqrstuvwxyzéşščçğüöłß"
)
WORDS = st.text(alphabet=ALPHABETS + ALPHABETS.upper() + "'’\u0640\u064b\u0301I|1", max_size=12)
CYRILLIC = st.text(alphabet="абвгдежзийклмнопрстуфхцчшыэюя", min_size=2, max_size=10)
ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=2, max_size=10)
LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=10)
HAMZA_SEATS = {"ا": "أإآٱا", "و": "ؤو", "ي": "ئيیى"}


@given(WORDS)
def test_fold_word_is_idempotent(word):
    once = fold_word(word)

    again = fold_word(once)

    assert again == once


@given(st.one_of(CYRILLIC, LATIN))
def test_fold_word_ignores_case(word):
    folded = fold_word(word.upper())

    assert folded == fold_word(word)


@given(ARABIC, st.integers(0, 9))
def test_fold_word_ignores_tatweel(word, place):
    stretched = word[:place] + "ـ" + word[place:]

    folded = fold_word(stretched)

    assert folded == fold_word(word)


@given(ARABIC, st.randoms(use_true_random=False))
def test_fold_word_ignores_hamza_seats_and_vowel_marks(word, chance):
    respelt = "".join(
        chance.choice(HAMZA_SEATS.get(letter, letter)) + chance.choice(["", "\u064e", "\u0651"])
        for letter in word
    )

    folded = fold_word(respelt)

    assert folded == fold_word(word)


@pytest.mark.parametrize("palochka", ["Ӏ", "ӏ", "I", "l", "1", "|", "І"])
def test_fold_word_knows_every_way_to_type_a_palochka(palochka):
    folded = fold_word(f"Г{palochka}айрбеков")

    assert folded == "гӏайрбеков"


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Артём", "артем"),
        ("Река́", "река"),
        ("Тимоші", "тимоші"),
        ("Šarif", "sharif"),
        ("Çelik", "chelik"),
        ("Gürsoy", "gursoy"),
        ("Łukasz", "lukasz"),
        ("Groß", "gross"),
        ("O’Nar", "onar"),
        ("کريمی", "كريمي"),
        ("فاطمة", "فاطمه"),
        ("مصطفى", "مصطفي"),
        ("ﻋﻠﻲ", "علي"),
        ("王", "王"),
    ],
)
def test_fold_word_folds_by_script(word, folded):
    found = fold_word(word)

    assert found == folded


def test_fold_word_settles_a_word_of_mixed_scripts():
    folded = fold_word("Aءء")

    assert folded == fold_word(folded) == "a"


def test_split_cuts_at_spaces_hyphens_and_stops():
    words = split("Нур-ад-Дин  А.Б., «Рус» — '")

    assert words == ["Нур", "ад", "Дин", "А", "Б", "«Рус»"]


@pytest.mark.parametrize(
    "text",
    [
        "Rima🙂Toran",
        "Rima👩‍👧Toran",
        "Rima & Toran",
        "Rima+Toran",
        "Rima\u200bToran",
        "Rima#@Toran",
    ],
)
def test_split_cuts_at_emoji_and_other_symbols(text):
    words = split(text)

    assert words == ["Rima", "Toran"]


def test_split_keeps_marks_and_joiners_inside_a_word():
    words = split("رُسْلان می\u200cرن Река́ ХӀ|ж")

    assert words == ["رُسْلان", "می\u200cرن", "Река́", "ХӀ|ж"]


def test_fold_joins_folded_words_with_one_space():
    folded = fold("  РУСЛАН\tАртёмов ")

    assert folded == "руслан артемов"


def test_spelling_of_a_name_does_not_change_its_keys():
    plain = parse("احمد مصطفي")

    respelt = parse("أحـمد مصطفى")

    assert [part.key for part in respelt.parts] == [part.key for part in plain.parts]


@pytest.mark.parametrize("text", ["|ـ", "Рима |ـ", "ـ", "|ـ توران"])
def test_fold_leaves_no_word_without_a_letter(text):
    assert fold(fold(text)) == fold(text)
    assert "|" not in fold(text)
