"""Addresses of signing in and out, of one's own sign-in, and of accounts; each with its door."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from kinward.access.rules import Permission
from kinward.access.views import accounts, entering, own, proving
from kinward.core.doors import carrying, needs, open_to_accounts, open_to_all

app_name = "access"
INVITATION = "sign-in/invitation/<str:uidb64>/<str:token>/"
urlpatterns = [
    *carrying(
        open_to_all,
        [
            path("sign-out/", entering.sign_out, name="sign_out"),
            path(INVITATION, entering.Invitation.as_view(), name="invitation"),
        ],
    ),
    *carrying(
        open_to_accounts,
        [
            path("sign-in/confirm/", proving.confirm, name="confirm"),
            path("sign-in/lock/", proving.lock, name="lock"),
            path("sign-in/here/", proving.still_here, name="still_here"),
            path("sign-in/carry-on/", proving.carry_on, name="carry_on"),
            path("my-sign-in/", own.sign_in_settings, name="sign_in_settings"),
            path("my-sign-in/password/", own.ChangePassword.as_view(), name="change_password"),
            path("my-sign-in/passkey/<int:pk>/remove/", own.remove_passkey, name="remove_passkey"),
            path("my-sign-in/sessions/", own.sessions, name="sessions"),
        ],
    ),
    *carrying(
        needs(Permission.MANAGE_ACCOUNTS),
        [
            path("accounts/", accounts.accounts, name="accounts"),
            path("accounts/open/", accounts.open_account, name="open_account"),
            path("accounts/<uuid:account_id>/", accounts.account, name="account"),
            path("accounts/<uuid:account_id>/invite/", accounts.invite, name="invite"),
            path("accounts/<uuid:account_id>/reset/", accounts.reset, name="reset"),
            path("accounts/<uuid:account_id>/close/", accounts.close_account, name="close_account"),
        ],
    ),
]

# allauth finds its pages by these names, which belong to no app. Its other pages are not here.
NAMED_BY_ALLAUTH = [
    *carrying(
        open_to_all,
        [
            path("sign-in/", entering.SignIn.as_view(), name="account_login"),
            path("sign-in/code/", entering.SecondFactor.as_view(), name="mfa_authenticate"),
            path("sign-in/passkey/", entering.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
        ],
    ),
    *carrying(
        open_to_accounts,
        [
            path("my-sign-in/app/", own.SetUpApp.as_view(), name="mfa_activate_totp"),
            path("my-sign-in/app/remove/", own.RemoveApp.as_view(), name="mfa_deactivate_totp"),
            path("my-sign-in/passkey/", own.AddPasskey.as_view(), name="mfa_add_webauthn"),
            path("my-sign-in/codes/", own.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
            path(
                "my-sign-in/codes/new/",
                own.NewRecoveryCodes.as_view(),
                name="mfa_generate_recovery_codes",
            ),
            path("my-sign-in/all/", own.back_to_settings, name="mfa_index"),
        ],
    ),
]
if settings.OIDC_ISSUER:
    NAMED_BY_ALLAUTH += carrying(
        open_to_all,
        [
            path("sign-in/<str:provider_id>/", entering.elsewhere, name="openid_connect_login"),
            path(
                "sign-in/<str:provider_id>/back/",
                entering.back_from_elsewhere,
                name="openid_connect_callback",
            ),
        ],
    )
