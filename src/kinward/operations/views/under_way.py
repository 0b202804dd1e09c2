"""Finding an operation on its way, writing down who was shown, and acting on what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from kinward.access.models import Compartment
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.errors import RuleBroken
from kinward.core.forms import all_valid
from kinward.operations import actions, queries
from kinward.people.models import Person
from kinward.people.views import show_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.core.forms import Form
    from kinward.operations.models import Checkpoint
    from kinward.operations.queries import UnderWay


def open_journey(request: UserRequest, operation_id: UUID, *, tab: str = "") -> dict[str, Any]:
    """Find an operation on its way, write down whose names are shown, and return what stands.

    Raises:
        Http404: there is none that this account works on.
    """
    found = get_object_or_404(queries.operations_of(user=request.user), pk=operation_id)
    journey = queries.under_way(found, user=request.user)
    tell_of(request, journey.travellers)
    return {
        "operation": found,
        "journey": journey,
        "tab": tab,
        "leads": may(request.user, Permission.LEAD_OPERATION),
        "counts": may(request.user, Permission.COUNT),
        "hands": may(request.user, Permission.HAND_OVER),
    }


def open_post(request: UserRequest, checkpoint_id: UUID, *, tab: str = "") -> dict[str, Any]:
    """Find a checkpoint on the way of an operation.

    Raises:
        Http404: there is none of an operation that this account works on.
    """
    checkpoint: Checkpoint = get_object_or_404(
        queries.checkpoints_of(user=request.user), pk=checkpoint_id
    )
    context = open_journey(request, checkpoint.leg.operation_id, tab=tab)
    journey: UnderWay = context["journey"]
    if all(each.checkpoint.pk != checkpoint.pk for each in journey.posts):
        raise Http404  # its leg is not travelled any more
    return context | {"checkpoint": checkpoint, "post": journey.post(checkpoint)}


def tell_of(request: UserRequest, children: Iterable[UUID]) -> None:
    """Write down that children of an operation were shown."""
    record_reads(
        "operations.read_counts",
        [Person(pk=child) for child in children],
        by=request.user,
        at=timezone.now(),
        compartments={Compartment.MOVEMENT},
    )


def people(journey: UnderWay, children: Iterable[UUID]) -> list[Any]:
    """Return children of an operation in the order of its manifest."""
    found = [journey.travellers[each] for each in children if each in journey.travellers]
    return sorted(found, key=lambda each: each.number)


def done(  # noqa: PLR0913 (a page, an act, and where it leads)
    request: UserRequest,
    context: dict[str, Any],
    page: tuple[str, list[Form]],
    act: Callable[[], object],
    *,
    words: str,
    back: str,
) -> HttpResponse:
    """Show the forms; once all are valid, act and lead on. If it is unfit, show the page again."""
    template, forms = page
    if request.method != "POST" or not all_valid(forms):
        return show_form(request, template, forms, context)
    try:
        act()
    except (actions.UnfitRecord, actions.StillToExplain) as unfit:
        forms[0].add_error(None, unfit.said)
        return show_form(request, template, forms, context)
    messages.success(request, words)
    return redirect(back)


def attempted(request: UserRequest, act: Callable[[], object]) -> bool:
    """Act; say in a message why not, where it is refused."""
    try:
        act()
    except RuleBroken as broken:
        messages.error(request, broken.said)
        return False
    return True
