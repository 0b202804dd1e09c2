"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class PlacementConfig(AppConfig):
    """Registers carers, guardianship, placements and visits."""

    name = "kinward.placement"
    label = "placement"
