"""Live look-up: one record in, best candidates out, while the registrar types."""

from kinmatch.index.live import Hit, LiveIndex

__all__ = ["Hit", "LiveIndex"]
