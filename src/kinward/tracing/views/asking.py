"""What to ask next about a child, and how much the answer is expected to tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import sees
from kinward.tracing import queries
from kinward.tracing.matching import next_questions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpResponse
    from django.utils.functional import _StrPromise

    from kinward.access.models import UserRequest
    from kinward.tracing.models import Request

WHOM: Final[Mapping[str, str | _StrPromise]] = {
    "child": gettext_lazy("the child, or who looks after it"),
    "enquirer": gettext_lazy("whoever is asking"),
    "both": gettext_lazy(
        "both sides apart: the child, or who looks after it, and whoever is asking"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question in words, whom it is put to, and what it is expected to tell."""

    words: str
    whom: str | _StrPromise
    request: Request | None  # whose enquirer is asked
    gain: float  # bits
    doubt: float  # bits, before it is asked

    @property
    def share(self) -> float:
        """The part of the doubt that the answer is expected to take away."""
        return self.gain / self.doubt


@require_safe
@sees(Permission.SEE_CANDIDATES)
def questions(request: UserRequest, candidate_id: UUID) -> HttpResponse:
    """Show what to ask next, that most would change who this child is taken for."""
    found = get_object_or_404(queries.candidates(user=request.user), pk=candidate_id)
    told = next_questions(found.child_id)
    of_child = queries.candidates_of_child(found.child, user=request.user)
    named = {each.sought_id: each.sought.request for each in of_child}
    asked = [
        Asked(
            words=each.say(get_language() or "en"),
            whom=WHOM[each.whom],
            request=named.get(each.sought) if each.sought else None,
            gain=each.gain,
            doubt=each.doubt,
        )
        for each in told
    ]
    shown = {each.request.pk: each.request for each in asked if each.request}
    now = timezone.now()
    record_reads("tracing.read", [found], by=request.user, at=now)
    record_reads("tracing.listed", list(shown.values()), by=request.user, at=now)
    part = "#asked" if request.htmx else ""
    context = {"candidate": found, "asked": asked, "doubt": told[0].doubt if told else 0}
    return render(request, f"tracing/ask_next.html{part}", context)
