"""The actions themselves, in any order on the database: nobody lost, held by two, planned twice."""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from operation import another, plan

from kinward.core.errors import KinwardError
from kinward.operations import actions, queries
from kinward.operations.models import (
    Amendment,
    CheckpointKind,
    Handover,
    Leaving,
    Left,
    OnPlan,
    Reconciled,
    Settled,
    WhyNot,
)

KINDS = (CheckpointKind.HANDED_OVER, CheckpointKind.BOARDED, CheckpointKind.LANDED)
# Whoever changes the actions runs it longer: KINWARD_RECORDED=200.
EXAMPLES = int(os.environ.get("KINWARD_RECORDED", "3"))

some_child = st.integers(0, 2)
some_kind = st.sampled_from(KINDS)
some_holder = st.sampled_from(("", "delegation", "hospital"))
some_why = st.sampled_from((WhyNot.COURT, WhyNot.OTHER, WhyNot.OBJECTION))
rarely = st.sampled_from((False, False, False, True))


class Recorded(RuleBasedStateMachine):
    """What people record of an operation, and of the one that comes after it."""

    def __init__(self, make_user, make_child, at):
        super().__init__()
        self.within = transaction.atomic()
        self.within.__enter__()
        children = [make_child(name) for name in ("رسلان", "زينب", "تيمور")]
        self.planned = plan(make_user, children, at, kinds=KINDS)
        self.following = another(self.planned)
        self.number = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.within.__exit__(None, None, None)

    def child(self, number):
        return self.planned.children[number]

    def told(self):
        return {"by": self.planned.lead, "at": self.planned.now()}

    def tried(self, act, *arguments, **said):
        """Do what somebody tries; what is refused leaves nothing behind."""
        try:
            with transaction.atomic():
                act(*arguments, **said)
        except KinwardError:
            return
        event(act.__name__)

    def holder(self, name):
        return getattr(self.planned, name) if name else None

    def journey(self):
        return queries.under_way(self.planned.operation, user=self.planned.lead)

    @initialize(
        gone=st.lists(st.none() | some_child, max_size=len(KINDS)),
        wrong=st.lists(st.tuples(some_kind, some_child, some_why), max_size=2),
        agreed=st.booleans(),
    )
    def begin(self, gone, wrong, agreed):
        """Some of the way lies behind them already; some did not go on, some were miscounted."""
        self.planned.hand_over(self.planned.children, None, self.planned.delegation)
        for kind, number in zip(KINDS, gone, strict=False):
            if number is not None:
                self.leave_behind(number, kind, WhyNot.COURT, over=True)
            self.count_and_close(kind)
        for kind, number, why in wrong:
            self.say_otherwise(kind, number, why, line=None)
        if agreed:
            self.answer(Amendment.objects.all())

    @rule(number=some_child, giver=some_holder, receiver=some_holder, late=st.integers(0, 20))
    def hand_over(self, number, giver, receiver, late):
        when = self.planned.now() - timedelta(minutes=late)
        ends = (self.holder(giver), self.holder(receiver))
        self.tried(self.planned.hand_over, [self.child(number)], *ends, handed_at=when)

    @rule(data=st.data(), void=st.booleans())
    def correct(self, data, void):
        lines = list(Handover.objects.order_by("recorded_at", "id"))
        line = data.draw(st.sampled_from(lines))
        handed = actions.Handed(
            giver=line.minute.giver,
            receiver=self.planned.hospital,
            handed_at=line.minute.handed_at,
            witnesses="the ambassador",
        )
        said = {"line": line, "handed": None if void else handed, "reason": "the wrong sheet"}
        self.tried(actions.correct_handover, **said, **self.told())

    @rule(kind=some_kind)
    def count_and_close(self, kind):
        """Both counters see everybody who did not leave; it is closed unless something is open."""
        away = self.journey().post(self.planned.checkpoints[kind]).away
        here = [each for each in self.planned.children if each.pk not in away]
        for counter in self.planned.counters:
            self.tried(self.planned.count, kind, counter, here)
        self.tried(self.planned.close, kind)

    @rule(kind=some_kind, numbers=st.sets(some_child), counter=st.integers(0, 1))
    def count(self, kind, numbers, counter):
        here = [self.child(each) for each in numbers]
        self.tried(self.planned.count, kind, self.planned.counters[counter], here, done=False)

    @rule(kind=some_kind, number=some_child, there=st.booleans())
    def settle(self, kind, number, there):
        said = {"child": self.child(number).pk, "there": there, "reason": "we went and looked"}
        told = self.told()
        self.tried(actions.settle, checkpoint=self.planned.checkpoints[kind], **said, **told)

    @rule(number=some_child, kind=st.just("") | some_kind, why=some_why, over=st.booleans())
    def leave_behind(self, number, kind, why, over):
        said = {"why": why, "words": "" if why == WhyNot.OBJECTION else "the judge was away"}
        said |= {"carried_to": self.following if over else None}
        self.tried(self.planned.stay, self.child(number), kind, Left.NOT_FLOWN, **said)

    @rule(number=some_child)
    def fly_out_for_treatment(self, number):
        self.hand_over(number, "delegation", "hospital", 0)
        for kind in KINDS:
            said = {"why": WhyNot.UNFIT}
            self.tried(self.planned.stay, self.child(number), kind, Left.MEDEVAC, **said)

    @rule(number=some_child)
    def take_back_that_it_left(self, number):
        for leaving in standing(self.child(number)):
            said = {"leaving": leaving, "reason": "the judge came"}
            self.tried(actions.take_leaving_back, **said, **self.told())

    @rule(number=some_child)
    def plan_elsewhere(self, number):
        """As `put_on_plan` does, of a child that is on no plan."""
        child = self.child(number)
        if child.pk not in queries.on_some_plan():
            told = {"recorded_by": self.planned.lead, "recorded_at": self.planned.now()}
            operation = another(self.planned)
            OnPlan.objects.create(operation=operation, child=child, on=True, over=[1], **told)

    @rule(data=st.data(), kind=some_kind, number=some_child, as_is=rarely, why=some_why)
    def ask_to_amend(self, data, kind, number, as_is, why):
        links = self.journey().custody[self.child(number).pk].links
        lines = st.sampled_from([each.records[0] for each in links]) if links else st.none()
        line = data.draw(st.none() | lines)
        self.say_otherwise(kind, number, why, line=line, as_is=as_is)

    def say_otherwise(self, kind, number, why, *, line, as_is=False):
        """Say that a child was there, or was not: not `as_is` by the checkpoint."""
        child, journey = self.child(number), self.journey()
        post = journey.post(self.planned.checkpoints[kind])
        there = (child.pk in post.outcome.present) == as_is
        away = post.away.get(child.pk)
        why = "" if there or away else why
        wordless = WhyNot.OBJECTION in {why, away.why if away and not there else ""}
        wrong = actions.Wrong(
            child=child.pk,
            there=there,
            left=Left.ABSENT if why else "",
            why=why,
            reason="" if wordless else "It was her sister.",
            line=line,
        )
        said = {"checkpoint": post.checkpoint, "wrong": wrong}
        self.tried(actions.ask_to_amend, **said, **self.told())

    @precondition(lambda self: Amendment.objects.filter(answer__isnull=True).exists())
    @rule(data=st.data(), refuse=rarely)
    def answer_amendment(self, data, refuse):
        waiting = Amendment.objects.filter(answer__isnull=True).order_by("recorded_at", "id")
        self.answer([data.draw(st.sampled_from(list(waiting)))], agree=not refuse)

    def answer(self, asked, *, agree=True):
        for each in asked:
            told = self.told() | {"by": self.planned.counters[0]}
            self.tried(actions.answer_amendment, amendment=each, agree=agree, **told)

    @rule()
    def close_operation(self):
        told = self.told()
        self.tried(actions.close_operation, operation=self.planned.operation, **told)

    @invariant()
    def every_child_has_one_custodian_and_a_place_in_each_count(self):
        journey = self.journey()
        children = {each.pk for each in self.planned.children}
        holders = {"", str(self.planned.delegation.pk), str(self.planned.hospital.pk)}
        assert {child for child, each in journey.custody.items() if each.holder in holders} == (
            children
        )
        for post in journey.posts:
            found = post.outcome
            parts = (found.there, found.away, found.missing, found.disputed, found.back)
            assert Counter(each for part in parts for each in part) == Counter(children)
            if post.closing:
                assert post.then == post.closing.there

    @invariant()
    def totals_reconcile(self):
        found = queries.reconciliation_of(self.journey(), user=self.planned.lead)
        for before, after in zip(found.columns, found.columns[1:], strict=False):
            stayed = set(after.gap.fell) | after.gap.unexplained
            assert after.amount == before.amount - len(stayed) + len(after.gap.joined)
            assert all(after.gap.fell.values())
        if Reconciled.objects.exists() and not Amendment.objects.filter(answer__agreed=True):
            assert found.open == ()

    @invariant()
    def one_word_with_its_reason_stands_of_who_left(self):
        for child in self.planned.children:
            words = standing(child)
            assert len(words) <= 1
            for each in words:
                assert each.left in Left.values
                assert each.why in WhyNot.values
                assert bool(each.words) or each.why != WhyNot.OTHER
                assert not each.words or each.why != WhyNot.OBJECTION
        label = str(WhyNot.OBJECTION.label)
        kept = {each.reason for each in Amendment.objects.filter(why=WhyNot.OBJECTION)}
        assert kept <= {label}
        assert all(each.reason for each in Settled.objects.all())

    @invariant()
    def no_child_is_on_two_open_plans(self):
        for child in self.planned.children:
            last = {}
            rows = OnPlan.objects.filter(child=child, operation__reconciled__isnull=True)
            for row in rows.order_by("recorded_at", "id"):
                last[row.operation_id] = row.on
            stayed = {
                each.operation_id
                for each in Leaving.objects.filter(
                    child=child, takes_back__isnull=True, taken_back__isnull=True
                )
            }
            assert sum(on for key, on in last.items() if key not in stayed) <= 1


def standing(child):
    """How a child did not go on with its operation, as it stands."""
    return list(
        Leaving.objects.filter(child=child, takes_back__isnull=True, taken_back__isnull=True)
    )


@pytest.mark.usefixtures("db")
def test_no_order_of_actions_loses_a_child(make_user, make_child, at):
    run_state_machine_as_test(
        lambda: Recorded(make_user, make_child, at),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
