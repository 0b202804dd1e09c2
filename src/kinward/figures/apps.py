"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Registers sources, claims and what links them."""

    name = "kinward.figures"
    label = "figures"

    def ready(self) -> None:
        """Have drafts of releases made by a process that has shown no page yet."""
        import kinward.figures.actions  # noqa: F401, PLC0415 (registers itself)
