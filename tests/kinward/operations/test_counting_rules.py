"""Two counts, who is missing, what may be closed, and where children stayed behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kinward.operations.models.counting import StillOpen
from kinward.operations.rules import (
    Sighting,
    Stage,
    gaps,
    keeps_open,
    missing_for,
    outcome,
    seen_by,
)

CHILDREN = tuple(UUID(int=each) for each in range(1, 6))
STRANGER = UUID(int=99)
COUNTERS = (UUID(int=201), UUID(int=202))


def at(minutes):
    return datetime(2018, 12, 30, 4, tzinfo=UTC) + timedelta(minutes=minutes)


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
