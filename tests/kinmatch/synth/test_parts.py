from __future__ import annotations

import pytest

from kinmatch.errors import BadInput
from kinmatch.synth.parts import (
    Spelling,
    Surname,
    System,
    bent,
    cells,
    customs,
    found_places,
    options,
    table,
    weighted,
)

TABLES = ["customs", "given", "heard", "letters", "misheard", "places", "surnames"]
CYRILLIC = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюяӏҳҷӯқғ- ")


@pytest.mark.parametrize("name", TABLES)
def test_table_gives_a_reason_on_every_line(name):
    rows = table(name)

    assert rows != []
    assert [row for row in rows if not row["why"].strip()] == []


@pytest.mark.parametrize("name", TABLES)
def test_table_repeats_no_line(name):
    lines = [
        tuple(value for column, value in row.items() if column != "why") for row in table(name)
    ]

    assert len(lines) == len(set(lines))


def test_cells_name_the_line_that_is_too_short():
    with pytest.raises(BadInput, match=r"parts\.tsv, line 3: expected 2 cells"):
        cells("one\ttwo\na\tb\nc", name="parts")


def test_options_of_an_empty_cell_are_none():
    assert options("") == ()
    assert options("Омар|Умар") == ("Омар", "Умар")


def test_weighted_alternative_may_be_silence():
    assert weighted("ا:5|:4") == {"ا": 5, "": 4}


@pytest.mark.parametrize("custom", customs().values(), ids=lambda custom: custom.id)
def test_custom_has_names_for_large_families(custom):
    assert len(custom.male) >= 12
    assert len(custom.female) >= 12
    assert len(custom.surnames) >= 8
    assert custom.homes != ()
    assert custom.nisbas != ()


@pytest.mark.parametrize(
    "custom",
    [custom for custom in customs().values() if custom.system is System.PATRONYMIC],
    ids=lambda custom: custom.id,
)
def test_fathers_of_patronymic_customs_have_a_stem(custom):
    assert [name.cyrillic[0] for name in custom.male if not name.stem] == []


@pytest.mark.parametrize("sex", ["male", "female"])
def test_given_names_are_written_in_cyrillic_letters(sex):
    written = {
        spelling
        for custom in customs().values()
        for name in custom.given(sex)
        for spelling in name.cyrillic
    }

    assert {spelling for spelling in written if set(spelling.lower()) - CYRILLIC} == set()


def test_given_names_are_written_in_arabic_script():
    written = {
        spelling
        for custom in customs().values()
        for name in custom.male + custom.female
        for spelling in name.arabic
    }

    assert {
        one for one in written if any(letter.isascii() and letter != " " for letter in one)
    } == set()


@pytest.mark.parametrize(
    ("male", "female"),
    [("Магомедов", "Магомедова"), ("Мусаев", "Мусаева"), ("Рябинин", "Рябинина")],
)
def test_bent_family_name_follows_the_sex(male, female):
    assert bent(male) == Surname(male, female)


@pytest.mark.parametrize("name", ["Мирзода", "Хол"])
def test_bent_leaves_other_endings_alone(name):
    assert bent(name) == Surname(name, name)


def test_bent_leaves_names_of_other_languages_alone():
    assert bent("Штайнин", "Steinin") == Surname("Штайнин", "Штайнин", "Steinin")


def test_places_are_written_in_every_spelling():
    places = [*found_places(), *(home for custom in customs().values() for home in custom.homes)]

    assert [place.code for place in places if not all(place.spellings[s] for s in Spelling)] == []
    assert [place.code for place in places if not place.arabic] == []
