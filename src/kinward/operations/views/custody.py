"""Who holds each child: the chain of each, handover minutes, wristbands, families who met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.models import Compartment
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.pages import sent
from kinward.operations import actions, queries
from kinward.operations.forms import BEFORE_IT, CorrectForm, LineForm, MeetForm, MinuteForm, lines
from kinward.operations.models import Breach
from kinward.operations.views.under_way import attempted, done, open_journey, people
from kinward.people.views import open_child

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from kinward.access.models import UserRequest
    from kinward.operations.queries import UnderWay
    from kinward.operations.rules import Custody

PIXELS: Final = 4  # of a square of a code on the screen
QUIET: Final = 4  # squares of white around a code (ISO/IEC 18004)


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
    minutes = queries.kept_minutes(journey.operation, user=request.user)
    context |= {"rows": rows, "families": families, "minutes": minutes}
    return render(request, "operations/custody.html", context)


def strip(journey: UnderWay, chain: Custody) -> list[dict[str, Any]]:
    """Return the custodians of a child one after the other, as they are shown."""
    before = queries.kept_before(chain, journey.lines, journey.leavings)
    shown: list[dict[str, Any]] = [{"holder": before, "since": None, "line": None}]
    for link in chain.links:
        receiver = journey.receivers.get(link.holder)
        name = receiver.organisation if receiver else before
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
    typed = sent(request)
    form = MinuteForm(
        typed,
        initial={"handed_at": timezone.localtime()},
        holders=journey.receivers.values(),
        allowed=queries.authorised(journey.operation, user=request.user),
    )
    forms = [LineForm(typed, traveller=each) for each in people(journey, journey.travellers)]
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
        sent(request),
        initial={
            "giver": minute.giver_id or BEFORE_IT,
            "receiver": minute.receiver_id or BEFORE_IT,
            "handed_at": timezone.localtime(minute.handed_at),
            "witnesses": minute.witnesses,
            "kept_by": minute.kept_by,
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
        ("operations/on_the_way.html", [form]),
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
        sent(request),
        travellers=people(journey, journey.travellers),
    )
    context |= {"form": form, "heading": _("A family met its child")}
    return done(
        request,
        context,
        ("operations/on_the_way.html", [form]),
        lambda: actions.record_meeting(
            operation=journey.operation,
            **form.cleaned_data | {"child": UUID(form.cleaned_data["child"])},
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
    rows = list(segno.make_qr(code, error="m").matrix_iter(border=QUIET))
    squares = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}" viewBox="0 0 {1} {1}">'
        '<path fill="#fff" d="M0 0h{1}v{1}h-{1}z"/><path d="{2}"/></svg>'
    )
    return format_html(picture, len(rows) * PIXELS, len(rows), "".join(squares))


@require_safe
@sees(Permission.SEE_CHILDREN)
def child_journey(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show the operations that a child went with, and its home, for who reads how it travels."""
    context = open_child(request, child_id)
    if Compartment.MOVEMENT not in context["opened"]:
        raise Http404
    child, named = context["child"], Compartment.LOCATION in context["opened"]
    context |= {
        "tab": "journey",
        "trips": queries.trips_of(child),
        "homes": queries.homes_of(child, named=named),
    }
    return render(request, "operations/child_journey.html", context)
