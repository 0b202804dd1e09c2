"""The brake on reading many files: asked before each answer leaves, told of afterwards."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.access.actions.emergencies import tell
from kinward.access.models import Compartment, News, User
from kinward.access.queries import files_read, open_compartments, usual_days, was_told
from kinward.access.rules.limits import NEVER_MANY, Brake, brake
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest


class Braked(NotAllowed):
    """The account read as many different files today as a day allows."""

    title = gettext_lazy("That is enough for one day")


def hold_back(*, request: HttpRequest, **_signal: object) -> None:
    """Withhold an answer that shows too many files; raise an alarm at three times the usual.

    What was written about reading them goes with the answer: nobody was shown anything.

    Raises:
        Braked: with this answer it would be more than a day allows.
    """
    user = request.user
    if not isinstance(user, User) or Compartment.IDENTITY not in open_compartments(user):
        return
    # Where an answer has no transaction around it, what was read is counted in one of its own.
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        braked = apply_brake(by=user, at=timezone.now())
    match braked:
        case Brake.STOP:
            request.stopped = True  # type: ignore[attr-defined]  # read by TellOfStops
            raise Braked(
                _(
                    "You have read of 200 different children, or of 200 families who look for "
                    "somebody, today: the most that a day allows. What you have read already "
                    "stays open to you. Tomorrow you can go on. If your work needs more today, ask "
                    "your data-protection officer."
                )
            )
        case Brake.ALARM:
            raise_alarm(News.MANY_READ, by=user, at=timezone.now())
        case _:
            pass


def apply_brake(*, by: User, at: datetime) -> Brake:
    """Count the files that the account has read today, this answer's among them."""
    today = files_read(by, at=at)
    if today <= NEVER_MANY:
        return Brake.NONE
    # Two answers at once must see each other's readings; the second waits here for the first.
    User.objects.select_for_update().get(pk=by.pk)
    return brake(files_read(by, at=at), usual_days(by, at=at))


@transaction.atomic
def raise_alarm(news: News, *, by: User, at: datetime) -> bool:
    """Tell managers and data protection, once a day; returns whether this was the first time."""
    if was_told(news, about=by, at=at):
        return False
    tell(news, about=by, at=at)
    record(f"access.{news}", by, by=by, at=at)
    return True
