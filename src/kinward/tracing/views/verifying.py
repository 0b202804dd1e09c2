"""The verification of a match: what both sides said, what disagrees, what the gates refuse."""

from __future__ import annotations

from secrets import SystemRandom
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.audit.models import Purpose
from kinward.casework.models import Evidence, Unmet
from kinward.core.doors import sees
from kinward.core.versions import Conflict, seen_in, unless_overtaken
from kinward.people import queries as people
from kinward.people.views import show_form
from kinward.tracing import actions, queries
from kinward.tracing.forms import (
    DnaReportForm,
    DnaRequestForm,
    ExplainForm,
    LineUpForm,
    OpenForm,
    SettleForm,
    UndoForm,
    question_of,
    spoken,
)
from kinward.tracing.models import Point, RelationTested, Settled, Side
from kinward.tracing.queries import UNSEEN
from kinward.tracing.rules import compared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import User, UserRequest
    from kinward.core.errors import RuleBroken
    from kinward.core.forms import Form
    from kinward.tracing.models import Candidate
    from kinward.tracing.queries import State

TEMPLATE: Final = "tracing/verifying.html"
# Where each reason of a gate is resolved: a part of this page, or another page of this match.
PARTS: Final[Mapping[Unmet, str]] = {
    Unmet.NO_ADULT_FORM: "interviews",
    Unmet.NO_CHILD_FORM: "interviews",
    Unmet.SAME_INTERVIEWER: "interviews",
    Unmet.ADULT_NOT_APART: "interviews",
    Unmet.CHILD_NOT_APART: "interviews",
    Unmet.CHILD_SHOWN_BEFORE: "interviews",
    Unmet.CHILD_CAPTURED_FIRST: "interviews",
    Unmet.NO_EVIDENCE: "evidence",
    Unmet.UNEXPLAINED: "disagreements",
    Unmet.DNA_ALONE: "evidence",
    Unmet.RECOGNITION_ALONE: "evidence",
}


def resolved_at(reason: Unmet, candidate: Candidate) -> str:
    """Return where a reason is resolved; nothing where Kinward has no page for it."""
    if reason in PARTS:
        return f"{reverse('tracing:verification', args=[candidate.pk])}#{PARTS[reason]}"
    if reason == Unmet.CLAIMED:
        return reverse("tracing:claims", args=[candidate.child_id])
    if reason == Unmet.NOT_CONFIRMED:
        return reverse("tracing:candidate", args=[candidate.pk])
    return ""


def open_verification(request: UserRequest, candidate_id: UUID) -> dict[str, Any]:
    """Return all that the page of a verification shows; writes down that it was read."""
    user, now = request.user, timezone.now()
    candidate = get_object_or_404(queries.candidates(user=user), pk=candidate_id)
    both = [candidate.child, candidate.sought.person]
    opened = open_compartments(user)
    told: dict[str, Any] = {"purpose": Purpose.VERIFICATION, "by": user, "at": now}
    record_reads("tracing.read", [candidate, candidate.sought.request], **told)
    record_reads("people.read", both, compartments=opened, **told)
    profiles = people.profiles(both, user=user, but=UNSEEN)
    child, sought = (profiles[person.pk] for person in both)
    verification = queries.verification_of(candidate, user=user)
    context = {
        "candidate": candidate,
        "child_facts": child,
        "sought_facts": sought,
        "verification": verification,
        "may_recommend": may(user, Permission.RECOMMEND),
    }
    if verification is None:
        return context
    state = queries.state_of(verification)
    return context | {"state": state} | as_read(state, candidate)


def as_read(state: State, candidate: Candidate) -> dict[str, Any]:
    """Return what stands of a verification as it is read."""
    adult, child = (spoken(said) for said in (state.proof.adult, state.proof.child))
    return {
        "points": [
            (point, adult.get(point, ""), child.get(point, ""), same)
            for point, same in compared(state.proof).items()
        ],
        "adult_alone": alone(adult),
        "child_alone": alone(child),
        "evidence": [kind for kind in Evidence if kind in state.evidence],
        "both_captured": bool(adult and child),
        "disagreements": [
            (point, state.explanations.get(point), ExplainForm(prefix=point.value))
            for point in state.to_explain
        ],
        "refuses": [(each, resolved_at(each, candidate)) for each in state.refuses],
        "refuses_reunion": [(each, resolved_at(each, candidate)) for each in state.refuses_reunion],
        "sides": [(side, state.interviews.get(side)) for side in Side],
        "tests": [
            (test, getattr(test, "report", None), DnaReportForm(prefix=str(test.pk)))
            for test in state.tests
        ],
    }


def alone(said: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Return the questions that only one side is asked, with its answers."""
    return [(question_of(name), answer) for name, answer in said.items() if name not in Point]


def forms_of(context: Mapping[str, Any], user: User) -> dict[str, Form]:
    """Return the forms of the page, as far as each can be filled in now by this account."""
    candidate, state = context["candidate"], context.get("state")
    if state is None:
        choices = {side: queries.interviewers(candidate, side) for side in Side}
        return {"opening": OpenForm(interviewers=choices)} if context["may_recommend"] else {}
    found: dict[str, Form] = {"line_up": LineUpForm(prefix="line_up")}
    if context["may_recommend"]:
        found["dna"] = DnaRequestForm(prefix="dna")
    if state.decided:
        found["back"] = UndoForm(prefix="back")
    elif state.recommended and state.recommended.by != user.pk:
        found["settle"] = SettleForm(
            prefix="settle", initial={"outcome": state.recommended.outcome}
        )
    elif context["may_recommend"] and not state.recommended:
        found["settle"] = SettleForm(prefix="settle")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.VERIFY)
def verification(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Show what a verification has come to, and open one."""
    context = open_verification(request, candidate_id)
    if request.method != "POST":
        return show(request, context)
    candidate = context["candidate"]
    choices = {side: queries.interviewers(candidate, side) for side in Side}
    form = OpenForm(request.POST, interviewers=choices)

    def act(**who: Any) -> object:
        asked = {side: chosen(choices[side], form.cleaned_data[side.value]) for side in Side}
        return actions.open_verification(candidate=candidate, interviewers=asked, **who)

    return sent(request, context, {"opening": form}, act, _("The verification is open."))


def chosen(accounts: list[User], key: str) -> User:
    """Return the account that was chosen of those offered."""
    return next(user for user in accounts if str(user.pk) == key)


@require_POST
@sees(Permission.VERIFY)
def line_up(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Have chance lay out photographs for one side."""
    context = being_verified(request, candidate_id)
    form = LineUpForm(request.POST, prefix="line_up")

    def act(**who: Any) -> object:
        order = list(range(1, form.cleaned_data["photographs"] + 1))
        SystemRandom().shuffle(order)
        side = Side(form.cleaned_data["side"])
        candidate = context["candidate"]
        return actions.prepare_line_up(candidate=candidate, side=side, order=order, **who)

    return sent(request, context, {"line_up": form}, act, _("Lay them out in this order."))


@require_POST
@sees(Permission.VERIFY)
def explain(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Explain something the two sides disagree on."""
    context = being_verified(request, candidate_id)
    point = request.POST.get("about", "")
    if point not in Point.values:
        raise Http404
    form = ExplainForm(request.POST, prefix=point)

    def act(**who: Any) -> object:
        about, candidate = Point(point), context["candidate"]
        return actions.explain(candidate=candidate, about=about, **form.cleaned_data, **who)

    context["disagreements"] = [
        (each, told, form if each.value == point else other)
        for each, told, other in context["disagreements"]
    ]
    return sent(request, context, {"explaining": form}, act, _("It is recorded."))


@require_POST
@sees(Permission.VERIFY)
def dna(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Ask for a genetic test."""
    context = being_verified(request, candidate_id)
    form = DnaRequestForm(request.POST, prefix="dna")

    def act(**who: Any) -> object:
        typed = dict(form.cleaned_data)
        relation = RelationTested(typed.pop("relation"))
        return actions.request_dna(
            candidate=context["candidate"], relation=relation, **typed, **who
        )

    return sent(request, context, {"dna": form}, act, _("It is recorded."))


@require_POST
@sees(Permission.VERIFY)
def report(request: UserRequest, candidate_id: UUID, test_id: UUID) -> HttpResponse:
    """Record what the laboratory concludes."""
    context = being_verified(request, candidate_id)
    form = DnaReportForm(request.POST, prefix=str(test_id))

    def act(**who: Any) -> object:
        candidate = context["candidate"]
        return actions.report_dna(candidate=candidate, test=test_id, report=form.report(), **who)

    context["tests"] = [
        (test, told, form if test.pk == test_id else other)
        for test, told, other in context["tests"]
    ]
    return sent(request, context, {"reporting": form}, act, _("It is recorded."))


@require_POST
@sees(Permission.VERIFY)
def settle(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Recommend what it comes to, or decide upon what another recommends."""
    context = being_verified(request, candidate_id)
    form = SettleForm(request.POST, prefix="settle")
    decides = context["state"].recommended is not None
    verb = actions.decide_verification if decides else actions.recommend

    def act(**who: Any) -> object:
        outcome, reason = Settled(form.cleaned_data["outcome"]), form.cleaned_data["reason"]
        who |= {"candidate": context["candidate"], "seen": seen_in(request)}
        return verb(outcome=outcome, reason=reason, **who)

    words = (
        _("Your decision is recorded.")
        if decides
        else _("Your recommendation is recorded. Another person decides.")
    )
    return sent(request, context, {"settle": form}, act, words)


@require_POST
@sees(Permission.VERIFY)
def take_back(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Take the decision back that stands."""
    context = being_verified(request, candidate_id)
    form = UndoForm(request.POST, prefix="back")

    def act(**who: Any) -> object:
        who |= {"candidate": context["candidate"], "seen": seen_in(request)}
        return actions.take_back_decision(**form.cleaned_data, **who)

    return sent(request, context, {"back": form}, act, _("The decision is taken back."))


def being_verified(request: UserRequest, candidate_id: UUID) -> dict[str, Any]:
    """Return the page of a match that is being verified.

    Raises:
        Http404: it is not.
    """
    context = open_verification(request, candidate_id)
    if context["verification"] is None:
        raise Http404
    return context


def sent(
    request: UserRequest,
    context: dict[str, Any],
    typed: Mapping[str, Form],
    act: Callable[..., object],
    words: str,
) -> HttpResponse:
    """Do what a form says; where a gate refuses, show the page with every reason in words."""
    (form,) = typed.values()
    if not form.is_valid():
        return show(request, context, typed)
    candidate = context["candidate"]
    try:
        conflict = unless_overtaken(lambda: act(by=request.user, at=timezone.now()))
    except actions.GateClosed as closed:
        reasons = [(each, resolved_at(each, candidate)) for each in closed.reasons]
        return show(request, context | {"closed": reasons}, typed, closed)
    if conflict:
        return show(request, open_verification(request, candidate.pk), typed, conflict)
    messages.success(request, words)
    return redirect("tracing:verification", candidate_id=candidate.pk)


def show(
    request: UserRequest,
    context: dict[str, Any],
    typed: Mapping[str, Form] | None = None,
    refused: RuleBroken | None = None,
) -> HttpResponse:
    """Show the page with its forms; those typed into as they came, and what refused them."""
    forms = forms_of(context, request.user) | dict(typed or {})
    conflict = refused if isinstance(refused, Conflict) else None
    shown = show_form(request, TEMPLATE, list(forms.values()), context | forms, conflict)
    if refused:
        shown.status_code = refused.status
    return shown
