"""A manifest: drafted, signed by two, amended by another version; and how cases follow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from kinward.access.actions import approve
from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.casework.actions import ask_to_go_on
from kinward.casework.models import Track, Unmet
from kinward.casework.queries import case_of
from kinward.casework.tracks import Best, Civil, Host, Movement
from kinward.core.errors import NotAllowed, NotFound
from kinward.operations import actions
from kinward.operations.actions import UnfitManifest
from kinward.operations.models import (
    Disclosure,
    FileKind,
    Leg,
    Manifest,
    ManifestLine,
    State,
    Unready,
    Variant,
)
from kinward.operations.queries import versions_of

from .conftest import give_document

pytestmark = pytest.mark.django_db


def sign(manifest, by, at):
    return actions.sign_manifest(manifest=manifest, by=by, at=at)


def stands(child, track=Track.MOVEMENT):
    return case_of(child).on(track)


def test_draft_lists_names_as_printed_and_keeps_its_digest(ready, put, draft, journey, rami):
    put(ready("رسلان", surname="TESTOV", given="RUSLAN"))

    manifest = draft()

    line = manifest.lines.get()
    assert (line.surname, line.given, line.over) == ("Testov", "Ruslan", [1])
    assert line.document["zone_surname"] == "TESTOV"
    (version,) = versions_of(journey(), user=rami)
    assert version.intact
    assert not version.frozen
    assert journey().state == State.DRAFTED


def test_two_people_freeze_a_manifest_and_the_cases_follow(
    ready, put, name_escorts, draft, journey, rami, zeina, at
):
    child = ready()
    put(child)
    name_escorts()
    manifest = draft()

    sign(manifest, rami, at)
    assert journey().frozen is None
    assert stands(child).position == Movement.FIT

    sign(manifest, zeina, at)

    assert journey().frozen == manifest
    assert journey().state == State.FROZEN
    assert stands(child).position == Movement.MANIFESTED
    assert Event.objects.filter(action="operations.froze_manifest").count() == 1


def test_nobody_signs_twice_nor_once_it_is_frozen(
    ready, put, name_escorts, draft, rami, zeina, make_user, at
):
    put(ready())
    name_escorts()
    manifest = draft()
    sign(manifest, rami, at)

    with pytest.raises(UnfitManifest) as twice:
        sign(manifest, rami, at)
    assert twice.value.unready == (Unready.SIGNED,)

    sign(manifest, zeina, at)
    with pytest.raises(UnfitManifest) as third:
        sign(manifest, make_user("third", role=Role.OPERATION_LEAD), at)
    assert third.value.unready == (Unready.FROZEN,)
    assert manifest.signatures.count() == 2


def test_child_that_is_not_clear_keeps_a_manifest_from_being_frozen(
    ready, put, name_escorts, draft, journey, rami, zeina, at
):
    child, other = ready(), ready(surname="TESTOVA", given="AISHA", without=(Best.DONE,))
    put(child, other)
    name_escorts()
    manifest = draft()
    sign(manifest, rami, at)

    with pytest.raises(UnfitManifest) as refused:
        sign(manifest, zeina, at)

    assert refused.value.unready == (Unready.NOT_CLEAR,)
    assert refused.value.children == (other.reference,)
    assert journey().frozen is None
    assert manifest.signatures.count() == 1
    assert stands(child).position == Movement.FIT


def test_child_is_asked_about_on_the_day_it_flies(
    ready, put, name_escorts, draft, operation, rami, zeina, at, day
):
    put(ready())
    name_escorts()
    late = day + timedelta(days=200)
    actions.change_day(operation=operation, day=late, reason="no permit", by=rami, at=at)
    manifest = draft()
    sign(manifest, rami, at)

    with pytest.raises(UnfitManifest) as refused:
        sign(manifest, zeina, at)

    assert refused.value.unready == (Unready.NOT_CLEAR,)


def test_going_on_all_the_same_takes_two_and_stays_visible(
    ready, put, name_escorts, draft, journey, rami, zeina, nadia, at, day
):
    child = ready(without=(Best.DONE,))
    put(child)
    name_escorts()
    manifest = draft()
    sign(manifest, rami, at)
    asked = ask_to_go_on(
        child=child,
        track=Track.MOVEMENT,
        to=Movement.MANIFESTED,
        on=day,
        reason="it is ill and has to leave",
        by=zeina,
        at=at,
    )
    approve(approval=asked, by=nadia, at=at)

    sign(manifest, zeina, at)

    assert journey().frozen == manifest
    step = child.steps.get(track=Track.MOVEMENT, to=Movement.MANIFESTED)
    assert step.despite == [Unmet.NO_ASSESSMENT]
    assert step.approval == asked


def test_another_version_says_what_changed_and_who_is_off_did_not_fly(
    ready, put, name_escorts, draft, journey, operation, rami, zeina, at
):
    child, other = ready(), ready(surname="TESTOVA", given="AISHA")
    put(child, other)
    name_escorts()
    first = draft()
    sign(first, rami, at)
    sign(first, zeina, at)
    actions.take_off_plan(operation=operation, child=other, reason="a fever", by=rami, at=at)

    second = draft("a child fell ill")
    sign(second, rami, at)
    assert journey().frozen == first
    sign(second, zeina, at)

    newest, oldest = versions_of(journey(), user=rami)
    assert journey().frozen == second
    assert [(one.reference, one.difference.change) for one in newest.changed] == [
        (other.reference, "removed")
    ]
    assert oldest.changed == ()
    assert stands(child).position == Movement.MANIFESTED
    assert stands(other).position == Movement.NOT_FLOWN
    assert first.lines.count() == 2


def test_another_version_takes_a_reason(ready, put, draft):
    put(ready())
    draft()

    with pytest.raises(actions.UnfitPlan):
        draft()
    assert Manifest.objects.count() == 1


def test_plan_that_changed_since_makes_a_draft_stale(ready, put, name_escorts, draft, rami, at):
    put(ready())
    name_escorts()
    manifest = draft()
    put(ready(surname="TESTOVA", given="AISHA"))

    with pytest.raises(UnfitManifest) as stale:
        sign(manifest, rami, at)
    assert stale.value.unready == (Unready.STALE,)


def test_name_that_is_not_the_document_any_more_is_found_and_shown(
    ready, put, name_escorts, draft, journey, rami, make_user, at
):
    child = ready()
    put(child)
    name_escorts()
    manifest = draft()
    layla = make_user("layla", role=Role.LEGAL_OFFICER, region="IQ-BG")
    give_document(child, "TESTOW", "RUSLAN", by=layla, at=at)

    with pytest.raises(UnfitManifest) as refused:
        sign(manifest, rami, at)

    assert refused.value.unready == (Unready.RENAMED,)
    (version,) = versions_of(journey(), user=rami)
    assert version.lines[0].differs[0].after == "Testow, Ruslan"


def test_manifest_without_room_is_not_signed(
    ready, put, name_escorts, draft, operation, times, rami, at
):
    put(ready(), ready(surname="TESTOVA", given="AISHA"))
    name_escorts()
    leg = Leg.objects.get(operation=operation, number=1)
    actions.change_leg(leg=leg, times=times(seats=3), reason="smaller", by=rami, at=at)

    with pytest.raises(UnfitManifest) as refused:
        sign(draft(), rami, at)
    assert refused.value.unready == (Unready.NO_SEAT,)


def test_manifest_without_enough_escorts_is_not_signed(ready, put, name_escorts, draft, rami, at):
    put(ready(), ready(surname="TESTOVA", given="AISHA"))
    name_escorts(accounts=[None])

    with pytest.raises(UnfitManifest) as refused:
        sign(draft(), rami, at)
    assert refused.value.unready == (Unready.UNESCORTED,)


def test_nobody_is_listed_without_a_document(ready, put, draft):
    child = ready(surname="")
    put(child)

    with pytest.raises(UnfitManifest) as refused:
        draft()
    assert refused.value.unready == (Unready.NO_DOCUMENT,)
    assert refused.value.children == (child.reference,)


@pytest.mark.usefixtures("without_triggers")
def test_version_that_was_changed_from_outside_is_found(ready, put, draft, journey, rami):
    put(ready())
    draft()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE operations_manifestline SET berth = 'cot'")

    (version,) = versions_of(journey(), user=rami)
    assert version.intact is False


def test_manager_sees_the_seal_and_no_name(ready, put, draft, journey, nadia):
    put(ready())
    draft()

    (version,) = versions_of(journey(), user=nadia)

    assert version.intact
    assert version.lines == ()
    assert version.escorts == ()
    assert not ManifestLine.objects.visible_to(nadia).exists()


def test_escort_signs_only_what_it_escorts(
    ready, put, name_escorts, draft, rami, omar, make_user, at
):
    put(ready())
    name_escorts(accounts=[omar])
    manifest = draft()
    sign(manifest, rami, at)

    with pytest.raises(NotFound):
        sign(manifest, make_user("stranger", role=Role.ESCORT), at)
    sign(manifest, omar, at)

    assert manifest.signatures.count() == 2


def test_manager_signs_nothing(ready, put, name_escorts, draft, nadia, at):
    put(ready())
    name_escorts()

    with pytest.raises(NotAllowed):
        sign(draft(), nadia, at)


def test_frozen_manifest_is_handed_out_on_record(
    ready, put, name_escorts, draft, operation, rami, zeina, at
):
    child = ready()
    put(child)
    name_escorts()
    manifest = draft()
    said = {
        "leg": Leg.objects.get(operation=operation, number=1),
        "variant": Variant.NAMES,
        "kind": FileKind.CSV,
        "recipient": "Border post of the airport",
        "purpose": "advance passenger information",
        "make": lambda _handed: b"a file",
    }

    with pytest.raises(UnfitManifest):
        actions.hand_out(manifest=manifest, **said, by=rami, at=at)
    sign(manifest, rami, at)
    sign(manifest, zeina, at)
    assert actions.hand_out(manifest=manifest, **said, by=rami, at=at) == b"a file"

    handed = Disclosure.objects.get()
    assert handed.recipient == "Border post of the airport"
    told = Event.objects.get(action="operations.handed_out_manifest")
    assert told.object_id == str(child.pk)


def test_receiver_takes_two_and_the_cases_follow(
    ready, put, operation, way, rami, nadia, journey, at
):
    child = ready()
    put(child)
    named = actions.Named(surname="Testova", given="Marina", organisation="Ministry")
    receiver = actions.name_receiver(
        operation=operation,
        named=named,
        document="passport 12",
        place=way().destination,
        by=rami,
        at=at,
    )
    with pytest.raises(actions.UnfitPlan):
        actions.agree_to_receiver(receiver=receiver, by=rami, at=at)
    assert [each.authorised for each in journey().receivers] == [False]

    actions.agree_to_receiver(receiver=receiver, by=nadia, at=at)

    assert [each.authorised for each in journey().receivers] == [True]
    assert stands(child, Track.HOST_RELEASE).last(Host.RECEIVER) is not None
    actions.withdraw_receiver(receiver=receiver, reason="moved away", by=rami, at=at)
    assert [each.authorised for each in journey().receivers] == [False]


def test_document_noted_as_unusable_is_in_hand_no_more(ready, put, draft, make_user, at):
    child = ready(without=(Civil.CHECKED,))
    put(child)
    layla = make_user("layla", role=Role.LEGAL_OFFICER, region="IQ-BG")
    row = give_document(child, "TESTOV", "RUSLAN", by=layla, at=at)
    assert draft().lines.count() == 1
    assert row.usable
