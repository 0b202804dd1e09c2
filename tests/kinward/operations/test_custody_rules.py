"""Who holds a child, two counts, and that nobody is ever lost, in whatever order records come."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kinward.operations.models.counting import Breach, StillOpen
from kinward.operations.rules import (
    Passed,
    Sighting,
    Stage,
    by_holder,
    custody_of,
    gaps,
    keeps_open,
    missing_for,
    outcome,
    seen_by,
)
from kinward.operations.rules.custody import standing

START = datetime(2018, 12, 30, 4, tzinfo=UTC)
ORIGIN = "shelter"
HOLDERS = (ORIGIN, "escort", "crew", "hospital")
CHILDREN = tuple(UUID(int=each) for each in range(1, 6))
STRANGER = UUID(int=99)
COUNTERS = (UUID(int=201), UUID(int=202))
STAGES = ("handed over", "boarded", "landed", "admitted")
# Whoever changes the rules runs it longer: KINWARD_EXAMPLES=5000.
EXAMPLES = int(os.environ.get("KINWARD_EXAMPLES", "60"))


def at(minutes):
    return START + timedelta(minutes=minutes)


def passed(number, giver, receiver, minutes, *, child=CHILDREN[0], **said):
    came = said.pop("came", minutes)
    when = {"at": at(minutes), "recorded_at": at(came)}
    names = {"giver": giver, "receiver": receiver}
    return Passed(id=UUID(int=1000 + number), child=child, **names, **when, **said)


def held(*records):
    return custody_of(CHILDREN[0], ORIGIN, records)


def test_child_is_with_whom_it_was_before_anything_is_recorded():
    assert held().holder == ORIGIN


def test_child_is_with_whom_it_was_handed_to_last_whenever_that_came():
    later, earlier = passed(1, "escort", "crew", 20), passed(2, ORIGIN, "escort", 10, came=90)

    custody = held(later, earlier)

    assert [each.holder for each in custody.links] == ["escort", "crew"]
    assert custody.broken == ()
    assert custody.holder_at(at(15)) == "escort"
    assert custody.holder_at(at(5)) == ORIGIN


def test_same_handing_over_told_twice_is_one():
    custody = held(passed(1, ORIGIN, "escort", 10), passed(2, ORIGIN, "escort", 12))

    assert [each.records for each in custody.links] == [(UUID(int=1001), UUID(int=1002))]
    assert custody.broken == ()


def test_whoever_did_not_hold_a_child_cannot_hand_it_over_unnoticed():
    custody = held(passed(1, ORIGIN, "escort", 10), passed(2, ORIGIN, "crew", 20))

    assert custody.holder == "crew"
    assert [(each.breach, each.held_by) for each in custody.broken] == [
        (Breach.NOT_HOLDING, "escort")
    ]


def test_records_of_one_moment_are_read_as_they_follow():
    custody = held(passed(1, "escort", "crew", 10), passed(2, ORIGIN, "escort", 10))

    assert custody.holder == "crew"
    assert custody.broken == ()


def test_correction_stands_in_the_place_of_a_record():
    first = passed(1, ORIGIN, "crew", 10)
    corrected = passed(2, ORIGIN, "escort", 11, corrects=first.id)

    assert held(corrected, first).holder == "escort"
    assert held(first, passed(3, ORIGIN, "crew", 10, corrects=first.id, void=True)).links == ()


def test_record_that_was_corrected_in_two_ways_is_shown():
    first = passed(1, ORIGIN, "crew", 10)
    ways = [passed(each, ORIGIN, "escort", 10, corrects=first.id) for each in (2, 3)]

    custody = held(first, *ways)

    assert {each.breach for each in custody.broken} == {Breach.CORRECTED_TWICE}
    assert custody.holder == "escort"


def saw(counter, *children, minutes=0, there=True):
    return [
        Sighting(
            at=at(minutes), id=UUID(int=5000 + index), counter=counter, child=each, there=there
        )
        for index, each in enumerate(children)
    ]


def counted(first, second, *, away=(), settled=None, finished=COUNTERS):
    seen = dict(zip(COUNTERS, map(frozenset, (first, second)), strict=True))
    return outcome(CHILDREN, away, seen, finished, settled or {})


def test_last_word_of_a_counter_stands():
    sightings = [
        *saw(COUNTERS[0], CHILDREN[0], minutes=5, there=False),
        *saw(COUNTERS[0], *CHILDREN[:2], minutes=1),
    ]

    assert seen_by(sightings) == {COUNTERS[0]: frozenset({CHILDREN[1]})}


@pytest.mark.parametrize(
    ("first", "second", "said", "keeping"),
    [
        (CHILDREN, CHILDREN, {}, ()),
        (CHILDREN, CHILDREN, {"finished": COUNTERS[:1]}, (StillOpen.NEED_TWO,)),
        (CHILDREN, CHILDREN[1:], {}, (StillOpen.DISPUTED,)),
        (CHILDREN, CHILDREN[1:], {"settled": {CHILDREN[0]: True}}, ()),
        (CHILDREN, CHILDREN[1:], {"settled": {CHILDREN[0]: False}}, (StillOpen.MISSING,)),
        (CHILDREN[1:], CHILDREN[1:], {}, (StillOpen.MISSING,)),
        (CHILDREN[1:], CHILDREN[1:], {"away": CHILDREN[:1]}, ()),
        (CHILDREN, CHILDREN, {"away": CHILDREN[:1]}, (StillOpen.BACK,)),
        ([*CHILDREN, STRANGER], [*CHILDREN, STRANGER], {}, (StillOpen.UNEXPECTED,)),
    ],
)
def test_checkpoint_stays_open_until_all_is_explained(first, second, said, keeping):
    assert counted(first, second, **said).open == keeping


def test_whoever_counts_is_told_whom_they_have_yet_to_see():
    assert missing_for(CHILDREN, CHILDREN[:1], CHILDREN[1:3]) == set(CHILDREN[3:])


def stages(*lists):
    keys = ("planned", "cleared", "handed over")
    return [Stage(key=each, children=frozenset(them)) for each, them in zip(keys, lists)]  # noqa: B905 (some are not counted yet)


def test_difference_between_stages_names_each_child_with_its_reason():
    reasons = {("cleared", CHILDREN[0]): "court"}

    [found] = gaps(stages(CHILDREN, CHILDREN[2:]), reasons)

    assert found.fell == {CHILDREN[0]: "court"}
    assert found.unexplained == {CHILDREN[1]}
    assert not found.balances


def test_operation_stays_open_while_a_child_is_unexplained_or_new():
    between = gaps(stages(CHILDREN[1:], CHILDREN[:4]), {})

    assert keeps_open(between, uncounted=True, broken=True) == (
        StillOpen.NOT_COUNTED,
        StillOpen.UNEXPLAINED,
        StillOpen.JOINED,
        StillOpen.BROKEN,
    )
    assert keeps_open(gaps(stages(CHILDREN, CHILDREN), {}), uncounted=False, broken=False) == ()


some_child = st.sampled_from(CHILDREN)
some_minute = st.integers(0, 240)  # any time: what comes late lies before what came first
some_holder = st.sampled_from(HOLDERS)


class AnyInterleaving(RuleBasedStateMachine):
    """Records of an operation, as they come in from several people and telephones."""

    def __init__(self):
        super().__init__()
        self.records, self.sightings, self.number = [], {each: [] for each in STAGES}, 0
        self.away, self.settled = {}, {each: {} for each in STAGES}
        self.finished = dict.fromkeys(STAGES, COUNTERS)

    def recorded(self, child, giver, receiver, minutes, **said):
        self.number += 1
        said |= {"child": child, "came": self.number}
        self.records.append(passed(self.number, giver, receiver, minutes, **said))

    @rule(child=some_child, receiver=some_holder, minutes=some_minute)
    def hand_over(self, child, receiver, minutes):
        self.recorded(child, custody_of(child, ORIGIN, self.records).holder, receiver, minutes)

    @rule(child=some_child, giver=some_holder, receiver=some_holder, minutes=some_minute)
    def hand_over_what_another_holds(self, child, giver, receiver, minutes):
        self.recorded(child, giver, receiver, minutes)

    @rule(data=st.data(), receiver=some_holder, minutes=some_minute, void=st.booleans())
    def correct(self, data, receiver, minutes, void):
        if self.records:
            wrong = data.draw(st.sampled_from(self.records))
            said = {"corrects": wrong.id, "void": void}
            self.recorded(wrong.child, wrong.giver, receiver, minutes, **said)

    @rule(data=st.data())
    def send_again(self, data):
        if self.records:
            self.records.append(data.draw(st.sampled_from(self.records)))

    @rule(
        stage=st.sampled_from(STAGES),
        counter=st.sampled_from(COUNTERS),
        children=st.just(set(CHILDREN)) | st.sets(st.sampled_from((*CHILDREN, STRANGER))),
        minutes=some_minute,
        there=st.booleans(),
    )
    def count(self, stage, counter, children, minutes, there):
        for child in children:
            self.number += 1
            self.sightings[stage].append(
                Sighting(
                    at=at(minutes),
                    id=UUID(int=self.number),
                    counter=counter,
                    child=child,
                    there=there,
                )
            )

    @rule(stage=st.sampled_from(STAGES), counters=st.sets(st.sampled_from(COUNTERS)))
    def finish(self, stage, counters):
        self.finished[stage] = counters

    @rule(stage=st.sampled_from(STAGES), child=some_child)
    def leave_behind(self, stage, child):
        self.away[child] = STAGES.index(stage)

    @rule(child=some_child, stage=st.sampled_from(STAGES), minutes=some_minute)
    def fly_out_for_treatment(self, child, stage, minutes):
        self.hand_over(child, "hospital", minutes)
        self.leave_behind(stage, child)

    @rule(child=some_child)
    def take_back_that_it_left(self, child):
        self.away.pop(child, None)

    @rule(stage=st.sampled_from(STAGES), child=some_child, there=st.booleans())
    def settle(self, stage, child, there):
        self.settled[stage][child] = there

    @rule(data=st.data(), child=some_child, stage=st.sampled_from(STAGES), there=st.booleans())
    def amend(self, data, child, stage, there):
        """Two people agree that a closed checkpoint was wrong about a child."""
        number = STAGES.index(stage)
        self.settled[stage][child] = there
        gone = self.away.get(child, number + 1) <= number
        if there and gone:
            del self.away[child]
        if not there:
            self.away[child] = min(number, self.away.get(child, number))
            lines = standing({each for each in self.records if each.child == child})
            if lines:
                wrong = data.draw(st.sampled_from(sorted(lines, key=lambda each: each.turn)))
                told = {"corrects": wrong.id, "void": True}
                self.recorded(child, wrong.giver, wrong.receiver, wrong.at.minute, **told)
                assert wrong not in standing(self.records)
        seen, away = seen_by(self.sightings[stage]), {child} & set(self.away)
        found = outcome(CHILDREN, away, seen, self.finished[stage], self.settled[stage])
        assert (child in found.present) == there

    @invariant()
    def every_child_has_one_custodian_at_any_moment(self):
        shuffled = random.Random(self.number).sample(self.records, len(self.records))  # noqa: S311 (an order, no secret)
        custody = [custody_of(each, ORIGIN, self.records) for each in CHILDREN]
        for minutes in (-1, 60, 239, 999):
            parts = by_holder(custody, at(minutes))
            everybody = [child for children in parts.values() for child in children]
            assert sorted(everybody) == sorted(CHILDREN)
            assert set(parts) <= set(HOLDERS)
        assert custody == [custody_of(each, ORIGIN, shuffled) for each in CHILDREN]

    @invariant()
    def last_record_that_stands_says_who_holds_a_child(self):
        for child in CHILDREN:
            own = standing({each for each in self.records if each.child == child})
            latest = max((each.at for each in own), default=None)
            last = {each.receiver for each in own if each.at == latest} or {ORIGIN}
            assert custody_of(child, ORIGIN, self.records).holder in last

    @invariant()
    def nobody_is_lost_from_a_count(self):
        listed, counted = frozenset(CHILDREN), []
        for number, stage in enumerate(STAGES):
            away = {child for child, left in self.away.items() if left <= number}
            seen = seen_by(self.sightings[stage])
            finished, settled = self.finished[stage], self.settled[stage]
            found = outcome(listed, away, seen, finished, settled)
            parts = [found.there, found.away, found.missing, found.disputed, found.back]
            assert sorted(child for part in parts for child in part if child in listed) == sorted(
                CHILDREN
            )
            strangers = found.unexpected | (found.disputed - listed)
            some = frozenset().union(*(seen.get(each, frozenset()) for each in finished))
            assert strangers == some - listed
            closes = len(finished) == len(COUNTERS) and found.present == listed - away
            assert (found.open == ()) == (closes and not found.disputed)
            counted.append(Stage(key=stage, children=found.present))
        for each in gaps(counted, {(stage, child): "said" for stage in STAGES for child in away}):
            before, after = each.before.children, each.after.children
            stayed = set(each.fell) | each.unexplained
            assert len(after) == len(before) - len(stayed) + len(each.joined)
            assert stayed == before - after


AnyInterleaving.TestCase.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=20, deadline=None
)
test_no_interleaving_loses_a_child = AnyInterleaving.TestCase
