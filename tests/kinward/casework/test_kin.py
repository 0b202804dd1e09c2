"""Whose siblings a child has, by everything that people judged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from kinward.access.models import Approval, ApprovalKind, Role
from kinward.access.rows import Passage, passage
from kinward.casework.actions import Kin, tell_kin
from kinward.casework.models import Phase, Track, Unmet
from kinward.casework.queries import case_of, siblings_of, verified_kin
from kinward.casework.rules import Case, living_together, phase
from kinward.casework.tracks import TABLES, Locate, Next, Placement, Taken, lacks, replay
from kinward.people.actions.describing import store
from kinward.people.models import Found, Merging

pytestmark = pytest.mark.django_db
AT = datetime(2019, 1, 2, 12, tzinfo=UTC)


def found(child):
    with passage(Passage.GATES):
        return siblings_of(child)


@pytest.fixture
def merge(make_user, at):
    """Judge two records to be of one child, as two people would have."""

    def merged(one, other):
        first, second = sorted([one, other], key=lambda each: each.pk)
        approval = Approval.objects.create(
            kind=ApprovalKind.MERGING,
            payload={},
            payload_hash="0" * 64,
            reason="the same scar",
            requester=make_user(role=Role.TRACING_OFFICER),
            requested_at=at,
            expires_at=at.replace(year=at.year + 1),
        )
        return Merging.objects.create(
            first=first, second=second, found=Found.ONE_CHILD, approval=approval, found_at=at
        )

    return merged


@pytest.fixture
def names_sibling(say, at):
    """Have one record name another as a sibling's."""

    def named(one, other):
        value = {"relation": "sibling", "text": "Zaira", "record": other.reference}
        store(one, [say("relative", **value)], by=one.registered_by, at=at)

    return named


@pytest.fixture
def verify(make_child, make_user, at):
    """Tell the cases of some children that their family is verified."""

    def verified(*children, family=None, stands=True, relation="mother_of_mother"):
        family, by = family or uuid4(), make_user(role=Role.TRACING_OFFICER)
        relative = make_child("Patimat", region="RU-DA")  # stands in for who asks
        kin = Kin(relative, family, relation, "Patimat")
        for child in children:
            tell_kin(child=child, kin=kin, stands=stands, by=by, at=at)
        return family

    return verified


def test_sibling_named_by_another_record_of_the_same_child_counts(make_child, merge, names_sibling):
    child, other_record, sister = (make_child(name) for name in ("رسلان", "Руслан", "ليلى"))
    names_sibling(other_record, sister)
    assert found(child) == []

    merge(child, other_record)

    assert found(child) == [sister]
    assert found(other_record) == [sister]


def test_sibling_with_several_records_counts_once_by_the_record_its_case_goes_on_with(
    make_child, merge, names_sibling, take
):
    child, sister, her_case = (make_child(name, region="IQ-BG") for name in ("ر", "ليلى", "Лейла"))
    names_sibling(child, sister)
    merge(sister, her_case)
    take(Track.LOCATE, Locate.HYPOTHESIS, of=her_case, reason="the custodian says so")

    assert found(child) == [her_case]


def test_children_verified_to_be_of_one_family_are_not_parted(make_child, verify):
    child, brother, stranger = (make_child(name) for name in ("رسلان", "Руслан", "ليلى"))
    family = verify(child, brother)
    verify(stranger)

    assert found(child) == [brother]
    assert living_together(case_of(child)) == (Unmet.SIBLING_APART,)

    verify(brother, family=family, stands=False)
    assert found(child) == []


def test_family_that_is_told_twice_is_told_once(make_child, make_user, at):
    child, by = make_child("رسلان"), make_user(role=Role.TRACING_OFFICER)
    kin = Kin(make_child("Patimat"), uuid4(), "mother_of_mother", "Patimat")

    with passage(Passage.GATES):
        assert tell_kin(child=child, kin=kin, stands=False, by=by, at=at) is None
        told = tell_kin(child=child, kin=kin, stands=True, by=by, at=at)
        assert tell_kin(child=child, kin=kin, stands=True, by=by, at=at) is None

    assert told is not None
    assert str(told.names) == "Patimat"


def test_verified_family_is_open_to_who_reads_the_family_of_that_child(
    make_child, make_user, verify, salma
):
    child = make_child("رسلان", region="IQ-BG")
    verify(child)

    assert [each.relation for each in verified_kin(child, user=salma)] == ["mother_of_mother"]
    manager = make_user(role=Role.PROGRAMME_MANAGER)
    assert verified_kin(child, user=manager) == []


def standing(*steps):
    taken = [
        Taken(id=uuid4(), to=to, by=uuid4(), at=AT, on=AT.date() + timedelta(days=day))
        for day, to in enumerate(steps)
    ]
    return replay(TABLES[Track.PLACEMENT], taken)


@pytest.mark.parametrize(
    ("steps", "refused"),
    [
        ((Placement.CANDIDATE, Placement.ASSESSED), True),
        ((Placement.ASSESSED, Placement.TOGETHER), False),
        ((Placement.TOGETHER, Placement.PLACED, Placement.BREAKDOWN), True),
        ((Placement.TOGETHER, Placement.BREAKDOWN, Placement.TOGETHER), False),
    ],
)
def test_that_siblings_live_together_is_said_anew_for_each_home(steps, refused):
    case = Case(tracks={Track.PLACEMENT: standing(*steps)}, siblings=(Case(tracks={}),))

    assert living_together(case) == ((Unmet.SIBLING_APART,) if refused else ())


def test_child_lives_at_home_also_once_guardianship_is_decided_or_the_case_opened_again():
    def at_home(*steps):
        return phase(Case(tracks={Track.PLACEMENT: standing(*steps)}), AT.date()) == Phase.HOME

    assert at_home(Placement.PLACED, Placement.STABLE, Placement.PERMANENT)
    assert at_home(Placement.PLACED, Placement.CLOSED, Placement.REOPENED)
    assert not at_home(Placement.MET, Placement.PERMANENT)
    assert not at_home(Placement.PLACED, Placement.BREAKDOWN, Placement.PERMANENT)


def test_what_is_remembered_beside_a_track_stands_in_no_order_with_its_steps():
    stands = standing(Placement.CANDIDATE, Placement.ASSESSED, Placement.TO_TELL)
    before = Next(to=Placement.MET, on=AT.date() + timedelta(days=1))

    found = lacks(TABLES[Track.PLACEMENT], stands, before, by=uuid4(), today=before.on)

    assert found == ()
