"""What two interviews come to, by the rules alone."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.casework.models import Evidence
from kinward.tracing.models import DnaResult, Finding, Point, Settled, Wish
from kinward.tracing.rules import (
    ASKED_OF_BOTH,
    FEWEST_PHOTOGRAPHS,
    MOST_PHOTOGRAPHS,
    Proof,
    Search,
    Stage,
    Status,
    Taken,
    agrees,
    as_told,
    compared,
    discrepancies,
    evidence,
    lacks_photographs,
    picked,
    stage,
    standing_decision,
    status,
    waiting_recommendation,
)

YEARS = st.none() | st.integers(2000, 2019)
SAID = st.fixed_dictionaries(
    {},
    optional={
        Point.FAMILY: st.sampled_from(["Zainab and Ruslan", "Зайнаб", "زينب", "Mariam"]),
        Point.LIVED_WITH: st.lists(st.sampled_from(["mother", "father"]), unique=True),
        Point.SIBLINGS: st.integers(0, 4),
        Point.SCHOOL: st.sampled_from(["yes", "no"]),
        Point.SEPARATED_IN: st.integers(2012, 2018),
        "recognises": st.sampled_from(["yes", "no", "unsure"]),
        "brought": st.lists(st.sampled_from(["documents", "photographs"]), unique=True),
    },
)
PROOFS = st.builds(
    Proof,
    adult=SAID,
    child=SAID,
    adult_picked=st.none() | st.booleans(),
    child_picked=st.none() | st.booleans(),
    dna=st.lists(st.sampled_from(DnaResult), max_size=2).map(tuple),
)
ORDERS = st.integers(1, 15).flatmap(lambda size: st.permutations(range(1, size + 1)))


@given(PROOFS)
def test_what_one_side_does_not_know_disagrees_with_nothing(proof):
    empty = Proof(adult=proof.adult, child={})

    assert set(compared(empty).values()) == {None}
    assert discrepancies(empty) == []


@given(PROOFS)
def test_sides_are_compared_alike_whichever_is_which(proof):
    swapped = Proof(adult=proof.child, child=proof.adult)

    assert compared(proof) == compared(swapped)


@given(PROOFS)
def test_every_point_that_disagrees_has_to_be_explained_once(proof):
    found = discrepancies(proof)

    assert len(found) == len(set(found))
    assert {point for point in found if point in ASKED_OF_BOTH} == {
        point for point, same in compared(proof).items() if same is False
    }
    assert (Point.ADULT_LINE_UP in found) == (proof.adult_picked is False)
    assert (Point.CHILD_LINE_UP in found) == (proof.child_picked is False)
    assert (Point.DNA in found) == (DnaResult.EXCLUDES in proof.dna)


@given(PROOFS)
def test_inconclusive_test_is_neither_evidence_nor_against_it(proof):
    inconclusive = Proof(adult={}, child={}, dna=(DnaResult.INCONCLUSIVE,))

    assert evidence(inconclusive) == frozenset()
    assert discrepancies(inconclusive) == []
    assert (Evidence.DNA in evidence(proof)) == (DnaResult.SUPPORTS in proof.dna)


@pytest.mark.parametrize(
    ("point", "adult", "child", "same"),
    [
        (Point.FAMILY, "Зайнаб, Руслан", "زينب", True),
        (Point.FAMILY, "Zainab and Ruslan", "Mariam", False),
        (Point.LIVED_WITH, ["mother", "father"], ["father", "mother"], True),
        (Point.LIVED_WITH, ["mother"], ["father", "mother"], False),
        (Point.SIBLINGS, 0, 0, True),
        (Point.SIBLINGS, 2, 3, False),
        (Point.SEPARATED_IN, 2014, 2015, True),
        (Point.SEPARATED_IN, 2014, 2016, False),
        (Point.SCHOOL, "yes", "no", False),
        (Point.SCHOOL, "", "no", None),
        (Point.LIVED_WITH, [], ["mother"], None),
    ],
)
def test_answers_agree(point, adult, child, same):
    assert agrees(point, adult, child) is same


@pytest.mark.parametrize(
    ("proof", "kinds"),
    [
        (Proof(adult={"brought": ["documents"]}, child={}), {Evidence.DOCUMENT}),
        (Proof(adult={}, child={"recognises": "unsure"}), set()),
        (Proof(adult={}, child={"recognises": "yes"}), {Evidence.RECOGNITION}),
        (Proof(adult={}, child={}, adult_picked=True), {Evidence.RECOGNITION}),
        (Proof(adult={Point.SCHOOL: "yes"}, child={Point.SCHOOL: "yes"}), set()),
        (
            Proof(
                adult={Point.SCHOOL: "yes", Point.SIBLINGS: 2},
                child={Point.SCHOOL: "yes", Point.SIBLINGS: 2},
            ),
            {Evidence.ANSWERS},
        ),
    ],
)
def test_evidence_is(proof, kinds):
    assert evidence(proof) == kinds


@given(ORDERS)
def test_line_up_takes_enough_photographs_each_once(order):
    assert lacks_photographs(order) == (not FEWEST_PHOTOGRAPHS <= len(order) <= MOST_PHOTOGRAPHS)
    assert lacks_photographs([*order, order[0]])
    assert lacks_photographs([0, *range(2, 9)])


@given(ORDERS, st.none() | st.integers(-2, 20))
def test_one_place_is_right_and_unsure_is_no(order, place):
    assert picked(order, place) == (place == order.index(1) + 1)


@st.composite
def ledgers(draw):
    """What really can be recorded: a recommendation, a decision upon it, its taking back."""
    steps = []
    for _ in range(draw(st.integers(0, 4))):
        outcome = draw(st.sampled_from(Settled))
        base = UUID(int=len(steps) + 1)
        steps.append(Taken(base, Finding.RECOMMENDED, outcome, None, UUID(int=1000)))
        if not draw(st.booleans()):
            break
        decided = UUID(int=len(steps) + 1)
        steps.append(Taken(decided, Finding.DECIDED, outcome, base, UUID(int=1001)))
        if not draw(st.booleans()):
            break
        back = UUID(int=len(steps) + 1)
        steps.append(Taken(back, Finding.TAKEN_BACK, "", decided, UUID(int=1001)))
    return steps


@given(ledgers())
def test_verification_stands_where_its_last_step_left_it(steps):
    last = steps[-1] if steps else None

    if last and last.step == Finding.DECIDED:
        assert standing_decision(steps) == last
        assert status(steps, holds=True) == Status(last.outcome)
    else:
        assert standing_decision(steps) is None
        assert status(steps, holds=True) == Status.PENDING
    waits = last if last and last.step == Finding.RECOMMENDED else None
    assert waiting_recommendation(steps) == waits


@given(ledgers())
def test_nobody_is_verified_on_a_match_that_holds_no_more(steps):
    assert status(steps, holds=False) != Status.VERIFIED


def search(*verified, wish="", **more):
    known = {"lawful": True, "actions": 0, "candidates": 1, "confirmed": False, "ended": False}
    return Search(**known | more, verified=frozenset(verified), wish=wish)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (search(Status.VERIFIED), Stage.VERIFIED),
        (search(Status.VERIFIED, lawful=False), Stage.SUSPENDED),
        (search(Status.VERIFIED, Status.PENDING), Stage.VERIFIED),
        (search(Status.PENDING, confirmed=True), Stage.PENDING),
        (search(Status.REJECTED, confirmed=True), Stage.CONFIRMED),
        (search(Status.UNVERIFIED), Stage.CANDIDATES),
        (search(Status.UNVERIFIED, candidates=0), Stage.UNVERIFIED),
        (search(Status.FALSELY_ATTRIBUTED, candidates=0), Stage.FALSELY_ATTRIBUTED),
        (search(Status.REJECTED, candidates=0), Stage.REJECTED),
        (search(Status.UNVERIFIED, candidates=0, ended=True), Stage.ENDED),
    ],
)
def test_stage_of_a_search_follows_its_verification(found, expected):
    assert stage(found) == expected


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (search(Status.VERIFIED, wish=Wish.REUNIFICATION), Stage.VERIFIED),
        (search(Status.VERIFIED, wish=Wish.CONTACT), Stage.VERIFIED),
        (search(Status.VERIFIED, wish=Wish.NEITHER), Stage.CONFIRMED),
        (search(Status.VERIFIED), Stage.CONFIRMED),
        (search(Status.PENDING), Stage.CONFIRMED),
        (search(Status.REJECTED, candidates=0), Stage.OPEN),
        (search(candidates=0, ended=True), Stage.ENDED),
    ],
)
def test_enquirer_is_told_of_a_child_only_what_the_child_wants(found, told):
    assert as_told(found) == told
