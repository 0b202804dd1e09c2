"""Registering people, and adding to what is said about them."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.access.actions import approve, refuse, request_approval
from kinward.access.models import ApprovalKind
from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core import files
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import KEEPABLE, WordsRefused, objection, refuse_words
from kinward.core.keys import secret_for
from kinward.core.sealing import seal
from kinward.people.models import (
    COMPARTMENT_OF_FILE,
    Answer,
    Assertion,
    Attachment,
    Group,
    GuardedRow,
    Kind,
    Person,
    Withdrawal,
    described,
)
from kinward.people.properties import PROPERTIES, Shape
from kinward.people.queries import place_of_file
from kinward.people.rules import Fault, Statement, fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.core.intake import Taken
    from kinward.people.models import AgreedBy, FileKind

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
    Fault.TEXT: gettext_lazy("Write a few words, or choose “unknown”."),
    Fault.AS_OF: gettext_lazy("This date cannot be read. Write for example 2018-12-30 or 2018."),
}


class UnfitStatement(RuleBroken):
    """The statement cannot be stored as it is; its words say why."""


class CorrectedAlready(RuleBroken):
    """The statement to be corrected is another person's, or has been corrected before."""


@transaction.atomic
def register_child(
    *,
    statements: Iterable[Statement],
    group: Group | None = None,
    keeping: str = "",
    by: User,
    at: datetime,
) -> Person:
    """Register a child from what is said. Nothing is mandatory: a child may have no known name.

    `keeping` is the reason why words that label a person must stay; see `store`.

    Raises:
        NotAllowed: `by` does not register children.
        UnfitStatement: a statement cannot be stored as it is.
        WordsRefused: see `store`.
    """
    if not may(by, Permission.REGISTER_CHILD):
        raise NotAllowed(_("You may not register children."))
    return describe_new(
        Kind.CHILD, statements, group=group, region=by.region, keeping=keeping, by=by, at=at
    )


@transaction.atomic
def register_group(
    *, children: Sequence[Sequence[Statement]], note: str = "", by: User, at: datetime
) -> list[Person]:
    """Register children who were found together; all of them, or none.

    Raises:
        NotAllowed: `by` does not register children.
        UnfitStatement: a statement cannot be stored as it is.
        WordsRefused: the note or a statement holds what is not kept.
    """
    if not may(by, Permission.REGISTER_CHILD):
        raise NotAllowed(_("You may not register children."))
    if not children:
        raise RuleBroken(_("A group has at least one child."))
    refuse_words(note, field="note")
    group = Group.objects.create(note=note, registered_by=by, registered_at=at)
    record("people.registered_group", group, by=by, at=at, children=len(children))
    return [register_child(statements=said, group=group, by=by, at=at) for said in children]


@transaction.atomic
def add_statement(
    *, person: Person, statement: Statement, keeping: str = "", by: User, at: datetime
) -> Assertion:
    """Add one thing said about a person; with `corrects`, in place of what was said before.

    Raises:
        NotAllowed: `by` may not add statements.
        NotFound: `by` may not know of this person.
        UnfitStatement: the statement cannot be stored as it is.
        CorrectedAlready: what it corrects is not there to be corrected.
        WordsRefused: see `store`.
    """
    if not may(by, Permission.ADD_STATEMENT):
        raise NotAllowed(_("You may not add statements."))
    # Two corrections of one statement at once would both find it uncorrected.
    person = _locked(person, by=by)
    if statement.corrects and not (
        Assertion.objects.filter(
            pk=statement.corrects,
            person=person,
            property=statement.property,
            corrected_by__isnull=True,
        ).exists()
    ):
        raise CorrectedAlready(_("This statement has been corrected already."))
    (assertion,) = store(person, [statement], keeping=keeping, by=by, at=at)
    record(
        "people.stated",
        person,
        by=by,
        at=at,
        assertion=str(assertion.pk),
        property=statement.property,
    )
    described.send(sender=Person, person=person, by=by, at=at)
    return assertion


def _locked(person: Person, *, by: User) -> Person:
    """Lock and return the person, if `by` may know of them.

    Raises:
        NotFound: they may not, or there is none.
    """
    found = Person.objects.visible_to(by).select_for_update().filter(pk=person.pk).first()
    if found is None:
        raise NotFound(_("There is no such person."))
    return found


def describe_new(  # noqa: PLR0913 (the parts of a first description)
    kind: Kind,
    statements: Iterable[Statement],
    *,
    group: Group | None = None,
    region: str,
    keeping: str = "",
    by: User,
    at: datetime,
) -> Person:
    """Store a new person with all that is said, and tell whoever listens. Permits nothing.

    Raises:
        UnfitStatement: a statement cannot be stored as it is.
        WordsRefused: see `store`.
    """
    person = Person.objects.create(
        kind=kind, group=group, region=region, registered_by=by, registered_at=at
    )
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
    listed = list(statements)
    for statement in listed:
        if (wrong := fault(statement)) is not None:
            raise UnfitStatement(str(FAULTS[wrong]))
    said = [
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
    for one in said:
        guard_words(one, _words_of(one), field=one.property, keeping=keeping, by=by, at=at)
    return Assertion.objects.bulk_create(said)


def _words_of(said: Assertion) -> dict[str, bool]:
    """Return the free texts of a statement, and whether each is a name."""
    is_name = PROPERTIES[said.property].shape == Shape.NAME
    return {str(said.value.get("text", "")): is_name, said.source: False}


def guard_words(  # noqa: PLR0913 (a text, where it stands, and who answers for it)
    row: GuardedRow,
    texts: Mapping[str, bool],
    *,
    field: str,
    keeping: str,
    by: User,
    at: datetime,
) -> None:
    """Read the texts of a new row; where labels are to stay, ask for a second person's approval.

    Raises:
        WordsRefused: a text holds what is never kept, or a label without a reason to keep it.
    """
    objections = [objection(text, is_name=is_name) for text, is_name in texts.items()]
    for found in filter(None, objections):
        if found.kind not in KEEPABLE or not keeping.strip():
            raise WordsRefused(field, found)
    if any(objections):
        row.wording = request_approval(
            kind=ApprovalKind.WORDING,
            payload=_wording_of(row),
            reason=keeping,
            by=by,
            at=at,
        )


def _wording_of(row: GuardedRow) -> dict[str, str]:
    """Return what an approval of the words of a row allows."""
    return {"keep_words_of": row._meta.label_lower, "id": str(row.pk)}  # noqa: SLF001 (Django's API)


@transaction.atomic
def answer_for_words(*, row: GuardedRow, keep: bool, reason: str, by: User, at: datetime) -> None:
    """Say as the second person whether words that label a person stay, or are never shown.

    Raises:
        NotAllowed: `by` may not answer.
        RuleBroken: `by` asked for it, or it was answered before.
        NoReason: they do not stay, and the reason is blank.
    """
    if row.wording is None:
        raise RuleBroken(_("Nobody has asked about these words."))
    if keep:
        approve(approval=row.wording, by=by, at=at)
    else:
        refuse(approval=row.wording, reason=reason, by=by, at=at)
    record("people.answered_for_words", row, by=by, at=at, kept=keep)
    if keep and isinstance(row, Assertion):
        described.send(sender=Person, person=row.person, by=by, at=at)


class FileThereAlready(RuleBroken):
    """The same file stands with this person."""


class NoReason(RuleBroken):
    """Withdrawing a file needs a reason in words."""


@transaction.atomic
def attach_file(  # noqa: PLR0913 (what is known of a file)
    *,
    person: Person,
    kind: FileKind,
    taken: Taken,
    caption: str = "",
    source: str = "",
    agreed_by: AgreedBy,
    by: User,
    at: datetime,
) -> Attachment:
    """Keep a file that the intake has taken, sealed with the key of the person.

    Raises:
        NotAllowed: `by` may not add to what is known in that compartment.
        NotFound: `by` may not know of this person.
        WordsRefused: the caption or the source labels somebody, or holds what is never kept.
        FileThereAlready: the same file stands with this person.
    """
    compartment = COMPARTMENT_OF_FILE[kind]
    if not may(by, Permission.ADD_STATEMENT) or compartment not in open_compartments(by):
        raise NotAllowed(_("You may not add files."))
    refuse_words(caption, field="caption")
    refuse_words(source, field="source")
    person = _locked(person, by=by)
    digest = hmac.digest(secret_for("people.attachment"), taken.content, "sha256").hex()
    if person.attachments.standing().filter(digest=digest).exists():
        raise FileThereAlready(_("This file is there already."))
    attachment = Attachment(
        person=person,
        kind=kind,
        compartment=compartment,
        media_type=taken.media_type,
        size=len(taken.content),
        digest=digest,
        stored_as=uuid4(),
        thumbnail_as=uuid4() if taken.thumbnail else None,
        caption=caption.strip(),
        source=source.strip(),
        agreed_by=agreed_by,
        added_by=by,
        added_at=at,
    )
    # The files are on the disk before the row is: no row ever names a file that is not there.
    for name, content in _contents(attachment, taken).items():
        files.write(name, seal(content, **place_of_file(attachment, name)))
    attachment.save()
    record("people.attached", person, by=by, at=at, attachment=str(attachment.pk), file=kind)
    return attachment


def _contents(attachment: Attachment, taken: Taken) -> dict[UUID, bytes]:
    """Return what is to be stored of a file, by the name it is stored under."""
    stored = {attachment.stored_as: taken.content}
    if attachment.thumbnail_as:
        stored[attachment.thumbnail_as] = taken.thumbnail
    return stored


@transaction.atomic
def withdraw_file(*, attachment: Attachment, reason: str, by: User, at: datetime) -> Withdrawal:
    """Show a file to nobody any more.

    Raises:
        NotAllowed: `by` may not add to what is known in its compartment.
        NotFound: `by` may not know of the person.
        NoReason: the reason is blank.
        WordsRefused: the reason labels somebody, or holds what is never kept.
        RuleBroken: it was withdrawn before.
    """
    open_to = open_compartments(by)
    if not may(by, Permission.ADD_STATEMENT) or attachment.compartment not in open_to:
        raise NotAllowed(_("You may not withdraw files."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    person = _locked(attachment.person, by=by)
    if Withdrawal.objects.filter(attachment=attachment).exists():
        raise RuleBroken(_("This file has been withdrawn already."))
    withdrawal = Withdrawal.objects.create(
        attachment=attachment, reason=reason.strip(), withdrawn_by=by, withdrawn_at=at
    )
    record("people.withdrew_file", person, by=by, at=at, attachment=str(attachment.pk))
    return withdrawal
