"""Registering people, and adding to what is said about them."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core import keystore
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict
from kinward.people.actions.consenting import locked, store_consents
from kinward.people.actions.files import NoReason
from kinward.people.actions.words import guard_words, words_of
from kinward.people.models import (
    Answer,
    Assertion,
    Certainty,
    Group,
    Kind,
    Method,
    Person,
    SaidBy,
    described,
)
from kinward.people.properties import PROPERTIES
from kinward.people.queries import is_record_of_another, standing_in_place_of
from kinward.people.rules import (
    ConsentAnswer,
    Fault,
    Statement,
    fault,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from kinward.access.models import User


FAULTS: Final[Mapping[Fault, Any]] = {
    Fault.PROPERTY: gettext_lazy("There is no such kind of fact."),
    Fault.ANSWER: gettext_lazy("A known answer needs a value; any other answer has none."),
    Fault.KEYS: gettext_lazy("This kind of fact has no such part."),
    Fault.NAME: gettext_lazy("Write the name, or choose “unknown”."),
    Fault.SEX: gettext_lazy("Choose female or male, or choose “unknown”."),
    Fault.BIRTH: gettext_lazy(
        "Give a date, a year such as 2012, or an age and the day it was counted."
    ),
    Fault.PLACE: gettext_lazy("Write the place, or choose “unknown”."),
    Fault.KIN: gettext_lazy("Choose what the relative is to the child."),
    Fault.STAY: gettext_lazy(
        "Choose what the stay was, and write the place or choose who kept the child. "
        "It cannot end before it began."
    ),
    Fault.WHEN: gettext_lazy(
        "Write in a few words what happened; a date can stand beside them, not alone."
    ),
    Fault.TEXT: gettext_lazy("Write a few words, or choose “unknown”."),
    Fault.AS_OF: gettext_lazy("This date cannot be read. Write for example 2018-12-30 or 2018."),
}


NO_SUCH_RECORD: Final = gettext_lazy("No record with this reference may be seen by you.")


class UnfitStatement(RuleBroken):
    """The statement cannot be stored as it is; its words say why."""


class NoSuchRecord(UnfitStatement):
    """A relative is said to have a record under a reference of which one may not know."""


class CorrectedAlready(Conflict):
    """Somebody has corrected the statement meanwhile; `stands` is the id of what stands instead."""


@transaction.atomic
def register_child(  # noqa: PLR0913 (what a registration holds)
    *,
    statements: Iterable[Statement],
    consents: Iterable[ConsentAnswer] = (),
    group: Group | None = None,
    keeping: str = "",
    by: User,
    at: datetime,
) -> Person:
    """Register a child from what is said. Nothing is mandatory: a child may have no known name.

    Without an answer in `consents` that agrees to tracing the child is on record and no more: it
    is compared with nobody. `keeping` is the reason why words that label a person must stay.

    Raises:
        NotAllowed: `by` does not register children.
        UnfitConsent, UnfitStatement: an answer or a statement cannot be stored as it is.
        WordsRefused: see `store`.
    """
    if not may(by, Permission.REGISTER_CHILD):
        raise NotAllowed(_("You may not register children."))
    return describe_new(
        Kind.CHILD,
        statements,
        consents=consents,
        group=group,
        region=by.region,
        keeping=keeping,
        by=by,
        at=at,
    )


@transaction.atomic
def register_group(  # noqa: PLR0913 (what a group is registered with)
    *,
    children: Sequence[Sequence[Statement]],
    consents: Sequence[Sequence[ConsentAnswer]] = (),
    note: str = "",
    keeping: str = "",
    by: User,
    at: datetime,
) -> list[Person]:
    """Register children who were found together; all of them, or none.

    `consents` holds the answers of each child, in the order of `children`; `keeping` is as of
    `register_child`.

    Raises:
        NotAllowed: `by` does not register children.
        UnfitConsent, UnfitStatement: an answer or a statement cannot be stored as it is.
        WordsRefused: the note or a statement holds what is not kept.
    """
    if not may(by, Permission.REGISTER_CHILD):
        raise NotAllowed(_("You may not register children."))
    if not children:
        raise RuleBroken(_("A group has at least one child."))
    group = begin_group(note=note, children=len(children), by=by, at=at)
    return [
        register_child(
            statements=said, consents=answered, group=group, keeping=keeping, by=by, at=at
        )
        for said, answered in zip_longest(children, consents, fillvalue=())
    ]


@transaction.atomic
def begin_group(*, note: str, children: int = 1, by: User, at: datetime) -> Group:
    """Begin a group of children who were found together; each is registered into it.

    Raises:
        NotAllowed: `by` does not register children.
        WordsRefused: the note holds what is not kept.
    """
    if not may(by, Permission.REGISTER_CHILD):
        raise NotAllowed(_("You may not register children."))
    refuse_words(note, field="note")
    group = Group.objects.create(note=note, registered_by=by, registered_at=at)
    record("people.registered_group", group, by=by, at=at, children=children)
    return group


@transaction.atomic
def add_statement(
    *, person: Person, statement: Statement, keeping: str = "", by: User, at: datetime
) -> Assertion:
    """Add one thing said about a person; with `corrects`, in place of what was said before.

    Raises:
        NotAllowed: `by` may not add statements.
        NotFound: `by` may not know of this person, or nobody said what is to be corrected.
        UnfitStatement: the statement cannot be stored as it is.
        NoSuchRecord: it says that a relative has a record, and `by` may know of none like that.
        CorrectedAlready: somebody was faster. To add beside what stands never conflicts.
        WordsRefused: see `store`.
    """
    if not may(by, Permission.ADD_STATEMENT):
        raise NotAllowed(_("You may not add statements."))
    # Two corrections of one statement at once would both find it uncorrected.
    person = locked(person, by=by, to=Permission.ADD_STATEMENT, at=at)
    if statement.corrects:
        refuse_corrected(person, statement)
    linked = statement.value.get("record")
    if linked and not is_record_of_another(person, linked, user=by):
        raise NoSuchRecord(str(NO_SUCH_RECORD))
    (assertion,) = store(person, [statement], keeping=keeping, by=by, at=at)
    withdrawn = assertion.answer == Answer.WITHDRAWN
    record(
        "people.withdrew_statement" if withdrawn else "people.stated",
        person,
        by=by,
        at=at,
        assertion=str(assertion.pk),
        property=statement.property,
    )
    described.send(sender=Person, person=person, property=statement.property, by=by, at=at)
    return assertion


def withdraw_statement(*, assertion: Assertion, reason: str, by: User, at: datetime) -> Assertion:
    """Take back what was written down, with a reason; it stays on record and stands no more.

    Raises:
        NotAllowed: `by` may not add statements, or not read this one.
        NotFound: `by` may not know of this person.
        NoReason: the reason is blank.
        WordsRefused: the reason labels somebody, or holds what is never kept.
        CorrectedAlready: somebody has corrected or withdrawn it meanwhile.
    """
    if assertion.compartment not in open_compartments(by):
        raise NotAllowed(_("You may not add statements."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    withdrawal = Statement(
        property=assertion.property,
        answer=Answer.WITHDRAWN,
        value={"reason": reason.strip()},
        said_by=SaidBy.WORKER,
        method=Method.OTHER,
        certainty=Certainty.CONFIRMED,
        corrects=assertion.pk,
    )
    return add_statement(person=assertion.person, statement=withdrawal, by=by, at=at)


def refuse_corrected(person: Person, statement: Statement) -> None:
    """Refuse to correct what was corrected. The person is locked.

    Raises:
        NotFound: it is no statement about that property of this person.
        CorrectedAlready
    """
    meant = Assertion.objects.filter(person=person, property=statement.property)
    corrected = meant.filter(pk=str(statement.corrects)).first()
    if corrected is None:
        raise NotFound(_("There is no such statement."))
    stands = standing_in_place_of(corrected)
    if stands != corrected:
        raise CorrectedAlready(
            _("This statement has been corrected already."),
            had=str(corrected.pk),
            stands=str(stands.pk),
            by=stands.recorded_by.get_full_name(),
            at=stands.recorded_at,
        )


def describe_new(  # noqa: PLR0913 (the parts of a first description)
    kind: Kind,
    statements: Iterable[Statement],
    *,
    consents: Iterable[ConsentAnswer] = (),
    group: Group | None = None,
    region: str,
    keeping: str = "",
    by: User,
    at: datetime,
) -> Person:
    """Store a new person with all that is said, and tell whoever listens. Permits nothing.

    Raises:
        UnfitConsent, UnfitStatement: an answer or a statement cannot be stored as it is.
        WordsRefused: see `store`.
    """
    person = Person.objects.create(
        kind=kind, group=group, region=region, registered_by=by, registered_at=at
    )
    store_consents(person, consents, by=by, at=at)
    said = store(person, statements, keeping=keeping, by=by, at=at)
    record("people.registered", person, by=by, at=at, kind=kind, statements=len(said))
    described.send(sender=Person, person=person, by=by, at=at)
    return person


def store(
    person: Person, statements: Iterable[Statement], *, keeping: str = "", by: User, at: datetime
) -> list[Assertion]:
    """Store what is said, each in the compartment of its property.

    Words that label a person are stored only with a reason for `keeping` them, and stay unseen
    until a second person has agreed.

    Raises:
        UnfitStatement: one cannot be stored as it is; none is.
        WordsRefused: one holds what is never kept, or a label without a reason to keep it.
    """
    said = assertions_of(person, statements, by=by, at=at)
    for one in said:
        guard_words(one, words_of(one), field=one.property, keeping=keeping, by=by, at=at)
    keystore.store().make((person.pk, one.compartment) for one in said)
    return Assertion.objects.bulk_create(said)


def assertions_of(
    person: Person, statements: Iterable[Statement], *, by: User, at: datetime
) -> list[Assertion]:
    """Return what is said about a person as rows that are not stored yet.

    Raises:
        UnfitStatement: one cannot be stored as it is.
    """
    listed = list(statements)
    for statement in listed:
        if (wrong := fault(statement)) is not None:
            raise UnfitStatement(str(FAULTS[wrong]))
    return [
        Assertion(
            person=person,
            property=statement.property,
            answer=Answer(statement.answer),
            value=dict(statement.value),
            source=statement.source,
            said_by=statement.said_by,
            method=statement.method,
            certainty=statement.certainty,
            as_of=statement.as_of,
            compartment=PROPERTIES[statement.property].compartment,
            corrects_id=statement.corrects,
            recorded_by=by,
            recorded_at=at,
        )
        for statement in listed
    ]
