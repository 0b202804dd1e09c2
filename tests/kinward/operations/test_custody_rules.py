"""Who holds a child, and that nobody is ever lost, in whatever order records come."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import NamedTuple
from uuid import UUID

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kinward.operations.models.counting import Breach
from kinward.operations.rules import (
    BEFORE_ALL,
    Passed,
    Said,
    Sighting,
    Stage,
    Stands,
    amiss,
    by_holder,
    custody_of,
    follows_of,
    gaps,
    is_wordless,
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


some_child = st.sampled_from(CHILDREN)
some_minute = st.integers(0, 240)  # any time: what comes late lies before what came first
some_holder = st.sampled_from(HOLDERS)
some_why = st.sampled_from(("", "court", "other", "objection"))
rarely = st.sampled_from((False, False, False, True))
LEADS = ("the lead", "the second")


class Asked(NamedTuple):
    """What one person says against a closed checkpoint, until another one answers."""

    child: UUID
    stage: int
    said: Said
    by: str


class Word(NamedTuple):
    """That a child did not go on from a checkpoint, as it stands."""

    child: UUID
    stage: int
    why: str


class AnyInterleaving(RuleBasedStateMachine):
    """Records of an operation, as they come in from several people and telephones."""

    def __init__(self):
        super().__init__()
        self.records, self.sightings, self.number = [], {each: [] for each in STAGES}, 0
        self.words, self.settled = {}, {each: {} for each in STAGES}
        self.finished = dict.fromkeys(STAGES, COUNTERS)
        self.closed, self.asked = 0, []  # how many checkpoints are closed, in their order

    @initialize(gone=st.lists(st.none() | some_child, max_size=len(STAGES)))
    def begin(self, gone):
        """Some of the way lies behind them already, and some did not go on."""
        for stage, child in enumerate(gone):
            if child:
                self.leave_behind(stage, child, "court")
            self.count_and_close()

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
            self.correct_line(wrong, receiver, minutes, void=void)

    def correct_line(self, wrong, receiver, minutes, *, void):
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
        if STAGES.index(stage) >= self.closed:
            self.finished[stage] = tuple(sorted(counters))

    @precondition(lambda self: self.closed < len(STAGES))
    @rule()
    def count_and_close(self):
        """Both counters look again, and see everybody who did not leave, and nobody else."""
        stage, away = STAGES[self.closed], self.away_at(self.closed)
        self.finished[stage] = COUNTERS
        for child, counter in product((*CHILDREN, STRANGER), COUNTERS):
            there = child != STRANGER and child not in away
            self.count(stage, counter, [child], 300 + self.number, there=there)
            if child in self.settled[stage]:
                self.settled[stage][child] = there
        before = self.closed
        self.close()
        assert self.closed == before + 1

    @precondition(lambda self: self.closed < len(STAGES))
    @rule()
    def close(self):
        if self.outcome_at(self.closed).open == ():
            self.closed += 1

    @rule(stage=st.sampled_from(range(-1, len(STAGES))), child=some_child, why=some_why)
    def leave_behind(self, stage, child, why):
        """As the action does: at what is open, of whom nothing is said, and for a reason."""
        known = any(each.child == child for each in self.words.values())
        if why and not known and (stage == BEFORE_ALL or stage >= self.closed):
            self.say(child, stage, why)

    def say(self, child, stage, why):
        self.number += 1
        self.words[self.number] = Word(child, stage, why)

    @rule(child=some_child, stage=st.sampled_from(range(len(STAGES))), minutes=some_minute)
    def fly_out_for_treatment(self, child, stage, minutes):
        self.hand_over(child, "hospital", minutes)
        self.leave_behind(stage, child, "unfit")

    @rule(data=st.data())
    def take_back_that_it_left(self, data):
        """As the action does: unless its checkpoint is closed."""
        some = [key for key, each in self.words.items() if not 0 <= each.stage < self.closed]
        if some:
            del self.words[data.draw(st.sampled_from(sorted(some)))]

    @rule(stage=st.sampled_from(STAGES), child=some_child, there=st.booleans())
    def settle(self, stage, child, there):
        if STAGES.index(stage) >= self.closed:
            self.settled[stage][child] = there

    def away_at(self, stage):
        return {each.child: each.why for each in self.words.values() if each.stage <= stage}

    def outcome_at(self, stage):
        name = STAGES[stage]
        seen = seen_by(self.sightings[name])
        finished, settled = self.finished[name], self.settled[name]
        return outcome(frozenset(CHILDREN), self.away_at(stage), seen, finished, settled)

    def lines_of(self, child):
        return standing({each for each in self.records if each.child == child})

    def stands_of(self, child, stage, *, asked=False):
        return Stands(
            closed=stage < self.closed,
            listed=True,
            present=child in self.outcome_at(stage).present,
            away=self.away_at(stage).get(child),
            lines=frozenset(each.id for each in self.lines_of(child)),
            asked=asked,
        )

    @precondition(lambda self: self.closed)
    @rule(data=st.data(), child=some_child, otherwise=rarely, by=st.sampled_from(LEADS))
    def ask_to_amend(self, data, child, otherwise, by):
        """One person says that a closed checkpoint was wrong; others go on meanwhile."""
        stage = data.draw(st.sampled_from(range(self.closed)))
        there = (child in self.outcome_at(stage).present) != otherwise
        lines = sorted(each.id for each in self.lines_of(child))
        why = "" if there else data.draw(some_why)
        said = Said(
            there=there,
            words="" if "objection" in {why, self.away_at(stage).get(child)} else "a reason",
            left="absent" if why else "",
            why=why,
            line=data.draw(st.none() | st.sampled_from(lines)) if lines else None,
        )
        waits = any(each[:2] == (child, stage) for each in self.asked)
        if not amiss(said, self.stands_of(child, stage, asked=waits)):
            self.asked.append(Asked(child, stage, said, by))

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), refuse=rarely, by=st.sampled_from(LEADS))
    def answer_amendment(self, data, refuse, by):
        """Another one agrees, however much has come in since; or does not."""
        asked = data.draw(st.sampled_from(self.asked))
        stands = self.stands_of(asked.child, asked.stage)
        said = replace(asked.said, words="" if is_wordless(asked.said, stands) else "a reason")
        if by == asked.by or (not refuse and amiss(said, stands)):
            return
        self.asked.remove(asked)
        if not refuse:
            self.decide(asked)

    def decide(self, asked):
        child, stage, said, _by = asked
        before = custody_of(child, ORIGIN, self.records)
        self.settled[STAGES[stage]][child] = said.there
        own = {key: each.stage for key, each in self.words.items() if each.child == child}
        follows = follows_of(there=said.there, number=stage, leavings=own)
        for key in follows.taken_back:
            del self.words[key]
        if follows.leaves:
            self.say(child, stage, said.why)
        if said.line:
            [wrong] = [each for each in set(self.lines_of(child)) if each.id == said.line]
            minutes = (wrong.at - START) // timedelta(minutes=1)
            self.correct_line(wrong, wrong.receiver, minutes, void=True)
        event("amended to there" if said.there else "amended to gone")
        found = self.outcome_at(stage)
        assert (child in found.present) == said.there
        assert (child in found.away) == (not said.there)
        assert said.line not in {each.id for each in self.lines_of(child)}
        if not said.line:
            assert custody_of(child, ORIGIN, self.records) == before

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
            own = self.lines_of(child)
            latest = max((each.at for each in own), default=None)
            last = {each.receiver for each in own if each.at == latest} or {ORIGIN}
            assert custody_of(child, ORIGIN, self.records).holder in last

    @invariant()
    def one_word_with_its_reason_stands_of_who_did_not_go_on(self):
        children = [each.child for each in self.words.values()]
        assert sorted(children) == sorted(set(children))
        assert all(each.why for each in self.words.values())

    @invariant()
    def nobody_is_lost_from_a_count(self):
        listed, counted, reasons = frozenset(CHILDREN), [], {}
        for number, stage in enumerate(STAGES):
            away = frozenset(self.away_at(number))
            seen, finished = seen_by(self.sightings[stage]), self.finished[stage]
            found = self.outcome_at(number)
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
            reasons |= {(stage, child): why for child, why in self.away_at(number).items()}
        between = gaps([Stage(key="planned", children=listed), *counted], reasons)
        for number, each in enumerate(between):
            before, after = each.before.children, each.after.children
            stayed = set(each.fell) | each.unexplained
            assert len(after) == len(before) - len(stayed) + len(each.joined)
            assert stayed == before - after
            if all(self.outcome_at(one).open == () for one in range(number + 1)):
                assert each.balances


AnyInterleaving.TestCase.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=40, deadline=None
)
test_no_interleaving_loses_a_child = AnyInterleaving.TestCase
