"""Accounts, approvals by a second person, and who is given what on single records."""

from kinward.access.actions.accounts import (
    UnfitAccount,
    change_password,
    close_account,
    end_sessions,
    invite,
    open_account,
    reset_second_factor,
    take_up_invitation,
)
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
    "change_password",
    "close_account",
    "end_sessions",
    "invite",
    "open_account",
    "refuse",
    "request_approval",
    "reset_second_factor",
    "take_up_invitation",
    "use_approval",
]
