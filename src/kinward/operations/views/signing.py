"""Signing a handover minute on the screen, and keeping the paper that was signed instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.pages import sent
from kinward.operations import actions, queries
from kinward.operations.forms import ScanForm, SignForm
from kinward.operations.models import Side
from kinward.operations.rules import HIGH, WIDE
from kinward.operations.views.under_way import done, open_journey

if TYPE_CHECKING:
    from uuid import UUID

    from kinward.access.models import UserRequest
    from kinward.operations.models import SignedMinute

# Whatever a scan holds, a browser that shows it runs nothing and knows of no session.
SANDBOX: Final = "default-src 'none'; sandbox"
TEMPLATE: Final = "operations/sign.html"


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.HAND_OVER)
def sign(request: UserRequest, operation_id: UUID, minute_id: UUID) -> HttpResponse:
    """Show a minute with its signatures, and take another one, drawn on the screen."""
    context = open_minute(request, operation_id, minute_id)
    form = SignForm(sent(request))
    context |= {"form": form, "scan": ScanForm(prefix="scan")}
    minute = context["kept"].minute
    return done(
        request,
        context,
        (TEMPLATE, [form]),
        lambda: actions.sign_minute(
            minute=minute,
            side=Side(form.cleaned_data["side"]),
            name=form.cleaned_data["name"],
            drawn=form.cleaned_data["drawn"],
            by=request.user,
            at=timezone.now(),
        ),
        words=_("The signature is kept, sealed, with the minute."),
        back=reverse("operations:sign_minute", args=[operation_id, minute_id]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.HAND_OVER)
def keep_paper(request: UserRequest, operation_id: UUID, minute_id: UUID) -> HttpResponse:
    """Keep the paper of a minute that was signed by hand, as a photograph or a PDF."""
    context = open_minute(request, operation_id, minute_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ScanForm(*sent, prefix="scan")
    context |= {"form": SignForm(), "scan": form}
    return done(
        request,
        context,
        (TEMPLATE, [form]),
        lambda: actions.keep_signed_paper(
            minute=context["kept"].minute,
            name=form.cleaned_data["name"],
            taken=form.cleaned_data["taken"],
            by=request.user,
            at=timezone.now(),
        ),
        words=_("The signed paper is kept, sealed, with the minute."),
        back=reverse("operations:sign_minute", args=[operation_id, minute_id]),
    )


@require_safe
@sees(Permission.READ_MANIFEST)
@sees(Permission.HAND_OVER)
def scan(
    request: UserRequest, operation_id: UUID, minute_id: UUID, signed_id: UUID
) -> HttpResponse:
    """Hand out the scan of a minute that was signed on paper."""
    context = open_minute(request, operation_id, minute_id)
    row: SignedMinute | None = next(
        (each for each in context["kept"].signed if each.pk == signed_id and each.scan_as), None
    )
    if row is None:
        raise Http404
    response = HttpResponse(queries.scan_of(row), content_type=row.media_type)
    ending = "pdf" if row.media_type == "application/pdf" else "jpg"
    name = f"{context['operation'].reference}-minute.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def open_minute(request: UserRequest, operation_id: UUID, minute_id: UUID) -> dict[str, Any]:
    """Find a minute of an operation that this account works on.

    Raises:
        Http404: there is none.
    """
    context = open_journey(request, operation_id, tab="custody")
    kept = queries.kept_minutes(context["operation"], user=request.user)
    found = next((each for each in kept if each.minute.pk == minute_id), None)
    if found is None:
        raise Http404
    return context | {"kept": found, "wide": WIDE, "high": HIGH}
