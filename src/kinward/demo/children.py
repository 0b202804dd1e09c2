"""The thirty children as a clerk in Baghdad registered them, in Arabic script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from kinmatch.synth import Clerk, Parameters
from kinmatch.synth.found import Registration
from kinward.demo.kin import relatives, stays
from kinward.demo.scenario import data
from kinward.people.consents import Giver, State
from kinward.people.models import Answer, Certainty, Method, SaidBy
from kinward.people.rules import ConsentAnswer, Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from random import Random

    from kinmatch.synth import Child
    from kinmatch.synth.parts import Place
    from kinward.demo.scenario import Torn, Written

BAGHDAD: Final = ZoneInfo("Asia/Baghdad")
REGISTERED_FROM: Final = date(2018, 8, 6)
REGISTERED_DAYS: Final = 130
YOUNGEST, OLDEST = 3, 10  # as the story tells of them
GUESSES: Final = (-1, 0, 0, 0, 1)  # years by which a guessed age is off
TELLS_AT: Final = 5  # years from which a child tells its own name
SINGS_UNTIL: Final = 6  # years up to which songs and words are written down
MARKED: Final = 0.3
RECOGNISED: Final = 0.75
MISHEARD: Final = 0.02
FORM: Final = "2018-06"  # the version of the form that is explained


@dataclass(frozen=True, slots=True)
class Registered:
    """A child as registered; `key` is the truth and never stored."""

    key: tuple[int, int]
    consents: tuple[ConsentAnswer, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Children registered on one occasion; more than one make a group."""

    children: tuple[Registered, ...]
    note: str
    at: datetime


class Shelter:
    """The registration of the demo: two clerks' work in one hand.

    Args:
        chance: the source of chance.
        places: codes the gazetteer knows; others are left out.
    """

    def __init__(self, chance: Random, places: Collection[str]) -> None:
        self.chance = chance
        self.places = places
        self.clerk = Clerk(chance, recognised=RECOGNISED, misheard=MISHEARD)
        self.registration = Registration(chance, Parameters())

    def register(self, torn: Torn) -> list[Together]:
        """Register a family's children: together, and who came apart on another day."""
        occasions = (
            [written for written in torn.children if not written.apart],
            [written for written in torn.children if written.apart],
        )
        return [self.occasion(torn, children) for children in occasions if children]

    def occasion(self, torn: Torn, children: Sequence[Written]) -> Together:
        """Register the children who came on one day."""
        day = REGISTERED_FROM + timedelta(days=self.chance.randrange(REGISTERED_DAYS))
        hour = time(self.chance.randint(8, 15), self.chance.randrange(60), tzinfo=BAGHDAD)
        return Together(
            children=tuple(
                Registered(
                    written.child.key,
                    tuple(answers(written, day)),
                    tuple(self.statements(torn, written, day)),
                )
                for written in children
            ),
            note=torn.note,
            at=datetime.combine(day, hour),
        )

    def statements(self, torn: Torn, written: Written, day: date) -> list[Statement]:
        """Return all that is said about one child."""
        child, found_at = written.child, self.place(torn.found_at)
        said_by = SaidBy.CHILD if child.age_on(day) >= TELLS_AT else SaidBy.CUSTODIAN
        said = [
            self.name(torn, written, said_by),
            observed("sex", {"code": child.sex}, Certainty.CONFIRMED),
            self.age(child, day),
            observed("found_at", found_at, Certainty.CONFIRMED),
            observed("language", {"text": data("remembered")["languages"][child.custom.id]}),
        ]
        said += self.parents(torn, written, said_by)
        if written.told:
            home = self.place(torn.family.home)
            said.append(Statement(property="relatives_region", value=home, said_by=said_by))
        if torn.children[0].apart or any(other.apart for other in torn.children):
            said += self.missing(torn, written, said_by)
        if torn.elsewhere:
            value = {"text": torn.elsewhere}
            said.append(Statement(property="found_at", value=value, said_by=SaidBy.CUSTODIAN))
        said += [*relatives(torn, written, said_by), *stays(torn, found_at, day, self.places)]
        return said + self.remembered(child, day)

    def name(self, torn: Torn, written: Written, said_by: SaidBy) -> Statement:
        """Return the name in the form it was told, or that it is unknown."""
        if written.style == "none":
            return Statement(property="name", answer=Answer.UNKNOWN, said_by=SaidBy.CUSTODIAN)
        text = self.registration.form(written.style, written.child, torn.family, self.clerk)
        return Statement(property="name", value=arabic(text), said_by=said_by)

    def age(self, child: Child, day: date) -> Statement:
        """Return the age a worker guessed, with the day of the guess."""
        guessed = child.age_on(day) + self.chance.choice(GUESSES)
        age = min(max(guessed, YOUNGEST), OLDEST)
        return Statement(
            property="born",
            value={"age": age, "as_of": day.isoformat()},
            said_by=SaidBy.WORKER,
            method=Method.MEDICAL_ESTIMATE,
            certainty=Certainty.POSSIBLE,
            as_of=day.isoformat(),
        )

    def parents(self, torn: Torn, written: Written, said_by: SaidBy) -> list[Statement]:
        """Return what is told about father and mother; silence is put down as unknown."""
        child, clerk = written.child, self.clerk
        texts = {
            "father": clerk.given(child.father.given),
            "mother": clerk.given(child.mother.given),
        }
        if written.style == "kunya":
            texts["father"] = self.registration.kunya(child, torn.family, clerk)
        known = written.told | ({"father"} if written.style == "kunya" else set())
        return [
            Statement(property=parent, value=arabic(text), said_by=said_by)
            if parent in known
            else Statement(property=parent, answer=Answer.UNKNOWN, said_by=said_by)
            for parent, text in texts.items()
        ]

    def missing(self, torn: Torn, written: Written, said_by: SaidBy) -> list[Statement]:
        """Return the names of siblings who were registered elsewhere."""
        return [
            Statement(
                property="sibling",
                value=arabic(self.clerk.given(other.child.given)),
                said_by=said_by,
            )
            for other in torn.children
            if other.apart != written.apart
        ]

    def remembered(self, child: Child, day: date) -> list[Statement]:
        """Return songs and words of the young, and a mark on some: evidence, never matched."""
        said = []
        if child.age_on(day) <= SINGS_UNTIL:
            song = self.chance.choice(data("remembered")["songs_and_words"][child.custom.id])
            said.append(observed("songs_and_words", {"text": song}))
        if self.chance.random() < MARKED:
            mark = self.chance.choice(data("remembered")["marks"]["any"])
            said.append(observed("mark", {"text": mark}, Certainty.CONFIRMED))
        return said

    def place(self, place: Place) -> dict[str, str]:
        """Return a place as written, with its code if the gazetteer has it."""
        value = {"text": self.clerk.place(place)}
        return value | {"code": place.code} if place.code in self.places else value


def answers(written: Written, day: date) -> list[ConsentAnswer]:
    """Return what is answered to the question for consent: by the child, or who keeps it."""
    giver = Giver.CHILD if written.child.age_on(day) >= TELLS_AT else Giver.GUARDIAN
    agreed = ConsentAnswer(state=State.GIVEN, giver=giver, form_version=FORM, language="ar")
    if written.consent == State.GIVEN:
        return [agreed]
    changed = ConsentAnswer(state=State(written.consent), giver=giver)
    return [agreed, changed] if written.consent == State.WITHDRAWN else [changed]


def arabic(text: str) -> dict[str, str]:
    """Return a name value in Arabic script."""
    return {"text": text, "script": "arabic", "language": "ar"}


def observed(
    kind: str, value: dict[str, str], certainty: Certainty = Certainty.PROBABLE
) -> Statement:
    """Return what a worker saw for themselves."""
    return Statement(
        property=kind,
        value=value,
        said_by=SaidBy.WORKER,
        method=Method.OBSERVATION,
        certainty=certainty,
    )
