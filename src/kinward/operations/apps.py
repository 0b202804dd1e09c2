"""Registers the app, and has what it keeps of a child count as an entry about it."""

from __future__ import annotations

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Registers operations, manifests, counts and custody."""

    name = "kinward.operations"
    label = "operations"

    def ready(self) -> None:
        """Let nothing fall due while a child is on a plan or a manifest."""
        from kinward.operations.models import (  # noqa: PLC0415 (loaded apps)
            ManifestLine,
            OfTraveller,
            OnPlan,
        )
        from kinward.people.due import ENTRIES, PARTS  # noqa: PLC0415

        for model in (OnPlan, ManifestLine, *OfTraveller.__subclasses__()):
            ENTRIES.append((model, "child", "recorded_at"))
            PARTS.append((model, "child"))
