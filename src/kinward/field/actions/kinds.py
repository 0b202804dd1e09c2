"""What each kind of entry does: it calls the actions of the rooms below, as a screen would."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils.translation import gettext as _

from kinward.core.errors import NotFound
from kinward.field import queries
from kinward.field.actions.conflicting import place_single
from kinward.field.actions.listing import take_copied_list
from kinward.field.actions.photographs import expect_photo
from kinward.field.actions.refusing import WORDS, Unfit
from kinward.field.actions.visiting import visited_in
from kinward.field.models import Known
from kinward.field.rules import Wrong
from kinward.operations import actions as operations
from kinward.operations.models import SeenHow
from kinward.operations.queries import checkpoints_of
from kinward.people import actions as people
from kinward.people.models import Answer, Group, Kind, Person
from kinward.people.queries import people as people_known
from kinward.placement.actions import record_visit
from kinward.tracing.actions import take_request
from kinward.tracing.models import Relation, Through

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from kinward.access.models import User
    from kinward.field.models import Conflict, Entry
    from kinward.field.rules import Read
    from kinward.people.rules import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """An entry that was opened and read, and the record that phones call so, if it is known."""

    entry: Entry
    said: Read
    keeping: str  # why words that label a person must stay
    known: UUID | None
    by: User
    at: datetime

    @property
    def values(self) -> Mapping[str, Any]:
        """The answers to the questions that do not repeat."""
        return self.said.plain.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made of an entry."""

    about: UUID
    conflicts: list[Conflict] = field(default_factory=list)


def take_child(taking: Taking) -> Made:
    """Register a child, or add what is said to one that is known: nothing replaces anything."""
    child = child_of(taking)
    if child is None:
        child = people.register_child(
            statements=taking.said.said(),
            consents=taking.said.consents,
            group=group_of(taking),
            keeping=taking.keeping,
            by=taking.by,
            at=taking.at,
        )
    else:
        add_to(child, taking)
    expect_photo(taking.entry, child, taking.values.get("photo"), taking.said.consents)
    return Made(about=child.pk)


def take_annex(taking: Taking) -> Made:
    """Add what is known of a child under five to its record.

    Raises:
        NotFound: there is no such child that this account may know of.
    """
    child = needs_child(taking)
    add_to(child, taking)
    expect_photo(taking.entry, child, taking.values.get("photo"), taking.said.consents)
    return Made(about=child.pk)


def child_of(taking: Taking) -> Person | None:
    """Return the child that a record of a phone means; None for one that is new.

    Raises:
        NotFound: it is known, and not to this account.
    """
    seen = people_known(user=taking.by).filter(kind=Kind.CHILD, erasure__isnull=True)
    found = seen.filter(pk=taking.known or taking.entry.record).first()
    if found is None and taking.known is not None:
        raise NotFound(_("There is no such child, or you may not know of it any more."))
    return found


def needs_child(taking: Taking) -> Person:
    """Return the child that a record of a phone means.

    Raises:
        NotFound: there is none.
    """
    child = child_of(taking)
    if child is None:
        raise NotFound(_("There is no such child, or you may not know of it any more."))
    return child


def add_to(child: Person, taking: Taking) -> None:
    """Add statements and answers about consent to a child that is on record."""
    who: dict[str, Any] = {"by": taking.by, "at": taking.at}
    for answer in taking.said.consents:
        people.record_consent(person=child, answer=answer, **who)
    for one in taking.said.said():
        if one.answer != Answer.NOT_ASKED:
            people.add_statement(person=child, statement=one, keeping=taking.keeping, **who)


def group_of(taking: Taking) -> Group | None:
    """Return the group whose mark an entry bears; its first child begins it."""
    mark = taking.values.get("group")
    if not mark:
        return None
    record = uuid5(NAMESPACE_OID, f"{taking.by.pk}|{mark}")
    about = queries.about_of(record)
    if about is not None:
        return Group(pk=about)
    note = str(taking.values.get("group_note", ""))
    group = people.begin_group(note=note, by=taking.by, at=taking.at)
    Known.objects.create(record=record, about=group.pk)
    return group


def refuse_second(taking: Taking) -> None:
    """Refuse to take the same request or list a second time.

    Raises:
        Unfit: it was taken.
    """
    if taking.known is not None:
        raise Unfit({"": _("This was sent before. What is to be added is added on its own page.")})


def take_tracing_request(taking: Taking) -> Made:
    """Take a tracing request."""
    refuse_second(taking)
    told = taking.values
    sought: list[tuple[Relation, tuple[Statement, ...]]] = [
        (Relation(row.values["relation"]), row.statements) for row in taking.said.rows["sought"]
    ]
    request = take_request(
        enquirer=taking.said.plain.statements,
        told=told.get("told", ""),
        language=told.get("told_in", ""),
        through=Through(told["through"]),
        through_whom=told.get("through_whom", ""),
        keeping=taking.keeping,
        sought=sought,
        consents=taking.said.consents,
        by=taking.by,
        at=taking.at,
    )
    return Made(about=request.pk)


def take_count(taking: Taking) -> Made:
    """Record whom a counter saw at a checkpoint, in the order of their taps.

    When a child was tapped is the phone's word: what is stored follows the order and our clock.
    """
    checkpoint = checkpoints_of(user=taking.by).filter(pk=taking.entry.record).first()
    if checkpoint is None:
        raise NotFound(_("There is no such checkpoint."))
    who: dict[str, Any] = {"checkpoint": checkpoint, "by": taking.by}
    taps = taps_in(taking)
    conflicts = []
    kept_back = set()
    for child, how in dict(taps).items():
        placed = place_single(
            taking.entry,
            key=f"count|{checkpoint.pk}|{taking.by.pk}|{child}",
            child=child,
            answers={"there": "no" if how == SeenHow.TAKEN_BACK else "yes", "how": str(how)},
            asked=("there",),
        )
        if not placed.applies:
            kept_back.add(child)
        if placed.conflict:
            conflicts.append(placed.conflict)
    for turn, (child, how) in enumerate(taps):
        if child not in kept_back:
            moment = taking.at + timedelta(microseconds=turn)
            operations.count_child(child=child, how=how, at=moment, **who)
    if taking.values.get("done") == "yes" and not conflicts:
        operations.finish_count(at=taking.at, **who)
    return Made(about=checkpoint.pk, conflicts=conflicts)


def taps_in(taking: Taking) -> list[tuple[UUID, SeenHow]]:
    """Return whom a counter tapped, and how.

    Raises:
        Unfit: a tap names no child, or is none.
    """
    try:
        return [(UUID(tap["child"]), SeenHow(tap["how"])) for tap in taking.values["taps"]]
    except ValueError as error:
        raise Unfit({"taps": str(WORDS[Wrong.UNREADABLE])}) from error


def take_visit(taking: Taking) -> Made:
    """Record a visit; where another phone told otherwise of the same day, a person decides."""
    child = needs_child(taking)
    visited = visited_in(taking.values)
    placed = place_single(
        taking.entry,
        key=f"visit|{child.pk}|{visited.visited_on.isoformat()}",
        child=child.pk,
        answers=dict(taking.values),
        asked=tuple(each.name for _group, each in taking.said.form.questions()),
    )
    if placed.applies:
        record_visit(child=child, said=visited, by=taking.by, at=taking.at)
    return Made(about=child.pk, conflicts=[placed.conflict] if placed.conflict else [])


def take_mentions(taking: Taking) -> Made:
    """Take in a list as it was copied; each row that can be read is a record of its own."""
    refuse_second(taking)
    return Made(about=take_copied_list(taking.values, taking.said, by=taking.by, at=taking.at))


KINDS: Final[Mapping[str, Callable[[Taking], Made]]] = {
    "child": take_child,
    "annex": take_annex,
    "request": take_tracing_request,
    "mentions": take_mentions,
    "count": take_count,
    "visit": take_visit,
}
