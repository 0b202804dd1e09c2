"""Who may do what: one table for permissions, one for reach, one for compartments. Default deny."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kinward.access.models import Compartment, Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class Permission(StrEnum):
    """One thing that can be permitted."""

    REGISTER_CHILD = "people.register_child"
    SEE_CHILDREN = "people.see_children"
    ADD_STATEMENT = "people.add_statement"
    RECORD_CONSENT = "people.record_consent"
    SEARCH_PEOPLE = "people.search"
    TAKE_REQUEST = "tracing.take_request"
    SEE_REQUESTS = "tracing.see_requests"
    SEE_CANDIDATES = "tracing.see_candidates"
    REVEAL = "tracing.reveal"
    FIND_CANDIDATES = "tracing.find_candidates"
    REVIEW_CANDIDATE = "tracing.review_candidate"
    UNDO_JUDGEMENT = "tracing.undo_judgement"
    SEE_COUNTS = "tracing.see_counts"
    READ_LOG = "audit.read_log"
    READ_RECORD_LOG = "audit.read_record_log"
    MANAGE_ACCOUNTS = "access.manage_accounts"


class Scope(StrEnum):
    """How far a role reaches."""

    NOTHING = "nothing"
    OWN_REGION = "own_region"
    EVERYWHERE = "everywhere"


REVIEWERS: Final = frozenset(
    {
        Permission.SEE_CHILDREN,
        Permission.SEE_REQUESTS,
        Permission.ADD_STATEMENT,
        Permission.RECORD_CONSENT,
        Permission.SEARCH_PEOPLE,
        Permission.SEE_CANDIDATES,
        Permission.FIND_CANDIDATES,
        Permission.REVIEW_CANDIDATE,
        Permission.UNDO_JUDGEMENT,
        Permission.SEE_COUNTS,
        Permission.READ_RECORD_LOG,
    }
)

ROLE_PERMISSIONS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.REGISTRAR: frozenset(
        {
            Permission.REGISTER_CHILD,
            Permission.SEE_CHILDREN,
            Permission.ADD_STATEMENT,
            Permission.RECORD_CONSENT,
            Permission.SEARCH_PEOPLE,
            Permission.SEE_COUNTS,
            Permission.READ_RECORD_LOG,
        }
    ),
    Role.ENQUIRY_WORKER: frozenset(
        {
            Permission.TAKE_REQUEST,
            Permission.SEE_REQUESTS,
            Permission.ADD_STATEMENT,
            Permission.RECORD_CONSENT,
            Permission.SEARCH_PEOPLE,
            Permission.SEE_COUNTS,
            Permission.READ_RECORD_LOG,
        }
    ),
    Role.TRACING_OFFICER: REVIEWERS | {Permission.REVEAL},
    Role.SECOND_REVIEWER: REVIEWERS,
    Role.PROGRAMME_MANAGER: frozenset(
        {Permission.SEE_CHILDREN, Permission.SEE_REQUESTS, Permission.SEE_COUNTS}
    ),
    Role.DATA_PROTECTION_OFFICER: frozenset({Permission.READ_LOG}),
    Role.AUDITOR: frozenset({Permission.READ_LOG}),
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_ACCOUNTS}),
    Role.CLOCK: frozenset({Permission.FIND_CANDIDATES}),
}

ROLE_SCOPES: Final[Mapping[Role, Scope]] = {
    Role.REGISTRAR: Scope.OWN_REGION,
    Role.ENQUIRY_WORKER: Scope.OWN_REGION,
    Role.TRACING_OFFICER: Scope.EVERYWHERE,
    Role.SECOND_REVIEWER: Scope.EVERYWHERE,
    Role.PROGRAMME_MANAGER: Scope.EVERYWHERE,
    Role.CLOCK: Scope.EVERYWHERE,
}

WHO_WHOSE: Final = frozenset({Compartment.PUBLIC, Compartment.IDENTITY, Compartment.FAMILY})
WHO_WHOSE_WHERE: Final = WHO_WHOSE | {Compartment.LOCATION}

# A manager counts and lists files by reference and opens none of what is said in them.
ROLE_COMPARTMENTS: Final[Mapping[Role, frozenset[Compartment]]] = {
    Role.REGISTRAR: WHO_WHOSE_WHERE | {Compartment.EVIDENCE},
    Role.ENQUIRY_WORKER: WHO_WHOSE_WHERE,
    # Whoever compares does so blind: where someone is, is revealed once a match is confirmed.
    Role.TRACING_OFFICER: WHO_WHOSE | {Compartment.EVIDENCE},
    Role.SECOND_REVIEWER: WHO_WHOSE | {Compartment.EVIDENCE},
    Role.PROGRAMME_MANAGER: frozenset({Compartment.PUBLIC}),
    Role.CLOCK: WHO_WHOSE_WHERE,
}


def grants(role: str, permission: str) -> bool:
    """Tell whether the role grants the permission; an unknown role grants nothing."""
    return permission in ROLE_PERMISSIONS.get(Role(role), frozenset())


def scope_of(role: str) -> Scope:
    """Return how far the role reaches."""
    return ROLE_SCOPES.get(Role(role), Scope.NOTHING)


def compartments_of(role: str) -> frozenset[Compartment]:
    """Return the compartments open to the role."""
    return ROLE_COMPARTMENTS.get(Role(role), frozenset())
