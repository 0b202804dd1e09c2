"""What surrounds every request: errors are shown in one place, and nothing is kept on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinward.core.errors import KinwardError, NotAllowed, NotSignedIn, problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

PROBLEM = "application/problem+json"
NO_LONGER_GIVEN = 300  # from this status on an answer gives nothing away


class SignInRequired(LoginRequiredMiddleware):
    """Lets nobody in who has not signed in, whatever a view forgot."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Show people where to sign in; tell machines."""
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal and request.resolver_match and request.resolver_match.app_name == "ninja":
            told = problem(NotSignedIn())
            return JsonResponse(told, status=told["status"], content_type=PROBLEM)
        return refusal


class ShowErrors:
    """Shows a refusal as a page, or as a problem document to whoever prefers JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show what Kinward refused; leave every other failure to Django."""
        return shown(request, exception) if isinstance(exception, KinwardError) else None


def shown(request: HttpRequest, error: KinwardError) -> HttpResponse:
    """Return a refusal as whoever asked prefers it."""
    liked = request.get_preferred_type(["text/html", PROBLEM, "application/json"])
    if liked in {"text/html", None}:
        return render(request, "error.html", {"error": error}, status=error.status)
    return JsonResponse(problem(error), status=error.status, content_type=PROBLEM)


class DefaultDeny:
    """Withholds an answer for which nothing was decided: of a view that forgot to say for whom."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and the answer back if it may be given."""
        response = self.get_response(request)
        if response.status_code >= NO_LONGER_GIVEN or hasattr(request, "policy_decided"):
            return response
        return shown(request, NotAllowed(_("Nobody has said who may open this. It stays shut.")))


class KeepNothing:
    """Tells browsers and proxies to keep no page, as each may show a child; unless it says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the answer, unless it already says how long it may be kept."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response
