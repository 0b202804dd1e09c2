"""Addresses of signing in and out, and of what waits for an answer."""

from __future__ import annotations

from django.urls import path

from kinward.access.views import inbox, signing_in

app_name = "access"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("referrals/", inbox.referrals, name="referrals"),
    path("referrals/<uuid:referral_id>/answer/", inbox.answer_referral, name="answer_referral"),
    path(
        "referrals/<uuid:referral_id>/withdraw/", inbox.withdraw_referral, name="withdraw_referral"
    ),
    path("approvals/", inbox.approvals, name="approvals"),
    path("approvals/<uuid:approval_id>/answer/", inbox.answer_approval, name="answer_approval"),
    path("emergencies/", inbox.emergencies, name="emergencies"),
    path("emergencies/<uuid:use_id>/review/", inbox.review_emergency, name="review_emergency"),
    path("notices/", inbox.notices, name="notices"),
]
