from __future__ import annotations

import pytest

from kinward.access.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(make_user, client):
    client.force_login(make_user("huda", role=Role.REGISTRAR, region="IQ-BG"))
    return client


def test_countries_are_listed(reader):
    page = reader.get("/places/").content.decode()

    assert '<a class="govuk-link" href="/places/IQ/"><bdi>Iraq</bdi></a>' in page


def test_place_is_found_by_a_name_in_any_script(reader):
    page = reader.get("/places/", {"name": "Сталинград"}).content.decode()

    assert '<a class="govuk-link" href="/places/RU-VGG:volgograd/"><bdi>Volgograd</bdi></a>' in page
    assert "Сталинград</bdi>)" in page
    assert "<bdi>Russia</bdi>" in page


def test_nothing_found_says_what_to_do(reader):
    assert "Try another spelling" in reader.get("/places/", {"name": "Xqzwxq"}).content.decode()


def test_place_shows_its_names_and_what_it_lies_in(reader):
    page = reader.get("/places/RU-SPE:saint-petersburg/").content.decode()

    assert '<bdi lang="ru">Санкт-Петербург</bdi>' in page
    assert "Ленинград" in page
    assert "1924 to 1991" in page
    assert 'href="/places/RU-SPE/"' in page
    assert 'href="/places/RU/"' in page


def test_place_says_how_former_and_foreign_names_stand(reader):
    volgograd = reader.get("/places/RU-VGG:volgograd/").content.decode()
    nineveh = reader.get("/places/IQ-NI/").content.decode()

    assert "until 1925" in volgograd
    assert "Syriac" in nineveh
    assert 'href="/places/IQ-NI:mosul/"' in nineveh


def test_place_that_is_not_there_is_absent(reader):
    assert reader.get("/places/X:nowhere/").status_code == 404


def test_what_is_typed_into_a_question_finds_places_to_choose_from(reader):
    typed = {"place_of_birth-0-text": "Мосул", "place_of_birth-0-code": ""}

    part = reader.post("/places/found/", typed).content.decode()

    assert 'name="place_of_birth-0-code"' in part
    assert 'value="IQ-NI:mosul"' in part
    assert "<html" not in part


def test_what_was_chosen_stays_chosen_while_more_is_typed(reader):
    typed = {"x-text": "Mos", "x-code": "IQ-NI:mosul"}

    part = reader.post("/places/found/", typed).content.decode()

    assert 'value="IQ-NI:mosul" checked' in part


@pytest.mark.parametrize("typed", [{}, {"x-text": ""}, {"x-text": "M"}])
def test_nothing_typed_offers_nothing(reader, typed):
    assert reader.post("/places/found/", typed).content.strip() == b""


def test_what_no_place_is_called_says_so(reader):
    part = reader.post("/places/found/", {"x-text": "Xqzwxq"}).content.decode()

    assert "No place of the list is called like this." in part
