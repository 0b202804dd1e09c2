"""Escorts of an operation, and who may receive its children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.pages import sent
from kinward.operations import actions, queries
from kinward.operations.forms import (
    EscortForm,
    NothingForm,
    ReasonForm,
    ReceiverForm,
    StopForm,
)
from kinward.operations.views.opening import READ, done, legs_of, opened
from kinward.operations.views.planning import header

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.operations.models import Receiver
    from kinward.operations.queries import Journey


@require_safe
@sees(Permission.SEE_ALL_OPERATIONS)
def escorts(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Show who travels with the children, whether that is enough, and who may receive them."""
    journey = opened(request, operation_id)
    known = queries.known_of(list(journey.plan), journey.day)
    context = header(request, journey, "escorts") | {"rooms": queries.rooms_of(journey, known)}
    return render(request, "operations/escorts.html", context)


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def name_escort(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Name an escort."""
    journey = opened(request, operation_id)
    accounts = {str(one.pk): one for one in queries.escort_accounts()}
    shown = [(key, f"{one.get_full_name()} ({one.username})") for key, one in accounts.items()]
    form = EscortForm(sent(request), accounts=shown, legs=legs_of(journey))
    return done(
        request,
        said_of(journey, _("Name an escort"), _("Name the escort")),
        [form],
        lambda: actions.name_escort(
            operation=journey.operation,
            named=form.named(),
            over=form.cleaned_data["over"],
            at_most=form.cleaned_data["at_most"],
            account=accounts.get(form.cleaned_data["account"]),
            by=request.user,
            at=timezone.now(),
        ),
        _("The escort is named."),
        back="operations:escorts",
    )


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def end_escort(request: UserRequest, operation_id: UUID, escort_id: UUID) -> HttpResponse:
    """Say that somebody does not travel as an escort after all."""
    journey = opened(request, operation_id)
    escort = next((one for one in journey.escorts if one.pk == escort_id), None)
    if escort is None:
        raise Http404
    form = ReasonForm(sent(request))
    context = said_of(journey, _("An escort does not travel"), _("Record it"))
    return done(
        request,
        context | {"about": f"{escort.surname} {escort.given}"},
        [form],
        lambda: actions.end_escort(
            escort=escort, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
        _("It is recorded."),
        back="operations:escorts",
    )


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def name_receiver(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Name somebody who may receive children."""
    journey = opened(request, operation_id)
    form = ReceiverForm(sent(request))
    place = StopForm(sent(request), prefix="place", label=_("Where do they receive them?"))
    return done(
        request,
        said_of(journey, _("Name who may receive children"), _("Name them")) | {"stops": [place]},
        [form, place],
        lambda: actions.name_receiver(
            operation=journey.operation,
            named=form.named(),
            document=form.cleaned_data["document"],
            place=place.place(),
            by=request.user,
            at=timezone.now(),
        ),
        _("They are named. A second person has to agree."),
        back="operations:escorts",
    )


@require_http_methods(READ)
@sees(Permission.AGREE_TO_RECEIVER)
def agree(request: UserRequest, operation_id: UUID, receiver_id: UUID) -> HttpResponse:
    """Agree, as a second person, to who may receive children."""
    journey = opened(request, operation_id)
    receiver = receiver_of(journey, receiver_id)
    context = said_of(journey, _("Agree to who may receive children"), _("Agree"))
    return done(
        request,
        context | {"about": shown(receiver)},
        [NothingForm(sent(request))],
        lambda: actions.agree_to_receiver(receiver=receiver, by=request.user, at=timezone.now()),
        _("You agreed. Children may be handed to them."),
        back="operations:escorts",
    )


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def withdraw(request: UserRequest, operation_id: UUID, receiver_id: UUID) -> HttpResponse:
    """Say that somebody may not receive children any more."""
    journey = opened(request, operation_id)
    receiver = receiver_of(journey, receiver_id)
    form = ReasonForm(sent(request))
    context = said_of(journey, _("They may not receive children any more"), _("Record it"))
    return done(
        request,
        context | {"about": shown(receiver)},
        [form],
        lambda: actions.withdraw_receiver(
            receiver=receiver, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
        _("It is recorded."),
        back="operations:escorts",
    )


def said_of(journey: Journey, heading: str, button: str) -> dict[str, Any]:
    """Return what a form about an operation shows around its fields."""
    return {
        "journey": journey,
        "operation": journey.operation,
        "heading": heading,
        "button": button,
    }


def receiver_of(journey: Journey, receiver_id: UUID) -> Receiver:
    """Find somebody who was named.

    Raises:
        Http404: nobody was.
    """
    for one in journey.receivers:
        if one.receiver.pk == receiver_id:
            return one.receiver
    raise Http404


def shown(receiver: Receiver) -> str:
    """Return somebody as a second person has to know them."""
    parts = (receiver.surname, receiver.given, receiver.organisation, receiver.document)
    return ", ".join(filter(None, parts))
