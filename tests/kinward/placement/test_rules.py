"""Who may be asked, who may have a child, what presses, what is next: on plain values."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.casework.tracks import Placement, Tracing
from kinward.people.relations import AGREEMENTS, LIVES, RELATIONS
from kinward.placement.models import Unready, Where
from kinward.placement.rules import (
    Checked,
    Relative,
    Stand,
    Wait,
    is_seen,
    may_live,
    next_entry,
    proposed,
    still_looking,
    waits_for,
)

TODAY = date(2019, 2, 1)
relatives = st.lists(
    st.builds(
        Relative,
        relation=st.sampled_from(list(RELATIONS)),
        names=st.lists(st.sampled_from(["Patimat", "patimat ", "Said"]), max_size=2).map(tuple),
        agrees=st.sampled_from(["", *AGREEMENTS]),
        life=st.sampled_from(["", *LIVES]),
        held=st.booleans(),
    ),
    max_size=6,
)


def test_verified_relative_comes_first_and_is_not_proposed_twice():
    key = uuid4()
    sure = Relative(relation="sibling_of_mother", names=("Said",), verified=key)
    told = [
        Relative(relation="sibling_of_mother", names=("SAID",)),
        Relative(relation="sibling_of_father", names=("Musa",)),
        Relative(relation="mother_of_mother", names=("Patimat",)),
    ]

    found = proposed([sure], told)

    assert [each.relation for each in found] == [
        "sibling_of_mother",
        "mother_of_mother",
        "sibling_of_father",
    ]
    assert found[0].verified == key


@given(relatives)
def test_nobody_is_proposed_whom_the_child_refuses_or_who_cannot_be_asked(told):
    for each in proposed([], told):
        assert each.names
        assert each.agrees not in {"no", "refused"}
        assert each.life in {"", "alive"}
        assert not each.held


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (Checked(suits="yes", met=True, act="interim"), ()),
        (Checked(suits="supported", met=True), ()),
        (Checked(), (Unready.NOT_SEEN, Unready.NOT_MET)),
        (Checked(suits="no", met=True), (Unready.UNFIT,)),
        (Checked(suits="yes", met=True, act="refused"), (Unready.REFUSED,)),
    ],
)
def test_child_moves_in_only_where_the_household_was_seen_and_both_have_met(found, why):
    assert may_live(found) == why


def test_nobody_sees_a_child_by_telephone():
    assert is_seen(Where.SCHOOL, seen=True)
    assert not is_seen(Where.TELEPHONE, seen=True)
    assert not is_seen(Where.HOME, seen=False)


def test_care_without_the_family_waits_until_the_family_was_looked_for():
    assert still_looking(Tracing.OPEN)
    assert still_looking(Tracing.PENDING)
    assert not still_looking(Tracing.EXHAUSTED)
    assert not still_looking(Tracing.VERIFIED)


@pytest.mark.parametrize(
    ("stand", "wait"),
    [
        (Stand(position=Placement.FOLLOW_UP, lives=True, seen_last=False), Wait.NOT_SEEN),
        (Stand(position=Placement.BREAKDOWN), Wait.NO_HOME),
        (
            Stand(position=Placement.PLACED, lives=True, visit_by=TODAY - timedelta(days=1)),
            Wait.VISIT_LATE,
        ),
        (Stand(position=Placement.PLACED, lives=True, visit_by=TODAY), Wait.VISITED),
        (Stand(position=Placement.NOBODY), Wait.NOBODY),
        (Stand(position=Placement.ASSESSED), Wait.CARER),
        (Stand(position=Placement.CLOSED, lives=True, seen_last=False), Wait.ENDED),
    ],
)
def test_what_presses_most_is_said(stand, wait):
    assert waits_for(stand, TODAY) == wait


@given(
    st.sampled_from([*Placement]), st.booleans(), st.sampled_from([None, True, False]), st.dates()
)
def test_child_that_was_not_seen_comes_before_every_other_that_lives_somewhere(
    position, lives, seen, by
):
    wait = waits_for(Stand(position=position, lives=lives, seen_last=seen, visit_by=by), TODAY)

    unseen = lives and seen is False and position != Placement.CLOSED
    assert (wait == Wait.NOT_SEEN) == unseen


def test_case_is_not_closed_before_the_visit_after_three_months():
    stand = Stand(position=Placement.STABLE, lives=True)

    assert next_entry(stand, checked=False) == "visit"
    assert next_entry(stand, checked=True) == "closing"
    assert next_entry(Stand(position=Placement.PERMANENT, lives=True), checked=True) == "visit"
    assert next_entry(Stand(position=Placement.CLOSED), checked=True) == ""
