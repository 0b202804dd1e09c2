"""One track of a child: its steps, the next one, withdrawing the last, going on all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.casework import actions, queries
from kinward.casework.forms import GoOnForm, StepForm, WithdrawForm
from kinward.casework.models import Track, Unmet
from kinward.casework.tracks import TABLES, lacks, last_to_withdraw
from kinward.core.doors import sees
from kinward.core.pages import sent, show_form
from kinward.core.versions import seen_in, unless_overtaken
from kinward.people.views import open_child

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.casework.models import Step
    from kinward.casework.tracks import Move, Standing, Table, Taken

TEMPLATE = "casework/child_track.html"


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
def track(request: UserRequest, child_id: UUID, track: Track) -> HttpResponse:
    """Show the steps of one track, and take the next one."""
    taking = request.method == "POST"
    context = open_track(request, child_id, track, to=Permission.TAKE_STEP if taking else None)
    if not taking:
        return show_form(request, TEMPLATE, [], context)
    form = context["form"] = step_form(request, context, request.POST)
    if not form.is_valid():
        return show_form(request, TEMPLATE, [form], context)
    wanted = form.wanted()
    return done(
        request,
        context,
        lambda **who: actions.take_step(wanted=wanted, seen=seen_in(request), **who),
        _("The step is recorded."),
        {"go_on": GoOnForm(initial={"to": wanted.to, "on": wanted.on}, prefix="go_on")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TAKE_STEP)
def withdraw(request: UserRequest, child_id: UUID, track: Track) -> HttpResponse:
    """Withdraw the last step of a track."""
    context = open_track(request, child_id, track, to=Permission.TAKE_STEP)
    form = WithdrawForm(sent(request))
    context["withdraw"] = form
    if not form.is_valid():
        return show_form(request, "casework/withdraw_step.html", [form], context)
    return done(
        request,
        context,
        lambda **who: actions.withdraw_step(
            reason=form.cleaned_data["reason"], seen=seen_in(request), **who
        ),
        _("The step is withdrawn. It stays on record."),
    )


@require_POST
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TAKE_STEP)
def go_on(request: UserRequest, child_id: UUID, track: Track) -> HttpResponse:
    """Ask a second person that a step be taken though a gate refuses it."""
    context = open_track(request, child_id, track, to=Permission.TAKE_STEP)
    form = GoOnForm(request.POST, prefix="go_on")
    if not form.is_valid():
        return show_form(request, TEMPLATE, [form], context | {"go_on": form})
    return done(
        request,
        context,
        lambda **who: actions.ask_to_go_on(**form.cleaned_data, seen=seen_in(request), **who),
        _("It is asked for. Once another person has agreed, take the step again."),
    )


def open_track(
    request: UserRequest, child_id: UUID, track: Track, *, to: Permission | None = None
) -> dict[str, Any]:
    """Find a track of a child that is open to this account, and return what stands.

    Raises:
        Http404: the child is not, or the compartment the track lies in.
    """
    context = open_child(request, child_id, to=to)
    child, today = context["child"], timezone.localdate()
    lines = queries.lines_of(child, opened=context["opened"], traced=context["traced"], today=today)
    line = next((each for each in lines if each.track == track), None)
    if line is None:
        raise Http404
    steps = list(queries.steps_of(child, track, user=request.user))
    takes = may(request.user, Permission.TAKE_STEP) and track != Track.CONSENT
    context |= {
        "tab": "summary",
        "track": track,
        "line": line,
        "steps": [shown(each) for each in steps],
        "seen": queries.version_of_track(child, track, steps),
        "asked": queries.asked_to_go_on(child, track, user=request.user),
        "takes": takes,
        "last": by_hand(track, line.standing, role=request.user.role),
        "now": timezone.now(),
    }
    return context | {"form": step_form(request, context) if takes else None}


def by_hand(track: Track, standing: Standing, *, role: str) -> Taken | None:
    """Return the step that this role can withdraw here; none if it follows from another room."""
    table, last = TABLES[track], last_to_withdraw(TABLES[track], standing)
    if last is None or table.is_pushed(last.to) or not table.is_taken_by(role, last.to):
        return None
    return last


def shown(step: Step) -> dict[str, Any]:
    """Return a step with its words, and those of what a gate said against it."""
    table = TABLES[Track(step.track)]
    return {
        "step": step,
        "words": table.label(step.to) if step.to else "",
        "withdrawal": getattr(step, "withdrawn_by", None),
        "despite": reasons(step.despite),
    }


def reasons(words: list[str]) -> list[str]:
    """Return reasons of gates in words."""
    return [str(Unmet(each).label) for each in words if each in Unmet.values]


def step_form(request: UserRequest, context: dict[str, Any], data: Any = None) -> StepForm:
    """Return the form of the next step, with what is possible from where the track stands."""
    table, standing = TABLES[context["track"]], context["line"].standing
    today = timezone.localdate()
    possible = theirs(table, standing, role=request.user.role)
    return StepForm(
        data,
        initial={"on": today},
        choices=[(each.to, table.label(each.to)) for each in possible],
        lacking=lambda wanted: lacks(table, standing, wanted, by=request.user.pk, today=today),
    )


def theirs(table: Table, standing: Standing, *, role: str) -> list[Move]:
    """Return the steps that this role can record by hand from where the track stands."""
    typed = [each for each in table.moves_from(standing.position) if not each.pushed]
    return [each for each in typed if table.is_taken_by(role, each.to)]


def done(
    request: UserRequest,
    context: dict[str, Any],
    act: Callable[..., object],
    words: str,
    refused: dict[str, Any] | None = None,
) -> HttpResponse:
    """Act on the track, and lead back to it; where a gate refuses, say every reason in words."""
    child, track = context["child"], context["track"]
    who = {"child": child, "track": track, "by": request.user, "at": timezone.now()}
    try:
        conflict = unless_overtaken(lambda: act(**who))
    except actions.GateClosed as closed:
        found = [queries.block(each) for each in closed.reasons]
        page = show_form(request, TEMPLATE, [], context | {"closed": found} | (refused or {}))
        page.status_code = closed.status
        return page
    if conflict:
        fresh = open_track(request, child.pk, track) | {"form": context["form"]}
        return show_form(request, TEMPLATE, [], fresh, conflict)
    messages.success(request, words)
    return redirect("casework:track", child_id=child.pk, track=track)
