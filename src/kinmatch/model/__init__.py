"""One linkage model: levels with their m and u, the prior, what counts as rare and as close.

A model is a TOML file, the same for every engine, versioned and hashed: a score can be
reproduced years later from the records and the model that bears this identifier.
"""

from kinmatch.model.calibration import BySize, Calibration, Way
from kinmatch.model.circumstances import Circumstances
from kinmatch.model.file import written
from kinmatch.model.model import Chances, Model, default_model, probability, weight_of

__all__ = [
    "BySize",
    "Calibration",
    "Chances",
    "Circumstances",
    "Model",
    "Way",
    "default_model",
    "probability",
    "weight_of",
    "written",
]
