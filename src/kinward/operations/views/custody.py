"""Who holds each child: the chain of each, handover minutes, wristbands, families who met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import segno
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.models import Compartment
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.operations import actions, queries
from kinward.operations.forms import CorrectForm, LineForm, MeetForm, MinuteForm, lines
from kinward.operations.models import Breach
from kinward.operations.queries import BEFORE
from kinward.operations.views.under_way import attempted, done, open_journey, people
from kinward.people.views import open_child

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from kinward.access.models import UserRequest
    from kinward.operations.queries import UnderWay
    from kinward.operations.rules import Custody


@require_safe
@sees(Permission.READ_MANIFEST)
def custody(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Show who held each child, one after the other, and where records contradict each other."""
    context = open_journey(request, operation_id, tab="custody")
    journey: UnderWay = context["journey"]
    rows = [
        (each, strip(journey, journey.custody[each.child]), broken_in(journey.custody[each.child]))
        for each in people(journey, journey.custody)
    ]
    met = queries.meetings_of(journey.operation, user=request.user)
    families = [(journey.name_of(each.child_id), each) for each in met]
    return render(
        request, "operations/custody.html", context | {"rows": rows, "families": families}
    )


def strip(journey: UnderWay, chain: Custody) -> list[dict[str, Any]]:
    """Return the custodians of a child one after the other, as they are shown."""
    shown: list[dict[str, Any]] = [{"holder": "", "since": None, "line": None}]
    for link in chain.links:
        receiver = journey.receivers.get(link.holder)
        name = receiver.organisation if receiver else BEFORE
        line = journey.lines[link.records[0]]
        shown.append({"holder": name, "since": link.since, "line": line})
    return shown


def broken_in(chain: Custody) -> list[str]:
    """Return in words where records about a child contradict each other."""
    return list(dict.fromkeys(str(Breach(each.breach).label) for each in chain.broken))


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.HAND_OVER)
def hand_over(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Record a handover minute with a line a child."""
    context = open_journey(request, operation_id, tab="custody")
    journey: UnderWay = context["journey"]
    sent = request.POST if request.method == "POST" else None
    form = MinuteForm(
        sent,
        initial={"handed_at": timezone.localtime()},
        holders=journey.receivers.values(),
        allowed=queries.authorised(journey.operation, user=request.user),
    )
    forms = [LineForm(sent, traveller=each) for each in people(journey, journey.travellers)]
    holders = {
        each.child: strip(journey, journey.custody[each.child])[-1]["holder"]
        for each in journey.travellers.values()
    }
    context |= {"form": form, "lines": [(each, holders[each.traveller.child]) for each in forms]}
    return done(
        request,
        context,
        ("operations/hand_over.html", [form, *forms]),
        lambda: actions.record_minute(
            operation=journey.operation,
            handed=form.handed(),
            lines=lines(forms),
            by=request.user,
            at=timezone.now(),
        ),
        words=_("The minute is recorded. Each child is with whoever received it."),
        back=reverse("operations:custody", args=[operation_id]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.LEAD_OPERATION)
def correct(request: UserRequest, operation_id: UUID, line_id: UUID) -> HttpResponse:
    """Record what happened instead of what a line of a minute says."""
    context = open_journey(request, operation_id, tab="custody")
    journey: UnderWay = context["journey"]
    line = journey.lines.get(line_id)
    if line is None:
        raise Http404
    minute = line.minute
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        initial={
            "giver": minute.giver_id,
            "receiver": minute.receiver_id,
            "handed_at": timezone.localtime(minute.handed_at),
            "witnesses": minute.witnesses,
        },
        holders=journey.receivers.values(),
        allowed=queries.authorised(journey.operation, user=request.user),
    )
    context |= {
        "form": form,
        "heading": _("Correct a line of a handover minute"),
        "about": journey.name_of(line.child_id),
    }
    return done(
        request,
        context,
        ("operations/form.html", [form]),
        lambda: actions.correct_handover(
            line=line,
            handed=None if form.cleaned_data["void"] else form.handed(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
        words=_("It is corrected. Both stay on record."),
        back=reverse("operations:custody", args=[operation_id]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.HAND_OVER)
def meet(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Record that a child and its family met on the way."""
    context = open_journey(request, operation_id, tab="custody")
    journey: UnderWay = context["journey"]
    form = MeetForm(
        request.POST if request.method == "POST" else None,
        travellers=people(journey, journey.travellers),
    )
    context |= {"form": form, "heading": _("A family met its child")}
    return done(
        request,
        context,
        ("operations/form.html", [form]),
        lambda: actions.record_meeting(
            operation=journey.operation,
            **form.cleaned_data
            | {
                "child": next(
                    each for each in journey.travellers if str(each) == form.cleaned_data["child"]
                )
            },
            by=request.user,
            at=timezone.now(),
        ),
        words=_("It is recorded that they met."),
        back=reverse("operations:custody", args=[operation_id]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.LEAD_OPERATION)
def bands(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Show the wristbands to be printed; make those that are missing."""
    context = open_journey(request, operation_id, tab="counts")
    journey: UnderWay = context["journey"]
    if request.method == "POST":
        made: list[Any] = []
        act = lambda: made.extend(  # noqa: E731 (what is counted afterwards)
            actions.give_bands(operation=journey.operation, by=request.user, at=timezone.now())
        )
        if attempted(request, act):
            said = ngettext("%(n)d wristband is made.", "%(n)d wristbands are made.", len(made))
            messages.success(request, said % {"n": len(made)})
        return redirect("operations:bands", operation_id)
    listed = people(journey, journey.travellers)
    context |= {
        "bands": [(each, picture_of(each.code)) for each in listed if each.code],
        "without": sum(not each.code for each in listed),
    }
    return render(request, "operations/bands.html", context)


def picture_of(code: str) -> SafeString:
    """Return a code as a QR code that telephones read, drawn as SVG."""
    drawn = segno.make_qr(code, error="m")
    told = {"scale": 4, "xmldecl": False, "svgns": True, "omitsize": False, "svgclass": None}
    return mark_safe(drawn.svg_inline(lineclass=None, **told))  # noqa: S308 (drawn here, of letters and digits)


@require_safe
@sees(Permission.SEE_CHILDREN)
def journey(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show the operations that a child went with, for who reads how it travels."""
    context = open_child(request, child_id)
    if Compartment.MOVEMENT not in context["opened"]:
        raise Http404
    context |= {"tab": "journey", "trips": queries.trips_of(context["child"])}
    return render(request, "operations/journey.html", context)
