"""Addresses of what is done with a child’s case."""

from __future__ import annotations

from django.urls import path

from kinward.casework import views

app_name = "casework"
urlpatterns = [
    path("children/<uuid:child_id>/refer/", views.refer, name="refer"),
    path("emergency/", views.emergency, name="emergency"),
]
