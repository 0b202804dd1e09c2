"""Accounts, what they are given on single records, and approvals by a second person."""

from kinward.access.models.accounts import (
    Compartment,
    Pace,
    Role,
    User,
    UserManager,
    UserRequest,
    clock,
)
from kinward.access.models.approvals import Approval, ApprovalKind, ApprovalStep, Step
from kinward.access.models.emergencies import (
    BreakGlass,
    Emergency,
    EmergencyReview,
    Finding,
    News,
    Notice,
)
from kinward.access.models.grants import (
    GIVEN,
    Answered,
    Grant,
    GrantEnd,
    Referral,
    ReferralStep,
    Way,
)
from kinward.access.models.looks import Look, Mailed
from kinward.access.models.tokens import Token, TokenEnd
from kinward.audit.models import Purpose

__all__ = [
    "GIVEN",
    "Answered",
    "Approval",
    "ApprovalKind",
    "ApprovalStep",
    "BreakGlass",
    "Compartment",
    "Emergency",
    "EmergencyReview",
    "Finding",
    "Grant",
    "GrantEnd",
    "Look",
    "Mailed",
    "News",
    "Notice",
    "Pace",
    "Purpose",
    "Referral",
    "ReferralStep",
    "Role",
    "Step",
    "Token",
    "TokenEnd",
    "User",
    "UserManager",
    "UserRequest",
    "Way",
    "clock",
]
