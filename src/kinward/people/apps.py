"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers what anyone said about someone."""

    name = "kinward.people"
    label = "people"
