"""Everyone who may be searched for, in the memory of this process: no name can be in the database.

What is said of who may lawfully be traced is read, unlocked, and laid down as folded keys in an
index of the library, which holds no text. It is kept sealed (`keeping`) for the next process that
starts. Afterwards only those are read anew about whom something was said since, by whichever
process. Only what may be matched is read: identity and family, as `properties` says.

Where pages are served all of this goes on beside them; whoever searches meanwhile is told so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final, NoReturn
from uuid import UUID

import structlog
from django.db import connection
from django.utils.translation import gettext_lazy as _

from kinmatch.dates import Span
from kinmatch.errors import BadInput
from kinmatch.index import Hit, LiveIndex
from kinmatch.model import weight_of
from kinmatch.records import Person as Described
from kinmatch.records import Sex
from kinward.access.rows import Passage, passage
from kinward.core.errors import KinwardError
from kinward.core.failures import kind_and_place
from kinward.people import keeping
from kinward.people.consents import Consent
from kinward.people.described import AT_ONCE, described, standing_values, unique
from kinward.people.models import Assertion, Erasure, Kind, Merging, Person
from kinward.people.values import born_span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from kinmatch.explain import Reason
    from kinward.people.models import PersonQuerySet

Asked = Described
"""Who is asked for; a record like those found."""

SEARCHED: Final = (Kind.CHILD, Kind.SOUGHT, Kind.ENQUIRER)
WORTH_KEEPING: Final = 1_000  # persons; fewer are read in a second or two
FAR_BACK: Final = 3_600_000  # milliseconds a transaction may last; after more all is read anew
MOMENT: Final = 80  # bits of a UUID of version 7 behind its moment

log = structlog.get_logger("kinward.memory")


def records(persons: PersonQuerySet) -> Iterator[Described]:
    """Yield persons as the library compares them, read some at a time."""
    stream = persons.order_by("pk").only("pk", "group_id").iterator(chunk_size=AT_ONCE)
    while some := list(islice(stream, AT_ONCE)):
        said = standing_values([person.pk for person in some])
        yield from (described(person.pk, person.group_id, said[person.pk]) for person in some)


# How far the ledgers were read


@dataclass(slots=True)
class Mark:
    """How far one ledger was read, and which of its last rows were seen."""

    ledger: type[Assertion | Consent | Merging | Erasure]
    person: str  # the column that says whom a row is about
    count: int = 0
    newest: UUID | None = None
    seen: frozenset[UUID] = frozenset()

    def told(self) -> list[Any]:
        """Return how far it was read, as JSON has it."""
        return [self.count, self.newest and str(self.newest), [str(row) for row in self.seen]]

    def go_on(self, count: int, newest: str | None, seen: Sequence[str]) -> None:
        """Take up how far it was read, as `told` gave it."""
        self.count, self.newest = count, UUID(newest) if newest else None
        self.seen = frozenset(map(UUID, seen))

    def news(self) -> set[UUID] | None:
        """Return about whom there are rows since; None where more is missing than can be told.

        Rows become only more, and a row's id tells when it was made, not when it was stored: so
        those of the last while are looked at again, and the count tells whether that was enough.
        """
        rows = self.ledger.objects.order_by("-id")
        count, newest = rows.count(), rows.values_list("id", flat=True).first()
        if (count, newest) == (self.count, self.newest):
            return set()
        since = earlier(self.newest or newest)
        late = dict(rows.filter(id__gt=since).values_list("id", self.person)) if since else {}
        new = late.keys() - self.seen
        complete = self.newest is not None and self.count + len(new) == count
        self.count, self.newest, self.seen = count, newest, frozenset(late)
        return {late[row] for row in new} if complete else None


def earlier(row: UUID | None) -> UUID | None:
    """Return the id a row would have that was made FAR_BACK before another; None for no row."""
    return UUID(int=max(row.int - (FAR_BACK << MOMENT), 0)) if row else None


# The memory


class BeingRead(KinwardError):
    """Everybody is being read, and no page waits for that."""

    status = 503
    title = _("Names cannot be searched just now")


@dataclass(slots=True, kw_only=True)
class Memory:
    """An index of people, kept as the ledgers stand, and how far they were read for it."""

    name: str  # it is kept under
    read: Callable[[Collection[UUID] | None], Iterable[Described]]  # some of them, or all
    # Whose records change with what is said about some people; themselves among them.
    concerned: Callable[[Collection[UUID]], Collection[UUID]] = field(default=lambda some: some)
    database: str = ""
    index: LiveIndex | None = None
    marks: tuple[Mark, ...] = ()
    serving: bool = False  # pages, which are not to wait
    warming: bool = False
    lock: Lock = field(default_factory=Lock)

    def now(self, *, afresh: Collection[UUID] = ()) -> LiveIndex:
        """Return the index with all in it that was said until now; some people are read anew.

        Raises:
            BeingRead: everybody is, beside the pages.
        """
        if self.warming:
            raise BeingRead(_("All names are being read. Try again in a few minutes."))
        return self._now(afresh, wait=not self.serving)

    def is_warm(self) -> bool:
        """Tell whether nobody has to wait for everybody to be read."""
        return not self.warming

    def serve(self) -> None:
        """Read everybody before somebody asks, and from then on beside the pages only."""
        self.serving = True
        self.warm()

    def warm(self) -> None:
        """Read everybody; `readyz` tells meanwhile that this goes on."""
        self.warming = True
        try:
            self._now((), wait=True)
        finally:
            self.warming = False
            connection.close()  # this thread's own

    @passage(Passage.MATCHING)
    def _now(self, afresh: Collection[UUID], *, wait: bool) -> LiveIndex:
        with self.lock:
            begins = self._begin()
            before = tuple(map(replace, self.marks))
            told = [mark.news() for mark in self.marks]
            news = set(afresh).union(*(each for each in told if each))
            if self.index is None or None in told:
                if not wait:
                    self._refuse(before)
                self.index = LiveIndex()
                self.index.load(self.read(None))
                self._keep(self.index)
            elif news:
                self._change(self.index, sorted(self.concerned(news)))
                if begins and len(news) >= WORTH_KEEPING:
                    self._keep(self.index)
            return self.index

    def _begin(self) -> bool:
        """Take up what was kept, where nothing of this database is held yet; tell whether so."""
        name = str(connection.settings_dict["NAME"])
        if self.index is not None and self.database == name:
            return False
        self.database, self.index = name, None
        self.marks = (
            Mark(Assertion, "person_id"),
            Mark(Consent, "subject_id"),
            Mark(Merging, "first_id"),
            Mark(Erasure, "person_id"),
        )
        if there := keeping.take_up(self.name):
            self.index, told = there
            for mark, parts in zip(self.marks, told, strict=True):
                mark.go_on(*parts)
        return True

    def _refuse(self, before: tuple[Mark, ...]) -> NoReturn:
        """Have everybody read beside the pages, as the ledgers were read `before` only."""
        self.marks, self.warming = before, True
        Thread(target=self.warm, name=self.name, daemon=True).start()
        raise BeingRead(_("All names are being read. Try again in a few minutes."))

    def _keep(self, index: LiveIndex) -> None:
        """Keep the index for the next process, unless it is read as fast as it would be kept."""
        if len(index) < WORTH_KEEPING:
            return
        try:
            made = keeping.keep(index, [mark.told() for mark in self.marks], name=self.name)
        except (BadInput, OSError) as error:
            log.warning("memory not kept", failure=kind_and_place(error))
            return
        # Somebody erased meanwhile is in it. Who is erased from now on discards it.
        if Erasure.objects.count() != self.marks[-1].count:
            keeping.discard(self.name, [made])

    def _change(self, index: LiveIndex, persons: list[UUID]) -> None:
        """Put what stands about these people now in the place of what stood."""
        for start in range(0, len(persons), AT_ONCE):
            some = persons[start : start + AT_ONCE]
            for person in map(str, some):
                if person in index:
                    index.delete(person)
            for record in self.read(some):
                index.insert(record)


def searched() -> PersonQuerySet:
    """Return who may be searched for: who may lawfully be traced, and who asks for them."""
    return Person.objects.lawfully_traced().filter(kind__in=SEARCHED, erasure__isnull=True)


def read_searched(some: Collection[UUID] | None) -> Iterator[Described]:
    """Yield those who may be searched for, some of them or all."""
    return records(searched() if some is None else searched().filter(pk__in=some))


MEMORY: Final = Memory(name="searched", read=read_searched)


# Searching it


def asked_for(  # noqa: PLR0913 (what one may know of somebody)
    *,
    name: str = "",
    sex: str = "",
    birth: Mapping[str, Any] | None = None,
    father: str = "",
    mother: str = "",
    sibling: str = "",
) -> Asked:
    """Return who is asked for, in whatever script; `birth` as properties.Shape.BIRTH."""
    days = born_span(birth) if birth else None
    return Described(
        id="asked for",
        names=unique(filter(None, [name.strip()])),
        sex=Sex(sex) if sex else None,
        born=Span(*days) if days else None,
        father=unique(filter(None, [father.strip()])),
        mother=unique(filter(None, [mother.strip()])),
        siblings=unique(filter(None, [sibling.strip()])),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Someone who may be who is asked for, by how many bits, and the reasons once they are told."""

    person_id: UUID
    bits: float  # what the facts say, before how many there are is considered
    hit: Hit


def bits_of(index: LiveIndex, hit: Hit) -> float:
    """Return what the facts say of a hit, before how many there were is considered."""
    return hit.weight - weight_of(index.model.prior(hit.people))


def search(asked: Asked, *, top: int) -> list[Found]:
    """Return who may be who is asked for, the likeliest first, at most `top`."""
    index = MEMORY.now()
    return [
        Found(person_id=UUID(hit.id), bits=bits_of(index, hit), hit=hit)
        for hit in index.search(asked, top=top)
    ]


@passage(Passage.MATCHING)
def reasons(asked: Asked, found: Iterable[Found]) -> dict[UUID, list[Reason]]:
    """Return what speaks for and against each of those found, read anew for these few."""
    hits = {one.hit.id: one.hit for one in found}
    index = MEMORY.now()
    persons = searched().filter(pk__in=[UUID(identity) for identity in hits])
    return {
        UUID(known.id): list(index.explain(asked, known, hits[known.id]).reasons)
        for known in records(persons)
    }


@passage(Passage.MATCHING)
def alike(
    persons: Collection[UUID], *, top: int, least: float
) -> dict[UUID, dict[UUID, tuple[float, list[Reason]]]]:
    """Return which other children are like each of some children, by how many bits, and why.

    `least` are the bits the facts have to say. Who may not be traced is like nobody.
    """
    index = MEMORY.now()
    asked = list(records(searched().children().filter(pk__in=persons)))
    hits = {
        one.id: [hit for hit in index.search(one, top=top) if bits_of(index, hit) >= least]
        for one in asked
    }
    wanted = {UUID(hit.id) for each in hits.values() for hit in each}
    known = {one.id: one for one in records(searched().children().filter(pk__in=wanted))}
    return {
        UUID(one.id): {
            UUID(hit.id): (
                bits_of(index, hit),
                list(index.explain(one, known[hit.id], hit).reasons),
            )
            for hit in hits[one.id]
            if hit.id in known and hit.id != one.id
        }
        for one in asked
    }
