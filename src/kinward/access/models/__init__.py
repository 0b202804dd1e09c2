"""Accounts, what they are given on single records, and approvals by a second person."""

from kinward.access.models.accounts import (
    Compartment,
    Role,
    User,
    UserManager,
    UserRequest,
    clock,
)
from kinward.access.models.approvals import Approval, ApprovalKind, ApprovalStep, Step

__all__ = [
    "Approval",
    "ApprovalKind",
    "ApprovalStep",
    "Compartment",
    "Role",
    "Step",
    "User",
    "UserManager",
    "UserRequest",
    "clock",
]
