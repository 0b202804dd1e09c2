"""Translations and legalisation of a child's papers, and the registration of its birth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.pages import sent
from kinward.core.versions import seen_in
from kinward.legal import actions, queries
from kinward.legal.forms import BirthForm, FormalityForm, ProgressForm
from kinward.legal.models import Progress, Registered
from kinward.legal.views.civil import as_choices, named_countries, pieces_of
from kinward.legal.views.opening import done, open_papers
from kinward.people.forms.consents import LANGUAGES

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest

TEMPLATE = "legal/paper.html"
FORMALITIES, BIRTH = "legal:formalities", "legal:birth"


@require_safe
@sees(Permission.SEE_CHILDREN)
def formalities(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show what the papers of a child need abroad, and how far that is."""
    context = open_formalities(request, child_id)
    named: dict[str, Any] = dict(LANGUAGES)
    context["listed"] = [
        (each, named.get(each.formality.language, "")) for each in context["formalities"]
    ]
    return render(request, "legal/formalities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def need_formality(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Record what a paper needs before another state accepts it."""
    context = open_formalities(request, child_id, to=Permission.RECORD_PAPERS)
    papers = papers_of(context, request)
    context |= {"heading": _("What a paper needs abroad"), "back": FORMALITIES}
    form = FormalityForm(
        sent(request),
        papers=[(key, words) for key, (_paper, words) in papers.items()],
        countries=named_countries(),
        languages=list(LANGUAGES),
        today=timezone.localdate(),
    )
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.need_formality(
            paper=papers[form.cleaned_data["paper"]][0],
            needed=form.needed(),
            by=request.user,
            at=timezone.now(),
        ),
        _("It is recorded, and stands in what is due."),
        back=FORMALITIES,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def record_progress(request: UserRequest, child_id: UUID, formality_id: UUID) -> HttpResponse:
    """Record how far a translation or legalisation is."""
    context = open_formalities(request, child_id, to=Permission.RECORD_PAPERS)
    listed: list[queries.Pending] = context["formalities"]
    found = next((each for each in listed if each.formality.pk == formality_id), None)
    if found is None or not found.follows:
        raise Http404
    context |= {"heading": _("How far it is"), "back": FORMALITIES, "seen": len(found.steps)}
    context |= {"about": found.formality.get_kind_display()}
    form = ProgressForm(sent(request), follows=found.follows)
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.record_progress(
            formality=found.formality,
            progress=Progress(form.cleaned_data["progress"]),
            done_by=form.cleaned_data["done_by"],
            happened_on=form.cleaned_data["happened_on"],
            seen=seen_in(request),
            by=request.user,
            at=timezone.now(),
        ),
        _("It is recorded."),
        back=FORMALITIES,
    )


@require_safe
@sees(Permission.SEE_CHILDREN)
def birth(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show how far the registration of a birth is."""
    return render(request, "legal/birth.html", open_birth(request, child_id))


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def record_birth(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Record what happened on the way of a birth into a register."""
    context = open_birth(request, child_id, to=Permission.RECORD_PAPERS)
    context |= {"heading": _("Registration of the birth"), "back": BIRTH}
    context |= {"seen": len(context["births"])}
    form = BirthForm(sent(request), countries=named_countries(), follows=Registered)
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.record_birth(
            child=context["child"],
            entered=form.entered(),
            seen=seen_in(request),
            by=request.user,
            at=timezone.now(),
        ),
        _("It is recorded, and the case follows where it can."),
        back=BIRTH,
    )


def open_formalities(
    request: UserRequest, child_id: UUID, *, to: Permission | None = None
) -> dict[str, Any]:
    """Find a child whose papers are open, and return what they need abroad."""
    context = open_papers(request, child_id, to=to)
    today = timezone.localdate()
    found = queries.formalities_of(context["child"], user=request.user, today=today)
    return context | {"formalities": found}


def open_birth(
    request: UserRequest, child_id: UUID, *, to: Permission | None = None
) -> dict[str, Any]:
    """Find a child whose papers are open, and return how far its birth is registered."""
    context = open_papers(request, child_id, to=to)
    return context | {"births": queries.births_of(context["child"], user=request.user)}


def papers_of(context: dict[str, Any], request: UserRequest) -> dict[str, tuple[Any, str]]:
    """Return every paper of a child that may need something abroad, with its words, by a key."""
    found: dict[str, tuple[Any, str]] = {}
    for held in context["documents"]:
        one = held.document
        found[f"document-{one.pk}"] = one, f"{one.get_kind_display()} {one.issuer} {one.number}"
    for matter in context["matters"]:
        for step in matter.steps:
            words = f"{matter.proceeding.court}, {step.reference}"
            found[f"ruling-{step.pk}"] = step, f"{step.get_ruled_display()}: {words}"
    items = pieces_of(context, request)
    for key, words in as_choices(items.values()):
        found[f"item-{key}"] = items[key], words
    return found
