"""Who is in a family: the statements about a person's relatives, put together person by person.

Nothing is guessed. Two statements tell of one relative where only one person can be that (a mother)
or where relation and name are the same; without a name each is somebody of their own. A child hangs
on the parents that were told, and a half-brother on the second wife only if she was named.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from kinward.people.models import Kind
from kinward.people.relations import NAMED_BY, RELATIONS, Relation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kinward.people.models import Assertion, Person
    from kinward.people.rules import Fact

ALWAYS: Final = ("father", "mother")  # have a place in the picture, though nothing is known
SIDE_UNTOLD: Final = ("grandparent", "parent", "sibling_of_parent")  # above, and not told how


class Mark(StrEnum):
    """What is written beside a relative, so that it is not overlooked."""

    DEAD = "dead"
    MISSING = "missing"
    HELD = "held"
    NO_CONTACT = "no_contact"
    ASKS = "asks"
    SOUGHT = "sought"
    ON_RECORD = "on_record"
    CONTRADICTED = "contradicted"  # said to be alive, and said to be dead or missing


class Tie(StrEnum):
    """What ties parents and children of a union together."""

    BIRTH = "birth"
    MARRIAGE = "marriage"  # two who are married, and their step-children
    MILK = "milk"
    FOSTER = "foster"
    UNTOLD = "untold"  # through the mother or the father: which of them was not told


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKin:
    """Somebody with a record of their own who is told to be of the family, by what they are to it.

    `relation` is a code of `relations`; `statements` are those that name them.
    """

    relation: str
    record: Person
    names: tuple[str, ...] = ()
    statements: tuple[Assertion, ...] = ()
    parent: str = ""  # the name of their other parent, of a half-brother or half-sister
    asks: bool = False  # they ask for the person


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person of a family, with all that was said of them.

    `relation` is None for the person the record is about, whose `id` is 0.
    """

    id: int
    relation: Relation | None
    names: tuple[str, ...] = ()
    values: tuple[Mapping[str, Any], ...] = ()
    statements: tuple[Assertion, ...] = ()
    marks: tuple[Mark, ...] = ()
    record: Person | None = None  # their own, if the reader may know of it

    @property
    def generation(self) -> int:
        """Return how many generations above the person they stand."""
        return self.relation.generation if self.relation else 0

    @property
    def agreed(self) -> bool:
        """Tell whether the child was heard to agree that they be contacted."""
        return "yes" in self.told("agrees")

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why the child does not agree that they be contacted."""
        return self.told("why")

    def told(self, part: str) -> tuple[str, ...]:
        """Return what was said of one part of them, each once, in the order first said."""
        return tuple(dict.fromkeys(value[part] for value in self.values if value.get(part)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """Parents and their children, as far as either are known; ids of members."""

    parents: tuple[int, ...]
    children: tuple[int, ...]
    tie: Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Everyone who was told of, each once, the person first; and what ties them together."""

    members: tuple[Member, ...]
    unions: tuple[Union, ...]


@dataclass(slots=True)
class _Gathered:
    """What was said of one relative, while it is put together."""

    relation: str
    names: dict[str, str] = field(default_factory=dict)  # folded to as first written
    values: list[Mapping[str, Any]] = field(default_factory=list)
    statements: list[Assertion] = field(default_factory=list)
    record: Person | None = None
    asks: bool = False

    def call(self, name: str) -> None:
        """Add a name they are told under, unless it is known."""
        self.names.setdefault(folded(name), name)


def family(
    facts: Mapping[str, Fact],
    *,
    records: Mapping[str, Person] | None = None,
    stopped: Collection[str] = (),
    beside: Iterable[KnownKin] = (),
) -> Family:
    """Return the family that a person's facts tell of.

    Args:
        facts: what the reader may read of the person.
        records: reference to person, of the relatives whom the reader may know of.
        stopped: names of relatives to whom consent to contact was refused or withdrawn.
        beside: those who have a record of their own and are told to be of the family.
    """
    gathered = _gather(facts, beside)
    refused = {folded(name) for name in stopped}
    names = facts["name"].known if "name" in facts else ()
    members = [Member(id=0, relation=None, names=tuple(each.value["text"] for each in names))]
    order = list(RELATIONS)
    for number, one in enumerate(sorted(gathered, key=lambda one: order.index(one.relation)), 1):
        references = (value.get("record", "") for value in one.values)
        own = (found for each in references if (found := (records or {}).get(each)))
        known = one.record or next(own, None)
        members.append(
            Member(
                id=number,
                relation=RELATIONS[one.relation],
                names=tuple(one.names.values()),
                values=tuple(one.values),
                statements=tuple(one.statements),
                marks=_marks(one, known, refused),
                record=known,
            )
        )
    return Family(members=tuple(members), unions=tuple(_unions(members)))


def folded(name: str) -> str:
    """Return a name as it is compared with another of the same family."""
    return " ".join(name.casefold().split())


def _gather(facts: Mapping[str, Fact], beside: Iterable[KnownKin]) -> list[_Gathered]:
    """Put together what was said of each relative, in the order first said."""
    found: dict[tuple[str, str], _Gathered] = {(each, ""): _Gathered(each) for each in ALWAYS}
    for kind in (*NAMED_BY, "relative"):
        for number, saying in enumerate(facts[kind].known if kind in facts else ()):
            relation = NAMED_BY.get(kind) or saying.value["relation"]
            name = saying.value.get("text", "")
            one = _one_of(found, relation, name, f"{kind} {number}")
            if name:
                one.call(name)
            one.values.append(saying.value)
            one.statements.extend(saying.statements)
    for each in beside:
        one = _one_of(found, each.relation, next(iter(each.names), ""), str(each.record.pk))
        for name in each.names:
            one.call(name)
        if each.parent:
            one.values.append({"relation": each.relation, "parent": each.parent})
        one.statements.extend(each.statements)
        one.record, one.asks = one.record or each.record, one.asks or each.asks
    return list(found.values())


def _one_of(
    found: dict[tuple[str, str], _Gathered], relation: str, name: str, otherwise: str
) -> _Gathered:
    """Return who was told of under that relation and name; without a name, nobody told before."""
    key = relation, "" if RELATIONS[relation].single else folded(name) or otherwise
    return found.setdefault(key, _Gathered(relation))


def _marks(one: _Gathered, record: Person | None, refused: set[str]) -> tuple[Mark, ...]:
    """Return what is written beside a relative, in the order of `Mark`."""
    said = {(part, value.get(part)) for value in one.values for part in ("life", "held", "agrees")}
    dead, missing = ("life", "dead") in said, ("life", "missing") in said
    holds = {
        Mark.DEAD: dead,
        Mark.MISSING: missing,
        Mark.HELD: ("held", "yes") in said,
        Mark.NO_CONTACT: ("agrees", "no") in said or not refused.isdisjoint(one.names),
        Mark.ASKS: one.asks,
        Mark.SOUGHT: record is not None and record.kind == Kind.SOUGHT,
        Mark.ON_RECORD: record is not None and record.kind not in {Kind.SOUGHT, Kind.ENQUIRER},
        Mark.CONTRADICTED: ("life", "alive") in said and (dead or missing),
    }
    return tuple(mark for mark, stands in holds.items() if stands)


def _unions(members: Iterable[Member]) -> list[Union]:
    """Return who has whom for parents, as far as it was told."""
    of: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        of[member.relation.id if member.relation else ""].append(member)
    found = [
        _union(of, ("father", "mother"), ("", "sibling"), Tie.BIRTH),
        _union(of, ("father_of_father", "mother_of_father"), ("sibling_of_father", "father")),
        _union(of, ("father_of_mother", "mother_of_mother"), ("mother", "sibling_of_mother")),
        _union(of, ("milk_mother",), ("", "milk_sibling"), Tie.MILK),
        _union(of, ("foster_parent",), ("", "foster_sibling"), Tie.FOSTER),
        *_remarried(of, "father", "wife_of_father", half="half_of_father", step="step_of_father"),
        *_remarried(
            of, "mother", "husband_of_mother", half="half_of_mother", step="step_of_mother"
        ),
        *_cousins(of),
        *_own_family(of),
        _union(of, SIDE_UNTOLD, ("",), Tie.UNTOLD),
    ]
    return [each for each in found if len(each.parents) + len(each.children) > 1]


def _union(
    of: Mapping[str, list[Member]],
    parents: Iterable[str],
    children: Iterable[str],
    tie: Tie = Tie.BIRTH,
) -> Union:
    """Return the union of everyone of some relations; of grown-ups alone it is none."""
    born = tuple(one.id for each in children for one in of.get(each, ()))
    having = tuple(one.id for each in parents for one in of.get(each, ()))
    return Union(parents=having if born else (), children=born, tie=tie)


def _remarried(
    of: Mapping[str, list[Member]], parent: str, other: str, *, half: str, step: str
) -> list[Union]:
    """Return a parent's further marriages with the children of each.

    A half-brother hangs on the husband or wife that was named as his parent, and on nobody beside
    the common parent otherwise. A step-child hangs on the only one there is, or on who was named.
    """
    common = of[parent][0].id
    unions = []
    others = of.get(other, [])
    for one in others:
        halves = tuple(child.id for child in of.get(half, ()) if _is_named_by(child, one))
        unions.append(Union(parents=(common, one.id), children=halves, tie=Tie.MARRIAGE))
        steps = tuple(
            child.id
            for child in of.get(step, ())
            if _is_named_by(child, one) or (len(others) == 1 and not child.told("parent"))
        )
        unions.append(Union(parents=(one.id,), children=steps, tie=Tie.BIRTH))
    placed = {child for union in unions for child in union.children}
    alone = tuple(child.id for child in of.get(half, ()) if child.id not in placed)
    unions.append(Union(parents=(common,) if alone else (), children=alone, tie=Tie.BIRTH))
    return [each for each in unions if each.children or each.tie == Tie.MARRIAGE]


def _cousins(of: Mapping[str, list[Member]]) -> list[Union]:
    """Return the uncles and aunts who were named as a cousin's parent, with their children."""
    return [
        Union(
            parents=(one.id,),
            children=tuple(
                child.id for child in of.get(f"cousin_of_{side}", ()) if _is_named_by(child, one)
            ),
            tie=Tie.BIRTH,
        )
        for side in ("father", "mother")
        for one in of.get(f"sibling_of_{side}", ())
    ]


def _own_family(of: Mapping[str, list[Member]]) -> list[Union]:
    """Return the person's own marriages and children."""
    spouses, own = of.get("spouse", []), tuple(child.id for child in of.get("own_child", ()))
    if len(spouses) == 1:
        return [Union(parents=(0, spouses[0].id), children=own, tie=Tie.MARRIAGE)]
    marriages = [Union(parents=(0, one.id), children=(), tie=Tie.MARRIAGE) for one in spouses]
    return [*marriages, Union(parents=(0,), children=own, tie=Tie.BIRTH)]


def _is_named_by(child: Member, parent: Member) -> bool:
    """Tell whether somebody of that name was told as the child's parent."""
    return not {folded(each) for each in child.told("parent")}.isdisjoint(map(folded, parent.names))
