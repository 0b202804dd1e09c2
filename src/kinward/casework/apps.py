"""Registers the app, and has a case that is worked on count as an entry about its child."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Registers the steps of cases, and tasks."""

    name = "kinward.casework"
    label = "casework"

    def ready(self) -> None:
        """Let nothing fall due while a case is worked on, offer case files, tell of withdrawals."""
        import kinward.casework.printouts  # noqa: F401, PLC0415 (registers itself)
        from kinward.casework.actions import set_task_to_tell  # noqa: PLC0415 (need loaded apps)
        from kinward.casework.models import (  # noqa: PLC0415 (need loaded apps)
            DocumentInHand,
            Hold,
            HoldEntry,
            Step,
            VerifiedKin,
        )
        from kinward.people.due import ENTRIES, PARTS  # noqa: PLC0415
        from kinward.people.models import withdrawn  # noqa: PLC0415

        withdrawn.connect(set_task_to_tell, dispatch_uid="casework.set_task_to_tell")
        ENTRIES.append((Step, "child", "taken_at"))
        ENTRIES.append((Hold, "child", "recorded_at"))
        ENTRIES.append((HoldEntry, "hold__child", "recorded_at"))
        ENTRIES.append((DocumentInHand, "child", "recorded_at"))
        PARTS.append((DocumentInHand, "child"))
        PARTS.append((Step, "child"))
        ENTRIES.append((VerifiedKin, "child", "told_at"))
        PARTS.append((Hold, "child"))
        PARTS.append((VerifiedKin, "child"))
