"""Every address, composed of the apps'."""

from __future__ import annotations

from django.urls import include, path, re_path

from kinward.api import api, nothing

urlpatterns = [
    path("api/", api.urls),
    re_path(r"^api/", nothing),
    path("", include("kinward.core.urls")),
    path("", include("kinward.access.urls")),
    path("", include("kinward.audit.urls")),
    path("", include("kinward.tracing.urls")),
    path("", include("kinward.people.urls")),
]
