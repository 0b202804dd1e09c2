"""Addresses of what is done with a child’s case."""

from __future__ import annotations

from django.urls import path

from kinward.casework import views

app_name = "casework"
urlpatterns = [
    path("children/<uuid:child_id>/refer/", views.refer, name="refer"),
    path("children/<uuid:child_id>/assign/", views.assign, name="assign"),
    path("assignments/", views.assigned, name="assigned"),
    path("assignments/<uuid:grant_id>/end/", views.end_assignment, name="end_assignment"),
    path("emergency/", views.emergency, name="emergency"),
]
