"""Live look-up: one record in, best candidates out, while the registrar types."""

from kinmatch.index.live import Hit, LiveIndex
from kinmatch.index.offering import tells_enough

__all__ = ["Hit", "LiveIndex", "tells_enough"]
