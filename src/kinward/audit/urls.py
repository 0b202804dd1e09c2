"""Addresses of the log."""

from __future__ import annotations

from django.urls import path

from kinward.audit import views

app_name = "audit"
urlpatterns = [
    path("log/", views.log, name="log"),
    path("log/accounts/", views.accounts, name="accounts"),
    path("log/verification/", views.verification, name="verification"),
]
