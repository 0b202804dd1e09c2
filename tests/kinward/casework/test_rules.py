"""Gates G1 to G3 refuse with every reason, and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.casework.models import Evidence, Unmet
from kinward.casework.rules import (
    Captured,
    Verifying,
    disclosing,
    not_enough_alone,
    reuniting,
    verifying,
)

AT = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)
MADINA, HUDA = UUID(int=1), UUID(int=2)
COMPLETE = Verifying(
    confirmed=True,
    hindered=False,
    adult=Captured(by=MADINA, at=AT, apart=True),
    child=Captured(by=HUDA, at=AT + timedelta(hours=1), apart=True),
    child_shown_at=AT + timedelta(hours=2),
    evidence=frozenset({Evidence.ANSWERS}),
    unexplained=0,
)
FORMS = st.none() | st.builds(
    Captured,
    by=st.sampled_from([MADINA, HUDA]),
    at=st.integers(0, 3).map(lambda hours: AT + timedelta(hours=hours)),
    apart=st.booleans(),
)
FOUND = st.builds(
    Verifying,
    confirmed=st.booleans(),
    hindered=st.booleans(),
    adult=FORMS,
    child=FORMS,
    child_shown_at=st.none() | st.integers(0, 3).map(lambda hours: AT + timedelta(hours=hours)),
    evidence=st.frozensets(st.sampled_from(Evidence)),
    unexplained=st.integers(0, 3),
)


def test_complete_verification_is_refused_by_nothing():
    assert verifying(COMPLETE) == ()


@pytest.mark.parametrize(
    ("lacking", "reason"),
    [
        ({"confirmed": False}, Unmet.NOT_CONFIRMED),
        ({"hindered": True}, Unmet.CLAIMED),
        ({"adult": None}, Unmet.NO_ADULT_FORM),
        ({"child": None}, Unmet.NO_CHILD_FORM),
        ({"child": replace(COMPLETE.child, by=MADINA)}, Unmet.SAME_INTERVIEWER),
        ({"adult": replace(COMPLETE.adult, apart=False)}, Unmet.ADULT_NOT_APART),
        ({"child": replace(COMPLETE.child, apart=False)}, Unmet.CHILD_NOT_APART),
        ({"child_shown_at": AT}, Unmet.CHILD_SHOWN_BEFORE),
        ({"child": replace(COMPLETE.child, at=AT)}, Unmet.CHILD_CAPTURED_FIRST),
        ({"evidence": frozenset()}, Unmet.NO_EVIDENCE),
        ({"unexplained": 1}, Unmet.UNEXPLAINED),
    ],
)
def test_one_thing_that_lacks_is_the_one_reason(lacking, reason):
    assert verifying(replace(COMPLETE, **lacking)) == (reason,)


@given(FOUND)
def test_every_reason_is_told_at_once_each_once(found):
    reasons = verifying(found)

    assert len(set(reasons)) == len(reasons)
    assert (Unmet.NO_ADULT_FORM in reasons) == (found.adult is None)
    assert (Unmet.NO_CHILD_FORM in reasons) == (found.child is None)
    assert (Unmet.UNEXPLAINED in reasons) == (found.unexplained > 0)
    assert (Unmet.NO_EVIDENCE in reasons) == (not found.evidence)


@given(FOUND)
def test_family_is_verified_only_as_the_gate_says(found):
    if verifying(found) == ():
        assert found.confirmed
        assert not found.hindered
        assert found.adult.by != found.child.by
        assert found.adult.at < found.child.at
        assert found.child_shown_at is None or found.child_shown_at > found.adult.at
        assert found.evidence


@given(st.frozensets(st.sampled_from(Evidence)), st.booleans(), st.booleans(), st.booleans())
def test_child_is_reunited_on_no_single_test_or_recognition(evidence, assessed, due, determined):
    reasons = reuniting(evidence, assessed=assessed, to_determine=due, determined=determined)

    assert (Unmet.DNA_ALONE in reasons) == (evidence == {Evidence.DNA})
    assert (Unmet.RECOGNITION_ALONE in reasons) == (evidence == {Evidence.RECOGNITION})
    assert (Unmet.NO_ASSESSMENT in reasons) == (not assessed)
    assert (Unmet.NO_DETERMINATION in reasons) == (due and not determined)
    assert set(not_enough_alone(evidence)) <= set(reasons)


@pytest.mark.parametrize(
    ("child", "claimant", "reasons"),
    [
        (True, True, ()),
        (False, True, (Unmet.NO_BASIS_CHILD,)),
        (True, False, (Unmet.NO_BASIS_CLAIMANT,)),
        (False, False, (Unmet.NO_BASIS_CHILD, Unmet.NO_BASIS_CLAIMANT)),
    ],
)
def test_nothing_is_disclosed_without_a_basis_on_both_sides(child, claimant, reasons):
    assert disclosing(child=child, claimant=claimant) == reasons
