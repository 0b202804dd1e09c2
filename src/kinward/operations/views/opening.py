"""Finding an operation that is open to an account, and what every form about one does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kinward.core.versions import unless_overtaken
from kinward.operations import queries
from kinward.operations.actions import UnfitManifest, UnfitPlan
from kinward.people.views import show_form

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.core.forms import Form
    from kinward.operations.queries import Journey

READ = ["GET", "HEAD", "POST"]


def opened(request: UserRequest, operation_id: UUID) -> Journey:
    """Find an operation.

    Raises:
        Http404: there is none that is open to this account.
    """
    found = queries.journey_of(operation_id, user=request.user)
    if found is None:
        raise Http404
    return found


def legs_of(journey: Journey) -> list[tuple[int, str]]:
    """Return the legs of an operation, as choices."""
    return [
        (
            one.number,
            _("%(number)s: %(vehicle)s, %(origin)s – %(destination)s")
            % {
                "number": one.number,
                "vehicle": one.times.vehicle,
                "origin": one.origin,
                "destination": one.destination,
            },
        )
        for one in journey.stretches
    ]


def done(  # noqa: PLR0913 (a page, an act, and where it leads)
    request: UserRequest,
    context: dict[str, Any],
    forms: list[Form],
    act: Callable[[], object],
    words: str,
    *,
    back: str,
    template: str = "operations/form.html",
) -> HttpResponse:
    """Show the forms; once all are valid, act and lead back to the operation.

    After a conflict, or if it is unfit, the page is shown again with all that was typed.
    """
    context |= {"form": forms[0], "back": back}
    valid = [form.is_valid() for form in forms]
    if not all(valid):
        return show_form(request, template, forms, context)
    try:
        conflict = unless_overtaken(act)
    except (UnfitPlan, UnfitManifest) as unfit:
        forms[0].add_error(None, str(unfit.said))
        return show_form(request, template, forms, context)
    if conflict:
        return show_form(request, template, forms, context, conflict)
    messages.success(request, words)
    journey: Journey = context["journey"]
    return redirect(back, operation_id=journey.operation.pk)
