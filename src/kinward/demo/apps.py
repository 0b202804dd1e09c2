"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    """Registers the made-up caseload; it stores nothing of its own."""

    name = "kinward.demo"
    label = "demo"

    def ready(self) -> None:
        """Have the work done by the process that shows the pages: a demo has no other."""
        from kinward.core.beside import TASKS  # noqa: PLC0415 (need loaded apps)
        from kinward.demo.working import work_beside  # noqa: PLC0415

        if settings.DEMO:
            TASKS["work"] = work_beside
