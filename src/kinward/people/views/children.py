"""Children: the list, one child in tabs, registering."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.models import ApprovalKind, Compartment
from kinward.access.policy import decide
from kinward.access.queries import assignments_of, emergency_on, open_compartments
from kinward.access.rules import Permission, may_answer
from kinward.audit.actions import record, record_reads
from kinward.core.doors import needs, open_to_accounts, sees
from kinward.core.forms import KEEP, Answering, all_valid
from kinward.core.once import shown_anew
from kinward.core.pages import sent, show_form
from kinward.core.paging import page_of
from kinward.core.wording import isolate
from kinward.people import actions, listed, queries
from kinward.people.flags import flags
from kinward.people.forms import (
    ADDED_ONE_BY_ONE,
    OF_A_CHILD,
    AskedFirst,
    Circumstances,
    Description,
)
from kinward.people.forms.narrowing import NarrowChildren
from kinward.people.memory import BeingRead, asked_for
from kinward.people.models import Kind
from kinward.people.naming import romanise
from kinward.people.properties import PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.core.paginator import Page
    from django.http import QueryDict

    from kinward.access.models import User, UserRequest
    from kinward.core.forms import Form
    from kinward.people.models import Person
    from kinward.people.properties import Property
    from kinward.people.queries import Hit

LATELY: Final = timedelta(days=1)  # how long whoever registered a child is told who is like it
LONGEST_NAME: Final = 500
NAMED: Final = ("name", "father", "mother", "sibling")
FEW: Final = 5
PRINTED: Final = 100  # children on one list to print
IN_SHORT: Final = ("name", "born", "sex", "father", "mother", "sibling", "relatives_region")


@require_safe
@needs(Permission.SEE_CHILDREN)
def children(request: UserRequest) -> HttpResponse:
    """Show the children this account may know of, as they were chosen."""
    seen = queries.children_once(user=request.user)
    asked = request.GET.get("reference", "").strip().upper()
    if asked:  # each record is found under its own reference
        seen = queries.children(user=request.user).filter(reference__startswith=asked)
    narrowing = NarrowChildren(request.GET)
    now = timezone.now()
    chosen = queries.narrowed(seen, narrowing.chosen(), user=request.user, at=now)
    page = page_of(request, chosen)
    of_all = seen.count() if narrowing.narrows else page.paginator.count
    more: dict[str, Any] = {"narrowing": narrowing, "of_all": of_all}
    return show_children(request, page, asked=asked, which="all", **more)


@require_safe
@needs(Permission.SEE_CHILDREN)
def print_children(request: UserRequest) -> HttpResponse:
    """Show a list to print: the children that were chosen, as far as their reader sees them."""
    now = timezone.now()
    narrowing = NarrowChildren(request.GET)
    seen = queries.children_once(user=request.user)
    chosen = queries.narrowed(seen, narrowing.chosen(), user=request.user, at=now)
    page = page_of(request, chosen, rows_each=PRINTED)
    record("people.printed_list", None, by=request.user, at=now, children=len(page))
    more: dict[str, Any] = {"narrowing": narrowing, "now": now}
    return show_children(request, page, template="people/children_print.html", **more)


def show_children(
    request: UserRequest,
    page: Page[Person],
    *,
    template: str = "people/children.html",
    **more: Any,
) -> HttpResponse:
    """Show a page of a list of children, and write down that each was shown.

    `more` is what the template is told beside: `which` list it is, `asked` for what reference.
    """
    now = timezone.now()
    record_reads(
        "people.listed",
        page.object_list,
        by=request.user,
        at=now,
        compartments=open_compartments(request.user),
    )
    profiles = queries.profiles(page.object_list, user=request.user)
    ids = [child.pk for child in page.object_list]
    given = assignments_of(ids, user=request.user, at=now)
    context = {"page": page, "profiles": profiles, "given": given} | more
    return render(request, template, context)


def open_child(
    request: UserRequest, child_id: UUID, *, to: Permission | None = None
) -> dict[str, Any]:
    """Find a child this account may see, write down that it was read, and return what stands."""
    child, now = (
        get_object_or_404(queries.children(user=request.user, to=to), pk=child_id),
        timezone.now(),
    )
    opened, purpose = open_compartments(request.user), ""
    emergency = emergency_on(child.pk, user=request.user, at=now)
    if emergency:
        purpose = emergency.grant.purpose
        opened = decide(request.user, Permission.SEE_CHILDREN, child, at=now).compartments
    record_reads(
        "people.read", [child], by=request.user, at=now, purpose=purpose, compartments=opened
    )
    facts = queries.profiles([child], user=request.user)[child.pk]
    traced, together = queries.may_be_traced(child), child.group_id is not None
    return {
        "child": child,
        "emergency": emergency,
        "beside": queries.records_beside(child, user=request.user),
        "facts": facts,
        "traced": traced,
        "flags": flags(
            facts,
            traced=traced,
            by_decision=traced and queries.traced_by_decision(child),
            together=together,
            today=timezone.localdate(now),
        ),
        "photo": queries.photograph_of(child, user=request.user),
        "assigned": assignments_of([child.pk], user=request.user, at=now).get(child.pk, []),
        "opened": opened,
    }


@require_safe
@sees(Permission.SEE_CHILDREN)
def child(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show what matters most about a child."""
    context = open_child(request, child_id)
    others = list(queries.siblings_found_with(context["child"], user=request.user))
    record_reads(
        "people.listed",
        others,
        by=request.user,
        at=timezone.now(),
        compartments=open_compartments(request.user),
    )
    duplicates, profiles = advice(request, context["child"], context["opened"])
    context |= {
        "tab": "summary",
        "summary": IN_SHORT,
        "others": others,
        "duplicates": duplicates,
        "profiles": queries.profiles(others, user=request.user) | profiles,
        "source": listed.source_of(context["child"], user=request.user),
    }
    return render(request, "people/child_summary.html", context)


@require_safe
@sees(Permission.SEE_CHILDREN)
def facts(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show everything that was said about a child, by whom."""
    return show_facts(request, open_child(request, child_id), {})


def show_facts(
    request: UserRequest, context: dict[str, Any], answered: dict[UUID, Form]
) -> HttpResponse:
    """Show the facts about a child that was opened, and the words that wait for a second person.

    `answered` are the forms that came in, by the id of their statement.
    """
    waiting = queries.words_waiting(context["child"], user=request.user)
    context |= {"tab": "facts", "kinds": kinds_for(request.user), "properties": PROPERTIES}
    context |= {
        "waiting": [
            (said, words, answered.get(said.pk) or answering(said.pk))
            for said, words in queries.as_asked(waiting, user=request.user)
        ],
        "may_answer": may_answer(request.user.role, ApprovalKind.WORDING),
        "wrong": list(answered.values()),
    }
    status = 422 if answered else 200
    return render(request, "people/child_facts.html", context, status=status)


def answering(statement_id: UUID, data: QueryDict | None = None) -> Answering:
    """Return the form of the second person, told apart from others of the page."""
    return Answering(data, auto_id=f"id_{statement_id}_%s")


@require_POST
@sees(Permission.SEE_CHILDREN)
def answer_for_words(request: UserRequest, child_id: UUID, statement_id: UUID) -> HttpResponse:
    """Say, as the second person, whether words that label someone stay."""
    context = open_child(request, child_id)
    asked = queries.words_waiting(context["child"], user=request.user, answered=True)
    statement = get_object_or_404(asked, pk=statement_id)
    form = answering(statement_id, request.POST)
    if not form.is_valid():
        return show_facts(request, context, {statement_id: form})
    actions.answer_for_words(row=statement, by=request.user, at=timezone.now(), **form.answer())
    messages.success(request, _("Your answer is recorded."))
    return redirect("people:facts", child_id=child_id)


@require_safe
@sees(Permission.SEE_CHILDREN)
def timeline(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show what was recorded about a child, newest first."""
    context = open_child(request, child_id) | {"tab": "timeline"}
    said = queries.statements_about([context["child"]], user=request.user)
    page = page_of(request, said.reverse())
    shown = queries.as_shown(page.object_list, user=request.user)
    context |= {"page": page, "shown": shown, "properties": PROPERTIES}
    return render(request, "people/child_timeline.html", context)


def kinds_for(user: User) -> list[Property]:
    """The kinds of fact about a child that this account may read, and so may write."""
    readable = open_compartments(user)
    asked = [each for section in OF_A_CHILD for each in section.properties]
    kinds = (PROPERTIES[each] for each in (*asked, *ADDED_ONE_BY_ONE))
    return [kind for kind in kinds if kind.compartment in readable]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def register(request: UserRequest) -> HttpResponse:
    """Register a child from what is said."""
    data = sent(request)
    consent, circumstances = AskedFirst(data, prefix="consent"), Circumstances(data)
    said = Description(OF_A_CHILD, data)
    forms = [consent, circumstances, *said.forms]
    if data is not None and all_valid(forms):
        child = actions.register_child(
            consents=[consent.answer()],
            statements=said.statements(circumstances.cleaned_data),
            keeping=data.get(KEEP, ""),
            by=request.user,
            at=timezone.now(),
        )
        return registered(request, child)
    context = {"consent": consent, "circumstances": circumstances, "sections": said.sections}
    return show_form(request, "people/register.html", forms, context)


def registered(request: UserRequest, child: Person) -> HttpResponse:
    """Say that a child is registered, and go on to it."""
    words = _("The child is registered under the reference %(reference)s.")
    messages.success(request, words % {"reference": isolate(child.reference)})
    return redirect("people:child", child_id=child.pk)


def duplicates_of(
    request: UserRequest, children: Sequence[Person]
) -> tuple[dict[UUID, list[Hit]], dict[UUID, Any]]:
    """Return who may be whose duplicate, and their profiles; writes down who was shown."""
    user = request.user
    found = queries.possible_duplicates(children, user=user, language=get_language() or "en")
    named = list({hit.person.pk: hit.person for hits in found.values() for hit in hits}.values())
    opened = open_compartments(user)
    record_reads("people.found", named, by=user, at=timezone.now(), compartments=opened)
    return found, queries.profiles(named, user=user)


def advice(
    request: UserRequest, child: Person, opened: frozenset[Compartment]
) -> tuple[list[Hit], dict[UUID, Any]]:
    """Return who is like a child that this account registered lately, and their profiles.

    It is advice where a registration ends: the record stands, and is joined to no other. Only who
    reads who children are, of all they see and of this one, is told why they are alike.
    """
    reads = Compartment.IDENTITY in open_compartments(request.user) & opened
    lately = timezone.now() - child.registered_at < LATELY
    if child.registered_by_id != request.user.pk or not lately or not reads:
        return [], {}
    try:
        found, profiles = duplicates_of(request, [child])
    except BeingRead:  # the child's own page does not wait for everybody's names
        return [], {}
    return found[child.pk], profiles


@require_POST
@transaction.non_atomic_requests  # stores nothing, and is asked for with every few letters
@open_to_accounts
def reading(request: UserRequest) -> HttpResponse:
    """Show how a name that is being typed reads in Latin letters.

    It is sent by POST: servers and proxies write addresses down.
    """
    key = next((each for each in request.POST if each.endswith("-text")), "")
    written = request.POST.get(key, "")[:LONGEST_NAME]
    read = romanise(written) if written.strip() else ""
    return render(request, "components/reading.html", {"read": read})


@shown_anew
@require_POST
@needs(Permission.REGISTER_CHILD)
def alike(request: UserRequest) -> HttpResponse:
    """Show who is on record already and like the child that is being registered; sent by POST."""
    now = timezone.now()
    said = Description(OF_A_CHILD, request.POST)
    values = {form.kind.id: form.value() for form in reversed(said.forms) if form.is_valid()}
    texts = {each: values.get(each, {}).get("text", "") for each in NAMED}
    if not any(texts.values()):
        return HttpResponse()
    asked = asked_for(
        sex=values.get("sex", {}).get("code", ""), birth=values.get("born") or None, **texts
    )
    try:
        found = actions.look_for_alike(
            asked=asked, language=get_language() or "en", by=request.user, at=now
        )
    except actions.TooManySearches:
        actions.refuse_search(by=request.user, at=now)
        return HttpResponse()
    hits = [hit for hit in found.shown if hit.person.kind == Kind.CHILD][:FEW]
    profiles = queries.profiles([hit.person for hit in hits], user=request.user)
    context = {"hits": hits, "profiles": profiles, "asking": found.asking}
    return render(request, "components/alike.html", context)
