"""Addresses of the field."""

from __future__ import annotations

from django.urls import path

from kinward.field.views import app

app_name = "field"
urlpatterns = [
    path("field/", app.shell, name="app"),
    path("field/sw.js", app.worker, name="worker"),
    path("field/app.webmanifest", app.manifest, name="manifest"),
]
