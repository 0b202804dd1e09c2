"""Who is clear, what would follow if, who goes with them, what a manifest says: pure rules."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.casework.models import Track, Unmet
from kinward.casework.rules import Case, clear_to_fly
from kinward.casework.tracks import Best, Movement, Standing, Taken
from kinward.operations import rules
from kinward.operations.models import Change, Obstacle, State, Unready
from kinward.operations.rules import Child, Line, Recorded, ToSign

DAY = date(2026, 12, 30)
KEYS = [UUID(int=number) for number in range(1, 7)]
OWN = st.frozensets(st.sampled_from(sorted(set().union(*rules.planning.REASONS.values()))))
CHILDREN = st.fixed_dictionaries(
    {
        key: st.builds(
            Child,
            own=OWN,
            siblings=st.frozensets(st.sampled_from([one for one in KEYS if one != key])),
            may_part=st.booleans(),
            waits_for_nothing=st.booleans(),
        )
        for key in KEYS
    }
)
LINES = st.lists(
    st.builds(
        Line,
        child=st.sampled_from(KEYS),
        surname=st.sampled_from(["Testov", "Testova", ""]),
        given=st.sampled_from(["Ruslan", "Aisha"]),
        document=st.sampled_from([{}, {"number": "1"}, {"number": "2"}]),
        over=st.sampled_from([(1,), (1, 2), (2,)]),
        berth=st.sampled_from(["seat", "cot"]),
    ),
    unique_by=lambda line: line.child,
)


@given(children=CHILDREN)
def test_settling_more_never_grounds_anybody(children):
    now = rules.clear(KEYS, children)

    for lifted in rules.planning.REASONS.values():
        assert rules.clear(KEYS, children, lifted) >= now
    everything = frozenset().union(*rules.planning.REASONS.values())
    assert rules.clear(KEYS, children, everything) == set(KEYS)


@given(children=CHILDREN)
def test_what_would_follow_is_who_is_clear_then_and_not_now(children):
    now = rules.clear(KEYS, children)

    for each in rules.if_settled(KEYS, children):
        lifted = rules.planning.REASONS[each.obstacle]
        assert each.more == rules.clear(KEYS, children, lifted) - now
        assert each.stopped == sum(bool(children[key].own & lifted) for key in KEYS)


@given(children=CHILDREN)
def test_groups_hold_each_sibling_of_the_plan_once(children):
    found = rules.groups(KEYS, children)

    listed = [key for group in found for key in group]
    assert len(listed) == len(set(listed))
    for key in KEYS:
        assert all(any({key, one} <= group for group in found) for one in children[key].siblings)


@pytest.mark.parametrize("parted", [False, True])
@pytest.mark.parametrize("listed", [False, True])
def test_plan_says_the_same_of_siblings_as_the_gate(parted, listed):
    def taken(to):
        return Taken(id=KEYS[5], to=to, by=KEYS[5], at=None, on=DAY - timedelta(days=1))

    apart = Standing(position=Best.DONE, steps=(taken(Best.APART),) if parted else ())
    flown = Standing(position=Movement.MANIFESTED if listed else Movement.FIT)
    sibling = Case(tracks={Track.MOVEMENT: flown})
    case = Case(tracks={Track.BEST_INTERESTS: apart}, siblings=(sibling,))
    own = frozenset(clear_to_fly(Case(tracks=case.tracks), DAY))
    children = {
        KEYS[0]: Child(own=own, siblings=frozenset({KEYS[1]}), may_part=parted),
        KEYS[1]: Child(own=frozenset({Unmet.NO_LEAVE}), waits_for_nothing=listed),
    }

    assert rules.reasons(KEYS[0], children) == set(clear_to_fly(case, DAY))


def test_sibling_whose_paper_is_missing_is_freed_with_its_brother():
    waiting = Child(siblings=frozenset({KEYS[1]}))
    missing = Child(own=frozenset({Unmet.NO_DOCUMENT}), siblings=frozenset({KEYS[0]}))
    children = {KEYS[0]: waiting, KEYS[1]: missing}

    (found,) = rules.if_settled(KEYS[:2], children)

    assert (found.obstacle, found.stopped) == (Obstacle.DOCUMENTS, 1)
    assert found.more == {KEYS[0], KEYS[1]}


def test_siblings_on_other_legs_are_parted_unless_that_was_decided():
    first, second = KEYS[:2]
    kin = {
        first: Child(siblings=frozenset({second})),
        second: Child(siblings=frozenset({first}), may_part=True),
    }

    assert rules.split({first: (1,), second: (1,)}, kin) == set()
    assert rules.split({first: (1,), second: (2,)}, kin) == {first}
    assert rules.split({first: (1,)}, kin) == {first}
    flown = kin | {second: Child(waits_for_nothing=True)}
    assert rules.split({first: (1,)}, flown) == set()


@pytest.mark.parametrize(
    ("births", "escorts"),
    [
        ([], 0),
        ([None], 1),
        ([date(2026, 1, 1)] * 3, 3),
        ([date(2023, 1, 1)] * 4, 2),
        ([date(2018, 1, 1)] * 10, 2),
        ([date(2011, 1, 1)] * 8, 1),
        ([date(2023, 1, 1), date(2018, 1, 1)], 1),
        ([date(2000, 1, 1)], 1),
    ],
)
def test_escorts_follow_from_the_ages(births, escorts):
    assert rules.escorts_needed(births, DAY) == escorts


def test_child_is_as_old_as_on_the_day_it_flies():
    assert rules.age_on(date(2021, 12, 31), DAY) == 4
    assert rules.age_on(date(2021, 12, 30), DAY) == 5
    assert all(band.why for band in rules.bands())


@given(lines=LINES, others=LINES)
def test_versions_differ_exactly_where_their_digests_do(lines, others):
    lines, others = (sorted(each, key=lambda line: line.child) for each in (lines, others))
    said = [rules.digest("O-1", 1, each, []) for each in (lines, others)]

    assert (rules.differences(lines, others) == []) == (said[0] == said[1])
    assert rules.says_the_same(lines, lines)


@given(lines=LINES, others=LINES)
def test_differences_are_told_the_other_way_round_too(lines, others):
    there = {(each.child, each.change) for each in rules.differences(lines, others)}
    back = {(each.child, each.change) for each in rules.differences(others, lines)}
    turned = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED}

    assert {(child, turned.get(change, change)) for child, change in there} == back


@given(signers=st.lists(st.sampled_from(KEYS[:3])), by=st.sampled_from(KEYS))
def test_manifest_is_frozen_by_two_and_nobody_signs_twice(signers, by):
    version = ToSign(signers=signers, is_last=True, intact=True, as_planned=True, as_printed=True)

    assert rules.frozen(signers) == (len(set(signers)) > 1)
    may = rules.may_sign(version, by) == ()
    assert may == (len(set(signers)) < 2 and by not in signers)


@pytest.mark.parametrize(
    ("said", "unready"),
    [
        ({"is_last": False}, Unready.LATER),
        ({"intact": False}, Unready.TAMPERED),
        ({"as_planned": False}, Unready.STALE),
        ({"as_printed": False}, Unready.RENAMED),
    ],
)
def test_version_that_does_not_hold_is_not_signed(said, unready):
    holds = {"is_last": True, "intact": True, "as_planned": True, "as_printed": True}

    assert rules.may_sign(ToSign(signers=(), **holds | said), KEYS[0]) == (unready,)


@given(st.builds(Recorded, **dict.fromkeys(Recorded.__dataclass_fields__, st.booleans())))
def test_state_is_the_furthest_that_is_recorded(recorded):
    states = list(State)
    told = [getattr(recorded, name) for name in Recorded.__dataclass_fields__]
    reached = [states[at] for at, holds in enumerate(told, 1) if holds]

    assert rules.state_of(recorded) == (reached[-1] if reached else State.PLANNED)
