"""Addresses of placement."""

from __future__ import annotations

from django.urls import path, register_converter

from kinward.placement.views import homes, lists
from kinward.placement.views.entries import ENTRIES


class EntryConverter:
    """What is recorded of a home, in an address."""

    regex = "|".join(ENTRIES)

    def to_python(self, value: str) -> str:
        """Return its name."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it stands in the address."""
        return value


register_converter(EntryConverter, "entry")

app_name = "placement"
urlpatterns = [
    path("placement/", lists.placements, name="placements"),
    path("children/<uuid:child_id>/placement/", homes.home, name="home"),
    path("children/<uuid:child_id>/placement/region/", homes.ask_region, name="region"),
    path("children/<uuid:child_id>/placement/<entry:entry>/", homes.record, name="record"),
]
