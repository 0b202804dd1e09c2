"""The same request sent twice has one effect and one answer: a double click, a lost answer.

A request names itself by the header Idempotency-Key, a form by a hidden field. The row with that
name is written in the transaction of the effect: both stand, or neither; of two at once the second
waits for the first. Kept for a day, sealed, are redirects and what machines are told of what they
wrote; of a page only its address (Content-Location): sent again, one is led there, so that each
time it is decided and written down who sees what it shows. Of the request only a keyed hash is
kept. Nothing is kept of a refusal: whoever mends a form sends it again; nor where nothing was done:
of what is only shown (`shown_anew`), of a form that comes back longer or in another language, and
where somebody has to prove first who they are (`nothing_done`).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinward.core.errors import KinwardError
from kinward.core.forms import is_shown_again
from kinward.core.keys import secret_for
from kinward.core.middleware import ShowErrors
from kinward.core.models import KeptAnswer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from kinward.core.doors import View

HEADER: Final = "Idempotency-Key"
FIELD: Final = "once"
LONGEST: Final = 100  # characters of a key
KEPT: Final = timedelta(days=1)
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
SHOWN_AGAIN: Final = 400  # from this status on nothing was done
HEADERS: Final = ("Content-Type", "Location", "Content-Location", "HX-Redirect", "ETag")
JSON: Final = "application/json"
HOME: Final = "/"
NOT_ASKED: Final = frozenset({"csrfmiddlewaretoken", FIELD})  # differ though the request does not
NONCE: Final = 12  # bytes


class AnotherRequest(KinwardError):
    """The key named another request before."""

    status = 422
    title = _("This key named another request")


class KeyUnfit(KinwardError):
    """The key is too long."""


def fresh() -> str:
    """Return a new name for a request that a form will make."""
    return str(uuid4())


def shown_anew(view: View) -> View:
    """Mark a view that only shows, though it is asked by POST: its answers are never kept."""
    view.shown_anew = True  # type: ignore[attr-defined]  # read by Once
    return view


def nothing_done(response: HttpResponse) -> HttpResponse:
    """Mark an answer before which nothing was done, as who has to sign in anew: it is not kept."""
    response.nothing_done = True  # type: ignore[attr-defined]  # read by `answer`
    return response


class Once(ShowErrors):
    """Answers a request that names itself as it was answered before. Stands innermost."""

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        arguments: tuple[Any, ...],
        named: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Act at most once; what names itself not, or changes nothing, goes its usual way."""
        key = key_of(request)
        if not key or hasattr(view, "shown_anew") or is_shown_again(request.POST):
            return None
        try:
            with transaction.atomic():
                return answer(request, key, lambda: view(request, *arguments, **named))
        except KinwardError as refusal:  # what an action refused: Django asks nobody here
            return self.process_exception(request, refusal)


def key_of(request: HttpRequest) -> str:
    """Return how the request names itself, if it changes something and someone has signed in."""
    if request.method in SAFE or not request.user.is_authenticated:
        return ""
    return request.headers.get(HEADER, "") or request.POST.get(FIELD, "")


def answer(request: HttpRequest, key: str, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return the answer given before, or act and keep the answer.

    Raises:
        KeyUnfit, AnotherRequest
    """
    if len(key) > LONGEST:
        raise KeyUnfit(_("A key has at most %(most)d characters.") % {"most": LONGEST})
    at, asked = timezone.now(), digest(request)
    KeptAnswer.objects.filter(kept_at__lt=at - KEPT).delete()
    mine, account = claim(key, asked, request, at)
    if mine is None:
        request.policy_decided = True  # type: ignore[attr-defined]  # when it was first answered
        return again(request, KeptAnswer.objects.get(account=account, key=key), asked)
    given = act()
    if transaction.get_connection().needs_rollback:  # a refusal: the key goes with all the rest
        return given
    undone = given.status_code >= SHOWN_AGAIN or hasattr(given, "nothing_done")
    if undone or not isinstance(given, HttpResponse):
        mine.delete()
        return given
    mine.status, mine.sealed = given.status_code, seal(mine, given)
    mine.save(update_fields=["status", "sealed"])
    return given


def claim(
    key: str, asked: str, request: HttpRequest, at: datetime
) -> tuple[KeptAnswer | None, str]:
    """Take the key, waiting for whoever is taking it; None if it was taken before."""
    account = str(request.user.pk)
    mine = KeptAnswer(account=account, key=key, asked=asked, kept_at=at)
    KeptAnswer.objects.bulk_create([mine], ignore_conflicts=True)
    return (mine if KeptAnswer.objects.filter(pk=mine.pk).exists() else None), account


def again(request: HttpRequest, kept: KeptAnswer, asked: str) -> HttpResponse:
    """Return the answer as it was given, or lead to where it can be read.

    Raises:
        AnotherRequest: it was given to a request that asked for something else.
    """
    if not hmac.compare_digest(kept.asked, asked):
        raise AnotherRequest(_("Send another request under a key of its own."))
    opened = AESGCM(secret_for("core.once")).decrypt(
        bytes(kept.sealed[:NONCE]), bytes(kept.sealed[NONCE:]), kept.pk.bytes
    )
    given = json.loads(opened)
    if given["body"] is None:
        response = lead_to(request, given["headers"].get("Content-Location", HOME))
    else:
        body = base64.b64decode(given["body"])
        response = HttpResponse(body, status=kept.status, headers=given["headers"])
    response.headers["Idempotency-Replayed"] = "true"
    return response


def lead_to(request: HttpRequest, address: str) -> HttpResponse:
    """Send a browser to a page; htmx would put a page that it is redirected to into a part."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponse(status=303, headers={"Location": address})


def is_kept(given: HttpResponse) -> bool:
    """Tell whether the body is kept: of a redirect, or told to a machine; none that is a page."""
    told = given.headers.get("Content-Type", "").partition(";")[0] == JSON
    return told or bool(given.headers.get("Location")) or not given.content


def seal(kept: KeptAnswer, given: HttpResponse) -> bytes:
    """Seal headers and body for as long as they are kept."""
    headers = {name: given.headers[name] for name in HEADERS if name in given.headers}
    body = base64.b64encode(given.content).decode() if is_kept(given) else None
    content = {"headers": headers, "body": body}
    nonce = os.urandom(NONCE)
    cipher = AESGCM(secret_for("core.once"))
    return nonce + cipher.encrypt(nonce, json.dumps(content).encode(), kept.pk.bytes)


def digest(request: HttpRequest) -> str:
    """Return the keyed hash of what is asked for: without the key nobody tries names against it."""
    found = hmac.new(secret_for("core.once.asked"), digestmod=hashlib.sha256)
    found.update(f"{request.method} {request.get_full_path()}\n".encode())
    found.update(f"{request.headers.get('If-Match', '')}\n".encode())
    if request.content_type in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        told = sorted((name, said) for name, said in request.POST.lists() if name not in NOT_ASKED)
        found.update(json.dumps(told).encode())
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                found.update(f"{name}\n{file.name}\n".encode())
                for chunk in file.chunks():
                    found.update(chunk)
                file.seek(0)
    else:
        found.update(request.body)
    return found.hexdigest()
