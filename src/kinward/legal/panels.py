"""What was assessed, laid before a panel and decided: read, and held against its seal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.legal.models import Assessment, Report
from kinward.legal.rules import PANEL, digest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from kinward.access.models import User
    from kinward.legal.models import PanelDecision, PanelOpinion
    from kinward.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A report, what the members of the panel say of it, and what was decided."""

    report: Report
    opinions: tuple[PanelOpinion, ...]
    decision: PanelDecision | None
    is_last: bool

    @property
    def intact(self) -> bool:
        """Tell whether the report and the decision say what they said when they were sealed."""
        right = self.report.digest == digest_of(self.report)
        decided = self.decision
        return right and (
            decided is None or decided.digest == digest_of_decision(decided, self.opinions)
        )

    @property
    def dissent(self) -> tuple[PanelOpinion, ...]:
        """The opinions that are not what was decided."""
        if self.decision is None:
            return ()
        said = self.decision.decision
        return tuple(each for each in self.opinions if each.opinion != said)

    @property
    def is_open(self) -> bool:
        """Tell whether opinions are still given and it can be decided on."""
        return self.is_last and self.decision is None

    @property
    def missing(self) -> int:
        """How many opinions are missing before it can be decided on."""
        return max(PANEL - len(self.opinions), 0)

    def waits_for(self, account: UUID) -> bool:
        """Tell whether the account may still give its opinion of a report it did not write."""
        spoke = {each.recorded_by_id for each in self.opinions}
        return self.is_open and account not in {self.report.recorded_by_id, *spoke}


def assessments_of(child: Person, *, user: User) -> list[Assessment]:
    """The assessments of a child that this account may see, the newest first."""
    seen = Assessment.objects.visible_to(user).filter(child=child).select_related("recorded_by")
    return list(seen.order_by("-recorded_at", "-id"))


def reports_of(child: Person, *, user: User) -> list[Laid]:
    """The reports on a child that this account may see, the newest first."""
    seen = Report.objects.visible_to(user).filter(child=child)
    rows = seen.select_related("recorded_by", "decision__recorded_by")
    listed = list(rows.prefetch_related("opinions__recorded_by").order_by("-number"))
    return [
        Laid(
            report=row,
            opinions=tuple(row.opinions.all()),
            decision=getattr(row, "decision", None),
            is_last=row is listed[0],
        )
        for row in listed
    ]


def digest_of(report: Report) -> str:
    """Return the digest of what a report says, about whom and by whom."""
    return digest(
        {
            "child": str(report.child_id),
            "number": report.number,
            "heard": str(report.heard),
            "view": report.view,
            "participants": report.participants,
            "options": report.options,
            "recommends": report.recommends,
            "by": str(report.recorded_by_id),
        }
    )


def digest_of_decision(decision: PanelDecision, opinions: Iterable[PanelOpinion]) -> str:
    """Return the digest of a decision, of the report it is on and of every opinion on that."""
    return digest(
        {
            "report": decision.report.digest,
            "opinions": [
                [str(each.recorded_by_id), str(each.opinion), each.words] for each in opinions
            ],
            "decision": str(decision.decision),
            "words": decision.words,
            "review_on": decision.review_on.isoformat(),
            "by": str(decision.recorded_by_id),
        }
    )
