"""What a statement must be like, and what the statements about a person add up to."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from kinward.people.consents import ABOUT_SOMEBODY, GROUNDS, STOPS, ConsentPurpose, Giver, State
from kinward.people.models import Answer, Certainty, Method, SaidBy
from kinward.people.naming import days_of
from kinward.people.properties import PROPERTIES, Property, Shape
from kinward.people.values import FITS, KEYS, YES_OR_NO, born_span, parts_fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from kinward.people.consents import Consent, ConsentRevisit
    from kinward.people.models import Assertion

SIGNED_FOR: Final = "erasure"  # what the signature of a certificate is for
COOLING_OFF: Final = timedelta(days=30)  # between the second person's yes and an erasure


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing somebody says about a person, before it is stored.

    `value` has the keys of its property's shape (see properties.Shape) and is empty unless `answer`
    is known, or withdrawn: then it holds the "reason" and `corrects` names what is withdrawn.
    `as_of` is a date of ISO 8601-2. `corrects` is the id of the statement it replaces.
    """

    property: str
    value: Mapping[str, Any] = field(default_factory=dict)
    answer: Answer = Answer.KNOWN
    said_by: SaidBy = SaidBy.CHILD
    method: Method = Method.INTERVIEW
    certainty: Certainty = Certainty.PROBABLE
    source: str = ""
    as_of: str = ""
    corrects: UUID | None = None


class Fault(StrEnum):
    """What can be wrong with a statement."""

    PROPERTY = "property"  # no such kind of fact
    ANSWER = "answer"  # a value where there is none to have, or none where there must be one
    KEYS = "keys"  # parts that this kind of fact does not have
    NAME = "name"
    SEX = "sex"
    BIRTH = "birth"
    PLACE = "place"
    KIN = "kin"
    STAY = "stay"
    WHEN = "when"
    TEXT = "text"
    AS_OF = "as_of"


def fault(statement: Statement) -> Fault | None:
    """Return the first thing that is wrong with the statement, or None."""
    kind = PROPERTIES.get(statement.property)
    if kind is None:
        return Fault.PROPERTY
    if statement.as_of and days_of(statement.as_of) is None:
        return Fault.AS_OF
    if not answer_fits(statement):
        return Fault.ANSWER
    if statement.answer != Answer.KNOWN:
        return None
    if set(statement.value) - KEYS[kind.shape]:
        return Fault.KEYS
    return None if FITS[kind.shape](statement.value) else Fault(kind.shape.value)


def answer_fits(statement: Statement) -> bool:
    """Tell whether there is a value just where there must be one, or a reason to withdraw."""
    if statement.answer != Answer.WITHDRAWN:
        return (statement.answer == Answer.KNOWN) == bool(statement.value)
    gives_reason = set(statement.value) == {"reason"} and parts_fit(statement.value)
    return gives_reason and statement.corrects is not None


def region_only(value: Mapping[str, Any]) -> dict[str, str]:
    """Return a PLACE value as who compares blind reads it: its region, or that it is withheld."""
    region = str(value.get("code", "")).partition(":")[0]
    return {"text": "", "code": region} if region else {"text": "", "withheld": "yes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One value of a fact, with everyone who said just that."""

    answer: str
    value: Mapping[str, Any]
    statements: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """All that stands about one property: values side by side, and what was corrected.

    Of what was corrected some was withdrawn: its id to the row that says why.
    """

    kind: Property
    sayings: tuple[Saying, ...]
    corrected: tuple[Assertion, ...]
    contradicted: bool  # two of the values cannot both be true
    withdrawn: Mapping[UUID | None, Assertion] = field(default_factory=dict)

    @property
    def known(self) -> tuple[Saying, ...]:
        """The sayings that hold a value; of what was erased, none is left."""
        return tuple(
            saying for saying in self.sayings if saying.answer == Answer.KNOWN and saying.value
        )


def profile(assertions: Iterable[Assertion]) -> dict[str, Fact]:
    """Return what stands about a person: property id to fact, in the order of the catalogue.

    Takes the assertions that may be read, oldest first. Nothing wins over anything: values that
    differ stand side by side, and what was corrected is kept apart.
    """
    said = list(assertions)
    replaced = {one.corrects_id for one in said}
    by_property: dict[str, list[Assertion]] = defaultdict(list)
    for one in said:
        by_property[one.property].append(one)
    return {
        each.id: fact(each, by_property[each.id], replaced)
        for each in PROPERTIES.values()
        if each.id in by_property
    }


def fact(kind: Property, said: Iterable[Assertion], replaced: set[UUID | None]) -> Fact:
    """Gather the statements of one property by what they say."""
    standing: dict[tuple[str, str], list[Assertion]] = defaultdict(list)
    corrected: list[Assertion] = []
    withdrawn: dict[UUID | None, Assertion] = {}
    for one in said:
        if one.answer == Answer.WITHDRAWN:
            withdrawn[one.corrects_id] = one
        elif one.pk in replaced:
            corrected.append(one)
        else:
            standing[one.answer, meaning(kind, one.value)].append(one)
    sayings = tuple(
        Saying(answer=answer, value=same[0].value, statements=tuple(same))
        for (answer, _), same in standing.items()
    )
    values = [saying.value for saying in sayings if saying.value]
    return Fact(
        kind=kind,
        sayings=sayings,
        corrected=tuple(corrected),
        withdrawn=withdrawn,
        contradicted=not kind.several and contradictory(kind, values),
    )


def meaning(kind: Property, value: Mapping[str, Any]) -> str:
    """Return a text that two values share when they say the same."""
    if kind.shape == Shape.PLACE and value.get("code"):
        return str(value["code"])
    if kind.shape in {Shape.KIN, Shape.STAY, Shape.WHEN}:
        return str(sorted(value.items())).casefold()
    shown = value.get("text") or value.get("code") or sorted(value.items())
    return " ".join(str(shown).casefold().split())


def contradictory(kind: Property, values: list[Mapping[str, Any]]) -> bool:
    """Tell whether the values of a property that has one cannot all be true.

    Births contradict when no day fits all of them; a place, a sex, a text when two differ.
    """
    if kind.shape != Shape.BIRTH:
        return len(values) > 1
    spans = [read for value in values if (read := born_span(value))]
    return bool(spans) and max(first for first, _ in spans) > min(last for _, last in spans)


# How often an account may search by name: within how long, how many times.
OFTEN_ENOUGH: Final = ((timedelta(minutes=10), 30), (timedelta(days=1), 150))
LOOKED_ALIKE_OFTEN: Final = ((timedelta(minutes=10), 200),)  # while a child is being registered
# For a page of rows of a list at once: three of the longest lists in ten minutes.
LISTED_ALIKE_OFTEN: Final = ((timedelta(minutes=10), 60), (timedelta(days=1), 300))


def too_often(
    moments: Iterable[datetime], now: datetime, limits: Iterable[tuple[timedelta, int]]
) -> bool:
    """Tell whether one more at this moment would be more than the limits allow."""
    listed = list(moments)
    return any(sum(now - one < within for one in listed) >= most for within, most in limits)


# Of consent given in detention. Each but the first is answered yes, no, or not known (empty).
CIRCUMSTANCES: Final = frozenset({"present", "private", "time_to_decide", "lawyer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAnswer:
    """What was answered when consent was asked for, before it is stored (see consents.Consent).

    `circumstances` has the keys CIRCUMSTANCES: who was present, and whether it was in private, with
    time to decide, with a lawyer.
    """

    state: State
    giver: Giver
    purpose: ConsentPurpose = ConsentPurpose.TRACING
    named: str = ""
    form_version: str = ""
    language: str = ""
    reference: str = ""
    decided_by: str = ""
    circumstances: Mapping[str, str] = field(default_factory=dict)


class Gap(StrEnum):
    """What an answer to the question for consent lacks."""

    NAMED = "named"  # it is about somebody who is not named, or names one where there is none
    FORM = "form"  # agreed to what? neither form nor language
    OVERRIDE = "override"  # by the programme, with the decision and who took it
    BEFORE = "before"  # withdrawn by who never agreed
    CIRCUMSTANCES = "circumstances"


def gap(answer: ConsentAnswer, before: Iterable[Consent] = ()) -> Gap | None:
    """Return the first thing an answer lacks, given the answers before it; None if nothing."""
    if (answer.purpose in ABOUT_SOMEBODY) != bool(answer.named.strip()):
        return Gap.NAMED
    told = {key: said for key, said in answer.circumstances.items() if key != "present"}
    if set(answer.circumstances) - CIRCUMSTANCES or set(told.values()) - YES_OR_NO:
        return Gap.CIRCUMSTANCES
    overrides, withdraws = answer.state == State.OVERRIDDEN, answer.state == State.WITHDRAWN
    decides = overrides or (withdraws and answer.giver == Giver.PROGRAMME)
    decided = bool(answer.reference.strip() and answer.decided_by.strip())
    if decides != (answer.giver == Giver.PROGRAMME) or (overrides and not decided):
        return Gap.OVERRIDE
    if answer.state == State.GIVEN and not (answer.form_version.strip() and answer.language):
        return Gap.FORM
    own = latest(before, answer.purpose, answer.named).get(answer.giver)
    return Gap.BEFORE if withdraws and not (own and own.state in GROUNDS) else None


def latest(answers: Iterable[Consent], purpose: str, named: str = "") -> dict[str, Consent]:
    """Return the last answer of each giver for one purpose; takes answers in their order."""
    return {
        answer.giver: answer
        for answer in answers
        if answer.purpose == purpose and answer.named == named
    }


def basis(answers: Iterable[Consent], purpose: str, named: str = "") -> Consent | None:
    """Return the answer upon which something may be done for a purpose; None if nothing may.

    Takes a person's answers up to the moment in question, in their order. The last word of each
    giver counts. A refusal or a withdrawal stops everything, whoever else agrees, until a later
    decision upon another lawful basis. `consents.StandingBasis` keeps it.
    """
    listed = [one for one in answers if one.purpose == purpose and one.named == named]
    last = latest(listed, purpose, named).values()
    if is_stopped(listed, purpose, named):
        return None
    grounds = [one for one in last if one.state in GROUNDS]
    return max(grounds, key=lambda one: one.number, default=None)


def is_constrained(circumstances: Mapping[str, str]) -> bool:
    """Tell whether consent was given in custody without privacy, time to decide or a lawyer.

    It counts as it was given, and has to be asked for again.
    """
    return bool(circumstances) and any(
        circumstances.get(each) != "yes" for each in CIRCUMSTANCES - {"present"}
    )


def to_ask_again(answer: Consent, revisits: Iterable[ConsentRevisit]) -> bool:
    """Tell whether who agreed has to be asked again: never yet as freely as it should be."""
    asked = [answer.circumstances, *(each.circumstances for each in revisits)]
    return answer.state == State.GIVEN and all(is_constrained(each) for each in asked)


def is_stopped(answers: Iterable[Consent], purpose: str, named: str = "") -> bool:
    """Tell whether somebody's last word is no, and nothing was decided upon another basis since."""
    listed = [one for one in answers if one.purpose == purpose and one.named == named]
    overridden_at = max((one.number for one in listed if one.state == State.OVERRIDDEN), default=0)
    last = latest(listed, purpose, named).values()
    return any(one.state in STOPS and one.number > overridden_at for one in last)


def may_erase(*, approved_at: datetime, at: datetime) -> bool:
    """Tell whether the time to think again is over."""
    return at >= approved_at + COOLING_OFF


def certificate(  # noqa: PLR0913 (what it certifies)
    *,
    person: str,
    reference: str,
    ground: str,
    asked_by: str,
    approved_by: str,
    carried_out_by: str,
    erased_at: str,
    keys: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return what a certificate of erasure says; names of accounts, none of anybody else.

    Each of the `keys` names the subject, compartment and version of a key that was destroyed, the
    SHA-256 of its wrapped form, and when.
    """
    return {
        "person": person,
        "reference": reference,
        "ground": ground,
        "asked_by": asked_by,
        "approved_by": approved_by,
        "carried_out_by": carried_out_by,
        "erased_at": erased_at,
        "keys_destroyed": [dict(key) for key in keys],
    }


def as_signed(told: Mapping[str, Any]) -> bytes:
    """Return a certificate as the bytes that are signed: JSON, its keys in order, no spaces."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def as_line(told: Mapping[str, Any], signature: str) -> str:
    """Return a certificate with its signature in one line of ASCII."""
    return json.dumps({"certificate": told, "signature": signature})


def of_line(line: str) -> tuple[dict[str, Any], str] | None:
    """Return the certificate and the signature of a line; None if it is no such line."""
    try:
        kept = json.loads(line)
        return dict(kept["certificate"]), str(kept["signature"])
    except (ValueError, KeyError, TypeError):
        return None
