"""The table: which role does what to which records, and what of them it reads. Default deny.

What stands nowhere in it is refused. `deciding.decide` and `policy.visible` both read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.access.models import Compartment, Role, Way
from kinward.access.rules.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping


class Rule(NamedTuple):
    """A role may do these things to the records that come to it by one of these ways."""

    permissions: frozenset[Permission]
    ways: frozenset[Way] = frozenset()  # none: what is done to no record in particular
    compartments: frozenset[Compartment] = frozenset()  # what of such a record it opens


WHO: Final = frozenset({Compartment.PUBLIC, Compartment.IDENTITY})
WHO_WHOSE: Final = WHO | {Compartment.FAMILY}
WHO_WHOSE_WHERE: Final = WHO_WHOSE | {Compartment.LOCATION}
WITH_EVIDENCE: Final = WHO_WHOSE_WHERE | {Compartment.EVIDENCE}
OF_A_CASE: Final = WHO_WHOSE_WHERE | {Compartment.LEGAL, Compartment.MOVEMENT}
OFFICE: Final = frozenset({Way.OWN, Way.REGION, Way.ASSIGNED, Way.REFERRED})
COMING: Final = frozenset({Way.EXPECTED, Way.ASSIGNED})
EMERGENCY: Final = frozenset({Way.BREAK_GLASS})
EVERYWHERE: Final = frozenset({Way.EVERYWHERE})

# Whoever compares does so blind: where someone is, is revealed once a match is confirmed.
REVIEWERS: Final = (
    Rule(
        frozenset(
            {
                Permission.SEE_CHILDREN,
                Permission.SEE_REQUESTS,
                Permission.SET_TASKS,
                Permission.ADD_STATEMENT,
                Permission.RECORD_CONSENT,
                Permission.SEE_CANDIDATES,
                Permission.FIND_CANDIDATES,
                Permission.REVIEW_CANDIDATE,
                Permission.UNDO_JUDGEMENT,
                Permission.RESOLVE_CLAIMS,
                Permission.MERGE_RECORDS,
                Permission.VERIFY,
                Permission.READ_RECORD_LOG,
            }
        ),
        EVERYWHERE,
        WHO_WHOSE | {Compartment.EVIDENCE},
    ),
    Rule(
        frozenset(
            {
                Permission.SEARCH_PEOPLE,
                Permission.INTERVIEW,
                Permission.EXPORT,
                Permission.SEE_COUNTS,
                Permission.SEE_APPROVALS,
            }
        )
    ),
)

TABLE: Final[Mapping[Role, tuple[Rule, ...]]] = {
    Role.REGISTRAR: (
        Rule(
            frozenset(
                {
                    Permission.SEE_CHILDREN,
                    Permission.SET_TASKS,
                    Permission.ADD_STATEMENT,
                    Permission.MAKE_DOCUMENTS,
                    Permission.RECORD_CONSENT,
                    Permission.TRACE,
                    Permission.REFER_CHILD,
                    Permission.READ_RECORD_LOG,
                }
            ),
            OFFICE,
            WITH_EVIDENCE,
        ),
        # In an emergency a registrar reads, and changes nothing.
        Rule(frozenset({Permission.SEE_CHILDREN}), EMERGENCY, WHO_WHOSE_WHERE),
        Rule(
            frozenset(
                {
                    Permission.REGISTER_CHILD,
                    Permission.SEARCH_PEOPLE,
                    Permission.NAME_PLACE,
                    Permission.INTERVIEW,
                    Permission.BREAK_GLASS,
                    Permission.ANSWER_REFERRAL,
                    Permission.SEE_COUNTS,
                    Permission.SEE_APPROVALS,
                }
            )
        ),
        Rule(frozenset({Permission.USE_DEVICE})),
    ),
    Role.ENQUIRY_WORKER: (
        Rule(
            frozenset(
                {
                    Permission.SEE_REQUESTS,
                    Permission.SET_TASKS,
                    Permission.ADD_STATEMENT,
                    Permission.RECORD_CONSENT,
                    Permission.TRACE,
                    Permission.READ_RECORD_LOG,
                }
            ),
            OFFICE,
            WHO_WHOSE_WHERE,
        ),
        Rule(
            frozenset(
                {
                    Permission.TAKE_REQUEST,
                    Permission.SEARCH_PEOPLE,
                    Permission.NAME_PLACE,
                    Permission.INTERVIEW,
                    Permission.SEE_COUNTS,
                    Permission.SEE_APPROVALS,
                }
            )
        ),
        Rule(frozenset({Permission.USE_DEVICE})),
    ),
    Role.TRACING_OFFICER: (
        *REVIEWERS,
        Rule(frozenset({Permission.TRACE, Permission.RECOMMEND}), EVERYWHERE, WHO_WHOSE),
        Rule(frozenset({Permission.REVEAL}), EVERYWHERE, WITH_EVIDENCE),
        Rule(frozenset({Permission.NAME_PLACE})),
    ),
    Role.SECOND_REVIEWER: REVIEWERS,
    # What a court decided and how a child travels; nothing of its health, nor of what proves kin.
    Role.CASE_WORKER: (
        Rule(
            frozenset(
                {
                    Permission.SEE_CHILDREN,
                    Permission.SET_TASKS,
                    Permission.ADD_STATEMENT,
                    Permission.MAKE_DOCUMENTS,
                    Permission.RECORD_CONSENT,
                    Permission.TAKE_STEP,
                    Permission.RECORD_PAPERS,
                    Permission.ASSESS,
                    Permission.PLACE_CHILD,
                    Permission.ASK_REGION,
                    Permission.READ_RECORD_LOG,
                }
            ),
            OFFICE,
            OF_A_CASE,
        ),
        Rule(
            frozenset(
                {
                    Permission.SEARCH_PEOPLE,
                    Permission.SEE_APPROVALS,
                    Permission.SEE_BOARD,
                    Permission.SEE_DUE,
                    Permission.SEE_PLACEMENTS,
                    Permission.SEE_LETTERS,
                }
            )
        ),
        Rule(frozenset({Permission.USE_DEVICE})),
    ),
    # Whoever decides on a report sees the children that were assigned for it, and no others.
    Role.PANEL_MEMBER: (
        Rule(
            frozenset(
                {
                    Permission.SEE_CHILDREN,
                    Permission.MAKE_DOCUMENTS,
                    Permission.TAKE_STEP,
                    Permission.SIT_ON_PANEL,
                }
            ),
            frozenset({Way.ASSIGNED}),
            WHO_WHOSE | {Compartment.LEGAL},
        ),
        Rule(frozenset({Permission.SEE_DUE})),
    ),
    # Courts and papers: who the child is and whose, and neither where it is nor how it travels.
    Role.LEGAL_OFFICER: (
        Rule(
            frozenset(
                {
                    Permission.SEE_CHILDREN,
                    Permission.MAKE_DOCUMENTS,
                    Permission.TAKE_STEP,
                    Permission.RECORD_PAPERS,
                    Permission.READ_RECORD_LOG,
                }
            ),
            OFFICE,
            WHO_WHOSE | {Compartment.LEGAL},
        ),
        Rule(frozenset({Permission.SEE_DUE})),
    ),
    # Whoever plans a journey knows children by reference and by how they travel, and no more.
    Role.OPERATION_LEAD: (
        Rule(
            frozenset({Permission.SEE_CHILDREN, Permission.TAKE_STEP}),
            EVERYWHERE,
            frozenset({Compartment.PUBLIC, Compartment.MOVEMENT}),
        ),
        Rule(
            frozenset(
                {
                    Permission.SEE_OPERATIONS,
                    Permission.SEE_DUE,
                    Permission.SEE_ALL_OPERATIONS,
                    Permission.PLAN_OPERATION,
                    Permission.READ_MANIFEST,
                    Permission.SIGN_MANIFEST,
                    Permission.HAND_OVER,
                    Permission.LEAD_OPERATION,
                    Permission.AGREE_TO_RECEIVER,
                }
            )
        ),
    ),
    # An escort reads the manifest of a journey that it goes along on, and no file.
    Role.ESCORT: (
        Rule(
            frozenset(
                {
                    Permission.SEE_OPERATIONS,
                    Permission.ESCORT,
                    Permission.READ_MANIFEST,
                    Permission.SIGN_MANIFEST,
                    Permission.COUNT,
                    Permission.HAND_OVER,
                }
            )
        ),
        Rule(frozenset({Permission.USE_DEVICE})),
    ),
    # A home in the region a child is expected in: who it is and whose, and where it lives.
    Role.GUARDIANSHIP_OFFICER: (
        Rule(
            frozenset(
                {
                    Permission.SEE_CHILDREN,
                    Permission.TAKE_STEP,
                    Permission.PLACE_CHILD,
                    Permission.READ_RECORD_LOG,
                }
            ),
            COMING,
            WHO_WHOSE_WHERE,
        ),
        Rule(frozenset({Permission.SEE_BOARD, Permission.SEE_DUE, Permission.SEE_PLACEMENTS})),
        Rule(frozenset({Permission.USE_DEVICE})),
    ),
    # A medic sees the children that were given to it, one by one: who they are, how they travel and
    # their health, which is open to nobody else and in no emergency.
    Role.MEDIC: (
        Rule(
            frozenset({Permission.SEE_CHILDREN, Permission.TAKE_STEP, Permission.TREAT}),
            frozenset({Way.ASSIGNED, Way.REFERRED}),
            WHO | {Compartment.MOVEMENT, Compartment.HEALTH},
        ),
        Rule(frozenset({Permission.SEE_DUE})),
    ),
    # A manager counts and lists files by reference and opens none, but in an emergency.
    Role.PROGRAMME_MANAGER: (
        Rule(
            frozenset(
                {
                    Permission.SEE_CHILDREN,
                    Permission.SEE_REQUESTS,
                    Permission.SET_TASKS,
                    Permission.ASSIGN,
                }
            ),
            EVERYWHERE,
            frozenset({Compartment.PUBLIC}),
        ),
        Rule(frozenset({Permission.SEE_CHILDREN}), EMERGENCY, WHO_WHOSE_WHERE),
        Rule(
            frozenset(
                {
                    Permission.BREAK_GLASS,
                    Permission.EXPORT,
                    Permission.SEE_COUNTS,
                    Permission.SEE_BOARD,
                    Permission.SEE_DUE,
                    Permission.SEE_PLACEMENTS,
                    Permission.SEE_NOTICES,
                    Permission.SEE_APPROVALS,
                    Permission.SEE_LETTERS,
                    Permission.ERASE_PERSON,
                    Permission.SEE_ERASURES,
                    Permission.SEE_FIGURES,
                    Permission.SEE_OPERATIONS,
                    Permission.SEE_ALL_OPERATIONS,
                    Permission.AGREE_TO_RECEIVER,
                    Permission.SEE_PROGRAMME,
                    Permission.SEE_SMALL,
                    Permission.MANAGE_DEVICES,
                    Permission.ALLOW_MORE,
                }
            )
        ),
    ),
    # Figures are about nobody in particular: editors open no file.
    Role.FIGURES_EDITOR: (
        Rule(
            frozenset(
                {
                    Permission.SEE_FIGURES,
                    Permission.CODE_CLAIM,
                    Permission.CHECK_CLAIM,
                    Permission.SEE_PROGRAMME,
                    Permission.RELEASE,
                    Permission.AGREE_RELEASE,
                }
            )
        ),
    ),
    Role.SECOND_EDITOR: (
        Rule(frozenset({Permission.SEE_FIGURES, Permission.CHECK_CLAIM, Permission.AGREE_RELEASE})),
    ),
    Role.DATA_PROTECTION_OFFICER: (
        Rule(
            frozenset(
                {
                    Permission.READ_LOG,
                    Permission.REVIEW_BREAK_GLASS,
                    Permission.SEE_NOTICES,
                    Permission.SEE_APPROVALS,
                    Permission.SEE_LETTERS,
                    Permission.ERASE_PERSON,
                    Permission.HOLD_ERASURE,
                    Permission.SEE_ERASURES,
                }
            )
        ),
    ),
    Role.AUDITOR: (Rule(frozenset({Permission.READ_LOG, Permission.SEE_ERASURES})),),
    Role.ADMINISTRATOR: (
        Rule(
            frozenset({Permission.MANAGE_ACCOUNTS, Permission.SEE_APPROVALS, Permission.SEE_HEALTH})
        ),
        Rule(frozenset({Permission.MANAGE_DEVICES})),
    ),
    Role.CLOCK: (
        Rule(frozenset({Permission.FIND_CANDIDATES}), EVERYWHERE, WHO_WHOSE_WHERE),
        Rule(frozenset({Permission.ERASE_PERSON, Permission.ROTATE_KEYS})),
    ),
}


def rules_of(role: str, permission: str) -> tuple[Rule, ...]:
    """Return the rules that permit the role that; an unknown role or permission has none."""
    if role not in Role.values:
        return ()
    return tuple(rule for rule in TABLE.get(Role(role), ()) if permission in rule.permissions)


def grants(role: str, permission: str) -> bool:
    """Tell whether the role may do that at all; to which records is for `decide`."""
    return rules_of(role, permission) != ()


def compartments_of(role: str) -> frozenset[Compartment]:
    """Return the compartments open to the role in its daily work, emergencies and reveals apart."""
    opened = (
        rule.compartments
        for rule in TABLE.get(Role(role), ())
        if rule.ways != EMERGENCY and Permission.REVEAL not in rule.permissions
    )
    return frozenset().union(*opened)


def readers_of(permission: Permission, compartment: Compartment) -> list[Role]:
    """Return the roles to which a permission opens a compartment in their daily work."""
    return [
        role for role in TABLE if grants(role, permission) and compartment in compartments_of(role)
    ]


def ways_of(role: str) -> frozenset[Way]:
    """Return every way in which records come to the role."""
    return frozenset().union(*(rule.ways for rule in TABLE.get(Role(role), ())))
