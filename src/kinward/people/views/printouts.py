"""Documents on paper: what there is of a child, asking for one, taking one out; blank forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.entry.proof import step_up
from kinward.access.rules import Permission
from kinward.core.doors import needs, sees
from kinward.core.errors import RuleBroken
from kinward.core.guarding import WordsRefused
from kinward.core.pages import sent, show_form
from kinward.core.printing import pdf, written
from kinward.core.printing.answers import as_pdf
from kinward.people import actions, queries
from kinward.people.consents import ConsentPurpose
from kinward.people.forms.printouts import PrintoutForm
from kinward.people.printouts import consent, offered, printouts_of
from kinward.people.views.children import open_child

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest

TEMPLATE: Final = "people/documents.html"


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.MAKE_DOCUMENTS)
def documents(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show the documents that were made of a child, and have another made."""
    context = open_child(request, child_id, to=Permission.MAKE_DOCUMENTS)
    child, now = context["child"], timezone.now()
    form = PrintoutForm(
        sent(request),
        offers=offered(child, user=request.user, at=now),
        role=request.user.role,
        initial={
            "document": request.GET.get("document", ""),
            "language": translation.get_language(),
        },
    )
    if form.is_valid() and asked(form, child, request):
        messages.success(request, _("The document is being made. It will stand in the list below."))
        return redirect("people:documents", child_id=child_id)
    kept = printouts_of(child, user=request.user, now=now)
    context |= {
        "tab": "documents",
        "form": form,
        "kept": kept,
        "moves": any(each.moves for each in kept),
    }
    return show_form(request, TEMPLATE, [form], context)


def asked(form: PrintoutForm, child: Any, request: UserRequest) -> bool:
    """Ask for the document; where it cannot be asked for, say so at its field."""
    try:
        actions.ask_for_printout(person=child, by=request.user, at=timezone.now(), **form.asked())
    except WordsRefused as refused:
        form.add_error(refused.field, refused.said)
    except RuleBroken as unfit:
        form.add_error(None, unfit.said)
    return not form.errors


@require_safe
@sees(Permission.SEE_CHILDREN)
@sees(Permission.MAKE_DOCUMENTS)
@step_up
def take_document(request: UserRequest, child_id: UUID, printout_id: UUID) -> HttpResponse:
    """Hand out a document to who asked for it, once it is written down that it left."""
    children = queries.children(user=request.user, to=Permission.MAKE_DOCUMENTS)
    child = get_object_or_404(children, pk=child_id)
    now = timezone.now()
    kept = {each.printout.pk: each for each in printouts_of(child, user=request.user, now=now)}
    if printout_id not in kept:
        raise actions.NoSuchDocument(_("There is no such document."))
    printout = kept[printout_id].printout
    content = actions.take_printout(printout=printout, by=request.user, at=now)
    return as_pdf(content, f"{child.reference}-{printout.kind}-{printout.made.code}")


@require_safe
@needs(Permission.RECORD_CONSENT)
def blank_form(request: UserRequest) -> HttpResponse:
    """Hand out a consent form to be filled in by hand. It is about nobody, and made at once.

    Where no form is named that there is, it leads back to the children.
    """
    purpose, language = (request.GET.get(part, "") for part in ("purpose", "language"))
    if purpose not in ConsentPurpose.values or language not in dict(settings.LANGUAGES):
        return redirect("people:children")
    sheet = consent.blank_sheet(ConsentPurpose(purpose), language)
    content = pdf(written(sheet, at=consent.explained_since()))
    return as_pdf(content, f"consent-{purpose}-{consent.current_version()}-{language}")
