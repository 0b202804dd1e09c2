"""The journey: fit to fly, on the passenger list, on board, landed, in hospital, discharged.

Of a child's health there is only whether it may fly, until when and on which conditions.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment, Role
from kinward.casework.models import Gate, Need, Track
from kinward.casework.tracks.tables import Table, beside, move


class Movement(models.TextChoices):
    """How far the child is on its way."""

    NOT_SEEN = "not_seen", _("nobody said yet whether the child may fly")
    FIT = "fit_yes", _("fit to fly")
    CONDITIONAL = "fit_conditional", _("fit to fly on conditions")
    UNFIT = "fit_no", _("not fit to fly")
    ESCORT = "escort_named", _("an escort is named")
    MANIFESTED = "manifested", _("clear to fly, on the passenger list")
    BOARDED = "boarded", _("on board")
    IN_FLIGHT = "in_flight_exam", _("examined in flight")
    LANDED = "landed", _("landed")
    BORDER = "border", _("past the border")
    ADMITTED = "admitted", _("in hospital")
    EXAMINED = "examined", _("examined in hospital")
    READY = "discharge_ready", _("ready to leave the hospital")
    DISCHARGED = "discharged", _("out of hospital")
    NOT_FLOWN = "not_flown", _("did not fly")
    ABSENT = "absent", _("was not there")
    MEDEVAC = "medevac", _("flown out for treatment")
    EXPLAINED = "not_admitted", _("not admitted to hospital, and why")


SAID: Final = (Movement.FIT, Movement.CONDITIONAL, Movement.UNFIT)
FLOWN: Final = (
    Movement.BOARDED,
    Movement.IN_FLIGHT,
    Movement.LANDED,
    Movement.BORDER,
    Movement.ADMITTED,
    Movement.EXAMINED,
    Movement.READY,
    Movement.DISCHARGED,
    Movement.MEDEVAC,
)
ON_GROUND: Final = (Movement.NOT_SEEN, *SAID, Movement.NOT_FLOWN, Movement.ABSENT)
ON_THE_LIST: Final = (Movement.MANIFESTED, *FLOWN)
WHEN_FIT: Final = (Need.UNTIL,)
MEDIC: Final = Role.MEDIC

TABLE: Final = Table(
    track=Track.MOVEMENT,
    words=Movement,
    start=Movement.NOT_SEEN,
    by=Role.OPERATION_LEAD,
    compartment=Compartment.MOVEMENT,
    moves=(
        move(Movement.FIT, *ON_GROUND, needs=WHEN_FIT, by=MEDIC),
        move(Movement.CONDITIONAL, *ON_GROUND, needs=[Need.UNTIL, Need.REASON], by=MEDIC),
        # Who falls ill once it is on the passenger list is off it until a medic says otherwise.
        move(Movement.UNFIT, *ON_GROUND, Movement.MANIFESTED, by=MEDIC),
        beside(Movement.ESCORT, *ON_GROUND, needs=[Need.EVIDENCE]),
        move(Movement.MANIFESTED, Movement.FIT, Movement.CONDITIONAL, gates=(Gate.G4,)),
        move(Movement.BOARDED, Movement.MANIFESTED, gates=(Gate.G4,), by=Role.ESCORT),
        move(Movement.IN_FLIGHT, Movement.BOARDED, by=MEDIC),
        move(Movement.LANDED, Movement.BOARDED, Movement.IN_FLIGHT, by=Role.ESCORT),
        move(Movement.BORDER, Movement.LANDED, by=Role.ESCORT),
        move(Movement.ADMITTED, Movement.LANDED, Movement.BORDER, Movement.MEDEVAC, by=MEDIC),
        beside(Movement.EXPLAINED, Movement.LANDED, Movement.BORDER, needs=[Need.REASON], by=MEDIC),
        move(Movement.EXAMINED, Movement.ADMITTED, by=MEDIC),
        move(Movement.READY, Movement.EXAMINED, by=MEDIC),
        move(Movement.DISCHARGED, Movement.READY, by=MEDIC),
        move(Movement.NOT_FLOWN, Movement.MANIFESTED, needs=[Need.REASON]),
        move(Movement.ABSENT, Movement.MANIFESTED, needs=[Need.REASON]),
        move(Movement.MEDEVAC, *ON_GROUND, Movement.MANIFESTED, needs=[Need.REASON], by=MEDIC),
    ),
)
