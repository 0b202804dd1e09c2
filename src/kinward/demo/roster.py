"""A shelter's roster: two of the children once more, as another clerk wrote them in Latin letters.

Of one of them two people have judged that it is a known child; the other waits for somebody to see.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.demo.children import BAGHDAD, FORM
from kinward.demo.scenario import data
from kinward.people.actions import read_list, register_rows, take_list
from kinward.people.consents import Giver, State
from kinward.people.listing import AGE, Told
from kinward.people.models import Found, SaidBy
from kinward.people.naming import romanise
from kinward.people.rules import ConsentAnswer
from kinward.places.actions import add_place
from kinward.places.queries import place_of
from kinward.tracing.actions import answer_merging, ask_to_merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kinward.access.models import User
    from kinward.demo.children import Registered, Together
    from kinward.demo.truth import Key
    from kinward.people.models import Person

HEADER: Final = ["Name", "Father", "Sex", "Age"]
MEANINGS: Final = ["name", "father", "sex", AGE]
JUDGING: Final = (Role.REGISTRAR, Role.TRACING_OFFICER, Role.SECOND_REVIEWER)
AGREES: Final = ConsentAnswer(
    state=State.GIVEN, giver=Giver.GUARDIAN, form_version=FORM, language="ar"
)


class Listed(NamedTuple):
    """A child of the roster: whose truth it is, and its row."""

    key: Key
    row: tuple[int, list[str]]


def listed(registered: Iterable[Together]) -> list[Listed]:
    """Return the rows of the roster, in the order of the file."""
    children = {child.key: child for together in registered for child in together.children}
    keys = [(family, place) for family, place in data("remembered")["roster"]["children"]]
    return [Listed(key, (number, cells(children[key]))) for number, key in enumerate(keys, start=2)]


def cells(child: Registered) -> list[str]:
    """Return a child as the clerk of the shelter wrote it."""
    said: dict[str, Mapping[str, Any]] = {
        one.property: one.value for one in child.statements if one.value
    }
    return [
        romanise(said["name"]["text"]),
        romanise(said["father"]["text"]),
        said["sex"]["code"],
        str(said["born"]["age"]),
    ]


def take_roster(
    rows: Sequence[Listed], known: Mapping[Key, Person], workers: Sequence[User]
) -> None:
    """Take the roster in and register its rows; have two people judge the first of them."""
    told = data("remembered")["roster"]
    at = datetime.combine(told["day"], time(11, 30, tzinfo=BAGHDAD))
    day = told["day"].isoformat()
    of = {role: next(each for each in workers if each.role == role) for role in JUDGING}
    registrar = of[Role.REGISTRAR]
    within = place_of(registrar.region)
    if within is None:
        return  # a gazetteer of which a part was loaded
    with acting(registrar):
        shelter = add_place(
            within=within,
            name=told["place"],
            language="ar",
            kind="shelter",
            source=told["given_by"],
            by=registrar,
            at=at,
        )
        one = take_list(
            table=[(1, HEADER), *(each.row for each in rows)],
            name=told["name"],
            given_by=told["given_by"],
            given_on=day,
            facility={"code": shelter.code, "text": told["place"]},
            by=registrar,
            at=at,
        ).list
        read_list(
            one=one,
            meanings=MEANINGS,
            told=Told(said_by=SaidBy.CUSTODIAN, as_of=day),
            consent=AGREES,
            by=registrar,
            at=at,
        )
        made = register_rows(one=one, by=registrar, at=at)
    first = next(each.person for each in made if each.row.number == rows[0].row[0])
    both: dict[str, Any] = {"one": known[rows[0].key], "other": first, "at": at}
    asks, agrees = of[Role.TRACING_OFFICER], of[Role.SECOND_REVIEWER]
    with acting(asks):
        ask_to_merge(**both, found=Found.ONE_CHILD, reason=told["reason"], by=asks)
    with acting(agrees):
        answer_merging(**both, agree=True, by=agrees)
