"""Taking in a list of people, saying how it is to be read, mending its rows, registering them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core import keystore
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import WordsRefused, objection, refuse_words
from kinward.core.versions import Conflict, overtaken
from kinward.people import listed
from kinward.people.actions.describing import register_child
from kinward.people.consents import ConsentPurpose, Giver, State
from kinward.people.listed import Standing
from kinward.people.listing import UnfitList, guess, is_name, parted, refusals_in, without
from kinward.people.models import ListReading, ListRow, Mention, NameList
from kinward.people.rules import ConsentAnswer
from kinward.places.queries import is_facility

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from kinward.access.models import User
    from kinward.core.intake import Row
    from kinward.people.listing import Told


class ReadAnew(Conflict):
    """What the rows say is not what was seen: somebody gave the columns another meaning."""


class MendedAlready(Conflict):
    """Somebody mended this row, or registered it, meanwhile."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A list that was taken in; or the one taken in before, if it is the same."""

    list: NameList
    known: bool


@transaction.atomic
def take_list(  # noqa: PLR0913 (what is known of a list)
    *,
    table: Sequence[Row],
    name: str,
    given_by: str,
    given_on: str = "",
    facility: Mapping[str, str] | None = None,
    leave_out: bool = False,
    by: User,
    at: datetime,
) -> Taken:
    """Take in a list as it is; nobody is registered yet. The same list again is not taken twice.

    Of a roster, `facility` is the place whose it is: its "code" and what it is called ("text").
    `leave_out` leaves the cells out whose words are not kept; their number is.

    Raises:
        NotAllowed: `by` does not register children.
        UnfitList: see `parted`; or the place is no facility.
        WordsRefused: words are in it that are not kept, and they are not left out.
    """
    if not may(by, Permission.REGISTER_CHILD):
        raise NotAllowed(_("You may not register children."))
    refuse_words(name, field="name")
    refuse_words(given_by, field="given_by")
    refuse_words(facility.get("text", "") if facility else "", field="facility")
    if facility and not is_facility(facility.get("code", "")):
        raise UnfitList(_("A roster is of a prison, a camp, a shelter or a hospital."))
    refused = refusals_in(table)
    if refused and not leave_out:
        raise refused[0].words
    columns, rows = without(refused, *parted(table))
    digest = listed.digest_of_rows(columns, rows)
    if known := listed.given_before(digest, user=by):
        return Taken(known, known=True)
    one = NameList.objects.create(
        name=name.strip(),
        given_by=given_by.strip(),
        given_on=given_on,
        facility=dict(facility or {}),
        columns=columns,
        left_out=len(refused),
        digest=digest,
        region=by.region,
        taken_by=by,
        taken_at=at,
    )
    store_rows(one, rows, by=by, at=at)
    record("people.took_list", one, by=by, at=at, rows=len(rows), left_out=len(refused))
    return Taken(one, known=False)


def store_rows(
    one: NameList, rows: Sequence[Row], *, mends: ListRow | None = None, by: User, at: datetime
) -> list[ListRow]:
    """Store rows, each sealed with a key of its own."""
    made = [
        ListRow(of=one, number=number, cells=cells, mends=mends, written_by=by, written_at=at)
        for number, cells in rows
    ]
    seals = ListRow._meta.get_field("cells")  # noqa: SLF001 (Django's documented model API)
    keystore.store().make((row.pk, str(seals.compartment)) for row in made)
    return ListRow.objects.bulk_create(made)


@transaction.atomic
def read_list(  # noqa: PLR0913 (what holds for every row)
    *,
    one: NameList,
    meanings: Sequence[str],
    told: Told,
    consent: ConsentAnswer,
    by: User,
    at: datetime,
) -> ListReading:
    """Say how a list is to be read: what its columns mean, who says so, upon what basis.

    Raises:
        NotFound: `by` may not work on this list.
    """
    one = locked_list(one, by=by)
    reading = ListReading.objects.create(
        of=one,
        meanings=list(meanings),
        said_by=told.said_by,
        certainty=told.certainty,
        as_of=told.as_of,
        consent=asdict(consent),
        read_by=by,
        read_at=at,
    )
    record("people.read_list", one, by=by, at=at)
    return reading


@transaction.atomic
def mend_row(*, row: ListRow, cells: Sequence[str], by: User, at: datetime) -> ListRow:
    """Write a row anew in the place of one that cannot be read; that one is kept as it came.

    Raises:
        NotFound: `by` may not work on this list.
        MendedAlready: somebody mended it, or registered it.
        WordsRefused: a cell holds words that are not kept.
    """
    one = locked_list(row.of, by=by)
    stands = ListRow.objects.filter(mends=row).select_related("written_by").first()
    if stands or Mention.objects.filter(row=row).exists():
        who = stands.written_by if stands else by
        raise MendedAlready(
            _("This row has been mended or registered already."),
            by=who.get_full_name(),
            at=stands.written_at if stands else at,
        )
    for header, cell in zip([*one.columns, *([""] * len(cells))], cells, strict=False):
        if found := objection(cell, is_name=is_name(guess(header))):
            raise WordsRefused(header, found)
    written = [(row.number, [cell.strip() for cell in cells])]
    (mended,) = store_rows(one, written, mends=row, by=by, at=at)
    record("people.mended_row", one, by=by, at=at, row=str(mended.pk))
    return mended


@transaction.atomic
def register_rows(
    *,
    one: NameList,
    as_well: Collection[str] = (),
    seen: str | None = None,
    by: User,
    at: datetime,
) -> list[Mention]:
    """Register every row that can be read, each as a record of its own; the others wait.

    A row that says just what another says is registered only if its id is in `as_well`. `seen` is
    the id of the reading upon which whoever decided it saw the rows.

    Raises:
        NotFound: `by` may not work on this list.
        ReadAnew: somebody has said meanwhile that it is to be read otherwise.
        RuleBroken: nobody has said how it is to be read.
    """
    one = locked_list(one, by=by)
    reading = listed.reading_of(one)
    if reading is None:
        raise RuleBroken(_("Say first what the columns mean."))
    if overtaken(seen, str(reading.pk)):
        raise ReadAnew(
            _("The columns have been given another meaning meanwhile. Check the rows again."),
            had=str(seen),
            stands=str(reading.pk),
            by=reading.read_by.get_full_name(),
            at=reading.read_at,
        )
    consent = answer_of(reading)
    made = []
    for each in listed.checked(one, reading, user=by):
        wanted = each.standing == Standing.SAME and str(each.row.pk) in as_well
        if each.standing == Standing.READY or wanted:
            person = register_child(
                statements=each.read.statements, consents=[consent], by=by, at=at
            )
            made.append(Mention.objects.create(row=each.row, person=person, digest=each.digest))
    record("people.registered_list", one, by=by, at=at, rows=len(made))
    return made


def locked_list(one: NameList, *, by: User) -> NameList:
    """Return the list as it stands, kept from others: two at once would register a row twice.

    Raises:
        NotFound: `by` may not work on it.
    """
    known = listed.lists(user=by).filter(pk=one.pk).exists()
    found = NameList.objects.select_for_update().filter(pk=one.pk).first() if known else None
    if found is None:
        raise NotFound(_("There is no such list."))
    return found


def answer_of(reading: ListReading) -> ConsentAnswer:
    """Return what was answered for every child of a list when consent was asked for."""
    told = reading.consent
    words = {
        "state": State(told["state"]),
        "giver": Giver(told["giver"]),
        "purpose": ConsentPurpose(told["purpose"]),
    }
    return ConsentAnswer(**(told | words))
