"""The programme's letters: the list, one in three languages, writing one, putting it into use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.models import ApprovalKind, Step
from kinward.access.rules import Permission, may_ask
from kinward.core.doors import needs
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.pages import acted, sent
from kinward.core.versions import seen_in
from kinward.people import actions
from kinward.people.forms.printouts import LetterForm
from kinward.people.letters import PLACEHOLDERS
from kinward.people.printouts.letters import as_explained, in_force, is_in_force, versions

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.people.models import LetterVersion


@require_safe
@needs(Permission.SEE_LETTERS)
def letters(request: UserRequest) -> HttpResponse:
    """Show every letter in the version that was written last, and which is in force."""
    used = {each.letter: each.number for each in in_force()}
    last: dict[UUID, LetterVersion] = {}
    for version in versions():
        last.setdefault(version.letter, version)
    listed = sorted(last.values(), key=lambda one: one.name)
    context = {
        "rows": [(each, used.get(each.letter)) for each in listed],
        "writes": may_ask(request.user.role, ApprovalKind.LETTER),
    }
    return render(request, "people/letters.html", context)


@require_safe
@needs(Permission.SEE_LETTERS)
def letter(request: UserRequest, letter_id: UUID) -> HttpResponse:
    """Show what a letter says in three languages, every version of it, and who agreed."""
    rows = [told(each, request) for each in versions_of(letter_id)]
    context = {
        "last": rows[0]["version"],
        "rows": rows,
        "writes": may_ask(request.user.role, ApprovalKind.LETTER),
    }
    return render(request, "people/letter.html", context)


def told(version: LetterVersion, request: UserRequest) -> dict[str, Any]:
    """Return what is shown of a version, and what this account can do with it."""
    steps = list(version.approval.steps.all())
    taken = {step.step for step in steps}
    mine = version.approval.requester_id == request.user.pk
    return {
        "version": version,
        "texts": as_explained(version),
        "steps": steps,
        "in_force": is_in_force(version),
        "may_use": mine
        and taken == {Step.APPROVED}
        and timezone.now() < version.approval.expires_at,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_LETTERS)
def write(request: UserRequest, letter_id: UUID | None = None) -> HttpResponse:
    """Write a letter, or another version of one; a second person has to agree."""
    if not may_ask(request.user.role, ApprovalKind.LETTER):
        raise NotAllowed(_("You may not write letters."))
    last = versions_of(letter_id)[0] if letter_id else None
    form = LetterForm(sent(request), initial=filled_with(last))
    context = {
        "form": form,
        "last": last,
        "seen": last.number if last else 0,
        "placeholders": PLACEHOLDERS.items(),
        "languages": settings.LANGUAGES,
    }
    known = seen_in(request)
    again = acted(
        request,
        "people/write_letter.html",
        [form],
        context,
        lambda: actions.write_letter(
            letter=letter_id,
            seen=int(known) if known.isdecimal() else 0,
            by=request.user,
            at=timezone.now(),
            **form.written(),
        ),
        unfit=RuleBroken,
    )
    if again is not None:
        return again
    messages.success(request, _("It is written down. Another person has to agree to it."))
    return redirect("people:letters")


@require_POST
@needs(Permission.SEE_LETTERS)
def use(request: UserRequest, letter_id: UUID) -> HttpResponse:
    """Put the last version of a letter into use, as a second person agreed."""
    version = versions_of(letter_id)[0]
    actions.use_letter(version=version, by=request.user, at=timezone.now())
    messages.success(request, _("The letter is in use."))
    return redirect("people:letter", letter_id=letter_id)


def filled_with(last: LetterVersion | None) -> dict[str, str]:
    """Return what a form begins with: the last version, or nothing."""
    if last is None:
        return {}
    parts = {
        f"{part}_{code}": last.texts[code][part]
        for code in last.texts
        for part in ("subject", "body")
    }
    return parts | {"name": last.name}


def versions_of(letter_id: UUID) -> list[LetterVersion]:
    """Return every version of a letter, the last first.

    Raises:
        Http404: there is no such letter.
    """
    found = list(versions().filter(letter=letter_id))
    if not found:
        raise Http404
    return found
