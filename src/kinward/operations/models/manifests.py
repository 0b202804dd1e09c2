"""The manifest: who travels, by name as printed, in versions that are sealed and signed by two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from django.db import models
from django.db.models import Q

from kinward.access.models import Compartment
from kinward.access.policy import Behind
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.core.fields import JSONField, SealedJSON, SealedText
from kinward.core.models import DataClass
from kinward.operations.models.operations import (
    Leg,
    OfOperations,
    Operation,
    OperationsQuerySet,
)
from kinward.operations.models.people import OF_CHILD, Berth
from kinward.operations.models.words import FileKind, Paper, Variant
from kinward.people.models import Person

if TYPE_CHECKING:
    from kinward.access.models import User

OF_MANIFEST: Final[dict[str, Any]] = {"subject": "pk", "compartment": Compartment.STAFF}


class Manifest(OfOperations):
    """One version of a manifest. Frozen once two people have signed it; then it never changes."""

    behind: ClassVar[Behind] = Behind(keys=("operation_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "operation": DataClass.INTERNAL,
        "version": DataClass.INTERNAL,
        "escorts": DataClass.IDENTITY,
        "reason": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="manifests")
    version = models.PositiveSmallIntegerField()  # 1, 2, 3 … of the operation
    # Who travels with the children, by name: {"surname": …, "given": …, "over": [1, 2]}.
    escorts = SealedJSON(shape=list, **OF_MANIFEST)
    reason = models.CharField(max_length=500, blank=True)  # why there is another version
    digest = models.CharField(max_length=64)  # SHA-256 of all it says; see rules.digest

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["operation", "version"]
        constraints = [
            models.UniqueConstraint(fields=["operation", "version"], name="manifest_numbered_once"),
        ]


class LineQuerySet(OperationsQuerySet["ManifestLine"]):
    """Lines of manifests, narrowed step by step."""

    def visible_to(self, user: User) -> Self:
        """Keep those of operations this account works on, where it reads names."""
        rows = super().visible_to(user)
        return rows if may(user, Permission.READ_MANIFEST) else rows.none()


class ManifestLine(OfOperations):
    """A child on a manifest, under the name that its travel document had printed that day."""

    of_operation: ClassVar[str] = "manifest__operation"
    behind: ClassVar[Behind] = Behind(keys=("manifest_id",), permission=Permission.READ_MANIFEST)
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "manifest": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "child": DataClass.INTERNAL,
        "surname": DataClass.IDENTITY,
        "given": DataClass.IDENTITY,
        "document": DataClass.IDENTITY,
        "over": DataClass.INTERNAL,
        "berth": DataClass.INTERNAL,
        "compartment": DataClass.INTERNAL,
    }

    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … of the version
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    surname = SealedText(**OF_CHILD)  # as printed in the document in force, letter by letter
    given = SealedText(**OF_CHILD)
    # For the full variant: {"kind": …, "issuer": …, "number": …, "valid_until": "2026-12-31"}.
    document = SealedJSON(**OF_CHILD)
    over = JSONField(default=list)  # numbers of the legs the child travels, ascending
    berth = models.CharField(max_length=20, choices=Berth, default=Berth.SEAT)
    compartment = models.CharField(
        max_length=20, choices=Compartment, default=Compartment.MOVEMENT, editable=False
    )

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["manifest", "number"]
        constraints = [
            models.UniqueConstraint(fields=["manifest", "number"], name="line_numbered_once"),
            models.UniqueConstraint(fields=["manifest", "child"], name="child_on_a_manifest_once"),
        ]


class Signature(OfOperations):
    """One of the two signatures of a manifest. `recorded_by` signs; the second one freezes it."""

    of_operation: ClassVar[str] = "manifest__operation"
    behind: ClassVar[Behind] = Behind(keys=("manifest_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "manifest": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
    }

    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, related_name="signatures")
    number = models.PositiveSmallIntegerField()  # 1 or 2
    digest = models.CharField(max_length=64)  # what was signed

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["manifest", "number"]
        constraints = [
            models.UniqueConstraint(fields=["manifest", "number"], name="signature_numbered_once"),
            models.UniqueConstraint(
                fields=["manifest", "recorded_by"], name="nobody_signs_a_manifest_twice"
            ),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="manifest_signed_by_two"),
        ]


class Disclosure(OfOperations):
    """That a version of a manifest left the programme: to whom, for what, in which form."""

    of_operation: ClassVar[str] = "manifest__operation"
    behind: ClassVar[Behind] = Behind(keys=("manifest_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "manifest": DataClass.INTERNAL,
        "leg": DataClass.INTERNAL,
        "variant": DataClass.INTERNAL,
        "kind": DataClass.INTERNAL,
        "recipient": DataClass.INTERNAL,
        "purpose": DataClass.INTERNAL,
        "sha256": DataClass.INTERNAL,
    }

    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, related_name="disclosures")
    leg = models.ForeignKey(Leg, on_delete=models.PROTECT, related_name="+")
    variant = models.CharField(max_length=20, choices=Variant)
    kind = models.CharField(max_length=20, choices=FileKind)
    recipient = models.CharField(max_length=200)  # an office, not a person
    purpose = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)  # of the file, in hexadecimals

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(recipient="") & ~Q(purpose=""), name="manifest_goes_to_somebody"
            ),
        ]


class PaperOut(OfOperations):
    """That a paper of a journey was taken out: which, to whom, for what."""

    behind: ClassVar[Behind] = Behind(keys=("operation_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "operation": DataClass.INTERNAL,
        "paper": DataClass.INTERNAL,
        "recipient": DataClass.INTERNAL,
        "purpose": DataClass.INTERNAL,
        "sha256": DataClass.INTERNAL,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="papers")
    paper = models.CharField(max_length=20, choices=Paper)
    recipient = models.CharField(max_length=200)  # an office, not a person
    purpose = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)  # of the file, in hexadecimals

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(recipient="") & ~Q(purpose=""), name="paper_goes_to_somebody"
            ),
        ]
