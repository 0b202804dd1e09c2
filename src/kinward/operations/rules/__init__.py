"""Pure decisions about operations, one module for each thing decided."""

from kinward.operations.rules.counting import (
    COUNTERS,
    Gap,
    Outcome,
    Sighting,
    Stage,
    gaps,
    keeps_open,
    missing_for,
    outcome,
    seen_by,
)
from kinward.operations.rules.custody import (
    Broken,
    Custody,
    Link,
    Passed,
    by_holder,
    custody_of,
)

__all__ = [
    "COUNTERS",
    "Broken",
    "Custody",
    "Gap",
    "Link",
    "Outcome",
    "Passed",
    "Sighting",
    "Stage",
    "by_holder",
    "custody_of",
    "gaps",
    "keeps_open",
    "missing_for",
    "outcome",
    "seen_by",
]
