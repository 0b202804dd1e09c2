"""Switching the language of the screens, without losing the page or what was typed into it.

The buttons of the switch belong to the page's own form, if it has one. They send what was typed
together with the language wanted; the form then shows itself again instead of being acted upon
(`forms.Form`), and the choice is kept in a cookie.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

FIELD: Final = "switch_language"


class SwitchLanguage:
    """Speaks the language a form asks for, from this answer on. Stands behind the CSRF check."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and keep the language it asked for."""
        response = self.get_response(request)
        wanted = getattr(request, "switched_language", "")
        if wanted:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                wanted,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite="Lax",
            )
        return response

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> None:
        """Read the wanted language, once the CSRF check let the request through."""
        wanted = request.POST.get(FIELD, "")
        if wanted in dict(settings.LANGUAGES):
            translation.activate(wanted)
            request.LANGUAGE_CODE = wanted
            request.switched_language = wanted  # type: ignore[attr-defined]  # read above
