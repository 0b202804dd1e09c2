"""Pictures drawn by the server as SVG: no script, no inline style, readable without colour.

Each is a `figure` with a title and a description for screen readers; the template puts the table
with the same numbers beneath it.
"""

from kinward.core.charts.bars import Bar, bars
from kinward.core.charts.curves import Curve, Mark, curves
from kinward.core.charts.flows import flows
from kinward.core.charts.parts import Part, parts
from kinward.core.charts.spans import Span, as_year, spans
from kinward.core.charts.stages import Arrived, stages
from kinward.core.charts.waterfall import Step, waterfall
from kinward.core.charts.whiskers import Whisker, whiskers

__all__ = [
    "Arrived",
    "Bar",
    "Curve",
    "Mark",
    "Part",
    "Span",
    "Step",
    "Whisker",
    "as_year",
    "bars",
    "curves",
    "flows",
    "parts",
    "spans",
    "stages",
    "waterfall",
    "whiskers",
]
