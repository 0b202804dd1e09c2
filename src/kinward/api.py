"""The API: composes the apps' routers, and maps every error once."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import django_auth

from kinward.core.errors import KinwardError, NotFound, NotSignedIn, problem
from kinward.core.middleware import PROBLEM
from kinward.tracing.api import router as tracing

api = NinjaAPI(
    title="Kinward",
    version="1",
    description="Children, the relatives who look for them, and who may be whose.",
    auth=django_auth,
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", tracing)


def show(content: dict[str, Any]) -> HttpResponse:
    """Return a problem document."""
    return JsonResponse(content, status=content["status"], content_type=PROBLEM)


@api.exception_handler(KinwardError)
def show_refusal(_request: HttpRequest, error: KinwardError) -> HttpResponse:
    """Show what an action or a query refused."""
    return show(problem(error))


@api.exception_handler(Http404)
def show_absence(_request: HttpRequest, _error: Http404) -> HttpResponse:
    """Show that there is nothing, without saying whether it is absent or unseen."""
    return show(problem(NotFound(_("There is nothing here that you may see."))))


@login_not_required
def nothing(request: HttpRequest) -> HttpResponse:
    """Say that no operation has this address."""
    return show_absence(request, Http404())


@api.exception_handler(AuthenticationError)
def show_sign_in(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Show that one has to sign in first."""
    return show(problem(NotSignedIn()))


@api.exception_handler(ValidationError)
def show_faults(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Show what in a request is not as the document says; never the values, which may be names."""
    faults = [
        {"at": "/".join(str(part) for part in fault["loc"]), "expected": fault["msg"]}
        for fault in error.errors
    ]
    detail = "; ".join(f"{fault['at']}: {fault['expected']}" for fault in faults)
    return show(
        {
            "type": "about:blank",
            "title": _("This could not be understood"),
            "status": 422,
            "detail": detail,
        }
    )


@api.exception_handler(HttpError)
def show_other(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """Show what Ninja itself refuses, such as a body that is no JSON, or a missing CSRF token."""
    return show(
        {
            "type": "about:blank",
            "title": _("This could not be understood"),
            "status": error.status_code,
            "detail": str(error),
        }
    )


def document() -> str:
    """Return the OpenAPI document, as it is checked in at docs/reference/openapi.json."""
    with override("en"):
        return json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False) + "\n"
