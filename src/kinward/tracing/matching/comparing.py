"""Comparing: statements in, candidates with their reasons out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Q

from kinmatch import explain
from kinmatch.engines import prepare
from kinmatch.explain import LANGUAGES
from kinmatch.families import bits_of
from kinmatch.link import link
from kinmatch.records import Sex
from kinward.access.rows import Passage, passage
from kinward.people.described import described, one_sex, standing_values, unique
from kinward.people.memory import Memory
from kinward.people.models import Kind, Person
from kinward.people.queries import ever_merged_with, records_among
from kinward.people.queries.finding import OF_PLACES
from kinward.tracing.models import Candidate, Relation, Sought

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kinmatch.engines import Population as Prepared
    from kinmatch.engines.closeness import Progress as Staged
    from kinmatch.index import LiveIndex
    from kinmatch.records import Person as Described
    from kinward.people.described import Said

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""

STAGES = ("names", "pairs", "families")  # what the library tells of, one after the other

THOUSAND = 1_000
LEAST = 0.01  # of a probability: what is weaker is not stored
PARENT: dict[Sex | None, str] = {Sex.MALE: "father", Sex.FEMALE: "mother"}
NEAREST: Final = 300  # of everybody, looked at for one person
WORTH: Final = -14.0  # bits, the prior in them, from which two families are compared
HELD_BACK: ContextVar[bool] = ContextVar("held_back", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A child who may be a sought person, as the library found it."""

    records: tuple[UUID, ...]  # of the child: its own, and those judged to be of it
    sought_id: UUID
    weight: float
    probability: float
    reasons: list[dict[str, Any]]
    alignment: list[dict[str, Any]]  # who is who in the child's group and in the request
    model_version: str

    @property
    def child_id(self) -> UUID:
        """The record that the child's records are compared as, the first registered."""
        return self.records[0]


class Bar(NamedTuple):
    """One part of what a candidate's weight adds up to."""

    kind: str  # as `kinmatch.explain.Kind`
    bits: float
    reason: Mapping[str, Any] | None  # the stored one; none for the start and the correction


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Those who take part in matching, whole families of them, as the library compares them."""

    found: tuple[Described, ...]
    sought: tuple[Described, ...]
    sought_ids: Mapping[str, UUID]  # person id, as the library has it, to the id of who is sought
    records: Mapping[str, tuple[UUID, ...]]  # of each child, by its id as the library has it


@contextmanager
def held_back() -> Iterator[None]:
    """Do not look for candidates at each save inside: the caller does, once, afterwards."""
    token = HELD_BACK.set(True)
    try:
        yield
    finally:
        HELD_BACK.reset(token)


def find(*, progress: Progress | None = None) -> list[Match]:
    """Compare every child with everyone sought.

    Families are matched as wholes: children registered together, people asked for together. The
    circumstances are those of the model, not learned from everybody here, so that a family's
    chances are its own: whoever is compared alone gets the very figures they get when everybody is.
    """
    told = in_stages(progress) if progress else None
    people = read_people()
    return linked(people, prepare(people.found, people.sought, progress=told), progress=told)


def find_near(persons: Collection[UUID]) -> list[Match]:
    """Compare whole families, all of whose members are given, with those who are like them.

    Who is like them is looked up in the memory of everybody, and how rare their names are among
    all is asked there. So the figures are those of comparing everybody. Candidates may differ in
    two ways only: one so weak that the memory does not bring it forward is not found, and one that
    shares only what so many share that a whole comparison passes it over may be.
    """
    index = COMPARED.now(afresh=persons)
    own = read_people(persons)
    others = read_people(
        families_of(alike(index, own.found), Kind.SOUGHT)
        | families_of(alike(index, own.sought), Kind.CHILD)
    )
    counts = counted()
    matches = []
    for found, sought in ((own.found, others.sought + own.sought), (others.found, own.sought)):
        if found and sought:
            ids = {**own.sought_ids, **others.sought_ids}
            records = {**own.records, **others.records}
            people = People(found=found, sought=sought, sought_ids=ids, records=records)
            matches += linked(people, index.among(found, sought, **counts))
    return matches


def counted() -> dict[str, int]:
    """Return how many are sought, and in how many requests: what a chance hangs on."""
    sought = Sought.objects.filter(person__in=Person.objects.matchable().sought())
    return sought.aggregate(people=Count("pk"), groups=Count("request", distinct=True))


def alike(index: LiveIndex, persons: Iterable[Described]) -> set[UUID]:
    """Return who of either side is like one of some people."""
    hits = (hit for person in persons for hit in index.search(person, top=NEAREST))
    return {UUID(hit.id) for hit in hits if hit.weight >= WORTH}


def linked(people: People, prepared: Prepared, *, progress: Staged | None = None) -> list[Match]:
    """Return the candidates among these people, as the library links them."""
    linkage = link(
        people.found,
        people.sought,
        threshold=LEAST,
        population=prepared,
        families=True,
        learning=False,
        progress=progress,
    )
    return [
        Match(
            records=people.records[candidate.found_id],
            sought_id=people.sought_ids[candidate.sought_id],
            weight=candidate.weight,
            probability=candidate.probability,
            reasons=[asdict(reason) for reason in candidate.reasons],
            alignment=[asdict(met) for met in candidate.alignment],
            model_version=linkage.model,
        )
        for candidate in linkage.candidates
    ]


def in_stages(progress: Progress) -> Staged:
    """Return what the library tells its stages to, so that they make one way from none to all."""

    def tell(stage: str, done: int, whole: int) -> None:
        share = (STAGES.index(stage) + done / max(whole, 1)) / len(STAGES)
        progress(round(share * THOUSAND), THOUSAND)

    return tell


def say(reason: Mapping[str, Any], language: str) -> str:
    """Return a stored reason as a sentence; in English where it is not said in that language.

    Of a level that only an earlier model knew, the two values are what is left to say.
    """
    stored = explain.Reason(**blind(reason))
    spoken = language if language in LANGUAGES else "en"
    try:
        if stored.comparison in OF_PLACES:
            how = explain.say_phrase(stored.comparison, stored.level, spoken)
            return how or explain.say(stored, spoken)
        return explain.say(stored, spoken)
    except KeyError:
        return f"{stored.found} / {stored.sought}"


def blind(reason: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored reason without the places it may name: how they meet is enough to compare."""
    values = {"found": "", "sought": ""} if reason["comparison"] in OF_PLACES else {}
    return {**reason, **values}


def heading(comparison: str, language: str) -> str:
    """Return what a comparison is about; its own name where only an earlier model knew it."""
    try:
        return explain.subject(comparison, language if language in LANGUAGES else "en")
    except KeyError:
        return comparison


def bars(candidate: Candidate) -> list[Bar]:
    """Return how a stored candidate adds up, from the start to the bits of its probability."""
    reasons = tuple(explain.Reason(**reason) for reason in candidate.reasons)
    told = explain.Candidate(
        found_id=str(candidate.child_id),
        sought_id=str(candidate.sought_id),
        weight=candidate.weight,
        calibrated=bits_of(candidate.probability),
        prior=candidate.weight - sum(reason.bits for reason in reasons),
        reasons=reasons,
    )
    return [
        Bar(bar.kind, bar.bits, asdict(bar.reason) if bar.reason else None)
        for bar in explain.waterfall(told)
    ]


@passage(Passage.MATCHING)
def families_of(persons: Collection[UUID], *kinds: Kind) -> set[UUID]:
    """Return these people and everyone whose record or chances hang on theirs; of some kinds only.

    Children registered together share names and speak for one another; so do people asked for
    together, who asks for a son or daughter is a parent, and records judged to be of one child are
    compared as one.
    """
    reached, wider = set(persons), ever_merged_with(persons)
    while wider != reached:
        reached = wider
        wider = ever_merged_with(reached | families_around_each(reached))
    return families_around_each(reached, *kinds)


def families_around_each(persons: Collection[UUID], *kinds: Kind) -> set[UUID]:
    """Return these people and who was registered or asked for together with them."""
    groups = Person.objects.filter(pk__in=persons, group__isnull=False)
    asked = Sought.objects.filter(Q(person__in=persons) | Q(request__enquirer__in=persons))
    requests = set(asked.values_list("request", flat=True))
    together = (
        Q(pk__in=persons)
        | Q(group__in=set(groups.values_list("group", flat=True)))
        | Q(sought__request__in=requests)
    )
    either = Person.objects.filter(together, kind__in=kinds or (Kind.CHILD, Kind.SOUGHT))
    return set(either.values_list("pk", flat=True))


@passage(Passage.MATCHING)
def read_people(some: Collection[UUID] | None = None) -> People:
    """Read what stands about who takes part in matching: whole families of them, or everybody."""
    people, traced = Person.objects.matchable(), Person.objects.lawfully_traced()
    asking = Sought.objects.order_by("person_id")
    if some is not None:
        enquirers = Q(requests__sought__person__in=some)
        people, asking = people.filter(pk__in=some), asking.filter(person__in=some)
        traced = traced.filter(Q(pk__in=some) | enquirers)
    compared = people.order_by("pk").values_list("pk", "kind", "group_id")
    children = {pk: group for pk, kind, group in compared if kind == Kind.CHILD}
    sought = {pk for pk, kind, _ in compared if kind == Kind.SOUGHT}
    said = standing_values(list(traced.order_by().values_list("pk", flat=True).distinct()))
    asked = asking.values_list("pk", "person_id", "relation", "request_id", "request__enquirer_id")
    wanted = [each for each in asked if each[1] in sought]
    merged = as_one(children)
    groups = {
        str(records[0]): [str(children[each]) for each in records if children[each]]
        for records in merged
    }
    return People(
        found=together(
            [
                described(
                    records[0],
                    next((children[each] for each in records if children[each]), None),
                    said_in(said[each] for each in records),
                )
                for records in merged
            ],
            groups,
        ),
        sought=together(
            [
                described(person, request, as_child(said[person], relation, said[enquirer]))
                for _, person, relation, request, enquirer in wanted
            ]
        ),
        sought_ids={str(person): pk for pk, person, *_ in wanted},
        records={str(records[0]): records for records in merged},
    )


def as_one(children: Collection[UUID]) -> list[tuple[UUID, ...]]:
    """Return the records of each child that are compared as one, the first registered first."""
    found = records_among(children)
    together = {tuple(each for each in records if each in children) for records in found.values()}
    return sorted(together)


def said_in(records: Iterable[Said]) -> Said:
    """Return what is said in several records of one child, record by record."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for about in records:
        for kind, values in about.items():
            found[kind] += values
    return found


def read_compared(some: Collection[UUID] | None) -> Iterable[Described]:
    """Return who takes part in matching, both sides in one: some whole families, or everybody."""
    people = read_people(some)
    return (*people.found, *people.sought)


COMPARED: Final = Memory(name="compared", read=read_compared, concerned=families_of)


def as_child(about: Said, relation: str, enquirer: Said) -> Said:
    """Return what is said about a sought person; who asks for a son or daughter is a parent."""
    parent = PARENT.get(one_sex(enquirer)) if relation == Relation.CHILD else None
    if parent is None:
        return about
    return {**about, parent: [*about.get(parent, []), *enquirer.get("name", [])]}


def together(
    people: list[Described], groups: Mapping[str, Collection[str]] | None = None
) -> tuple[Described, ...]:
    """Add to each person the names of those who share their group, as kinmatch's files do.

    `groups` are those of whoever has records in several.
    """
    of = {
        person.id: (groups or {}).get(person.id, [person.group] if person.group else [])
        for person in people
    }
    members: dict[str, list[Described]] = defaultdict(list)
    for person in people:
        for group in of[person.id]:
            members[group].append(person)
    return tuple(
        replace(
            person,
            siblings=unique([*person.siblings, *names_of_others(person, of[person.id], members)]),
        )
        for person in people
    )


def names_of_others(
    person: Described, groups: Iterable[str], members: Mapping[str, list[Described]]
) -> list[str]:
    """Return the names of the others of a person's groups."""
    others = [other for group in groups for other in members[group]]
    return [name for other in others if other.id != person.id for name in other.names]
