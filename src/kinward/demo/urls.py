"""Addresses of the demo; an installation with real data has none of them."""

from __future__ import annotations

from django.urls import path

from kinward.demo import views

app_name = "demo"
urlpatterns = [path("tour/", views.tour, name="tour")]
