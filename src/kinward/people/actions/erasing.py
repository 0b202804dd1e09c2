"""Erasing people by destroying their keys, keeping them from being erased, certifying it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.actions import NotApproved, request_approval, use_approval
from kinward.access.models import Approval, ApprovalKind, Step
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.audit.sealing import put_away
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.keys import signed
from kinward.core.keystore import store
from kinward.people import keeping
from kinward.people.listed import rows_naming
from kinward.people.models import Erasure, Ground, LegalHold, Person, described, erasing
from kinward.people.queries import CERTIFICATES, erased_elsewhere
from kinward.people.rules import SIGNED_FOR, as_line, as_signed, certificate, may_erase

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.core.keystore import Gone


class Held(RuleBroken):
    """The data must be kept for now."""


class TooEarly(RuleBroken):
    """The time to think again is not over."""


class ErasedAlready(RuleBroken):
    """The keys of this person were destroyed before."""


@transaction.atomic
def hold_erasure(*, person: Person, reason: str, by: User, at: datetime) -> LegalHold:
    """Keep somebody's data for now, whatever else would have them erased.

    Raises:
        NotAllowed: `by` does not hold erasures.
        RuleBroken: the reason is blank.
    """
    if not may(by, Permission.HOLD_ERASURE):
        raise NotAllowed(_("You may not decide that data are kept."))
    if not reason.strip():
        raise RuleBroken(_("Give a reason in your own words."))
    return _hold(person, None, reason, by=by, at=at)


@transaction.atomic
def ask_to_lift(*, hold: LegalHold, reason: str, by: User, at: datetime) -> Approval:
    """Ask that data need not be kept any longer; a second person answers.

    Raises:
        NotAllowed: `by` does not hold erasures.
        RuleBroken: it does not hold any longer.
        NoReason: the reason is blank.
    """
    _standing(hold, by=by)
    return request_approval(
        kind=ApprovalKind.HOLD_LIFT, payload=lifting_payload(hold), reason=reason, by=by, at=at
    )


@transaction.atomic
def lift_hold(*, hold: LegalHold, approval: Approval, by: User, at: datetime) -> LegalHold:
    """Say that data need not be kept any longer, once a second person has agreed.

    Raises:
        NotAllowed: `by` does not hold erasures.
        RuleBroken: it does not hold any longer.
        NotApproved: nobody agreed, or to something else.
    """
    _standing(hold, by=by)
    payload = lifting_payload(hold)
    use_approval(approval=approval, kind=ApprovalKind.HOLD_LIFT, payload=payload, by=by, at=at)
    return _hold(hold.person, hold, approval.reason, by=by, at=at)


def lifting_payload(hold: LegalHold) -> dict[str, str]:
    """Return what an approval of lifting a hold allows."""
    person = hold.person
    return {"hold": str(hold.pk), "person": str(person.pk), "reference": person.reference}


def _standing(hold: LegalHold, *, by: User) -> None:
    """Refuse what does not hold, and who may not say so."""
    if not may(by, Permission.HOLD_ERASURE):
        raise NotAllowed(_("You may not decide that data are kept."))
    if hold.lifts_id or LegalHold.objects.filter(lifts=hold).exists():
        raise RuleBroken(_("This does not hold any longer."))


def _hold(
    person: Person, lifts: LegalHold | None, reason: str, *, by: User, at: datetime
) -> LegalHold:
    """Store that data must be kept, or need not be any longer."""
    hold = LegalHold.objects.create(
        person=person, lifts=lifts, reason=reason.strip(), set_by=by, set_at=at
    )
    record("people.lifted_hold" if lifts else "people.held_erasure", person, by=by, at=at)
    return hold


def ask_to_erase(
    *, person: Person, ground: Ground, reason: str, by: User, at: datetime
) -> Approval:
    """Ask that a person be erased; a second person answers, then there are 30 days to think again.

    Raises:
        NotAllowed: `by` does not have people erased.
        ErasedAlready: they are.
        NoReason: the reason is blank.
    """
    if not may(by, Permission.ERASE_PERSON):
        raise NotAllowed(_("You may not have people erased."))
    if Erasure.objects.filter(person=person).exists():
        raise ErasedAlready(_("This has been erased already."))
    return request_approval(
        kind=ApprovalKind.ERASURE,
        payload=erasure_payload(person, ground),
        reason=reason,
        by=by,
        at=at,
    )


def erasure_payload(person: Person, ground: str) -> dict[str, str]:
    """Return what an approval of an erasure allows."""
    return {"person": str(person.pk), "reference": person.reference, "ground": str(ground)}


@transaction.atomic
def erase_person(
    *, person: Person, ground: Ground, approval: Approval, by: User, at: datetime
) -> Erasure:
    """Destroy every key that opens what is said about a person, and certify it. It is final.

    With it goes what names them beside others: candidates, opinions, the note on their group, their
    row of a list, what was told when they were asked for. The rows stay, unreadable; the log keeps
    the identifier only. The certificate is put away where the anchors are, as an older copy of the
    database that is restored some day knows nothing of it.
    If the certificate cannot be stored, the keys are gone all the same, and asking again writes it.

    Raises:
        NotAllowed: `by` does not have people erased.
        ErasedAlready: they are.
        Held: the data, or what else would go with them, must be kept for now.
        TooEarly: the second person agreed less than 30 days ago.
        NotApproved: nobody did, or to something else.
        OSError: the certificate cannot be written where the anchors are.
    """
    if not may(by, Permission.ERASE_PERSON):
        raise NotAllowed(_("You may not have people erased."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    if Erasure.objects.filter(person=person).exists():
        raise ErasedAlready(_("This has been erased already."))
    subjects = subjects_about(person, by=by, at=at)
    _refuse_held(person, subjects, by=by, at=at)
    agreed = approval.steps.filter(step=Step.APPROVED).select_related("taken_by").first()
    if agreed is None or agreed.taken_by is None:
        raise NotApproved(_("This takes the approval of a second person, and there is none."))
    if not may_erase(approved_at=agreed.taken_at, at=at):
        raise TooEarly(_("There are 30 days to think again. They are not over."))
    payload = erasure_payload(person, ground)
    use_approval(approval=approval, kind=ApprovalKind.ERASURE, payload=payload, by=by, at=at)

    gone = store().destroy(subjects, at=at)
    told = certificate(
        person=str(person.pk),
        reference=person.reference,
        ground=str(ground),
        asked_by=approval.requester.username,
        approved_by=agreed.taken_by.username,
        carried_out_by=by.username,
        erased_at=at.isoformat(),
        keys=[as_told(key) for key in gone],
    )
    signature = signed(as_signed(told), SIGNED_FOR)
    erasure = Erasure.objects.create(
        person=person, ground=ground, erased_at=at, certificate=told, signature=signature
    )
    put_away(as_line(told, signature), CERTIFICATES)
    record("people.erased", person, by=by, at=at, keys=len(gone), ground=str(ground))
    described.send(sender=Person, person=person, by=by, at=at)
    keeping.discard_all()
    transaction.on_commit(keeping.discard_all)  # what another process kept meanwhile
    return erasure


def _refuse_held(person: Person, subjects: Collection[UUID], *, by: User, at: datetime) -> None:
    """Refuse to destroy what must be kept: about a person, or about others named with them.

    Raises:
        Held: a hold stands on the person, or on somebody whose words would go too.
    """
    standing = LegalHold.objects.filter(lifts=None, lifted_by=None).select_related("person")
    held = {hold.person_id: hold.person for hold in standing}
    if person.pk in held:
        raise Held(_("These data must be kept for now."))
    for other in held.values():
        if not set(subjects).isdisjoint(subjects_about(other, by=by, at=at)):
            raise Held(
                _("Words about several people would go too. For one of them they must be kept.")
            )


def subjects_about(person: Person, *, by: User, at: datetime) -> list[UUID]:
    """Return whose keys seal anything that names a person."""
    asked = Approval.objects.filter(payload__icontains=str(person.pk))
    answers: list[Any] = erasing.send(sender=Person, person=person, by=by, at=at)
    further = [subject for _receiver, subjects in answers for subject in subjects]
    group = [person.group_id] if person.group_id else []
    rows = rows_naming(person)
    return [person.pk, *group, *rows, *asked.values_list("pk", flat=True), *further]


def as_told(key: Gone) -> dict[str, Any]:
    """Return what a certificate says of one key."""
    return {
        "subject": str(key.subject),
        "compartment": key.compartment,
        "version": key.version,
        "sha256": key.fingerprint,
        "destroyed_at": key.at,
    }


@transaction.atomic
def erase_again(*, by: User, at: datetime) -> int:
    """Destroy what an old copy brought back; return how many keys that were.

    An old copy of the key store brings keys back. One of the database knows nothing of an erasure:
    its certificate is taken from where it was put away.

    Raises:
        NotAllowed: `by` does not have people erased.
    """
    if not may(by, Permission.ERASE_PERSON):
        raise NotAllowed(_("You may not have people erased."))
    elsewhere = erased_elsewhere()
    for erasure in elsewhere:
        erasure.save()
        described.send(sender=Person, person=erasure.person, by=by, at=at)
    erased = Erasure.objects.select_related("person")
    subjects = [each for one in erased for each in subjects_about(one.person, by=by, at=at)]
    back = store().count_of(subjects)
    store().destroy(subjects, at=at)
    keeping.discard_all()
    if back:
        record("people.erased_again", None, by=by, at=at, keys=back)
    return back
