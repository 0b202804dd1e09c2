"""Versions of a manifest: what they say, what is different, whether they still hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kinward.access.queries import may
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.casework.queries import documents_in_hand
from kinward.core.fields import Erased
from kinward.operations.models import Change, ManifestLine
from kinward.operations.queries.journeys import is_frozen
from kinward.operations.rules import Line, ToSign, differences, digest, may_sign
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from kinward.access.models import User
    from kinward.casework.models import DocumentInHand
    from kinward.operations.models import Manifest, Signature, Unready
    from kinward.operations.queries.journeys import Journey
    from kinward.operations.rules import Difference

OF_THE_NAME: Final = frozenset({Change.RENAMED, Change.REDOCUMENTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A line of a version, with the reference of its child."""

    line: ManifestLine
    reference: str
    differs: tuple[Difference, ...]  # from the document in hand

    @property
    def legs(self) -> str:
        """Over which legs."""
        return ", ".join(str(number) for number in self.line.over)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What differs from the version before, with the reference of the child."""

    reference: str
    difference: Difference

    @property
    def words(self) -> str:
        """What it is, in words."""
        return str(self.difference.change.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a manifest as it stands."""

    manifest: Manifest
    lines: tuple[Shown, ...]
    signatures: tuple[Signature, ...]
    frozen: bool
    intact: bool | None  # None where somebody on it was erased since
    to_sign: ToSign
    changed: tuple[Changed, ...]
    escorts: tuple[dict[str, Any], ...]

    def unready_for(self, user: User) -> tuple[Unready, ...]:
        """Why this account may not sign it."""
        return may_sign(self.to_sign, user.pk)


def versions_of(journey: Journey, *, user: User) -> list[Version]:
    """Every version of the manifest of an operation, the newest first; names as far as one may."""
    manifests, reads = journey.manifests, may(user, Permission.READ_MANIFEST)
    rows = rows_of(manifests)
    keys = {row.child_id for row in rows} | set(journey.plan)
    references, documents = references_of(keys), documents_of(keys)
    now = lines_now(journey, documents)
    found: list[Version] = []
    before: list[Line] = []
    for manifest in manifests:
        own = [row for row in rows if row.manifest_id == manifest.pk]
        lines = [plain(row) for row in own]
        version = Version(
            manifest=manifest,
            lines=tuple(
                Shown(
                    line=row,
                    reference=references.get(row.child_id, ""),
                    differs=mismatch(line, documents.get(row.child_id)),
                )
                for row, line in zip(own, lines, strict=True)
                if reads
            ),
            signatures=tuple(manifest.signatures.all()),
            frozen=is_frozen(manifest),
            intact=is_intact(journey, manifest, lines),
            to_sign=to_sign(journey, manifest, lines, now),
            changed=tuple(
                Changed(
                    reference=references.get(each.child, ""),
                    difference=each if reads else replace(each, before="", after=""),
                )
                for each in (differences(before, lines) if before else ())
            ),
            escorts=tuple(manifest.escorts) if reads else (),
        )
        found.append(version)
        before = lines
    return found[::-1]


@passage(Passage.GATES)
def rows_of(manifests: Collection[Manifest]) -> list[ManifestLine]:
    """Every line of some versions, to be held against their digests."""
    rows = ManifestLine.objects.filter(manifest__in=manifests)
    return list(rows.order_by("manifest__version", "number"))


def plain(row: ManifestLine) -> Line:
    """Return a stored line as the rules need it."""
    return Line(
        child=row.child_id,
        surname=row.surname,
        given=row.given,
        document=row.document,
        over=tuple(row.over),
        berth=str(row.berth),
    )


def lines_now(journey: Journey, documents: dict[UUID, DocumentInHand]) -> list[Line]:
    """What a version drafted now would say: everybody on the plan who has a document in hand."""
    over = journey.over
    return [
        Line(
            child=key,
            surname=documents[key].surname,
            given=documents[key].given,
            document=as_listed(documents[key]),
            over=over[key],
            berth=str(row.berth),
        )
        for key, row in journey.plan.items()
        if key in documents
    ]


def as_listed(found: DocumentInHand) -> dict[str, str]:
    """Return of a document what a line keeps of it."""
    return {
        "kind": found.kind,
        "issuer": found.issuer,
        "number": found.number,
        "valid_until": found.valid_until.isoformat(),
        "zone_surname": found.zone_surname,
        "zone_given": found.zone_given,
    }


def escorts_now(journey: Journey) -> list[dict[str, Any]]:
    """Who travels with the children, as a version lists them."""
    return [
        {"surname": each.surname, "given": each.given, "over": sorted(each.over)}
        for each in journey.escorts
    ]


def mismatch(line: Line, found: DocumentInHand | None) -> tuple[Difference, ...]:
    """Return how a line differs from the document in hand; nothing where there is none."""
    if found is None:
        return ()
    now = Line(
        child=line.child,
        surname=found.surname,
        given=found.given,
        document=as_listed(found),
        over=line.over,
        berth=line.berth,
    )
    return tuple(differences([line], [now]))


def is_intact(journey: Journey, manifest: Manifest, lines: Sequence[Line]) -> bool | None:
    """Tell whether a version says what it said when it was drafted; None after an erasure."""
    if any(isinstance(line.surname, Erased) for line in lines):
        return None
    said = digest(journey.operation.reference, manifest.version, lines, manifest.escorts)
    return bool(said == manifest.digest)


def to_sign(
    journey: Journey, manifest: Manifest, lines: Sequence[Line], now: Sequence[Line]
) -> ToSign:
    """Return a version as it stands before somebody signs it."""
    off = differences(lines, now)
    same_escorts = list(manifest.escorts) == escorts_now(journey)
    missing = len(now) != len(journey.plan)
    return ToSign(
        signers=tuple(each.recorded_by_id for each in manifest.signatures.all()),
        is_last=manifest.version == journey.manifests[-1].version,
        intact=is_intact(journey, manifest, lines) is True,
        as_planned=same_escorts and not missing and all(each.change in OF_THE_NAME for each in off),
        as_printed=not any(each.change in OF_THE_NAME for each in off),
    )


@passage(Passage.GATES)
def references_of(keys: Collection[UUID]) -> dict[UUID, str]:
    """The references of these children."""
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "reference"))


@passage(Passage.GATES)
def documents_of(keys: Collection[UUID]) -> dict[UUID, DocumentInHand]:
    """With which documents these children travel."""
    return documents_in_hand(keys)


@passage(Passage.GATES)
def people_of(lines: Iterable[ManifestLine | Line]) -> list[Person]:
    """The children on these lines, for the log."""
    keys = [line.child if isinstance(line, Line) else line.child_id for line in lines]
    return list(Person.objects.filter(pk__in=keys).order_by("reference"))
