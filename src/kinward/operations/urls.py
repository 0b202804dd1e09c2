"""Addresses of operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "operations"
urlpatterns: Final[list[URLPattern]] = []
