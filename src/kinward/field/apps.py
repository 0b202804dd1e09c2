"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """Registers devices, what they sent, and what has to be settled."""

    name = "kinward.field"
    label = "field"
