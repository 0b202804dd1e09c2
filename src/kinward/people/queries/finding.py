"""Looking for somebody by what is told of them, and who is alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.access.queries import compares_blind
from kinward.access.rows import Passage, passage
from kinward.people.memory import alike, reasons, search
from kinward.people.mergings import misfit, records_of_one_child
from kinward.people.models import Found as Says
from kinward.people.models import Kind, Person
from kinward.people.naming import in_words
from kinward.people.queries.mergings import all_judged, judged, mergings
from kinward.people.queries.persons import children, people

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from kinward.access.models import User
    from kinward.people.memory import Asked, Found

MOST_FOUND: Final = 30
FEW: Final = 5  # of those who are like one row of a list
ENOUGH = 4.0  # bits the facts say before somebody is shown
TELLING = 9.0  # bits before it is said that another office may know
OF_PLACES: Final = frozenset({"place", "parting"})  # comparisons whose sentences name a place


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Somebody found who may be shown, with what speaks for and against them."""

    person: Person
    bits: float
    reasons: list[tuple[float, str]]  # bits and sentence, the strongest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Who was found: whom one may see, and of whom other offices may know something."""

    shown: list[Hit]
    elsewhere: dict[str, list[UUID]]  # region to persons there; nothing of them is shown
    asking: int  # how many people like this are looked for, by whomever


def found_by(asked: Asked, *, user: User, language: str) -> Findings:
    """Who may be who is asked for: in full whom this account may know of, of others the office.

    Who asks is nobody's to find but of those who may read it; of an enquirer not even an office is
    told.
    """
    found = once([one for one in search(asked, top=MOST_FOUND) if one.bits >= ENOUGH], user=user)
    strong = {one.person_id for one in found if one.bits >= TELLING}
    known = people(user=user).filter(pk__in=[one.person_id for one in found])
    if compares_blind(user):
        known = known.exclude(kind=Kind.ENQUIRER)
    seen = {one.pk: one for one in known}
    why = reasons(asked, [one for one in found if one.person_id in seen])
    shown = [
        Hit(
            person=seen[one.person_id],
            bits=one.bits,
            reasons=[(told.bits, in_words(told, language)) for told in why[one.person_id]],
        )
        for one in found
        if one.person_id in why
    ]
    elsewhere: dict[str, list[UUID]] = defaultdict(list)
    with passage(Passage.ELSEWHERE):
        told = list(Person.objects.filter(pk__in=strong).exclude(kind=Kind.ENQUIRER))
    for person in told:
        if person.pk not in seen:
            elsewhere[person.region].append(person.pk)
    asking = sum(person.kind == Kind.SOUGHT for person in told)
    return Findings(shown=shown, elsewhere=dict(elsewhere), asking=asking)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Who is on record already and like a row of a list: a few who may be shown, and how many."""

    shown: list[Person]
    elsewhere: int  # children that other offices may know


def alike_each(asked: Iterable[Asked], *, user: User) -> list[Alike]:
    """Which children are like each of those asked for; costs the same, however many they are."""
    found = [
        once([one for one in search(each, top=FEW) if one.bits >= TELLING], user=user)
        for each in asked
    ]
    wanted = {one.person_id for each in found for one in each}
    seen = {one.pk: one for one in children(user=user).filter(pk__in=wanted)}
    with passage(Passage.ELSEWHERE):
        known = set(Person.objects.children().filter(pk__in=wanted).values_list("pk", flat=True))
    return [
        Alike(
            shown=[seen[one.person_id] for one in each if one.person_id in seen],
            elsewhere=len({one.person_id for one in each} & known - seen.keys()),
        )
        for each in found
    ]


def possible_duplicates(
    some: Collection[Person], *, user: User, language: str
) -> dict[UUID, list[Hit]]:
    """Which other children, of whom this account may know, are like each of some; advice only.

    Not those of whom it was judged already, and not who was registered together with them. The
    likest come first.
    """
    said, blind = all_judged(), compares_blind(user)
    found = alike([child.pk for child in some], top=MOST_FOUND, least=TELLING)
    wanted = {key for each in found.values() for key in each}
    known = {one.pk: one for one in children(user=user).filter(pk__in=wanted)}
    return {
        child.pk: [
            Hit(
                person=known[key],
                bits=bits,
                reasons=[
                    (why.bits, in_words(why, language))
                    for why in reasons
                    if not (blind and why.comparison in OF_PLACES)
                ],
            )
            for key, (bits, reasons) in found.get(child.pk, {}).items()
            if key in known
            and not (child.group_id and child.group_id == known[key].group_id)
            and misfit(Says.ONE_CHILD, child.pk, key, said) is None
        ]
        for child in some
    }


def once(found: Iterable[Found], *, user: User) -> list[Found]:
    """Leave out who is found before in another record of one child; the likest come first."""
    of = {
        each: records
        for records in records_of_one_child(judged(mergings(user=user)))
        for each in records
    }
    kept: dict[UUID | tuple[UUID, ...], Found] = {}
    for one in found:
        kept.setdefault(of.get(one.person_id, one.person_id), one)
    return list(kept.values())
