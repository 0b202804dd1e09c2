"""What is kept of a child's health, for the medics it is open to, and what others see of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import get_language

from kinward.access.rules import Permission
from kinward.casework.models import Track
from kinward.casework.queries import steps_of
from kinward.casework.tracks import TABLES
from kinward.health.models import (
    Discharge,
    Encounter,
    Ended,
    Entry,
    EntryKind,
    FitnessStatement,
    Found,
    Handout,
    Shown,
)
from kinward.health.rules import (
    TOLD,
    Arm,
    Between,
    Due,
    Indicator,
    Measured,
    Vaccine,
    arm_says,
    catch_up,
    is_for,
    label,
    measured,
    scores,
    vaccines,
)
from kinward.people import queries as people
from kinward.people.values import born_span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from uuid import UUID

    from kinward.access.models import User
    from kinward.casework.models import Step
    from kinward.health.models import EntryEnd
    from kinward.people.models import Person, PersonQuerySet
    from kinward.people.rules import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An entry as it was read, with why it does not stand any more."""

    entry: Entry
    end: EntryEnd | None

    @property
    def kind(self) -> EntryKind:
        """What kind of thing it tells of."""
        return EntryKind(self.entry.said.get("kind", EntryKind.MIND))

    @property
    def stands(self) -> bool:
        """Tell whether it was not taken back as a mistake."""
        return self.end is None or self.end.ended != Ended.MISTAKEN

    @property
    def open(self) -> bool:
        """Tell whether it is a plan that is still to be carried out."""
        return self.kind == EntryKind.PLAN and self.end is None

    @property
    def listed(self) -> str:
        """What it tells of, in the words of a coded list; "" where it is of none."""
        said = self.entry.said
        for name in ("vaccine", "screening"):
            if name in said:
                return label(name, said[name], get_language() or "en")
        return ""

    @property
    def found(self) -> str:
        """What came of looking, in words."""
        word = self.entry.said.get("found", "")
        return str(Found(word).label) if word in Found.values else ""

    @property
    def shown(self) -> str:
        """How a vaccination is known, in words."""
        word = self.entry.said.get("shown", "")
        return str(Shown(word).label) if word in Shown.values else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """That a medic saw a child, with everything written down then."""

    encounter: Encounter
    entries: tuple[Kept, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFile:
    """All that is kept of one child's health; the newest first."""

    seen: tuple[Seen, ...]
    statements: tuple[FitnessStatement, ...]
    discharges: tuple[Discharge, ...]
    handouts: tuple[Handout, ...]

    def standing(self, kind: EntryKind) -> list[tuple[Encounter, Kept]]:
        """Return the entries of a kind that stand, with the encounter of each, oldest first."""
        return [
            (each.encounter, kept)
            for each in reversed(self.seen)
            for kept in each.entries
            if kept.kind == kind and kept.stands
        ]

    @property
    def plans(self) -> list[Kept]:
        """What is still to be done, the first due first."""
        found = [kept for _encounter, kept in self.standing(EntryKind.PLAN) if kept.open]
        return sorted(found, key=lambda kept: kept.entry.said["due_on"])


def file_of(child: Person, *, user: User) -> HealthFile:
    """Everything about a child's health that this account may see."""
    seen = Encounter.objects.visible_to(user).filter(child=child).select_related("recorded_by")
    rows = seen.prefetch_related("entries__end__recorded_by", "entries__recorded_by")
    statements = FitnessStatement.objects.visible_to(user).filter(child=child)
    discharges = Discharge.objects.visible_to(user).filter(child=child)
    handouts = Handout.objects.visible_to(user).filter(child=child)
    return HealthFile(
        seen=tuple(
            Seen(
                encounter=row,
                entries=tuple(
                    Kept(entry=entry, end=getattr(entry, "end", None))
                    for entry in row.entries.all()
                ),
            )
            for row in rows.order_by("-seen_on", "-recorded_at", "-id")
        ),
        statements=tuple(statements.select_related("recorded_by").order_by("-recorded_at", "-id")),
        discharges=tuple(discharges.select_related("recorded_by").order_by("-recorded_at", "-id")),
        handouts=tuple(handouts.select_related("recorded_by").order_by("-recorded_at", "-id")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A step of the journey as everybody sees it who may see the journey."""

    step: Step
    words: str


def told_of(child: Person, *, user: User) -> list[Told]:
    """What others see of a child's health: steps of its journey that stand, the newest first."""
    steps = steps_of(child, Track.MOVEMENT, user=user)
    standing = [each for each in steps if each.to in TOLD and not hasattr(each, "withdrawn_by")]
    table = TABLES[Track.MOVEMENT]
    return [Told(step=each, words=table.label(each.to)) for each in reversed(standing)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A child on a medic's list."""

    child: Person
    facts: Mapping[str, Fact]
    statement: FitnessStatement | None
    seen_on: date | None


def patients(*, user: User) -> PersonQuerySet:
    """The children whose health is open to this account."""
    return people.children(user=user, to=Permission.TREAT)


def rows_of(children: Collection[Person], *, user: User) -> list[Row]:
    """Each of these children with what was stated last, and when a medic saw it last."""
    facts = people.profiles(children, user=user)
    stated = FitnessStatement.objects.visible_to(user).filter(child__in=children)
    last = {each.child_id: each for each in stated.order_by("recorded_at", "id")}
    met = Encounter.objects.visible_to(user).filter(child__in=children)
    seen: dict[UUID, date] = dict(
        met.order_by().values_list("child_id").annotate(on=Max("seen_on"))
    )
    return [
        Row(
            child=child,
            facts=facts[child.pk],
            statement=last.get(child.pk),
            seen_on=seen.get(child.pk),
        )
        for child in children
    ]


def born_between(facts: Mapping[str, Fact]) -> tuple[date, date] | None:
    """Return the days on which a child can be born: of all that was told, the first and the last.

    Nothing wins over anything: where two things were told, a score covers both.
    """
    told = facts["born"].known if "born" in facts else ()
    spans = [span for saying in told if (span := born_span(saying.value))]
    if not spans:
        return None
    return min(first for first, _last in spans), max(last for _first, last in spans)


def sexes_of(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Return the sex that was told, or both; none where nobody told one."""
    told = facts["sex"].known if "sex" in facts else ()
    return tuple(dict.fromkeys(str(saying.value["code"]) for saying in told))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A measurement, and how it compares."""

    encounter: Encounter
    kept: Kept
    measured: Measured
    scores: Mapping[Indicator, Between]
    arm: Arm | None


def growth_of(of: HealthFile, facts: Mapping[str, Fact]) -> list[Grown]:
    """What was measured of a child, oldest first, with scores where its birth is known at all."""
    born, sexes = born_between(facts), sexes_of(facts)
    found = []
    for encounter, kept in of.standing(EntryKind.MEASURE):
        one = measured(kept.entry.said, encounter.seen_on)
        known = {each: scores(each, one, born, sexes) for each in Indicator} if born else {}
        found.append(
            Grown(
                encounter=encounter,
                kept=kept,
                measured=one,
                scores={name: between for name, between in known.items() if between},
                arm=arm_says(one, born) if born else None,
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """How a child stands with one vaccine."""

    vaccine: Vaccine
    words: str
    due: tuple[Due, ...]  # two where it depends on the age; none where no birth is known
    given: tuple[Kept, ...]


def protection_of(of: HealthFile, facts: Mapping[str, Fact], today: date) -> list[Protected]:
    """Which vaccinations a child had, and which it is still due."""
    born, sexes, language = born_between(facts), sexes_of(facts), get_language() or "en"
    given = [kept for _encounter, kept in of.standing(EntryKind.VACCINE)]
    found = []
    for code, vaccine in vaccines().items():
        doses = [kept for kept in given if kept.entry.said["vaccine"] == code]
        if not doses and not is_for(vaccine, sexes):
            continue
        due = catch_up(vaccine, days_shown(doses), born, today) if born else ()
        words = label("vaccine", code, language)
        found.append(Protected(vaccine=vaccine, words=words, due=due, given=tuple(doses)))
    return found


def days_shown(doses: Iterable[Kept]) -> list[date]:
    """Return the days of doses that a card or a record shows."""
    said = [kept.entry.said for kept in doses]
    return [date.fromisoformat(each["on"]) for each in said if each["shown"] == Shown.CARD]
