"""What a closed checkpoint is wrong about: saying it, and agreeing to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.pages import sent
from kinward.core.wording import moment
from kinward.operations import actions, queries
from kinward.operations.forms import AmendForm
from kinward.operations.views.under_way import attempted, done, open_post

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.operations.queries import Post, UnderWay


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.LEAD_OPERATION)
def amend(request: UserRequest, checkpoint_id: UUID) -> HttpResponse:
    """Say that a closed checkpoint is wrong about a child."""
    context = open_post(request, checkpoint_id, tab="counts")
    if context["post"].closing is None:
        raise Http404
    form = AmendForm(sent(request), **choices(context))
    context |= {
        "form": form,
        "heading": _("Correct what was counted"),
        "about": _("It takes two people: nothing changes until another one has agreed."),
    }
    return done(
        request,
        context,
        ("operations/on_the_way.html", [form]),
        lambda: actions.ask_to_amend(
            checkpoint=context["checkpoint"],
            wrong=form.wrong(),
            by=request.user,
            at=timezone.now(),
        ),
        words=_("It is recorded. It stands once another person has agreed."),
        back=reverse("operations:checkpoint", args=[checkpoint_id]),
    )


def choices(context: dict[str, Any]) -> dict[str, Any]:
    """Return who was there and who was not, and the lines of minutes that stand."""
    post: Post = context["post"]
    journey: UnderWay = context["journey"]
    listed = {child: journey.name_of(child) for child in post.listed}
    stand = [
        journey.lines[record]
        for each in journey.custody.values()
        for link in each.links
        for record in link.records
    ]
    return {
        "there": {child: name for child, name in listed.items() if child in post.outcome.present},
        "others": {
            child: name for child, name in listed.items() if child not in post.outcome.present
        },
        "minuted": {
            line.pk: f"{journey.name_of(line.child_id)}, {moment(line.minute.handed_at)}"
            for line in stand
        },
    }


@require_POST
@sees(Permission.READ_MANIFEST)
@sees(Permission.SIGN_MANIFEST)
def answer(request: UserRequest, amendment_id: UUID) -> HttpResponse:
    """Agree to what somebody else said of a closed checkpoint, or not."""
    amendment = get_object_or_404(queries.amendments(user=request.user), pk=amendment_id)
    act = partial(
        actions.answer_amendment,
        amendment=amendment,
        agree="agree" in request.POST,
        by=request.user,
        at=timezone.now(),
    )
    if attempted(request, act):
        messages.success(request, _("Your answer is recorded. Everything stays on record."))
    return redirect("operations:checkpoint", amendment.checkpoint_id)
