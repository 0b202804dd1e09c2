"""Tracing requests: the list, one request, taking one, its log."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.models import ApprovalKind
from kinward.access.queries import open_compartments
from kinward.access.rules import Permission, may_answer
from kinward.audit.actions import record_reads
from kinward.core.doors import needs, sees
from kinward.core.forms import KEEP, Answering, all_valid
from kinward.core.pages import sent
from kinward.core.paging import page_of
from kinward.core.printing.answers import as_pdf
from kinward.core.versions import seen_in, unless_overtaken
from kinward.core.wording import isolate
from kinward.people import queries as people
from kinward.people.actions import answer_for_words as answer
from kinward.people.forms import AnsweredForRequest
from kinward.people.models import Kind
from kinward.people.views import ask_consent, show_form
from kinward.places.queries import named_offices, names_of
from kinward.tracing import actions, queries
from kinward.tracing.forms import RequestQuestions
from kinward.tracing.forms.narrowing import NarrowRequests
from kinward.tracing.queries import UNSEEN
from kinward.tracing.rules import as_told, stage
from kinward.tracing.views.comparing import ShownCandidate, shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import User, UserRequest
    from kinward.core.forms import Form
    from kinward.people.models import Person
    from kinward.tracing.models import Request


@require_safe
@needs(Permission.SEE_REQUESTS)
def requests(request: UserRequest) -> HttpResponse:
    """Show the tracing requests this account may know of."""
    seen = queries.requests(user=request.user)
    asked = request.GET.get("reference", "").strip().upper()
    if asked:
        seen = seen.filter(reference__startswith=asked)
    narrowing = NarrowRequests(request.GET)
    if narrowing.chosen()["sort"] == "oldest":
        seen = seen.order_by("taken_at", "id")
    page = page_of(request, seen)
    named = everyone_in(page.object_list)
    now = timezone.now()
    record_reads("tracing.listed", page.object_list, by=request.user, at=now)
    record_reads(
        "people.listed",
        those_shown(named, request.user) if queries.may_read_names(request.user) else [],
        by=request.user,
        at=now,
        compartments=open_compartments(request.user),
    )
    context = {
        "page": page,
        "narrowing": narrowing,
        "asked": asked,
        "may_read": queries.may_read_names(request.user),
        "profiles": people.profiles(named, user=request.user, but=UNSEEN),
        "regions": names_of((each.region for each in page), get_language() or "en"),
    }
    return render(request, "tracing/requests.html", context)


def those_shown(named: Iterable[Person], user: User) -> list[Person]:
    """Return whom a page of requests shows: who asks only to who may know them."""
    knows = queries.may_know_enquirers(user)
    return [each for each in named if knows or each.kind != Kind.ENQUIRER]


def everyone_in(requests: Iterable[Request]) -> list[Person]:
    """Return who asks and who is looked for in these requests."""
    asking = [each.enquirer for each in requests]
    return asking + [sought.person for each in requests for sought in each.sought.all()]


@require_safe
@sees(Permission.SEE_REQUESTS)
def tracing_request(request: UserRequest, request_id: UUID) -> HttpResponse:
    """Show a request: what was told, then everyone looked for with their candidates."""
    found = get_object_or_404(queries.requests(user=request.user), pk=request_id)
    return show_request(request, found, Answering())


def show_request(request: UserRequest, found: Request, answering: Form) -> HttpResponse:
    """Show a request that was found, and write down whom it shows."""
    candidates = shown(queries.candidates_of_request(found, user=request.user))
    children = [each.candidate.child for each in candidates]
    named = everyone_in([found])
    now = timezone.now()
    record_reads("tracing.read", [found], by=request.user, at=now)
    record_reads(
        "people.read",
        those_shown(named, request.user),
        by=request.user,
        at=now,
        compartments=open_compartments(request.user),
    )
    record_reads(
        "people.listed",
        children,
        by=request.user,
        at=now,
        compartments=open_compartments(request.user),
    )
    listed = [each.candidate for each in candidates]
    record_reads("tracing.listed", listed, by=request.user, at=now)
    by_sought: dict[UUID, list[ShownCandidate]] = defaultdict(list)
    for each in candidates:
        by_sought[each.candidate.sought_id].append(each)
    searches = queries.searches_for([sought.person for sought in found.sought.all()])
    context = {
        "found": found,
        "traced": people.may_be_traced(found.enquirer),
        "being_compared": queries.being_compared([found.pk]),
        "told": queries.told(found, user=request.user),
        "told_waiting": queries.told_waiting(found, user=request.user),
        "may_answer": may_answer(request.user.role, ApprovalKind.WORDING),
        "answering": answering,
        "wrong": [answering] if answering.errors else [],
        "may_read": queries.may_read_names(request.user),
        "cards": [
            (
                sought,
                by_sought[sought.pk],
                stage(searches[sought.person_id]),
                as_told(searches[sought.person_id]),
            )
            for sought in found.sought.all()
        ],
        "knows_enquirer": queries.may_know_enquirers(request.user),
        "profiles": people.profiles([*named, *children], user=request.user, but=UNSEEN),
        "region": names_of([found.region], get_language() or "en")[found.region],
    }
    status = 422 if answering.errors else 200
    return render(request, "tracing/request.html", context, status=status)


@require_POST
@sees(Permission.SEE_REQUESTS)
def answer_for_words(request: UserRequest, request_id: UUID) -> HttpResponse:
    """Say, as the second person, whether words of a relative that label someone stay."""
    found = get_object_or_404(queries.requests(user=request.user), pk=request_id)
    if not queries.told_waiting(found, user=request.user, answered=True):
        raise Http404
    form = Answering(request.POST)
    if not form.is_valid():
        return show_request(request, found, form)
    answer(row=found, by=request.user, at=timezone.now(), **form.answer())
    messages.success(request, _("Your answer is recorded."))
    return redirect("tracing:request", request_id=request_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TAKE_REQUEST)
def take(request: UserRequest) -> HttpResponse:
    """Take a request for one or several people."""
    data = sent(request)
    questions = RequestQuestions(data, offices=named_offices(get_language() or "en"))
    if data is not None and all_valid(questions.forms):
        taken = actions.take_request(
            **questions.typed(), keeping=data.get(KEEP, ""), by=request.user, at=timezone.now()
        )
        words = _("The request is taken under the reference %(reference)s.")
        messages.success(request, words % {"reference": isolate(taken.reference)})
        return redirect("tracing:request", request_id=taken.pk)
    return show_form(request, "tracing/take.html", questions.forms, {"questions": questions})


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_REQUESTS)
def consent(request: UserRequest, request_id: UUID) -> HttpResponse:
    """Show what the relative answered for a request, and record another answer."""
    found = get_object_or_404(queries.requests(user=request.user), pk=request_id)
    record_reads("tracing.read", [found], by=request.user, at=timezone.now())
    form, questions = ask_consent(request, found.enquirer, AnsweredForRequest)
    conflict = None
    if form.is_valid():
        conflict = unless_overtaken(
            lambda: actions.record_request_consent(
                request=found,
                answer=form.answer(),
                seen=seen_in(request),
                by=request.user,
                at=timezone.now(),
            )
        )
        if conflict is None:
            messages.success(request, _("The answer is recorded and in effect."))
            return redirect("tracing:consent", request_id=request_id)
        form, questions = ask_consent(request, found.enquirer, AnsweredForRequest)
    context = {"found": found} | questions
    return show_form(request, "tracing/consent.html", [form], context, conflict)


@require_safe
@sees(Permission.SEE_REQUESTS)
def receipt(request: UserRequest, request_id: UUID) -> HttpResponse:
    """Show what the relative takes home: a number, and no name of anybody."""
    found = get_object_or_404(queries.requests(user=request.user), pk=request_id)
    record_reads("tracing.read", [found], by=request.user, at=timezone.now())
    office = names_of([found.region], get_language() or "en")[found.region]
    context = {"found": found, "region": office, "traced": people.may_be_traced(found.enquirer)}
    return render(request, "tracing/receipt.html", context)


@require_safe
@sees(Permission.SEE_REQUESTS)
def receipt_file(request: UserRequest, request_id: UUID) -> HttpResponse:
    """Hand out the receipt as PDF, in the language that was asked for; else lead back to it."""
    found = get_object_or_404(queries.requests(user=request.user), pk=request_id)
    language = request.GET.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return redirect("tracing:receipt", request_id=request_id)
    content = actions.take_receipt(
        request=found, language=language, by=request.user, at=timezone.now()
    )
    return as_pdf(content, f"{found.reference}-receipt")


@require_safe
@sees(Permission.SEE_REQUESTS)
def history(request: UserRequest, request_id: UUID) -> HttpResponse:
    """Show who read or changed a request, and when."""
    found = get_object_or_404(queries.requests(user=request.user), pk=request_id)
    record_reads("tracing.read", [found], by=request.user, at=timezone.now())
    page = page_of(request, queries.history(found, user=request.user))
    return render(request, "tracing/history.html", {"found": found, "page": page})
