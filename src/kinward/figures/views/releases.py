"""Releases: drafted by one editor, agreed by another, published, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.rules import Permission
from kinward.core.doors import needs
from kinward.core.pages import sent
from kinward.core.paging import page_of
from kinward.figures import actions, queries
from kinward.figures.forms import AnswerForm, DraftForm, WithdrawForm
from kinward.figures.models import Against, Release, ReleaseState

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest

READ: Final = ["GET", "HEAD", "POST"]


@require_safe
@needs(Permission.SEE_FIGURES)
def releases(request: UserRequest) -> HttpResponse:
    """List the releases, the last drafted first, each with where it stands."""
    page = page_of(request, queries.releases())
    rows = [(one, queries.state_of(one)) for one in page]
    waiting = queries.waiting_drafts(now=timezone.now())
    context = {"page": page, "rows": rows, "waiting": waiting}
    return render(request, "figures/releases.html", context)


@require_http_methods(READ)
@needs(Permission.RELEASE)
def draft(request: UserRequest) -> HttpResponse:
    """Ask for a release to be drafted: a job counts it, makes it safe and audits it."""
    public = queries.published()
    form = DraftForm(sent(request), published=public)
    if form.is_valid():
        typed: dict[str, Any] = dict(form.cleaned_data)
        before = typed.pop("takes_place_of")
        typed["takes_place_of"] = next((one for one in public if str(one.pk) == before), None)
        try:
            actions.ask_for_draft(by=request.user, at=timezone.now(), **typed)
        except actions.UnfitRelease as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("It is being counted and audited. It will stand in the list below.")
            )
            return redirect("figures:releases")
    context = {"form": form, "wrong": [form] if form.errors else []}
    return render(request, "figures/draft.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Permission.SEE_FIGURES)
def release(request: UserRequest, release_id: UUID) -> HttpResponse:
    """Show a release as everybody would see it, and what it was audited against."""
    return show(request, found(release_id))


def show(
    request: UserRequest,
    shown: Release,
    *,
    answer: AnswerForm | None = None,
    withdraw: WithdrawForm | None = None,
) -> HttpResponse:
    """Show a release with the forms of what may be done to it."""
    state = queries.state_of(shown)
    forms = [form for form in (answer, withdraw) if form and form.errors]
    small = request.user.has_perm(Permission.SEE_SMALL)
    audit = [(Against(kind) if small else unconfirmed(kind), key) for kind, key in shown.audit]
    titles = {str(one.pk): one.told_title for one in queries.releases()}
    context = {
        "release": shown,
        "paper": queries.paper_of(shown),
        "state": state,
        "waits": state == ReleaseState.AUDITED and shown.drafted_by_id != request.user.pk,
        "agreed": state == ReleaseState.AGREED,
        "is_audited_anew": queries.audits_asked_for(shown).exists(),
        "public": state == ReleaseState.PUBLISHED,
        "steps": list(shown.steps.all()),
        "files": list(queries.files_of(shown)),
        "audit": [(kind, key, titles.get(key, "")) for kind, key in audit],
        "answer_form": answer or AnswerForm(),
        "withdraw_form": withdraw or WithdrawForm(),
        "wrong": forms,
    }
    return render(request, "figures/release.html", context, status=422 if forms else 200)


def unconfirmed(kind: str) -> Against:
    """Return what a release was held against, not saying whether a figure of others is ours.

    Whoever may see no small number and codes what they think it is would have it confirmed.
    """
    return Against.SAID if kind in {Against.CLAIM, Against.DIFFERS} else Against(kind)


@require_POST
@needs(Permission.AGREE_RELEASE)
def answer(request: UserRequest, release_id: UUID) -> HttpResponse:
    """Agree to a release as a second editor, or turn it down."""
    shown = found(release_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, shown, answer=form)
    at = timezone.now()
    if form.cleaned_data["agrees"] == "yes":
        try:
            actions.agree_release(release=shown, by=request.user, at=at)
        except actions.NotAuditedYet as error:
            return audit_anew(request, shown, error)
        messages.success(request, _("You agreed. Its files are made and signed."))
    else:
        reason = form.cleaned_data["reason"]
        actions.return_release(release=shown, reason=reason, by=request.user, at=at)
        messages.success(request, _("It is turned down. Your reason is kept."))
    return redirect("figures:release", release_id=shown.pk)


@require_POST
@needs(Permission.RELEASE)
def publish(request: UserRequest, release_id: UUID) -> HttpResponse:
    """Publish a release that a second editor agreed to."""
    shown = found(release_id)
    try:
        actions.publish_release(release=shown, by=request.user, at=timezone.now())
    except actions.NotAuditedYet as error:
        return audit_anew(request, shown, error)
    messages.success(request, _("It is on the public page now."))
    return redirect("figures:release", release_id=shown.pk)


def audit_anew(request: UserRequest, shown: Release, error: actions.NotAuditedYet) -> HttpResponse:
    """Have a release audited by a job, and say so: nothing was changed yet."""
    actions.ask_for_audit(release=shown, by=request.user, at=timezone.now())
    asked = _("It is being audited again. Nothing was changed: come back when that is done.")
    messages.warning(request, f"{error.said} {asked}")
    return redirect("figures:release", release_id=shown.pk)


@require_POST
@needs(Permission.RELEASE)
def withdraw(request: UserRequest, release_id: UUID) -> HttpResponse:
    """Take a release from the public page."""
    shown = found(release_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return show(request, shown, withdraw=form)
    actions.withdraw_release(release=shown, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("It is on the public page no more. Who kept it still has it."))
    return redirect("figures:release", release_id=shown.pk)


def found(key: UUID) -> Release:
    """Return the release of that key.

    Raises:
        Http404: there is none.
    """
    one = queries.release_of(key)
    if one is None:
        raise Http404
    return one
