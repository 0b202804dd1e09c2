"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers what reads files of other systems, and what writes for them."""

    name = "kinward.exchange"
    label = "exchange"
