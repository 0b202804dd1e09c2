"""The one door to the matching library: statements in, candidates with their reasons out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection

from kinmatch import explain
from kinmatch.engines import Population as Prepared
from kinmatch.engines import prepare
from kinmatch.explain import LANGUAGES
from kinmatch.families import bits_of
from kinmatch.link import link
from kinmatch.records import Sex
from kinward.access.rows import Passage, passage
from kinward.people.consents import Consent
from kinward.people.memory import described, one_sex, standing_values, unique
from kinward.people.models import Assertion, Erasure, Person
from kinward.tracing.models import Candidate, Relation, Sought

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kinmatch.engines.closeness import Progress as Staged
    from kinmatch.records import Person as Described
    from kinward.people.memory import Said

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""

PLACE = "place"
STAGES = ("names", "pairs", "families")  # what the library tells of, one after the other

THOUSAND = 1_000
LEAST = 0.01  # of a probability: what is weaker is not stored
PARENT: dict[Sex | None, str] = {Sex.MALE: "father", Sex.FEMALE: "mother"}
LAST_READ: list[Population] = []  # the population last read by this process; one at most
HELD_BACK: ContextVar[bool] = ContextVar("held_back", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A child who may be a sought person, as the library found it."""

    child_id: UUID
    sought_id: UUID
    weight: float
    probability: float
    reasons: list[dict[str, Any]]
    alignment: list[dict[str, Any]]  # who is who in the child's group and in the request
    model_version: str


class Bar(NamedTuple):
    """One part of what a candidate's weight adds up to."""

    kind: str  # as `kinmatch.explain.Kind`
    bits: float
    reason: Mapping[str, Any] | None  # the stored one; none for the start and the correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Everyone who takes part in matching, prepared by the library, and when they were read."""

    stamp: tuple[object, ...]
    prepared: Prepared
    sought_ids: Mapping[str, UUID]  # person id, as the library has it, to the id of who is sought


@contextmanager
def held_back() -> Iterator[None]:
    """Do not look for candidates at each save inside: the caller does, once, afterwards."""
    token = HELD_BACK.set(True)
    try:
        yield
    finally:
        HELD_BACK.reset(token)


def find(
    persons: Collection[Person] | None = None, *, progress: Progress | None = None
) -> list[Match]:
    """Compare children with sought people; with `persons`, only those children and sought people.

    Families are matched as wholes: children registered together, people asked for together. The
    circumstances are those of the model, not learned from everybody here, so that a family's
    chances are its own: whoever is compared alone gets the very figures they get when everybody is.
    """
    told = in_stages(progress) if progress else None
    people = population(progress=told)
    only, wanted = chosen(people, persons)
    if only is not None and not only:
        return []
    linked = link(
        people.prepared.found,
        people.prepared.sought,
        only=only,
        threshold=LEAST,
        population=people.prepared,
        families=True,
        learning=False,
        progress=told,
    )
    return [
        Match(
            child_id=UUID(candidate.found_id),
            sought_id=people.sought_ids[candidate.sought_id],
            weight=candidate.weight,
            probability=candidate.probability,
            reasons=[asdict(reason) for reason in candidate.reasons],
            alignment=[asdict(met) for met in candidate.alignment],
            model_version=linked.model,
        )
        for candidate in linked.candidates
        if wanted is None or wanted & {candidate.found_id, candidate.sought_id}
    ]


def in_stages(progress: Progress) -> Staged:
    """Return what the library tells its stages to, so that they make one way from none to all."""

    def tell(stage: str, done: int, whole: int) -> None:
        share = (STAGES.index(stage) + done / max(whole, 1)) / len(STAGES)
        progress(round(share * THOUSAND), THOUSAND)

    return tell


def chosen(
    people: Population, persons: Collection[Person] | None
) -> tuple[set[str] | None, set[str] | None]:
    """Return which children to link, and of which people to keep the candidates; None for all.

    For somebody sought every child has to be linked, for a child only that one.
    """
    if persons is None:
        return None, None
    wanted = {str(person.pk) for person in persons}
    children = {child.id for child in people.prepared.found}
    return (children if wanted & people.sought_ids.keys() else children & wanted), wanted


def say(reason: Mapping[str, Any], language: str) -> str:
    """Return a stored reason as a sentence; in English where it is not said in that language.

    Of a level that only an earlier model knew, the two values are what is left to say.
    """
    stored = explain.Reason(**blind(reason))
    spoken = language if language in LANGUAGES else "en"
    try:
        if stored.comparison == PLACE:
            return explain.say_phrase(PLACE, stored.level, spoken) or explain.say(stored, spoken)
        return explain.say(stored, spoken)
    except KeyError:
        return f"{stored.found} / {stored.sought}"


def blind(reason: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored reason without the places it may name: how they meet is enough to compare."""
    return {**reason, "found": "", "sought": ""} if reason["comparison"] == PLACE else {**reason}


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
def population(*, progress: Staged | None = None) -> Population:
    """Return everyone who takes part in matching; read anew only when something was said since.

    What was prepared before is used again for everybody about whom nothing was said.
    """
    stamp = change_stamp()
    last = LAST_READ[0] if LAST_READ else None
    if last is None or last.stamp != stamp:
        last = read_population(stamp, known=last.prepared if last else None, progress=progress)
        LAST_READ[:] = [last]
    return last


def change_stamp() -> tuple[object, ...]:
    """Return what differs as soon as anybody is registered or erased, anything said or answered.

    Rows of a ledger only ever become more, so that their number tells.
    """
    newest = Assertion.objects.order_by("-id").values_list("id", flat=True).first()
    ledgers = Assertion, Consent, Person, Sought, Erasure
    counts = [ledger.objects.count() for ledger in ledgers]
    answered = Consent.objects.order_by("-id").values_list("id", flat=True).first()
    return (connection.settings_dict["NAME"], newest, answered, *counts)


def read_population(
    stamp: tuple[object, ...], *, known: Prepared | None = None, progress: Staged | None = None
) -> Population:
    """Read what stands about everyone who takes part in matching, in three queries."""
    said = standing_values(Person.objects.lawfully_traced())
    people = Person.objects.matchable().order_by("pk")
    children = people.children().values_list("pk", "group_id")
    asked = Sought.objects.filter(person__in=people.sought()).order_by("person_id")
    wanted = list(
        asked.values_list("pk", "person_id", "relation", "request_id", "request__enquirer_id")
    )
    return Population(
        stamp=stamp,
        prepared=prepare(
            together([described(pk, group, said[pk]) for pk, group in children]),
            together(
                [
                    described(person, request, as_child(said[person], relation, said[enquirer]))
                    for _, person, relation, request, enquirer in wanted
                ]
            ),
            known=known,
            progress=progress,
        ),
        sought_ids={str(person): pk for pk, person, *_ in wanted},
    )


def as_child(about: Said, relation: str, enquirer: Said) -> Said:
    """Return what is said about a sought person; who asks for a son or daughter is a parent."""
    parent = PARENT.get(one_sex(enquirer)) if relation == Relation.CHILD else None
    if parent is None:
        return about
    return {**about, parent: [*about.get(parent, []), *enquirer.get("name", [])]}


def together(people: list[Described]) -> tuple[Described, ...]:
    """Add to each person the names of those who share their group, as kinmatch's files do."""
    members: dict[str, list[Described]] = defaultdict(list)
    for person in people:
        if person.group:
            members[person.group].append(person)
    return tuple(
        replace(person, siblings=unique([*person.siblings, *names_of_others(person, members)]))
        for person in people
    )


def names_of_others(person: Described, members: Mapping[str, list[Described]]) -> list[str]:
    """Return the names of the others of the person's group."""
    others = members[person.group] if person.group else []
    return [name for other in others if other.id != person.id for name in other.names]
