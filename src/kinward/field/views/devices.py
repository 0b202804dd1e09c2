"""Phones: whose they are, when they were heard of, a code for a new one, revoking one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import segno
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.entry.proof import step_up
from kinward.access.rules import Permission
from kinward.core.doors import needs, open_to_accounts
from kinward.core.paging import page_of
from kinward.field import actions, queries
from kinward.field.forms import AllowForm, InviteForm, RevokeForm
from kinward.field.models import More

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.field.models import Device

# Where the application of the field takes a token: behind "#", which no server and no log sees.
TAKES_TOKEN = "/field/#/enrol/"  # noqa: S105 (an address)


@open_to_accounts
@require_safe
def phones(request: UserRequest) -> HttpResponse:
    """List one's own phones; all, for who manages them."""
    page = page_of(request, queries.devices(user=request.user))
    waiting = queries.conflicts(user=request.user).count()
    return render(request, "field/phones.html", {"page": page, "waiting": waiting})


@needs(Permission.MANAGE_DEVICES)
@step_up
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: UserRequest) -> HttpResponse:
    """Choose whose phone it is, and show the code that enrols it: here, and only once."""
    accounts = queries.accounts_in_the_field(user=request.user)
    form = InviteForm(request.POST or None, accounts=accounts)
    if form.is_valid():
        made = actions.invite_device(account=form.chosen(), by=request.user, at=timezone.now())
        link = request.build_absolute_uri(f"{TAKES_TOKEN}{made.token}")
        code = segno.make_qr(link, error="m").svg_inline(scale=5, border=4)
        context = {
            "invitation": made.invitation,
            "token": made.token,
            "code": SafeString(code),  # drawn by segno, of our own address
        }
        response = render(request, "field/invited.html", context)
        response.headers["Content-Location"] = reverse("field:phones")
        return response
    wrong = [form] if form.errors else []
    context = {"form": form, "wrong": wrong}
    return render(request, "field/invite.html", context, status=422 if wrong else 200)


def found(request: UserRequest, device_id: UUID) -> Device:
    """Find a phone that this account may know of."""
    device: Device = get_object_or_404(queries.devices(user=request.user), pk=device_id)
    return device


@open_to_accounts
@require_safe
def phone(request: UserRequest, device_id: UUID) -> HttpResponse:
    """Show one phone, and what can be done with it."""
    device = found(request, device_id)
    context = {
        "device": device,
        "pack": queries.last_pack(device),
        "allowances": queries.allowances_of(device, at=timezone.now()),
        "mine": device.account_id == request.user.pk,
    }
    return render(request, "field/phone.html", context)


@open_to_accounts
@step_up
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: UserRequest, device_id: UUID) -> HttpResponse:
    """Revoke a phone, for a reason."""
    device = found(request, device_id)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        actions.revoke_device(
            device=device, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("The phone is revoked. It wipes itself when it is next heard."))
        return redirect("field:phone", device.pk)
    heading, button = _("Revoke this phone"), _("Revoke it")
    return shown(request, device, form, heading=heading, button=button)


@needs(Permission.ALLOW_MORE)
@step_up
@require_http_methods(["GET", "HEAD", "POST"])
def allow(request: UserRequest, device_id: UUID) -> HttpResponse:
    """Let a phone carry more than usual, for a reason."""
    device = found(request, device_id)
    form = AllowForm(request.POST or None)
    if form.is_valid():
        what = More(form.cleaned_data["what"])
        reason = form.cleaned_data["reason"]
        actions.allow_more(
            device=device, what=what, reason=reason, by=request.user, at=timezone.now()
        )
        messages.success(request, _("The next pack of this phone carries it."))
        return redirect("field:phone", device.pk)
    heading, button = _("What this phone may carry"), _("Allow it")
    return shown(request, device, form, heading=heading, button=button)


def shown(
    request: UserRequest, device: Device, form: RevokeForm | AllowForm, **words: Any
) -> HttpResponse:
    """Show a form about a phone, with all that is wrong with it."""
    wrong = [form] if form.errors else []
    context = {"device": device, "form": form, "wrong": wrong, **words}
    return render(request, "field/form.html", context, status=422 if wrong else 200)
