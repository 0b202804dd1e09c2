"""Addresses of signing in, of one's own sign-in, of accounts, and of what waits for an answer."""

from __future__ import annotations

from django.urls import path

from kinward.access.views import accounts, entering, inbox, jobs, machines, own, proving
from kinward.core.doors import open_to_accounts, open_to_all

app_name = "access"
urlpatterns = [
    path("sign-out/", entering.sign_out, name="sign_out"),
    path("sign-in/confirm/", proving.confirm, name="confirm"),
    path("sign-in/lock/", proving.lock, name="lock"),
    path("sign-in/here/", proving.still_here, name="still_here"),
    path("sign-in/carry-on/", proving.carry_on, name="carry_on"),
    path(
        "sign-in/invitation/<str:uidb64>/<str:token>/",
        open_to_all(entering.Invitation.as_view()),
        name="invitation",
    ),
    path("my-sign-in/", own.sign_in_settings, name="sign_in_settings"),
    path(
        "my-sign-in/password/",
        open_to_accounts(own.ChangePassword.as_view()),
        name="change_password",
    ),
    path("my-sign-in/passkey/<int:pk>/remove/", own.remove_passkey, name="remove_passkey"),
    path("my-sign-in/mail/", own.mail, name="mail"),
    path("my-sign-in/sessions/", own.sessions, name="sessions"),
    path("my-sign-in/machines/", machines.machines, name="machines"),
    path("my-sign-in/machines/<uuid:token_id>/end/", machines.end, name="end_token"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/open/", accounts.open_account, name="open_account"),
    path("accounts/<uuid:account_id>/", accounts.account, name="account"),
    path("accounts/<uuid:account_id>/invite/", accounts.invite, name="invite"),
    path("accounts/<uuid:account_id>/role/", accounts.role, name="role"),
    path("accounts/<uuid:account_id>/reset/", accounts.reset, name="reset"),
    path("accounts/<uuid:account_id>/close/", accounts.close_account, name="close_account"),
    path("referrals/", inbox.referrals, name="referrals"),
    path("referrals/<uuid:referral_id>/answer/", inbox.answer_referral, name="answer_referral"),
    path(
        "referrals/<uuid:referral_id>/withdraw/", inbox.withdraw_referral, name="withdraw_referral"
    ),
    path("approvals/", inbox.approvals, name="approvals"),
    path("approvals/<uuid:approval_id>/answer/", inbox.answer_approval, name="answer_approval"),
    path("emergencies/", inbox.emergencies, name="emergencies"),
    path("emergencies/<uuid:use_id>/review/", inbox.review_emergency, name="review_emergency"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:job_id>/again/", jobs.retry, name="retry_job"),
    path("notices/", inbox.notices, name="notices"),
]

# allauth finds its pages by these names, which belong to no app. Its other pages are not here.
NAMED_BY_ALLAUTH = [
    path("sign-in/", open_to_all(entering.SignIn.as_view()), name="account_login"),
    path("sign-in/code/", open_to_all(entering.SecondFactor.as_view()), name="mfa_authenticate"),
    path(
        "sign-in/passkey/", open_to_all(entering.PasskeySignIn.as_view()), name="mfa_login_webauthn"
    ),
    path("my-sign-in/app/", open_to_accounts(own.SetUpApp.as_view()), name="mfa_activate_totp"),
    path(
        "my-sign-in/app/remove/",
        open_to_accounts(own.RemoveApp.as_view()),
        name="mfa_deactivate_totp",
    ),
    path(
        "my-sign-in/passkey/", open_to_accounts(own.AddPasskey.as_view()), name="mfa_add_webauthn"
    ),
    path(
        "my-sign-in/codes/",
        open_to_accounts(own.RecoveryCodes.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "my-sign-in/codes/new/",
        open_to_accounts(own.NewRecoveryCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path("my-sign-in/all/", own.back_to_settings, name="mfa_index"),
    path("sign-in/<str:provider_id>/", entering.elsewhere, name="openid_connect_login"),
    path(
        "sign-in/<str:provider_id>/back/",
        entering.back_from_elsewhere,
        name="openid_connect_callback",
    ),
]
