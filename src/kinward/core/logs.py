"""Logs as lines of JSON that hold only what is allowed: never a name, whoever logs.

What Django and libraries log goes through the same filter: of their words only the place they come
from stays, as words are often made of values. An error keeps its kind and the lines it came
through. A key that is not on the list is replaced by the length of its value.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import structlog

from kinward.core.failures import kind_and_place
from kinward.core.ids import uuid7

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, MutableMapping

    from django.http import HttpRequest, HttpResponse

# What may be said: words of ours, identifiers we made, numbers.
ALLOWED: Final = frozenset(
    {
        "event",
        "level",
        "logger",
        "timestamp",
        "request_id",
        "status",
        "method",
        "route",
        "failure",
        "job",
        "kind",
        "attempts",
        "rows",
        "file",
    }
)


def allow_only(
    _logger: Any, _method: str, told: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep what is on the list; of everything else, its length."""
    kept: dict[str, Any] = {}
    for key, value in told.items():
        if key in ALLOWED:
            kept[key] = value
        elif not key.startswith("_"):
            kept[f"{key}_length"] = len(str(value))
    return kept


def without_words(
    _logger: Any, _method: str, told: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace what others logged by where they did it, and an error by its kind and place."""
    record: logging.LogRecord | None = told.get("_record")
    if record is not None and told.get("_from_structlog") is False:
        told["event"] = f"{record.module}:{record.lineno}"
        told["status"] = getattr(record, "status_code", None)
        # Django logs refusals once the request has left all middleware.
        asked = getattr(record, "request", None)
        told.setdefault("request_id", getattr(asked, "request_id", None))
    error = told.pop("exc_info", None) or (record.exc_info if record else None)
    if error is True:  # ours, on its way out of the handler
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        told["failure"] = kind_and_place(error)
    return told


def without_blanks(
    _logger: Any, _method: str, told: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Leave out what nobody knew."""
    return {key: value for key, value in told.items() if value is not None}


FIRST: Final[list[Any]] = [
    structlog.contextvars.merge_contextvars,  # the request it belongs to
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure() -> None:
    """Send what we log the way that everything logged takes."""
    structlog.configure(
        processors=[*FIRST, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def logging_settings() -> dict[str, Any]:
    """Return Django's LOGGING: one way out, on the standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": FIRST,
                "processors": [
                    without_words,
                    allow_only,
                    without_blanks,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "kinward": {"level": "INFO"},
            # Django's own way out would print the words of errors; its mails to administrators too.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }


class NameRequests:
    """Gives each request an identifier, which its lines in the logs and its answer carry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on under its identifier."""
        request_id = str(uuid7())
        request.request_id = request_id  # type: ignore[attr-defined]  # for the log of who did what
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        return response
