"""Every address, composed of the apps'."""

from __future__ import annotations

from django.urls import include, path

from kinward.api import addresses

urlpatterns = [
    path("api/", addresses()),
    path("", include("kinward.core.urls")),
    path("", include("kinward.access.urls")),
    path("", include("kinward.audit.urls")),
    path("", include("kinward.tracing.urls")),
    path("", include("kinward.casework.urls")),
    path("", include("kinward.people.urls")),
]
