"""From a text to suggestions of claims. Plain Python: an editor confirms each."""

from kinward.figures.rules.reading.suggesting import LEXICONS, Suggestion, suggestions
from kinward.figures.rules.reading.whereabouts import by_stem

__all__ = ["LEXICONS", "Suggestion", "by_stem", "suggestions"]
