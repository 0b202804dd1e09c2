"""Work that was given up: what kind, where it failed; nothing of whom it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kinward.access import actions, queries
from kinward.access.rules import Permission
from kinward.core.doors import needs
from kinward.core.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest


@require_safe
@needs(Permission.SEE_HEALTH)
def jobs(request: UserRequest) -> HttpResponse:
    """Show what was given up, and where it failed."""
    page = page_of(request, queries.given_up_jobs(user=request.user))
    return render(request, "access/jobs.html", {"page": page})


@require_POST
@needs(Permission.SEE_HEALTH)
def retry(request: UserRequest, job_id: UUID) -> HttpResponse:
    """Have a job tried again."""
    job = get_object_or_404(queries.given_up_jobs(user=request.user), pk=job_id)
    actions.retry_job(job=job, by=request.user, at=timezone.now())
    messages.success(request, _("It will be tried again within a minute."))
    return redirect("access:jobs")
