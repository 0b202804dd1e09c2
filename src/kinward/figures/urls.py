"""Addresses of the register of figures."""

from __future__ import annotations

from django.urls import path

from kinward.figures import views

app_name = "figures"
urlpatterns = [
    path("figures/", views.register, name="register"),
    path("figures/inbox/", views.inbox, name="inbox"),
    path("figures/sources/", views.sources, name="sources"),
    path("figures/sources/add/", views.add_source, name="add_source"),
    path("figures/sources/<uuid:source_id>/", views.source, name="source"),
    path("figures/sources/<uuid:source_id>/code/", views.code, name="code"),
    path("figures/sources/<uuid:source_id>/read/", views.read, name="read"),
    path("figures/sources/<uuid:source_id>/copies/", views.tell_copies, name="tell_copies"),
    path("figures/copies/add/", views.add_copy, name="add_copy"),
    path("figures/copies/<uuid:copy_id>/", views.use_copy, name="use_copy"),
    path("figures/copies/<uuid:copy_id>/file/", views.copy_file, name="copy_file"),
    path("figures/claims/<uuid:claim_id>/", views.claim, name="claim"),
    path("figures/claims/<uuid:claim_id>/correct/", views.correct, name="correct"),
    path("figures/claims/<uuid:claim_id>/check/", views.check, name="check"),
    path("figures/claims/<uuid:claim_id>/link/", views.link, name="link"),
    path("figures/links/<uuid:link_id>/take-back/", views.take_back, name="take_back"),
]
