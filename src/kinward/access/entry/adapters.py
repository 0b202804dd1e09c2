"""What allauth asks us: our words, our way of accounts, our sealing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context, ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

from kinward.access.entry.origin import address_of, remember_browser
from kinward.access.entry.proof import proved_lately
from kinward.access.entry.seal import seal, unseal
from kinward.access.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

SEED: Final = "second_factor"
NO_FIT: Final = gettext_lazy("This account and password do not fit together. Check both.")
TOO_MANY: Final = gettext_lazy(
    "Too many tries. Wait a few minutes, then try once more. A passkey works at any time."
)
WRONG_CODE: Final = gettext_lazy(
    "This code is not right, or was used already. Wait for the next one and type it."
)
# What is said after something was done; whatever is not listed stays unsaid.
SAID: Final[Mapping[str, _StrPromise]] = {
    "mfa/messages/totp_activated.txt": gettext_lazy("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is set up."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey is removed."),
}


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth publishes no types
    """Accounts are opened by administrators, and have no address to write to."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NO_FIT,
        "incorrect_password": gettext_lazy("This password is not right."),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Nobody opens an account for themselves."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that tries are counted by."""
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **_credentials: Any) -> None:
        """Slow down one address; the tries of one account are counted by `guessing`.

        Raises:
            ValidationError: there were too many within a minute.
        """
        self._login_failed_rl_usage = None
        if not ratelimit.consume(request, action="password"):
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Open the page that was wanted, in the account's language unless the browser chose one."""
        response: HttpResponse = super().post_login(request, user, **details)
        remember_browser(request, response, user.username)
        known = dict(settings.LANGUAGES)
        if user.language in known and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language)
            request.switched_language = user.language  # type: ignore[attr-defined]  # kept by middleware
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session.

        Raises:
            ImmediateHttpResponse: the account was closed between its two factors.
        """
        if not user.is_active:
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        super().login(request, user)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:  # noqa: ARG002 (allauth's signature)
        """Say the same as of an account that does not exist."""
        messages.error(request, NO_FIT)
        return redirect(settings.LOGIN_URL)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *_context: Any,  # what a template would be filled with: allauth gives it by its place
        message: str | None = None,
        **_details: Any,
    ) -> None:
        """Say it in our words, or not at all."""
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, said)

    def send_notification_mail(self, *_args: Any, **_details: Any) -> None:
        """Write to nobody: accounts have no address. The log and the account's own page tell."""

    def is_reauthentication_required(self, **_details: Any) -> bool:
        """Ask again before sign-in itself is changed, unless the answer is fresh."""
        return not proved_lately(context.request, minutes=settings.STEP_UP_MINUTES)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:  # noqa: ARG002 (allauth's signature)
        """Lead to our own page, which knows every way."""
        return [{"id": "confirm", "url": reverse("access:confirm"), "description": ""}]


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # likewise
    """Seeds are sealed in the database; pictures obey the content security policy."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": gettext_lazy("Set up an app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a seed."""
        return seal(text, use=SEED)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a seed."""
        return unseal(encrypted_text, use=SEED)

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code as an element of the page; a picture from a data address is refused."""
        code = QRCode()
        code.add_data(url)
        return str(code.make_image(image_factory=SvgPathImage).to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 (allauth's signature)
        """Name a new passkey by its number."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}

    def _get_site_name(self) -> str:
        """Return what a telephone shows beside the account."""
        return "Kinward"


class Elsewhere(DefaultSocialAccountAdapter):  # type: ignore[misc]  # likewise
    """Single sign-on: opens the account an administrator opened under the same name, no other."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 (allauth's signature)
        """Nobody opens an account for themselves."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie a first sign-in from there to the account of that name.

        An account is tied once: who bears its name there later is somebody else.

        Raises:
            ImmediateHttpResponse: there is no open account of that name that nobody is tied to, or
                what came from there is not about one and the same person.
        """
        told = sociallogin.account.extra_data
        shown, token = told.get("userinfo", {}), told.get("id_token", {})
        # OpenID Connect Core 1.0, 3.1.3.3: there is a token; 5.3.2: both are about its subject.
        if "sub" not in token or token["sub"] != shown.get("sub", token["sub"]):
            raise ImmediateHttpResponse(not_signed_in_there(request))
        if sociallogin.is_existing:
            return
        name = name_told(shown | token)
        user = User.objects.filter(username=name, is_active=True, socialaccount=None).first()
        if user is None:
            messages.error(request, _("No account of that name is open here."))
            raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))
        sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, *_told: Any, **_more: Any) -> None:
        """Lead back to signing in: it was called off there, or what came from there is not right.

        Raises:
            ImmediateHttpResponse
        """
        raise ImmediateHttpResponse(not_signed_in_there(request))


def name_told(claims: Mapping[str, Any]) -> str:
    """Return the name of the account that the provider tells of; nothing where none can be.

    An address counts once the provider has verified it: anyone may type another's.
    """
    name = claims.get(settings.OIDC_CLAIM)
    unverified = settings.OIDC_CLAIM == "email" and claims.get("email_verified") is not True
    fit = isinstance(name, str) and name.isprintable() and not unverified
    return str(name) if fit else ""


def not_signed_in_there(request: HttpRequest) -> HttpResponse:
    """Lead back to signing in, and say why."""
    said = _("You were not signed in there. Try again, or sign in with your password.")
    messages.error(request, said)
    return redirect(settings.LOGIN_URL)
