"""What is stored of who did or read what, and when; and the words of the log."""

from kinward.audit.models.acts import ACTS, Act, Purpose
from kinward.audit.models.events import (
    Change,
    Checkpoint,
    Event,
    Link,
    Operation,
    Unsealed,
    Verification,
    Wrong,
    in_words,
)

__all__ = [
    "ACTS",
    "Act",
    "Change",
    "Checkpoint",
    "Event",
    "Link",
    "Operation",
    "Purpose",
    "Unsealed",
    "Verification",
    "Wrong",
    "in_words",
]
