"""Addresses of what every page offers."""

from __future__ import annotations

from django.urls import path

from kinward.core import views
from kinward.core.printing.views import verify

app_name = "core"
urlpatterns = [
    path("language/", views.switch_language, name="switch_language"),
    path("leave/", views.leave, name="leave"),
    path("documents/verify/", verify, name="verify"),
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
]
