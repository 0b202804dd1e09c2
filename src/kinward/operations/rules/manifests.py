"""What a version of a manifest says, how it differs from another, and who may sign it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kinward.operations.models.words import Change, Unready

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A child on a manifest: under which name, with which document, over which legs."""

    child: UUID
    surname: str
    given: str
    document: Mapping[str, str] = field(default_factory=dict)
    over: tuple[int, ...] = ()
    berth: str = "seat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs from the version before."""

    child: UUID
    change: Change
    before: str = ""  # names, or legs
    after: str = ""


def digest(
    operation: str, version: int, lines: Sequence[Line], escorts: Sequence[Mapping[str, Any]]
) -> str:
    """Return the SHA-256 of all that a version says, in hexadecimals: any change gives another."""
    said = {
        "operation": operation,
        "version": version,
        "lines": [asdict(line) | {"child": str(line.child)} for line in lines],
        "escorts": [dict(one) for one in escorts],
    }
    plain = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()


def differences(before: Sequence[Line], after: Sequence[Line]) -> list[Difference]:
    """Return what a version says otherwise than the one before, child by child."""
    old = {line.child: line for line in before}
    new = {line.child: line for line in after}
    gone = [
        Difference(child=key, change=Change.REMOVED, before=name(old[key]))
        for key in old
        if key not in new
    ]
    came = [
        Difference(child=key, change=Change.ADDED, after=name(new[key]))
        for key in new
        if key not in old
    ]
    both = [(old[key], new[key]) for key in new if key in old]
    return [*gone, *came, *(each for pair in both for each in changed(*pair))]


def changed(old: Line, new: Line) -> list[Difference]:
    """Return what differs between two lines of one child."""
    legs = [", ".join(map(str, line.over)) for line in (old, new)]
    found = (
        (name(old) != name(new), Change.RENAMED, (name(old), name(new))),
        (old.over != new.over, Change.REROUTED, (legs[0], legs[1])),
        (old.berth != new.berth, Change.RESEATED, ("", "")),
        (old.document != new.document, Change.REDOCUMENTED, ("", "")),
    )
    return [
        Difference(child=new.child, change=change, before=shown[0], after=shown[1])
        for holds, change, shown in found
        if holds
    ]


def name(line: Line) -> str:
    """Return a name as a list has it."""
    return ", ".join(filter(None, [line.surname, line.given]))


def says_the_same(lines: Sequence[Line], others: Sequence[Line]) -> bool:
    """Tell whether two lists say the same of the same children, in whatever order."""
    return differences(lines, others) == []


def frozen(signers: Collection[UUID]) -> bool:
    """Tell whether a version is frozen: two different people have signed it."""
    return len(set(signers)) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """A version as it stands before somebody signs it."""

    signers: Sequence[UUID]
    is_last: bool
    intact: bool  # it says what it said when it was drafted
    as_planned: bool  # the plan is still the same
    as_printed: bool  # every name is still that of the document in hand


def may_sign(version: ToSign, by: UUID) -> tuple[Unready, ...]:
    """Return why somebody may not sign a version."""
    done = frozen(version.signers)
    found = (
        (done, Unready.FROZEN),
        (not done and by in version.signers, Unready.SIGNED),
        (not version.is_last, Unready.LATER),
        (not version.intact, Unready.TAMPERED),
        (not version.as_planned, Unready.STALE),
        (version.as_planned and not version.as_printed, Unready.RENAMED),
    )
    return tuple(each for holds, each in found if holds)
