"""What stands before a child of the demo may fly: who cares for it then, and a medic’s word."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils.timezone import localdate

from kinward.access.actions import assign
from kinward.access.models import Purpose, Role
from kinward.audit.context import acting
from kinward.demo.scenario import data
from kinward.health.actions import Met, record_encounter, state_fitness
from kinward.health.models import Fit, Meeting
from kinward.health.rules import Stated
from kinward.placement.actions import Named, name_carer
from kinward.placement.models import CarerKind

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.demo.hands import Hands
    from kinward.people.models import Person

TREATED: Final = timedelta(days=150)  # for so long a child is open to its medic
STANDS: Final = timedelta(days=90)  # for so long the medic's word holds


def name_interim(child: Person, *, hands: Hands, at: datetime) -> None:
    """Name who cares for a child until its family may have it."""
    by = hands.first(Role.CASE_WORKER)
    told = data("homes")["interim"]
    with acting(by):
        named = Named(kind=CarerKind.GROUP, for_now=True, **told)
        name_carer(child=child, said=named, by=by, at=at)


def give_to_medic(child: Person, medic: User, *, by: User, at: datetime) -> None:
    """Open a child to the medic for as long as it is treated."""
    told: dict[str, Any] = {"purpose": Purpose.PROTECTION, "until": at + TREATED}
    with acting(by):
        assign(subject=child.pk, to=medic, **told, by=by, at=at)


def see_before_the_flight(child: Person, *, hands: Hands, at: datetime) -> None:
    """Give a child to the medic, who sees it and says whether it may fly."""
    medic = hands.first(Role.MEDIC)
    give_to_medic(child, medic, by=hands.first(Role.PROGRAMME_MANAGER), at=at)
    needy = child.registered_at.day % 5 == 0
    stated = Stated(
        fit=Fit.CONDITIONAL if needy else Fit.FIT,
        until=(at + STANDS).date(),
        needs=data("operation")["health"]["needs"] if needy else "",
    )
    with acting(medic):
        met = Met(meeting=Meeting.BEFORE, seen_on=localdate(at))
        record_encounter(child=child, met=met, by=medic, at=at)
        state_fitness(child=child, stated=stated, by=medic, at=at)
