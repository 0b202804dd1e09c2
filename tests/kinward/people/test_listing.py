from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.people import births, listing
from kinward.people.listing import NOTHING, Told, guess, guesses, read_row
from kinward.people.models import Answer, Certainty, Method, SaidBy
from kinward.people.rules import fault

TOLD = Told(said_by=SaidBy.OFFICIAL, as_of="2018-12-30", source="shelter, row 2")
texts = st.text(max_size=12)


def said(cells, meanings, told=TOLD):
    return [(one.property, one.value) for one in read_row(cells, meanings, told).statements]


def wrong(cells, meanings, told=TOLD):
    return [(one.column, one.words) for one in read_row(cells, meanings, told).wrong]


# Columns


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Full name", "name"),
        ("ФИО", "name"),
        ("Ф.И.О.", "name"),
        ("الاسم", "name"),
        ("Фамилия", "family_name"),
        ("Имя отца", "father"),
        ("اسم الأب", "father"),
        ("Mother's name", "mother"),
        ("Пол (м/ж)", NOTHING),
        ("Пол", "sex"),
        ("الجنس", "sex"),
        ("DATE OF BIRTH (dd.mm.yyyy)", "born"),
        ("Дата рождения ребёнка", "born"),
        ("العمر بالسنوات", "age"),
        ("Где найден", "found_at"),
        ("مكان الولادة", "place_of_birth"),
        ("№", NOTHING),
        ("Remarks", NOTHING),
        ("", NOTHING),
    ],
)
def test_header_is_guessed_in_three_languages(header, meaning):
    assert guess(header) == meaning


def test_every_guess_is_a_meaning():
    assert set(listing.headers().values()) <= set(listing.MEANINGS)


def test_second_column_of_what_stands_only_once_is_not_guessed():
    assert guesses(["Sex", "Gender", "Name", "Full name"]) == ["sex", NOTHING, "name", "name"]


@given(st.lists(texts, max_size=8))
def test_guesses_never_repeat_what_stands_only_once(columns):
    assert listing.repeated(guesses(columns)) == set()


# Rows


def test_row_is_what_the_list_says_and_who_says_it():
    read = read_row(["رسلان", "м"], ["name", "sex"], TOLD)

    name, sex = read.statements
    assert (name.value, sex.value) == ({"text": "رسلان", "script": "arabic"}, {"code": "male"})
    assert (name.method, name.said_by, name.certainty, name.source, name.as_of) == (
        Method.LIST,
        SaidBy.OFFICIAL,
        Certainty.PROBABLE,
        "shelter, row 2",
        "2018-12-30",
    )


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("2012", "2012"),
        ("2012-05", "2012-05"),
        ("30.05.2012", "2012-05-30"),
        ("3.4.2012", "2012-04-03"),
        ("30/05/2012", "2012-05-30"),
        ("05/30/2012", "2012-05-30"),
        ("٢٠١٢", "2012"),
        ("4/4/2012", "2012-04-04"),
    ],
)
def test_date_is_read_as_it_is_written_by_hand(cell, edtf):
    assert said([cell], ["born"]) == [("born", {"edtf": edtf})]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("03/04/2012", births.TWO_WAYS),
        ("spring", births.BIRTH),
        ("31.02.2012", births.BIRTH),
        ("=A1", listing.FORMULA),
        ("#REF!", listing.FORMULA),
    ],
)
def test_date_that_cannot_be_told_is_named(cell, words):
    assert wrong(["Zaira", cell], ["name", "born"]) == [(1, words)]


@pytest.mark.parametrize("cell", ["7", "٧", "7 лет", "7 years", "7 سنوات"])
def test_age_is_counted_on_the_day_of_the_list(cell):
    assert said([cell], ["age"]) == [("born", {"age": 7, "as_of": "2018-12-30"})]


def test_age_is_counted_on_the_day_that_stands_beside_it():
    meanings = ["age", "age_as_of"]

    assert said(["7", "01.02.2017"], meanings) == [("born", {"age": 7, "as_of": "2017-02-01"})]
    assert wrong(["7", "02/01/2017"], meanings) == [(0, births.NO_DAY)]


def test_age_without_a_day_and_an_age_that_is_none_are_named():
    assert wrong(["7"], ["age"], Told()) == [(0, births.NO_DAY)]
    assert wrong(["7 months"], ["age"]) == [(0, births.YEARS_WRONG)]


def test_word_for_a_sex_that_nobody_knows_is_named():
    assert wrong(["x"], ["sex"]) == [(0, listing.SEX)]


def test_unknown_refused_and_empty_are_three_things():
    read = read_row(["неизвестно", "отказ", "", "?"], ["father", "mother", "sex", "age"], TOLD)

    answers = [(one.property, one.answer) for one in read.statements]
    assert answers == [
        ("father", Answer.UNKNOWN),
        ("mother", Answer.REFUSED),
        ("born", Answer.UNKNOWN),
    ]


def test_name_in_parts_is_one_name_in_the_order_of_a_full_one():
    meanings = ["family_name", "given_name", "patronymic"]

    assert said(["Магомедов", "Руслан", "Магомедович"], meanings) == [
        ("name", {"text": "Руслан Магомедович Магомедов", "script": "cyrillic"})
    ]
    assert said(["?", "Руслан", ""], meanings) == [
        ("name", {"text": "Руслан", "script": "cyrillic"})
    ]
    read = read_row(["?", "", "?"], meanings, TOLD)
    assert [one.answer for one in read.statements] == [Answer.UNKNOWN]


def test_formula_in_a_part_of_a_name_is_named():
    meanings = ["given_name", "family_name"]

    assert wrong(["Zaira", "=1+1"], meanings) == [(1, listing.FORMULA)]


def test_cell_holds_several_values_where_a_child_may_have_several():
    meanings = ["name", "sibling", "place_of_birth"]

    assert [
        value["text"] for _, value in said(["Ali | علي", "Maryam, Zaira; ?", "A; B"], meanings)
    ] == [
        "Ali",
        "علي",
        "Maryam",
        "Zaira",
        "A; B",
    ]


def test_same_value_in_two_columns_is_said_once():
    assert len(said(["Ali", "Ali"], ["name", "name"])) == 1


def test_row_that_says_nothing_or_more_than_its_columns_is_named():
    assert wrong(["", "12"], ["name", ""]) == [(None, listing.SAYS_NOTHING)]
    assert wrong(["Ali", "x"], ["name"]) == [(None, listing.TOO_MANY)]


def test_row_with_words_that_label_is_not_read_but_a_name_is_no_label():
    words = wrong(["a little terrorist"], ["mark"])

    assert len(words) == 1
    assert "terrorist" in str(words[0][1])
    assert said(["جهاد"], ["name"]) == [("name", {"text": "جهاد", "script": "arabic"})]


def test_text_longer_than_is_kept_is_named():
    assert [column for column, _ in wrong(["x" * 3_000], ["mark"])] == [0]


@given(st.lists(texts, max_size=6), st.lists(st.sampled_from(list(listing.MEANINGS)), max_size=6))
def test_row_is_read_whole_or_said_to_be_wrong(cells, meanings):
    read = read_row(cells, meanings, TOLD)

    assert bool(read.statements) != bool(read.wrong)
    assert [one for one in read.statements if fault(one)] == []


def test_rows_that_say_the_same_are_told_apart_from_those_that_do_not():
    other = Told(said_by=SaidBy.DOCUMENT, source="another list, row 9")
    one = read_row(["Ali", "m"], ["name", "sex"], TOLD)
    same = read_row(["7", "male", "Ali"], ["", "sex", "name"], other)
    another = read_row(["Ali", "f"], ["name", "sex"], TOLD)

    assert one.said == same.said
    assert one.said != another.said
    assert one.first("sex") == {"code": "male"}
    assert one.first("born") == {}
