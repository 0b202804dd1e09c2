from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kinward.access.models import Role
from kinward.figures.models import Claim, ClaimCheck, ClaimLink, Source, Tie

SOURCE = {
    "kind": "article",
    "title": "Thirty children came",
    "outlet": "A paper",
    "published_on": "2019-05-03",
    "language": "en",
    "translation": "none",
    "text": "30 children\r\nlanded.",
}
CODED = {
    "quote": "30 children\r\nlanded",
    "operator": "=",
    "low": "30",
    "unit": "children",
    "words": "on the flight of 3 May",
}


@pytest.fixture
def reader(client, editor):
    client.force_login(editor)
    return client


def test_article_becomes_figures(reader):
    added = reader.post(reverse("figures:add_source"), SOURCE)
    source = Source.objects.get()
    coded = reader.post(reverse("figures:code", args=[source.pk]), CODED)

    shown = reader.get(reverse("figures:source", args=[source.pk])).content.decode()

    assert added.url == reverse("figures:read", args=[source.pk])
    assert coded.url == reverse("figures:source", args=[source.pk])
    assert "<mark>30 children\nlanded</mark>." in shown
    assert Claim.objects.get().quote == "30 children\nlanded"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quote": "40 children"}, "These words do not stand in the source"),
        ({"low": "30.5"}, "A number of people is a whole number"),
        ({"low": ""}, "Give the number that the source gives"),
        ({"operator": "range"}, "Give both ends of the range"),
        ({"words": ""}, "There is something to correct"),
    ],
)
def test_claim_that_cannot_be_is_shown_again(reader, source, wrong, words):
    typed = CODED | {"quote": "30 children landed"} | wrong

    response = reader.post(reverse("figures:code", args=[source.pk]), typed)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Claim.objects.count() == 0


def test_source_without_a_text_is_shown_again(reader):
    response = reader.post(reverse("figures:add_source"), SOURCE | {"text": ""})

    assert response.status_code == 422
    assert Source.objects.count() == 0


def test_register_shows_sentence_picture_and_table(reader, breakdown):
    shown = reader.get(reverse("figures:register")).content.decode()

    assert "not accounted for in this source" in shown
    assert shown.count("<svg") == 2  # over time, and the whole with its parts
    assert shown.count('scope="row"') == 3


@pytest.mark.parametrize("name", ["register", "inbox", "sources"])
def test_empty_pages_say_what_would_fill_them(reader, name):
    assert "kw-empty" in reader.get(reverse(f"figures:{name}")).content.decode()


def test_register_costs_the_same_for_few_and_for_many(reader, breakdown, make_claim):
    address = reverse("figures:register")
    reader.get(address)
    with CaptureQueriesContext(connection) as few:
        reader.get(address)
    for number in range(4):
        make_claim(words=f"group {number}")
    with CaptureQueriesContext(connection) as many:
        reader.get(address)

    assert len(many) == len(few)


def test_inbox_leads_to_the_claims(reader, breakdown):
    shown = reader.get(reverse("figures:inbox")).content.decode()

    assert all(reverse("figures:claim", args=[claim.pk]) in shown for claim in breakdown)


def test_open_ends_and_ages_are_drawn_and_told(reader, make_claim, make_source):
    make_claim(operator=">")
    make_claim(operator=">", of=make_source(outlet="Another"))
    make_claim(unit="age", operator="range", low=3, high=10, words="they, who came from far away;x")

    shown = reader.get(reverse("figures:register")).content.decode()

    assert "31 or more" in shown
    assert "no count" in shown


def test_long_names_are_cut_in_pictures_only(reader, make_claim, make_link):
    speaker = "a spokesman of the ministry for emergencies and disasters"
    part = make_claim("24 are from Dagestan", 24, category="Dagestan", speaker=speaker)
    make_link(part, make_claim())

    shown = reader.get(reverse("figures:register")).content.decode()

    assert "Dagestan – a spokesman of the ministry for eme…" in shown
    assert speaker in shown


def test_correction_shows_what_was_before(reader, make_claim):
    claim = make_claim(low=29)
    address = reverse("figures:correct", args=[claim.pk])
    typed = CODED | {"quote": "30 children landed", "reason": "Misread."}

    offered = reader.get(address).content.decode()
    wrong = reader.post(address, typed | {"reason": ""})
    reader.post(address, typed)

    corrected = Claim.objects.get(corrects=claim)
    assert "30 children landed" in offered
    assert wrong.status_code == 422
    before = reader.get(reverse("figures:claim", args=[claim.pk])).content.decode()
    after = reader.get(reverse("figures:claim", args=[corrected.pk])).content.decode()
    assert "This figure was corrected." in before
    assert "How it was coded before" in after
    assert reader.post(address, typed).status_code == 409


def test_links_are_made_and_taken_back(reader, breakdown):
    whole, part, _other = breakdown
    address = reverse("figures:link", args=[part.pk])

    wrong = reader.post(address, {"tie": Tie.CONTESTS, "other": str(part.pk)})
    reader.post(address, {"tie": Tie.CONTESTS, "other": str(whole.pk)})
    link = ClaimLink.objects.get(tie=Tie.CONTESTS)
    back = reader.post(reverse("figures:take_back", args=[link.pk]))

    assert wrong.status_code == 422
    assert back.url == reverse("figures:claim", args=[part.pk])
    assert ClaimLink.objects.filter(takes_back=link).count() == 1


def test_second_editor_checks_and_codes_nothing(client, second, source, make_claim):
    claim = make_claim()
    client.force_login(second)
    address = reverse("figures:check", args=[claim.pk])

    wrong = client.post(address, {"agrees": "no", "reason": ""})
    client.post(address, {"agrees": "no", "reason": "It says 31."})
    shown = client.get(reverse("figures:source", args=[source.pk])).content.decode()

    assert wrong.status_code == 422
    assert [(each.agrees, each.reason) for each in ClaimCheck.objects.all()] == [
        (False, "It says 31.")
    ]
    assert "not agreed" in shown
    assert reverse("figures:code", args=[source.pk]) not in shown
    assert client.post(reverse("figures:code", args=[source.pk]), CODED).status_code == 403


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.AUDITOR])
def test_figures_are_for_editors_and_the_manager(client, make_user, breakdown, role):
    client.force_login(make_user("other", role=role))

    assert client.get(reverse("figures:register")).status_code == 403
    assert client.get(reverse("figures:claim", args=[breakdown[0].pk])).status_code == 403
