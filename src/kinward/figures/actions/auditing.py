"""Auditing a release anew, in a job, where something became public since it was audited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.models import clock
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed
from kinward.core.jobs import enqueue, handles
from kinward.figures.models import Release, ReleaseAudit
from kinward.figures.queries import AUDIT, audit_of, audits_asked_for, surroundings
from kinward.figures.rules import is_safe, prepared, readers

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.core.models import Job
    from kinward.figures.queries import Surroundings


@transaction.atomic
def ask_for_audit(*, release: Release, by: User, at: datetime) -> None:
    """Have a release audited beside what is public now, unless that is asked for already.

    Raises:
        NotAllowed: `by` neither releases figures nor agrees to that.
    """
    if not (may(by, Permission.AGREE_RELEASE) or may(by, Permission.RELEASE)):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    if not audits_asked_for(release).exists():
        record("figures.asked_for_audit", release, by=by, at=at)
        enqueue(AUDIT, at=at, release=str(release.pk))


@handles(AUDIT, outside=True)
def _audit(job: Job, at: datetime) -> None:
    """Audit a release outside of any transaction, once beside the same."""
    with transaction.atomic():
        release = Release.objects.get(pk=job.arguments["release"])
        beside = surroundings(release)
        if audit_of(release, beside.version):
            return
    safe = is_safe_beside(release, beside)
    with transaction.atomic():
        kept, is_new = ReleaseAudit.objects.get_or_create(
            release=release,
            version=beside.version,
            defaults={"is_safe": safe, "audited_at": at},
        )
        if is_new:
            record("figures.audited_release", release, by=clock(), at=at, safe=kept.is_safe)


def is_safe_beside(release: Release, beside: Surroundings) -> bool:
    """Tell whether no small number of a release can be worked out from what is public beside it."""
    if beside.counted is None:
        return False
    problems = (
        prepared(
            beside.counted,
            threshold=release.threshold,
            earlier=known,
            heard=said,
            as_of=release.as_of,
        )
        for known, said in readers(earlier=beside.earlier, heard=beside.told, drafts=beside.drafts)
    )
    return all(is_safe(each, release.hidden) for each in problems)
