"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers the gazetteer."""

    name = "kinward.places"
    label = "places"
