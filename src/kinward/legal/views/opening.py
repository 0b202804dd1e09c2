"""Finding a child whose papers are open to an account, and what every page about them shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from kinward.access.models import Compartment
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.casework.models import Track
from kinward.casework.queries import lines_of
from kinward.core.pages import acted
from kinward.legal import queries
from kinward.legal.actions import UnfitPaper
from kinward.legal.rules import protection
from kinward.people.queries import names_of
from kinward.people.views import open_child

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.core.forms import Form


def open_papers(
    request: UserRequest, child_id: UUID, *, to: Permission | None = None
) -> dict[str, Any]:
    """Find a child whose papers are open to this account, and return what stands of them.

    Raises:
        Http404: the child is not, or its papers are not.
    """
    context = open_child(request, child_id, to=to)
    if Compartment.LEGAL not in context["opened"]:
        raise Http404
    child, today = context["child"], timezone.localdate()
    names = names_of(context["facts"])
    lines = lines_of(child, opened=context["opened"], traced=context["traced"], today=today)
    claims = queries.claims_of(child, user=request.user)
    return context | {
        "tab": "papers",
        "line": next(each for each in lines if each.track == Track.CIVIL_STATUS),
        "documents": queries.documents_of(child, names=names, user=request.user, today=today),
        "matters": queries.matters_of(child, user=request.user, today=today),
        "protection": protection([each.stands for each in claims]),
        "records": may(request.user, Permission.RECORD_PAPERS),
    }


def done(  # noqa: PLR0913 (a page, an act, and where it leads)
    request: UserRequest,
    context: dict[str, Any],
    page: tuple[str, Form],
    act: Callable[[], object],
    words: str,
    *,
    back: str = "legal:papers",
) -> HttpResponse:
    """Show the form; once it is valid, act and lead back to the child.

    After a conflict, or if it is unfit, the page is shown again.
    """
    template, form = page
    context["form"] = form
    again = acted(request, template, [form], context, act, unfit=UnfitPaper)
    if again is not None:
        return again
    messages.success(request, words)
    return redirect(back, child_id=context["child"].pk)
