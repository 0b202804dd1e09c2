"""The API: composes the apps' routers, and maps every error once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer, django_auth

from kinward.access.models import User
from kinward.casework.api import routers as casework
from kinward.core.doors import carrying, open_to_accounts, open_to_all
from kinward.core.errors import KinwardError, NotFound, NotSignedIn, problem
from kinward.core.middleware import PROBLEM
from kinward.core.once import HEADER, LONGEST, SAFE
from kinward.core.versions import Conflict
from kinward.figures.api import router as figures
from kinward.health.api import router as health
from kinward.legal.api import routers as legal
from kinward.operations.api import router as operations
from kinward.people.api import router as people
from kinward.placement.api import router as placement
from kinward.tracing.api import router as tracing

if TYPE_CHECKING:
    from ninja.openapi.schema import OpenAPISchema
    from ninja.operation import Operation

ONCE: Final = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string", "maxLength": LONGEST},
    "description": "Names this request, best by a UUID. Sent again with the same key within a day,"
    " it has no second effect and gets the same answer, with Idempotency-Replayed: true; with"
    " another content it is refused (422).",
}


class Shown(HttpBearer):
    """Lets in who showed a token that stands: the middleware has looked at it already.

    No page of a browser sends it by itself, so it needs no proof that a page of ours was sent.
    """

    def authenticate(self, request: HttpRequest, token: str) -> User | None:  # noqa: ARG002
        """Return whose token it is."""
        return request.user if isinstance(request.user, User) and request.user.token else None


class Api(NinjaAPI):
    """The API, whose document says of each operation that changes something how it names itself."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the document."""
        document = super().get_openapi_schema(**options)
        for path in document["paths"].values():
            for method, operation in path.items():
                if method.upper() not in SAFE:
                    operation["parameters"] = [*operation.get("parameters", []), ONCE]
        return document

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name an operation by its app and its verb, in whichever module of the app it stands."""
        view = operation.view_func
        app = view.__module__.partition(".api")[0].replace(".", "_")
        return f"{app}_api_{view.__name__}"


api = Api(
    title="Kinward",
    version="1",
    description="Children, the relatives who look for them, and who may be whose.",
    auth=[Shown(), django_auth],
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", people)
for each in (*casework, *legal):
    api.add_router("", each)
api.add_router("", tracing)
api.add_router("", operations)
api.add_router("", health)
api.add_router("", placement)
api.add_router("", figures)


def addresses() -> tuple[list[Any], str, str]:
    """Return the API's addresses; its document is for everybody who signed in."""
    patterns, app_name, namespace = api.urls
    own = {"openapi-json", "api-root"}
    carrying(open_to_accounts, [each for each in patterns if getattr(each, "name", "") in own])
    return list(patterns), app_name, namespace


def show(content: dict[str, Any]) -> HttpResponse:
    """Return a problem document."""
    return JsonResponse(content, status=content["status"], content_type=PROBLEM)


@api.exception_handler(KinwardError)
def show_refusal(request: HttpRequest, error: KinwardError) -> HttpResponse:
    """Show what an action or a query refused; as with the screens, nothing is kept of it.

    After a conflict what was sent goes back with it, to be merged by a person.
    """
    transaction.set_rollback(True)
    sent = {"sent": json.loads(request.body)} if isinstance(error, Conflict) else {}
    return show(problem(error) | sent)


@api.exception_handler(Http404)
def show_absence(_request: HttpRequest, _error: Http404) -> HttpResponse:
    """Show that there is nothing, without saying whether it is absent or unseen."""
    return show(problem(NotFound(_("There is nothing here that you may see."))))


@login_not_required
@open_to_all
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
