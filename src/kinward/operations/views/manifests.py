"""The manifest of an operation: its versions, signing one, handing one out, what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import sees
from kinward.core.errors import RuleBroken
from kinward.core.pages import sent
from kinward.operations import actions, queries
from kinward.operations.forms import DraftForm, HandOutForm, NothingForm, ReceivedForm
from kinward.operations.models import FileKind
from kinward.operations.views.opening import READ, done, legs_of, opened
from kinward.operations.views.people import said_of
from kinward.operations.views.planning import header
from kinward.people.views import show_form

if TYPE_CHECKING:
    from uuid import UUID

    from kinward.access.models import UserRequest
    from kinward.operations.queries import Journey, Version

TYPES = {FileKind.CSV: ("text/csv", "csv"), FileKind.PAXLST: ("application/edifact", "edi")}


@require_safe
@sees(Permission.SEE_OPERATIONS)
def manifest(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Show every version of the manifest: what it says, who signed it, what changed."""
    journey, user = opened(request, operation_id), request.user
    versions = queries.versions_of(journey, user=user)
    lines = [one.line for version in versions for one in version.lines]
    record_reads(
        "operations.read_manifest",
        queries.people_of(lines),
        by=user,
        at=timezone.now(),
        compartments=["movement"] if lines else [],
    )
    context = header(request, journey, "manifest") | {
        "versions": [(version, version.unready_for(user)) for version in versions],
        "signs": may(user, Permission.SIGN_MANIFEST),
        "reads": may(user, Permission.READ_MANIFEST),
    }
    return render(request, "operations/manifest.html", context)


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def draft(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Draft the next version of a manifest."""
    journey = opened(request, operation_id)
    form = DraftForm(sent(request), first=not journey.manifests)
    return done(
        request,
        said_of(journey, _("Draft a version"), _("Draft it")),
        [form],
        lambda: actions.draft_manifest(
            operation=journey.operation, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
        _("The version is drafted. Two people have to sign it."),
        back="operations:manifest",
    )


@require_http_methods(READ)
@sees(Permission.SIGN_MANIFEST)
def sign(request: UserRequest, operation_id: UUID, number: int) -> HttpResponse:
    """Sign a version; the second signature freezes it."""
    journey = opened(request, operation_id)
    found = version_of(journey, number, request)
    context = said_of(journey, _("Sign the manifest"), _("Sign it"))
    return done(
        request,
        context | {"about": _("Version %(number)s") % {"number": number}, "digest": found},
        [NothingForm(sent(request))],
        lambda: actions.sign_manifest(manifest=found.manifest, by=request.user, at=timezone.now()),
        _("You signed it."),
        back="operations:manifest",
    )


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def hand_out(request: UserRequest, operation_id: UUID, number: int) -> HttpResponse:
    """Hand a frozen version out as a file; to whom and for what is written down."""
    journey = opened(request, operation_id)
    found = version_of(journey, number, request)
    if not found.frozen:
        raise Http404
    form = HandOutForm(sent(request), legs=legs_of(journey))
    context = said_of(journey, _("Hand the manifest out"), _("Hand it out")) | {
        "about": _("Version %(number)s") % {"number": number},
        "form": form,
        "back": "operations:manifest",
        "leaves": True,
    }
    if not form.is_valid():
        return show_form(request, "operations/form.html", [form], context)
    said = dict(form.cleaned_data)
    on_leg = said.pop("leg")
    stretch = next(one for one in journey.stretches if one.number == on_leg)
    try:
        file = actions.hand_out(
            manifest=found.manifest,
            leg=stretch.leg,
            make=lambda handed: queries.file_of(journey, handed),
            by=request.user,
            at=timezone.now(),
            **said,
        )
    except RuleBroken as unfit:
        form.add_error(None, str(unfit.said))
        return show_form(request, "operations/form.html", [form], context)
    mime, ending = TYPES[FileKind(said["kind"])]
    name = f"{journey.operation.reference}-{on_leg}-v{number}.{ending}"
    answer = HttpResponse(file, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def received(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Read a passenger list or an answer that came, and show what in it is not right."""
    from kinward.operations.paxlst import Unreadable, read  # noqa: PLC0415 (read when needed)

    journey = opened(request, operation_id)
    form = ReceivedForm(sent(request))
    context = said_of(journey, _("Read what came back"), _("Read it")) | {
        "form": form,
        "back": "operations:manifest",
    }
    if form.is_valid():
        try:
            context["received"] = read(form.cleaned_data["text"])
        except Unreadable:
            form.add_error("text", _("This is no message of PAXLST or CUSRES."))
    return show_form(request, "operations/received.html", [form], context)


def version_of(journey: Journey, number: int, request: UserRequest) -> Version:
    """Find a version of a manifest.

    Raises:
        Http404: there is none of that number.
    """
    for one in queries.versions_of(journey, user=request.user):
        if one.manifest.version == number:
            return one
    raise Http404
