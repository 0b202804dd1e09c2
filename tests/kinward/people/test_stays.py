"""Where a child has been, and five places that are not the same."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from kinward.access.models import Role
from kinward.people import queries

pytestmark = pytest.mark.django_db
WHO = {"said_by": "custodian", "method": "document", "certainty": "confirmed"}


def page_of(client, child):
    return client.get(reverse("people:places", args=[child.pk])).content.decode()


def text_of(page):
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def add(client, child, **typed):
    typed = {f"stay-0-{name}": value for name, value in typed.items()}
    address = reverse("people:add_statement", args=[child.pk, "stay"])
    return client.post(address, WHO | {"stay-0-answer": "not_asked"} | typed)


def stays(child):
    return [one.value for one in child.assertions.filter(property="stay")]


def test_stays_stand_in_the_order_of_time_with_custodian_and_dates(
    client, registrar, make_child, say
):
    child = make_child(
        statements=[
            say("stay", role="hospital", text="Ward 5", since="2018-12-30"),
            say("stay", role="found", text="Mosul", since="2017"),
            say("stay", role="handed_over", custodian="family"),
            say(
                "stay", role="held", text="Camp 7", custodian="camp", since="2017-11", until="2018~"
            ),
        ]
    )

    page = page_of(client, child)

    rows = [text_of(row) for row in page.partition("<tbody")[2].split("<tr")[1:]]
    order = [
        next(each for each in ("Mosul", "Camp 7", "Ward 5", "place not known") if each in row)
        for row in rows
    ]
    assert order == ["Mosul", "Camp 7", "Ward 5", "place not known"]
    assert "Kept there" in rows[1]
    assert "Camp" in rows[1]
    assert "from November 2017 until about 2018" in rows[1]
    assert "Family" in rows[3]
    assert "not known when" in rows[3]


def test_stays_with_days_are_drawn_on_a_line_of_time(client, registrar, make_child, say):
    child = make_child(
        statements=[
            say("stay", role="held", text="Camp 7", since="2017", until="2018-05-02"),
            say("stay", role="handed_over", custodian="family"),
        ]
    )

    picture = re.findall(r"<svg.*?</svg>", page_of(client, child), re.DOTALL)[-1]

    assert "Camp 7" in picture
    assert "2017 – 2018-05-02" in picture
    assert "handed over" not in picture


def test_stays_without_days_are_not_drawn(client, registrar, make_child, say):
    child = make_child(statements=[say("stay", role="found", text="Mosul")])

    assert "Stays on a line of time" not in page_of(client, child)


def test_five_places_are_five_facts(client, registrar, make_child, say):
    five = {
        "place_of_birth": "Grozny",
        "last_residence": "Raqqa",
        "relatives_region": "Khasavyurt",
        "nationality": "Russia",
        "destination": "Derbent",
    }
    child = make_child(statements=[say(kind, text=text) for kind, text in five.items()])

    told = page_of(client, child).partition("<dl")[2].partition("</dl")[0]

    answers = [text_of(f"<{row}") for row in told.split("<dt")[1:]]
    assert [text for text, row in zip(five.values(), answers, strict=True) if text in row] == [
        *five.values()
    ]


def test_who_may_not_know_where_a_child_is_sees_neither_tab_nor_places(
    client, officer, make_user, make_child, say
):
    child = make_child(
        statements=[say("stay", role="held", text="Camp 7"), say("destination", text="Derbent")]
    )
    client.force_login(make_user(role=Role.TRACING_OFFICER))

    pages = [
        client.get(reverse(f"people:{name}", args=[child.pk])).content.decode()
        for name in ("child", "facts", "places", "timeline")
    ]

    for page in pages:
        assert "Camp 7" not in page
        assert "Derbent" not in page
        assert (
            reverse("people:places", args=[child.pk])
            not in page.partition("<main")[2].partition("not open")[0]
        )
    assert "not open to your role" in pages[2]


def test_who_compares_blind_reads_the_region_of_a_stay_at_most(make_user, make_child, say):
    child = make_child(
        statements=[
            say("stay", role="held", text="Camp 7", code="IQ-BG:baghdad"),
            say("stay", role="found", text="by the mill"),
        ]
    )
    said = child.assertions.filter(property="stay").order_by("id")

    shown = queries.as_shown(said, user=make_user(role=Role.TRACING_OFFICER))

    assert [one.value for one in shown] == [
        {"role": "held", "text": "", "code": "IQ-BG"},
        {"role": "found", "text": "", "withheld": "yes"},
    ]


def test_stay_is_added_as_typed(client, registrar, make_child):
    child = make_child()

    answer = add(
        client, child, role="held", text="Camp 7", custodian="camp", since="2017-11", until="2018"
    )

    assert answer.status_code == 302
    assert stays(child) == [
        {
            "role": "held",
            "text": "Camp 7",
            "custodian": "camp",
            "since": "2017-11",
            "until": "2018",
        }
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": "Camp 7"}, "Choose what the stay was"),
        ({"role": "held"}, "Choose what the stay was"),
        ({"role": "held", "text": "Camp 7", "since": "lately"}, "This date cannot be read"),
        (
            {"role": "held", "text": "Camp 7", "since": "2018", "until": "2017"},
            "It cannot end before it began",
        ),
    ],
)
def test_stay_that_cannot_be_is_refused(client, registrar, make_child, typed, words):
    child = make_child()

    answer = add(client, child, **typed)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert stays(child) == []


def test_when_a_family_was_separated_is_kept_beside_the_words(client, make_child, registrar):
    child = make_child("رسلان", by=registrar)
    client.force_login(registrar)
    address = reverse("people:add_statement", args=[child.pk, "separated"])
    typed = {"separated-0-answer": "not_asked", "separated-0-text": "on the road"}

    refused = client.post(address, WHO | typed | {"separated-0-edtf": "last spring"})
    kept = client.post(address, WHO | typed | {"separated-0-edtf": "2017-06"}, follow=True)

    assert refused.status_code == 422
    (said,) = child.assertions.filter(property="separated")
    assert said.value == {"text": "on the road", "edtf": "2017-06"}
    assert "June 2017</time> · <bdi>on the road</bdi>" in kept.content.decode()
