"""Learn a model from two lists, and learn what its chances come to.

learned = train(found, sought)
learned.model.save("model.toml")
"""

from kinmatch.training.calibrating import calibrated, isotonic
from kinmatch.training.frequencies import frequencies_of
from kinmatch.training.learning import Learned, in_order, train

__all__ = ["Learned", "calibrated", "frequencies_of", "in_order", "isotonic", "train"]
