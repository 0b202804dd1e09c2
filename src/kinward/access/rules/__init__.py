"""Who may do what to which records: one table, one decision. Default deny. Plain values only."""

from kinward.access.rules.approvals import APPROVALS, may_answer, may_ask, time_to_answer, usable
from kinward.access.rules.deciding import (
    Decision,
    Given,
    Obligation,
    Reader,
    Subject,
    Why,
    decide,
)
from kinward.access.rules.permissions import Permission
from kinward.access.rules.purposes import purposes_of
from kinward.access.rules.table import (
    TABLE,
    Rule,
    compartments_of,
    grants,
    readers_of,
    rules_of,
    ways_of,
)
from kinward.access.rules.tokens import may_be_given

__all__ = [
    "APPROVALS",
    "TABLE",
    "Decision",
    "Given",
    "Obligation",
    "Permission",
    "Reader",
    "Rule",
    "Subject",
    "Why",
    "compartments_of",
    "decide",
    "grants",
    "may_answer",
    "may_ask",
    "may_be_given",
    "purposes_of",
    "readers_of",
    "rules_of",
    "time_to_answer",
    "usable",
    "ways_of",
]
