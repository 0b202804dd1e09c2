"""The father's name inside a patronymic, and the patronymic built on a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.names import parse, patronymic
from kinmatch.names.forms import form_of
from kinmatch.names.patronymics import fathers_in


def father_in(word):
    """Return the likeliest father's name in a patronymic, "" for other words."""
    return next(iter(fathers_in(word)), "")


@pytest.mark.parametrize(
    ("word", "father"),
    [
        ("Русланович", "руслан"),
        ("Руслановна", "руслан"),
        ("Алиевич", "али"),
        ("Мусаевна", "муса"),
        ("Сергеевич", "сергей"),
        ("Ильинична", "илья"),
        ("Ильич", "илья"),
        ("Шамилевна", "шамиль"),
        ("Гусейноглы", "гусейн"),
        ("Рустамзода", "рустам"),
        ("Ruslanovich", "ruslan"),
        ("Ruslanowitsch", "ruslan"),
        ("Ruslanovitch", "ruslan"),
        ("Alievich", "ali"),
        ("روسلانوفيتش", "روسلان"),
        ("Руслан", ""),
        ("Ruslan", ""),
        ("رسلان", ""),
        ("王", ""),
    ],
)
def test_father_in_reads_a_patronymic(word, father):
    found = father_in(word)

    assert found == father


NAMES = [
    "Руслан",
    "Ахмед",
    "Муса",
    "Али",
    "Исмаил",
    "Юсуп",
    "Гусейн",
    "Сергей",
    "Игорь",
    "Юрий",
    "Тимур",
    "Шамиль",
    "Абдуллах",
]


@given(st.sampled_from(NAMES), st.booleans())
def test_patronymic_built_from_a_name_parses_back_to_it(father, female):
    built = patronymic(father, female=female)

    found = father_in(built)

    assert found == form_of(father)


@pytest.mark.parametrize(
    ("father", "female", "built"),
    [
        ("Руслан", False, "Русланович"),
        ("Руслан", True, "Руслановна"),
        ("Али", False, "Алиевич"),
        ("Муса", True, "Мусаевна"),
        ("Юрий", False, "Юрьевич"),
        ("Игорь", True, "Игоревна"),
        ("Сергей", False, "Сергеевич"),
    ],
)
def test_patronymic_follows_russian_usage(father, female, built):
    found = patronymic(father, female=female)

    assert found == built


@pytest.mark.parametrize(
    ("word", "fathers"),
    [
        ("Григорович", ("григорій", "григорий")),
        ("Григорьевич", ("григорий",)),
        ("Михайлович", ("михаил", "михайло")),
        ("Михайлівна", ("михайло",)),
        ("Сергійович", ("сергій", "сергі")),
        ("Андріївна", ("андрій", "андрі")),
        ("Миколаївна", ("микола",)),
        ("Тарасівна", ("тарас", "тарась")),
        ("Васильович", ("василь",)),
        ("Хомич", ("хома",)),
        ("Яківна", ("яків",)),
        ("Гереевич", ("гере", "герей")),
        ("Терентьевна", ("терентий", "теренть")),
        ("Serhiiovych", ("serhii",)),
        ("Olehivna", ("oleh",)),
        ("Руслан", ()),
    ],
)
def test_fathers_in_reads_every_name_a_patronymic_may_be_built_on(word, fathers):
    found = fathers_in(word)

    assert found == fathers


def test_patronymic_of_two_names_keeps_the_other_at_a_cost():
    (_, father) = parse("Іван Григорович").parts

    assert father.forms[:3] == (("григорій", 0.0), ("григорович", 0.0), ("григорий", 1.0))


@pytest.mark.parametrize(
    ("word", "father"),
    [
        ("Гурбангулы", ""),
        ("Ниязкулы", ""),
        ("Асылбекулы", "асылбек"),
        ("Маратулы", "марат"),
        ("Maratuly", "marat"),
        ("Gurbanguly", ""),
    ],
)
def test_servant_of_is_no_son_of(word, father):
    assert father_in(word) == father
