"""What is best for the child: assessed always, determined by a panel where that is required.

The steps follow the UNHCR Best Interests Procedure Guidelines (2021). Whatever is assessed, laid
before the panel or decided is recorded where that happens; its step follows and is never typed.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment, Role
from kinward.casework.models import Need, Track
from kinward.casework.tracks.tables import Table, beside, move


class Best(models.TextChoices):
    """How far the child's best interests are settled."""

    DUE = "bia_due", _("to be assessed")
    DONE = "bia_done", _("assessed")
    NOT_REQUIRED = "bid_not_required", _("assessed; no determination is required")
    REQUIRED = "bid_required", _("a determination is required")
    REPORT = "bid_report", _("the report lies before the panel")
    APPROVED = "panel_approves", _("the panel has approved")
    DEFERRED = "panel_defers", _("the panel asks for more")
    NOT_APPROVED = "panel_not_approved", _("the panel has not approved")
    REOPENED = "panel_reopens", _("the determination is open again")
    CLOSED = "panel_closes", _("the panel has closed it")
    IMPLEMENTED = "implemented", _("what was decided is done")
    REVIEW = "review", _("to be looked at again")
    AGAIN = "look_again", _("to be looked at again by a day")
    APART = "may_be_parted", _("decided: siblings may travel or live apart")


BEFORE_PANEL: Final = (Best.REQUIRED, Best.DEFERRED, Best.NOT_APPROVED, Best.REOPENED)
BOTH: Final = (Need.REASON, Need.EVIDENCE)
DECIDED: Final = (Need.EVIDENCE, Need.ANOTHER)  # whoever decides did not write the report
PANEL: Final = Role.PANEL_MEMBER
SETTLING: Final = tuple(each for each in Best if each not in {Best.DUE, Best.AGAIN, Best.APART})

TABLE: Final = Table(
    track=Track.BEST_INTERESTS,
    words=Best,
    start=Best.DUE,
    by=Role.CASE_WORKER,
    compartment=Compartment.LEGAL,
    moves=(
        move(Best.DONE, Best.DUE, Best.REVIEW, needs=[Need.EVIDENCE], pushed=True),
        move(Best.NOT_REQUIRED, Best.DONE, needs=[Need.REASON], pushed=True),
        move(Best.REQUIRED, Best.DONE, Best.NOT_REQUIRED, needs=[Need.REASON], pushed=True),
        move(Best.REPORT, *BEFORE_PANEL, needs=[Need.EVIDENCE], pushed=True),
        move(Best.APPROVED, Best.REPORT, needs=DECIDED, by=PANEL, pushed=True),
        move(Best.DEFERRED, Best.REPORT, needs=[Need.REASON, Need.ANOTHER], by=PANEL, pushed=True),
        move(
            Best.NOT_APPROVED, Best.REPORT, needs=[Need.REASON, Need.ANOTHER], by=PANEL, pushed=True
        ),
        move(
            Best.REOPENED,
            Best.APPROVED,
            Best.CLOSED,
            Best.IMPLEMENTED,
            needs=[Need.REASON],
            by=PANEL,
        ),
        move(Best.CLOSED, Best.NOT_APPROVED, Best.DEFERRED, needs=[Need.REASON], by=PANEL),
        move(Best.IMPLEMENTED, Best.APPROVED, Best.NOT_REQUIRED),
        move(Best.REVIEW, Best.IMPLEMENTED, Best.NOT_REQUIRED, needs=[Need.REASON]),
        # Nobody parts siblings alone: another person than whoever settled it so far.
        beside(Best.APART, *SETTLING, needs=[*BOTH, Need.ANOTHER]),
        beside(Best.AGAIN, *SETTLING, needs=[Need.UNTIL], pushed=True),
    ),
)
