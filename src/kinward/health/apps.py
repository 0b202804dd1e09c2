"""Registers the app, and has what it keeps count as an entry about its child."""

from __future__ import annotations

from django.apps import AppConfig


class HealthConfig(AppConfig):
    """Registers what medics write about children."""

    name = "kinward.health"
    label = "health"

    def ready(self) -> None:
        """Let nothing fall due while a medic looks after a child."""
        from kinward.health.models import OfHealth  # noqa: PLC0415 (need loaded apps)
        from kinward.people.due import ENTRIES, PARTS  # noqa: PLC0415

        for model in OfHealth.__subclasses__():
            ENTRIES.append((model, "child", "recorded_at"))
            PARTS.append((model, "child"))
