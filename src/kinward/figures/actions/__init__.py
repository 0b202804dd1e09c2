"""What editors do: sources and claims, and releases of the programme's own figures."""

from kinward.figures.actions.auditing import ask_for_audit
from kinward.figures.actions.drafting import ask_for_draft, draft
from kinward.figures.actions.keeping import ask_for_page
from kinward.figures.actions.register import (
    AlreadyCorrected,
    AlreadyRead,
    CannotCheck,
    CannotLink,
    Chosen,
    UnfitClaim,
    add_source,
    check_claim,
    code_claim,
    keep_copy,
    link_claims,
    read_source,
    take_back_link,
    tell_copies,
)
from kinward.figures.actions.releases import (
    NotAuditedYet,
    ReleaseMoved,
    SameEditor,
    UnfitRelease,
    agree_release,
    publish_release,
    return_release,
    say_meaning,
    withdraw_release,
)

__all__ = [
    "AlreadyCorrected",
    "AlreadyRead",
    "CannotCheck",
    "CannotLink",
    "Chosen",
    "NotAuditedYet",
    "ReleaseMoved",
    "SameEditor",
    "UnfitClaim",
    "UnfitRelease",
    "add_source",
    "agree_release",
    "ask_for_audit",
    "ask_for_draft",
    "ask_for_page",
    "check_claim",
    "code_claim",
    "draft",
    "keep_copy",
    "link_claims",
    "publish_release",
    "read_source",
    "return_release",
    "say_meaning",
    "take_back_link",
    "tell_copies",
    "withdraw_release",
]
