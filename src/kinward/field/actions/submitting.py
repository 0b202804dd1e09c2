"""Taking in what ODK or Kobo collected: each submission becomes an entry, as of a phone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.errors import NotAllowed
from kinward.field import queries
from kinward.field.actions.keys import newest_key
from kinward.field.actions.taking import Result, Sent, take_entry
from kinward.field.definitions import FORMS
from kinward.field.models import Entry, EntryState
from kinward.field.sealing import ENTRY, sealed, to_text
from kinward.field.xlsforms.answers import answered
from kinward.field.xlsforms.keeping import told_by_version
from kinward.people.queries import children, people, possible_duplicates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from kinward.access.models import User
    from kinward.field.models import Device
    from kinward.field.xlsforms.submissions import Submission

FORM, RECORD = "form", "record"  # what a submission can be refused for beside its questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one submission.

    `state` is kept, repeated or refused; `why` says it question by question. `rest` is what our
    form does not ask for: it stays in the file of the programme. `alike` are references of
    children who may be the same one.
    """

    row: int
    instance: str
    state: str
    why: Mapping[str, str] = field(default_factory=dict)
    rest: Mapping[str, str] = field(default_factory=dict)
    alike: tuple[str, ...] = ()
    about: UUID | None = None
    known_version: bool = True


def take_submissions(  # noqa: PLR0913 (who brings what, and whether it is only tried)
    *,
    submissions: Iterable[Submission],
    form: str = "",
    device: Device,
    dry: bool = False,
    by: User,
    at: datetime,
) -> list[Taken]:
    """Take submissions in, each in a transaction of its own; `dry` says what would become of them.

    `form` is the form of those that do not say it. What was kept before is not taken again.

    Raises:
        NotAllowed: `by` does not work with a phone, or the phone is another account's.
    """
    if not may(by, Permission.USE_DEVICE) or device.account_id != by.pk:
        raise NotAllowed(_("You may not take this in."))
    if not dry:
        return [take_submission(each, form, device=device, by=by, at=at) for each in submissions]
    with transaction.atomic():  # one for all: a row that stands twice is seen to be there
        found = [take_submission(each, form, device=device, by=by, at=at) for each in submissions]
        transaction.set_rollback(True)
    return found


@transaction.atomic
def take_submission(
    sent: Submission, form: str, *, device: Device, by: User, at: datetime
) -> Taken:
    """Take one submission in, as an entry under an id that follows from its own."""
    said: dict[str, Any] = {"row": sent.row, "instance": sent.instance}
    kind = sent.form if sent.form in FORMS else form
    if kind not in FORMS:
        return Taken(state=EntryState.REFUSED, why={FORM: _("It is of no form of ours.")}, **said)
    if Entry.objects.filter(entry=sent.id, state=EntryState.KEPT).exists():
        return Taken(state="repeated", **said)
    told, known = told_by_version(kind, sent.version)
    read = answered(sent, told)
    said |= {"rest": read.rest, "known_version": known}
    record = record_of(read.record, by=by) if read.record else sent.id
    if record is None:
        words = _("Nobody you may know of has this reference.")
        return Taken(state=EntryState.REFUSED, why={RECORD: words}, **said)
    entry = entry_of(sent, kind, record, read.told(), device=device, by=by, at=at)
    result = take_entry(sent=entry, carried=True, by=by, at=at)
    return Taken(
        state=result.state,
        why=result.why,
        about=result.about,
        alike=alike_to(result, by=by, at=at),
        **said,
    )


def record_of(written: str, *, by: User) -> UUID | None:
    """Return whom a reference or an id names; None where `by` knows of nobody under it."""
    try:
        return UUID(written)
    except ValueError:
        return (
            people(user=by).filter(reference=written.strip()).values_list("pk", flat=True).first()
        )


def entry_of(  # noqa: PLR0913 (a submission, its record, and who brings it)
    sent: Submission,
    kind: str,
    record: UUID,
    told: dict[str, Any],
    *,
    device: Device,
    by: User,
    at: datetime,
) -> Sent:
    """Return a submission as a phone would have sealed it: so it is kept if it is refused."""
    parts: dict[str, Any] = {
        "id": sent.id,
        "record": record,
        "kind": kind,
        "form": FORMS[kind].version,
        "base": queries.last_seq(),
        "said_at": sent.sent_on,
        "device": device,
    }
    plain = json.dumps(told, ensure_ascii=False).encode()
    place = Sent(**parts, box="").bound_to
    key = newest_key(by=by, at=at)
    return Sent(**parts, box=to_text(sealed(plain, key_id=key, info=ENTRY, bound_to=place)))


def alike_to(result: Result, *, by: User, at: datetime) -> tuple[str, ...]:
    """Return the references of children who may be the one just registered: advice, and a read."""
    if result.state != EntryState.KEPT or result.about is None:
        return ()
    new = list(children(user=by).filter(pk=result.about))
    found = possible_duplicates(new, user=by, language=get_language() or "en") if new else {}
    shown = {hit.person.pk: hit.person for hits in found.values() for hit in hits}
    opened = open_compartments(by)
    record_reads("people.found", shown.values(), by=by, at=at, compartments=opened)
    return tuple(person.reference for person in shown.values())
