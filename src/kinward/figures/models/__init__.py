"""What the register of figures keeps, and its words."""

from kinward.figures.models.words import (
    Dimension,
    Facet,
    Operator,
    State,
    Tie,
    Unit,
    Verdict,
    Why,
)

__all__ = ["Dimension", "Facet", "Operator", "State", "Tie", "Unit", "Verdict", "Why"]
