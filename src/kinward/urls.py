"""Every address, composed of the apps'."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, re_path

from kinward.access.urls import NAMED_BY_ALLAUTH
from kinward.api import addresses, nothing

urlpatterns = [
    path("api/", addresses()),
    re_path(r"^api/", nothing),
    path("", include("kinward.core.urls")),
    path("", include("kinward.access.urls")),
    path("", include(NAMED_BY_ALLAUTH)),
    path("", include("kinward.audit.urls")),
    path("", include("kinward.tracing.urls")),
    path("", include("kinward.casework.urls")),
    path("", include("kinward.legal.urls")),
    path("", include("kinward.operations.urls")),
    path("", include("kinward.health.urls")),
    path("", include("kinward.placement.urls")),
    path("", include("kinward.people.urls")),
    path("", include("kinward.places.urls")),
    path("", include("kinward.figures.urls")),
    path("", include("kinward.exchange.urls")),
    path("", include("kinward.field.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("", include("kinward.demo.urls")))
