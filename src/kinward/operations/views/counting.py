"""Counting on a phone, where two counts differ, who did not go on, and closing a checkpoint."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.pages import sent
from kinward.operations import actions, queries
from kinward.operations.forms import (
    CodeForm,
    KnownForm,
    LeaveForm,
    SettleForm,
    among,
    how_of,
)
from kinward.operations.models import SeenHow
from kinward.operations.views.under_way import (
    attempted,
    done,
    open_journey,
    open_post,
    people,
    tell_of,
)
from kinward.people.views import show_form

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.operations.queries import Post, UnderWay

# Only the page that scans wristbands may use the camera.
WITH_CAMERA = "camera=(self), geolocation=(), microphone=(), payment=()"


@require_safe
@sees(Permission.READ_MANIFEST)
def counts(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Show how far an operation is: each checkpoint, who counted, and what is left over."""
    context = open_journey(request, operation_id, tab="counts")
    journey: UnderWay = context["journey"]
    rows = [
        (post, post.is_done(request.user), post.both_done or context["leads"])
        for post in journey.posts
    ]
    found = queries.reconciliation_of(journey, user=request.user)
    stayed = [(found.names.get(each.child_id, ""), each) for each in journey.leavings]
    context |= {"rows": rows, "reconciliation": found, "stayed": stayed}
    return render(request, "operations/counts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.COUNT)
def count(request: UserRequest, checkpoint_id: UUID) -> HttpResponse:
    """Count at a checkpoint: tap a name, scan a wristband or type its code."""
    context = open_post(request, checkpoint_id, shows=False)
    if not queries.travels_at(context["checkpoint"], user=request.user):
        raise Http404
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and take(request, context, form):
        if not request.htmx:
            return redirect("operations:count", checkpoint_id)
        form = CodeForm()
    context = open_post(request, checkpoint_id, tab="counts")
    response = show_form(
        request, "operations/count.html", [form], context | shown(request, context, form)
    )
    response.headers["Permissions-Policy"] = WITH_CAMERA
    return response


def shown(request: UserRequest, context: dict[str, Any], form: CodeForm) -> dict[str, Any]:
    """Return what a counter is shown: their own list, and whom they have yet to see."""
    post, journey = context["post"], context["journey"]
    seen = post.seen_by(request.user)
    everybody = people(journey, post.listed)
    return {
        "form": form,
        "seen": seen,
        "travellers": everybody,
        "missing": people(journey, post.missing_for(request.user)),
        "finished": post.is_done(request.user),
        "expected": len(post.expected),
        "number": len(seen),
    }


def take(request: UserRequest, context: dict[str, Any], form: CodeForm) -> bool:
    """Take what a counter tapped, scanned or typed; tell whether it stands."""
    now = timezone.now()
    checkpoint, journey = context["checkpoint"], context["journey"]
    act = partial(actions.count_child, checkpoint=checkpoint, by=request.user, at=now)
    if "finish" in request.POST:
        finish = partial(actions.finish_count, checkpoint=checkpoint, by=request.user, at=now)
        return attempted(request, finish)
    for name, how in (("tap", SeenHow.TAPPED), ("back", SeenHow.TAKEN_BACK)):
        if name in request.POST:
            child = among(request.POST[name], journey.travellers)
            return child is not None and attempted(request, partial(act, child=child, how=how))
    if not form.is_valid():
        return False
    code = form.cleaned_data["code"]
    found = queries.child_of_code(journey.operation, code, user=request.user)
    if found is None:
        form.add_error("code", _("No wristband of this operation has that code."))
        return False
    try:
        act(child=found, how=how_of(request.POST.get("how", "")))
    except actions.UnfitRecord as unfit:
        form.add_error("code", unfit.said)
        return False
    messages.success(request, _("Seen: %(name)s") % {"name": journey.name_of(found)})
    return True


@require_safe
@sees(Permission.READ_MANIFEST)
def checkpoint(request: UserRequest, checkpoint_id: UUID) -> HttpResponse:
    """Show what two counts come to, once both are done, and what keeps the checkpoint open."""
    context = open_post(request, checkpoint_id, tab="counts")
    said = queries.amendments_of(context["checkpoint"], user=request.user)
    context["amendments"] = [(context["journey"].name_of(each.child_id), each) for each in said]
    context["signs"] = may(request.user, Permission.SIGN_MANIFEST)
    return render(request, "operations/checkpoint.html", context | result(request, context))


def result(request: UserRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return what two counts come to; nothing of it while they may still influence each other."""
    post, journey = context["post"], context["journey"]
    if not post.both_done:
        return {"keeping": queries.keeping_open(journey, post, user=request.user)}
    return {
        "keeping": queries.keeping_open(journey, post, user=request.user),
        "disputed": [
            (each, who_saw(post, each.child)) for each in people(journey, post.outcome.disputed)
        ],
        "missing": people(journey, post.outcome.missing),
        "unexpected": len(post.outcome.unexpected),
        "back": people(journey, post.outcome.back),
        "away": [(journey.travellers[child], row) for child, row in post.away.items()],
        "settled": [(journey.name_of(child), row) for child, row in post.settled.items()],
        "there": people(journey, post.outcome.there),
    }


def who_saw(post: Post, child: UUID) -> list[str]:
    """Return by name who saw a child."""
    return [
        each.recorded_by.get_full_name()
        for each in post.finished
        if child in post.seen.get(each.recorded_by_id, ())
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.LEAD_OPERATION)
def settle(request: UserRequest, checkpoint_id: UUID, child_id: UUID) -> HttpResponse:
    """Decide whether a child is there, where two counts differ."""
    context = open_post(request, checkpoint_id, tab="counts")
    child = context["journey"].travellers.get(child_id)
    if child is None:
        raise Http404
    form = SettleForm(sent(request))
    context |= {"form": form, "heading": _("Where two counts differ"), "about": child.name}
    return done(
        request,
        context,
        ("operations/on_the_way.html", [form]),
        lambda: actions.settle(
            checkpoint=context["checkpoint"],
            child=child_id,
            there=form.cleaned_data["there"] == "yes",
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
        words=_("It is decided, and stays on record with its reason."),
        back=reverse("operations:checkpoint", args=[checkpoint_id]),
    )


@require_POST
@sees(Permission.READ_MANIFEST)
@sees(Permission.LEAD_OPERATION)
def close(request: UserRequest, checkpoint_id: UUID) -> HttpResponse:
    """Close a checkpoint."""
    context = open_post(request, checkpoint_id)
    journey: UnderWay = context["journey"]
    try:
        closed = actions.close_checkpoint(
            checkpoint=context["checkpoint"], by=request.user, at=timezone.now()
        )
    except (actions.StillToExplain, actions.UnfitRecord) as kept:
        messages.error(request, kept.said)
        return redirect("operations:checkpoint", checkpoint_id)
    there = closed.closing.there
    messages.success(
        request,
        ngettext(
            "The checkpoint is closed with %(n)d child.",
            "The checkpoint is closed with %(n)d children.",
            there,
        )
        % {"n": there},
    )
    if closed.behind:
        names = ", ".join(each.name for each in people(journey, closed.behind))
        said = _(
            "These cases did not follow: a step is missing before, or a gate refuses. %(names)s"
        )
        messages.warning(request, said % {"names": names})
    return redirect("operations:counts", journey.operation.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.LEAD_OPERATION)
def leave(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Record that a child did not go on, why, and with which operation it goes instead."""
    context = open_journey(request, operation_id, tab="counts")
    journey: UnderWay = context["journey"]
    names = queries.names_on(journey, user=request.user)
    tell_of(request, set(names) - set(journey.travellers))
    gone = {each.child_id for each in journey.leavings}
    others = queries.operations_of(user=request.user).exclude(pk=operation_id)
    form = LeaveForm(
        sent(request),
        initial={"child": request.GET.get("child"), "checkpoint": request.GET.get("at")},
        names={child: name for child, name in names.items() if child not in gone},
        posts=journey.posts,
        others=others.filter(reconciled__isnull=True),
    )
    context |= {"form": form, "heading": _("A child that did not go on")}
    return done(
        request,
        context,
        ("operations/on_the_way.html", [form]),
        lambda: actions.leave_behind(
            operation=journey.operation,
            checkpoint=form.at(),
            child=UUID(form.cleaned_data["child"]),
            stayed=form.stayed(),
            by=request.user,
            at=timezone.now(),
        ),
        words=_(
            "It is recorded. The child stays with whoever holds it until a minute says otherwise."
        ),
        back=reverse("operations:counts", args=[operation_id]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.LEAD_OPERATION)
def went_on(request: UserRequest, operation_id: UUID, leaving_id: UUID) -> HttpResponse:
    """Record that a child did go on after all."""
    context = open_journey(request, operation_id, tab="counts")
    journey: UnderWay = context["journey"]
    leaving = next((each for each in journey.leavings if each.pk == leaving_id), None)
    if leaving is None:
        raise Http404
    form = KnownForm(sent(request))
    context |= {
        "form": form,
        "heading": _("It did go on after all"),
        "about": journey.name_of(leaving.child_id),
    }
    return done(
        request,
        context,
        ("operations/on_the_way.html", [form]),
        lambda: actions.take_leaving_back(
            leaving=leaving, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
        words=_("It is taken back. Both stay on record."),
        back=reverse("operations:counts", args=[operation_id]),
    )
