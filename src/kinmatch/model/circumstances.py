"""How families are torn apart in a caseload: the few shares the collective stage goes by."""

from __future__ import annotations

from dataclasses import dataclass, replace

LEAST, MOST = 0.02, 0.95  # no share is ever taken for certain
UNLINKED = 0.5


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Shares (0..1) learned from the caseload itself, without labels.

    Attributes:
        found_absent: of a found group's members, those not in the sought group of their family.
        sought_absent: of a sought group's members, those not in the found group of theirs.
        found_unmatched: found persons whom nobody seeks.
        sought_unmatched: sought persons nobody found.
        outside: found persons whose match is not in the group their own group matches.
        together: found groups whose family is among the sought at all.
    """

    found_absent: float = 0.2
    sought_absent: float = 0.2
    found_unmatched: float = 0.2
    sought_unmatched: float = 0.2
    outside: float = 0.05
    together: float = 0.8

    @property
    def left_over(self) -> float:
        """The chance that two persons, one of either side, are both nobody's.

        Whoever stands in the group of their family is matched, so no more can be left over than
        are absent there; what blocking never met is counted as unmatched, and is not.
        """
        found = min(self.found_absent, self.found_unmatched)
        return found * min(self.sought_absent, self.sought_unmatched)

    def bounded(self) -> Circumstances:
        """Return the shares kept away from 0 and 1."""
        return replace(
            self,
            found_absent=_within(self.found_absent),
            sought_absent=_within(self.sought_absent),
            found_unmatched=_within(self.found_unmatched),
            sought_unmatched=_within(self.sought_unmatched),
            outside=min(max(self.outside, 0.005), UNLINKED),
            together=_within(self.together),
        )


def _within(share: float) -> float:
    return min(max(float(share), LEAST), MOST)
