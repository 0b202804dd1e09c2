"""What each role may read records for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kinward.access.models import Purpose, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

# What each role may read a record for; the first is what it does so for unless it says another.
PURPOSES: Final[Mapping[Role, tuple[Purpose, ...]]] = {
    Role.REGISTRAR: (Purpose.REGISTRATION, Purpose.TRACING, Purpose.PROTECTION),
    Role.ENQUIRY_WORKER: (Purpose.TRACING,),
    Role.TRACING_OFFICER: (Purpose.TRACING, Purpose.VERIFICATION),
    Role.SECOND_REVIEWER: (Purpose.TRACING, Purpose.VERIFICATION),
    Role.CASE_WORKER: (Purpose.PROTECTION, Purpose.TRACING),
    Role.PANEL_MEMBER: (Purpose.PROTECTION, Purpose.TRACING),
    Role.LEGAL_OFFICER: (Purpose.PROTECTION, Purpose.TRACING),
    Role.OPERATION_LEAD: (Purpose.PROTECTION, Purpose.MANAGEMENT),
    Role.ESCORT: (Purpose.PROTECTION,),
    Role.GUARDIANSHIP_OFFICER: (Purpose.PROTECTION, Purpose.TRACING),
    Role.MEDIC: (Purpose.PROTECTION, Purpose.TRACING),
    Role.PROGRAMME_MANAGER: (Purpose.MANAGEMENT, Purpose.PROTECTION),
    Role.DATA_PROTECTION_OFFICER: (Purpose.OVERSIGHT,),
    Role.AUDITOR: (Purpose.OVERSIGHT,),
    Role.CLOCK: (Purpose.TRACING,),
}


def purposes_of(role: str) -> tuple[Purpose, ...]:
    """Return what the role may read records for, the usual purpose first."""
    return PURPOSES.get(Role(role), ()) if role in Role.values else ()
