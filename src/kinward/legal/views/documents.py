"""The papers of a child: its travel documents, recording one, and the name on a passenger list."""

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
from kinward.legal import actions
from kinward.legal.forms import CheckForm, DocumentForm, NoteForm
from kinward.legal.forms.documents import earlier
from kinward.legal.views.opening import done, open_papers

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.legal.queries import Held


@require_safe
@sees(Permission.SEE_CHILDREN)
def papers(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show what is kept of a child's papers."""
    return render(request, "legal/papers.html", open_papers(request, child_id))


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def record_document(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Record a travel document as it is printed."""
    context = open_papers(request, child_id, to=Permission.RECORD_PAPERS)
    known = {str(each.document.pk): each.document for each in context["documents"]}
    form = DocumentForm(sent(request), earlier=earlier(known.values()))
    return done(
        request,
        context,
        ("legal/document.html", form),
        lambda: actions.record_document(
            child=context["child"],
            printed=form.printed(),
            replaces=known.get(form.cleaned_data["replaces"]),
            by=request.user,
            at=timezone.now(),
        ),
        _("The document is recorded as it is printed."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def note_document(request: UserRequest, child_id: UUID, document_id: UUID) -> HttpResponse:
    """Say why a travel document cannot be used."""
    context = open_document(request, child_id, document_id)
    form = NoteForm(sent(request))
    return done(
        request,
        context,
        ("legal/note.html", form),
        lambda: actions.note_document(
            document=context["held"].document,
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        ),
        _("It is recorded. The document is not used any more."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def check_name(request: UserRequest, child_id: UUID, document_id: UUID) -> HttpResponse:
    """Hold the name on a passenger list against a travel document."""
    context = open_document(request, child_id, document_id)
    form = CheckForm(sent(request))
    return done(
        request,
        context,
        ("legal/check.html", form),
        lambda: actions.check_name(
            document=context["held"].document,
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        ),
        _("The two names were compared. See below whether they agree."),
    )


def open_document(request: UserRequest, child_id: UUID, document_id: UUID) -> dict[str, Any]:
    """Find a travel document of a child, to write about it.

    Raises:
        Http404: there is none that is open to this account.
    """
    context = open_papers(request, child_id, to=Permission.RECORD_PAPERS)
    documents: list[Held] = context["documents"]
    found = next((each for each in documents if each.document.pk == document_id), None)
    if found is None:
        raise Http404
    return context | {"held": found}
