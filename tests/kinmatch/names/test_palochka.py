"""The palochka, and what is typed for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.names.fold import fold_word
from kinmatch.names.palochka import with_palochka


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ХIажиев", "ХӀажиев"),  # Latin capital i
        ("ХІажиев", "ХӀажиев"),  # Ukrainian capital i
        ("Хlажиев", "ХӀажиев"),  # small L
        ("Х1ажиев", "ХӀажиев"),  # figure one
        ("Х|ажиев", "ХӀажиев"),  # bar
        ("Хӏажиев", "ХӀажиев"),  # the small letter itself
        ("хiажиев", "хӀажиев"),  # Latin small i
        ("ХIАЖИЕВ", "ХӀАЖИЕВ"),
        ("МагIам", "МагӀам"),
        ("КIкIара", "КӀкӀара"),
        ("Iаьржа", "Ӏаьржа"),
        ("1аьржа", "Ӏаьржа"),
        ("Салахь1", "Салахь1"),
        ("Тарх1", "ТархӀ"),
    ],
)
def test_palochka_is_read_however_it_was_typed(typed, written):
    assert with_palochka(typed) == written


@pytest.mark.parametrize(
    "written", ["Івана", "Iванко", "Іоанко", "Кіт", "Rima I", "Rima1 | l", "Римa 1", "توران1", ""]
)
def test_what_is_no_palochka_stays(written):
    assert with_palochka(written) == written


@pytest.mark.parametrize("written", ["Кіан", "Іуда", "ТІАРА"])
def test_i_is_a_vowel_where_the_language_has_one(written):
    assert with_palochka(written, i_is_a_vowel=True) == written
    assert with_palochka(written) != written


@given(st.text("аекхьтшАЕКХТIiІіl1|ӏӀ -"))
def test_palochka_takes_the_place_of_one_character(text):
    assert len(with_palochka(text)) == len(text)


@pytest.mark.parametrize("typed", ["ХIажиев", "ХІажиев", "Хlажиев", "МагIам", "КIкIара", "1аьржа"])
def test_folding_reads_a_palochka_by_the_same_rule(typed):
    assert fold_word(typed) == fold_word(with_palochka(typed))
    assert "ӏ" in fold_word(typed)


@pytest.mark.parametrize("written", ["Івана", "Тимоші", "Ілона", "Маркіян", "МАРКІЯН", "Тіия"])
def test_folding_leaves_the_ukrainian_vowel(written):
    assert fold_word(written) == written.lower()
