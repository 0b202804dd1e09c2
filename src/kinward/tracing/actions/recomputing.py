"""Comparing everybody anew, some children at a time: whoever is killed meanwhile, it goes on.

What is rare among everybody changes with each registration, and so do the figures of pairs nobody
touched. Each part is a job, which asks for the next one in the transaction that stores what it
found: what was done stays done, and a part whose worker was killed is done by the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.models import clock
from kinward.access.queries import may
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed
from kinward.core.jobs import enqueue, handles
from kinward.core.models import Job
from kinward.people.models import Person
from kinward.tracing import matching
from kinward.tracing.actions.finding import candidates_around, store_matches
from kinward.tracing.rules import RECOMPUTE

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User

AT_A_TIME: Final = 20  # children: on SQLite nobody else writes while a part is compared


@transaction.atomic
def recompute(*, by: User, at: datetime) -> Job:
    """Have everybody compared anew; one that is under way goes on, and no other is begun.

    Raises:
        NotAllowed: `by` does not have candidates looked for.
    """
    if not may(by, Permission.FIND_CANDIDATES):
        raise NotAllowed(_("You may not look for candidates."))
    under_way = Job.objects.unfinished().filter(kind=RECOMPUTE).select_for_update().first()
    if under_way:
        return under_way
    record("tracing.asked_to_recompute", None, by=by, at=at)
    return enqueue(RECOMPUTE, at=at, after="", done=0, of=everybody())


@passage(Passage.COUNTING)
def everybody() -> int:
    """Return how many children there are to be compared."""
    return Person.objects.children().count()


@handles(RECOMPUTE)
def _recompute(job: Job, at: datetime) -> None:
    """Compare the next children, with their families, and ask for those after them."""
    after, done, of = (job.arguments[name] for name in ("after", "done", "of"))
    children = Person.objects.children().order_by("pk")
    if after:
        children = children.filter(pk__gt=after)
    some = list(children.values_list("pk", flat=True)[:AT_A_TIME])
    if not some:
        return
    together = matching.families_of(some)
    matches = matching.find_near(together)
    stored = store_matches(matches, candidates_around(together), by=clock(), at=at)
    told = {"children": len(some), **stored._asdict()}
    record("tracing.recomputed", None, by=clock(), at=at, **told)
    enqueue(RECOMPUTE, at=at, after=str(some[-1]), done=done + len(some), of=max(of, done))
