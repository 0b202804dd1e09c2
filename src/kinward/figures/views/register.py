"""The register of figures: what was published, who said what, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.rules import Permission
from kinward.core.doors import needs
from kinward.core.paging import page_of
from kinward.figures import actions, queries
from kinward.figures.forms import CheckForm, ClaimForm, CorrectionForm, LinkForm, SourceForm
from kinward.figures.views.pictures import over_time, tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from kinward.access.models import UserRequest
    from kinward.figures.models import Claim, Source

READ: Final = ["GET", "HEAD", "POST"]
GROUPS_EACH: Final = 10


@require_safe
@needs(Permission.SEE_FIGURES)
def register(request: UserRequest) -> HttpResponse:
    """Show the register: each population with its claims and what they come to."""
    page = page_of(request, queries.groups(), rows_each=GROUPS_EACH)
    shown = [
        (
            group,
            over_time(group.claims, f"range-{n}"),
            [(told, tree(told, f"tree-{n}-{m}")) for m, told in enumerate(group.told)],
        )
        for n, group in enumerate(page)
    ]
    return render(request, "figures/register.html", {"page": page, "groups": shown})


@require_safe
@needs(Permission.SEE_FIGURES)
def inbox(request: UserRequest) -> HttpResponse:
    """Show what contradicts, breaks or is left over, the worst first."""
    return render(request, "figures/inbox.html", {"page": page_of(request, queries.inbox())})


@require_safe
@needs(Permission.SEE_FIGURES)
def sources(request: UserRequest) -> HttpResponse:
    """List the sources, the latest first."""
    return render(request, "figures/sources.html", {"page": page_of(request, queries.sources())})


@require_http_methods(READ)
@needs(Permission.CODE_CLAIM)
def add_source(request: UserRequest) -> HttpResponse:
    """Add a source."""
    form = SourceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        source = actions.add_source(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The source is kept. Code its figures now."))
        return redirect("figures:source", source_id=source.pk)
    context = {"form": form, "wrong": [form] if form.errors else []}
    return render(request, "figures/add_source.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Permission.SEE_FIGURES)
def source(request: UserRequest, source_id: UUID) -> HttpResponse:
    """Show a source: its text with the quotes marked, and its claims."""
    return show_source(request, found(queries.source_of(source_id)))


@require_POST
@needs(Permission.CODE_CLAIM)
def code(request: UserRequest, source_id: UUID) -> HttpResponse:
    """Code a figure of a source."""
    source = found(queries.source_of(source_id))
    form = ClaimForm(request.POST, text=source.text)
    if not form.is_valid():
        return show_source(request, source, form)
    actions.code_claim(source=source, coding=form.coding(), by=request.user, at=timezone.now())
    messages.success(request, _("The figure is in the register."))
    return redirect("figures:source", source_id=source.pk)


def show_source(
    request: UserRequest, source: Source, form: ClaimForm | None = None
) -> HttpResponse:
    """Show a source with the form for its next figure."""
    claims = queries.claims_of(source)
    context = {
        "source": source,
        "text": marked(source.text, [claim.quote for claim in claims]),
        "claims": [(claim, queries.counted_claim(claim)) for claim in claims],
        "form": form or ClaimForm(),
        "wrong": [form] if form and form.errors else [],
    }
    return render(request, "figures/source.html", context, status=422 if context["wrong"] else 200)


def marked(text: str, quotes: Sequence[str]) -> SafeString:
    """Return the text with its quotes marked; where two meet, they are marked as one."""
    hits = [False] * len(text)
    for quote in quotes:
        start = text.find(quote)
        hits[start : start + len(quote)] = [True] * len(quote)
    edges = [n for n in range(1, len(text)) if hits[n] != hits[n - 1]]
    pieces = zip([0, *edges], [*edges, len(text)], strict=True)
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>" if hits[start] else "{}", text[start:end]),)
            for start, end in pieces
            if start < end
        ),
    )


@require_safe
@needs(Permission.SEE_FIGURES)
def claim(request: UserRequest, claim_id: UUID) -> HttpResponse:
    """Show one claim: how it is coded, what it was before, who checked it, what it is linked to."""
    return show_claim(request, found(queries.claim_of(claim_id)))


def show_claim(
    request: UserRequest,
    shown: Claim,
    *,
    check_form: CheckForm | None = None,
    link_form: LinkForm | None = None,
) -> HttpResponse:
    """Show a claim with the forms of what may be done to it."""
    forms = [form for form in (check_form, link_form) if form and form.errors]
    context = {
        "claim": shown,
        "counted": queries.counted_claim(shown),
        "newest": queries.newest(shown),
        "meaning": queries.meaning_of(shown),
        "history": queries.history_of(shown),
        "links": queries.links_of(shown),
        "checks": list(shown.checks.select_related("checked_by")),
        "check_form": check_form or CheckForm(),
        "link_form": link_form or LinkForm(others=others(shown)),
        "wrong": forms,
    }
    return render(request, "figures/claim.html", context, status=422 if forms else 200)


def others(claim: Claim) -> list[tuple[str, str]]:
    """Return the claims that one can be linked to, in a few words each."""
    return [
        (str(each.claim.pk), named(each))
        for group in queries.groups()
        for each in group.claims
        if each.claim.pk != claim.pk
    ]


def named(shown: queries.Shown) -> str:
    """Return a claim in a few words: number, unit, of whom, who said so."""
    claim = shown.claim
    who = claim.speaker or claim.source.outlet
    part = f", {claim.category}" if claim.category else ""
    return f"{shown.counted} – {claim.words}{part} ({who})"


@require_http_methods(READ)
@needs(Permission.CODE_CLAIM)
def correct(request: UserRequest, claim_id: UUID) -> HttpResponse:
    """Code a claim anew; what it was is kept."""
    claim = found(queries.claim_of(claim_id))
    form = (
        CorrectionForm(request.POST, text=claim.source.text)
        if request.method == "POST"
        else CorrectionForm(initial={name: getattr(claim, name) for name in ClaimForm.base_fields})
    )
    if form.is_valid():
        corrected = actions.code_claim(
            source=claim.source,
            coding=form.coding(),
            corrects=claim,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The figure is corrected. What it was is kept."))
        return redirect("figures:claim", claim_id=corrected.pk)
    context = {"claim": claim, "form": form, "wrong": [form] if form.errors else []}
    return render(request, "figures/correct.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.CHECK_CLAIM)
def check(request: UserRequest, claim_id: UUID) -> HttpResponse:
    """Say whether a claim is coded as the source has it."""
    claim = found(queries.claim_of(claim_id))
    form = CheckForm(request.POST)
    if not form.is_valid():
        return show_claim(request, claim, check_form=form)
    actions.check_claim(claim=claim, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Your answer is recorded."))
    return redirect("figures:claim", claim_id=claim.pk)


@require_POST
@needs(Permission.CODE_CLAIM)
def link(request: UserRequest, claim_id: UUID) -> HttpResponse:
    """Link a claim to another."""
    claim = found(queries.claim_of(claim_id))
    form = LinkForm(request.POST, others=others(claim))
    if not form.is_valid():
        return show_claim(request, claim, link_form=form)
    typed: dict[str, Any] = dict(form.cleaned_data)
    other = found(queries.claim_of(UUID(typed.pop("other"))))
    actions.link_claims(claim=claim, other=other, by=request.user, at=timezone.now(), **typed)
    messages.success(request, _("The figures are linked."))
    return redirect("figures:claim", claim_id=claim.pk)


@require_POST
@needs(Permission.CODE_CLAIM)
def take_back(request: UserRequest, link_id: UUID) -> HttpResponse:
    """Take a link back."""
    link = found(queries.link_of(link_id))
    actions.take_back_link(link=link, by=request.user, at=timezone.now())
    messages.success(request, _("The link is taken back."))
    return redirect("figures:claim", claim_id=queries.newest(link.claim).pk)


def found(record: Any) -> Any:
    """Return a record that is there.

    Raises:
        Http404: there is none.
    """
    if record is None:
        raise Http404
    return record
