"""What two people agreed to: one step of one child, against just the reasons that stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kinward.access.actions import use_approval
from kinward.access.actions.approvals import hash_of
from kinward.access.models import Approval, ApprovalKind
from kinward.access.models import Step as Answered
from kinward.core.errors import RuleBroken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kinward.access.models import User
    from kinward.casework.models import Track, Unmet
    from kinward.people.models import Person


class GateClosed(RuleBroken):
    """A gate refuses; `reasons` are all of them, and its words hold each."""

    def __init__(self, reasons: tuple[Unmet, ...]) -> None:
        super().__init__(" ".join(str(reason.label) for reason in reasons))
        self.reasons = reasons


def allowed(
    child: Person,
    track: Track,
    to: str,
    reasons: tuple[Unmet, ...],
    upon: Mapping[str, list[str]],
) -> dict[str, Any]:
    """Return what an approval of going on allows: this step, against just these reasons.

    `upon` names the holds and the siblings that they rest on.
    """
    return {
        "child": str(child.pk),
        "reference": child.reference,
        "track": str(track),
        "to": str(to),
        "unmet": [str(reason) for reason in reasons],
        **upon,
    }


def agreed(
    payload: Mapping[str, Any], reasons: tuple[Unmet, ...], *, by: User, at: datetime
) -> Approval:
    """Use up what a second person agreed to, and return it.

    Raises:
        GateClosed: nobody agreed to exactly this, or it has run out or was used.
    """
    given = Approval.objects.filter(
        kind=ApprovalKind.GATE,
        requester=by,
        payload_hash=hash_of(payload),
        expires_at__gt=at,
        steps__step=Answered.APPROVED,
    ).exclude(steps__step=Answered.USED)
    found = given.first()
    if found is None:
        raise GateClosed(reasons)
    use_approval(approval=found, kind=ApprovalKind.GATE, payload=payload, by=by, at=at)
    return found
