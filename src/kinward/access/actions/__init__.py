"""Accounts, approvals by a second person, and who is given what on single records."""

from kinward.access.actions.accounts import (
    AccountChanged,
    UnfitAccount,
    ask_for_reset,
    ask_for_role,
    change_password,
    close_account,
    end_sessions,
    give_role,
    invite,
    open_account,
    reset_second_factor,
    take_up_invitation,
)
from kinward.access.actions.approvals import (
    AnsweredBefore,
    NoReason,
    NotApproved,
    SamePerson,
    approve,
    refuse,
    request_approval,
    use_approval,
)
from kinward.access.actions.emergencies import TooMany, break_glass, review_emergency
from kinward.access.actions.grants import (
    UnfitGrant,
    accept_referral,
    assign,
    assign_many,
    end_assignment,
    expect,
    refer,
    reject_referral,
    withdraw_referral,
)
from kinward.access.actions.jobs import retry_job
from kinward.access.actions.keys import rotate_keys
from kinward.access.actions.looks import look
from kinward.access.actions.mail import choose_mail
from kinward.access.actions.tokens import UnfitToken, end_token, give_token

__all__ = [
    "AccountChanged",
    "AnsweredBefore",
    "NoReason",
    "NotApproved",
    "SamePerson",
    "TooMany",
    "UnfitAccount",
    "UnfitGrant",
    "UnfitToken",
    "accept_referral",
    "approve",
    "ask_for_reset",
    "ask_for_role",
    "assign",
    "assign_many",
    "break_glass",
    "change_password",
    "choose_mail",
    "close_account",
    "end_assignment",
    "end_sessions",
    "end_token",
    "expect",
    "give_role",
    "give_token",
    "invite",
    "look",
    "open_account",
    "refer",
    "refuse",
    "reject_referral",
    "request_approval",
    "reset_second_factor",
    "retry_job",
    "review_emergency",
    "rotate_keys",
    "take_up_invitation",
    "use_approval",
    "withdraw_referral",
]
