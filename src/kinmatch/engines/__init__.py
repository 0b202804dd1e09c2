"""Engines that score the same pairs by the same model: plain Python, and SQL on DuckDB.

Both take a prepared `Population` and give `Scored` pairs. Which engine ran never shows in a
result: the same pairs, the same levels, weights within 1e-6.
"""

from kinmatch.engines.population import Population, prepare
from kinmatch.engines.scored import Scored, Weights, score

__all__ = ["Population", "Scored", "Weights", "prepare", "score"]
