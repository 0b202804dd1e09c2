"""One decision: may this reader do that to this record, for this purpose, now?

Plain values in, plain values out. `policy.visible` says the same to a database; a property over
random worlds holds the two together (tests/kinward/people/test_two_faces.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kinward.access.models import Role, Way
from kinward.access.rules.purposes import purposes_of
from kinward.access.rules.table import rules_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import Compartment, Purpose
    from kinward.access.rules.permissions import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """An account, as far as a decision needs it."""

    id: UUID
    role: Role
    region: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given on a record: an assignment, an accepted referral, an emergency."""

    way: Way
    account: UUID | None = None
    region: str = ""
    purpose: Purpose
    since: datetime
    until: datetime | None = None  # the first moment at which it holds no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A record, as far as a decision needs it: whose it is, and what was given on it."""

    by: UUID  # who registered it
    region: str = ""  # for which office
    given: tuple[Given, ...] = ()


class Obligation(StrEnum):
    """What has to be done by whoever shows what was allowed."""

    WRITE_DOWN = "write_down"  # into the log, before it is shown
    SAY_EMERGENCY = "say_emergency"  # that it is open for hours, and will be reviewed


class Why(StrEnum):
    """What settled a decision."""

    ALLOWED = "allowed"
    CLOSED = "the account is closed"
    ROLE = "the role does not include it"
    PURPOSE = "the role does not do it for that purpose"
    REACH = "the record is out of reach"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided: whether, which compartments are open, what goes along with it, and why."""

    allow: bool
    compartments: frozenset[Compartment] = frozenset()
    obligations: frozenset[Obligation] = frozenset()
    why: Why


def decide(
    reader: Reader, permission: Permission, subject: Subject, *, purpose: str, at: datetime
) -> Decision:
    """Decide by the table. Whatever it does not allow is refused."""
    if not reader.active:
        return Decision(allow=False, why=Why.CLOSED)
    rules = rules_of(reader.role, permission)
    if not rules:
        return Decision(allow=False, why=Why.ROLE)
    if purpose not in purposes_of(reader.role):
        return Decision(allow=False, why=Why.PURPOSE)
    reached = {
        way: rule.compartments
        for rule in rules
        for way in rule.ways
        if reaches(way, reader, subject, at)
    }
    if not reached:
        return Decision(allow=False, why=Why.REACH)
    emergency = {Obligation.SAY_EMERGENCY} if Way.BREAK_GLASS in reached else set()
    return Decision(
        allow=True,
        compartments=frozenset().union(*reached.values()),
        obligations=frozenset({Obligation.WRITE_DOWN} | emergency),
        why=Why.ALLOWED,
    )


def reaches(way: Way, reader: Reader, subject: Subject, at: datetime) -> bool:
    """Tell whether the record comes to the reader that way at that moment.

    A record that was referred, and taken over, lies with the other office, no longer with the one
    that registered it.
    """
    standing = [given for given in subject.given if holds(given, at)]
    referred = any(given.way == Way.REFERRED for given in standing)
    match way:
        case Way.EVERYWHERE:
            return True
        case Way.OWN:
            return subject.by == reader.id and not referred
        case Way.REGION:
            return subject.region == reader.region != "" and not referred
        case _:
            return any(given.way == way and is_for(given, reader) for given in standing)


def holds(given: Given, at: datetime) -> bool:
    """Tell whether what was given holds at that moment."""
    return given.since <= at and (given.until is None or at < given.until)


def is_for(given: Given, reader: Reader) -> bool:
    """Tell whether it was given to the reader, or to their office, for what their role does."""
    named = given.account == reader.id or given.region == reader.region != ""
    return named and given.purpose in purposes_of(reader.role)
