"""Who the child is and where: from what is reported to an identity that is established."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment, Role
from kinward.casework.models import Need, Track
from kinward.casework.tracks.tables import Table, move


class Locate(models.TextChoices):
    """How far a child is known."""

    REPORTED = "reported", _("reported by somebody")
    SIGHTED = "sighted", _("seen by somebody who says so")
    LOCATED = "located", _("located")
    REGISTERED = "registered", _("registered")
    HYPOTHESIS = "hypothesis", _("an identity is supposed")
    CORROBORATED = "corroborated", _("the identity is corroborated")
    ESTABLISHED = "established", _("the identity is established")
    DUPLICATE = "duplicate_of", _("another record is of the same child")
    DISPROVED = "disproved", _("it is not so: there is no such child")
    DECEASED = "deceased", _("the child has died")
    ELSEWHERE = "presumed_elsewhere", _("the child is presumed to be elsewhere")


UNDER_WAY: Final = (
    Locate.REPORTED,
    Locate.SIGHTED,
    Locate.LOCATED,
    Locate.REGISTERED,
    Locate.HYPOTHESIS,
    Locate.CORROBORATED,
    Locate.ESTABLISHED,
    Locate.ELSEWHERE,
)
KNOWN: Final = (Locate.CORROBORATED, Locate.ESTABLISHED)
GONE: Final = (Locate.DUPLICATE, Locate.DISPROVED, Locate.DECEASED)
BOTH: Final = (Need.REASON, Need.EVIDENCE)

TABLE: Final = Table(
    track=Track.LOCATE,
    words=Locate,
    start=Locate.REPORTED,
    by=Role.REGISTRAR,
    compartment=Compartment.LOCATION,
    moves=(
        move(Locate.SIGHTED, Locate.REPORTED, Locate.ELSEWHERE, needs=[Need.REASON]),
        move(
            Locate.LOCATED,
            Locate.REPORTED,
            Locate.SIGHTED,
            Locate.ELSEWHERE,
            needs=[Need.EVIDENCE],
        ),
        move(Locate.REGISTERED, Locate.REPORTED, Locate.SIGHTED, Locate.LOCATED, Locate.ELSEWHERE),
        move(Locate.HYPOTHESIS, Locate.REGISTERED, needs=[Need.REASON]),
        move(Locate.CORROBORATED, Locate.REGISTERED, Locate.HYPOTHESIS, needs=[Need.EVIDENCE]),
        move(Locate.ESTABLISHED, Locate.CORROBORATED, needs=[Need.EVIDENCE, Need.ANOTHER]),
        move(
            Locate.ELSEWHERE,
            *(each for each in UNDER_WAY if each != Locate.ELSEWHERE),
            needs=[Need.REASON],
        ),
        move(Locate.DUPLICATE, *UNDER_WAY, needs=[Need.REASON]),
        move(Locate.DISPROVED, *UNDER_WAY, needs=BOTH),
        move(Locate.DECEASED, *UNDER_WAY, needs=BOTH),
    ),
)
