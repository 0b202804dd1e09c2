"""The journey: fit to fly, on the passenger list, on board, landed, in hospital, discharged.

Of a child's health there is only whether it may fly, until when and on which conditions.
"""

from __future__ import annotations

from functools import partial
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
    FIT_AGAIN = "fit_again", _("fit to fly, said anew")
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
SAID_EVER: Final = (*SAID, Movement.FIT_AGAIN)
ON_THE_WAY: Final = (Movement.BOARDED, Movement.IN_FLIGHT, Movement.LANDED, Movement.BORDER)
FLOWN: Final = (
    *ON_THE_WAY,
    Movement.ADMITTED,
    Movement.EXAMINED,
    Movement.READY,
    Movement.DISCHARGED,
    Movement.MEDEVAC,
)
STAYED: Final = (Movement.NOT_FLOWN, Movement.ABSENT)
FIT_ONCE: Final = (Movement.FIT, Movement.CONDITIONAL)
ON_GROUND: Final = (Movement.NOT_SEEN, *SAID, *STAYED)
ON_THE_LIST: Final = (Movement.MANIFESTED, *FLOWN)
WHEN_FIT: Final = (Need.UNTIL,)
MEDIC: Final = Role.MEDIC

# What follows from what medics wrote down, and from what was counted on the way.
follows: Final = partial(move, pushed=True)

TABLE: Final = Table(
    track=Track.MOVEMENT,
    words=Movement,
    start=Movement.NOT_SEEN,
    by=Role.OPERATION_LEAD,
    compartment=Compartment.MOVEMENT,
    moves=(
        move(Movement.FIT, *ON_GROUND, needs=WHEN_FIT, by=MEDIC),
        follows(Movement.CONDITIONAL, *ON_GROUND, needs=[Need.UNTIL, Need.REASON], by=MEDIC),
        # A word that runs out before the flight is said anew beside the place on the list.
        beside(Movement.FIT_AGAIN, Movement.MANIFESTED, needs=WHEN_FIT, by=MEDIC, pushed=True),
        # Who falls ill once it is on the passenger list is off it until a medic says otherwise.
        follows(Movement.UNFIT, *ON_GROUND, Movement.MANIFESTED, by=MEDIC),
        beside(Movement.ESCORT, *ON_GROUND, needs=[Need.EVIDENCE]),
        # Of fitness the gate asks what was said last: who stayed once need not be seen anew for it.
        move(Movement.MANIFESTED, *FIT_ONCE, *STAYED, gates=(Gate.G4,)),
        move(Movement.BOARDED, Movement.MANIFESTED, gates=(Gate.G4,), by=Role.ESCORT),
        follows(Movement.IN_FLIGHT, Movement.BOARDED, by=MEDIC),
        follows(Movement.LANDED, Movement.BOARDED, Movement.IN_FLIGHT, by=Role.ESCORT),
        follows(Movement.BORDER, Movement.LANDED, by=Role.ESCORT),
        follows(Movement.ADMITTED, Movement.LANDED, Movement.BORDER, Movement.MEDEVAC, by=MEDIC),
        beside(
            Movement.EXPLAINED,
            Movement.LANDED,
            Movement.BORDER,
            needs=[Need.REASON],
            by=MEDIC,
            pushed=True,
        ),
        follows(Movement.EXAMINED, Movement.ADMITTED, by=MEDIC),
        follows(Movement.READY, Movement.EXAMINED, by=MEDIC),
        follows(Movement.DISCHARGED, Movement.READY, by=MEDIC),
        # Who fell ill after it was listed stayed as well, and is told of like everybody.
        follows(Movement.NOT_FLOWN, Movement.MANIFESTED, *SAID, needs=[Need.REASON]),
        follows(Movement.ABSENT, Movement.MANIFESTED, *SAID, needs=[Need.REASON]),
        follows(
            Movement.MEDEVAC,
            *ON_GROUND,
            Movement.MANIFESTED,
            *ON_THE_WAY,
            needs=[Need.REASON],
            by=MEDIC,
        ),
    ),
)
