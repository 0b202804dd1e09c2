"""What casework keeps: steps, holds, tasks and calendars, and the words of a case."""

from kinward.casework.models.feeds import Feed, FeedEnd
from kinward.casework.models.holds import Added, Hold, HoldEnded, HoldEntry, HoldKind, Party
from kinward.casework.models.papers import DocumentInHand
from kinward.casework.models.steps import (
    Evidence,
    Gate,
    Lack,
    Need,
    Phase,
    Step,
    StepQuerySet,
    Track,
    Unmet,
)
from kinward.casework.models.tasks import WHOLE, Ended, Task, TaskEnd, What

__all__ = [
    "WHOLE",
    "Added",
    "DocumentInHand",
    "Ended",
    "Evidence",
    "Feed",
    "FeedEnd",
    "Gate",
    "Hold",
    "HoldEnded",
    "HoldEntry",
    "HoldKind",
    "Lack",
    "Need",
    "Party",
    "Phase",
    "Step",
    "StepQuerySet",
    "Task",
    "TaskEnd",
    "Track",
    "Unmet",
    "What",
]
