"""Suggestions held against coded claims, field by field."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from math import isclose
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reading.texts import Coded, Text

FIELDS = ("value", "operator", "unit", "state", "place", "time", "speaker", "part of")
STEM = 5  # letters of a word that its cases share
SHORTEST = 3  # letters of a word that says who
AT_LEAST = 0.5  # of the words that say who, alike
TITLES = {"the", "and", "for", "mr", "ms", "head", "по"}
NEAR = 0.002  # a share in three decimals


class Suggested(Protocol):
    """What is measured: ours and the peer's."""

    at: int
    end: int
    operator: str
    low: float | None
    high: float | None
    unit: str
    state: str
    places: Sequence[str]
    as_of: str
    since: str
    speaker: str
    whole: int | None


@dataclass(slots=True)
class Score:
    """Counts of one or more texts."""

    coded: int = 0
    suggested: int = 0
    found: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Claims that were suggested."""
        return self.found / self.coded if self.coded else 0.0

    @property
    def precision(self) -> float:
        """Suggestions that are claims."""
        return self.found / self.suggested if self.suggested else 0.0

    def share(self, name: str) -> float | None:
        """Found claims of which a field is right."""
        return self.right[name] / self.asked[name] if self.asked[name] else None

    def recall_of(self, name: str) -> float | None:
        """Coded claims that were suggested with this field right; None where it is not coded."""
        asked = self.asked[name]
        return self.right[name] / (asked + self.coded - self.found) if asked else None

    def precision_of(self, name: str) -> float | None:
        """Suggestions that are claims and have this field right; None where it is not coded."""
        asked = self.asked[name]
        return self.right[name] / (asked + self.suggested - self.found) if asked else None

    def add(self, other: Score) -> Score:
        """Count another in."""
        self.coded += other.coded
        self.suggested += other.suggested
        self.found += other.found
        self.asked += other.asked
        self.right += other.right
        self.missed += other.missed
        self.wrong += other.wrong
        return self


def score(text: Text, suggested: Iterable[Suggested]) -> Score:
    """Hold the suggestions of a text against its claims."""
    left = sorted(suggested, key=lambda one: one.at)
    told = Score(coded=len(text.claims), suggested=len(left))
    for claim in text.claims:
        inside = [one for one in left if claim.start <= one.at and one.end <= claim.end]
        one = next((one for one in inside if same_value(claim, one)), None)
        one = one or next(iter(inside), None)
        if one is None:
            told.missed.append(f"{text.name}: {text.text[claim.start : claim.end]!r}")
            continue
        left.remove(one)
        told.found += 1
        judge(told, text, claim, one)
    told.wrong += [
        f"{text.name}: no claim: {text.text[max(0, one.at - 20) : one.end + 20]!r}" for one in left
    ]
    return told


def judge(told: Score, text: Text, claim: Coded, one: Suggested) -> None:
    """Count which fields are right. A field counts where it was coded or was suggested."""
    day = text.published_on.isoformat()
    when = [(each.as_of.replace(day, ""), each.since) for each in (claim, one)]
    fields = {
        "value": same_value(claim, one),
        "operator": claim.operator == one.operator,
        "unit": claim.unit == one.unit,
        "place": claim.places == frozenset(one.places),
        "time": when[0] == when[1],
        "speaker": same_speaker(claim.speaker, one.speaker),
        "part of": inside(claim.whole, one.whole),
    }
    if claim.state is not None:
        fields["state"] = claim.state == one.state
    told.asked.update(list(fields))
    told.right.update(name for name, right in fields.items() if right)
    both = fields["speaker"]
    told.right["found and speaker"] += both
    for name, right in fields.items():
        if not right:
            attribute = {"value": "low", "part of": "whole", "place": "places", "time": "as_of"}
            said = getattr(one, attribute.get(name, name))
            quote = text.text[claim.start : claim.end]
            told.wrong.append(f"{text.name}: {name}: {said!r} of {quote!r}")


def same_value(claim: Coded, one: Suggested) -> bool:
    """Tell whether both ends are the same."""
    ends = ((claim.low, one.low), (claim.high, one.high))
    return all(
        left is right
        or (left is not None and right is not None and isclose(left, right, abs_tol=NEAR))
        for left, right in ends
    )


def inside(span: tuple[int, int] | None, at: int | None) -> bool:
    """Tell whether a place lies in a span; both may be none."""
    if span is None or at is None:
        return span is at
    return span[0] <= at < span[1]


def same_speaker(coded: str, suggested: str) -> bool:
    """Tell whether two speakers are one: half their words are alike, whatever their case."""
    one, other = stems(coded), stems(suggested)
    if not one or not other:
        return one == other
    return len(one & other) / min(len(one), len(other)) >= AT_LEAST


def stems(words: str) -> set[str]:
    """Return what the words of a speaker are alike by."""
    told = re.findall(r"[^\W\d_]+", words.lower())
    return {word[:STEM] for word in told if len(word) >= SHORTEST and word not in TITLES}
