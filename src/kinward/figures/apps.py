"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Registers sources, claims and what links them."""

    name = "kinward.figures"
    label = "figures"
