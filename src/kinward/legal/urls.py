"""Addresses of a child’s papers."""

from __future__ import annotations

from django.urls import path

from kinward.legal.views import documents

app_name = "legal"
urlpatterns = [
    path("children/<uuid:child_id>/papers/", documents.papers, name="papers"),
    path("children/<uuid:child_id>/papers/document/", documents.record_document, name="document"),
    path(
        "children/<uuid:child_id>/papers/<uuid:document_id>/note/",
        documents.note_document,
        name="note",
    ),
    path(
        "children/<uuid:child_id>/papers/<uuid:document_id>/check/",
        documents.check_name,
        name="check",
    ),
]
