"""Where the child lives: a carer, a guardian, follow-up, and closing, which can be undone."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment, Role
from kinward.casework.models import Gate, Need, Track
from kinward.casework.tracks.tables import Table, beside, move


class Placement(models.TextChoices):
    """How far the child has a home."""

    NOBODY = "no_carer", _("nobody to receive the child yet")
    CANDIDATE = "carer_candidate", _("somebody may become the carer")
    ASSESSED = "household_assessed", _("the household is assessed")
    MET = "child_met_carer", _("the child and the carer have met")
    INTERIM = "guardianship_interim", _("guardianship for the time being")
    PERMANENT = "guardianship_permanent", _("guardianship for good")
    REFUSED = "guardianship_refused", _("guardianship is refused")
    PLACED = "placed", _("lives with the carer")
    FOLLOW_UP = "follow_up", _("visited after moving in")
    STABLE = "stable", _("settled")
    BREAKDOWN = "breakdown", _("it could not go on there")
    REPLACED = "replaced", _("lives with another carer")
    CLOSING = "closure_requested", _("closing the case is asked for")
    CLOSED = "closed", _("the case is closed")
    REOPENED = "reopened", _("the case is open again")
    INTERIM_CARE = "interim_care_named", _("somebody is named to care for the time being")
    TOGETHER = "siblings_together", _("siblings live in one household")
    CHILD_HEARD = "child_heard", _("the child was asked whether the case may close")
    CARER_HEARD = "carer_heard", _("the carer was asked whether the case may close")
    FEEDBACK = "feedback", _("the child and the carer were asked how they were treated")
    RETENTION = "retention", _("a day is set until which the file is kept")
    CONTACT = "mother_contact", _("the next contact with the mother")
    RELEASE = "mother_release", _("from that day on the mother may be free")
    MOTHER_FREE = "mother_free", _("nobody waits for the mother to be free any more")
    TO_TELL = "to_tell", _("the child has to be told of something")
    TOLD = "told", _("the child was told")


LIVING: Final = (Placement.PLACED, Placement.REPLACED)
AT_HOME: Final = (*LIVING, Placement.FOLLOW_UP, Placement.STABLE, Placement.CLOSING)
RECEIVING: Final = (
    Placement.ASSESSED,
    Placement.MET,
    Placement.INTERIM,
    Placement.PERMANENT,
    *LIVING,
    Placement.FOLLOW_UP,
    Placement.STABLE,
)
TOGETHER: Final = (Gate.G3, Gate.G5)
BOTH: Final = (Need.REASON, Need.EVIDENCE)
HEARD: Final = (Placement.CHILD_HEARD, Placement.CARER_HEARD, Placement.FEEDBACK)
MOTHER: Final = (Placement.CONTACT, Placement.RELEASE, Placement.MOTHER_FREE)
NEWS: Final = (Placement.TO_TELL, Placement.TOLD)
BESIDE: Final = (Placement.INTERIM_CARE, Placement.TOGETHER, Placement.RETENTION)
WITHOUT: Final = (Placement.NOBODY, Placement.REFUSED, Placement.BREAKDOWN, Placement.REOPENED)

POSITIONS: Final = tuple(
    each for each in Placement if each not in {*HEARD, *MOTHER, *NEWS, *BESIDE}
)

TABLE: Final = Table(
    track=Track.PLACEMENT,
    words=Placement,
    start=Placement.NOBODY,
    by=Role.GUARDIANSHIP_OFFICER,
    compartment=Compartment.LOCATION,
    moves=(
        move(Placement.CANDIDATE, *WITHOUT, needs=[Need.REASON]),
        move(Placement.ASSESSED, Placement.CANDIDATE, needs=[Need.EVIDENCE]),
        move(Placement.MET, Placement.ASSESSED),
        move(Placement.INTERIM, Placement.ASSESSED, Placement.MET, needs=BOTH[1:]),
        move(
            Placement.PERMANENT, Placement.MET, Placement.INTERIM, Placement.STABLE, needs=BOTH[1:]
        ),
        move(Placement.REFUSED, Placement.ASSESSED, Placement.MET, Placement.INTERIM, needs=BOTH),
        move(
            Placement.PLACED, Placement.MET, Placement.INTERIM, Placement.PERMANENT, gates=TOGETHER
        ),
        move(
            Placement.FOLLOW_UP,
            *LIVING,
            Placement.FOLLOW_UP,
            Placement.STABLE,
            Placement.PERMANENT,  # decided after moving in
            Placement.REOPENED,
            needs=[Need.REASON],
        ),
        move(Placement.STABLE, Placement.FOLLOW_UP, needs=[Need.REASON]),
        move(
            Placement.BREAKDOWN,
            *LIVING,
            Placement.FOLLOW_UP,
            Placement.STABLE,
            Placement.PERMANENT,
            Placement.CLOSING,
            Placement.REOPENED,
            needs=[Need.REASON],
        ),
        move(Placement.REPLACED, Placement.BREAKDOWN, needs=[Need.EVIDENCE], gates=TOGETHER),
        move(Placement.CLOSING, Placement.STABLE, needs=[Need.REASON]),
        *(beside(each, Placement.STABLE, Placement.CLOSING, needs=[Need.REASON]) for each in HEARD),
        beside(Placement.RETENTION, Placement.STABLE, Placement.CLOSING, needs=[Need.UNTIL]),
        move(
            Placement.CLOSED,
            Placement.CLOSING,
            needs=[Need.REASON, Need.ANOTHER],
            gates=(Gate.G7, Gate.G8),
        ),
        move(Placement.REOPENED, Placement.CLOSED, needs=[Need.REASON]),
        beside(Placement.INTERIM_CARE, *WITHOUT, Placement.CANDIDATE, needs=[Need.EVIDENCE]),
        beside(Placement.TOGETHER, *RECEIVING, Placement.BREAKDOWN, needs=[Need.EVIDENCE]),
        *(beside(each, *POSITIONS) for each in MOTHER),
        *(beside(each, *POSITIONS) for each in NEWS),
    ),
)
