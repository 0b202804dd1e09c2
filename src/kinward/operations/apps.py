"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Registers operations, manifests, counts and custody."""

    name = "kinward.operations"
    label = "operations"
