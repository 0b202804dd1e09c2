"""What surrounds every request: errors are shown in one place, and nothing is kept on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.core.errors import KinwardError, NotAllowed, NotSignedIn, problem
from kinward.core.versions import Conflict, written_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

PROBLEM = "application/problem+json"
NO_LONGER_GIVEN = 300  # from this status on an answer gives nothing away


def is_for_machines(request: HttpRequest) -> bool:
    """Tell whether the address is one of the API, or one that phones of the field ask."""
    return request.path_info.startswith(("/api/", "/field/api/"))


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
        if refusal and is_for_machines(request):
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
    if is_for_machines(request) or liked not in {"text/html", None}:
        return JsonResponse(problem(error), status=error.status, content_type=PROBLEM)
    if isinstance(error, Conflict):
        error.written = written_in(request)
    return render(request, "error.html", {"error": error}, status=error.status)


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


class BodyTooLarge(KinwardError):
    """More was sent than anything here takes."""

    status = 413
    title = gettext_lazy("This is too large")


class LimitBodies:
    """Refuses bodies that are too large, by the length they declare and before a byte is read.

    Django reads no more than was declared; one that declares nothing is read as empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what is small enough."""
        declared = str(request.META.get("CONTENT_LENGTH") or 0)
        files = request.content_type == "multipart/form-data"
        most = settings.LARGEST_UPLOAD if files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if not declared.isdecimal() or int(declared) > most:
            return shown(request, BodyTooLarge(_("Send at most %(most)d bytes.") % {"most": most}))
        return self.get_response(request)


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
