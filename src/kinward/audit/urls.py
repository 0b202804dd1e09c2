"""Addresses of the log."""

from __future__ import annotations

from django.urls import path

from kinward.audit import views

app_name = "audit"
urlpatterns = [
    path("log/", views.log, name="log"),
    path("log/searches/", views.searches, name="searches"),
]
