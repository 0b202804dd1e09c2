"""Addresses of files in and out."""

from __future__ import annotations

from django.urls import path

from kinward.exchange.views import bringing, leaving

app_name = "exchange"
urlpatterns = [
    path("exchange/archive/", leaving.archive, name="archive"),
    path("exchange/bring/", bringing.bring, name="bring"),
    path("exchange/brought/<uuid:list_id>/", bringing.brought, name="brought"),
    path("exchange/brought/<uuid:list_id>/undo/", bringing.undo, name="undo"),
]
