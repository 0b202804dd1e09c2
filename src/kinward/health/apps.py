"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class HealthConfig(AppConfig):
    """Registers what medics write about children."""

    name = "kinward.health"
    label = "health"
