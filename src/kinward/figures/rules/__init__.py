"""What figures come to, on plain values: claims, what they mean, what adds up."""

from kinward.figures.rules.cells import Bound, Cells, Sum
from kinward.figures.rules.claims import Claim, Interval, Link, possible
from kinward.figures.rules.coding import Coding, faults
from kinward.figures.rules.comparing import Finding, compare
from kinward.figures.rules.likeness import ALIKE, likeness, shingles, together
from kinward.figures.rules.populations import Told, told
from kinward.figures.rules.reconciling import Reconciled, add_up, reconcile

__all__ = [
    "ALIKE",
    "Bound",
    "Cells",
    "Claim",
    "Coding",
    "Finding",
    "Interval",
    "Link",
    "Reconciled",
    "Sum",
    "Told",
    "add_up",
    "compare",
    "faults",
    "likeness",
    "possible",
    "reconcile",
    "shingles",
    "together",
    "told",
]
