"""Gates G6 to G8, and the phase of a case: on plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.casework.models import Gate, HoldKind, Phase, Track, Unmet
from kinward.casework.rules import (
    GATES,
    RESOLVED_BY,
    Case,
    Count,
    HandingOver,
    Leg,
    OpenHold,
    accounted_for,
    counting,
    handing_over,
    may_be_handed_over,
    may_close,
    phase,
    phase_on,
    phases_through,
    stands_between,
)
from kinward.casework.tracks import TABLES, Civil, Host, Locate, Movement, Placement, Tracing

from .test_tracks import HUDA, MADINA, TODAY, complete, taken

RECEIVER, ANOTHER = UUID(int=5), UUID(int=6)
CHILDREN = frozenset(UUID(int=each) for each in range(10, 14))
SOME = st.frozensets(st.sampled_from(sorted(CHILDREN)))
WHOLE = HandingOver(
    authorised=frozenset({RECEIVER}),
    receiver=RECEIVER,
    manifest=CHILDREN,
    not_flown=frozenset(),
    present=CHILDREN,
    minuted=CHILDREN,
)
TWICE = (Count(children=4, by=MADINA), Count(children=4, by=HUDA))
LATER = TODAY + timedelta(days=91)
CLOSING = (
    taken(1, Placement.PLACED),
    taken(2, Placement.FOLLOW_UP, on=LATER),
    taken(3, Placement.STABLE, on=LATER),
    taken(4, Placement.CHILD_HEARD, on=LATER),
    taken(5, Placement.CARER_HEARD, on=LATER),
    taken(6, Placement.FEEDBACK, on=LATER),
    taken(7, Placement.RETENTION, on=LATER),
)


def test_every_gate_of_a_case_is_asked_and_each_reason_is_resolved_by_a_step():
    asked = {Gate.G3, Gate.G4, Gate.G5, Gate.G6, Gate.G7, Gate.G8}
    moves = {gate for table in TABLES.values() for each in table.moves for gate in each.gates}

    assert set(GATES) == set(Gate) == asked == moves
    for track, to in RESOLVED_BY.values():
        assert not to or to in {each.to for each in TABLES[track].moves}


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({}, ()),
        ({"receiver": None}, (Unmet.NO_RECEIVER,)),
        ({"receiver": ANOTHER}, (Unmet.OTHER_RECEIVER,)),
        ({"minuted": frozenset()}, (Unmet.NO_MINUTE,)),
        ({"manifest": CHILDREN | {ANOTHER}}, (Unmet.NOT_AS_LISTED,)),
        ({"manifest": CHILDREN | {ANOTHER}, "not_flown": frozenset({ANOTHER})}, ()),
        ({"not_flown": CHILDREN}, (Unmet.NOT_AS_LISTED,)),
    ],
)
def test_children_are_handed_over_only_as_listed_to_who_may_receive_them(changed, reasons):
    assert handing_over(replace(WHOLE, **changed)) == reasons


@given(manifest=SOME, not_flown=SOME, present=SOME, minuted=SOME)
def test_handing_over_is_whole_or_refused(manifest, not_flown, present, minuted):
    sets = {"manifest": manifest, "not_flown": not_flown, "present": present, "minuted": minuted}
    found = handing_over(replace(WHOLE, **sets))

    assert (Unmet.NOT_AS_LISTED in found) == (present != manifest - not_flown)
    assert (Unmet.NO_MINUTE in found) == bool(present - minuted)


@pytest.mark.parametrize(
    ("changed", "explained", "reasons"),
    [
        ({}, 0, ()),
        ({Leg.LANDED: ()}, 0, (Unmet.NOT_COUNTED,)),
        ({Leg.BOARDED: TWICE[:1]}, 0, (Unmet.ONE_COUNTER,)),
        ({Leg.BOARDED: TWICE[:1] * 2}, 0, (Unmet.ONE_COUNTER,)),
        (
            {Leg.LANDED: (TWICE[0], Count(children=3, by=HUDA))},
            0,
            (Unmet.COUNTS_DIFFER,),
        ),
        (
            {Leg.ADMITTED: tuple(replace(each, children=3) for each in TWICE)},
            0,
            (Unmet.RESIDUAL,),
        ),
        ({Leg.ADMITTED: tuple(replace(each, children=3) for each in TWICE)}, 1, ()),
        ({}, 1, (Unmet.RESIDUAL,)),
    ],
)
def test_every_leg_is_counted_by_two_and_nobody_is_left_over(changed, explained, reasons):
    counts = dict.fromkeys(Leg, TWICE) | changed

    assert counting(counts, explained) == reasons


@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), st.integers(0, 4))
def test_residual_is_found_wherever_it_arose(numbers, explained):
    counts = {
        leg: tuple(replace(each, children=n) for each in TWICE)
        for leg, n in zip(Leg, numbers, strict=True)
    }
    handed_over, boarded, landed, admitted = numbers

    whole = handed_over == boarded == landed == admitted + explained
    assert counting(counts, explained) == (() if whole else (Unmet.RESIDUAL,))


@pytest.mark.parametrize(
    ("steps", "reasons"),
    [
        ([Host.GRANTED, Host.CLEARED, Host.SCHEDULED], (Unmet.NO_RECEIVER, Unmet.NO_MINUTE)),
        ([Host.SCHEDULED, Host.RECEIVER], (Unmet.NO_MINUTE,)),
        ([Host.SCHEDULED, Host.RECEIVER, Host.MINUTE], ()),
        # Another day was set meanwhile.
        (
            [Host.SCHEDULED, Host.RECEIVER, Host.MINUTE, Host.NOT_CLEARED, Host.SCHEDULED],
            (Unmet.NO_MINUTE,),
        ),
    ],
)
def test_child_is_handed_over_to_a_named_receiver_with_a_line_in_the_minute(steps, reasons):
    rows = [taken(number, to) for number, to in enumerate(steps, 1)]

    assert may_be_handed_over(complete(but={"host_release": rows})) == reasons


@pytest.mark.parametrize(
    ("steps", "reasons"),
    [
        ([], ()),
        ([Movement.BOARDED], (Unmet.NOT_LANDED,)),
        ([Movement.BOARDED, Movement.IN_FLIGHT], (Unmet.NOT_LANDED,)),
        ([Movement.BOARDED, Movement.LANDED], (Unmet.NOT_ADMITTED,)),
        ([Movement.LANDED, Movement.EXPLAINED], ()),
        ([Movement.LANDED, Movement.ADMITTED], ()),
        ([Movement.MEDEVAC], (Unmet.NOT_ADMITTED,)),
    ],
)
def test_child_that_set_out_is_accounted_for(steps, reasons):
    rows = [taken(number, to) for number, to in enumerate(steps, 1)]

    assert accounted_for(complete(but={"movement": rows})) == reasons


@pytest.mark.parametrize(
    ("left_out", "reason"),
    [
        (3, Unmet.NOT_STABLE),
        (4, Unmet.CHILD_NOT_HEARD),
        (5, Unmet.CARER_NOT_HEARD),
        (6, Unmet.NO_FEEDBACK),
        (7, Unmet.NO_RETENTION),
        (2, Unmet.NO_CHECK),
    ],
)
def test_case_closes_only_once_everything_is_done(left_out, reason):
    rows = [each for each in CLOSING if each.id != UUID(int=left_out)]

    assert may_close(complete(but={"placement": rows})) == (reason,)
    assert may_close(complete(but={"placement": CLOSING})) == ()


def test_visit_before_three_months_is_no_check():
    early = [replace(each, on=TODAY + timedelta(days=90)) for each in CLOSING[1:]]

    assert may_close(complete(but={"placement": [CLOSING[0], *early]})) == (Unmet.NO_CHECK,)


def test_once_at_home_what_stands_before_closing_is_told():
    home = complete(but={"placement": [taken(1, Placement.PLACED)]})
    closed = complete(but={"placement": [*CLOSING, taken(8, Placement.CLOSED, on=LATER)]})

    assert Unmet.NO_FEEDBACK in stands_between(home, traced=True, day=TODAY)
    assert (
        stands_between(
            complete(
                but={
                    "movement": [taken(1, Movement.ADMITTED)],
                    "placement": [*CLOSING, taken(8, Placement.CLOSED, on=LATER)],
                }
            ),
            traced=False,
            day=LATER,
        )
        == ()
    )
    assert phase(closed, LATER) == Phase.CLOSED


@pytest.mark.parametrize(
    ("but", "expected"),
    [
        ({"locate": [taken(1, Locate.SIGHTED)]}, Phase.REPORTED),
        ({"locate": [taken(1, Locate.REGISTERED)]}, Phase.REGISTERED),
        ({"movement": []}, Phase.IDENTIFIED),
        ({"movement": [], "tracing": [taken(1, Tracing.VERIFIED)]}, Phase.PREPARING),
        ({}, Phase.READY),
        ({"movement": [taken(1, Movement.MANIFESTED)]}, Phase.READY),
        ({"movement": [taken(1, Movement.BOARDED)]}, Phase.TRAVELLING),
        ({"movement": [taken(1, Movement.ADMITTED)]}, Phase.ARRIVED),
        ({"placement": [taken(1, Placement.PLACED)]}, Phase.HOME),
        ({"tracing": [taken(1, Tracing.REUNIFIED)]}, Phase.HOME),
        ({"placement": [taken(1, Placement.CLOSED)]}, Phase.CLOSED),
        ({"locate": [taken(1, Locate.DECEASED)]}, Phase.ENDED),
    ],
)
def test_phase_is_the_furthest_the_tracks_allow(but, expected):
    assert phase(complete(but=but), TODAY) == expected


def test_phases_are_told_in_the_order_they_were_entered():
    days = [TODAY + timedelta(days=each) for each in range(4)]
    until = days[-1]
    case = complete(
        but={
            Track.LOCATE: [taken(1, Locate.CORROBORATED, on=days[1])],
            Track.CIVIL_STATUS: [
                taken(2, Civil.ISSUED, on=days[1], until=until),
                taken(3, Civil.CHECKED, on=days[1]),
            ],
            Track.TRACING: [taken(4, Tracing.VERIFIED, on=days[2])],
            Track.MOVEMENT: [
                taken(7, Movement.ESCORT, on=days[2]),
                taken(8, Movement.FIT, on=days[3], until=until),
            ],
        }
    )

    entered = phases_through(case, days[0], days[3])

    assert [tuple(each) for each in entered] == [
        (Phase.REGISTERED, days[0]),
        (Phase.IDENTIFIED, days[1]),
        (Phase.PREPARING, days[2]),
        (Phase.READY, days[3]),
    ]
    assert phase_on(entered, days[2]) == Phase.PREPARING
    assert phase_on(entered, days[0] - timedelta(days=1)) is None


def test_phase_turns_on_the_day_something_begins_runs_out_or_is_held():
    days = [TODAY + timedelta(days=each) for each in range(30)]
    case = complete(
        but={
            Track.CIVIL_STATUS: [taken(2, Civil.ISSUED, until=days[20]), taken(3, Civil.CHECKED)],
            Track.HOST_RELEASE: [taken(4, Host.GRANTED, since=days[2])],
            Track.MOVEMENT: [taken(7, Movement.ESCORT), taken(8, Movement.FIT, until=days[5])],
        }
    )
    hold = OpenHold(
        id=RECEIVER, kind=HoldKind.COURT, since=days[4], next_by="case_worker", next_on=days[9]
    )

    def through(case):
        return [(each.phase, each.on) for each in phases_through(case, days[0], days[-1])]

    ready = [(Phase.IDENTIFIED, days[0]), (Phase.READY, days[2])]
    assert through(case) == [*ready, (Phase.IDENTIFIED, days[6])]
    assert through(replace(case, holds=(hold,))) == [*ready, (Phase.IDENTIFIED, days[4])]


def test_child_that_is_only_reported_begins_so():
    assert phases_through(Case(tracks={}, registered=False), TODAY, TODAY) == [
        (Phase.REPORTED, TODAY)
    ]
