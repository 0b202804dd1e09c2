"""What nationality laws ask for and how papers are accepted abroad, from data. Not legal advice.

Packs stand in `data/nationality`, a file a country, each rule with its article; treaties on
legalisation in `data/legalisation.toml`; standards of proof in `data/proof.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from kinward.legal.models import LawAsks, Legalised, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

DATA: Final = "kinward.legal.data"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRule:
    """One rule of a nationality law: of every group of facts it asks for one or more."""

    id: str
    basis: str
    article: str
    needs: tuple[tuple[str, ...], ...]
    births_from: date | None = None  # the first day of birth it is about
    births_until: date | None = None  # the last
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What the law of one country says, as far as it is written down here."""

    country: str  # ISO 3166-1
    version: str
    act: str
    valid_from: date
    notice: str
    left_out: str
    rules: tuple[LawRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What would follow from one rule for a child, and the groups of facts still to be shown."""

    rule: LawRule
    outcome: Outcome
    missing: tuple[tuple[str, ...], ...] = ()

    @property
    def missing_words(self) -> list[list[str]]:
        """What is missing, in words: of each group one is enough."""
        return [[str(LawAsks(each).label) for each in group] for group in self.missing]


def read(*path: str) -> dict[str, Any]:
    """Read one file of data."""
    return tomllib.loads(files(DATA).joinpath(*path).read_text("utf-8"))


@cache
def packs() -> Mapping[str, Pack]:
    """Read what is known of nationality laws, by country."""
    named = sorted(each.name for each in files(DATA).joinpath("nationality").iterdir())
    told = [read("nationality", name) for name in named if name.endswith(".toml")]
    return {each["country"]: pack(each) for each in told}


def pack(told: dict[str, Any]) -> Pack:
    """Return what one file says."""
    rules = [
        LawRule(**each | {"needs": tuple(tuple(group) for group in each["needs"])})
        for each in told["rules"]
    ]
    return Pack(**told | {"rules": tuple(rules)})


def outcome(rule: LawRule, known: Mapping[str, bool], born: tuple[date, date] | None) -> Followed:
    """Tell what would follow from a rule for a child. It recognises nothing.

    `known` are the facts that are recorded of the country, whether they hold; `born` the first and
    last possible day of birth.
    """
    applies = is_about(rule, born)
    if applies is False or any(
        all(known.get(fact) is False for fact in group) for group in rule.needs
    ):
        return Followed(rule=rule, outcome=Outcome.NOT_BY_IT)
    if applies is None:
        return Followed(rule=rule, outcome=Outcome.UNKNOWN)
    missing = tuple(
        tuple(fact for fact in group if known.get(fact) is not False)
        for group in rule.needs
        if not any(known.get(fact) for fact in group)
    )
    says = Outcome.NEEDS if missing else Outcome.FOLLOWS
    return Followed(rule=rule, outcome=says, missing=missing)


def is_about(rule: LawRule, born: tuple[date, date] | None) -> bool | None:
    """Tell whether a rule is about births of those days; None if they do not say."""
    if rule.births_from is None and rule.births_until is None:
        return True
    if born is None:
        return None
    first, last = born
    before = rule.births_from is not None and last < rule.births_from
    after = rule.births_until is not None and first > rule.births_until
    if before or after:
        return False
    inside = (rule.births_from is None or first >= rule.births_from) and (
        rule.births_until is None or last <= rule.births_until
    )
    return True if inside else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """How papers of one state are accepted in another, and who says so."""

    how: Legalised
    source: str = ""


@cache
def treaties() -> dict[str, Any]:
    """Read which states accept whose papers how."""
    return read("legalisation.toml")


def accepted(issued_in: str, used_in: str, day: date) -> Accepted:
    """Return what a public document of one state needs in another on a day.

    What treaties between two states say for themselves comes first, then objections, then the
    Apostille Convention of 1961.
    """
    if issued_in == used_in:
        return Accepted(how=Legalised.NONE)
    told, both = treaties(), {issued_in, used_in}
    for each in between(both, day):
        return Accepted(how=Legalised(each["how"]), source=each["source"])
    party = {each["state"]: each for each in told["states"]}
    if not both <= set(party):
        return Accepted(how=Legalised.UNKNOWN)
    joined = [party[each].get("apostille_from") for each in both]
    inside = all(each is not None and each <= day for each in joined)
    how = Legalised.APOSTILLE if inside else Legalised.CONSULAR
    return Accepted(how=how, source=told["source"])


def between(both: set[str], day: date) -> Iterator[dict[str, Any]]:
    """Yield what is agreed, or objected to, just between these two states on a day."""
    for each in treaties()["between"]:
        if both <= set(each["states"]) and each["from"] <= day:
            one_side = set(each.get("one_of", both))
            if both & one_side:
                yield each


@cache
def proof() -> dict[str, Any]:
    """Read the standards of proof, and who asks for which."""
    return read("proof.toml")
