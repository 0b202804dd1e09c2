"""What is kept of a child's home, for whom it is open to, and who waits for what in a region."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from kinward.access.models import Compartment, Way
from kinward.access.policy import decide, standing_grants
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.casework.models import Track, Unmet
from kinward.casework.queries import case_of, cases_of, siblings_of, verified_kin
from kinward.casework.rules import due_on, may_close
from kinward.people.models import Person
from kinward.people.queries import children_once, family_of
from kinward.placement.models import (
    Asked,
    CarePlan,
    Carer,
    Contact,
    ContactPlan,
    Placed,
    ToTell,
    Visit,
)
from kinward.placement.rules import (
    Checked,
    Relative,
    Stand,
    Wait,
    next_entry,
    proposed,
    waits_for,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.casework.models import VerifiedKin
    from kinward.casework.rules import Case, Due
    from kinward.people.rules import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """A sibling for whom an account finds a home too, and where that stands if it is open."""

    child: Person
    position: str = ""  # of the track of placement


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Everything about a child's home, in its order, and what is recorded next."""

    child: Person
    case: Case
    region: str  # that was asked to find a home; empty: none
    proposals: list[Relative]
    verified: dict[str, VerifiedKin]  # by its key
    plans: list[CarePlan]
    carers: list[Carer]
    placed: list[Placed]  # the last first
    contact_plans: list[ContactPlan]  # the last first
    contacts: list[Contact]  # likewise
    to_tell: list[ToTell]  # what was not told first
    asked: list[Asked]  # the last first
    due: tuple[Due, ...]
    today: date
    siblings: list[Sibling]

    @property
    def lives(self) -> Placed | None:
        """Where the child lives, as far as it was recorded."""
        last = self.placed[0] if self.placed else None
        return None if last is None or hasattr(last, "breakdown") else last

    @property
    def position(self) -> str:
        """Where the track stands."""
        return self.case.on(Track.PLACEMENT).position

    @property
    def next(self) -> str:
        """What is recorded next: an entry of the page."""
        checked = Unmet.NO_CHECK not in may_close(self.case)
        stand = Stand(position=self.position, lives=self.lives is not None)
        return next_entry(stand, checked=checked)

    @property
    def untold(self) -> list[ToTell]:
        """What the child has still to be told of."""
        return [each for each in self.to_tell if not hasattr(each, "told")]


def home_of(
    child: Person, facts: Mapping[str, Fact], *, user: User, at: datetime, today: date
) -> Home:
    """Return everything about a child's home that this account may see."""
    case, kin = case_of(child), verified_kin(child, user=user)
    due = due_on(case, timezone.localdate(child.registered_at), today)
    carers = Carer.objects.visible_to(user).filter(child=child).select_related("recorded_by")
    placed = Placed.objects.visible_to(user).filter(child=child)
    to_tell = ToTell.objects.visible_to(user).filter(child=child)
    plans = ContactPlan.objects.visible_to(user).filter(child=child)
    contacts = Contact.objects.visible_to(user).filter(child=child)
    return Home(
        child=child,
        case=case,
        region=region_of(child, at=at),
        proposals=proposals(child, facts, kin, user=user),
        verified={str(each.pk): each for each in kin},
        plans=list(CarePlan.objects.visible_to(user).filter(child=child)),
        carers=list(carers.prefetch_related("households", "meetings", "acts")),
        placed=list(
            placed.select_related("carer", "recorded_by", "breakdown")
            .prefetch_related("visits__recorded_by")
            .order_by("-recorded_at", "-id")
        ),
        contact_plans=list(plans.select_related("recorded_by").order_by("-recorded_at", "-id")),
        contacts=list(contacts.select_related("recorded_by").order_by("-on", "-id")),
        to_tell=sorted(
            to_tell.select_related("told", "recorded_by"), key=lambda one: hasattr(one, "told")
        ),
        asked=list(
            Asked.objects.visible_to(user)
            .filter(child=child)
            .select_related("recorded_by")
            .order_by("-recorded_at", "-id")
        ),
        due=tuple(each for each in due if each.track == Track.PLACEMENT),
        today=today,
        siblings=siblings_known(child, user=user, at=at),
    )


def siblings_known(child: Person, *, user: User, at: datetime) -> list[Sibling]:
    """Return the siblings for whom this account finds a home too.

    Of others it learns by gate G5 alone that there is one.
    """
    with passage(Passage.GATES):
        keys = [one.pk for one in siblings_of(child)]
        cases = cases_of(keys)
    known = Person.objects.visible_to(user, to=Permission.PLACE_CHILD, at=at).filter(pk__in=keys)
    return [
        Sibling(
            child=one,
            position=cases[one.pk].on(Track.PLACEMENT).position
            if Compartment.LOCATION in decide(user, Permission.PLACE_CHILD, one, at=at).compartments
            else "",
        )
        for one in known.order_by("reference")
    ]


def region_of(child: Person, *, at: datetime) -> str:
    """Return which region was asked to find a home for a child; empty where none was."""
    asked = standing_grants(at).filter(subject=child.pk, way=Way.EXPECTED)
    return asked.values_list("region", flat=True).first() or ""


def proposals(
    child: Person, facts: Mapping[str, Fact], kin: Iterable[VerifiedKin], *, user: User
) -> list[Relative]:
    """Return the relatives who may be asked to care for a child, as far as this account reads."""
    sure = [
        Relative(
            relation=each.relation,
            names=(str(each.names),) if each.names else (),
            verified=each.pk,
        )
        for each in kin
    ]
    told = [
        Relative(
            relation=member.relation.id,
            names=member.names,
            agrees=next(iter(member.told("agrees")), ""),
            life=next(iter(member.told("life")), ""),
            held=bool(member.told("held")),
        )
        for member in family_of(child, facts, user=user).members
        if member.relation
    ]
    return proposed(sure, told)


def checked(carer: Carer) -> Checked:
    """Return what was found of a carer, as far as it decides whether a child may live there."""
    household, act = carer.households.last(), carer.acts.last()
    return Checked(
        suits=household.suits if household else "",
        met=carer.meetings.exists(),
        act=act.act if act else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A child whose home is looked for or looked after, and what presses most."""

    child: Person
    wait: Wait
    position: str
    visit_by: date | None
    today: date

    @property
    def late(self) -> int:
        """For how many days a visit is late; nothing or less where it is not."""
        return (self.today - self.visit_by).days if self.visit_by else 0


def waiting(*, user: User, today: date) -> list[Waiting]:
    """The children this account finds a home for, what presses most first.

    Whoever finds none, and only counts, is told of every child it may know of.
    """
    seen = children_once(user=user).filter(erasure__isnull=True)
    placing = Person.objects.visible_to(user, to=Permission.PLACE_CHILD).children()
    if user.has_perm(Permission.PLACE_CHILD):
        seen = seen.filter(pk__in=placing.order_by().values("pk"))
    children = list(seen)
    stands = stands_of([child.pk for child in children], children, today=today)
    found = [
        Waiting(
            child=child,
            wait=waits_for(stands[child.pk], today),
            position=stands[child.pk].position,
            visit_by=stands[child.pk].visit_by,
            today=today,
        )
        for child in children
    ]
    last = today + timedelta(days=36_500)
    return sorted(found, key=lambda one: (one.wait, one.visit_by or last, one.child.registered_at))


@passage(Passage.COUNTING)
def stands_of(
    keys: Collection[UUID], children: Collection[Person], *, today: date
) -> dict[UUID, Stand]:
    """Where the homes of some children stand; of what was seen there, only whether the child was.

    Past the walls, as it is counted for who opens no file.
    """
    cases = cases_of(keys)
    lives: dict[UUID, Placed] = {}
    for placed in Placed.objects.filter(child__in=keys).select_related("breakdown"):
        lives[placed.child_id] = placed
    seen: defaultdict[UUID, list[bool]] = defaultdict(list)
    for visit in Visit.objects.filter(child__in=keys).order_by("visited_on", "recorded_at"):
        seen[visit.placed_id].append(visit.seen)
    found = {}
    for child in children:
        home = lives.get(child.pk)
        here = home is not None and not hasattr(home, "breakdown")
        visits = seen[home.pk] if home and here else []
        due = due_on(cases[child.pk], timezone.localdate(child.registered_at), today)
        days = [each.on for each in due if each.to == "follow_up"]
        found[child.pk] = Stand(
            position=cases[child.pk].on(Track.PLACEMENT).position,
            lives=here,
            seen_last=visits[-1] if visits else None,
            visit_by=min(days, default=None),
        )
    return found


def counts_of(rows: Collection[Waiting]) -> dict[Wait, int]:
    """How many children wait for what."""
    found = Counter(each.wait for each in rows)
    return {wait: found[wait] for wait in Wait}
