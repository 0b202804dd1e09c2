"""A child in several records: side by side, judged to be one or not; possible duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.models import Compartment
from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs, sees
from kinward.core.paging import page_of
from kinward.people import queries as people
from kinward.people.models import Found
from kinward.people.properties import PROPERTIES
from kinward.people.rules import profile
from kinward.people.views import duplicates_of, open_child, show_form
from kinward.tracing import actions, queries
from kinward.tracing.forms import AgreeForm, MergeForm, OtherRecordForm, UndoForm
from kinward.tracing.rules import Effect
from kinward.tracing.views.deciding import Deciding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.http import HttpResponse
    from django.utils.functional import _StrPromise

    from kinward.access.models import User, UserRequest
    from kinward.core.forms import Form
    from kinward.people.models import Person
    from kinward.people.properties import Property
    from kinward.people.rules import Fact

FOLLOWS: Final[Mapping[Effect, str | _StrPromise]] = {
    Effect.JUDGED_DIFFERENTLY: gettext_lazy(
        "The two records were judged differently as the same sought person. Both judgements stay, "
        "and one of them has to be taken back."
    ),
    Effect.LOCKED: gettext_lazy(
        "The child is locked: its records are claimed by different requests. Nobody is confirmed "
        "or verified until two people decide between them."
    ),
    Effect.UNLOCKED: gettext_lazy("The child is not locked any more: no record has two claimants."),
    Effect.ONE_IN_LISTS: gettext_lazy(
        "Lists, counts and searches show the child once. Both records stay, with all that was said "
        "in each and by whom."
    ),
    Effect.COMPARED_AS_ONE: gettext_lazy(
        "All that was said in both records is compared with requests as that of one child."
    ),
    Effect.NOT_COMPARED: gettext_lazy(
        "A record that may not be traced stays out of comparing: there is no consent in it."
    ),
    Effect.APART_IN_LISTS: gettext_lazy(
        "Each record keeps what was said in it, and is listed, counted and compared for itself."
    ),
    Effect.OFFERED_AGAIN: gettext_lazy(
        "They are offered again as what may be one child, as long as what was said is alike."
    ),
    Effect.OPINIONS_STAY: gettext_lazy(
        "Opinions and judgements on candidates stay with the record they were given on."
    ),
    Effect.SEARCHES_GO_ON: gettext_lazy("No search ends or changes, of neither record."),
}


TOLD_BY_REASONS: Final = frozenset({Compartment.IDENTITY, Compartment.FAMILY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One kind of fact: what each record says of it, and whether they contradict one another."""

    kind: Property
    cells: tuple[tuple[str, Fact | None], ...]  # the reference of each record, for narrow screens
    contradicted: bool


def rows(records: Sequence[Person], user: User) -> list[Row]:
    """Lay what is said in several records of a child side by side, fact by fact."""
    profiles = people.profiles(records, user=user)
    said = people.as_shown(people.statements_about(records, user=user), user=user)
    together = profile(said)
    return [
        Row(
            kind=kind,
            cells=tuple((each.reference, profiles[each.pk].get(kind.id)) for each in records),
            contradicted=together[kind.id].contradicted,
        )
        for kind in PROPERTIES.values()
        if kind.id in together
    ]


def read_beside(request: UserRequest, records: Sequence[Person]) -> None:
    """Write down that these records were read beside the child's."""
    opened = open_compartments(request.user)
    now = timezone.now()
    record_reads("people.read", records, by=request.user, at=now, compartments=opened)


@require_safe
@sees(Permission.SEE_CHILDREN)
def records(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show all records of a child side by side, and which others may be of it.

    A reference that is typed leads to the page that compares the two; who does not judge them is
    shown them side by side here.
    """
    context = open_child(request, child_id) | {"tab": "records"}
    child, user = context["child"], request.user
    form = OtherRecordForm(request.GET if "other" in request.GET else None)
    other = other_meant(form, child, user)
    if other and may(user, Permission.MERGE_RECORDS):
        return redirect("tracing:merge", child_id=child.pk, other_id=other.pk)
    beside = context["beside"]
    compared = [*beside, *([other] if other and other not in beside else [])]
    read_beside(request, compared)
    context["other"] = form
    # Whoever opened this child in an emergency reads who it is, and not who others are; and why two
    # records are alike tells of families, which are not open to everybody who reads who a child is.
    if open_compartments(user) & context["opened"] >= TOLD_BY_REASONS:
        found, profiles = duplicates_of(request, [child])
        context |= {"duplicates": found[child.pk], "profiles": profiles}
    context["rows"] = rows([child, *compared], user) if compared else []
    context["records"] = [child, *compared]
    context["compared"] = other
    return show_form(request, "tracing/records.html", [form], context)


def other_meant(form: Form, child: Person, user: User) -> Person | None:
    """Return the record whose reference was typed; where there is none, say so at its field."""
    if not form.is_valid():
        return None
    meant = people.on_record([form.cleaned_data["other"].strip().upper()], user=user)
    found = next((each for each in meant.values() if may_be_one(child, each)), None)
    if found is None:
        form.add_error("other", _("No other child with this reference may be seen by you."))
    return found


def may_be_one(child: Person, other: Person) -> bool:
    """Tell whether two records may be compared: they are two, and both of children."""
    return other.pk != child.pk and other.kind == child.kind


@require_safe
@needs(Permission.MERGE_RECORDS)
def duplicates(request: UserRequest) -> HttpResponse:
    """Show which children registered last may be on record twice; each pair at the later record."""
    page = page_of(request, people.children_once(user=request.user))
    children = list(page.object_list)
    opened = open_compartments(request.user)
    record_reads("people.listed", children, by=request.user, at=timezone.now(), compartments=opened)
    found, profiles = duplicates_of(request, children)
    pairs = [
        (child, earlier)
        for child in children
        if (earlier := [hit for hit in found[child.pk] if hit.person.pk < child.pk])
    ]
    profiles |= people.profiles(children, user=request.user)
    context = {"page": page, "pairs": pairs, "profiles": profiles, "looked_at": len(children)}
    return render(request, "tracing/duplicates.html", context)


def open_both(request: UserRequest, child_id: UUID, other_id: UUID) -> dict[str, Any]:
    """Return all that the page of two records shows; writes down that both were read."""
    context = open_child(request, child_id, to=Permission.MERGE_RECORDS)
    child, user, now = context["child"], request.user, timezone.now()
    seen = people.children(user=user, to=Permission.MERGE_RECORDS).exclude(pk=child.pk)
    other = get_object_or_404(seen, pk=other_id)
    read_beside(request, [other])
    stands = queries.between(child, other)
    waits = people.waiting_merging(child, other, at=now)
    mine = waits is not None and waits.requester_id == user.pk
    named = {each for side in stands.sides for each in side}
    known = dict(people.children(user=user).filter(pk__in=named).values_list("pk", "reference"))
    told = people.mergings(user=user).filter(first=min(child.pk, other.pk))
    made = told.filter(second=max(child.pk, other.pk)).select_related("approval__requester")
    return context | {
        "tab": "records",
        "other": other,
        "records": [child, other],
        "rows": rows([child, other], user),
        "stands": stands,
        "follows": [FOLLOWS[each] for each in stands.effects],
        "sides": [[known[each] for each in side if each in known] for side in stands.sides],
        "waits": waits,
        "waits_for": Found(waits.payload["found"]) if waits else "",
        "may_agree": waits is not None and not mine,
        "made": made.prefetch_related("approval__steps__taken_by"),
        "version": queries.version_of_records(child, other, at=now),
    }


def forms_of(context: Mapping[str, Any]) -> dict[str, Form]:
    """Return the forms of the page, as far as each can be filled in now."""
    stands = context["stands"]
    if context["waits"]:
        return {"agree": AgreeForm(prefix="agree")} if context["may_agree"] else {}
    if stands.judged:
        return {"back": UndoForm(prefix="back")}
    return {} if stands.is_one else {"merge": MergeForm(prefix="merge")}


RECORDS: Final = Deciding(
    address="tracing:merge",
    template="tracing/merge.html",
    keys=lambda context: {"child_id": context["child"].pk, "other_id": context["other"].pk},
    opened=open_both,
    forms=forms_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.MERGE_RECORDS)
def merge(request: UserRequest, child_id: UUID, other_id: UUID) -> HttpResponse:
    """Compare two records, and judge whether they are of one child, or take that back."""
    context = open_both(request, child_id, other_id)
    if request.method != "POST":
        return RECORDS.show(request, context)
    both = {"one": context["child"], "other": context["other"]}
    if context["stands"].judged:
        back = UndoForm(request.POST, prefix="back")
        take = lambda **who: actions.ask_to_merge(  # noqa: E731 (read after the form is valid)
            **both, found=Found.TAKEN_BACK, **back.cleaned_data, **who
        )
        words = _("It is recorded. The judgement stands until a second person agrees.")
        return RECORDS.sent(request, context, {"back": back}, take, words)
    form = MergeForm(request.POST, prefix="merge")
    ask = lambda **who: actions.ask_to_merge(  # noqa: E731 (likewise)
        **both,
        found=Found(form.cleaned_data["found"]),
        reason=form.cleaned_data["reason"],
        **who,
    )
    words = _("Your judgement is recorded. It counts once a second person agrees.")
    return RECORDS.sent(request, context, {"merge": form}, ask, words)


@require_POST
@sees(Permission.MERGE_RECORDS)
def answer_merging(request: UserRequest, child_id: UUID, other_id: UUID) -> HttpResponse:
    """Agree to a judgement on two records as the second person, or refuse it."""
    context = open_both(request, child_id, other_id)
    form = AgreeForm(request.POST, prefix="agree")
    act = lambda **who: actions.answer_merging(  # noqa: E731 (likewise)
        one=context["child"], other=context["other"], **form.answer(), **who
    )
    return RECORDS.sent(request, context, {"agree": form}, act, _("Your answer is recorded."))
