"""What editors do: sources and claims, and releases of the programme's own figures."""

from kinward.figures.actions.register import (
    AlreadyCorrected,
    CannotCheck,
    CannotLink,
    UnfitClaim,
    add_source,
    check_claim,
    code_claim,
    link_claims,
    take_back_link,
)
from kinward.figures.actions.releases import (
    ReleaseMoved,
    SameEditor,
    UnfitRelease,
    agree_release,
    draft_release,
    publish_release,
    return_release,
    say_meaning,
    withdraw_release,
)

__all__ = [
    "AlreadyCorrected",
    "CannotCheck",
    "CannotLink",
    "ReleaseMoved",
    "SameEditor",
    "UnfitClaim",
    "UnfitRelease",
    "add_source",
    "agree_release",
    "check_claim",
    "code_claim",
    "draft_release",
    "link_claims",
    "publish_release",
    "return_release",
    "say_meaning",
    "take_back_link",
    "withdraw_release",
]
