"""The two faces of the table of rules: `decide` about one record, `visible` about all of a kind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kinward.access import rules
from kinward.access.models import GIVEN, Grant, Purpose, Role, User, Way
from kinward.access.rules import Decision, Given, Reader, Subject, purposes_of, rules_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from kinward.access.rules import Permission
    from kinward.audit.context import Actor

Rows = TypeVar("Rows", bound="QuerySet[Any]")
NONE = Q(pk__in=[])
ALL = Q(pk__isnull=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where a table keeps what the policy asks about: a record, its author, office, compartment."""

    subject: str = "pk"
    by: str = "registered_by_id"
    region: str = "region"
    compartment: str = ""  # none: the record is seen as a whole, or not at all
    # What the wall of the database (access/rows) asks about the records themselves: with what they
    # are seen, by their `kind`, an expression, and who knows of them without seeing them.
    kind: str = ""
    seen_with: Mapping[Permission, Sequence[str]] = field(default_factory=dict)
    known_with: tuple[Permission, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Whose rows PostgreSQL keeps behind others: they are there for whoever sees what they tell of.

    Columns, not fields. A row is there for who sees every row that `keys` point at and has a role
    with `permission`, without keys for who has such a role; for whoever stands in `by`; and for who
    sees a row that points at it.
    """

    keys: tuple[str, ...] = ()
    by: str = ""
    permission: Permission | None = None
    members: tuple[str, str] | None = None  # a model, and its column that points here


class Reachable(Protocol):
    """A model that says where it keeps what the policy asks about."""

    reached_by: ClassVar[Columns]
    pk: Any
    reference: Any


def reader_of(actor: User | AnonymousUser) -> Reader | None:
    """Return the account as a decision needs it; nobody who has not signed in has one."""
    if not isinstance(actor, User):
        return None
    return Reader(id=actor.pk, role=Role(actor.role), region=actor.region, active=actor.is_active)


def usual_purpose(actor: Actor) -> str:
    """Return what the account's role reads records for, unless it says something else."""
    if isinstance(actor, User) and actor.token:
        return str(actor.token.purpose)
    return next(iter(purposes_of(actor.role)), "")


def decide(
    actor: User | AnonymousUser,
    operation: Permission,
    subject: Reachable,
    *,
    purpose: Purpose | str | None = None,
    at: datetime,
) -> Decision:
    """Decide whether the account may do that to one record, and what of it it may read."""
    reader = reader_of(actor)
    if reader is None or not isinstance(actor, User):
        return Decision(allow=False, why=rules.Why.CLOSED)
    columns = subject.reached_by
    known = Subject(
        by=follow(subject, columns.by),
        region=follow(subject, columns.region),
        given=given_on(follow(subject, columns.subject)),
    )
    stated = usual_purpose(actor) if purpose is None else purpose
    return rules.decide(reader, operation, known, purpose=stated, at=at)


def follow(record: object, path: str) -> Any:
    """Return what stands at the end of a path of fields."""
    for name in path.split("__"):
        record = getattr(record, name)
    return record


def given_on(subject: UUID) -> tuple[Given, ...]:
    """Return all that was ever given on a record."""
    return tuple(
        Given(
            way=Way(grant.way),
            account=grant.account_id,
            region=grant.region,
            purpose=Purpose(grant.purpose),
            since=grant.since,
            until=ended(grant),
        )
        for grant in Grant.objects.filter(subject=subject).select_related("end")
    )


def ended(grant: Grant) -> datetime | None:
    """Return the first moment at which a grant holds no more: its time, or its end before it."""
    end = getattr(grant, "end", None)
    moments = [moment for moment in (grant.until, end and end.ended_at) if moment]
    return min(moments, default=None)


def standing_grants(at: datetime) -> QuerySet[Grant]:
    """Return what was given on any record and holds at that moment; see rules.holds."""
    return Grant.objects.filter(
        Q(until__isnull=True) | Q(until__gt=at),
        Q(end__isnull=True) | Q(end__ended_at__gt=at),
        since__lte=at,
    )


def visible(
    rows: Rows,
    *,
    actor: User | AnonymousUser,
    operation: Permission,
    purpose: Purpose | str | None = None,
    at: datetime | None = None,
) -> Rows:
    """Keep the rows about which `decide` says yes; of statements, those in open compartments."""
    columns: Columns = rows.model.reached_by
    reached = within_reach(columns, actor, operation, purpose=purpose, at=at)
    return rows if reached == ALL else rows.filter(reached)


def pointing_at(field: str, seen: QuerySet[Any]) -> Q:
    """Return that a row points at one of these; nothing is asked where these are all there are."""
    return Q(**{f"{field}__in": seen}) if seen.query.where or seen.query.is_sliced else ALL


def within_reach(
    columns: Columns,
    actor: User | AnonymousUser,
    operation: Permission,
    *,
    purpose: Purpose | str | None = None,
    at: datetime | None = None,
) -> Q:
    """Return the condition under which `decide` says yes about a row. It holds now, or `at`."""
    reader, at = reader_of(actor), at or timezone.now()
    if reader is None or not isinstance(actor, User) or not reader.active:
        return NONE
    stated = usual_purpose(actor) if purpose is None else purpose
    if stated not in purposes_of(reader.role):
        return NONE
    compartments: dict[Way, frozenset[str]] = {}
    for rule in rules_of(reader.role, operation):
        for way in rule.ways:
            compartments[way] = compartments.get(way, frozenset()) | rule.compartments
    if not columns.compartment:
        return by_ways(frozenset(compartments), reader, columns, at)
    ways: defaultdict[frozenset[str], set[Way]] = defaultdict(set)
    for way, opened in compartments.items():
        ways[opened].add(way)
    reached = NONE
    for opened in sorted(ways, key=sorted):
        came = by_ways(ways[opened], reader, columns, at)
        reached |= came & Q(**{f"{columns.compartment}__in": sorted(opened)})
    return reached


def by_ways(ways: Collection[Way], reader: Reader, columns: Columns, at: datetime) -> Q:
    """Return the condition under which a row comes to the reader in one of the ways.

    See rules.reaches. One question for all ways that are alike: pages are mostly made of these.
    """
    if Way.EVERYWHERE in ways:
        return ALL
    reached, home = NONE, NONE
    standing = standing_grants(at).filter(subject=OuterRef(columns.subject))
    if Way.OWN in ways:
        home |= Q(**{columns.by: reader.id})
    if Way.REGION in ways and reader.region:
        home |= Q(**{columns.region: reader.region})
    if home != NONE:
        reached |= home & ~Q(Exists(standing.filter(way=Way.REFERRED)))
    if given := [way for way in GIVEN if way in ways]:
        of_the_office = Q(region=reader.region) if reader.region else NONE
        theirs = Q(account=reader.id) | of_the_office
        purposes = purposes_of(reader.role)
        reached |= Q(Exists(standing.filter(theirs, way__in=given, purpose__in=purposes)))
    return reached
