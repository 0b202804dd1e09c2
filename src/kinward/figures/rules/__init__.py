"""What figures come to, on plain values: claims, what they mean, what adds up."""

from kinward.figures.rules.beheld import Beheld, Span, kept_from
from kinward.figures.rules.cells import Bound, Cells, Sum
from kinward.figures.rules.claims import Claim, Interval, Link, possible
from kinward.figures.rules.coding import Coding, faults
from kinward.figures.rules.comparing import Finding, compare
from kinward.figures.rules.likeness import ALIKE, likeness, shingles, together
from kinward.figures.rules.populations import Told, told
from kinward.figures.rules.programme import (
    Child,
    Counted,
    Wait,
    band,
    beside,
    once,
    tables,
    wait,
    with_wider,
)
from kinward.figures.rules.reconciling import Reconciled, add_up, reconcile
from kinward.figures.rules.releasing import (
    Audited,
    Earlier,
    Heard,
    audited,
    guarded_now,
    prepared,
    readers,
    standing,
)
from kinward.figures.rules.suppression import (
    CannotProtect,
    Problem,
    attack,
    is_safe,
    protect,
    unsafe,
)
from kinward.figures.rules.tables import UNKNOWN, Place, place, read_place
from kinward.figures.rules.versions import version_of

__all__ = [
    "ALIKE",
    "UNKNOWN",
    "Audited",
    "Beheld",
    "Bound",
    "CannotProtect",
    "Cells",
    "Child",
    "Claim",
    "Coding",
    "Counted",
    "Earlier",
    "Finding",
    "Heard",
    "Interval",
    "Link",
    "Place",
    "Problem",
    "Reconciled",
    "Span",
    "Sum",
    "Told",
    "Wait",
    "add_up",
    "attack",
    "audited",
    "band",
    "beside",
    "compare",
    "faults",
    "guarded_now",
    "is_safe",
    "kept_from",
    "likeness",
    "once",
    "place",
    "possible",
    "prepared",
    "protect",
    "read_place",
    "readers",
    "reconcile",
    "shingles",
    "standing",
    "tables",
    "together",
    "told",
    "unsafe",
    "version_of",
    "wait",
    "with_wider",
]
