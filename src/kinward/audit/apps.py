"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the append-only log."""

    name = "kinward.audit"
    label = "audit"
