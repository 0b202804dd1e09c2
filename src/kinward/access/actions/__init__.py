"""Accounts, approvals by a second person, and who is given what on single records."""

from kinward.access.actions.accounts import UnfitAccount, close_account, open_account
from kinward.access.actions.approvals import (
    NoReason,
    NotApproved,
    SamePerson,
    approve,
    refuse,
    request_approval,
    use_approval,
)

__all__ = [
    "NoReason",
    "NotApproved",
    "SamePerson",
    "UnfitAccount",
    "approve",
    "close_account",
    "open_account",
    "refuse",
    "request_approval",
    "use_approval",
]
