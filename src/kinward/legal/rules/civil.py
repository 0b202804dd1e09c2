"""Pure decisions about evidence, claims to nationalities, formalities and registered births."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kinward.casework.tracks import Civil
from kinward.legal.models import (
    Answer,
    EvidenceNoted,
    FormalityKind,
    Legalised,
    Progress,
    Protection,
    Question,
    Registered,
    Result,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

# Which step of the papers follows from what a laboratory concludes.
DNA_STEPS: Final = {
    Result.SUPPORTS: Civil.DNA_SUPPORTS,
    Result.EXCLUDES: Civil.DNA_EXCLUDES,
    Result.INCONCLUSIVE: Civil.DNA_INCONCLUSIVE,
}
# What has to be shown before a birth is registered; the others help where they are asked for.
ASKED_ALWAYS: Final = (Question.IDENTITY, Question.BIRTH, Question.PARENTAGE)
# What can follow on the way into the register of one state; "" is before anything.
BIRTH_FOLLOWS: Final[Mapping[str, tuple[Registered, ...]]] = {
    "": (Registered.FILED, Registered.REGISTERED, Registered.REFUSED),
    Registered.FILED: (Registered.REGISTERED, Registered.REFUSED),
    Registered.REFUSED: (Registered.FILED, Registered.REGISTERED),
    Registered.REGISTERED: (),
}
FORMALITY_FOLLOWS: Final[Mapping[str, tuple[Progress, ...]]] = {
    "": (Progress.ORDERED, Progress.DONE, Progress.DROPPED),
    Progress.ORDERED: (Progress.DONE, Progress.DROPPED),
    Progress.DONE: (),
    Progress.DROPPED: (),
}


def counts(notes: Iterable[str]) -> bool:
    """Tell whether a piece of evidence still counts, by what was noted of it."""
    return EvidenceNoted.WITHDRAWN not in notes


def is_contested(notes: Sequence[str]) -> bool:
    """Tell whether a piece of evidence is contested, and nobody has answered that since."""
    said = [each for each in notes if each != EvidenceNoted.WITHDRAWN]
    return bool(said) and said[-1] == EvidenceNoted.CONTESTED


def unanswered(shown: Collection[str]) -> tuple[Question, ...]:
    """Return which questions nothing is shown of that every register asks."""
    return tuple(each for each in ASKED_ALWAYS if each not in shown)


def protection(claims: Sequence[str]) -> Protection | None:
    """Return what must not be overlooked, by how each claim of a child stands; None if nothing.

    A child that no country recognises may be stateless under the Convention of 1954, article 1,
    whoever claims it: the flag asks somebody to act, and decides nothing.
    """
    if Answer.RECOGNISED in claims:
        return None
    if Answer.DISPUTED in claims:
        return Protection.DISPUTED
    if claims and all(each == Answer.REFUSED for each in claims):
        return Protection.AT_RISK
    return Protection.NOT_YET


def step_of_claims(claims: Sequence[str]) -> Civil | None:
    """Return the step of the papers that follows from how the claims of a child stand."""
    recognised = sum(each == Answer.RECOGNISED for each in claims)
    if recognised:
        return Civil.MULTIPLE if recognised > 1 else Civil.RECOGNISED
    followed = {Protection.DISPUTED: Civil.DISPUTED, Protection.AT_RISK: Civil.STATELESS}
    found = protection(claims)
    return followed.get(found) if found else None


def fits(kind: str, how: Legalised) -> bool:
    """Tell whether a formality is the one two states ask for; where that is not known, any is."""
    wanted = {
        Legalised.APOSTILLE: FormalityKind.APOSTILLE,
        Legalised.CONSULAR: FormalityKind.CONSULAR,
    }
    if kind == FormalityKind.TRANSLATION or how == Legalised.UNKNOWN:
        return True
    return wanted.get(how) == kind


def next_due(formalities: Iterable[tuple[str, date]]) -> date | None:
    """Return the first day by which a formality is due that is neither done nor dropped.

    Takes how far each is ("" at first), and its day.
    """
    return min((due for stands, due in formalities if FORMALITY_FOLLOWS[stands]), default=None)
