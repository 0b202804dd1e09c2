"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Registers tasks."""

    name = "kinward.casework"
    label = "casework"
