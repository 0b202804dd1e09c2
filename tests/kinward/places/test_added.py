from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from reliability import made

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed
from kinward.core.guarding import WordsRefused
from kinward.people.forms.answers import PlaceForm
from kinward.people.properties import PROPERTIES
from kinward.places import actions, queries
from kinward.places.actions import UnfitPlace
from kinward.places.models import Addition, Place, PlaceKind, SamePlace
from kinward.places.rules import code_of_added, is_added

pytestmark = pytest.mark.django_db

MOSUL = "IQ-NI:mosul"
TYPED = {"name": "Дом Зарифы", "language": "ru", "kind": "shelter", "source": "A worker was there."}


@pytest.fixture
def registrar(make_user, client):
    user = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    client.force_login(user)
    return user


@pytest.fixture
def add(registrar, at):
    """Add a place in Mosul: add("Hamam Alil")."""

    def added(name, **told):
        return actions.add_place(
            within=Place.objects.get(pk=MOSUL),
            name=name,
            language="en",
            kind=PlaceKind.CAMP,
            source="A map.",
            by=registrar,
            at=at,
            **told,
        )

    return added


def codes_like(name):
    return [each.code for each in queries.places_like(name, "en")]


def test_place_that_was_added_is_found_and_chosen_at_once(client, registrar):
    before = codes_like("Dom Zarify")

    answer = client.post(reverse("places:add", args=[MOSUL]), TYPED, follow=True)

    (addition,) = Addition.objects.select_related("place")
    assert "The place is added" in answer.content.decode()
    assert (before, codes_like("Дом Зарифы")) == ([], [addition.place_id])
    assert addition.place.kind == PlaceKind.SHELTER
    assert queries.place_found(addition.place_id, "ru").within.startswith("Мосул")
    form = PlaceForm({"text": "дом", "code": addition.place_id}, kind=PROPERTIES["found_at"])
    assert form.is_valid() or "code" not in form.errors
    assert Event.objects.filter(action="places.added").count() == 1


def test_place_is_refused_without_a_name_and_said_so(client, registrar):
    wrong = client.post(reverse("places:add", args=[MOSUL]), TYPED | {"name": ""})

    assert wrong.status_code == 422
    assert "govuk-error-summary" in wrong.content.decode()
    assert Addition.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"name": "…"}, UnfitPlace),
        ({"kind": PlaceKind.COUNTRY}, UnfitPlace),
        ({"name": "ISIS children"}, WordsRefused),
        ({"source": "a terrorist told"}, WordsRefused),
    ],
)
def test_place_that_cannot_stand_is_not_added(registrar, at, told, error):
    usual = {"name": "Hamam", "language": "en", "kind": PlaceKind.CAMP, "source": "A map."}

    with pytest.raises(error):
        actions.add_place(within=Place.objects.get(pk=MOSUL), **(usual | told), by=registrar, at=at)


def test_place_that_is_another_leads_to_that_one(client, registrar, add):
    place = add("Mosul al-Hadba")

    judged = client.post(
        reverse("places:same", args=[place.code]),
        {"same-text": "Mosul", "same-code": MOSUL, "same-reason": "A by-name."},
    )
    found = queries.places_like("Mosul al-Hadba", "en")
    page = client.get(judged.url).content.decode()

    assert [(each.code, each.called) for each in found] == [(MOSUL, "Mosul al-Hadba")]
    assert codes_like("Mosul").count(MOSUL) == 1
    assert "Is the same as" in page
    assert "A by-name." in page


def test_judgement_is_taken_back_by_another_and_both_are_kept(registrar, add, at):
    place, mosul = add("Mosul al-Hadba"), Place.objects.get(pk=MOSUL)
    said = {"place": place, "by": registrar, "at": at}
    actions.judge_same(other=mosul, reason="A by-name.", **said)
    actions.judge_same(other=None, reason="It lies across the river.", **said)

    assert codes_like("Mosul al-Hadba") == [place.code]
    assert [one.other_id for one in queries.judgements_of(place)] == [None, MOSUL]


def test_place_is_no_other_for_reasons_that_are_said(registrar, add, at):
    place, second, mosul = add("Hamam Alil"), add("Hamam"), Place.objects.get(pk=MOSUL)
    said = {"by": registrar, "at": at}

    for judged, other, reason in (
        (mosul, None, "It is."),  # nobody added it
        (place, second, "It is."),  # one that was added, too
        (place, mosul, " "),
    ):
        with pytest.raises(UnfitPlace):
            actions.judge_same(place=judged, other=other, reason=reason, **said)
    assert SamePlace.objects.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        {"same-text": "Mosul", "same-code": MOSUL, "same-reason": ""},
        {"same-text": "Mosul", "same-code": "", "same-reason": "It is."},
        {"same-text": "Mosul", "same-code": "XX", "same-reason": "It is."},
    ],
)
def test_page_asks_for_a_reason_and_for_a_place_of_the_list(client, add, typed):
    place = add("Hamam Alil")

    wrong = client.post(reverse("places:same", args=[place.code]), typed)

    assert wrong.status_code == 422
    assert f'value="{MOSUL}"' in wrong.content.decode()
    assert SamePlace.objects.count() == 0


def test_place_is_said_to_be_its_own_where_nothing_is_chosen(client, add):
    place = add("Hamam Alil")

    client.post(reverse("places:same", args=[place.code]), {"same-reason": "I was there."})

    assert [one.other_id for one in SamePlace.objects.all()] == [None]


def test_who_names_no_places_adds_none_and_is_not_offered_to(client, registrar, add, at):
    place = add("Hamam Alil")
    medic = made.account("medic", role=Role.MEDIC)
    client.force_login(medic)

    with pytest.raises(NotAllowed):
        actions.judge_same(place=place, other=None, reason="It is.", by=medic, at=at)
    with pytest.raises(NotAllowed):
        actions.add_place(
            within=place, name="x", language="en", kind="camp", source="x", by=medic, at=at
        )
    assert "places/IQ/add/" not in client.get("/places/IQ/").content.decode()
    assert "Say which place it is" not in client.get(f"/places/{place.code}/").content.decode()


@given(st.from_regex(r"[A-Z]{2}(-[A-Z]{2})?(:[a-z]{1,20})?", fullmatch=True), st.uuids())
def test_code_of_an_added_place_lies_beneath_its_region_and_is_told_from_others(within, own):
    code = code_of_added(within, own.hex)

    assert code.partition(":")[0] == within.partition(":")[0]
    assert (is_added(code), is_added(within)) == (True, False)
    assert len(code) <= Place._meta.get_field("code").max_length


def test_place_that_was_added_is_found_by_every_name_it_has_and_had(client, registrar):
    typed = TYPED | {"other_names": "Zarifa House\n\nبيت ظريفة", "former_names": "Детский дом № 7"}

    client.post(reverse("places:add", args=[MOSUL]), typed)

    place = Addition.objects.get().place
    for name in ("Дом Зарифы", "zarifa house", "بيت ظريفة", "детский дом 7"):
        assert place.code in codes_like(name)
    page = client.get(reverse("places:place", args=[place.code])).content.decode()
    assert "Zarifa House" in page
    assert [each["text"] for each in place.former_names] == ["Детский дом № 7"]


def test_names_of_a_place_are_guarded_each(registrar, at):
    with pytest.raises(WordsRefused):
        actions.add_place(
            within=Place.objects.get(pk=MOSUL),
            name="Дом",
            former_names=["лагерь террористов"],
            language="ru",
            kind=PlaceKind.CAMP,
            source="A map.",
            by=registrar,
            at=at,
        )


def test_place_without_a_name_in_a_language_is_called_by_the_one_it_has(add):
    place = add("Hamam Alil")
    place.names = {"ar": "حمام العليل"}

    assert [place.name(each) for each in ("ru", "en", "ar")] == ["حمام العليل"] * 3
