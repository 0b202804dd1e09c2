"""Static files: hashed names once they have been collected, plain names before."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # publishes no types
    """Whitenoise's compressed files with hashed names; works uncollected too, as tests need it."""

    def stored_name(self, name: str) -> str:
        """Return the hashed name of a collected file; the name itself when none were collected."""
        return str(super().stored_name(name)) if self.hashed_files else name
