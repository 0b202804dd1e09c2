"""Registers the app, and has what it keeps count as an entry about its child."""

from __future__ import annotations

from django.apps import AppConfig


class LegalConfig(AppConfig):
    """Registers the papers of children."""

    name = "kinward.legal"
    label = "legal"

    def ready(self) -> None:
        """Let nothing fall due while somebody works on a child's papers; offer reports on paper."""
        import kinward.legal.printouts  # noqa: F401, PLC0415 (registers itself)
        from kinward.legal.models import OfCase  # noqa: PLC0415 (need loaded apps)
        from kinward.people.due import ENTRIES, PARTS  # noqa: PLC0415

        for model in OfCase.__subclasses__():
            ENTRIES.append((model, "child", "recorded_at"))
            PARTS.append((model, "child"))
