"""Addresses of children."""

from __future__ import annotations

from django.urls import path, register_converter

from kinward.people import views
from kinward.people.properties import PROPERTIES


class PropertyConverter:
    """A kind of fact in an address."""

    regex = "|".join(PROPERTIES)

    def to_python(self, value: str) -> str:
        """Return the id of the property."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it stands in the address."""
        return value


register_converter(PropertyConverter, "property")

app_name = "people"
urlpatterns = [
    path("children/", views.children, name="children"),
    path("children/register/", views.register, name="register"),
    path("children/<uuid:child_id>/", views.child, name="child"),
    path("children/<uuid:child_id>/facts/", views.facts, name="facts"),
    path(
        "children/<uuid:child_id>/facts/<property:kind>/",
        views.add_statement,
        name="add_statement",
    ),
    path("children/<uuid:child_id>/timeline/", views.timeline, name="timeline"),
    path("children/<uuid:child_id>/log/", views.history, name="history"),
    path("erasures/", views.erasures, name="erasures"),
    path("erasures/<uuid:erasure_id>/", views.erasure, name="erasure"),
    path("names/reading/", views.reading, name="reading"),
]
