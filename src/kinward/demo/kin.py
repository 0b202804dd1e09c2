"""What children tell of their relatives, and where they have been: made up like all the rest.

Names and days are drawn from chances of their own, so that nothing else of the caseload hangs on
how much of this there is.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from kinmatch.synth import Clerk
from kinmatch.synth.families import adult
from kinward.demo.scenario import data
from kinward.people.models import Certainty, Method, SaidBy
from kinward.people.rules import Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from kinward.demo.scenario import Torn, Written

FOUND_BEFORE: Final = (260, 500)  # days from being found to being registered
BAGHDAD: Final = "IQ-BG"
ARABIC: Final = {"script": "arabic"}


def relatives(torn: Torn, written: Written, said_by: SaidBy) -> list[Statement]:
    """Return what is told of a child's relatives: all by a child, of the parents by who keeps it.

    Of whom the family's entry says that somebody else tells it, that one does.
    """
    told = data("families")["kin"] | {"family": torn.kin}
    entries = [*told["all"], *told["family"]]
    if said_by != SaidBy.CHILD:
        entries = [each for each in entries if each["relation"] in {"father", "mother"}]
    return [relative(torn, written, each, said_by) for each in entries]


def relative(torn: Torn, written: Written, entry: Mapping[str, Any], said_by: SaidBy) -> Statement:
    """Return what is told of one relative; named ones bear one name in the whole family."""
    entry = dict(entry)
    speaker = SaidBy(entry.pop("said_by", said_by))
    named = entry.pop("named", "")
    value = {key: text for key, text in entry.items() if speaker == SaidBy.CHILD or key != "agrees"}
    if named:
        value |= {"text": name_of(torn, written, entry["relation"], named), "sex": named} | ARABIC
    return Statement(
        property="relative", value=value, said_by=speaker, certainty=Certainty.POSSIBLE
    )


def name_of(torn: Torn, written: Written, relation: str, sex: str) -> str:
    """Return the name of a relative as a clerk writes it, drawn for this family alone."""
    chance = Random(f"{torn.family.number} {relation}")  # noqa: S311 (made-up data)
    parent = written.child.father if relation.endswith("father") else written.child.mother
    made = adult(chance, torn.family.custom, sex, parent.surname)
    return Clerk(chance, recognised=1.0, misheard=0.0).given(made.given)


def stays(
    torn: Torn, found_at: Mapping[str, str], day: date, places: Collection[str]
) -> list[Statement]:
    """Return where children registered on a day have been, as a worker put it down.

    Those registered together came together, so all of a family have the same stays.
    """
    chance = Random(f"{torn.family.number} {day}")  # noqa: S311 (made-up data)
    found = (day - timedelta(days=chance.randint(*FOUND_BEFORE))).isoformat()[:7]
    words = data("remembered")["stays"]
    where = {"code": BAGHDAD} if BAGHDAD in places else {}
    told: list[dict[str, str]] = [
        {"role": "found", "since": found, **found_at},
        {
            "role": "held",
            "custodian": "prison",
            "since": found,
            "until": day.isoformat(),
            "text": words["prison"],
            **where,
        },
        {
            "role": "handed_over",
            "custodian": "shelter",
            "since": day.isoformat(),
            "text": words["shelter"],
            **where,
        },
    ]
    return [
        Statement(
            property="stay",
            value=value,
            said_by=SaidBy.OFFICIAL,
            method=Method.DOCUMENT,
            certainty=Certainty.PROBABLE,
        )
        for value in told
    ]
