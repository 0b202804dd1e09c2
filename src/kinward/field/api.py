"""What phones ask the server for (decision 0072). Answers and refusals are JSON."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpResponse, JsonResponse, RawPostDataException
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.queries import open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs
from kinward.core.middleware import shown
from kinward.field import actions, queries
from kinward.field.definitions import FORMS
from kinward.field.forms import NotUnderstood, asked, entries_in, text_in
from kinward.field.sealing import public_key
from kinward.people.queries import children, possible_duplicates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from kinward.access.models import UserRequest
    from kinward.field.models import Device

    View = Callable[..., HttpResponse]

HEADER = "Kinward-Device"


def for_phones(view: View) -> View:
    """Let phones in; of one that is not known, or revoked, that is written down and kept.

    Every other refusal undoes the request, and is shown as to all machines.
    """
    behind = needs(Permission.USE_DEVICE)(view)

    @wraps(behind)
    def answered(request: UserRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            answer: HttpResponse = behind(request, *arguments, **named)
        except (actions.NoSuchDevice, actions.NoSuchToken) as refusal:
            actions.refuse_device(by=request.user, at=timezone.now())
            return shown(request, refusal)
        except actions.DeviceRevoked as refusal:
            actions.meet_revoked_device(by=request.user, at=timezone.now())
            return shown(request, refusal)
        return answer

    return answered


def phone_of(request: UserRequest) -> Device:
    """Return the phone that asks.

    Raises:
        NoSuchDevice, DeviceRevoked, TooManyTries: see `actions.hear_of_device`.
    """
    proof = request.headers.get(HEADER, "")
    return actions.hear_of_device(proof=proof, by=request.user, at=timezone.now())


@require_POST
@for_phones
def enrol(request: UserRequest) -> HttpResponse:
    """Enrol a phone by the token of a QR code; what it answers is told this once."""
    told, now = asked(body_of(request)), timezone.now()
    name = told.get("name", "")
    made = actions.enrol_device(
        token=text_in(told, "token"),
        name=name if isinstance(name, str) else "",
        by=request.user,
        at=now,
    )
    key = actions.newest_key(by=request.user, at=now)
    content = {"device": str(made.device.pk), "secret": made.secret}
    return JsonResponse(content | {"key": public_key(key), "key_id": str(key)}, status=201)


@require_safe
@for_phones
def state(request: UserRequest) -> HttpResponse:
    """Tell a phone the time, the key to seal to, and which versions there are."""
    device, now = phone_of(request), timezone.now()
    key = actions.newest_key(by=request.user, at=now)
    more = sorted(queries.more_for(device, at=now))
    return JsonResponse(
        {
            "now": now.isoformat(),
            "revoked": False,
            "seq": queries.last_seq(),
            "key": public_key(key),
            "key_id": str(key),
            "forms": {form.name: form.version for form in FORMS.values()},
            "pack": {"more": more},
        }
    )


@require_safe
@needs(Permission.USE_DEVICE)
def forms(_request: UserRequest) -> HttpResponse:
    """Give the forms as data, each under its version."""
    told = [form.told() | {"version": form.version} for form in FORMS.values()]
    return JsonResponse({"forms": told})


@require_safe
@for_phones
def pack(request: UserRequest) -> HttpResponse:
    """Hand a phone its pack; each child in it is read."""
    device = phone_of(request)
    made = actions.hand_pack(device=device, by=request.user, at=timezone.now())
    return JsonResponse(dict(made.content))


@require_POST
@for_phones
@transaction.non_atomic_requests  # each entry has a transaction of its own
def sync(request: UserRequest) -> HttpResponse:
    """Take entries in, each once; say of each what became of it."""
    device = phone_of(request)
    sent = entries_in(
        asked(body_of(request)),
        device=device,
        found=lambda key: queries.own_device(key, user=request.user),
    )
    results = actions.take_entries(sent=sent, by=request.user, at=timezone.now())
    alike = alike_to(request, results)
    return JsonResponse(
        {"results": [told_of(each, alike) for each in results], "seq": queries.last_seq()}
    )


def told_of(result: actions.Result, alike: dict[UUID | None, list[str]]) -> dict[str, Any]:
    """Return what a phone is told of an entry."""
    told: dict[str, Any] = {
        "id": str(result.id),
        "state": result.state,
        "seq": result.seq,
        "conflicts": result.conflicts,
        "why": dict(result.why),
    }
    return told | {"alike": alike[result.about]} if alike.get(result.about) else told


@transaction.atomic
def alike_to(
    request: UserRequest, results: Sequence[actions.Result]
) -> dict[UUID | None, list[str]]:
    """Return references of children like those that just came in: advice, and each is a read."""
    made = [each.about for each in results if each.state == "kept" and each.about]
    new = list(children(user=request.user).filter(pk__in=made))
    if not new:
        return {}
    found = possible_duplicates(new, user=request.user, language=get_language() or "en")
    shown = {hit.person.pk: hit.person for hits in found.values() for hit in hits}
    opened, now = open_compartments(request.user), timezone.now()
    record_reads("people.found", shown.values(), by=request.user, at=now, compartments=opened)
    return {key: [hit.person.reference for hit in hits] for key, hits in found.items()}


@require_http_methods(["GET", "HEAD"])
@for_phones
def photo(request: UserRequest, photo_id: UUID) -> HttpResponse:
    """Say how much of a photograph is here."""
    phone_of(request)
    expected = queries.expected_photo(photo_id, user=request.user)
    return at_offset(queries.has_arrived(expected))


def body_of(request: UserRequest) -> bytes:
    """Return what was sent.

    Raises:
        NotUnderstood: it was sent as a form, which others have read already.
    """
    try:
        return request.body
    except RawPostDataException as wrong:
        raise NotUnderstood("Content-Type: no form is expected.") from wrong


@require_http_methods(["PUT"])
@for_phones
def piece(request: UserRequest, photo_id: UUID, offset: int) -> HttpResponse:
    """Take a piece of a photograph."""
    phone_of(request)
    expected = queries.expected_photo(photo_id, user=request.user)
    length = request.headers.get("Upload-Length", "")
    if not length.isdecimal():
        raise NotUnderstood("Upload-Length: a whole number is expected.")
    here = actions.take_piece(
        photo=expected,
        offset=offset,
        content=body_of(request),
        length=int(length),
        digest=request.headers.get("Upload-Digest", ""),
        by=request.user,
        at=timezone.now(),
    )
    return at_offset(here)


def at_offset(here: int) -> HttpResponse:
    """Return how many bytes are here, and no body."""
    return HttpResponse(status=204, headers={"Upload-Offset": str(here)})
