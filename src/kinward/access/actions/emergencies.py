"""Opening a record in an emergency, reviewing that, and telling people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.actions.approvals import AnsweredBefore, NoReason
from kinward.access.models import (
    BreakGlass,
    Emergency,
    EmergencyReview,
    Finding,
    Grant,
    News,
    Notice,
    Purpose,
    User,
    Way,
)
from kinward.access.queries import may, tries_today
from kinward.access.rules import TABLE, Permission, grants
from kinward.access.rules.limits import EMERGENCIES_A_DAY, EMERGENCY_LASTS
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, RuleBroken

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.policy import Reachable


class TooMany(RuleBroken):
    """The account has opened, or tried to open, as many records today as it may."""


MISSED = "access.missed_break_glass"


@transaction.atomic
def break_glass(  # noqa: PLR0913 (the parts of an emergency)
    *,
    subject: Reachable | None,
    reference: str,
    emergency: Emergency,
    reason: str,
    by: User,
    at: datetime,
) -> BreakGlass | None:
    """Open one record for four hours, never its evidence or health; tell those who must know.

    `subject` is what stands under the reference, or None: a miss is written down, and counts as
    one of the three tries a day, so that references cannot be guessed. Returns None for a miss.

    Raises:
        NotAllowed: `by` opens nothing in an emergency.
        NoReason: the reason is blank.
        TooMany: three tries were made in the day before.
    """
    if not may(by, Permission.BREAK_GLASS):
        raise NotAllowed(_("You may not open records in an emergency."))
    if not reason.strip():
        raise NoReason(_("Say what happened, in your own words."))
    User.objects.select_for_update().get(pk=by.pk)  # two tries at once must see each other
    if tries_today(by, at=at) >= EMERGENCIES_A_DAY:
        raise TooMany(_("You have opened three records today. Ask a programme manager to help."))
    if subject is None:
        record(MISSED, by, by=by, at=at, reference=reference, emergency=emergency)
        return None
    grant = Grant.objects.create(
        subject=subject.pk,
        way=Way.BREAK_GLASS,
        account=by,
        purpose=Purpose.PROTECTION,
        since=at,
        until=at + EMERGENCY_LASTS,
        given_by=by,
    )
    use = BreakGlass.objects.create(
        grant=grant,
        reference=reference,
        account=by,
        emergency=emergency,
        reason=reason.strip(),
        opened_at=at,
    )
    tell(News.GLASS_BROKEN, about=by, reference=reference, at=at)
    record("access.broke_glass", use, by=by, at=at, subject=str(subject.pk), emergency=emergency)
    return use


def tell(news: News, *, about: User, reference: str = "", at: datetime) -> None:
    """Tell everyone who sees notices: programme managers and data-protection officers."""
    roles = [role for role in TABLE if grants(role, Permission.SEE_NOTICES)]
    told = User.objects.filter(role__in=roles, is_active=True).exclude(pk=about.pk)
    Notice.objects.bulk_create(
        Notice(recipient=one, news=news, about=about, reference=reference, told_at=at)
        for one in told
    )


@transaction.atomic
def review_emergency(
    *, use: BreakGlass, finding: Finding, reason: str, by: User, at: datetime
) -> EmergencyReview:
    """Say whether it was needed to open a record in an emergency.

    Raises:
        NotAllowed: `by` reviews no emergencies.
        NoReason: the reason is blank.
        AnsweredBefore, RuleBroken: it was reviewed before, or was `by`'s own.
    """
    if not may(by, Permission.REVIEW_BREAK_GLASS):
        raise NotAllowed(_("You may not review this."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    use = BreakGlass.objects.select_for_update().get(pk=use.pk)
    if use.account_id == by.pk:
        raise RuleBroken(_("This was your own. Another person has to review it."))
    given = EmergencyReview.objects.filter(use=use).select_related("reviewer").first()
    if given:
        raise AnsweredBefore(
            _("This has been reviewed already."),
            by=given.reviewer.get_full_name(),
            at=given.reviewed_at,
        )
    review = EmergencyReview.objects.create(
        use=use,
        account_id=use.account_id,
        reviewer=by,
        finding=finding,
        reason=reason.strip(),
        reviewed_at=at,
    )
    record("access.reviewed_emergency", use, by=by, at=at, finding=finding)
    return review
