"""Registers the app, and has a case that is worked on count as an entry about its child."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Registers the steps of cases, and tasks."""

    name = "kinward.casework"
    label = "casework"

    def ready(self) -> None:
        """Let nothing fall due while a case is worked on; have recipients told of withdrawals."""
        from kinward.casework.actions import set_task_to_tell  # noqa: PLC0415 (need loaded apps)
        from kinward.casework.models import Hold, HoldEntry, Step  # noqa: PLC0415 (need loaded apps)
        from kinward.people.due import ENTRIES, PARTS  # noqa: PLC0415
        from kinward.people.models import withdrawn  # noqa: PLC0415

        withdrawn.connect(set_task_to_tell, dispatch_uid="casework.set_task_to_tell")
        ENTRIES.append((Step, "child", "taken_at"))
        ENTRIES.append((Hold, "child", "recorded_at"))
        ENTRIES.append((HoldEntry, "hold__child", "recorded_at"))
        PARTS.append((Step, "child"))
        PARTS.append((Hold, "child"))
