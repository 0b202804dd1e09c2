"""Pages of an operation on its way: who opens them, what they show, and what comes back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from operation import plan

from kinward.access.models import Role
from kinward.operations import actions
from kinward.operations.models import (
    CheckpointKind,
    Closing,
    Count,
    Handover,
    Leaving,
    Meeting,
    OnPlan,
    Reconciled,
    SeenHow,
    Settled,
)

HANDED, BOARDED = CheckpointKind.HANDED_OVER, CheckpointKind.BOARDED


@pytest.fixture
def planned(make_user, make_child, at):
    children = [make_child(name) for name in ("رسلان", "زينب")]
    return plan(make_user, children, at, kinds=(HANDED, BOARDED))


@pytest.fixture
def signed_in(client):
    def entered(user):
        client.force_login(user)
        return client

    return entered


def page(name, *keys):
    return reverse(f"operations:{name}", args=keys)


def test_counter_taps_types_takes_back_and_is_done(planned, signed_in):
    bands = actions.give_bands(operation=planned.operation, by=planned.lead, at=planned.at)
    client, first = signed_in(planned.counters[0]), planned.children[0]
    counting = page("count", planned.checkpoints[HANDED].pk)

    shown = client.get(counting)
    client.post(counting, {"tap": first.pk})
    client.post(counting, {"back": first.pk})
    typed = client.post(counting, {"code": bands[1].code.lower(), "how": "scanned"}, follow=True)
    unknown = client.post(counting, {"code": "nobody"})
    client.post(counting, {"finish": "yes"})

    assert shown.headers["Permissions-Policy"].startswith("camera=(self)")
    assert "MADEUP CHILD 1" in shown.content.decode()
    assert list(Count.objects.values_list("how", flat=True)) == [
        SeenHow.TAPPED,
        SeenHow.TAKEN_BACK,
        SeenHow.SCANNED,
    ]
    assert "MADEUP CHILD 2" in typed.content.decode()
    assert unknown.status_code == 422
    assert 'value="nobody"' in unknown.content.decode()
    assert planned.checkpoints[HANDED].done.count() == 1
    assert (
        client.get(page("counts", planned.operation.pk))
        .headers["Permissions-Policy"]
        .startswith("camera=()")
    )


def test_counters_do_not_see_each_others_list_until_both_are_done(planned, signed_in):
    planned.count(HANDED, planned.counters[0], planned.children[:1])
    checkpoint = page("checkpoint", planned.checkpoints[HANDED].pk)

    before = signed_in(planned.counters[1]).get(checkpoint).content.decode()
    planned.count(HANDED, planned.counters[1], planned.children)
    after = signed_in(planned.counters[1]).get(checkpoint).content.decode()

    assert "MADEUP" not in before
    assert "MADEUP CHILD 2" in after


def test_escort_of_another_operation_finds_nothing(planned, signed_in, make_user):
    client = signed_in(make_user("outsider", role=Role.ESCORT))
    checkpoint = planned.checkpoints[HANDED].pk

    answers = [
        client.get(page("counts", planned.operation.pk)),
        client.get(page("count", checkpoint)),
        client.get(page("checkpoint", checkpoint)),
        client.get(page("custody", planned.operation.pk)),
        client.get(page("hand_over", planned.operation.pk)),
    ]

    assert {each.status_code for each in answers} == {404}


def test_escort_neither_closes_nor_decides(planned, signed_in):
    client = signed_in(planned.counters[0])
    checkpoint = planned.checkpoints[HANDED].pk

    answers = [
        client.post(page("close", checkpoint)),
        client.get(page("settle", checkpoint, planned.children[0].pk)),
        client.get(page("leave", planned.operation.pk)),
        client.get(page("reconciliation", planned.operation.pk)),
        client.get(page("bands", planned.operation.pk)),
    ]

    assert {each.status_code for each in answers} == {404}


def test_minute_that_is_not_whole_comes_back_with_what_was_typed(planned, signed_in):
    client, child = signed_in(planned.lead), planned.children[0].pk
    said = {
        "giver": "before",
        "receiver": str(planned.delegation.pk),
        "handed_at": "2018-12-30T01:00",
        "witnesses": "the ambassador",
        f"{child}-handed": "on",
        f"{child}-condition": "sleepy, unhurt",
        f"{child}-belongings": "a red bag",
        f"{child}-documents": "certificate of return",
    }

    short = client.post(page("hand_over", planned.operation.pk), said)
    said |= {f"{child}-medicines": "none"}
    of_nobody = client.post(page("hand_over", planned.operation.pk), said)
    said |= {"kept_by": "Shelter of the north"}
    whole = client.post(page("hand_over", planned.operation.pk), said)
    held = client.get(page("custody", planned.operation.pk)).content.decode()

    assert short.status_code == 422
    assert of_nobody.context["form"].errors.keys() == {"kept_by"}
    assert "Shelter of the north" in held
    assert "sleepy, unhurt" in short.content.decode()
    assert whole.status_code == 302
    assert Handover.objects.get().belongings == "a red bag"


def test_lead_goes_from_difference_to_reconciled(planned, signed_in):
    client, (first, second) = signed_in(planned.lead), planned.children
    planned.hand_over(planned.children, None, planned.delegation)
    planned.count(HANDED, planned.counters[0], planned.children)
    planned.count(HANDED, planned.counters[1], [second])
    handed, boarded = (planned.checkpoints[each].pk for each in (HANDED, BOARDED))

    refused = client.post(page("close", handed), follow=True).content.decode()
    client.post(page("settle", handed, first.pk), {"there": "yes", "reason": "asleep at the back"})
    client.post(page("close", handed))
    planned.both_count(BOARDED, [second])
    stayed = {"child": first.pk, "checkpoint": boarded, "left": "not_flown", "why": "court"}
    stayed |= {"kept_by": "The home of the north"}
    short = client.post(page("leave", planned.operation.pk), stayed | {"why": "other"})
    client.post(page("leave", planned.operation.pk), stayed)
    client.post(page("close", boarded))
    shown = client.get(page("reconciliation", planned.operation.pk)).content.decode()
    client.post(page("reconciliation", planned.operation.pk))

    assert "do not agree" in refused
    assert short.status_code == 422
    assert Leaving.objects.get().kept_by == "The home of the north"
    assert (Settled.objects.count(), Leaving.objects.count(), Closing.objects.count()) == (1, 1, 2)
    assert "a court has not decided" in shown
    assert Reconciled.objects.count() == 1
    pages = ("counts", "custody", "reconciliation", "bands")
    assert {client.get(page(name, planned.operation.pk)).status_code for name in pages} == {200}
    assert client.get(page("checkpoint", handed)).status_code == 200


def test_lead_corrects_a_line_and_records_who_met(planned, signed_in):
    client, child = signed_in(planned.lead), planned.children[0].pk
    minute = planned.hand_over(planned.children[:1], None, planned.delegation)
    line = minute.lines.get()
    correcting = page("correct", planned.operation.pk, line.pk)

    shown = client.get(correcting)
    client.post(
        correcting,
        {
            "giver": "before",
            "receiver": str(planned.delegation.pk),
            "handed_at": "2018-12-30T01:00",
            "witnesses": "the ambassador",
            "void": "on",
            "reason": "it was the next day",
        },
    )
    met = {"child": child, "met_on": "2018-12-29", "who": "grandmother", "words": "she sang"}
    client.post(page("meet", planned.operation.pk), met)

    assert shown.status_code == 200
    assert Handover.objects.get(corrects=line).void
    assert Meeting.objects.get().who == "grandmother"


def test_journey_of_a_child_shows_its_custodians(planned, signed_in, make_user):
    planned.hand_over(planned.children[:1], None, planned.delegation)
    child = planned.children[0]

    lead = signed_in(planned.lead).get(page("child_journey", child.pk))
    escort = signed_in(planned.counters[0]).get(page("child_journey", child.pk))
    registrar = signed_in(make_user("registrar", region=child.region)).get(
        page("child_journey", child.pk)
    )

    assert "The delegation" in lead.content.decode()
    assert "The shelter" in lead.content.decode()
    assert (escort.status_code, registrar.status_code) == (404, 404)


def test_plan_of_a_closed_operation_has_the_numbers_of_its_reconciliation(
    planned, signed_in, make_child, make_user
):
    who = {"operation": planned.operation, "by": planned.lead, "at": planned.now()}
    stayed = make_child("تيمور")
    OnPlan.objects.create(
        operation=planned.operation,
        child=stayed,
        on=True,
        over=[1],
        recorded_by=planned.lead,
        recorded_at=planned.at,
    )
    actions.take_off_plan(child=stayed, reason="The court wants more.", **who)
    planned.hand_over(planned.children, None, planned.delegation)
    for kind in (HANDED, BOARDED):
        planned.both_count(kind, planned.children)
        planned.close(kind)
    before = signed_in(planned.lead).get(page("operation", planned.operation.pk)).content.decode()
    actions.close_operation(**who | {"at": planned.now()})
    manager = make_user("malik", role=Role.PROGRAMME_MANAGER)

    lead = signed_in(planned.lead)
    plan, reconciled = (
        lead.get(page(name, planned.operation.pk)) for name in ("operation", "reconciliation")
    )
    watched = signed_in(manager).get(page("operation", planned.operation.pk)).content.decode()

    amounts = [
        [each.amount for each in one.context["reconciliation"].columns]
        for one in (plan, reconciled)
    ]
    shown = plan.content.decode()
    assert amounts[0] == amounts[1]
    assert amounts[0][:2] == [3, 2]
    assert stayed.reference in shown
    assert "<bdi>The court wants more.</bdi>" in shown
    for words in ("Put children on the plan", "Take off<", "not clear", "could fly"):
        assert words in before
        assert words not in shown
    assert stayed.reference in watched
    assert "The court wants more." not in watched
