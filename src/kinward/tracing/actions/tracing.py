"""What is done to find somebody, and ending a search or beginning it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.actions import push_step
from kinward.casework.models import Track
from kinward.casework.tracks import Tracing
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict, overtaken
from kinward.people.models import Kind, Person
from kinward.tracing.models import Ending, Ground, TracingAction
from kinward.tracing.queries import last_ending
from kinward.tracing.rules import Lack, lack, lack_of_end

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.tracing.rules import End, Tried

LACKS: Final[Mapping[Lack, Any]] = {
    Lack.FUTURE: gettext_lazy("This day is still to come. Record what was done."),
    Lack.NEXT: gettext_lazy("There is no answer yet: say when somebody looks after it."),
    Lack.NEXT_BEFORE: gettext_lazy("This day is before the one it was done on."),
    Lack.REASON: gettext_lazy("Give a reason in your own words."),
    Lack.PLAN: gettext_lazy("Say what care is planned: no child is left without a plan."),
    Lack.NO_PLAN: gettext_lazy("A plan belongs to a child for whom everything was tried."),
    Lack.REVIEW: gettext_lazy("Say when somebody looks at it again."),
    Lack.REVIEW_PAST: gettext_lazy("Choose a day that is still to come."),
    Lack.THROUGH: gettext_lazy("Write who asks for the relative, and how to reach them."),
    Lack.NAMED: gettext_lazy("Leave this empty, or choose that somebody asks for the relative."),
}


class UnfitTracing(RuleBroken):
    """What was tried, or the end of a search, cannot be stored as it is; its words say why."""


class EndedMeanwhile(Conflict):
    """Somebody ended the search, or began it again, after the page was made that this answers."""


@transaction.atomic
def record_tracing(
    *, person: Person, tried: Tried, follows: UUID | None = None, by: User, at: datetime
) -> TracingAction:
    """Record something done to find a person, or with `follows` what came of it since.

    Raises:
        NotAllowed: `by` does not trace.
        NotFound: `by` may not know of this person, or `follows` is nothing done for them.
        UnfitTracing: it cannot be stored as it is, or what it follows was followed already.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    person = _traced(person, by=by, at=at)
    if (wrong := lack(tried, today=localdate(at))) is not None:
        raise UnfitTracing(str(LACKS[wrong]))
    refuse_words(tried.words, field="words")
    taken_up = _taken_up(person, follows)
    action = TracingAction.objects.create(
        person=person,
        follows=taken_up,
        done=tried.done,
        done_on=tried.done_on,
        outcome=tried.outcome,
        words=tried.words.strip(),
        next_on=tried.next_on,
        recorded_by=by,
        recorded_at=at,
    )
    _follow(person, Tracing.IN_PROGRESS, by=by, at=at)
    told = {"tracing": str(action.pk), "done": action.done, "outcome": action.outcome}
    record("tracing.traced", person, by=by, at=at, **told)
    return action


def _taken_up(person: Person, follows: UUID | None) -> TracingAction | None:
    """Return what is followed, which nothing follows yet. The person is locked.

    Raises:
        NotFound: it is nothing done for this person.
        UnfitTracing: something follows it already.
    """
    if follows is None:
        return None
    found = TracingAction.objects.filter(person=person, pk=follows).first()
    if found is None:
        raise NotFound(_("There is no such action."))
    if TracingAction.objects.filter(follows=found).exists():
        raise UnfitTracing(_("What came of this has been recorded already."))
    return found


@transaction.atomic
def end_search(
    *, person: Person, end: End, seen: str | None = None, by: User, at: datetime
) -> Ending:
    """End the search for a child's family or for a person; it says nothing about any other.

    They stay among those compared, as long as they agree: a family that is found later is still
    found. `seen` is the id of the last end that whoever asks knew of, or nothing.

    Raises:
        NotAllowed: `by` does not trace.
        NotFound: `by` may not know of this person.
        EndedMeanwhile: what was seen is not what stands.
        UnfitTracing: it has ended already, or the end lacks something.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    person = _traced(person, by=by, at=at)
    stands = _unless_meanwhile(person, seen)
    if stands and not stands.reopens_id:
        raise UnfitTracing(_("This search has ended already."))
    wrong = lack_of_end(end, of_child=person.kind == Kind.CHILD, today=localdate(at))
    if wrong is not None:
        raise UnfitTracing(str(LACKS[wrong]))
    refuse_words(end.reason, field="reason")
    ending = Ending.objects.create(
        person=person,
        ground=end.ground,
        plan=end.plan,
        reason=end.reason.strip(),
        review_on=end.review_on,
        ended_by=by,
        ended_at=at,
    )
    exhausted = ending.ground == Ground.EXHAUSTED
    _follow(person, Tracing.EXHAUSTED if exhausted else Tracing.CLOSED, by=by, at=at)
    record("tracing.ended", person, by=by, at=at, ending=str(ending.pk), ground=ending.ground)
    return ending


@transaction.atomic
def search_again(
    *, person: Person, reason: str, seen: str | None = None, by: User, at: datetime
) -> Ending:
    """Begin a search again that had ended; the end stays on record.

    Raises:
        NotAllowed: `by` does not trace.
        NotFound: `by` may not know of this person.
        EndedMeanwhile: what was seen is not what stands.
        UnfitTracing: the search has not ended, or there is no reason.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    person = _traced(person, by=by, at=at)
    stands = _unless_meanwhile(person, seen)
    if stands is None or stands.reopens_id:
        raise UnfitTracing(_("This search has not ended."))
    if not reason.strip():
        raise UnfitTracing(str(LACKS[Lack.REASON]))
    refuse_words(reason, field="reason")
    again = Ending.objects.create(
        person=person, reopens=stands, reason=reason.strip(), ended_by=by, ended_at=at
    )
    _follow(person, Tracing.OPEN, by=by, at=at)
    record("tracing.reopened", person, by=by, at=at, ending=str(again.pk))
    return again


def _follow(person: Person, to: Tracing, *, by: User, at: datetime) -> None:
    """Let the track of a child's case follow; a person who is sought has no case."""
    if person.kind == Kind.CHILD:
        push_step(child=person, track=Track.TRACING, to=to, by=by, at=at)


def _unless_meanwhile(person: Person, seen: str | None) -> Ending | None:
    """Return the last end of the search, or that it began again. The person is locked.

    Raises:
        EndedMeanwhile: it is not what was seen.
    """
    stands = last_ending(person)
    key = str(stands.pk) if stands else ""
    if overtaken(seen, key):
        raise EndedMeanwhile(
            _("Somebody ended this search, or began it again, since you opened the page."),
            had=seen or "",
            stands=key,
            by=stands.ended_by.get_full_name() if stands else "",
            at=stands.ended_at if stands else None,
        )
    return stands


def _traced(person: Person, *, by: User, at: datetime) -> Person:
    """Lock and return a person whose search `by` may work on.

    Raises:
        NotAllowed: `by` does not trace.
        NotFound: `by` may not know of this person, or nobody searches for them.
    """
    if not may(by, Permission.TRACE):
        raise NotAllowed(_("You may not record what was done to find somebody."))
    seen = Person.objects.visible_to(by, to=Permission.TRACE, at=at)
    searched = seen.filter(kind__in=[Kind.CHILD, Kind.SOUGHT])
    found = searched.select_for_update().filter(pk=person.pk).first()
    if found is None:
        raise NotFound(_("There is no such person."))
    return found
