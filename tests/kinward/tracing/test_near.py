"""What is found by comparing with those who are alike is what comparing everybody finds."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from django.urls import reverse

from kinward.access.models import Role
from kinward.people.actions import add_statement, record_consent, register_group
from kinward.people.consents import State
from kinward.people.rules import ConsentAnswer
from kinward.tracing import matching
from kinward.tracing.models import Candidate

pytestmark = pytest.mark.django_db
GIVEN = ("Руслан", "Заира", "Ислам", "رسلان", "زائرة", "Zubaydat", "Muhammad", "محمد")
FAMILIES = ("Магомедов", "Алиева", "محمدوف", "Aliyev")


def of_pair(one):
    return one.child_id, one.sought_id


def figures(candidates):
    """Return what is said of each pair, whoever found it."""
    return {of_pair(one): (one.weight, one.reasons, one.alignment) for one in candidates}


def about(persons, everything):
    """Keep what is about these people, on either side."""
    sought = set(matching.read_people(persons).sought_ids.values())
    return {
        pair: told for pair, told in everything.items() if pair[0] in persons or pair[1] in sought
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_each_change_leaves_a_family_what_comparing_everybody_would(
    make_user, make_request, say, agrees, relative_agrees, at, work, seed
):
    chance = random.Random(seed)  # noqa: S311 (made-up names)
    registrar = make_user(role=Role.REGISTRAR, region="IQ-BG")
    desk = make_user(role=Role.ENQUIRY_WORKER, region="RU-DA")

    def name():
        return f"{chance.choice(GIVEN)} {chance.choice(FAMILIES)}"

    def registered(many):
        said = [[say("name", text=name())] for _ in range(many)]
        return register_group(children=said, consents=[[agrees]] * many, by=registrar, at=at)

    children = [child for many in (1, 2) for child in registered(many)]
    requests = [make_request(name(), name(), by=desk) for _ in range(2)]
    asked = [each.person for request in requests for each in request.sought.all()]
    work()
    compared = 0

    for _turn in range(2):
        person = chance.choice([*children, *asked])
        by, yes = (registrar, agrees) if person in children else (desk, relative_agrees)
        no = replace(yes, state=State.REFUSED)
        what = chance.choice([say("name", text=name()), say("sex", code="male"), no, yes])
        if isinstance(what, ConsentAnswer):
            record_consent(person=person, answer=what, by=by, at=at)
        else:
            add_statement(person=person, statement=what, by=by, at=at)
        work()

        together = matching.families_of([person.pk])
        near = about(together, figures(Candidate.objects.all()))
        assert near == about(together, figures(matching.find()))
        compared += len(near)

    assert compared > 0


@pytest.mark.parametrize("side", ["child", "request"])
def test_page_says_until_it_is_done_that_what_was_said_is_being_compared(
    client, make_user, make_child, make_request, work, side
):
    child, request = make_child("رسلان محمدوف"), make_request("Руслан Магомедов")
    client.force_login(make_user(role=Role.TRACING_OFFICER))
    if side == "child":
        address = reverse("tracing:child_candidates", args=[child.pk])
    else:
        address = reverse("tracing:request", args=[request.pk])

    before = client.get(address).content.decode()
    work()
    after = client.get(address).content.decode()

    note = "What was said last is being compared."
    assert (note in before, note in after) == (True, False)
    assert Candidate.objects.filter(child=child, sought__request=request).exists()
