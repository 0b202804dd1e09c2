"""Lists that were handed over, and how each of their rows stands, for who may work on them."""

from __future__ import annotations

import hmac
import json
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kinward.access.models import Compartment
from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.core.keys import secret_for
from kinward.people.listing import Read, Told, Wrong, read_row
from kinward.people.models import Certainty, ListReading, ListRow, Mention, NameList, SaidBy
from kinward.people.queries import children, records_known
from kinward.people.stays import KEPT_IN
from kinward.places.queries import others_meant, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import User
    from kinward.people.models import NameListQuerySet, Person

# Whatever its columns mean, a row may hold what stands in any of these.
MAY_HOLD: Final = frozenset(
    {Compartment.IDENTITY, Compartment.FAMILY, Compartment.LOCATION, Compartment.EVIDENCE}
)


class Standing(StrEnum):
    """How a row stands."""

    REGISTERED = "registered"
    READY = "ready"
    SAME = "same"  # it says the same as another row, registered or before it
    WRONG = "wrong"
    GONE = "gone"  # kept as long as it may be, and never registered


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A row as it stands: what it says, or what is wrong, and of which other it says the same."""

    row: ListRow
    read: Read
    standing: Standing
    digest: str = ""
    same_row: int | None = None  # a number in the same list
    same_person: Person | None = None  # registered from a list before

    @property
    def person(self) -> Person | None:
        """The record that was made of it."""
        mention = getattr(self.row, "mention", None)
        return mention.person if mention else None


def lists(*, user: User) -> NameListQuerySet:
    """Lists this account may work on, the last taken in first; with how many rows each has."""
    if not may(user, Permission.REGISTER_CHILD) or not open_compartments(user) >= MAY_HOLD:
        return NameList.objects.none()
    current = Q(rows__mended_by__isnull=True)
    return (
        NameList.objects.visible_to(user)
        .select_related("taken_by")
        .annotate(
            count=Count("rows", filter=current, distinct=True),
            registered=Count("rows__mention", distinct=True),
        )
        .order_by("-taken_at", "-id")  # Django forgets it where it counts
    )


def given_before(digest: str, *, user: User) -> NameList | None:
    """The list of just these rows that was taken in before, if there is one."""
    return lists(user=user).filter(digest=digest).last()


def reading_of(one: NameList) -> ListReading | None:
    """How a list is to be read, once somebody has said so."""
    return one.readings.last()


def rows_of(one: NameList) -> QuerySet[ListRow]:
    """The rows of a list as they stand now, in its order: what was mended stands behind."""
    current = one.rows.filter(mended_by__isnull=True)
    return current.select_related("of", "mention__person").order_by("number", "id")


def source_of(person: Person, *, user: User) -> ListRow | None:
    """The row of the list that a record was made of, for who may work on that list."""
    rows = ListRow.objects.filter(mention__person=person, of__in=lists(user=user).values("pk"))
    return rows.select_related("of").first()


def checked(one: NameList, reading: ListReading, *, user: User) -> list[Checked]:
    """Every row of a list, in its order, and how it stands.

    A row that says just what another says is told apart, as the same list or the same child may be
    there twice; but two children may also be described alike, so that a person decides.
    """
    rows = list(rows_of(one))
    stay = stay_on(one)
    reads = [
        read_row(row.cells, reading.meanings, told_in(one, reading, row, stay)) for row in rows
    ]
    digests = [digest_of(read) for read in reads]
    before = registered_alike(digests, user=user)
    first: dict[str, int] = {}
    found = []
    for row, read, digest in zip(rows, reads, digests, strict=True):
        same_row, same_person = first.get(digest), before.get(digest)
        if hasattr(row, "mention"):
            standing, same_row, same_person = Standing.REGISTERED, None, None
        elif not row.cells:
            standing = Standing.GONE
        elif read.wrong:
            standing = Standing.WRONG
        else:
            standing = Standing.SAME if digest in first or digest in before else Standing.READY
        if not read.wrong:
            first.setdefault(digest, row.number)
        found.append(
            Checked(
                row=row,
                read=read,
                standing=standing,
                digest=digest,
                same_row=same_row,
                same_person=same_person,
            )
        )
    return found


def wrong_with(row: ListRow, reading: ListReading) -> tuple[Wrong, ...]:
    """What is wrong with a row as it is read now."""
    return read_row(row.cells, reading.meanings, told_in(row.of, reading, row, {})).wrong


def told_in(one: NameList, reading: ListReading, row: ListRow, stay: Mapping[str, str]) -> Told:
    """Return what holds for a row: who says so, and in which row of which list it is written.

    `stay` is what a roster tells of everyone on it, see `stay_on`.
    """
    written = _("%(list)s, row %(number)d") % {"list": one.name, "number": row.number}
    return Told(
        said_by=SaidBy(reading.said_by),
        certainty=Certainty(reading.certainty),
        as_of=reading.as_of or one.given_on,
        source=written,
        stay=stay,
    )


def stay_on(one: NameList) -> dict[str, str]:
    """Return the stay that a roster tells of everyone on it: there, on its day; else nothing."""
    place = place_of(one.facility["code"]) if one.facility else None
    if place is None:
        return {}
    custodian = KEPT_IN[place.kind]
    role = "hospital" if custodian == "hospital" else "held"
    days = {"since": one.given_on, "until": one.given_on} if one.given_on else {}
    return {"role": role, "custodian": custodian, **one.facility, **days}


def rosters_of(code: str, *, user: User) -> list[NameList]:
    """Rosters of a facility among the lists this account may work on, the newest day first.

    A place that somebody added and that was judged to be this one counts as this one.
    """
    listed = [one for one in lists(user=user) if one.facility]
    meant = others_meant(one.facility["code"] for one in listed)
    found = [
        one for one in listed if code in {one.facility["code"], meant.get(one.facility["code"])}
    ]
    return sorted(found, key=lambda one: (one.given_on, one.taken_at), reverse=True)


def known_as(rows: Iterable[Checked], *, user: User) -> dict[UUID, list[Person]]:
    """Return which records, by judgement, are of the children that rows were registered as.

    By the id of the row, beside its own record; those this account may know of, first registered
    first.
    """
    own = {each.person.pk: each.row.pk for each in rows if each.person}
    together = {
        own[record]: [other for other in records if other != record]
        for records in records_known(user=user)
        for record in records
        if record in own
    }
    wanted = {other for others in together.values() for other in others}
    seen = {each.pk: each for each in children(user=user).filter(pk__in=wanted)}
    return {row: [seen[each] for each in others] for row, others in together.items()}


def digest_of(read: Read) -> str:
    """Return the keyed hash of what a row says; empty if it cannot be read."""
    if read.wrong:
        return ""
    return keyed(json.dumps(read.said, ensure_ascii=False))


def digest_of_rows(columns: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> str:
    """Return the keyed hash of a whole list, whatever it is called and whoever hands it over."""
    return keyed(json.dumps([columns, *([*cells] for _number, cells in rows)], ensure_ascii=False))


def keyed(text: str) -> str:
    """Return a hash that nobody tries names against who does not hold the key."""
    return hmac.digest(secret_for("people.list"), text.encode(), "sha256").hex()


def registered_alike(digests: Iterable[str], *, user: User) -> dict[str, Person]:
    """Who was registered from rows that say the same, in lists this account may work on."""
    wanted = {digest for digest in digests if digest}
    mentions = Mention.objects.filter(digest__in=wanted, row__of__in=lists(user=user).values("pk"))
    return {one.digest: one.person for one in mentions.select_related("person").order_by("-id")}


def rows_naming(person: Person) -> list[UUID]:
    """The rows a record was made of, and those mended on the way: their keys go with the person."""
    row = ListRow.objects.filter(mention__person=person).select_related("mends").first()
    found = []
    while row is not None:
        found.append(row.pk)
        row = row.mends
    return found


def sorted_out(rows: Iterable[Checked]) -> dict[Standing, list[Checked]]:
    """Return the rows by how they stand."""
    by_standing: defaultdict[Standing, list[Checked]] = defaultdict(list)
    for one in rows:
        by_standing[one.standing].append(one)
    return {standing: by_standing[standing] for standing in Standing}
