"""Taking entries in: each once, in a transaction of its own, in the server's order."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import KinwardError, NotAllowed, RuleBroken
from kinward.core.guarding import WordsRefused
from kinward.field import queries
from kinward.field.actions.kinds import KINDS, Taking
from kinward.field.actions.refusing import WORDS, Unfit, in_words
from kinward.field.definitions import FORMS
from kinward.field.models import Entry, EntryState, Known, Sequence
from kinward.field.rules import MOST_ENTRIES, Wrong, read
from kinward.field.sealing import ENTRY, Unopened, opened, to_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.field.models import Conflict, Device


class TooManyEntries(RuleBroken):
    """More entries than one request takes."""

    status = 413
    title = gettext_lazy("This is too large")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An entry as it comes, sealed. `device` is the phone that sealed it."""

    id: UUID
    record: UUID
    kind: str
    form: str
    base: int
    said_at: str
    box: str
    device: Device

    @property
    def bound_to(self) -> str:
        """The place that the box is bound to."""
        return "|".join((str(self.id), str(self.record), self.kind, self.form, str(self.device.pk)))

    @property
    def digest(self) -> str:
        """What tells one box from another."""
        return hashlib.sha256(self.box.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of an entry."""

    id: UUID
    state: str  # kept, repeated or refused
    seq: int
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    why: Mapping[str, str] = field(default_factory=dict)
    about: UUID | None = None  # what was made of it
    first: bool = True  # it was not taken before


def take_entries(
    *, sent: Collection[Sent], carried: bool = False, by: User, at: datetime
) -> list[Result]:
    """Take entries in, in the order given; one that is refused keeps no other back.

    Each has a transaction of its own: whoever breaks off in between loses none, and repeats none.

    Raises:
        NotAllowed: `by` does not work with a phone.
        TooManyEntries: more than one request takes.
    """
    if not may(by, Permission.USE_DEVICE):
        raise NotAllowed(_("You may not work with a phone."))
    if len(sent) > MOST_ENTRIES and not carried:
        raise TooManyEntries(_("Send at most %(most)d entries.") % {"most": MOST_ENTRIES})
    return [take_entry(sent=each, carried=carried, by=by, at=at) for each in sent]


@transaction.atomic
def take_entry(*, sent: Sent, carried: bool = False, by: User, at: datetime) -> Result:
    """Take one entry in: keep it, refuse it with every reason, or say what became of it before.

    Raises:
        NotAllowed: `by` does not work with a phone.
    """
    if not may(by, Permission.USE_DEVICE):
        raise NotAllowed(_("You may not work with a phone."))
    await_turn()
    before = Entry.objects.filter(entry=sent.id)
    if (same := before.filter(digest=sent.digest).first()) is not None:
        return again(same)
    if before.filter(state=EntryState.KEPT).exists():
        why = {"id": str(_("Another entry was sent under this name."))}
        return refuse(sent, why, carried=carried, by=by, at=at)
    try:
        with transaction.atomic():
            return keep(sent, carried=carried, by=by, at=at)
    except Unfit as unfit:
        why = unfit.why
    except WordsRefused as refusal:
        why = {refusal.field: refusal.said}
    except KinwardError as refusal:
        why = {"": refusal.said}
    return refuse(sent, why, carried=carried, by=by, at=at)


def await_turn() -> None:
    """Take entries one after the other: numbers are given in the order in which they are kept."""
    Sequence.objects.get_or_create(only=True)
    Sequence.objects.select_for_update().get(only=True)


def next_number() -> int:
    """Give the next number; whose turn it is."""
    Sequence.objects.filter(only=True).update(last=F("last") + 1)
    return queries.last_seq()


def keep(sent: Sent, *, carried: bool, by: User, at: datetime) -> Result:
    """Open an entry, do what it says, and store that it was kept.

    Raises:
        Unfit: it cannot be opened or read, with every reason.
        KinwardError: what it says is not permitted, or not possible.
    """
    told = told_in(sent)
    if sent.kind not in FORMS:
        raise Unfit({"kind": str(WORDS[Wrong.NO_FORM])})
    said = read(sent.kind, told, version=sent.form)
    if said.wrong:
        raise Unfit(in_words(said.wrong))
    keeping = told.get("keeping", "")
    seq = next_number()
    entry = row_of(sent, seq, EntryState.KEPT, carried=carried, by=by, at=at)
    taking = Taking(
        entry=entry,
        said=said,
        keeping=keeping if isinstance(keeping, str) else "",
        known=queries.about_of(sent.record),
        by=by,
        at=at,
    )
    made = KINDS[sent.kind](taking)
    entry.about, entry.conflicts = made.about, len(made.conflicts)
    entry.save()
    if made.about and taking.known is None and made.about != sent.record:
        Known.objects.create(record=sent.record, about=made.about)
    told_of = {"entry": str(sent.id), "kind": sent.kind, "seq": seq, "carried": carried}
    record("field.kept_entry", entry, by=by, at=at, **told_of)
    return Result(
        id=sent.id,
        state=EntryState.KEPT,
        seq=seq,
        conflicts=[told_of_conflict(each) for each in made.conflicts],
        about=made.about,
    )


def told_in(sent: Sent) -> dict[str, Any]:
    """Open the box of an entry.

    Raises:
        Unfit: it cannot be opened, or holds no JSON object.
    """
    try:
        plain = opened(to_bytes(sent.box), info=ENTRY, bound_to=sent.bound_to, keys=queries.keys())
        told = json.loads(plain)
    except (Unopened, ValueError, RecursionError) as error:
        raise Unfit({"box": str(_("This entry cannot be opened here."))}) from error
    if not isinstance(told, dict):
        raise Unfit({"box": str(WORDS[Wrong.UNREADABLE])})
    return told


def row_of(  # noqa: PLR0913 (an entry, what became of it, and who brought it)
    sent: Sent,
    seq: int,
    state: EntryState,
    *,
    why: Mapping[str, str] | None = None,
    carried: bool,
    by: User,
    at: datetime,
) -> Entry:
    """Return the row of an entry, which is not stored yet: it tells what was made of it."""
    return Entry(
        entry=sent.id,
        digest=sent.digest,
        device=sent.device,
        account=by,
        record=sent.record,
        kind=sent.kind[:20],
        form=sent.form[:40],
        base=sent.base,
        said_at=sent.said_at[:40],
        seq=seq,
        state=state,
        carried=carried,
        box=sent.box if state == EntryState.REFUSED else "",
        why=dict(why or {}),
        received_at=at,
    )


def refuse(sent: Sent, why: Mapping[str, str], *, carried: bool, by: User, at: datetime) -> Result:
    """Keep an entry sealed, with every reason why it was refused."""
    seq = next_number()
    row = row_of(sent, seq, EntryState.REFUSED, why=why, carried=carried, by=by, at=at)
    row.save()
    record("field.refused_entry", row, by=by, at=at, entry=str(sent.id), seq=seq)
    return Result(id=sent.id, state=EntryState.REFUSED, seq=seq, why=why)


def again(row: Entry) -> Result:
    """Return what was answered before: nothing is done a second time."""
    refused = row.state == EntryState.REFUSED
    return Result(
        id=row.entry,
        state=EntryState.REFUSED if refused else "repeated",
        seq=row.seq,
        conflicts=[told_of_conflict(one) for one in queries.conflicts_of(row)],
        why=row.why or {},
        about=row.about,
        first=False,
    )


def told_of_conflict(conflict: Conflict) -> dict[str, Any]:
    """Return what a phone is told of a conflict: that there is one, and in which questions."""
    return {"id": str(conflict.pk), "questions": list(conflict.questions)}
