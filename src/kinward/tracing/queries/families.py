"""The families that a tracing request tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kinward.people import queries as people
from kinward.people.family import KnownKin, folded
from kinward.tracing.models import Relation
from kinward.tracing.queries.requests import may_know_enquirers
from kinward.tracing.rules import Parents, asking_as, born_together

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from kinward.access.models import User
    from kinward.people.family import Family, Member
    from kinward.people.models import Person
    from kinward.people.rules import Fact
    from kinward.tracing.models import Request, Sought

    Facts = Mapping[str, Fact]


class Told(NamedTuple):
    """The family of one sought person, with the others of the request who are told to be of it."""

    person: Person
    family: Family

    @property
    def members(self) -> tuple[Member, ...]:
        """Everyone in it but the sought person."""
        return self.family.members[1:]


def families_told(request: Request, profiles: Mapping[UUID, Facts], *, user: User) -> list[Told]:
    """Return the families that what this reader may read of a request tells of, each once.

    Whoever is told to be a sibling of a sought person stands in their picture and has none of
    their own. Who asks stands in each, for whoever may know who asks.
    """
    found: list[Told] = []
    placed: set[UUID] = set()
    sought = list(request.sought.all())
    for one in sought:
        if one.pk in placed:
            continue
        beside = [
            kin
            for other in sought
            if other.pk not in placed | {one.pk} and (kin := sibling(one, other, profiles))
        ]
        met = {kin.record.pk for kin in beside}
        placed |= {one.pk, *(other.pk for other in sought if other.person_id in met)}
        if may_know_enquirers(user):
            beside += asking(request, one, profiles[request.enquirer_id])
        facts = profiles[one.person_id]
        family = people.family_of(one.person, facts, beside=beside, user=user)
        found.append(Told(one.person, family))
    return found


def sibling(one: Sought, other: Sought, profiles: Mapping[UUID, Facts]) -> KnownKin | None:
    """Return the other as a sibling of the one; None if they are not told to be."""
    theirs = profiles[other.person_id]
    relation = born_together(parents_in(profiles[one.person_id]), parents_in(theirs))
    if relation is None:
        return None
    second = {"half_of_father": "mother", "half_of_mother": "father"}.get(relation, "")
    return told_as(
        relation, other.person, theirs, parent=next(iter(people.names_of(theirs, second)), "")
    )


def asking(request: Request, one: Sought, facts: Facts) -> list[KnownKin]:
    """Return who asks as a relative of a sought person; nobody if they are none."""
    sexes = {each.value["code"] for each in facts["sex"].known} if "sex" in facts else set()
    sex = sexes.pop() if len(sexes) == 1 else ""
    relation = asking_as(Relation(one.relation), sex)
    return [told_as(relation, request.enquirer, facts, asks=True)] if relation else []


def told_as(
    relation: str, person: Person, facts: Facts, *, parent: str = "", asks: bool = False
) -> KnownKin:
    """Return somebody with a record as a relative, with who said how they are called."""
    said = facts["name"].known if "name" in facts else ()
    return KnownKin(
        relation=relation,
        record=person,
        names=people.names_of(facts),
        statements=tuple(each for saying in said for each in saying.statements),
        parent=parent,
        asks=asks,
    )


def parents_in(facts: Facts) -> Parents:
    """Return under which names a person's parents were told."""
    return Parents(father=words_of(facts, "father"), mother=words_of(facts, "mother"))


def words_of(facts: Facts, kind: str) -> frozenset[frozenset[str]]:
    """Return the words of each name of one kind."""
    return frozenset(frozenset(folded(name).split()) for name in people.names_of(facts, kind))
