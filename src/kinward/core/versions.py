"""What a writer saw when they began, held against what stands when they are done.

Facts are only appended, so two who add lose nothing of each other's. Whoever corrects, answers or
judges means what stood on their page. Its form carries the version it was made from in a hidden
field; a machine sends it as If-Match (RFC 9110, 13.1.1), having got it as ETag. The action compares
it behind its lock, in its transaction. A `Conflict` says what stands instead, since when and by
whom; whoever shows it adds what was sent, so that nothing typed is lost.
"""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING, Any, Final

from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.core.errors import KinwardError, RuleBroken
from kinward.core.keys import digest_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

FIELD: Final = "seen"
HEADER: Final = "If-Match"
LENGTH: Final = 32  # hexadecimals of a version
IF_MATCH: Final = {  # as the document of the API has it
    "in": "header",
    "name": HEADER,
    "required": True,
    "schema": {"type": "string", "pattern": f'^"[0-9a-f]{{{LENGTH}}}"$'},
    "description": "The ETag of what you read before you wrote. Without it nothing is written"
    " (428); where it no longer stands, nothing is either (409), and you get both versions.",
}
FREE_TEXT: Final = frozenset({"reason", "text"})  # what such fields are called in every form


class Conflict(RuleBroken):
    """What the writer saw is not what stands: somebody answered, judged or corrected meanwhile.

    `had` and `stands` are the two versions, `now` what a machine is told of the second; `by` and
    `at` say who made it so and when, where that is known.
    """

    title = gettext_lazy("Somebody else was here first")

    def __init__(  # noqa: PLR0913 (both versions, who and when)
        self,
        said: str,
        *,
        had: str = "",
        stands: str = "",
        now: Mapping[str, Any] | None = None,
        by: str = "",
        at: datetime | None = None,
    ) -> None:
        super().__init__(said)
        self.had, self.stands, self.now = had, stands, now or {}
        self.by, self.at = by, at
        self.written: list[str] = []  # what was typed, where no form is left to hold it

    @property
    def members(self) -> dict[str, Any]:
        """Both versions, and who made the second and when."""
        when = self.at.isoformat() if self.at else None
        told = {"had": self.had, "stands": self.stands, "now": dict(self.now)}
        return told | {"changed_by": self.by, "changed_at": when}


class VersionMissing(KinwardError):
    """A machine did not say which version it had seen (RFC 6585, 3)."""

    status = 428
    title = gettext_lazy("Say which version you saw")


def version_of(*parts: object) -> str:
    """Return the version of a record, given all that its state consists of for whoever writes.

    Keyed, so that nobody learns from it whether they guessed a part.
    """
    told = json.dumps([str(part) for part in parts])
    return digest_for("core.versions", told)[:LENGTH]


def overtaken(seen: str | None, stands: str) -> bool:
    """Tell whether what was seen stands no more; None is who decides upon what stands, as a rule.

    Ask behind the lock of the record.
    """
    return seen is not None and not hmac.compare_digest(seen.encode(), stands.encode())


def seen_in(request: HttpRequest) -> str:
    """Return the version a form was made from; one that carries none was made from nothing."""
    return request.POST.get(FIELD, "")


def written_in(request: HttpRequest) -> list[str]:
    """Return the free text of a form, to be shown again where no form is left for it."""
    fields = (texts for name, texts in request.POST.lists() if name.split("-")[-1] in FREE_TEXT)
    return [text for texts in fields for text in texts if text.strip()]


def matched(request: HttpRequest) -> str:
    """Return the version a machine says it saw.

    "*" says only that there is something, not what was seen, and several are no one's page.

    Raises:
        VersionMissing: it names none, or not exactly one.
    """
    tags = parse_etags(request.headers.get(HEADER, ""))
    if len(tags) != 1 or not tags[0].startswith('"'):
        raise VersionMissing(_("Send the ETag you got as If-Match."))
    return tags[0].strip('"')


def tell_version(response: HttpResponse, version: str) -> None:
    """Say in an answer which version it shows."""
    response.headers["ETag"] = quote_etag(version)


def unless_overtaken(act: Callable[[], object]) -> Conflict | None:
    """Act; return the conflict, if there is one, for the page to come back with all that was typed.

    Nothing else is kept of the action: each is a transaction of its own within the request's.
    """
    try:
        act()
    except Conflict as conflict:
        return conflict
    return None
