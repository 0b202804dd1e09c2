"""Lists as tables in words, to be printed or handed out: what their reader sees on the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kinward.access.queries import assignments_of
from kinward.access.rules import Permission
from kinward.core import wording
from kinward.core.sheets import Table
from kinward.people import queries as people
from kinward.people.forms.narrowing import NarrowChildren
from kinward.people.models import List
from kinward.people.templatetags.people import age_today, names
from kinward.places.queries import names_of
from kinward.tracing import queries
from kinward.tracing.forms.narrowing import NarrowCandidates, NarrowRequests
from kinward.tracing.queries import UNSEEN
from kinward.tracing.rules import band
from kinward.tracing.views.requests import everyone_in, those_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from django.db.models import Model, QuerySet

    from kinward.access.models import User
    from kinward.core.narrowing import Narrowing
    from kinward.people.models import Person
    from kinward.tracing.models import Candidate, Request, Sought


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Rows of a list in words, with whom and what they show."""

    table: Table
    people: list[Person]
    records: list[Model] = field(default_factory=list)


class Listing(NamedTuple):
    """One list: how it is narrowed, who sees it, which rows it has, and how they read."""

    narrowing: type[Narrowing]
    needs: Permission
    chosen: Callable[[User, Mapping[str, Any], datetime], QuerySet[Any]]
    shown: Callable[[Iterable[Any], User], Shown]
    address: str


def name_of(facts: Mapping[str, Any]) -> str:
    """Return the first name of a profile as written; nothing where none is known or shown."""
    return next(iter(names(facts)), "")


def with_relation(name: str, sought: Sought, *, reads: bool) -> str:
    """Return who is looked for and what they are to who asks, where that may be read."""
    relation = f"({wording.isolate(sought.get_relation_display())})" if reads else ""
    return f"{name} {relation}".strip()


def children_shown(rows: Iterable[Person], user: User) -> Shown:
    """Return children in words."""
    children, now = list(rows), timezone.now()
    profiles = people.profiles(children, user=user)
    given = assignments_of([each.pk for each in children], user=user, at=now)
    lines = []
    for child in children:
        facts = profiles[child.pk]
        born = facts["born"].known if facts.get("born") else ()
        holders = [grant.account for grant in given.get(child.pk, ()) if grant.account]
        lines.append(
            [
                child.reference,
                name_of(facts),
                age_today(born[0].value) if born else "",
                ", ".join(each.get_full_name() for each in holders),
                wording.day(child.registered_at),
            ]
        )
    head = [_("Reference"), _("Child"), _("Age"), _("Assigned to"), _("Registered")]
    return Shown(table=Table(title=_("Children"), head=head, rows=lines), people=children)


def requests_shown(rows: Iterable[Request], user: User) -> Shown:
    """Return requests in words: whose relation to whom, only to who may read names."""
    requests = list(rows)
    named, reads = everyone_in(requests), queries.may_read_names(user)
    profiles = people.profiles(named, user=user, but=UNSEEN)
    regions = names_of((each.region for each in requests), get_language() or "en")
    lines = []
    for request in requests:
        sought = [
            with_relation(name_of(profiles[each.person_id]), each, reads=reads)
            for each in request.sought.all()
        ]
        lines.append(
            [
                request.reference,
                name_of(profiles[request.enquirer_id]),
                "\n".join(sought),
                str(regions.get(request.region, request.region)),
                wording.day(request.taken_at),
            ]
        )
    head = [
        _("Reference"),
        _("Who is asking"),
        _("Who is looked for"),
        _("Region"),
        _("Taken"),
    ]
    return Shown(
        table=Table(title=_("Tracing requests"), head=head, rows=lines),
        people=those_shown(named, user) if reads else [],
        records=list(requests),
    )


def matches_shown(rows: Iterable[Candidate], user: User) -> Shown:
    """Return candidates in words."""
    candidates = list(rows)
    both = [side for each in candidates for side in (each.child, each.sought.person)]
    named = list({person.pk: person for person in both}.values())
    profiles = people.profiles(named, user=user, but=UNSEEN)
    bands = dict(NarrowCandidates.base_fields["band"].choices)  # type: ignore[attr-defined]  # a ChoiceField
    lines = [
        [
            each.child.reference,
            name_of(profiles[each.child_id]),
            each.sought.request.reference,
            with_relation(name_of(profiles[each.sought.person_id]), each.sought, reads=True),
            "\n".join(
                [str(bands.get(band(each.probability), "")), wording.percent(each.probability)]
            ).strip(),
            each.get_verdict_display(),
            wording.day(each.first_found_at),
        ]
        for each in candidates
    ]
    head = [
        _("Child"),
        _("Name"),
        _("Request"),
        _("Looked for"),
        _("How likely"),
        _("Verdict"),
        _("Found"),
    ]
    return Shown(
        table=Table(title=_("Matches"), head=head, rows=lines),
        people=named,
        records=list(candidates),
    )


def chosen_requests(user: User, chosen: Mapping[str, Any], _at: datetime) -> QuerySet[Request]:
    """Return the requests of a list, in the order that was chosen."""
    seen = queries.requests(user=user)
    return seen.order_by("taken_at", "id") if chosen["sort"] == "oldest" else seen


LISTS: Final[Mapping[List, Listing]] = {
    List.CHILDREN: Listing(
        NarrowChildren,
        Permission.SEE_CHILDREN,
        lambda user, chosen, at: people.narrowed(
            people.children_once(user=user), chosen, user=user, at=at
        ),
        children_shown,
        "people:children",
    ),
    List.REQUESTS: Listing(
        NarrowRequests,
        Permission.SEE_REQUESTS,
        chosen_requests,
        requests_shown,
        "tracing:requests",
    ),
    List.MATCHES: Listing(
        NarrowCandidates,
        Permission.SEE_CANDIDATES,
        lambda user, chosen, at: queries.narrowed(
            queries.candidates_listed(chosen["show"], user=user), chosen, at=at
        ),
        matches_shown,
        "tracing:matches",
    ),
}
