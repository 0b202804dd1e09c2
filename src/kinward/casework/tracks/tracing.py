"""Finding the child's family. Most steps are taken by the room of tracing, as they happen there."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment, Role
from kinward.casework.models import Gate, Need, Track
from kinward.casework.tracks.tables import Table, move


class Tracing(models.TextChoices):
    """How far the search for a family has come."""

    OPEN = "open", _("the search is open")
    NOT_NEEDED = "not_needed", _("no search is needed")
    IN_PROGRESS = "in_progress", _("relatives are being looked for")
    PENDING = "pending", _("a family is being verified")
    VERIFIED = "verified", _("the family is verified")
    UNVERIFIED = "unverified", _("the family could not be verified")
    FALSELY_ATTRIBUTED = "falsely_attributed", _("it is not this family’s child")
    REJECTED = "rejected", _("this family was turned down")
    REUNIFIED = "reunified", _("reunited with the family")
    EXHAUSTED = "exhausted", _("everything that could be tried was tried")
    ALTERNATIVE = "alternative_care_plan", _("care without the family is planned")
    CLOSED = "closed", _("the search is closed")


SEARCHING: Final = (
    Tracing.OPEN,
    Tracing.IN_PROGRESS,
    Tracing.PENDING,
    Tracing.UNVERIFIED,
    Tracing.FALSELY_ATTRIBUTED,
    Tracing.REJECTED,
)
ENDED: Final = (Tracing.NOT_NEEDED, Tracing.EXHAUSTED, Tracing.ALTERNATIVE, Tracing.CLOSED)
ANY: Final = (*SEARCHING, Tracing.VERIFIED, Tracing.REUNIFIED, *ENDED)

TABLE: Final = Table(
    track=Track.TRACING,
    words=Tracing,
    start=Tracing.OPEN,
    by=Role.TRACING_OFFICER,
    compartment=Compartment.FAMILY,
    moves=(
        move(Tracing.NOT_NEEDED, *SEARCHING, needs=[Need.REASON]),
        move(Tracing.IN_PROGRESS, Tracing.OPEN, pushed=True),
        move(Tracing.PENDING, *ANY, pushed=True),
        move(Tracing.VERIFIED, *ANY, pushed=True),
        move(Tracing.UNVERIFIED, *ANY, pushed=True),
        move(Tracing.FALSELY_ATTRIBUTED, *ANY, pushed=True),
        move(Tracing.REJECTED, *ANY, pushed=True),
        move(Tracing.EXHAUSTED, *ANY, pushed=True),
        move(Tracing.CLOSED, *ANY, pushed=True),
        move(Tracing.OPEN, *ANY, pushed=True),
        move(Tracing.REUNIFIED, Tracing.VERIFIED, needs=[Need.EVIDENCE], gates=(Gate.G3,)),
        move(Tracing.ALTERNATIVE, Tracing.EXHAUSTED, needs=[Need.REASON]),
    ),
)
