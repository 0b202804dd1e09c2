"""Nine children of another shelter, who were planned for the flight and stayed behind."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from kinward.audit.context import acting
from kinward.demo.children import BAGHDAD, FORM, arabic, observed
from kinward.demo.scenario import data
from kinward.people.actions import register_group
from kinward.people.consents import Giver, State
from kinward.people.models import Certainty, Method, SaidBy
from kinward.people.rules import ConsentAnswer, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kinward.access.models import User
    from kinward.people.models import Person


def register_staying(*, by: User) -> list[Person]:
    """Register them on one day, in the order of the file."""
    told = data("staying")
    at = datetime.combine(told["registered"], time(10, 30, tzinfo=BAGHDAD))
    agreed = ConsentAnswer(
        state=State.GIVEN, giver=Giver.GUARDIAN, form_version=FORM, language="ar"
    )
    said = [_statements(each, told) for each in told["children"]]
    with acting(by):
        return register_group(
            children=said, consents=[[agreed] for _each in said], note=told["note"], by=by, at=at
        )


def _statements(child: Mapping[str, Any], told: Mapping[str, Any]) -> list[Statement]:
    """Return what is said of one of them."""
    day = told["registered"].isoformat()
    return [
        Statement(property="name", value=arabic(child["name"]), said_by=SaidBy.CUSTODIAN),
        Statement(property="father", value=arabic(child["father"]), said_by=SaidBy.CUSTODIAN),
        observed("sex", {"code": child["sex"]}, Certainty.CONFIRMED),
        observed("found_at", told["found_at"], Certainty.CONFIRMED),
        Statement(
            property="born",
            value={"age": child["age"], "as_of": day},
            said_by=SaidBy.WORKER,
            method=Method.MEDICAL_ESTIMATE,
            certainty=Certainty.POSSIBLE,
            as_of=day,
        ),
    ]
