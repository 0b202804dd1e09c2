"""Drafting a manifest, signing it, which freezes it, and handing it out."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.casework.actions import GateClosed, UnfitStep, follow_step
from kinward.casework.models import Track, Unmet
from kinward.casework.tracks import Movement, Next
from kinward.core.errors import RuleBroken
from kinward.core.guarding import refuse_words
from kinward.operations.actions.opening import UnfitPlan, follow, open_operation, refuse_gaps
from kinward.operations.actions.planning import follow_receivers
from kinward.operations.models import (
    Disclosure,
    Manifest,
    ManifestLine,
    Signature,
    Unready,
)
from kinward.operations.queries import (
    despite_of,
    documents_of,
    escorts_now,
    is_frozen,
    known_of,
    lines_now,
    on_some_plan,
    people_of,
    references_of,
    rooms_of,
    versions_of,
)
from kinward.operations.rules import digest, frozen, may_sign, reasons, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from kinward.access.models import User
    from kinward.operations.models import Leg, Operation
    from kinward.operations.queries import Journey, Known, Version


class UnfitManifest(RuleBroken):
    """A version cannot be drafted, signed or frozen; `children` are the references of whom."""

    def __init__(self, unready: Iterable[Unready], children: Iterable[str] = ()) -> None:
        self.unready, self.children = tuple(unready), tuple(children)
        words = " ".join(str(each.label) for each in self.unready)
        super().__init__(" ".join(filter(None, [words, ", ".join(self.children)])))


@transaction.atomic
def draft_manifest(*, operation: Operation, reason: str = "", by: User, at: datetime) -> Manifest:
    """Draft the next version of a manifest, with every name as its travel document has it.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitManifest: nobody is on the plan, or somebody has no document.
        UnfitPlan: a version stands before it, and nobody says why there is another.
        WordsRefused: the reason labels somebody.
    """
    journey = open_operation(operation, by=by)
    if journey.manifests:
        refuse_gaps(reason)
    refuse_words(reason, field="reason")
    plan, references = journey.plan, references_of(journey.plan)
    documents = documents_of(plan)
    if not plan:
        raise UnfitManifest([Unready.EMPTY])
    if missing := sorted(references[key] for key in plan if key not in documents):
        raise UnfitManifest([Unready.NO_DOCUMENT], missing)
    lines = sorted(lines_now(journey, documents), key=lambda line: references[line.child])
    version, escorts = len(journey.manifests) + 1, escorts_now(journey)
    made = Manifest.objects.create(
        operation=operation,
        version=version,
        escorts=escorts,
        reason=reason.strip(),
        digest=digest(operation.reference, version, lines, escorts),
        recorded_by=by,
        recorded_at=at,
    )
    for number, line in enumerate(lines, 1):
        ManifestLine.objects.create(
            manifest=made,
            number=number,
            child_id=line.child,
            surname=line.surname,
            given=line.given,
            document=dict(line.document),
            over=list(line.over),
            berth=line.berth,
            recorded_by=by,
            recorded_at=at,
        )
    told: dict[str, Any] = {"version": version, "digest": made.digest, "children": len(lines)}
    record("operations.drafted_manifest", operation, by=by, at=at, **told)
    return made


@transaction.atomic
def sign_manifest(*, manifest: Manifest, by: User, at: datetime) -> Signature:
    """Sign a version; the second person who does freezes it, and the cases of the children follow.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitManifest: it is not the last version, `by` signed it before, it does not say any more
            what the plan and the documents say, there is no room or no escort, siblings travel
            apart; or, when it would be frozen, a child is not clear and nobody agreed that it goes.
    """
    journey = open_operation(manifest.operation, to=Permission.SIGN_MANIFEST, by=by)
    version = next(
        each for each in versions_of(journey, user=by) if each.manifest.pk == manifest.pk
    )
    if unready := may_sign(version.to_sign, by.pk):
        raise UnfitManifest(unready)
    known = known_of(list(journey.plan), journey.day)
    refuse_cramped(journey, known)
    signed = Signature.objects.create(
        manifest=manifest,
        number=len(version.signatures) + 1,
        digest=manifest.digest,
        recorded_by=by,
        recorded_at=at,
    )
    told: dict[str, Any] = {"version": manifest.version, "digest": manifest.digest}
    record("operations.signed_manifest", manifest.operation, by=by, at=at, **told)
    if frozen({*version.to_sign.signers, by.pk}):
        freeze(journey, version, known, by=by, at=at)
    return signed


def refuse_cramped(journey: Journey, known: Known) -> None:
    """Refuse a plan with too little room or too few escorts, or that parts siblings.

    Raises:
        UnfitManifest: it is one.
    """
    rooms = rooms_of(journey, known)
    apart = split(journey.over, known.children)
    found = (
        (not all(journey.over.values()), Unready.NO_LEG),
        (any(room.short for room in rooms), Unready.NO_SEAT),
        (any(room.unescorted for room in rooms), Unready.UNESCORTED),
        (bool(apart), Unready.SPLIT),
    )
    if unready := [each for holds, each in found if holds]:
        raise UnfitManifest(unready, sorted(known.people[key].reference for key in apart))


def freeze(journey: Journey, version: Version, known: Known, *, by: User, at: datetime) -> None:
    """Let the cases follow a manifest that two people have signed.

    Raises:
        UnfitManifest: a child is not clear, and nobody agreed that it goes all the same.
    """
    manifest, day = version.manifest, journey.day
    shown = f"{journey.operation.reference}, {manifest.version}, {manifest.digest[:12]}"
    agreed = despite_of(list(journey.plan))
    going, refused = on_some_plan(), []
    for key in journey.plan:
        child = known.people[key]
        if key not in going:  # it was recorded already that it does not go on
            refused.append(child.reference)
            continue
        if known.cases[key].on(Track.MOVEMENT).position == Movement.MANIFESTED:
            passed = {Unmet(each) for each in agreed[key].despite} if key in agreed else set()
            if reasons(key, known.children) - passed:
                refused.append(child.reference)
            continue
        wanted = Next(to=Movement.MANIFESTED, on=localdate(at), evidence=shown)
        try:
            follow_step(
                child=child, track=Track.MOVEMENT, wanted=wanted, asked_for=day, by=by, at=at
            )
        except (GateClosed, UnfitStep):
            refused.append(child.reference)
        record("operations.froze_manifest", child, by=by, at=at, manifest=str(manifest.pk))
    if refused:
        raise UnfitManifest([Unready.NOT_CLEAR], sorted(refused))
    leave_behind(journey, by=by, at=at)
    follow_receivers(journey.operation, by=by, at=at)


def leave_behind(journey: Journey, *, by: User, at: datetime) -> None:
    """Say of children who are on the list no more that they did not fly with this operation."""
    going = on_some_plan()  # with another operation
    off = {key: row for key, row in journey.off.items() if key not in going}
    known = known_of(list(off), journey.day)
    for key, row in off.items():
        if known.cases[key].on(Track.MOVEMENT).position == Movement.MANIFESTED:
            child, said = known.people[key], {"reason": str(row.reason)}
            follow(child, Track.MOVEMENT, Movement.NOT_FLOWN, **said, by=by, at=at)


@transaction.atomic
def hand_out(  # noqa: PLR0913 (what leaves, to whom, for what)
    *,
    manifest: Manifest,
    leg: Leg,
    variant: str,
    kind: str,
    recipient: str,
    purpose: str,
    make: Callable[[Disclosure], bytes],
    by: User,
    at: datetime,
) -> bytes:
    """Hand a frozen version out as a file, and write down to whom and for what.

    `make` writes the file. Its digest is kept, and each child's log says that it was on it.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitPlan: it is not frozen, or nobody says to whom or for what.
        WordsRefused: the words label somebody.
    """
    open_operation(manifest.operation, by=by, closed_too=True)
    refuse_gaps(recipient, purpose)
    refuse_words(recipient, field="recipient")
    refuse_words(purpose, field="purpose")
    if not is_frozen(manifest):
        raise UnfitManifest([Unready.NOT_FROZEN])
    if leg.operation_id != manifest.operation_id:
        raise UnfitPlan(_("Choose the legs."))
    handed = Disclosure(
        manifest=manifest,
        leg=leg,
        variant=variant,
        kind=kind,
        recipient=recipient.strip(),
        purpose=purpose.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    file = make(handed)
    handed.sha256 = sha256(file).hexdigest()
    handed.save()
    lines = [each for each in manifest.lines.all() if leg.number in each.over]
    record_reads(
        "operations.handed_out_manifest",
        people_of(lines),
        by=by,
        at=at,
        compartments=["movement"],
    )
    told = {"disclosure": str(handed.pk), "variant": str(variant), "file": handed.sha256}
    record("operations.handed_out_list", manifest.operation, by=by, at=at, **told)
    return file
