"""Addresses of the register of figures, of releases, and of what is public."""

from __future__ import annotations

from django.urls import path

from kinward.figures.views import programme, public, register, releases

app_name = "figures"
urlpatterns = [
    path("figures/", register.register, name="register"),
    path("figures/inbox/", register.inbox, name="inbox"),
    path("figures/sources/", register.sources, name="sources"),
    path("figures/sources/add/", register.add_source, name="add_source"),
    path("figures/sources/<uuid:source_id>/", register.source, name="source"),
    path("figures/sources/<uuid:source_id>/code/", register.code, name="code"),
    path("figures/sources/<uuid:source_id>/read/", register.read, name="read"),
    path("figures/sources/<uuid:source_id>/copies/", register.tell_copies, name="tell_copies"),
    path("figures/copies/add/", register.add_copy, name="add_copy"),
    path("figures/copies/<uuid:copy_id>/", register.use_copy, name="use_copy"),
    path("figures/copies/<uuid:copy_id>/file/", register.copy_file, name="copy_file"),
    path("figures/claims/<uuid:claim_id>/", register.claim, name="claim"),
    path("figures/claims/<uuid:claim_id>/correct/", register.correct, name="correct"),
    path("figures/claims/<uuid:claim_id>/check/", register.check, name="check"),
    path("figures/claims/<uuid:claim_id>/link/", register.link, name="link"),
    path("figures/claims/<uuid:claim_id>/meaning/", programme.meaning, name="meaning"),
    path("figures/links/<uuid:link_id>/take-back/", register.take_back, name="take_back"),
    path("figures/programme/", programme.programme, name="programme"),
    path("figures/own/", programme.own, name="own"),
    path("figures/releases/", releases.releases, name="releases"),
    path("figures/releases/draft/", releases.draft, name="draft"),
    path("figures/releases/<uuid:release_id>/", releases.release, name="release"),
    path("figures/releases/<uuid:release_id>/answer/", releases.answer, name="answer"),
    path("figures/releases/<uuid:release_id>/publish/", releases.publish, name="publish"),
    path("figures/releases/<uuid:release_id>/withdraw/", releases.withdraw, name="withdraw"),
    path("figures/public/", public.public, name="public"),
    path("figures/public/files/<uuid:file_id>/", public.public_file, name="public_file"),
    path("figures/public/<str:language>/", public.public_in, name="public_in"),
    path(
        "figures/public/<str:language>/<uuid:release_id>/",
        public.public_release,
        name="public_release",
    ),
]
