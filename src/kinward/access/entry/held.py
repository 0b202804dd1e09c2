"""What was typed into a form when the session turned out to be locked.

It is kept sealed in the session, on the server: never in an address, and unreadable to whoever
takes the database. It goes when it is carried on, when another form is held, or when the session
ends, a working day at most. Passwords and files are not kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.access.entry.seal import seal, unseal
from kinward.access.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest

KEY: Final = "held_form"
NOT_KEPT: Final = ("csrfmiddlewaretoken", "credential", "code")


@dataclass(frozen=True)
class Held:
    """A form that waits: where it was going, and its fields in their order."""

    to: str
    fields: list[tuple[str, str]]


def hold(request: HttpRequest) -> None:
    """Keep what the request wanted to send. Reading a page leaves nothing to keep."""
    if request.method != "POST" or not isinstance(request.user, User):
        return
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_KEPT and "password" not in name
    ]
    kept = {"user": str(request.user.pk), "to": request.get_full_path(), "fields": fields}
    request.session[KEY] = seal(json.dumps(kept), use=KEY)


def waiting(request: HttpRequest) -> Held | None:
    """Return the form that waits for this person, if there is one; another's is not shown."""
    kept = request.session.get(KEY)
    if not kept or not isinstance(request.user, User):
        return None
    form = json.loads(unseal(kept, use=KEY))
    if form["user"] != str(request.user.pk):
        return None
    return Held(to=form["to"], fields=[(name, value) for name, value in form["fields"]])


def let_go(request: HttpRequest) -> None:
    """Forget the form that waited."""
    request.session.pop(KEY, None)
