"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the made-up caseload; it stores nothing of its own."""

    name = "kinward.demo"
    label = "demo"
