"""A family as one person's relatives were told of: who is in it, where each stands, the picture."""

from kinward.people.family.drawing import Drawn, pictures
from kinward.people.family.layout import Layout, Node, lay_out
from kinward.people.family.members import (
    Family,
    KnownKin,
    Mark,
    Member,
    Tie,
    Union,
    family,
    folded,
)

__all__ = [
    "Drawn",
    "Family",
    "KnownKin",
    "Layout",
    "Mark",
    "Member",
    "Node",
    "Tie",
    "Union",
    "family",
    "folded",
    "lay_out",
    "pictures",
]
