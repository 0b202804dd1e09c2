"""What the state where the child is decides: custodian, court, clearance, handing over.

Gate G9: of a clearance there is only yes, no or not yet, by whom and on which day. It is read by
nothing but the step after it.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment, Role
from kinward.casework.models import Gate, Need, Track
from kinward.casework.tracks.tables import Table, beside, move


class Host(models.TextChoices):
    """How far the state where the child is has decided."""

    UNKNOWN = "custodian_unknown", _("who keeps the child is not known yet")
    CUSTODIAN = "custodian_identified", _("who keeps the child is known")
    IDENTIFIED = "host_identification", _("that state has identified the child")
    PENDING = "host_court_pending", _("before the court there")
    GRANTED = "host_court_granted", _("the court there lets the child go")
    REFUSED = "host_court_refused", _("the court there has refused")
    CLEARANCE_PENDING = "exit_pending", _("clearance to leave: not yet")
    CLEARED = "exit_clearance", _("clearance to leave: yes")
    NOT_CLEARED = "exit_refused", _("clearance to leave: no")
    SCHEDULED = "handover_scheduled", _("a day is set for handing over")
    HANDED_OVER = "handed_over", _("handed over")
    RECEIVER = "receiver_named", _("somebody authorised to receive the child is named")
    MINUTE = "minute_line", _("the handover minute has a line for the child")


CLEARANCE: Final = (Host.CLEARANCE_PENDING, Host.CLEARED, Host.NOT_CLEARED)
LEAD: Final = Role.OPERATION_LEAD
ALLOWED: Final = (Host.GRANTED, *CLEARANCE, Host.SCHEDULED)
IN_FORCE: Final = (*ALLOWED, Host.HANDED_OVER)

TABLE: Final = Table(
    track=Track.HOST_RELEASE,
    words=Host,
    start=Host.UNKNOWN,
    by=Role.LEGAL_OFFICER,
    compartment=Compartment.LEGAL,
    moves=(
        move(Host.CUSTODIAN, Host.UNKNOWN, needs=[Need.EVIDENCE]),
        move(Host.IDENTIFIED, Host.CUSTODIAN, needs=[Need.EVIDENCE]),
        # An appeal brings a leave before the court again, and so does one that runs out.
        move(
            Host.PENDING,
            Host.CUSTODIAN,
            Host.IDENTIFIED,
            Host.REFUSED,
            *ALLOWED,
            needs=[Need.EVIDENCE],
        ),
        # A later leave stands in place of the one before; clearance is said anew for it.
        move(Host.GRANTED, Host.PENDING, *ALLOWED, needs=[Need.EVIDENCE, Need.FROM]),
        move(Host.REFUSED, Host.PENDING, *ALLOWED, needs=[Need.EVIDENCE]),
        *(
            move(
                each,
                Host.GRANTED,
                *(one for one in CLEARANCE if one != each),
                *([] if each == Host.CLEARED else [Host.SCHEDULED]),
                needs=[Need.NO_WORDS, Need.EVIDENCE],
            )
            for each in CLEARANCE
        ),
        move(Host.SCHEDULED, Host.CLEARED, needs=[Need.FROM]),
        beside(Host.RECEIVER, Host.CLEARED, Host.SCHEDULED, needs=[Need.EVIDENCE], by=LEAD),
        beside(Host.MINUTE, Host.SCHEDULED, needs=[Need.EVIDENCE], by=LEAD),
        move(Host.HANDED_OVER, Host.SCHEDULED, needs=[Need.EVIDENCE], gates=(Gate.G6,), by=LEAD),
    ),
)
