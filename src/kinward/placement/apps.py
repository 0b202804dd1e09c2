"""Registers the app, and has what it keeps count as an entry about its child."""

from __future__ import annotations

from django.apps import AppConfig


class PlacementConfig(AppConfig):
    """Registers carers, guardianship, placements and visits."""

    name = "kinward.placement"
    label = "placement"

    def ready(self) -> None:
        """Let nothing fall due while somebody looks after a child's home."""
        from kinward.people.due import ENTRIES, PARTS  # noqa: PLC0415 (need loaded apps)
        from kinward.placement.models import OfHome  # noqa: PLC0415 (likewise)

        for model in self.get_models():
            if issubclass(model, OfHome):
                ENTRIES.append((model, "child", "recorded_at"))
                PARTS.append((model, "child"))
