"""Files about a child: the list, adding one, opening one, withdrawing one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.queries import may
from kinward.access.rules import Permission, readers_of
from kinward.audit.actions import record
from kinward.core.doors import sees
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.people import actions, queries
from kinward.people.forms.uploads import AttachForm, WithdrawForm
from kinward.people.models import COMPARTMENT_OF_FILE, FileKind
from kinward.people.views import open_child

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import QueryDict

    from kinward.access.models import UserRequest
    from kinward.core.forms import Form
    from kinward.people.models import Attachment, Person

# Whatever a document holds, a browser that shows it runs nothing and knows of no session.
SANDBOX: Final = "default-src 'none'; sandbox"
ENDINGS: Final = {
    "image/jpeg": "jpg",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/flac": "flac",
    "audio/amr": "amr",
    "wordprocessingml.document": "docx",
    "spreadsheetml.sheet": "xlsx",
    "presentationml.presentation": "pptx",
    "opendocument.text": "odt",
    "opendocument.spreadsheet": "ods",
    "opendocument.presentation": "odp",
}


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
def files(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show the files about a child, and take a new one."""
    context = open_child(request, child_id)
    if request.method != "POST":
        return show_files(request, context, AttachForm())
    if not may(request.user, Permission.ADD_STATEMENT):
        raise NotAllowed(_("You may not add files."))
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid() and added(request, context["child"], form):
        messages.success(request, _("The file is kept, sealed."))
        return redirect("people:files", child_id=child_id)
    return show_files(request, context, form)


def added(request: UserRequest, child: Person, form: AttachForm) -> bool:
    """Keep the file; where it cannot be kept, say so at its field."""
    try:
        actions.attach_file(person=child, by=request.user, at=timezone.now(), **form.typed())
    except RuleBroken as error:
        form.add_error("file", error.said)
    return not form.errors


def show_files(
    request: UserRequest, context: dict[str, Any], form: Form, sent: dict[UUID, Form] | None = None
) -> HttpResponse:
    """Show the list with its forms. No photograph is shown before it is asked for.

    `sent` are the forms of withdrawing that came in, by the id of their file.
    """
    sent = sent or {}
    listed = queries.attachments_of(context["child"], user=request.user)
    wrong = [each for each in (form, *sent.values()) if each.errors]
    context |= {
        "tab": "files",
        "form": form,
        "wrong": wrong,
        "readers": [
            role.label
            for role in readers_of(Permission.SEE_CHILDREN, COMPARTMENT_OF_FILE[FileKind.PHOTO])
        ],
        "files": [(file, sent.get(file.pk) or withdrawing(file.pk)) for file in listed],
    }
    return render(request, "people/child_files.html", context, status=422 if wrong else 200)


def withdrawing(file_id: UUID, data: QueryDict | None = None) -> WithdrawForm:
    """Return the form that withdraws a file, told apart from others of the page."""
    return WithdrawForm(data, auto_id=f"id_{file_id}_%s")


def found(
    request: UserRequest, child_id: UUID, file_id: UUID, *, withdrawn: bool = False
) -> Attachment:
    """Find a file this account may see, or could before it was `withdrawn`.

    Raises:
        Http404: there is none, it was withdrawn, or it may not be seen: the three look alike.
    """
    child = get_object_or_404(queries.children(user=request.user), pk=child_id)
    seen = queries.attachments_of(child, user=request.user, withdrawn=withdrawn)
    return get_object_or_404(seen, pk=file_id)


@require_safe
@sees(Permission.SEE_CHILDREN)
def reveal(request: UserRequest, child_id: UUID, file_id: UUID) -> HttpResponse:
    """Put a photograph in its place on the page; `open_file` hands the picture out, and logs it."""
    photo = found(request, child_id, file_id)
    return render(request, "components/photo.html", {"photo": photo, "child_id": child_id})


@require_safe
@sees(Permission.SEE_CHILDREN)
def open_file(request: UserRequest, child_id: UUID, file_id: UUID) -> HttpResponse:
    """Hand out one file, once it is written down that it was read.

    A photograph is shown, small if `?small=1`; anything else is saved, never shown.
    """
    file = found(request, child_id, file_id)
    small = request.GET.get("small") == "1"
    now = timezone.now()
    record("people.opened_file", file.person, by=request.user, at=now, attachment=str(file.pk))
    response = HttpResponse(queries.content_of(file, small=small), content_type=file.media_type)
    shown = "inline" if file.media_type == "image/jpeg" else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name_of(file)}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def name_of(file: Attachment) -> str:
    """Return a name for a file that is saved: no name of a child, no name a sender chose."""
    ending = next(
        (short for kind, short in ENDINGS.items() if file.media_type.endswith(kind)), "bin"
    )
    return f"{file.person.reference}-{FileKind(file.kind).value}.{ending}"


@require_POST
@sees(Permission.SEE_CHILDREN)
def withdraw(request: UserRequest, child_id: UUID, file_id: UUID) -> HttpResponse:
    """Show a file to nobody any more."""
    file = found(request, child_id, file_id, withdrawn=True)
    form = withdrawing(file_id, request.POST)
    if not form.is_valid():
        return show_files(request, open_child(request, child_id), AttachForm(), {file_id: form})
    actions.withdraw_file(
        attachment=file, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
    )
    messages.success(request, _("The file is withdrawn."))
    return redirect("people:files", child_id=child_id)
