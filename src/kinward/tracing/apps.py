"""Registers the app, and has candidates looked for when something is said about a person."""

from __future__ import annotations

from django.apps import AppConfig


class TracingConfig(AppConfig):
    """Registers requests, candidates, reviews and judgements."""

    name = "kinward.tracing"
    label = "tracing"

    def ready(self) -> None:
        """Listen for what people are told to be like; say what the references of requests mean."""
        from kinward.audit.queries import REFERRED  # noqa: PLC0415
        from kinward.people.models import described, erasing  # noqa: PLC0415 (need loaded apps)
        from kinward.tracing.actions import look_again  # noqa: PLC0415
        from kinward.tracing.queries import identified, told_about  # noqa: PLC0415

        erasing.connect(told_about, dispatch_uid="tracing.told_about")
        described.connect(look_again, dispatch_uid="tracing.look_again")
        REFERRED.append(identified)
