"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers what anyone said about someone."""

    name = "kinward.people"
    label = "people"

    def ready(self) -> None:
        """Have the memory read beside the first pages, and the log searched by references too.

        Until the memory is read, Kinward says that it is not ready.
        """
        from kinward.audit.queries import REFERRED  # noqa: PLC0415 (need loaded apps)
        from kinward.core.beside import TASKS  # noqa: PLC0415
        from kinward.core.health import CHECKS  # noqa: PLC0415
        from kinward.people.memory import MEMORY  # noqa: PLC0415
        from kinward.people.queries import identified  # noqa: PLC0415

        TASKS["memory"] = MEMORY.serve
        CHECKS["memory"] = MEMORY.is_warm
        REFERRED.append(identified)
