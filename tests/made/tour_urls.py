"""Every address of a demo: those of an installation, and the guided tour."""

from __future__ import annotations

from django.urls import include, path

from kinward import urls

urlpatterns = [*urls.urlpatterns, path("", include("kinward.demo.urls"))]
