"""Candidates: the list, one candidate side by side, opinions, taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.entry.proof import step_up
from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.casework.models import Unmet
from kinward.casework.rules import disclosing
from kinward.core.doors import needs, sees
from kinward.core.once import shown_anew
from kinward.core.paging import page_of
from kinward.core.versions import seen_in, unless_overtaken, written_in
from kinward.people import queries as people
from kinward.people.models import SearchPurpose
from kinward.people.views import open_child
from kinward.tracing import actions, queries
from kinward.tracing.forms import OpinionForm, RevealForm, UndoForm
from kinward.tracing.forms.narrowing import SHOWN, NarrowCandidates
from kinward.tracing.models import Step, Verdict
from kinward.tracing.queries import UNSEEN
from kinward.tracing.rules import hindrance, is_locked
from kinward.tracing.views import comparing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpResponse, QueryDict

    from kinward.access.models import User, UserRequest
    from kinward.core.forms import Form
    from kinward.core.versions import Conflict
    from kinward.people.models import Person
    from kinward.tracing.models import Candidate, Request

WAITING: Final = 200


@require_safe
@needs(Permission.SEE_CANDIDATES)
def matches(request: UserRequest) -> HttpResponse:
    """Show candidates as they were chosen; at first those that wait for this reviewer."""
    narrowing = NarrowCandidates(request.GET)
    chosen = narrowing.chosen()
    all_of_them = queries.candidates_listed(chosen["show"], user=request.user)
    page = page_of(request, queries.narrowed(all_of_them, chosen, at=timezone.now()))
    context = {
        "page": page,
        "which": chosen["show"],
        "choices": SHOWN,
        "narrowing": narrowing,
        "of_all": all_of_them.count() if narrowing.narrows else page.paginator.count,
    }
    context |= with_both_sides(request, page.object_list)
    return render(request, "tracing/matches.html", context)


def with_both_sides(request: UserRequest, candidates: Iterable[Candidate]) -> dict[str, Any]:
    """Return candidates in words with the profiles of both sides; writes down who was shown."""
    listed = list(candidates)
    both = [side for each in listed for side in (each.child, each.sought.person)]
    named = list({person.pk: person for person in both}.values())
    now = timezone.now()
    record_reads("tracing.listed", listed, by=request.user, at=now)
    record_reads(
        "people.listed",
        named,
        by=request.user,
        at=now,
        compartments=open_compartments(request.user),
    )
    return {
        "candidates": comparing.shown(listed),
        "again": {each.candidate_id for each in queries.offered_again(listed)},
        "profiles": people.profiles(named, user=request.user, but=UNSEEN),
    }


@require_safe
@sees(Permission.SEE_CHILDREN)
def child_candidates(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show who may be looking for a child; how many only, to those who may not see who."""
    context = open_child(request, child_id) | {"tab": "candidates"}
    child = context["child"]
    context["being_compared"] = queries.being_compared(queries.families_around(child))
    if not may(request.user, Permission.SEE_CANDIDATES):
        context["how_many"] = queries.how_many_match(child)
        return render(request, "tracing/child_candidates.html", context)
    candidates = list(queries.candidates_of_child(child, user=request.user))
    context |= with_both_sides(request, candidates)
    context |= {
        "claimed": is_locked(*queries.claims_and_decision(child.pk)),
        "too_weak": queries.too_weak(child, user=request.user),
    }
    return render(request, "tracing/child_candidates.html", context)


def open_candidate(request: UserRequest, candidate: Candidate) -> dict[str, Any]:
    """Return all that the page of a candidate shows; writes down that it was read."""
    user, both = request.user, [candidate.child, candidate.sought.person]
    now = timezone.now()
    asked_in = candidate.sought.request
    record_reads("tracing.read", [candidate, asked_in], by=user, at=now)
    compartments = open_compartments(user)
    record_reads("people.read", both, by=user, at=now, compartments=compartments)
    others = queries.others_named_in(candidate)
    record_reads("people.listed", others, by=user, at=now, compartments=compartments)
    beside = people.records_beside(candidate.child, user=user)
    record_reads("people.read", beside, by=user, at=now, compartments=compartments)
    child = people.facts_of_child(candidate.child, user=user, but=UNSEEN)
    sought = people.profiles([candidate.sought.person], user=user, but=UNSEEN)[
        candidate.sought.person_id
    ]
    (in_words,) = comparing.shown([candidate])
    parts = comparing.sums(candidate)
    total = sum(each.bits for each in parts)
    reviews = list(queries.reviews_of(candidate, user=user))
    hindered = hindrance(candidate.sought_id, *queries.claims_and_decision(candidate.child_id))
    standing = queries.standing_judgements(user=user).filter(candidate=candidate).first()
    return {
        "candidate": candidate,
        "shown": in_words,
        "child_facts": child,
        "sought_facts": sought,
        "lines": comparing.lines(in_words.reasons, child, sought),
        "families": comparing.families(candidate),
        "parts": parts,
        "total": total,
        "weight_picture": comparing.weight_picture(parts, total),
        "birth_picture": comparing.birth_picture(child, sought),
        "reviews": reviews,
        "judgements": queries.judgements_of(candidate, user=user),
        "news": comparing.news(candidate, user=user),
        "standing": standing if may(user, Permission.UNDO_JUDGEMENT) else None,
        "may_review": queries.candidates_to_review(user=user).filter(pk=candidate.pk).exists(),
        "opinion_count": queries.opinion_count(candidate),
        "hindered": actions.HINDERED.get(hindered) if hindered else "",
        "may_reveal": candidate.verdict == Verdict.CONFIRMED and may(user, Permission.REVEAL),
        "reveal": RevealForm(prefix="reveal"),
    } | neighbours(candidate, user)


def neighbours(candidate: Candidate, user: User) -> dict[str, UUID | None]:
    """Return the candidates before and after this one among those that wait for this reviewer."""
    waiting = list(queries.candidates_to_review(user=user).values_list("pk", flat=True)[:WAITING])
    if candidate.pk not in waiting:
        return {"before": None, "after": waiting[0] if waiting else None}
    at = waiting.index(candidate.pk)
    return {
        "before": waiting[at - 1] if at else None,
        "after": waiting[at + 1] if at + 1 < len(waiting) else None,
    }


@require_safe
@sees(Permission.SEE_CANDIDATES)
def candidate(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Show a child and a sought person side by side, and ask for an opinion."""
    suspended = queries.suspended_candidates(user=request.user).filter(pk=candidate_id).first()
    if suspended is not None:
        return show_suspended(request, suspended)
    found = get_object_or_404(queries.candidates(user=request.user), pk=candidate_id)
    return show_candidate(request, found, asking(found), UndoForm(prefix="undo"))


def asking(found: Candidate, data: QueryDict | None = None) -> OpinionForm:
    """Return the form of an opinion; that they are the same is not asked while claims stand."""
    form = OpinionForm(data)
    claims = queries.claims_and_decision(found.child_id)
    return form.without_same() if hindrance(found.sought_id, *claims) else form


def show_suspended(request: UserRequest, found: Candidate) -> HttpResponse:
    """Say on which side there is no lawful basis to compare the two of a candidate, and why."""
    asked_in = found.sought.request
    now = timezone.now()
    record_reads("tracing.read", [found, asked_in], by=request.user, at=now)
    record_reads(
        "people.read",
        [found.child],
        by=request.user,
        at=now,
        compartments=open_compartments(request.user),
    )
    sides: dict[Unmet, tuple[Person, Person | Request, str]] = {
        Unmet.NO_BASIS_CHILD: (found.child, found.child, "people:consent"),
        Unmet.NO_BASIS_CLAIMANT: (asked_in.enquirer, asked_in, "tracing:consent"),
    }
    child, claimant = (people.may_be_traced(person) for person, _of, _address in sides.values())
    context = {
        "sides": [
            {
                "reason": why,
                "reference": about.reference,
                "answers": queries.last_answers(person),
                "href": reverse(address, args=[about.pk]),
            }
            for why in disclosing(child=child, claimant=claimant)
            for person, about, address in [sides[why]]
        ]
    }
    return render(request, "tracing/suspended.html", context)


def show_candidate(
    request: UserRequest, found: Candidate, opinion: Form, undo: Form
) -> HttpResponse:
    """Show the page of a candidate; only the part with the opinions, if htmx asks."""
    wrong = [form for form in (opinion, undo) if form.errors]
    context = open_candidate(request, found) | {"opinion": opinion, "undo": undo, "wrong": wrong}
    part = "#review" if request.htmx else ""
    status = 422 if wrong else 200
    return render(request, f"tracing/candidate.html{part}", context, status=status)


def show_conflict(
    request: UserRequest, candidate_id: UUID, conflict: Conflict, opinion: Form, undo: Form
) -> HttpResponse:
    """Show a candidate as it is by now, whole, with what was typed about what it was."""
    found = get_object_or_404(queries.candidates(user=request.user), pk=candidate_id)
    context = open_candidate(request, found) | {"opinion": opinion, "undo": undo}
    form_is_there = context["may_review"] if opinion.is_bound else context["standing"]
    conflict.written = [] if form_is_there else written_in(request)
    context["conflict"] = conflict
    return render(request, "tracing/candidate.html", context, status=conflict.status)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CANDIDATES)
def review(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Record this reviewer's opinion of a candidate; reloading shows the candidate again."""
    if request.method != "POST":
        return redirect("tracing:candidate", candidate_id=candidate_id)
    seen = queries.candidates(user=request.user)
    found = get_object_or_404(seen, pk=candidate_id)  # unseen and absent look alike
    form = asking(found, request.POST)
    if not form.is_valid():
        return show_candidate(request, found, form, UndoForm(prefix="undo"))
    conflict = unless_overtaken(
        lambda: actions.review_candidate(
            candidate=found,
            seen=seen_in(request),
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    )
    if conflict:
        return show_conflict(request, candidate_id, conflict, form, UndoForm(prefix="undo"))
    return after_change(request, candidate_id, _("Your opinion is recorded."))


@require_POST
@sees(Permission.SEE_CANDIDATES)
def undo(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Take back the judgement that stands on a candidate."""
    found = get_object_or_404(queries.candidates(user=request.user), pk=candidate_id)
    judgement = queries.last_judgement(found)
    if judgement is None:
        raise Http404
    form = UndoForm(request.POST, prefix="undo")
    if not form.is_valid():
        return show_candidate(request, found, asking(found), form)
    conflict = unless_overtaken(
        lambda: actions.undo_judgement(
            judgement=judgement,
            seen=seen_in(request),
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    )
    if conflict:
        return show_conflict(request, candidate_id, conflict, asking(found), form)
    return after_change(request, candidate_id, _("The judgement is taken back."))


@shown_anew
@require_POST
@sees(Permission.SEE_CANDIDATES)
@needs(Permission.REVEAL)
@step_up
def reveal(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Show one step of what was withheld of a confirmed match; it is not kept on the page."""
    found = get_object_or_404(queries.candidates(user=request.user), pk=candidate_id)
    form = RevealForm(request.POST, prefix="reveal")
    shown = None
    if form.is_valid():
        shown = actions.reveal(
            candidate=found,
            step=Step(form.cleaned_data["step"]),
            purpose=SearchPurpose(form.cleaned_data["purpose"]),
            by=request.user,
            at=timezone.now(),
        )
    wrong = [form] if form.errors else []
    context = open_candidate(request, found) | {"wrong": wrong, "reveal": form, "revealed": shown}
    context |= {"opinion": asking(found), "undo": UndoForm(prefix="undo")}
    part = "#revealed" if request.htmx else ""
    status = 422 if wrong else 200
    return render(request, f"tracing/candidate.html{part}", context, status=status)


def after_change(request: UserRequest, candidate_id: UUID, words: str) -> HttpResponse:
    """Show what the candidate has become: its part to htmx, else its page."""
    messages.success(request, words)
    if not request.htmx:
        return redirect("tracing:candidate", candidate_id=candidate_id)
    found = get_object_or_404(queries.candidates(user=request.user), pk=candidate_id)
    shown = show_candidate(request, found, asking(found), UndoForm(prefix="undo"))
    shown.headers["Content-Location"] = reverse("tracing:candidate", args=[candidate_id])
    return shown


@require_safe
@sees(Permission.SEE_CANDIDATES)
def history(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Show who read or judged a candidate, and when."""
    found = get_object_or_404(queries.candidates(user=request.user), pk=candidate_id)
    record_reads("tracing.read", [found], by=request.user, at=timezone.now())
    page = page_of(request, queries.history(found, user=request.user))
    return render(request, "tracing/history.html", {"candidate": found, "page": page})
