"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers accounts and what they may do."""

    name = "kinward.access"
    label = "access"
