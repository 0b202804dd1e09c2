"""Addresses of health, for medics."""

from __future__ import annotations

from django.urls import path

from kinward.health.views import files, writing

app_name = "health"
urlpatterns = [
    path("health/", files.patients, name="patients"),
    path("children/<uuid:child_id>/health/", files.health_file, name="file"),
    path("children/<uuid:child_id>/health/growth/", files.growth, name="growth"),
    path("children/<uuid:child_id>/health/vaccinations/", files.vaccinations, name="vaccinations"),
    path("children/<uuid:child_id>/health/seen/", writing.record_encounter, name="encounter"),
    path("children/<uuid:child_id>/health/fitness/", writing.state_fitness, name="fitness"),
    path("children/<uuid:child_id>/health/discharge/", writing.discharge, name="discharge"),
    path("children/<uuid:child_id>/health/summary/", writing.hand_out, name="summary"),
    path(
        "children/<uuid:child_id>/health/entries/<uuid:entry_id>/end/",
        writing.end_entry,
        name="end",
    ),
    path(
        "children/<uuid:child_id>/health/seen/<uuid:encounter_id>/<str:part>/",
        writing.record_entry,
        name="entry",
    ),
]
