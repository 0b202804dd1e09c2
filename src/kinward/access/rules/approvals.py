"""Who asks for an approval and who answers; when one may be used."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.access.models import ApprovalKind, Role, Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Asking(NamedTuple):
    """Who asks for an approval, who answers, and how long it holds."""

    asked_by: frozenset[Role]
    answered_by: frozenset[Role]
    holds: timedelta = timedelta(days=3)


OFFICER, MANAGER, ADMINISTRATOR = (
    Role.DATA_PROTECTION_OFFICER,
    Role.PROGRAMME_MANAGER,
    Role.ADMINISTRATOR,
)
COMPARING = frozenset({Role.TRACING_OFFICER, Role.SECOND_REVIEWER})
# An erasure waits out its cooling-off of 30 days before it is used.
APPROVALS: Final[Mapping[ApprovalKind, Asking]] = {
    ApprovalKind.EXPORT: Asking(
        frozenset({Role.TRACING_OFFICER, Role.SECOND_REVIEWER, MANAGER}),
        frozenset({OFFICER, MANAGER}),
    ),
    ApprovalKind.DISCLOSURE: Asking(
        frozenset({Role.TRACING_OFFICER, MANAGER}), frozenset({OFFICER})
    ),
    ApprovalKind.ERASURE: Asking(
        frozenset({OFFICER, MANAGER}), frozenset({OFFICER, MANAGER}), timedelta(days=60)
    ),
    ApprovalKind.HOLD_LIFT: Asking(frozenset({OFFICER}), frozenset({OFFICER, MANAGER})),
    ApprovalKind.ROLE_GRANT: Asking(
        frozenset({ADMINISTRATOR}), frozenset({OFFICER, MANAGER, ADMINISTRATOR})
    ),
    ApprovalKind.MFA_RESET: Asking(
        frozenset({ADMINISTRATOR}), frozenset({OFFICER, MANAGER, ADMINISTRATOR})
    ),
    ApprovalKind.KEY_ROTATION: Asking(
        frozenset({ADMINISTRATOR}), frozenset({OFFICER, ADMINISTRATOR})
    ),
    ApprovalKind.WORDING: Asking(
        frozenset(
            {
                Role.REGISTRAR,
                Role.ENQUIRY_WORKER,
                Role.TRACING_OFFICER,
                Role.SECOND_REVIEWER,
                Role.CASE_WORKER,
            }
        ),
        frozenset({Role.TRACING_OFFICER, Role.SECOND_REVIEWER, MANAGER, OFFICER}),
    ),
    ApprovalKind.CLAIM: Asking(COMPARING, COMPARING, timedelta(days=14)),
    ApprovalKind.MERGING: Asking(COMPARING, COMPARING, timedelta(days=14)),
    ApprovalKind.GATE: Asking(
        frozenset({Role.CASE_WORKER, Role.OPERATION_LEAD}), frozenset({MANAGER}), timedelta(days=7)
    ),
    ApprovalKind.LETTER: Asking(
        frozenset({Role.CASE_WORKER, MANAGER}), frozenset({MANAGER, OFFICER}), timedelta(days=14)
    ),
    # Used on the machine itself, for which whoever keeps it may have to come.
    ApprovalKind.ARCHIVE: Asking(frozenset({MANAGER}), frozenset({OFFICER}), timedelta(days=7)),
}


def may_ask(role: str, kind: ApprovalKind) -> bool:
    """Tell whether the role may ask for such an approval."""
    return role in APPROVALS[kind].asked_by


def may_answer(role: str, kind: ApprovalKind) -> bool:
    """Tell whether the role may approve or refuse it."""
    return role in APPROVALS[kind].answered_by


def time_to_answer(kind: ApprovalKind) -> timedelta:
    """Return how long after it was asked for an approval may be given and used."""
    return APPROVALS[kind].holds


def usable(steps: frozenset[Step], *, expires_at: datetime, at: datetime) -> bool:
    """Tell whether an approval that took these steps may be used: given, unused, not run out."""
    return steps == {Step.APPROVED} and at < expires_at
