"""What each level means, pair by pair; the tables read as the specification."""

from __future__ import annotations

import pytest

from kinmatch.comparisons import COMPARISONS
from kinmatch.engines import prepare
from kinmatch.model import default_model

BY_NAME = {comparison.name: comparison for comparison in COMPARISONS}


@pytest.fixture
def level(person):
    """The level of one comparison for two persons among enough others to tell what is rare."""

    def found_level(comparison, found, sought):
        crowd = [
            person(f"C{number}", names="Умар Вымышленов", father="Умар") for number in range(50)
        ]
        population = prepare([person("F", **found)], [person("S", **sought), *crowd])
        rows = population.found_row(0).row, population.sought_rows[0].row
        return BY_NAME[comparison].level(*rows)

    return found_level


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda comparison: comparison.name)
def test_every_comparison_says_unknown_of_empty_records(level, comparison):
    assert level(comparison.name, {}, {}) == "unknown"


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda comparison: comparison.name)
def test_every_comparison_says_unknown_where_one_side_is_empty(level, comparison):
    told = {
        "names": "Руслан Магомедович Тестов",
        "father": "Магомед",
        "mother": "Амина",
        "siblings": "Заур",
        "born": "2012",
        "sex": "male",
        "places": "Мосул",
    }

    assert level(comparison.name, told, {}) == "unknown"
    assert level(comparison.name, {}, told) == "unknown"


@pytest.mark.parametrize(
    ("found", "sought", "expected"),
    [
        ("تيمور", "Тимур", "same_uncommon"),
        ("عمر", "Умар", "same_common"),
        ("محمد", "Магомед", "same_common"),
        ("Тимур", "Дауд", "different"),
        ("Карим|Тимур", "Тимур", "same_uncommon"),
        ("تيمور|Timur", "Тимур", "same_uncommon"),
        ("حسن", "Хусейн", "near"),
        ("كريم", "كريمة", "close"),
    ],
)
def test_given_weighs_a_name_by_how_rare_it_is(level, found, sought, expected):
    assert level("given", {"names": found.split("|")}, {"names": sought}) == expected


def test_given_tells_a_brother_from_the_child(level):
    found = {"names": "Тимур", "siblings": "Дауд"}

    assert level("given", found, {"names": "Дауд"}) == "sibling"
    assert level("given", {"names": "Дауд"}, found) == "sibling"


@pytest.mark.parametrize(
    "found",
    [
        {"father": "Тимур"},
        {"father": "Тимур Тестов"},
        {"names": "Дауд Тимурович Тестов"},
        {"names": "داود بن تيمور"},
    ],
)
@pytest.mark.parametrize("sought", [{"father": "تيمور"}, {"names": "Дауд Тимурович"}])
def test_father_unites_what_stands_in_field_patronymic_and_nasab(level, found, sought):
    assert level("father", found, sought) == "same_uncommon"


def test_father_in_a_surname_is_a_weaker_level(level):
    assert level("father", {"names": "Дауд Тимуров"}, {"father": "Тимур"}) == "stem"
    assert level("father", {"father": "Тимур"}, {"names": "Дауд Тимуров"}) == "stem"


def test_surname_is_made_of_any_spelling_of_the_fathers_name(level):
    assert level("father", {"names": "داود محمدوف"}, {"father": "Магомед"}) == "stem"
    assert level("family", {"names": "داود محمدوف"}, {"names": "Дауд Магомедов"}) == "same_common"


def test_father_who_is_not_in_the_surname_is_no_disagreement(level):
    assert level("father", {"names": "Дауд Тимуров"}, {"father": "Карим"}) == "unknown"


def test_father_may_be_the_second_of_two_names_in_arabic(level):
    assert level("father", {"names": "داود تيمور"}, {"father": "Тимур"}) == "stem"


def test_father_of_another_name_is_different(level):
    assert level("father", {"father": "Карим"}, {"father": "Тимур"}) == "different"


def test_mother_is_compared_by_her_given_name(level):
    found, sought = {"mother": "مدينة"}, {"mother": "Мадина Тестова"}

    assert level("mother", found, sought) == "same_uncommon"


def test_mother_of_someone_is_no_name(level):
    assert level("mother", {"mother": "أم حمزة"}, {"mother": "Мадина"}) == "unknown"


def test_family_name_has_no_sex(level):
    found, sought = {"names": "Дауд Образцов"}, {"names": "Мадина Образцова"}

    assert level("family", found, sought) == "same_uncommon"


def test_family_name_may_be_the_fathers(level):
    found, sought = {"names": "Дауд", "father": "Карим Образцов"}, {"names": "Дауд Образцов"}

    assert level("family", found, sought) == "same_uncommon"


@pytest.mark.parametrize(
    ("found", "sought", "expected"),
    [
        (["Заур", "Мадина"], ["Мадина", "Заур", "Карим"], "all"),
        (["Заур", "Мадина", "Тимур"], ["Мадина", "Заур", "Карим"], "two"),
        (["Заур", "Патимат"], ["Фатима", "Зауру"], "all_near"),
        (["Заур", "Мадина"], ["Мадина", "Карим"], "one_of_several"),
        (["Заур"], ["Заур", "Зауру"], "one"),
        (["محمد", "مدينة"], ["Мадина", "Магомед"], "all"),
        (["محمد", "Магомед"], ["Магомед", "Muhammad"], "one"),
        (["Заур", "Мадина"], ["Карим", "Тимур"], "none_of_several"),
        (["Заур", "Мадина"], ["Карим"], "different"),
        (["Заур"], ["Карим"], "different"),
        (["Заур"], [], "unknown"),
    ],
)
def test_siblings_are_met_one_to_one(level, found, sought, expected):
    assert level("siblings", {"siblings": found}, {"siblings": sought}) == expected
    assert level("siblings", {"siblings": sought}, {"siblings": found}) == expected


@pytest.mark.parametrize(
    ("found", "sought", "expected"),
    [
        ("2012-05-03", "2012-05-03", "same_day"),
        ("2012-05", "2012-06", "same_month"),
        ("2012", "2012-05-03", "same_year"),
        ("2012", "2012", "same_year"),
        ("2010/2014", "2012", "meet"),
        ("2012-05-03", "2012-09-01", "one_year_apart"),
        ("2012", "2013-06", "one_year_apart"),
        ("2012", "2014-06", "two_years_apart"),
        ("2012", "2016-06", "four_years_apart"),
        ("2012", "2018", "different"),
        ("2012/..", "2018", "meet"),
        ("../2010", "2018", "different"),
    ],
)
def test_birth_levels_follow_the_gap_between_the_spans(level, found, sought, expected):
    assert level("birth", {"born": found}, {"born": sought}) == expected
    assert level("birth", {"born": sought}, {"born": found}) == expected


@pytest.mark.parametrize(("sought", "expected"), [("male", "same"), ("female", "different")])
def test_sex_is_the_same_or_not(level, sought, expected):
    assert level("sex", {"sex": "male"}, {"sex": sought}) == expected


@pytest.mark.parametrize(
    ("found", "sought", "expected"),
    [
        ("الموصل", "Мосул", "same_small"),
        ("Mossoul, Irak", "Ирак", "same_small"),
        ("Mossoul, Irak", "Мосул, Ирак", "two_small"),
        ("Небылинск", "небылинск", "same_small"),
        ("Небылинск", "Небилинск", "near_small"),
        ("Небылинск", "Небылинскк", "near_small"),
        ("Небылинск", "Набелинск", "different"),
        ("Ош", "Уш", "different"),
        ("Мосул", "Грозный", "different"),
    ],
)
def test_place_knows_a_place_by_its_names_in_other_languages(level, found, sought, expected):
    assert level("place", {"places": found}, {"places": sought}) == expected


def test_place_that_many_name_is_a_level_of_its_own(person):
    crowd = [person(f"C{number}", places="Дагестан") for number in range(50)]
    population = prepare([person("F", places="داغستان")], crowd)

    rows = population.found_row(0).row, population.sought_rows[0].row

    assert BY_NAME["place"].level(*rows) == "same_large"


def test_place_that_hardly_anyone_names_is_a_level_of_its_own(person):
    crowd = [person(f"C{number}", places="Дагестан") for number in range(2000)]
    population = prepare([person("F", places="الموصل")], [person("S", places="Мосул"), *crowd])

    rows = population.found_row(0).row, population.sought_rows[0].row

    assert BY_NAME["place"].level(*rows) == "same_rare"


@pytest.mark.parametrize(
    ("found", "sought", "given_name", "family_name"),
    [
        (("Образ", "Чужой"), ("Чужой", "Образ"), "crossed", "crossed"),
        (("Образ", ""), ("Чужой", "Образ"), "crossed", "unknown"),
        (("Образ", "Тестов"), ("Чужой", "Образ"), "crossed", "different"),
        (("Образ", "Тестов"), ("Чужой", "Иной"), "different", "different"),
    ],
)
def test_a_given_name_may_stand_in_the_column_of_the_family_name(
    level, found, sought, given_name, family_name
):
    sides = [
        {"given": given and [given], "family": family and [family]}
        for given, family in (found, sought)
    ]

    assert (level("given", *sides), level("family", *sides)) == (given_name, family_name)
    assert (level("given", *sides[::-1]), level("family", *sides[::-1])) == (
        given_name,
        family_name,
    )


def test_rare_names_need_a_large_enough_crowd(person):
    crowd = [person(f"C{number}", names="Умар Вымышленов") for number in range(2000)]
    population = prepare([person("F", names="تيمور")], [person("S", names="Тимур"), *crowd])

    rows = population.found_row(0).row, population.sought_rows[0].row

    assert BY_NAME["given"].level(*rows) == "same_rare"


def test_every_level_has_chances_in_the_default_model():
    model = default_model()

    levels = {name: tuple(chances) for name, chances in model.levels.items()}

    assert levels == {one.name: one.level_ids for one in COMPARISONS}
