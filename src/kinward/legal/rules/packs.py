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
    from collections.abc import Iterable, Iterator, Mapping
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
    act: str = ""  # the pack's own, where the file names no other


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritten:
    """A law of which nothing is written down here, and the births it is about."""

    act: str
    births_from: date | None = None
    births_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What the law of one country says, as far as it is written down here.

    `reviewed_by` names the lawyer who read it and `reviewed_on` the day; empty until one has.
    """

    country: str  # ISO 3166-1
    version: str
    act: str
    valid_from: date
    reviewed_by: str
    reviewed_on: date | None = None
    notice: str
    left_out: str
    rules: tuple[LawRule, ...]
    unwritten: tuple[Unwritten, ...] = ()

    def not_told(self, born: tuple[date, date] | None) -> list[Unwritten]:
        """Return the laws not written down here that a child born then may fall under."""
        return [each for each in self.unwritten if is_about(each, born) is not False]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What would follow from one rule for a child, what is recorded of it, and what is missing."""

    rule: LawRule
    outcome: Outcome
    recorded: tuple[str, ...] = ()  # facts the rule asks for that are recorded as so
    against: tuple[str, ...] = ()  # those recorded as not so, where it fails by them
    missing: tuple[tuple[str, ...], ...] = ()  # groups of facts, of each of which one is enough

    @property
    def recorded_words(self) -> list[str]:
        """What is recorded, in words."""
        return in_words(self.recorded)

    @property
    def against_words(self) -> list[str]:
        """What is recorded as not so, in words."""
        return in_words(self.against)

    @property
    def missing_words(self) -> list[list[str]]:
        """What is missing, in words: of each group one is enough."""
        return [in_words(group) for group in self.missing]


def in_words(facts: Iterable[str]) -> list[str]:
    """Return facts as a reader may read them."""
    return [str(LawAsks(each).label) for each in facts]


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
        LawRule(**{"act": told["act"]} | each | {"needs": tuple(map(tuple, each["needs"]))})
        for each in told["rules"]
    ]
    unwritten = tuple(Unwritten(**each) for each in told.get("unwritten", ()))
    return Pack(**told | {"rules": tuple(rules), "unwritten": unwritten})


def outcome(rule: LawRule, known: Mapping[str, bool], born: tuple[date, date] | None) -> Followed:
    """Tell what would follow from a rule for a child. It recognises nothing.

    `known` are the facts that are recorded of the country, whether they hold; `born` the first and
    last possible day of birth.
    """
    asked = tuple(dict.fromkeys(fact for group in rule.needs for fact in group))
    recorded = tuple(fact for fact in asked if known.get(fact))
    fails = [group for group in rule.needs if all(known.get(fact) is False for fact in group)]
    against = tuple(dict.fromkeys(fact for group in fails for fact in group))
    applies = is_about(rule, born)
    if applies is False or against:
        return Followed(rule=rule, outcome=Outcome.NOT_BY_IT, recorded=recorded, against=against)
    missing = tuple(
        tuple(fact for fact in group if known.get(fact) is not False)
        for group in rule.needs
        if not any(known.get(fact) for fact in group)
    )
    says = Outcome.NEEDS if missing else Outcome.FOLLOWS
    if applies is None:
        says = Outcome.UNKNOWN
    return Followed(rule=rule, outcome=says, recorded=recorded, missing=missing)


def is_about(rule: LawRule | Unwritten, born: tuple[date, date] | None) -> bool | None:
    """Tell whether a rule or a law is about births of those days; None if they do not say."""
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
