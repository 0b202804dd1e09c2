"""Addresses of the gazetteer."""

from __future__ import annotations

from django.urls import path

from kinward.places import views

app_name = "places"
urlpatterns = [
    path("places/", views.places, name="places"),
    path("places/found/", views.found, name="found"),
    path("places/<str:code>/", views.place, name="place"),
    path("places/<str:code>/add/", views.add, name="add"),
    path("places/<str:code>/same/", views.same, name="same"),
]
