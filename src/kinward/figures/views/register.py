"""The register of figures: what was published, who said what, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.rules import Permission
from kinward.core.doors import needs
from kinward.core.pages import sent
from kinward.core.paging import page_of
from kinward.figures import actions, queries
from kinward.figures.forms import (
    CheckForm,
    ClaimForm,
    CopiesForm,
    CorrectionForm,
    LinkForm,
    PageForm,
    Reading,
    SourceForm,
)
from kinward.figures.models import SourceKind
from kinward.figures.views.pictures import over_time, tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from kinward.access.models import UserRequest
    from kinward.figures.models import ArchivedCopy, Claim, Source

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
    return take_source(request, SourceForm(sent(request)))


def take_source(
    request: UserRequest, form: SourceForm, copy: ArchivedCopy | None = None
) -> HttpResponse:
    """Keep a source with the copy it was read out of, or show again what is wrong with it."""
    if form.is_valid():
        typed = form.cleaned_data
        source = actions.add_source(by=request.user, at=timezone.now(), copy=copy, **typed)
        messages.success(request, _("The source is kept. Code its figures now."))
        following = "figures:read" if queries.can_be_read(source) else "figures:source"
        return redirect(following, source_id=source.pk)
    context = {"form": form, "copy": copy, "wrong": [form] if form.errors else []}
    return render(request, "figures/add_source.html", context, status=422 if form.errors else 200)


@require_http_methods(READ)
@needs(Permission.CODE_CLAIM)
def add_copy(request: UserRequest) -> HttpResponse:
    """Take a saved page, and lead on to the source that it becomes."""
    form = PageForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        page, content = form.cleaned_data["page"]
        copy = actions.keep_copy(page=page, content=content, by=request.user, at=timezone.now())
        messages.success(request, _("The page is kept. Look whether it was read as it stands."))
        return redirect("figures:use_copy", copy_id=copy.pk)
    context = {"form": form, "wrong": [form] if form.errors else []}
    return render(request, "figures/add_copy.html", context, status=422 if form.errors else 200)


@require_http_methods(READ)
@needs(Permission.CODE_CLAIM)
def use_copy(request: UserRequest, copy_id: UUID) -> HttpResponse:
    """Make a source of a kept page: its text and what it says of itself stand in the form."""
    copy = found(queries.copy_of(copy_id))
    told = {"text": copy.text, "kind": SourceKind.ARTICLE, "language": queries.language_of(copy)}
    initial = copy.told | told
    form = SourceForm(sent(request), initial=initial)
    return take_source(request, form, copy)


@require_safe
@needs(Permission.SEE_FIGURES)
def copy_file(request: UserRequest, copy_id: UUID) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Hand an archived copy out, to be opened by a program for archives and never by a browser."""
    copy = found(queries.copy_of(copy_id))
    response = HttpResponse(bytes(copy.content), content_type="application/octet-stream")
    name = f"kinward-{copy.digest[:12]}.warc.gz"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(READ)
@needs(Permission.CODE_CLAIM)
def read(request: UserRequest, source_id: UUID) -> HttpResponse:
    """Show what a source seems to claim, each beside its quote, and record what is decided."""
    source = found(queries.source_of(source_id))
    if not queries.can_be_read(source):
        return redirect("figures:source", source_id=source.pk)
    reading = Reading(source, sent(request))
    if reading.is_valid():
        chosen, aside = reading.chosen(), reading.aside()
        actions.read_source(
            source=source, chosen=chosen, aside=aside, by=request.user, at=timezone.now()
        )
        if chosen or aside:
            messages.success(request, _("What you decided is recorded."))
        if reading.gone:
            words = _("Somebody else decided some of it in the meantime. What they said stands.")
            messages.warning(request, words)
        return redirect("figures:read" if reading.left() else "figures:source", source_id=source.pk)
    context = {
        "source": source,
        "sentences": [
            (start, marked(sentence, quotes), forms)
            for start, sentence, quotes, forms in reading.sentences()
        ],
        "count": reading.count,
        "hint": ClaimForm.base_fields["words"].help_text,  # once, not at every figure
        "wrong": reading.wrong(),
    }
    return render(request, "figures/read.html", context, status=422 if context["wrong"] else 200)


@require_POST
@needs(Permission.CODE_CLAIM)
def tell_copies(request: UserRequest, source_id: UUID) -> HttpResponse:
    """Say whether another source prints the same text."""
    source = found(queries.source_of(source_id))
    form = CopiesForm(request.POST)
    if not form.is_valid():
        raise Http404
    other = found(queries.source_of(form.cleaned_data["other"]))
    same = form.cleaned_data["same"] == "yes"
    actions.tell_copies(source=source, other=other, same=same, by=request.user, at=timezone.now())
    messages.success(request, _("Your answer is recorded."))
    return redirect("figures:source", source_id=source.pk)


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
        "copy": queries.copy_behind(source),
        "alike": queries.alike(source),
        "can_be_read": queries.can_be_read(source),
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
