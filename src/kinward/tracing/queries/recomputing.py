"""How far comparing everybody anew is: counts only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.core.models import Job
from kinward.tracing.rules import RECOMPUTE

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputing:
    """How many children of how many are compared, and since when it waits or is over."""

    done: int
    of: int
    at: datetime
    under_way: bool
    failed: bool  # a part is tried again, or was given up

    @property
    def given_up(self) -> bool:
        """Tell whether it goes on only once somebody begins it again."""
        return self.failed and not self.under_way


def recomputing() -> Recomputing | None:
    """How far it is, or how the last one ended; None where there was none."""
    parts = Job.objects.filter(kind=RECOMPUTE)
    at_hand = parts.unfinished().order_by("enqueued_at").last()
    part = at_hand or parts.order_by("enqueued_at", "id").last()
    if part is None:
        return None
    return Recomputing(
        done=part.arguments["done"],
        of=part.arguments["of"],
        at=part.done_at or part.given_up_at or part.enqueued_at,
        under_way=at_hand is not None,
        failed=bool(part.failure) and part.done_at is None,
    )
