"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers what reads files of other systems, and what writes for them."""

    name = "kinward.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Enter the forms that a list of children can be handed out in."""
        from kinward.exchange.handing import FORMS  # noqa: PLC0415 (models need loaded apps)
        from kinward.tracing.actions.exporting import FURTHER  # noqa: PLC0415 (likewise)

        FURTHER.update(FORMS)
