"""Adding what is said about a child, and correcting it; also where somebody else was faster."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinward.access.rules import Permission
from kinward.core.doors import needs, sees
from kinward.core.errors import NotAllowed
from kinward.core.forms import KEEP, all_valid
from kinward.core.pages import sent, show_form
from kinward.core.versions import seen_in, unless_overtaken
from kinward.people import actions, queries
from kinward.people.forms import (
    Circumstances,
    Description,
    Section,
    Settling,
    Stays,
    TakingBack,
)
from kinward.people.models import Answer
from kinward.people.properties import PROPERTIES
from kinward.people.views.children import kinds_for, open_child

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.core.forms import Form
    from kinward.core.versions import Conflict
    from kinward.people.models import Assertion
    from kinward.people.properties import Property
    from kinward.people.rules import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One kind of fact about a child that was opened, as it is typed."""

    context: dict[str, Any]
    kind: Property
    corrects: Assertion | None  # what the address says is to be corrected
    said: Description
    circumstances: Circumstances

    @property
    def forms(self) -> list[Form]:
        """Everything that is typed."""
        return [*self.said.forms, self.circumstances]

    @property
    def statements(self) -> list[Statement]:
        """What is said. Only once all forms are valid."""
        return self.said.statements(self.circumstances.cleaned_data)


def opened(request: UserRequest, child_id: UUID, kind: str) -> Page:
    """Open a child to add to one kind of fact about it, or to correct what the address names.

    Raises:
        NotAllowed: this account does not read, and so does not write, that kind of fact.
        Http404: it may not see the child or the statement.
    """
    asked = PROPERTIES[kind]
    if asked not in kinds_for(request.user):
        raise NotAllowed(_("You may not add statements."))
    context = open_child(request, child_id, to=Permission.ADD_STATEMENT)
    data = sent(request)
    wanted = request.GET.get("corrects", "")
    corrects = readable(request, context, kind, wanted) if wanted else None
    if wanted and corrects is None:
        raise Http404
    section = Section("statement", asked.label, (kind,))
    said = Description([section], data, initial=starting_with(corrects))
    circumstances = Circumstances(data)
    context |= {"tab": "facts", "kind": asked, "corrects": corrects}
    context |= {"circumstances": circumstances, "sections": said.sections}
    return Page(
        context=context, kind=asked, corrects=corrects, said=said, circumstances=circumstances
    )


def starting_with(corrects: Assertion | None) -> Mapping[str, Any]:
    """Return what a form starts with: what it corrects, unless that is withheld from the reader."""
    value = corrects.value if corrects else {}
    return value if value.get("text", True) else {}


def readable(
    request: UserRequest, context: dict[str, Any], kind: str, wanted: str
) -> Assertion | None:
    """Return the statement about that child with that id, if this account may read it."""
    seen = queries.statements_about([context["child"]], user=request.user).filter(property=kind)
    meant = [said for said in seen if str(said.pk) == wanted]
    return next(iter(queries.as_shown(meant, user=request.user)), None)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@needs(Permission.ADD_STATEMENT)
def add_statement(request: UserRequest, child_id: UUID, kind: str) -> HttpResponse:
    """Add one thing said about a child, or correct one that was said before.

    Where somebody corrected that meanwhile, the answer is the merge screen.
    """
    page = opened(request, child_id, kind)
    if request.method == "POST" and all_valid(page.forms) and records_known(request, page):
        return recorded(request, page, page.corrects)
    return show_form(request, "people/add_statement.html", page.forms, page.context)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@needs(Permission.ADD_STATEMENT)
def settle(request: UserRequest, child_id: UUID, kind: str) -> HttpResponse:
    """Say what becomes of two corrections of one statement: theirs, mine beside it, or mine."""
    page = opened(request, child_id, kind)
    if page.corrects is None:
        return redirect("people:add_statement", child_id=child_id, kind=kind)
    data = sent(request)
    stands = readable(request, page.context, kind, seen_in(request))
    settling = Settling(data, may_correct=stands is not None)
    if settling.is_valid() and settling.cleaned_data["stays"] == Stays.THEIRS:
        messages.success(request, _("What stood already stays. Yours was not recorded."))
        return redirect("people:facts", child_id=child_id)
    valid = data is not None and all_valid([settling, *page.forms])
    if not valid or not records_known(request, page):
        return show_merge(request, page, settling if data else None)
    beside = settling.cleaned_data["stays"] == Stays.BOTH
    return recorded(request, page, None if beside else stands)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
def withdraw(request: UserRequest, child_id: UUID, statement_id: UUID) -> HttpResponse:
    """Take back what was written down about a child, with a reason."""
    context = open_child(request, child_id, to=Permission.ADD_STATEMENT)
    said = queries.statements_about([context["child"]], user=request.user)
    meant = get_object_or_404(said.exclude(answer=Answer.WITHDRAWN), pk=statement_id)
    form = TakingBack(sent(request))
    if form.is_valid():
        actions.withdraw_statement(
            assertion=meant,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The statement is withdrawn."))
        return redirect("people:facts", child_id=child_id)
    (shown,) = queries.as_shown([meant], user=request.user)
    context |= {"tab": "facts", "said": shown, "kind": PROPERTIES[meant.property], "form": form}
    return show_form(request, "people/withdraw_statement.html", [form], context)


def records_known(request: UserRequest, page: Page) -> bool:
    """Tell whether every record that a relative is said to have may be known of; else say where.

    Before anything is recorded: the rows of one page are recorded one by one.
    """
    child = page.context["child"]
    for form in page.said.forms:
        linked = form.cleaned_data.get("record")
        if linked and not queries.is_record_of_another(child, linked, user=request.user):
            form.add_error("record", actions.NO_SUCH_RECORD)
    return not any(form.errors for form in page.said.forms)


def recorded(request: UserRequest, page: Page, corrects: Assertion | None) -> HttpResponse:
    """Record what was typed, the first row in place of what it corrects; or show the merge screen.

    Each further row is a fact of its own.
    """

    def act() -> None:
        replaced = corrects.pk if corrects else None
        for statement in page.statements:
            actions.add_statement(
                person=page.context["child"],
                statement=replace(statement, corrects=replaced),
                keeping=request.POST.get(KEEP, ""),
                by=request.user,
                at=timezone.now(),
            )
            replaced = None

    if conflict := unless_overtaken(act):
        return show_merge(request, page, None, conflict)
    messages.success(request, _("The statement is recorded."))
    return redirect("people:facts", child_id=page.context["child"].pk)


def show_merge(
    request: UserRequest, page: Page, settling: Settling | None, conflict: Conflict | None = None
) -> HttpResponse:
    """Show what stands beside what was typed, and ask what is to become of the two."""
    assert page.corrects is not None  # noqa: S101 (nothing else conflicts)
    last = queries.standing_in_place_of(page.corrects)
    stands = readable(request, page.context, page.kind.id, str(last.pk))
    settling = settling or Settling(may_correct=stands is not None)
    page.context.update({"last": last, "stands": stands, "settling": settling})
    forms = [settling, *page.forms]
    return show_form(request, "people/settle.html", forms, page.context, conflict)
