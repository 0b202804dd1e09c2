"""Judging whether two records are of one child: one asks, a second person agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.access.actions import approve, refuse, request_approval
from kinward.access.models import ApprovalKind
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.versions import Conflict, overtaken
from kinward.people.mergings import Misfit, judged_between, misfit
from kinward.people.models import Found, Merging, Person, described
from kinward.people.queries import all_judged, records_among, waiting_merging
from kinward.tracing.queries import version_of_records

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.utils.functional import _StrPromise

    from kinward.access.models import Approval, User

MISFITS: Final[Mapping[Misfit, str | _StrPromise]] = {
    Misfit.ONE_ALREADY: gettext_lazy("These records are of one child already."),
    Misfit.TWO_ALREADY: gettext_lazy(
        "It was judged that these are two children. Take that back first."
    ),
    Misfit.NOTHING: gettext_lazy("There is no judgement on these two records to take back."),
}


class UnfitMerging(RuleBroken):
    """As things stand this cannot be judged of the two records."""


class MergedMeanwhile(Conflict):
    """The two records were judged after the page was made that this answers."""


@transaction.atomic
def ask_to_merge(  # noqa: PLR0913 (a judgement, and what it was made on)
    *,
    one: Person,
    other: Person,
    found: Found,
    reason: str,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> Approval:
    """Say whether two records are of one child, or take that back; it counts once a second agrees.

    Neither record changes. `seen` is the version of the two that it is about.

    Raises:
        NotAllowed: `by` does not judge records.
        NotFound: `by` may not know of one of them.
        MergedMeanwhile: what was seen is not what stands.
        UnfitMerging: as things stand it cannot be judged, it is one record, or one waits.
        NoReason: the reason is blank.
        WordsRefused: it labels a person, or holds what is never kept.
    """
    first, second = _held(one, other, seen=seen, by=by, at=at)
    if waiting_merging(first, second, at=at):
        raise UnfitMerging(_("A judgement on these records waits for its answer already."))
    _refuse_misfit(found, first, second)
    approval = request_approval(
        kind=ApprovalKind.MERGING,
        # Whose keys open the reason: it speaks of both. See people.actions.erasing.
        payload={
            "first": str(first.pk),
            "second": str(second.pk),
            "references": [first.reference, second.reference],
            "found": found.value,
        },
        reason=reason,
        by=by,
        at=at,
    )
    for child in (first, second):
        record("tracing.asked_to_merge", child, by=by, at=at, approval=str(approval.pk))
    return approval


@transaction.atomic
def answer_merging(  # noqa: PLR0913 (an answer, and what it was given on)
    *,
    one: Person,
    other: Person,
    agree: bool,
    reason: str = "",
    seen: str | None = None,
    by: User,
    at: datetime,
) -> Merging | None:
    """Agree, as the second person, to what waits about two records, or refuse it.

    Returns the judgement, if that was agreed to.

    Raises:
        NotAllowed: `by` does not judge records.
        NotFound: `by` may not know of one of them, or nothing waits.
        SamePerson: `by` asked for it.
        MergedMeanwhile: what was seen is not what stands.
        UnfitMerging: as things stand by now it cannot be judged.
        NoReason: it is refused, and the reason is blank.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    first, second = _held(one, other, seen=seen, by=by, at=at)
    approval = waiting_merging(first, second, at=at)
    if approval is None:
        raise NotFound(_("No judgement waits for an answer."))
    for child in (first, second):
        record("tracing.answered_merging", child, by=by, at=at, agreed=agree)
    if not agree:
        refuse(approval=approval, reason=reason, by=by, at=at)
        return None
    found = Found(approval.payload["found"])
    _refuse_misfit(found, first, second)
    approve(approval=approval, by=by, at=at)
    stands = judged_between(first.pk, second.pk, all_judged())
    merging = Merging.objects.create(
        first=first,
        second=second,
        found=found,
        takes_back_id=stands.id if stands else None,
        approval=approval,
        found_at=at,
    )
    for child in (first, second):
        described.send(sender=Person, person=child, by=by, at=at)
    return merging


def _refuse_misfit(found: Found, first: Person, second: Person) -> None:
    """Refuse what cannot be judged of two records as things stand.

    Raises:
        UnfitMerging: always then.
    """
    wrong = misfit(found, first.pk, second.pk, all_judged())
    if wrong is not None:
        raise UnfitMerging(str(MISFITS[wrong]))


def _held(
    one: Person, other: Person, *, seen: str | None, by: User, at: datetime
) -> tuple[Person, Person]:
    """Lock all records of the two, and return these two in order, as they were seen.

    Raises:
        NotAllowed: `by` does not judge records.
        NotFound: `by` may not know of one, or there is none.
        UnfitMerging: it is one record.
        MergedMeanwhile: what was seen is not what stands.
    """
    if not may(by, Permission.MERGE_RECORDS):
        raise NotAllowed(_("You may not judge whether two records are of one child."))
    if one.pk == other.pk:
        raise UnfitMerging(_("This is one and the same record."))
    both = Person.objects.visible_to(by).children().filter(pk__in=[one.pk, other.pk])
    found = list(both.order_by("pk"))
    if len(found) != len({one.pk, other.pk}):
        raise NotFound(_("There is no such child."))
    # Two judgements at once must each see the other: a chain of them connects a child's records.
    records = {each for some in records_among([one.pk, other.pk]).values() for each in some}
    list(Person.objects.filter(pk__in=records).order_by("pk").select_for_update())
    stands = version_of_records(*found, at=at)
    if overtaken(seen, stands):
        raise MergedMeanwhile(
            _("These records were judged since you opened them. Read them anew."),
            had=seen or "",
            stands=stands,
        )
    return found[0], found[1]
