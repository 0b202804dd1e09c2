"""Where one value stands at a time, what another phone said waits for a person; nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import operation
import pytest
from django.utils import timezone

from kinward.access.actions import assign
from kinward.access.models import Purpose, Role
from kinward.core.errors import NotFound
from kinward.field import actions
from kinward.field.models import Conflict, Single, Stands
from kinward.operations.models import Count, CountDone
from kinward.placement.models import Carer, Placed, Visit

pytestmark = pytest.mark.django_db
TOLD = {"seen": "yes", "where": "home", "changed": "goes to school", "settled": "no"}


@pytest.fixture
def aminat(make_user):
    return make_user("aminat", role=Role.GUARDIANSHIP_OFFICER, region="RU-DA")


@pytest.fixture
def child(make_child, aminat, make_user):
    child = make_child("Руслан", region="RU-DA")
    manager = make_user("manager", role=Role.PROGRAMME_MANAGER)
    now = timezone.now()
    until = now + timedelta(days=30)
    told = {"purpose": Purpose.PLACEMENT, "until": until, "reason": "hers"}
    assign(subject=child.pk, to=aminat, **told, by=manager, at=now)
    own = {"child": child, "recorded_by": aminat, "recorded_at": now}
    carer = Carer.objects.create(
        kind="foster",
        name="Patimat",
        relation="",
        address="Lesnaya 4",
        why="asked",
        for_now=True,
        **own,
    )
    moved_on = (now - timedelta(days=60)).date()
    Placed.objects.create(carer=carer, moved_on=moved_on, siblings="", arranged="school 2", **own)
    return child


@pytest.fixture
def days():
    today = timezone.now().date()
    return {
        "visited_on": (today - timedelta(days=3)).isoformat(),
        "next_on": (today + timedelta(days=30)).isoformat(),
    }


@pytest.fixture
def visited(days, child, aminat, sync):
    """Send a visit: visited(phone, changed="…")."""

    def sent(phone, **said):
        base = said.pop("base", phone.seq)
        entry = phone.write("visit", TOLD | days | said, record=child.pk, base=base)
        return sync(phone, entry, user=aminat)[0]

    return sent


def test_visit_is_recorded(visited, make_phone, aminat, child, days):
    result = visited(make_phone(aminat), view="I like it here")

    visit = Visit.objects.get()
    assert result["state"] == "kept", result
    assert (visit.child, visit.seen, visit.view) == (child, True, "I like it here")
    assert visit.visited_on.isoformat() == days["visited_on"]


def test_other_phone_that_did_not_know_waits(visited, make_phone, aminat):
    first, second = make_phone(aminat), make_phone(aminat)

    visited(first)
    result = visited(second, changed="does not go to school", base=0)

    assert result["state"] == "kept"
    assert [each["questions"] for each in result["conflicts"]] == [["changed"]]
    assert [each.changed for each in Visit.objects.all()] == ["goes to school"]
    assert [each.answers["changed"] for each in Single.objects.order_by("seq")] == [
        "goes to school",
        "does not go to school",
    ]


def test_other_phone_that_knew_corrects(visited, make_phone, aminat):
    first, second = make_phone(aminat), make_phone(aminat)
    seen = visited(first)["seq"]

    result = visited(second, changed="does not go to school", base=seen)

    assert result["conflicts"] == []
    assert Visit.objects.count() == 2


def test_phone_never_conflicts_with_its_own_queue(visited, make_phone, aminat):
    phone = make_phone(aminat)

    results = [visited(phone, changed=words, base=0) for words in ("one", "two", "three")]

    assert [each["conflicts"] for each in results] == [[], [], []]
    assert Conflict.objects.count() == 0


def test_same_words_from_two_phones_are_one_visit(visited, make_phone, aminat):
    results = [visited(make_phone(aminat), base=0) for _phone in range(2)]

    assert [each["state"] for each in results] == ["kept", "kept"]
    assert Visit.objects.count() == 1
    assert Conflict.objects.count() == 0


@pytest.mark.parametrize(("stands", "visits"), [(Stands.FIRST, 1), (Stands.SECOND, 2)])
def test_person_settles_and_both_values_stay(visited, make_phone, aminat, stands, visits):
    visited(make_phone(aminat))
    visited(make_phone(aminat), changed="does not go to school", base=0)
    conflict = Conflict.objects.get()

    actions.settle_conflict(
        conflict=conflict, stands=stands, reason="asked her", by=aminat, at=timezone.now()
    )

    assert Visit.objects.count() == visits
    assert Single.objects.count() == 2
    with pytest.raises(actions.SettledMeanwhile):
        actions.settle_conflict(
            conflict=conflict, stands=stands, reason="again", by=aminat, at=timezone.now()
        )


def test_conflict_is_not_there_for_who_may_not_settle_it(visited, make_phone, aminat, amira):
    visited(make_phone(aminat))
    visited(make_phone(aminat), changed="does not go to school", base=0)

    with pytest.raises(NotFound):
        actions.settle_conflict(
            conflict=Conflict.objects.get(),
            stands=Stands.FIRST,
            reason="mine",
            by=amira,
            at=timezone.now(),
        )


def test_inbox_shows_both_values_with_who_and_when(client, visited, make_phone, aminat):
    visited(make_phone(aminat, "Galaxy"))
    visited(make_phone(aminat, "Nokia"), changed="does not go to school", base=0)
    client.force_login(aminat)
    conflict = Conflict.objects.get()

    listed = client.get("/phones/conflicts/").content.decode()
    shown = client.get(f"/phones/conflicts/{conflict.pk}/").content.decode()
    settled = client.post(
        f"/phones/conflicts/{conflict.pk}/", {"stands": "second", "reason": "asked her"}
    )

    assert str(conflict.pk) in listed
    for words in ("goes to school", "does not go to school", "Galaxy", "Nokia"):
        assert words in shown
    assert settled.status_code == 302
    assert Visit.objects.count() == 2


@pytest.fixture
def planned(make_user, make_child, at):
    return operation.plan(make_user, [make_child("Руслан"), make_child("Али")], at)


def counted(phone, planned, taps, **options):
    checkpoint = next(iter(planned.checkpoints.values()))
    told = {"taps": [{"child": str(child.pk), "how": how} for child, how in taps]}
    return phone.write("count", told | options, record=checkpoint.pk, base=0)


def test_taps_are_counted_in_their_order(sync, make_phone, planned):
    aza, (ruslan, ali) = planned.counters[0], planned.children
    taps = [(ruslan, "tapped"), (ali, "scanned"), (ruslan, "taken_back")]
    phone = make_phone(aza)

    (result,) = sync(phone, counted(phone, planned, taps, done="yes"), user=aza)

    assert result["state"] == "kept", result
    assert list(Count.objects.order_by("counted_at").values_list("child", "how")) == [
        (ruslan.pk, "tapped"),
        (ali.pk, "scanned"),
        (ruslan.pk, "taken_back"),
    ]
    assert CountDone.objects.get().recorded_by == aza


def test_second_phone_of_one_counter_takes_nobody_back_in_silence(sync, make_phone, planned):
    aza, (ruslan, ali) = planned.counters[0], planned.children
    first, second = make_phone(aza), make_phone(aza)
    sync(first, counted(first, planned, [(ruslan, "tapped")]), user=aza)

    taps = [(ruslan, "taken_back"), (ali, "tapped")]
    (result,) = sync(second, counted(second, planned, taps, done="yes"), user=aza)

    assert [each["questions"] for each in result["conflicts"]] == [["there"]]
    assert list(Count.objects.order_by("counted_at").values_list("child", "how")) == [
        (ruslan.pk, "tapped"),
        (ali.pk, "tapped"),
    ]
    assert CountDone.objects.count() == 0


def test_tap_of_a_child_that_is_not_on_the_list_is_refused(sync, make_phone, planned, make_child):
    aza = planned.counters[0]
    phone = make_phone(aza)

    (result,) = sync(phone, counted(phone, planned, [(make_child("Иса"), "tapped")]), user=aza)

    assert result["state"] == "refused"
    assert Count.objects.count() == 0
