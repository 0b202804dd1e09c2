"""A child whom several requests claim: the families side by side, and the decision between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kinward.access.queries import open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core import wording
from kinward.core.doors import sees
from kinward.people import queries as people
from kinward.people.views import open_child
from kinward.tracing import actions, queries
from kinward.tracing.forms import AgreeForm, ResolveForm, UndoForm
from kinward.tracing.queries import UNSEEN
from kinward.tracing.rules import Consequence, consequences, is_locked
from kinward.tracing.views import comparing
from kinward.tracing.views.deciding import Deciding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.http import HttpResponse
    from django.utils.functional import _StrPromise

    from kinward.access.models import User, UserRequest
    from kinward.core.forms import Form
    from kinward.people.models import Person
    from kinward.people.rules import Fact
    from kinward.tracing.models import Candidate, Resolution
    from kinward.tracing.views.comparing import Line, ShownCandidate

FOLLOWS: Final[Mapping[Consequence, str | _StrPromise]] = {
    Consequence.LOCKED_AGAIN: gettext_lazy(
        "The child is locked again: nobody is confirmed or verified until it is decided anew."
    ),
    Consequence.NOT_LOCKED: gettext_lazy(
        "The child is not locked: fewer than two requests claim it by now."
    ),
    Consequence.NAMED_STANDS_STILL: gettext_lazy(
        "The verification of the family that was named stands still, and what it came to counts "
        "no more."
    ),
    Consequence.OTHERS_OPEN: gettext_lazy(
        "Those who were not named may be confirmed again, once it is decided anew."
    ),
    Consequence.SEARCHES_GO_ON: gettext_lazy(
        "No search ends or changes, neither this family’s nor anybody else’s."
    ),
}


# The comparisons that a line of the table shows; the rest of the sum stands in one line of its own.
COMPARED: Final = frozenset(each for _label, _facts, some in comparing.LINES for each in some)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One fact of one claimant beside the child's, and what it weighs."""

    whose: str  # the reference of the request, for narrow screens
    line: Line

    @property
    def bits(self) -> float:
        """What the fact weighs, in bits."""
        return sum(reason.bits for reason in self.line.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One fact: what is said of the child, and what each claimant says."""

    label: str | _StrPromise
    child: tuple[Fact, ...]
    cells: tuple[Cell, ...]


def rows(
    shown: Sequence[ShownCandidate],
    child: Mapping[str, Fact],
    profiles: Mapping[UUID, Mapping[str, Fact]],
) -> list[Row]:
    """Align what several claimants say with what is said of the child, fact by fact."""
    by_claimant = [
        comparing.lines(one.reasons, child, profiles[one.candidate.sought.person_id])
        for one in shown
    ]
    references = [one.candidate.sought.request.reference for one in shown]
    return [
        Row(
            label=lines[0].label,
            child=lines[0].child,
            cells=tuple(
                Cell(whose=whose, line=line) for whose, line in zip(references, lines, strict=True)
            ),
        )
        for lines in zip(*by_claimant, strict=True)
    ]


def totals(shown: ShownCandidate) -> tuple[ShownCandidate, float, float]:
    """Return what the facts of a claimant add up to, after what stands around them."""
    total = sum(each.bits for each in comparing.sums(shown.candidate))
    facts = sum(each.bits for each in shown.reasons if each.comparison in COMPARED)
    return shown, total - facts, total


def open_claims(request: UserRequest, child_id: UUID) -> dict[str, Any]:
    """Return all that the page of a child's claimants shows; writes down that it was read."""
    context = open_child(request, child_id, to=Permission.RESOLVE_CLAIMS)
    child, user, now = context["child"], request.user, timezone.now()
    candidates = list(queries.claims_of(child, user=user))
    people_named = [child, *(each.sought.person for each in candidates)]
    opened = open_compartments(user)
    asked_in = {each.sought.request_id: each.sought.request for each in candidates}
    record_reads("tracing.read", [*candidates, *asked_in.values()], by=user, at=now)
    record_reads("people.read", people_named[1:], by=user, at=now, compartments=opened)
    others = {one.pk: one for each in candidates for one in queries.others_named_in(each)}
    known = {person.pk for person in people_named}
    beside = [one for key, one in others.items() if key not in known]
    record_reads("people.listed", beside, by=user, at=now, compartments=opened)
    record_reads("people.read", context["beside"], by=user, at=now, compartments=opened)
    profiles = people.profiles(people_named, user=user, but=UNSEEN)
    of_child = people.facts_of_child(child, user=user, but=UNSEEN)
    shown = comparing.shown(candidates)
    claims, stands = queries.claims_and_decision(child.pk)
    return (
        context
        | {
            "tab": "claims",
            "claimants": shown,
            "profiles": profiles,
            "rows": rows(shown, of_child, profiles) if shown else [],
            "totals": [totals(one) for one in shown],
            "families": [(one, comparing.families(one.candidate)) for one in shown],
            "locked": is_locked(claims, stands),
            "stands": stands,
            "follows": [FOLLOWS[each] for each in consequences(claims, stands)] if stands else [],
            "version": queries.version_of_claims(child),
        }
        | decided(child, user)
    )


def decided(child: Person, user: User) -> dict[str, Any]:
    """Return what was decided between the claimants, and what waits for a second person."""
    waits = queries.waiting_resolution(child, at=timezone.now())
    mine = waits is not None and waits.approval.requester_id == user.pk
    made = list(queries.resolutions_of(child, user=user))
    return {
        "decisions": [(each, named_in(each), list(each.approval.steps.all())) for each in made],
        "waits": waits,
        "may_agree": waits is not None and not mine,
    }


def named_in(resolution: Resolution) -> list[str]:
    """Return the references of the requests whose family a decision names."""
    return list(resolution.approval.payload["named"])


def forms_of(context: Mapping[str, Any]) -> dict[str, Form]:
    """Return the forms of the page, as far as each can be filled in now."""
    free = context["waits"] is None
    found: dict[str, Form] = {}
    if context["may_agree"]:
        found["agree"] = AgreeForm(prefix="agree")
    if free and context["locked"]:
        found["resolve"] = ResolveForm(prefix="resolve", claimants=choices(context["claimants"]))
    if free and context["stands"]:
        found["back"] = UndoForm(prefix="back")
    return found


CLAIMS: Final = Deciding(
    address="tracing:claims",
    template="tracing/claims.html",
    keys=lambda context: {"child_id": context["child"].pk},
    opened=open_claims,
    forms=forms_of,
)


def choices(claimants: Sequence[ShownCandidate]) -> list[tuple[str, str]]:
    """Return the claimants to choose from, each by its request and relation."""
    return [(str(one.candidate.sought_id), called(one.candidate)) for one in claimants]


def called(candidate: Candidate) -> str:
    """Return what a claimant is called where they are chosen: their request, and the relation."""
    sought = candidate.sought
    words = _("request %(reference)s: looks for a %(relation)s")
    told = {
        "reference": wording.isolate(sought.request.reference),
        "relation": sought.get_relation_display(),
    }
    return words % told


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.RESOLVE_CLAIMS)
def claims(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Compare the families that claim a child side by side, and decide between them."""
    context = open_claims(request, child_id)
    if request.method != "POST":
        return CLAIMS.show(request, context)
    claimants = choices(context["claimants"])
    form = ResolveForm(request.POST, prefix="resolve", claimants=claimants)
    child = context["child"]
    act = lambda **who: actions.ask_to_resolve(child=child, **form.decision(), **who)  # noqa: E731 (read after the form is valid)
    words = _("Your decision is recorded. It counts once a second person agrees.")
    return CLAIMS.sent(request, context, {"resolve": form}, act, words)


@require_POST
@sees(Permission.RESOLVE_CLAIMS)
def answer(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Agree to a decision as the second person, or refuse it."""
    context = open_claims(request, child_id)
    form = AgreeForm(request.POST, prefix="agree")
    child = context["child"]
    act = lambda **who: actions.answer_resolution(child=child, **form.answer(), **who)  # noqa: E731 (likewise)
    return CLAIMS.sent(request, context, {"agree": form}, act, _("Your answer is recorded."))


@require_POST
@sees(Permission.RESOLVE_CLAIMS)
def take_back(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Ask that the decision that stands be taken back; a second person agrees."""
    context = open_claims(request, child_id)
    form = UndoForm(request.POST, prefix="back")
    child = context["child"]
    act = lambda **who: actions.ask_to_take_back(child=child, **form.cleaned_data, **who)  # noqa: E731 (likewise)
    words = _("It is recorded. The decision stands until a second person agrees.")
    return CLAIMS.sent(request, context, {"back": form}, act, words)
