"""Addresses of signing in and out."""

from __future__ import annotations

from django.urls import path

from kinward.access.views import signing_in

app_name = "access"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
]
