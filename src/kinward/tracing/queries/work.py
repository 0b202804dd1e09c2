"""What waits for an account, as queues: each counts exactly the list that it leads to."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils import timezone

from kinward.access.models import Role
from kinward.access.queries import (
    approvals_to_answer,
    assigned_to,
    emergencies_to_review,
    given_up_jobs,
    may,
    referrals_to_answer,
)
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.casework.queries import due_for, tasks_waiting
from kinward.people.mergings import records_of_one_child
from kinward.people.queries import all_judged, children, children_once, drafts, questions_to
from kinward.tracing.models import POSSIBLE, Candidate, Request, Verdict
from kinward.tracing.queries.candidates import candidates_to_review
from kinward.tracing.queries.claims import claimed_children
from kinward.tracing.queries.tracings import tracing_due
from kinward.tracing.queries.verifications import candidates_to_decide, open_interviews

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

    from kinward.access.models import User
    from kinward.people.models import PersonQuerySet
    from kinward.tracing.models import CandidateQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Work that waits: what kind, how much, since when; and whether it waits for this account."""

    key: str
    count: int
    more: bool  # than that: they are counted so far only
    oldest_at: datetime | None
    needs_you: bool


class Waiting(NamedTuple):
    """One kind of work: what waits, since when, and whose roles work on it."""

    rows: Callable[[User, datetime], QuerySet[Any]]
    since: str
    needs: tuple[Permission, ...]
    needs_you: bool = True  # and is not only there to be known
    shown_empty: bool = True
    counted: bool = False  # of what not everyone here may see


def opinions_wanted(*, user: User) -> CandidateQuerySet:
    """Candidates that wait for the opinion of this account, and are not disputed."""
    return candidates_to_review(user=user).filter(verdict=Verdict.OPEN)


def third_opinions_wanted(*, user: User) -> CandidateQuerySet:
    """Disputed candidates that wait for the opinion of this account."""
    return candidates_to_review(user=user).filter(verdict=Verdict.DISPUTED)


def children_with_claimants(*, user: User) -> PersonQuerySet:
    """Children whom two or more requests are likely to look for, and nobody decided between."""
    return children(user=user).filter(pk__in=claimed_children(user=user))


def unmatched_children(*, user: User) -> PersonQuerySet:
    """Children who may be traced and have no candidate worth showing that was not rejected."""
    lawful = Candidate.objects.lawful().filter(probability__gte=POSSIBLE)
    matched = lawful.exclude(verdict=Verdict.REJECTED).order_by()
    merged = records_of_one_child(all_judged())
    of = {each: records for records in merged for each in records}
    found = matched.filter(child__in=of).values_list("child", flat=True)
    beside = {each for child in set(found) for each in of[child]}
    seen = children_once(user=user).lawfully_traced()
    return seen.exclude(pk__in=matched.values("child")).exclude(pk__in=beside)


MOST: Final = 1_000  # of a kind that are counted: the page would wait for more

KINDS: Final[Mapping[str, Waiting]] = {
    "tasks": Waiting(
        lambda user, _at: tasks_waiting(user=user),
        "set_at",
        (Permission.SET_TASKS,),
        shown_empty=False,
    ),
    "to_review": Waiting(
        lambda user, _at: opinions_wanted(user=user),
        "first_found_at",
        (Permission.REVIEW_CANDIDATE,),
    ),
    "disputed": Waiting(
        lambda user, _at: third_opinions_wanted(user=user),
        "first_found_at",
        (Permission.REVIEW_CANDIDATE,),
    ),
    "claimed": Waiting(
        lambda user, _at: children_with_claimants(user=user),
        "registered_at",
        (Permission.REVIEW_CANDIDATE,),
    ),
    "to_decide": Waiting(
        lambda user, _at: candidates_to_decide(user=user),
        "first_found_at",
        (Permission.VERIFY,),
    ),
    "interviews": Waiting(
        lambda user, _at: open_interviews(user=user),
        "asked_at",
        (Permission.INTERVIEW,),
        shown_empty=False,
    ),
    "questions": Waiting(
        lambda user, _at: questions_to(user=user),
        "sent_at",
        (Permission.SEARCH_PEOPLE,),
        shown_empty=False,
    ),
    "tracing_due": Waiting(
        lambda user, at: tracing_due(user=user, today=timezone.localdate(at)),
        "recorded_at",
        (Permission.TRACE,),
    ),
    "referrals": Waiting(
        lambda user, _at: referrals_to_answer(user=user),
        "offered_at",
        (Permission.ANSWER_REFERRAL,),
        shown_empty=False,
    ),
    "approvals": Waiting(
        lambda user, at: approvals_to_answer(user=user, at=at),
        "requested_at",
        (Permission.SEE_APPROVALS,),
        shown_empty=False,
    ),
    "emergencies": Waiting(
        lambda user, _at: emergencies_to_review(user=user),
        "opened_at",
        (Permission.REVIEW_BREAK_GLASS,),
    ),
    "jobs": Waiting(
        lambda user, _at: given_up_jobs(user=user),
        "given_up_at",
        (Permission.SEE_HEALTH,),
    ),
    "drafts": Waiting(
        lambda user, _at: drafts(user=user),
        "begun_at",
        (Permission.REGISTER_CHILD,),
        shown_empty=False,
    ),
    "assigned": Waiting(
        lambda user, at: assigned_to(user=user, at=at),
        "since",
        (Permission.SEE_CHILDREN,),
        needs_you=False,
        shown_empty=False,
    ),
    "unmatched_children": Waiting(
        lambda user, _at: unmatched_children(user=user),
        "registered_at",
        (Permission.SEE_CHILDREN, Permission.SEE_COUNTS),
        needs_you=False,
        counted=True,
    ),
    "requests": Waiting(
        lambda user, _at: Request.objects.visible_to(user),
        "taken_at",
        (Permission.SEE_REQUESTS, Permission.SEE_COUNTS),
        needs_you=False,
    ),
}


def work_queue(*, user: User, at: datetime) -> list[Queue]:
    """What waits for this account, by kind; kinds that its role does not work on are absent."""
    theirs = [key for key, kind in KINDS.items() if all(may(user, each) for each in kind.needs)]
    found = [*queue_due(user=user, at=at), *(queue(key, user=user, at=at) for key in theirs)]
    return [each for each in found if each.count or KINDS[each.key].shown_empty]


def queue_due(*, user: User, at: datetime) -> list[Queue]:
    """Count the steps of cases that are overdue for this account, or escalated to it; if any."""
    late = due_for(user=user, today=timezone.localdate(at))
    if not late:
        return []
    oldest = timezone.make_aware(datetime.combine(late[0].due.on, time()))
    key = "escalated" if user.role == Role.PROGRAMME_MANAGER else "due"
    return [Queue(key=key, count=len(late), more=False, oldest_at=oldest, needs_you=True)]


def queue(key: str, *, user: User, at: datetime, most: int = MOST) -> Queue:
    """Count what waits of one kind, up to so many, and find since when the oldest waits."""
    kind = KINDS[key]
    with passage(Passage.COUNTING) if kind.counted else nullcontext():
        rows = kind.rows(user, at)
        count = rows.order_by().values("pk")[: most + 1].count()
        oldest = rows.order_by(kind.since).values_list(kind.since, flat=True).first()
    return Queue(
        key=key,
        count=min(count, most),
        more=count > most,
        oldest_at=oldest,
        needs_you=kind.needs_you,
    )
