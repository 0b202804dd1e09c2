"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers what anyone said about someone."""

    name = "kinward.people"
    label = "people"

    def ready(self) -> None:
        """Have the log searched by the references of people too."""
        from kinward.audit.queries import REFERRED  # noqa: PLC0415 (models load after apps)
        from kinward.people.queries import identified  # noqa: PLC0415

        REFERRED.append(identified)
