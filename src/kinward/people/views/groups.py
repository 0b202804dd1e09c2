"""Registering a group in one sitting: what holds for all, a page a child, check your answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kinward.access.rules import Permission
from kinward.core import wording
from kinward.core.doors import needs
from kinward.core.forms import KEEP, Keeping, all_valid, is_shown_again
from kinward.core.once import shown_anew
from kinward.core.pages import sent
from kinward.people import actions, queries
from kinward.people.forms.groups import MOST_CHILDREN, CommonPage, Group, kept
from kinward.people.memory import asked_for
from kinward.people.models import DraftOf
from kinward.people.properties import PROPERTIES
from kinward.people.views.children import NAMED

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import UserRequest
    from kinward.people.forms.answers import AnswerForm
    from kinward.people.forms.groups import ChildPage, TypedChild
    from kinward.people.memory import Asked
    from kinward.people.models import Draft


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def groups(request: UserRequest) -> HttpResponse:
    """Show the groups this account has begun; begin another."""
    if request.method == "POST":
        draft = actions.begin_draft(of=DraftOf.GROUP, by=request.user, at=timezone.now())
        return redirect("people:group_page", draft_id=draft.pk, number=0)
    begun = [Group(draft) for draft in groups_begun(request)]
    return render(request, "people/groups.html", {"begun": begun})


def begun(request: UserRequest, draft_id: UUID, number: int = 0) -> Draft:
    """Find what this account has begun, a group or a child.

    Raises:
        Http404: there is none, or it has no such page.
    """
    if number > MOST_CHILDREN:
        raise Http404
    return get_object_or_404(queries.drafts(user=request.user), pk=draft_id)


def groups_begun(request: UserRequest) -> QuerySet[Draft]:
    """The groups this account has begun."""
    return queries.drafts(user=request.user, of=DraftOf.GROUP)


def found(request: UserRequest, draft_id: UUID, number: int = 0) -> Draft:
    """Find a group that this account has begun.

    Raises:
        Http404: there is none, or it has no such page.
    """
    if number > MOST_CHILDREN:
        raise Http404
    return get_object_or_404(groups_begun(request), pk=draft_id)


@shown_anew
@require_POST
@needs(Permission.REGISTER_CHILD)
def keep(request: UserRequest, draft_id: UUID, number: int) -> HttpResponse:
    """Keep a page of a group, or a step of a child, while it is typed, right or wrong.

    The same again changes nothing.
    """
    draft, now = begun(request, draft_id, number), timezone.now()
    actions.keep_page(draft=draft, number=number, typed=kept(request.POST), by=request.user, at=now)
    return render(request, "components/kept.html", {"kept_at": now})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def page(request: UserRequest, draft_id: UUID, number: int) -> HttpResponse:
    """Show one page of a group; keep what was typed on it, and go on if it is right."""
    draft = found(request, draft_id, number)
    if request.method == "POST":
        typed = kept(request.POST)
        actions.keep_page(
            draft=draft, number=number, typed=typed, by=request.user, at=timezone.now()
        )
        draft = found(request, draft_id, number)
    group = Group(draft)
    again = request.method != "POST" or is_shown_again(request.POST)
    data = sent(request)
    shown: CommonPage | ChildPage
    if number:
        shown = group.child_page(number, data, shown=again)
    else:
        shown = CommonPage(data) if data else group.common_page(shown=again)
    if not again and all_valid(shown.forms):
        return after(request, group, number)
    return show_page(request, group, number, shown)


def after(request: UserRequest, group: Group, number: int) -> HttpResponse:
    """Go on to the next child, or to all answers behind the last, or whenever that was asked."""
    if "check" in request.POST or number >= group.size:
        return redirect("people:check_group", draft_id=group.draft.pk)
    return redirect("people:group_page", draft_id=group.draft.pk, number=number + 1)


def show_page(
    request: UserRequest, group: Group, number: int, shown: CommonPage | ChildPage
) -> HttpResponse:
    """Show a page with all that is wrong with it; only its part, if htmx asks."""
    wrong = [form for form in shown.forms if form.errors]
    context: dict[str, Any] = {
        "group": group,
        "number": number,
        "page": shown,
        "wrong": wrong,
        "listed": [(each, group.name(each), each in group.numbers()) for each in of(group)],
    }
    if request.POST.get(KEEP) or any(form.waits_for_a_reason for form in wrong):
        context["keeping"] = Keeping(request.POST)
    template = "people/group_child.html" if number else "people/group_common.html"
    part = "#page" if request.htmx else ""
    return render(request, f"{template}{part}", context, status=422 if wrong else 200)


def of(group: Group) -> range:
    """Return the numbers of the children of a group."""
    return range(1, group.size + 1)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def check(request: UserRequest, draft_id: UUID) -> HttpResponse:
    """Show all answers of a group; register it, if nothing is wrong with any."""
    group = Group(found(request, draft_id))
    children = group.children()
    right = group.is_set and bool(children) and not any(child.wrong for child in children)
    if request.method == "POST" and right:
        return register(request, group, children)
    alike, not_looked = (
        alike_in(request, [child.page.said.forms for child in children]) if right else ([], False)
    )
    said = [group.statements(child) if right else [] for child in children]
    context = {
        "group": group,
        "rows": list(zip(children, said, [*alike, *[None] * len(children)], strict=False)),
        "right": right,
        "not_looked": not_looked,
        "empty": group.size - len(children),
        "properties": PROPERTIES,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/check_group.html", context, status=status)


def register(request: UserRequest, group: Group, children: list[TypedChild]) -> HttpResponse:
    """Register the children of a group."""
    made = actions.register_draft(
        draft=group.draft,
        children=[group.statements(child) for child in children],
        consents=[group.consents(child) for child in children],
        note=group.common.sitting.cleaned_data["note"],
        keeping=group.first(0, KEEP),
        by=request.user,
        at=timezone.now(),
    )
    words = ngettext(
        "%(count)s child is registered as a group.",
        "%(count)s children are registered as a group.",
        len(made),
    )
    messages.success(request, words % {"count": wording.number(len(made))})
    return redirect("people:children")


def alike_in(
    request: UserRequest, children: list[list[AnswerForm]]
) -> tuple[list[queries.Alike], bool]:
    """Return who is on record already and like each child, or that nobody was looked for.

    Of each child it takes what was answered.
    """
    now = timezone.now()
    try:
        asked = [asked_of(said) for said in children]
        return actions.look_for_alike_each(asked=asked, by=request.user, at=now), False
    except actions.TooManySearches:
        actions.refuse_search(by=request.user, at=now)
        return [], True


def asked_of(said: list[AnswerForm]) -> Asked:
    """Return who is asked for, to see whether the child is on record already."""
    values = {form.kind.id: form.value() for form in reversed(said)}
    texts = {kind: str(values.get(kind, {}).get("text", "")) for kind in NAMED}
    sex = str(values.get("sex", {}).get("code", ""))
    return asked_for(sex=sex, birth=values.get("born") or None, **texts)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def discard(request: UserRequest, draft_id: UUID) -> HttpResponse:
    """Let go of a group or a child that was begun, once somebody has said so twice."""
    draft = begun(request, draft_id)
    of_a_child = draft.of == DraftOf.CHILD
    if request.method == "POST":
        actions.discard_draft(draft=draft, by=request.user, at=timezone.now())
        messages.success(request, _("What was typed is gone. Nobody was registered."))
        return redirect("people:begin" if of_a_child else "people:groups")
    if of_a_child:
        return render(request, "people/discard_child.html", {"draft": draft})
    return render(request, "people/discard_group.html", {"group": Group(draft)})
