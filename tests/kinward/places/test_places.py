from __future__ import annotations

import pytest
from django.core.management import call_command

from kinward.access.models import Role
from kinward.places.gazetteer import entries, fill
from kinward.places.models import Place, PlaceKind
from kinward.places.queries import (
    codes,
    finds,
    named_offices,
    names_of,
    place_found,
    places_like,
)

pytestmark = pytest.mark.django_db

# The countries of the programme, and how many subdivisions ISO 3166-2 gives them at least.
SUBDIVISIONS = {"IQ": 18, "SY": 14, "TR": 81, "JO": 12, "LB": 8, "KW": 6, "IR": 31, "RU": 83}
SUBDIVISIONS |= {"KZ": 20, "KG": 9, "TJ": 5, "TM": 6, "UZ": 14, "AZ": 77, "GE": 12, "AM": 11}


def test_gazetteer_is_filled():
    assert Place.objects.count() == sum(1 for _ in entries())
    assert Place.objects.filter(kind=PlaceKind.TOWN).count() > 4_000


def test_countries_are_named_in_every_language_of_the_screens():
    for place in Place.objects.filter(kind=PlaceKind.COUNTRY):
        assert {"en", "ru", "ar"} <= set(place.names), place.code


@pytest.mark.parametrize(("country", "least"), SUBDIVISIONS.items())
def test_subdivisions_are_all_there(country, least):
    there = Place.objects.filter(code__startswith=f"{country}-").exclude(code__contains=":")

    assert there.count() >= least
    for place in there:
        assert {"en", "ru"} <= set(place.names) or country == "AZ", place.code


def test_every_place_but_a_country_lies_in_one_of_its_country():
    for place in Place.objects.select_related("parent"):
        assert (place.parent is None) == (place.kind in {PlaceKind.COUNTRY, PlaceKind.FORMER})
        assert place.parent is None or place.code[:2] == place.parent.code[:2]


def test_filling_again_changes_nothing_and_keeps_what_was_added():
    Place.objects.create(code="IQ-NI:ours", kind=PlaceKind.TOWN, names={"en": "Ours"})
    Place.objects.filter(code="IQ-BG").update(names={})
    before = Place.objects.count()

    fill(Place)

    assert Place.objects.count() == before
    assert Place.objects.get(code="IQ-BG").name("en") == "Baghdad"


def test_name_is_in_the_language_asked_for():
    place = Place.objects.get(code="RU-DA")

    assert place.name("ru") == "Дагестан"
    assert place.name("ar-iq") == "داغستان"


def test_name_in_a_language_it_lacks_is_english_or_the_code():
    assert Place(code="RU-DA", names={"en": "Dagestan"}).name("fr") == "Dagestan"
    assert Place(code="X:village", names={}).name("fr") == "X:village"


def test_names_of_unknown_codes_are_the_codes():
    assert names_of(["IQ-BG", "X:village", "IQ-BG"], "en") == {
        "IQ-BG": "Baghdad",
        "X:village": "X:village",
    }


def test_offices_are_the_regions_in_which_somebody_works(make_user):
    for name, region in (("huda", "IQ-BG"), ("amira", "IQ-BG"), ("madina", "RU-DA"), ("anna", "")):
        make_user(name, role=Role.REGISTRAR, region=region)
    gone = make_user("zaira", role=Role.REGISTRAR, region="SY-HA")
    gone.is_active = False
    gone.save()

    assert named_offices("ru") == [("IQ-BG", "Багдад"), ("RU-DA", "Дагестан")]


def test_codes_are_those_of_all_places():
    assert {"IQ", "IQ-NI:mosul", "SU"} <= codes()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Mosul", "IQ-NI:mosul"),
        ("Мосул", "IQ-NI:mosul"),
        ("الموصل", "IQ-NI:mosul"),
        ("موصل", "IQ-NI:mosul"),
        ("Mossoul", "IQ-NI:mosul"),
        ("Мосуль", "IQ-NI:mosul"),
        ("Mos", "IQ-NI:mosul"),
        ("tel afar", "IQ-NI:tal-afar"),
        ("تل عفر", "IQ-NI:tal-afar"),
        ("Грозный", "RU-CE:grozny"),
        ("Соьлжа-ГӀала", "RU-CE:grozny"),
        ("Соьлжа-ГIала", "RU-CE:grozny"),
        ("Dagestan", "RU-DA"),
        ("Алеппо", "SY-HL:aleppo"),
        ("Аль-Хасака", "SY-HA:al-hasakah"),
        ("Ленинград", "RU-SPE:saint-petersburg"),
        ("Нур-Султан", "KZ-71:astana"),
        ("СССР", "SU"),
        ("al hol", "SY-HA:al-hol-camp"),
        ("مخيم الهول", "SY-HA:al-hol-camp"),
        ("Հայաստան", "AM"),
    ],
)
def test_place_is_found_however_it_is_written(written, code):
    assert code in [each.code for each in places_like(written, "en")][:3]


def test_what_is_called_so_comes_first_then_what_begins_so_then_what_was_called_so():
    assert [each.code for each in places_like("Волгоград", "ru")][:2] == [
        "RU-VGG:volgograd",
        "RU-VGG",
    ]
    assert [each.code for each in places_like("Калинин", "ru")][:2] == [
        "RU-TVE:tver",
        "RU-SPE:kalininskiy",
    ]


def test_found_place_says_where_it_lies_and_by_which_name_it_was_found():
    first = places_like("Сталинград", "ru")[0]

    assert (first.code, first.name, first.called) == (
        "RU-VGG:volgograd",
        "Волгоград",
        "Сталинград",
    )
    assert first.within == "Волгоградская область, Россия"


def test_found_place_lies_in_its_region_in_the_order_of_the_language():
    assert places_like("Mosul", "en")[0].within == "Nineveh, Iraq"
    assert places_like("Mosul", "ar")[0].within == "نينوى، العراق"


@pytest.mark.parametrize("written", ["", "M", "  ", "—", "%", "Xqzwxqz"])
def test_nothing_is_found_for_what_says_nothing(written):
    assert places_like(written, "en") == []


def test_no_more_is_found_than_can_be_read():
    assert len(places_like("al", "en")) == 8
    assert len(places_like("al", "en", most=30)) == 30


def test_search_costs_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        places_like("Mosul", "en")


def test_what_was_chosen_stays_to_be_chosen_from():
    kept = finds("p", "Грозный", "IQ-NI:mosul", "en")

    assert kept.chosen == "IQ-NI:mosul"
    assert [each.code for each in kept.places][:2] == ["IQ-NI:mosul", "RU-CE:grozny"]


def test_what_is_no_place_is_not_chosen():
    assert finds("p", "Mosul", "X:nowhere", "en").chosen == ""
    assert place_found("X:nowhere", "en") is None


def test_command_loads_what_is_shipped_and_says_how_much(capsys):
    call_command("load_places")

    assert capsys.readouterr().out == f"{Place.objects.count():d} places are loaded.\n"
