"""Erasures, and what must be kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db.models import F

from kinward.access.models import Approval, ApprovalKind, ApprovalStep, Step
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.sealing import anchors_at_hand
from kinward.core.keys import is_signed, public_key
from kinward.core.keystore import store
from kinward.people.models import Erasure, LegalHold, Person
from kinward.people.rules import COOLING_OFF, SIGNED_FOR, as_signed, of_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from kinward.access.models import User

CERTIFICATES: Final = "kinward-erasures.txt"  # beside the anchors


def erasures(*, user: User) -> QuerySet[Erasure]:
    """Certificates of erasure, newest first, for who watches over them."""
    seen = Erasure.objects.all()
    return seen if may(user, Permission.SEE_ERASURES) else seen.none()


def holds(*, user: User) -> QuerySet[LegalHold]:
    """Whose data must be kept for now, or had to be: what stands first, then the last set first."""
    if not may(user, Permission.SEE_ERASURES):
        return LegalHold.objects.none()
    seen = LegalHold.objects.filter(lifts=None).select_related("person", "set_by", "lifted_by")
    return seen.order_by(F("lifted_by__set_at").desc(nulls_first=True), "-set_at", "-id")


def liftings(listed: Iterable[LegalHold]) -> dict[str, Approval]:
    """The last approval asked for to lift each of these holds, by the hold's id."""
    wanted = [str(hold.pk) for hold in listed]
    asked = Approval.objects.filter(kind=ApprovalKind.HOLD_LIFT, payload__hold__in=wanted)
    found = asked.select_related("requester").prefetch_related("steps").order_by("requested_at")
    return {approval.payload["hold"]: approval for approval in found}


def lifting_agreed(hold: LegalHold, *, user: User) -> Approval | None:
    """The last approval this account asked for to lift a hold, if it may still be used."""
    asked = Approval.objects.filter(kind=ApprovalKind.HOLD_LIFT, payload__hold=str(hold.pk))
    given = asked.filter(requester=user, steps__step=Step.APPROVED)
    return given.exclude(steps__step=Step.USED).order_by("requested_at").last()


def is_genuine(erasure: Erasure) -> bool:
    """Tell whether a certificate is as it was signed."""
    return is_signed(as_signed(erasure.certificate), erasure.signature, SIGNED_FOR)


def signed_with() -> str:
    """Return the public key that certificates can be checked with, in hexadecimals."""
    return public_key(SIGNED_FOR)


def due_for_erasure(*, at: datetime) -> list[Approval]:
    """Approvals of erasures that a second person gave long enough ago, not used yet."""
    given = ApprovalStep.objects.filter(
        step=Step.APPROVED,
        taken_at__lte=at - COOLING_OFF,
        approval__kind=ApprovalKind.ERASURE,
        approval__expires_at__gt=at,
    )
    unused = given.exclude(approval__steps__step=Step.USED)
    return [step.approval for step in unused.select_related("approval")]


def meant_by(approval: Approval) -> Person:
    """Whom an approval of an erasure is about."""
    return Person.objects.get(pk=approval.payload["person"])


def certificates_elsewhere() -> dict[UUID, tuple[dict[str, Any], str]]:
    """Certificates that were put away where the anchors are, with their signatures, by person.

    What this installation did not sign is none.
    """
    kept = filter(None, map(of_line, anchors_at_hand(CERTIFICATES)))
    return {
        UUID(told["person"]): (told, signature)
        for told, signature in kept
        if is_signed(as_signed(told), signature, SIGNED_FOR)
    }


def erased_elsewhere() -> list[Erasure]:
    """Erasures that this database does not know of, as it is an older copy; not stored yet."""
    certificates = certificates_elsewhere()
    unknown = Person.objects.filter(pk__in=certificates, erasure=None)
    return [
        Erasure(
            person=person,
            ground=told["ground"],
            erased_at=datetime.fromisoformat(told["erased_at"]),
            certificate=told,
            signature=signature,
        )
        for person in unknown
        for told, signature in [certificates[person.pk]]
    ]


def refuse_erased_who_are_back() -> None:
    """Keep the server from starting while anybody erased can be read, as after a restore.

    Raises:
        ImproperlyConfigured: keys that were destroyed are there again.
    """
    erased = {*Erasure.objects.values_list("person", flat=True), *certificates_elsewhere()}
    if back := store().count_of(erased):
        raise ImproperlyConfigured(
            f"{back} keys of erased people are there again, as after restoring an old copy."
            " Run: kinward carry_out_erasures"
        )
