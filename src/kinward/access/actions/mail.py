"""Where an account is written to, and how often; trying the address out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kinward.access.models import Pace, User
from kinward.audit.actions import record
from kinward.core.jobs import enqueue, handles
from kinward.core.mailing import send

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.core.models import Job

TRIAL: Final = "access.mail_trial"


@transaction.atomic
def choose_mail(*, address: str, pace: Pace, language: str, by: User, at: datetime) -> User:
    """Have oneself written to there, that often, in that language; with no address, not at all.

    A new address is tried out. Where mail goes opens no account: nothing is reset by it.
    """
    user = User.objects.select_for_update().get(pk=by.pk)
    changed = bool(address) and address != user.mail_address
    user.mail_address, user.mail_pace, user.language = address, pace, language
    user.save(update_fields=["mail_address", "mail_pace", "language"])
    told = {"address": bool(address), "pace": str(pace)}
    record("access.chose_mail", user, by=by, at=at, **told)
    if changed:
        try_address(user=user, by=by, at=at)
    return user


def try_address(*, user: User, by: User, at: datetime) -> None:
    """Have a first mail sent to the address of an account, where this installation sends any."""
    if settings.SENDS_MAIL:
        job = enqueue(TRIAL, at=at, account=str(user.pk))
        record("access.tried_mail", user, by=by, at=at, job=str(job.pk))


@handles(TRIAL, outside=True)
def _try_address(job: Job, _at: datetime) -> None:
    """Write to an address for the first time, unless it was taken away meanwhile."""
    user = User.objects.filter(pk=job.arguments["account"], is_active=True).first()
    if user is None or not user.mail_address:
        return
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = _("Kinward writes to this address")
        link = f"{settings.ADDRESS}{reverse('access:mail')}"
        text = render_to_string("access/mail_trial.txt", {"link": link})
    send(to=user.mail_address, subject=subject, text=text, key=job.pk)
