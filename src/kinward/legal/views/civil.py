"""What shows who a child is, and which nationalities it has: the pages and their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.pages import sent
from kinward.core.versions import seen_in
from kinward.legal import actions, queries
from kinward.legal.forms import (
    ClaimAnswerForm,
    ClaimForm,
    EvidenceForm,
    EvidenceNoteForm,
    LegalFactForm,
)
from kinward.legal.models import EvidenceItem, EvidenceNoted, Standard
from kinward.legal.rules import proof
from kinward.legal.views.opening import done, open_papers
from kinward.places.queries import countries, names_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest

TEMPLATE = "legal/paper.html"
ISO = 2  # letters of the code of a country
EVIDENCE, NATIONALITY = "legal:evidence", "legal:nationality"


@require_safe
@sees(Permission.SEE_CHILDREN)
def evidence(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show what evidence stands for each question, and what is missing."""
    context = open_evidence(request, child_id)
    standards = [(Standard(each["id"]), each) for each in proof()["standards"]]
    return render(request, "legal/evidence.html", context | {"standards": standards})


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def record_evidence(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Record a piece of evidence."""
    context = open_evidence(request, child_id, to=Permission.RECORD_PAPERS)
    context |= {"heading": _("Record evidence"), "back": EVIDENCE}
    form = EvidenceForm(sent(request))
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.record_evidence(
            child=context["child"], shown=form.shown(), by=request.user, at=timezone.now()
        ),
        _("The evidence is recorded, and the case follows where it can."),
        back=EVIDENCE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def note_evidence(request: UserRequest, child_id: UUID, item_id: UUID) -> HttpResponse:
    """Note that evidence is contested, that this was answered, or that it does not count."""
    context = open_evidence(request, child_id, to=Permission.RECORD_PAPERS)
    pieces = [each for one in context["questions"] for each in one.pieces]
    piece = next((each for each in pieces if each.item.pk == item_id and each.counts), None)
    if piece is None:
        raise Http404
    about = f"{piece.item.get_kind_display()}, {piece.item.issuer}"
    context |= {"heading": _("Note something of this evidence"), "back": EVIDENCE}
    context |= {"about": about, "seen": len(piece.notes)}
    form = EvidenceNoteForm(sent(request))
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.note_evidence(
            item=piece.item,
            noted=EvidenceNoted(form.cleaned_data["noted"]),
            said_by=form.cleaned_data["said_by"],
            reason=form.cleaned_data["reason"],
            seen=seen_in(request),
            by=request.user,
            at=timezone.now(),
        ),
        _("It is recorded."),
        back=EVIDENCE,
    )


@require_safe
@sees(Permission.SEE_CHILDREN)
def nationality(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show which nationalities a child is said to have, and what laws would say."""
    return render(request, "legal/nationality.html", open_nationality(request, child_id))


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def claim_nationality(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Record that a child is said to have a nationality."""
    context = open_nationality(request, child_id, to=Permission.RECORD_PAPERS)
    context |= {"heading": _("A nationality the child is said to have"), "back": NATIONALITY}
    form = ClaimForm(sent(request), countries=named_countries())
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.claim_nationality(
            child=context["child"], claimed=form.claimed(), by=request.user, at=timezone.now()
        ),
        _("The claim is recorded."),
        back=NATIONALITY,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def answer_claim(request: UserRequest, child_id: UUID, nationality_id: UUID) -> HttpResponse:
    """Record what an authority answered to a claim."""
    context = open_nationality(request, child_id, to=Permission.RECORD_PAPERS)
    claims: tuple[queries.Said, ...] = context["nationality"].claims
    said = next((each for each in claims if each.claim.pk == nationality_id), None)
    if said is None:
        raise Http404
    country = names_of([said.claim.country], get_language() or "en")[said.claim.country]
    about = f"{country}, {said.claim.get_basis_display()}"
    context |= {"heading": _("What the country answered"), "back": NATIONALITY}
    context |= {"about": about, "seen": len(said.answers)}
    form = ClaimAnswerForm(sent(request), follows=said.next)
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.answer_claim(
            claim=said.claim,
            answered=form.answered(),
            seen=seen_in(request),
            by=request.user,
            at=timezone.now(),
        ),
        _("The answer is recorded, and the case follows where it can."),
        back=NATIONALITY,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def record_legal_fact(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Record whether what a nationality law asks for is so."""
    context = open_nationality(request, child_id, to=Permission.RECORD_PAPERS)
    items = pieces_of(context, request)
    context |= {"heading": _("What the law asks"), "back": NATIONALITY}
    form = LegalFactForm(
        sent(request), countries=named_countries(), evidence=as_choices(items.values())
    )
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.record_legal_fact(
            child=context["child"],
            country=form.cleaned_data["country"],
            fact=form.cleaned_data["fact"],
            holds=form.cleaned_data["holds"] == "yes",
            said_by=form.cleaned_data["said_by"],
            evidence=items.get(form.cleaned_data["evidence"]),
            by=request.user,
            at=timezone.now(),
        ),
        _("It is recorded."),
        back=NATIONALITY,
    )


def open_evidence(
    request: UserRequest, child_id: UUID, *, to: Permission | None = None
) -> dict[str, Any]:
    """Find a child whose papers are open, and return what shows who it is."""
    context = open_papers(request, child_id, to=to)
    return context | {"questions": queries.evidence_of(context["child"], user=request.user)}


def open_nationality(
    request: UserRequest, child_id: UUID, *, to: Permission | None = None
) -> dict[str, Any]:
    """Find a child whose papers are open, and return what is said of its nationality."""
    context = open_papers(request, child_id, to=to)
    found = queries.nationality_of(context["child"], context["facts"], user=request.user)
    return context | {"nationality": found}


def pieces_of(context: dict[str, Any], request: UserRequest) -> dict[str, EvidenceItem]:
    """Return the evidence of a child that counts, by its identifier."""
    questions = queries.evidence_of(context["child"], user=request.user)
    pieces = [each for one in questions for each in one.pieces if each.counts]
    return {str(each.item.pk): each.item for each in pieces}


def as_choices(items: Any) -> list[tuple[str, str]]:
    """Return evidence as choices."""
    return [
        (str(each.pk), f"{each.get_kind_display()}, \u2068{each.issuer}\u2069") for each in items
    ]


def named_countries() -> list[tuple[str, str]]:
    """Return every country with its name, sorted by that."""
    codes = [each.code for each in countries() if len(each.code) == ISO]
    named = names_of(codes, get_language() or "en")
    return sorted(named.items(), key=lambda country: country[1])
