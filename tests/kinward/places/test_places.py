from __future__ import annotations

import pytest

from kinward.places.models import Place
from kinward.places.queries import names_of, regions

pytestmark = pytest.mark.django_db


def test_gazetteer_is_filled_in_three_languages():
    places = list(Place.objects.all())

    assert len(places) > 45
    for place in places:
        assert set(place.names) == {"en", "ru", "ar"}


def test_every_place_lies_in_the_one_its_code_begins_with():
    for place in Place.objects.exclude(parent=None):
        assert place.code.startswith(place.parent_id)


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


def test_regions_are_sorted_by_name():
    names = [name for _, name in regions("ru")]

    assert names == sorted(names)
    assert ("IQ-BG", "Багдад") in regions("ru")
