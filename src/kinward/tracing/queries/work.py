"""What waits for an account, as queues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, QuerySet

from kinward.access.queries import may
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.people.mergings import records_of_one_child
from kinward.people.models import Person, PersonQuerySet
from kinward.people.queries import all_judged, children_once, questions_to
from kinward.tracing.models import POSSIBLE, Candidate, Request, Verdict
from kinward.tracing.queries.candidates import candidates_to_review
from kinward.tracing.queries.claims import claimed_children
from kinward.tracing.queries.tracings import tracing_due
from kinward.tracing.queries.verifications import candidates_to_decide, open_interviews


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Work that waits: what kind, how much, since when."""

    key: str
    count: int
    oldest_at: datetime | None


def work_queue(*, user: User, today: date) -> list[Queue]:
    """What waits for this account, by kind; kinds that its role does not work on are absent."""
    waiting: list[Queue] = []
    if may(user, Permission.REVIEW_CANDIDATE):
        to_review = candidates_to_review(user=user).order_by()
        waiting += [
            queue("to_review", to_review.filter(verdict=Verdict.OPEN), "first_found_at"),
            queue("disputed", to_review.filter(verdict=Verdict.DISPUTED), "first_found_at"),
            queue(
                "claimed",
                Person.objects.filter(pk__in=claimed_children(user=user)),
                "registered_at",
            ),
        ]
    if may(user, Permission.SEE_CHILDREN) and may(user, Permission.SEE_COUNTS):
        unmatched = unmatched_children(user=user)
        with passage(Passage.COUNTING):  # of candidates that not everyone here may see
            waiting.append(queue("unmatched_children", unmatched, "registered_at"))
    if may(user, Permission.TRACE):
        due = tracing_due(user=user, today=today)
        waiting.append(queue("tracing_due", due, "recorded_at"))
    if may(user, Permission.VERIFY):
        to_decide = candidates_to_decide(user=user).order_by()
        waiting.append(queue("to_decide", to_decide, "first_found_at"))
    if (interviews := open_interviews(user=user)).exists():
        waiting.append(queue("interviews", interviews.order_by(), "asked_at"))
    if (asked := questions_to(user=user)).exists():
        waiting.append(queue("questions", asked, "sent_at"))
    if may(user, Permission.SEE_REQUESTS) and may(user, Permission.SEE_COUNTS):
        waiting.append(queue("requests", Request.objects.visible_to(user), "taken_at"))
    return waiting


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


def queue(key: str, rows: QuerySet[Any], since: str) -> Queue:
    """Count rows, and find since when the oldest waits."""
    counted = rows.aggregate(count=Count("pk", distinct=True), oldest=Min(since))
    return Queue(key=key, count=counted["count"], oldest_at=counted["oldest"])


if TYPE_CHECKING:
    from datetime import date, datetime

    from kinward.access.models import User
