"""Every address, composed of the apps'."""

from __future__ import annotations

from django.urls import include, path

from kinward.access.urls import NAMED_BY_ALLAUTH
from kinward.api import api

urlpatterns = [
    path("api/", api.urls),
    path("", include("kinward.core.urls")),
    path("", include("kinward.access.urls")),
    path("", include(NAMED_BY_ALLAUTH)),
    path("", include("kinward.audit.urls")),
    path("", include("kinward.tracing.urls")),
    path("", include("kinward.people.urls")),
]
