"""What shows who a child is, which nationalities it has, and what its papers still need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.legal.models import (
    Answer,
    BirthRegistration,
    EvidenceItem,
    Formality,
    LegalFact,
    NationalityClaim,
    Outcome,
    Question,
)
from kinward.legal.rules import (
    BIRTH_FOLLOWS,
    FORMALITY_FOLLOWS,
    accepted,
    counts,
    is_contested,
    outcome,
    packs,
    protection,
    unanswered,
)
from kinward.people.values import born_span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from kinward.access.models import User
    from kinward.legal.models import (
        ClaimAnswer,
        EvidenceNote,
        FormalityStep,
        Progress,
        Protection,
        Registered,
    )
    from kinward.legal.rules import Accepted, Followed, Pack, Unwritten
    from kinward.people.models import Person
    from kinward.people.rules import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of evidence with everything that was noted of it."""

    item: EvidenceItem
    notes: tuple[EvidenceNote, ...]

    @property
    def counts(self) -> bool:
        """Tell whether it still counts."""
        return counts([each.noted for each in self.notes])

    @property
    def contested(self) -> bool:
        """Tell whether it is contested, and nobody has answered that."""
        return is_contested([each.noted for each in self.notes])


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """One question about a child, and the evidence of its answer."""

    question: Question
    pieces: tuple[Piece, ...]
    missing: bool  # every register asks it, and nothing that counts is recorded

    @property
    def counting(self) -> int:
        """How many pieces of evidence count."""
        return sum(each.counts for each in self.pieces)


def evidence_of(child: Person, *, user: User) -> list[Answerable]:
    """What shows who a child is, question by question, as far as this account may see it."""
    seen = EvidenceItem.objects.visible_to(user).filter(child=child)
    rows = seen.select_related("recorded_by").prefetch_related("notes__recorded_by")
    pieces = [
        Piece(item=row, notes=tuple(row.notes.all())) for row in rows.order_by("recorded_at", "id")
    ]
    missing = unanswered({each.item.question for each in pieces if each.counts})
    return [
        Answerable(
            question=question,
            pieces=tuple(each for each in pieces if each.item.question == question),
            missing=question in missing,
        )
        for question in Question
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim to a nationality, and what the country answered, in order."""

    claim: NationalityClaim
    answers: tuple[ClaimAnswer, ...]

    @property
    def stands(self) -> Answer:
        """How it stands."""
        return Answer(self.answers[-1].answer) if self.answers else Answer.CLAIMED

    @property
    def next(self) -> list[Answer]:
        """What can be answered next."""
        return [each for each in Answer if each not in {self.stands, Answer.CLAIMED}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What the law of a country would say of a child, rule by rule."""

    country: str
    pack: Pack | None
    followed: tuple[Followed, ...]
    unwritten: tuple[Unwritten, ...] = ()  # laws of the days it may be born on, not known here

    @property
    def open(self) -> list[Followed]:
        """The rules by which it may be a national."""
        return [each for each in self.followed if each.outcome != Outcome.NOT_BY_IT]

    @property
    def closed(self) -> list[Followed]:
        """The rules by which it is not."""
        return [each for each in self.followed if each.outcome == Outcome.NOT_BY_IT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nationality:
    """What is said of a child's nationality, and what laws would say of it."""

    claims: tuple[Said, ...]
    facts: tuple[LegalFact, ...]  # the last of each, by country
    laws: tuple[Law, ...]
    flag: Protection | None
    born: tuple[date, date] | None  # the first and the last day on which it can be born


def nationality_of(child: Person, facts: Mapping[str, Fact], *, user: User) -> Nationality:
    """What is said of a child's nationality, as far as this account may see it.

    Laws are asked of the countries that are claimed or of which a fact is recorded, and of every
    country that has a pack where there are none.
    """
    claims = tuple(claims_of(child, user=user))
    seen = LegalFact.objects.visible_to(user).filter(child=child)
    rows = seen.select_related("evidence", "recorded_by").order_by("recorded_at", "id")
    last = {(row.country, row.fact): row for row in rows}
    named = {each.claim.country for each in claims} | {country for country, _fact in last}
    born = day_of_birth(facts)
    laws = [law(country, last.values(), born) for country in sorted(named or packs())]
    return Nationality(
        claims=claims,
        facts=tuple(last.values()),
        laws=tuple(laws),
        flag=protection([each.stands for each in claims]),
        born=born,
    )


def claims_of(child: Person, *, user: User) -> list[Said]:
    """The claims of a child to nationalities that this account may see, the oldest first."""
    seen = NationalityClaim.objects.visible_to(user).filter(child=child)
    rows = seen.select_related("recorded_by").prefetch_related("answers__recorded_by")
    listed = rows.order_by("recorded_at", "id")
    return [Said(claim=row, answers=tuple(row.answers.all())) for row in listed]


def day_of_birth(facts: Mapping[str, Fact]) -> tuple[date, date] | None:
    """Return the first and last day on which a child can be born by all that was said of it."""
    known = facts["born"].known if "born" in facts else ()
    spans = [span for one in known if (span := born_span(one.value))]
    if not spans:
        return None
    return min(first for first, _ in spans), max(last for _, last in spans)


def law(country: str, facts: Iterable[LegalFact], born: tuple[date, date] | None) -> Law:
    """Return what the law of a country would say by these facts."""
    known = {each.fact: each.holds for each in facts if each.country == country}
    pack = packs().get(country)
    if pack is None:
        return Law(country=country, pack=None, followed=())
    return Law(
        country=country,
        pack=pack,
        followed=tuple(outcome(each, known, born) for each in pack.rules),
        unwritten=tuple(pack.not_told(born)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A translation, an apostille or a legalisation of a paper, and how far it is."""

    formality: Formality
    steps: tuple[FormalityStep, ...]
    accepted: Accepted
    today: date

    @property
    def stands(self) -> str:
        """How far it is; empty before anything was done."""
        return self.steps[-1].progress if self.steps else ""

    @property
    def follows(self) -> tuple[Progress, ...]:
        """What can happen next."""
        return FORMALITY_FOLLOWS[self.stands]

    @property
    def late(self) -> bool:
        """Tell whether its day is past and it is not done."""
        return bool(self.follows) and self.formality.due_on < self.today


def formalities_of(child: Person, *, user: User, today: date) -> list[Pending]:
    """What the papers of a child need abroad, the first due first."""
    seen = Formality.objects.visible_to(user).filter(child=child)
    rows = seen.select_related("document", "ruling__proceeding", "item", "recorded_by")
    listed = rows.prefetch_related("steps__recorded_by").order_by("due_on", "id")
    return [
        Pending(
            formality=row,
            steps=tuple(row.steps.all()),
            accepted=accepted(row.issued_in, row.used_in, today),
            today=today,
        )
        for row in listed
    ]


def births_of(child: Person, *, user: User) -> list[BirthRegistration]:
    """What happened on the way of a birth into registers, in order."""
    seen = BirthRegistration.objects.visible_to(user).filter(child=child)
    return list(seen.select_related("recorded_by").order_by("number"))


def next_of_births(rows: Collection[BirthRegistration]) -> dict[str, tuple[Registered, ...]]:
    """Return what can happen next in each state in which anything happened."""
    return {row.country: BIRTH_FOLLOWS[row.registered] for row in rows}
