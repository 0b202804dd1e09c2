"""Addresses of what is done with a child’s case."""

from __future__ import annotations

from django.urls import path

from kinward.casework import views

app_name = "casework"
urlpatterns = [
    path("children/<uuid:child_id>/refer/", views.refer, name="refer"),
    path("children/<uuid:child_id>/assign/", views.assign, name="assign"),
    path("assignments/", views.assigned, name="assigned"),
    path("assignments/many/", views.assign_many, name="assign_many"),
    path("assignments/<uuid:grant_id>/end/", views.end_assignment, name="end_assignment"),
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/about/<uuid:person_id>/", views.tasks_about, name="tasks_about"),
    path("tasks/<uuid:task_id>/end/", views.end_task, name="end_task"),
    path("emergency/", views.emergency, name="emergency"),
]
