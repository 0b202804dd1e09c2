"""Any sequence of steps at all: none reaches what a gate forbids, and replay gives the same state.

Each example is a row of bytes, three for an action: drawn and made smaller in no time, so that
thousands are tried. What was reached is asked of the steps themselves, never of the gates.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from kinward.casework.models import HoldKind, Need, Phase, Track
from kinward.casework.rules import Case, OpenHold, as_of, phase, refused_by, refused_on_any
from kinward.casework.tracks import (
    TABLES,
    Best,
    Civil,
    Host,
    Locate,
    Movement,
    Next,
    Placement,
    Tracing,
    lacks,
    replay,
)

from .test_tracks import HUDA, MADINA, TODAY, TYPED, complete, taken

EXAMPLES = 2_000
# Where an example begins: nothing done yet; nothing lacks to fly, for good or for a week of leave;
# nothing lacks to close.
FLOWN = complete(
    but={
        Track.TRACING: [taken(20, Tracing.VERIFIED)],
        Track.HOST_RELEASE: [taken(4, Host.GRANTED, since=TODAY), taken(21, Host.SCHEDULED)],
        Track.BEST_INTERESTS: [taken(6, Best.DONE), taken(22, Best.NOT_REQUIRED)],
        Track.MOVEMENT: [taken(7, Movement.ESCORT), taken(23, Movement.BOARDED)],
        Track.PLACEMENT: [taken(24, Placement.INTERIM_CARE), taken(25, Placement.STABLE)],
    }
)
A_WEEK = TODAY + timedelta(days=7)
ON_LEAVE = complete(
    but={
        Track.CIVIL_STATUS: [taken(2, Civil.ISSUED), taken(3, Civil.CHECKED)],
        Track.HOST_RELEASE: [taken(4, Host.GRANTED, since=TODAY, until=A_WEEK)],
        Track.MOVEMENT: [taken(7, Movement.ESCORT), taken(23, Movement.FIT)],
    }
)
BEGINNINGS = (Case(tracks={}), complete(), ON_LEAVE, FLOWN)
SIBLING = complete(but={Track.MOVEMENT: []})
HOLD = OpenHold(
    id=UUID(int=9), kind=HoldKind.COURT, since=TODAY, next_by="case_worker", next_on=TODAY
)


class Casework:
    """A case on which steps are taken, withdrawn and refused as the engine says."""

    def __init__(self, beginning, *, sibling):
        self.rows = {track: list(beginning.on(track).steps) for track in TABLES}
        self.stands = {track: beginning.on(track) for track in TABLES}
        self.siblings = (SIBLING,) if sibling else ()
        self.holds = ()
        self.today, self.number = TODAY, 100

    def case(self):
        return Case(tracks=self.stands, siblings=self.siblings, holds=self.holds)

    def act(self, what, pick, how):
        if what >= 250:
            self.today += timedelta(days=1 + pick % 60)
        elif what >= 244:
            self.holds = () if self.holds else (replace(HOLD, since=self.today),)
        elif what >= 228:
            self.withdraw(TYPED[pick % len(TYPED)].track)
        else:
            self.take(TYPED[what % len(TYPED)], pick, how)

    def withdraw(self, track):
        if self.stands[track].steps:
            self.append(track, withdraws=self.stands[track].steps[-1].id)

    def append(self, track, to="", **said):
        self.number += 1
        self.rows[track].append(taken(self.number, to, **{"on": self.today} | said))
        self.stands[track] = replay(TABLES[track], self.rows[track])

    def take(self, table, pick, how):
        standing = self.stands[table.track]
        possible = table.moves_from(standing.position)
        if not possible:
            return
        step, by = possible[pick % len(possible)], (MADINA, HUDA)[how & 1]
        said = "" if how & 2 and how & 4 else "as the minutes say"
        until = self.today + timedelta(days=how % 90) if how & 8 else None
        on = self.today - timedelta(days=max((how >> 4) - 7, 0))  # half of them earlier
        wanted = Next(
            to=step.to,
            on=on,
            reason="" if Need.NO_WORDS in step.needs else said,
            evidence=said,
            holds_from=on,
            holds_until=until,
        )
        if lacks(table, standing, wanted, by=by, today=self.today, pushed=step.pushed):
            return
        refused = (
            refused_by(step.gates, self.case(), on)
            if step.pushed
            else refused_on_any(step.gates, self.case(), {on, self.today})
        )
        if refused:
            return
        self.append(table.track, step.to, by=by, on=on, since=on, until=until)
        last = self.rows[table.track][-1]
        known = (self.case(),) if step.pushed else (as_of(self.case(), on), self.case())
        for stood in known if table.track in PERMITTED else ():
            PERMITTED[table.track](step.to, stood, last)


def on_the_journey(to, case, last):
    """Nobody flies whom anything holds back."""
    if to not in {Movement.MANIFESTED, Movement.BOARDED}:
        return
    civil, host = case.on(Track.CIVIL_STATUS), case.on(Track.HOST_RELEASE)
    movement, best = case.on(Track.MOVEMENT), case.on(Track.BEST_INTERESTS)
    fit = movement.last(Movement.FIT, Movement.CONDITIONAL, Movement.UNFIT)
    document = civil.last(Civil.ISSUED, Civil.REISSUED)
    assert case.on(Track.LOCATE).position in {Locate.CORROBORATED, Locate.ESTABLISHED}
    assert civil.position in {Civil.CHECKED, Civil.USED}
    assert document.holds_until is None or document.holds_until >= last.on
    leave = host.last(Host.GRANTED)
    assert leave.holds_until is None or leave.holds_until >= last.on
    assert host.position != Host.REFUSED
    assert fit.to != Movement.UNFIT
    assert fit.holds_until is None or fit.holds_until >= last.on
    assert movement.last(Movement.ESCORT)
    assert best.last(Best.DONE)
    assert case.holds == ()
    assert case.siblings == () or best.last(Best.APART)


def on_the_way_to_a_home(to, case, last):
    """Nobody is placed unassessed or without siblings, and no case is closed for nothing."""
    best, placement = case.on(Track.BEST_INTERESTS), case.on(Track.PLACEMENT)
    if to in {Placement.PLACED, Placement.REPLACED}:
        assert best.last(Best.DONE)
        assert best.last(Best.APPROVED, Best.NOT_REQUIRED)
        assert case.siblings == () or placement.last(Placement.TOGETHER) or best.last(Best.APART)
    if to == Placement.CLOSED:
        asked = (Placement.CHILD_HEARD, Placement.CARER_HEARD, Placement.FEEDBACK)
        moved = placement.last(Placement.PLACED, Placement.REPLACED)
        assert all(placement.last(each) for each in (*asked, Placement.RETENTION))
        assert (placement.last(Placement.FOLLOW_UP).on - moved.on).days >= 91
        assert case.on(Track.MOVEMENT).position not in {Movement.BOARDED, Movement.IN_FLIGHT}
        assert before_it(placement, Track.PLACEMENT).by != last.by


def before_it(standing, track):
    """The step before the last that led somewhere; what stands beside it counts for nothing."""
    beside_it = {each.to for each in TABLES[track].moves if each.stays}
    return [each for each in standing.steps if each.to not in beside_it][-2]


def on_the_way_to_a_family(to, case, last):
    """Nobody is reunited whose best interests are open."""
    if to == Tracing.REUNIFIED:
        best = case.on(Track.BEST_INTERESTS)
        assert best.last(Best.DONE, Best.APPROVED, Best.NOT_REQUIRED)
        assert case.on(Track.TRACING).steps[-2].to == Tracing.VERIFIED


def before_the_panel(to, case, last):
    """Nobody approves the report they wrote."""
    if to == Best.APPROVED:
        assert before_it(case.on(Track.BEST_INTERESTS), Track.BEST_INTERESTS).by != last.by


def on_handing_over(to, case, last):
    """Nobody is handed over to anybody, or without a line in the minute."""
    if to == Host.HANDED_OVER:
        assert case.on(Track.HOST_RELEASE).last(Host.RECEIVER)
        assert case.on(Track.HOST_RELEASE).last(Host.MINUTE)


# What a gate or a table forbids was not reached: asked of the steps, not of the gate.
PERMITTED = {
    Track.MOVEMENT: on_the_journey,
    Track.PLACEMENT: on_the_way_to_a_home,
    Track.TRACING: on_the_way_to_a_family,
    Track.BEST_INTERESTS: before_the_panel,
    Track.HOST_RELEASE: on_handing_over,
}


def run(beginning, sibling, actions):
    """Return the case that some actions lead to."""
    casework = Casework(BEGINNINGS[beginning], sibling=sibling)
    for number in range(0, len(actions) - 2, 3):
        casework.act(*actions[number : number + 3])
    return casework


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    beginning=st.integers(0, len(BEGINNINGS) - 1),
    sibling=st.booleans(),
    actions=st.binary(min_size=30, max_size=120),
)
def test_no_sequence_of_actions_reaches_what_a_gate_forbids(beginning, sibling, actions):
    casework = run(beginning, sibling, actions)

    for track, table in TABLES.items():
        standing = casework.stands[track]
        assert replay(table, tuple(casework.rows[track])) == standing
        assert replay(table, standing.steps) == standing
        assert standing.position in table.words.values
    assert phase(casework.case(), casework.today) in Phase


def test_machine_comes_to_every_gate():
    """The examples are of use only if some pass each gate, and some are refused there."""
    ready = Casework(complete(), sibling=False)
    ready.append(Track.MOVEMENT, Movement.FIT, until=TODAY)
    movement = TYPED.index(TABLES[Track.MOVEMENT])
    listed = [each.to for each in TABLES[Track.MOVEMENT].moves_from(Movement.FIT)]

    ready.holds = (HOLD,)
    ready.act(movement, listed.index(Movement.MANIFESTED), 8)
    held = ready.stands[Track.MOVEMENT].position
    ready.holds = ()
    ready.act(movement, listed.index(Movement.MANIFESTED), 8)

    assert held == Movement.FIT
    assert ready.stands[Track.MOVEMENT].position == Movement.MANIFESTED
