"""Where homes are found for the children of the demo: a region is asked, and begins to look."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from kinward.audit.context import acting
from kinward.demo.scenario import data
from kinward.placement.actions import (
    Agreed,
    Encounter,
    Named,
    Seen,
    Waiting,
    ask_region,
    assess_household,
    name_carer,
    plan_contact,
    record_meeting,
    will_tell,
)
from kinward.placement.models import CarerKind, Suits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from kinward.access.models import User
    from kinward.people.models import Person

SOON: Final = timedelta(days=21)


def look_for_homes(
    children: Sequence[Person], worker: User, officer: User, *, until: datetime
) -> int:
    """Ask the officer's region for homes for the first children; begin to look for some.

    `children` are in the order of their registration. Returns for how many a region was asked.
    """
    told = data("homes")
    asked = list(children[: told["asked"]])
    for child in asked:
        with acting(worker):
            ask_region(
                child=child, region=officer.region, reason=told["reason"], by=worker, at=until
            )
    for child, said in zip(asked, told["homes"], strict=False):
        with acting(officer):
            _look(child, said, by=officer, at=until)
    return len(asked)


def _look(child: Person, said: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Name a carer for a child, and record what is told of their household and of the mother."""
    who: dict[str, Any] = {"child": child, "by": by, "at": at}
    named = Named(kind=CarerKind.RELATIVE, for_now=False, **said["carer"])
    carer = name_carer(said=named, **who)
    today: date = at.date()
    if "household" in said:
        told = said["household"] | {"suits": Suits(said["household"]["suits"])}
        assess_household(said=Seen(carer=carer, seen_on=today, **told), **who)
    if "meeting" in said:
        record_meeting(said=Encounter(carer=carer, met_on=today, **said["meeting"]), **who)
    if "mother" in said:
        soon, later = today + SOON, today + SOON * 10
        agreed = Agreed(**said["mother"], next_on=soon, free_on=later, as_of=today)
        plan_contact(said=agreed, **who)
    if "to_tell" in said:
        will_tell(said=Waiting(by_day=today + SOON, **said["to_tell"]), **who)
