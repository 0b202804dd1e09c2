"""Searching for people by name, and asking other offices about whom one may not see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.access.models import User
from kinward.access.queries import may, open_compartments
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.versions import Conflict
from kinward.people import queries
from kinward.people.models import Message, Person, SearchPurpose
from kinward.people.rules import LISTED_ALIKE_OFTEN, LOOKED_ALIKE_OFTEN, OFTEN_ENOUGH, too_often

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta
    from uuid import UUID

    from kinward.people.memory import Asked


class TooManySearches(RuleBroken):
    """The account has searched by name too often in a short time."""

    status = 429
    title = gettext_lazy("Too many searches")


@transaction.atomic
def search_people(
    *, asked: Asked, purpose: SearchPurpose, language: str, by: User, at: datetime
) -> queries.Findings:
    """Search by name for a purpose. Logged: the purpose and who was shown; never what was typed.

    Raises:
        NotAllowed: `by` does not search for people.
        TooManySearches: the account has searched too often; see rules.OFTEN_ENOUGH.
    """
    _keep_within("people.searched", OFTEN_ENOUGH, by=by, at=at)
    found = queries.found_by(asked, user=by, language=language)
    elsewhere = sum(map(len, found.elsewhere.values()))
    told = {"purpose": purpose, "shown": len(found.shown), "elsewhere": elsewhere}
    record("people.searched", None, by=by, at=at, **told)
    persons = [hit.person for hit in found.shown]
    opened = open_compartments(by)
    record_reads("people.found", persons, by=by, at=at, purpose=purpose, compartments=opened)
    return found


@transaction.atomic
def look_for_alike(*, asked: Asked, language: str, by: User, at: datetime) -> queries.Findings:
    """Search for who is on record already while a child is being registered.

    Raises:
        NotAllowed: `by` registers no children, or does not search for people.
        TooManySearches: the account has looked too often; see rules.LOOKED_ALIKE_OFTEN.
    """
    if not may(by, Permission.REGISTER_CHILD):
        raise NotAllowed(_("You may not register children."))
    _keep_within("people.looked_alike", LOOKED_ALIKE_OFTEN, by=by, at=at)
    found = queries.found_by(asked, user=by, language=language)
    record("people.looked_alike", None, by=by, at=at, shown=len(found.shown))
    persons = [hit.person for hit in found.shown]
    purpose = SearchPurpose.REGISTRATION
    opened = open_compartments(by)
    record_reads("people.found", persons, by=by, at=at, purpose=purpose, compartments=opened)
    return found


@transaction.atomic
def look_for_alike_each(*, asked: Sequence[Asked], by: User, at: datetime) -> list[queries.Alike]:
    """Search for who is on record already for each row of a page of a list, in its order.

    Raises:
        NotAllowed: `by` registers no children, or does not search for people.
        TooManySearches: the account has looked too often; see rules.LISTED_ALIKE_OFTEN.
    """
    if not may(by, Permission.REGISTER_CHILD):
        raise NotAllowed(_("You may not register children."))
    _keep_within("people.looked_list_alike", LISTED_ALIKE_OFTEN, by=by, at=at)
    found = queries.alike_each(asked, user=by)
    shown = {person.pk: person for each in found for person in each.shown}
    told = {"rows": len(found), "shown": len(shown)}
    record("people.looked_list_alike", None, by=by, at=at, **told)
    purpose, opened = SearchPurpose.REGISTRATION, open_compartments(by)
    record_reads("people.found", shown.values(), by=by, at=at, purpose=purpose, compartments=opened)
    return found


def _keep_within(
    action: str, limits: Sequence[tuple[timedelta, int]], *, by: User, at: datetime
) -> None:
    if not may(by, Permission.SEARCH_PEOPLE):
        raise NotAllowed(_("You may not search for people."))
    # Searches of one account at once are counted one after the other.
    User.objects.select_for_update().get(pk=by.pk)
    longest = max(within for within, _most in limits)
    done = queries.moments_of(action, user=by, since=at - longest)
    if too_often(done, at, limits):
        raise TooManySearches(
            _("You have searched very often. Wait a while, or ask a colleague. This is on record.")
        )


def refuse_search(*, by: User, at: datetime) -> None:
    """Write down that an account was kept from searching any more, in a transaction that stands."""
    record("people.search_refused", None, by=by, at=at)


@transaction.atomic
def ask_office(
    *, persons: Iterable[UUID], purpose: SearchPurpose, text: str, by: User, at: datetime
) -> list[Message]:
    """Ask the offices that know these people, of whom `by` learns nothing else by it.

    Raises:
        NotAllowed: `by` does not search for people.
        RuleBroken: nothing is asked, or of nobody.
    """
    if not may(by, Permission.SEARCH_PEOPLE):
        raise NotAllowed(_("You may not search for people."))
    standing = Person.objects.lawfully_traced().filter(erasure__isnull=True)
    with passage(Passage.ELSEWHERE):
        meant = list(standing.filter(pk__in=list(persons)))
    if not meant or not text.strip():
        raise RuleBroken(_("Say what you ask, and of whom: search again."))
    asked = [
        Message.objects.create(
            person=person, purpose=purpose, text=text.strip(), sent_by=by, sent_at=at
        )
        for person in meant
    ]
    record_reads("people.asked_office", asked, by=by, at=at, purpose=purpose)
    return asked


@transaction.atomic
def answer_office(*, question: Message, text: str, by: User, at: datetime) -> Message:
    """Answer another office.

    Raises:
        NotFound: `by` may not know of the person.
        Conflict: somebody answered it before.
        RuleBroken: nothing is answered.
    """
    known = queries.questions_to(user=by, answered=True).select_for_update(of=("self",))
    asked = known.filter(pk=question.pk).first()
    if asked is None:
        raise NotFound(_("There is no such question."))
    given = Message.objects.filter(answers=asked).select_related("sent_by").first()
    if given:
        raise Conflict(
            _("This question has been answered already."),
            by=given.sent_by.get_full_name(),
            at=given.sent_at,
        )
    if not text.strip():
        raise RuleBroken(_("Write an answer."))
    answer = Message.objects.create(
        person=asked.person,
        purpose=asked.purpose,
        text=text.strip(),
        answers=asked,
        sent_by=by,
        sent_at=at,
    )
    record("people.answered_office", asked, by=by, at=at)
    return answer
