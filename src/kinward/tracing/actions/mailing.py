"""Writing to accounts about what is new for them: how much of what, and where to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kinward.access.models import Mailed, Role, User, clock
from kinward.audit.actions import record
from kinward.audit.context import acting
from kinward.core.errors import NotAllowed
from kinward.core.jobs import enqueue, handles
from kinward.core.mailing import send
from kinward.tracing.queries.mailing import (
    MAIL_NEWS,
    accounts_to_mail,
    is_written_to,
    news_to_mail,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kinward.core.models import Job
    from kinward.tracing.queries import New


def mail_news(*, by: User, at: datetime) -> int:
    """Have a mail written to each account that may get one now and for which something is new.

    Returns how many were asked for. Each is asked for in a transaction of its own, and sent by a
    worker.

    Raises:
        NotAllowed: `by` is not the system itself.
    """
    if by.role != Role.CLOCK:
        raise NotAllowed(_("Only the system itself writes mail."))
    asked = [user for user in accounts_to_mail(at=at) if _ask(user, at=at)]
    return len(asked)


@transaction.atomic
def _ask(user: User, *, at: datetime) -> bool:
    """Ask for a mail to an account if something is new for it; tell whether there is."""
    with acting(user):  # the database shows what this account reaches
        new = bool(news_to_mail(user=user, at=at))
    if new:
        enqueue(MAIL_NEWS, at=at, account=str(user.pk))
    return new


@handles(MAIL_NEWS, outside=True)
def _mail_news(job: Job, at: datetime) -> None:
    """Write to an account about what is new for it by now, unless nothing is left to tell."""
    user = User.objects.filter(pk=job.arguments["account"]).first()
    if user is None or not is_written_to(user):
        return
    with acting(user), transaction.atomic():
        new = news_to_mail(user=user, at=at)
    if not new:
        return
    subject, text = words_of(new, language=user.language)
    send(to=user.mail_address, subject=subject, text=text, key=job.pk)
    with transaction.atomic():
        Mailed.objects.create(account=user, mailed_at=at)
        record("access.mailed", user, by=clock(), at=at, job=str(job.pk))


def words_of(new: Iterable[New], *, language: str) -> tuple[str, str]:
    """Return subject and text of a mail, in the language of its reader. It names nobody."""
    with translation.override(language or settings.LANGUAGE_CODE):
        lines = [render_to_string("tracing/new.html", {"new": each}).strip() for each in new]
        link = settings.ADDRESS + reverse("tracing:news")
        context = {"lines": lines, "link": link}
        return _("Something waits for you in Kinward"), render_to_string(
            "tracing/news_mail.txt", context
        )
