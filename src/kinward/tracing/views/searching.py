"""Finding people by name, and asking other offices about whom one may not see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.queries import open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs
from kinward.core.once import shown_anew
from kinward.core.pages import sent
from kinward.people import actions
from kinward.people import queries as people
from kinward.people.forms import MessageForm, SearchForm
from kinward.people.models import SearchPurpose
from kinward.people.views import show_form
from kinward.places.queries import names_of
from kinward.tracing import queries

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest

ELSEWHERE: Final = "elsewhere"  # in the session: whom the last search found out of one's reach


@shown_anew
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEARCH_PEOPLE)
def search(request: UserRequest) -> HttpResponse:
    """Ask for what is known of somebody and for what purpose, and show who may be meant."""
    data = sent(request)
    form = SearchForm(data, today=timezone.localdate())
    context: dict[str, Any] = {"form": form}
    if data is None or not form.is_valid():
        return show_form(request, "tracing/search.html", [form], context)
    purpose = SearchPurpose(form.cleaned_data["purpose"])
    now = timezone.now()
    try:
        found = actions.search_people(
            asked=form.asked(),
            purpose=purpose,
            language=get_language() or "en",
            by=request.user,
            at=now,
        )
    except actions.TooManySearches as refusal:
        # Not left to the page of errors: that it was refused must be written down, and stand.
        actions.refuse_search(by=request.user, at=now)
        return render(request, "error.html", {"error": refusal}, status=refusal.status)
    told = {region: [str(one) for one in ids] for region, ids in found.elsewhere.items()}
    request.session[ELSEWHERE] = {"purpose": purpose.value, "regions": told}
    persons = [hit.person for hit in found.shown]
    context |= {
        "found": found,
        "profiles": people.profiles(persons, user=request.user),
        "requests": queries.requests_about(persons, user=request.user),
        "offices": names_of(found.elsewhere, get_language() or "en"),
        "message": MessageForm(auto_id="%s"),
    }
    return show_form(request, "tracing/search.html", [form], context)


@require_POST
@needs(Permission.SEARCH_PEOPLE)
def ask(request: UserRequest) -> HttpResponse:
    """Ask the office of a region about whom the last search found there."""
    last = request.session.get(ELSEWHERE, {})
    form = MessageForm(request.POST)
    meant = last.get("regions", {}).get(request.POST.get("region"), [])
    text = form.cleaned_data["text"] if form.is_valid() else ""
    actions.ask_office(
        persons=meant,
        purpose=SearchPurpose(last.get("purpose", SearchPurpose.TRACING)),
        text=text,
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("The office is asked. Its answer appears here."))
    return redirect("tracing:questions")


@require_safe
@needs(Permission.SEARCH_PEOPLE)
def questions(request: UserRequest) -> HttpResponse:
    """Show what other offices ask this one, and what this account asked and was answered."""
    return show_questions(request, None)


def show_questions(request: UserRequest, wrong: MessageForm | None) -> HttpResponse:
    """Show the questions, with what is wrong with the answer that was sent."""
    to_answer = list(people.questions_to(user=request.user))
    persons = [one.person for one in to_answer]
    record_reads(
        "people.listed",
        persons,
        by=request.user,
        at=timezone.now(),
        compartments=open_compartments(request.user),
    )
    context = {
        "to_answer": [(one, MessageForm(auto_id=f"{one.pk}-%s")) for one in to_answer],
        "own": people.questions_of(user=request.user),
        "profiles": people.profiles(persons, user=request.user),
        "requests": queries.requests_about(persons, user=request.user),
    }
    return show_form(request, "tracing/questions.html", [wrong] if wrong else [], context)


@require_POST
@needs(Permission.SEARCH_PEOPLE)
def answer(request: UserRequest, question_id: UUID) -> HttpResponse:
    """Answer another office."""
    known = people.questions_to(user=request.user, answered=True)
    question = get_object_or_404(known, pk=question_id)
    form = MessageForm(request.POST, auto_id=f"{question_id}-%s")
    if not form.is_valid():
        return show_questions(request, form)
    actions.answer_office(
        question=question, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
    )
    messages.success(request, _("The answer is sent."))
    return redirect("tracing:questions")
