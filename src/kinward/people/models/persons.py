"""Persons as someone described them, and every statement made about them. All append-only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Approval, Compartment, Step
from kinward.access.policy import ALL, NONE, Behind, Columns, visible, within_reach
from kinward.access.rules import Permission
from kinward.core.fields import SealedJSON, SealedText
from kinward.core.ids import reference
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.consents import lawful
from kinward.people.properties import PROPERTIES

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from kinward.access.models import Purpose, User

# Sent by actions once it is stored that something was said; with person=, by= and at=, and with
# property= where it is a single statement.
described = Signal()
# Consent was withdrawn: `consent`, `recipients` (whom to tell, by name), `by`, `at`.
withdrawn = Signal()
# Sent before the keys of a person are destroyed, with person=, by= and at=. Receivers return the
# ids of further subjects whose keys go too, as what they seal names the person.
erasing = Signal()


class Kind(models.TextChoices):
    """Why a person is on record."""

    CHILD = "child", _("child")
    SOUGHT = "sought", _("sought person")
    ENQUIRER = "enquirer", _("enquirer")
    RELATIVE = "relative", _("relative")


REFERENCE_PREFIX = {Kind.CHILD: "C", Kind.SOUGHT: "S", Kind.ENQUIRER: "E", Kind.RELATIVE: "K"}
KINDS_SEEN_WITH = {
    Permission.SEE_CHILDREN: [Kind.CHILD],
    Permission.SEE_REQUESTS: [Kind.SOUGHT, Kind.ENQUIRER, Kind.RELATIVE],
}


class Answer(models.TextChoices):
    """What became of a question. Three ways of not knowing, and none of them is a blank.

    The last is no answer: it stands in place of a statement that was taken back.
    """

    KNOWN = "known", _("known")
    UNKNOWN = "unknown", _("unknown")
    REFUSED = "refused", _("refused to say")
    NOT_ASKED = "not_asked", _("not asked")
    WITHDRAWN = "withdrawn", _("withdrawn")


class SaidBy(models.TextChoices):
    """Who said it."""

    CHILD = "child", _("the child")
    MOTHER = "mother", _("the mother")
    RELATIVE = "relative", _("another relative")
    CUSTODIAN = "custodian", _("the custodian")
    OFFICIAL = "official", _("an official")
    DOCUMENT = "document", _("a document")
    WORKER = "worker", _("a worker’s observation")


class Method(models.TextChoices):
    """How it was learnt."""

    INTERVIEW = "interview", _("interview")
    OBSERVATION = "observation", _("observation")
    DOCUMENT = "document", _("document")
    MEDICAL_ESTIMATE = "medical_estimate", _("medical estimate")
    LIST = "list", _("a row of a list")
    OTHER = "other", _("other")


class Certainty(models.TextChoices):
    """How sure whoever said it is."""

    CONFIRMED = "confirmed", _("confirmed")
    PROBABLE = "probable", _("probable")
    POSSIBLE = "possible", _("possible")
    DOUBTED = "doubted", _("doubted")


class GuardedRow(AppendOnly):
    """A row with words someone told. Where they label a person, two people answer for them."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {"wording": DataClass.INTERNAL}

    wording = models.ForeignKey(
        Approval, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True


def settled_words() -> Q:
    """Keep rows whose words may be seen: they label nobody, or a second person has agreed."""
    return Q(wording__isnull=True) | Q(wording__steps__step=Step.APPROVED)


def waiting_words() -> Q:
    """Keep rows whose words wait for a second person."""
    return Q(wording__isnull=False, wording__steps__isnull=True)


class Group(AppendOnly):
    """Children who were found together."""

    behind: ClassVar[Behind] = Behind(by="registered_by_id", members=("people.Person", "group_id"))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "note": DataClass.IDENTITY,
        "registered_by": DataClass.INTERNAL,
        "registered_at": DataClass.INTERNAL,
    }

    note = SealedText(subject="pk", compartment=Compartment.IDENTITY)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()


Seen = TypeVar("Seen", bound="QuerySet[Any]")


def seen_by_kind(
    rows: Seen, user: User, *, purpose: Purpose | None, at: datetime | None, kind: str = "kind"
) -> Seen:
    """Keep the rows about people of the kinds this account may see, where it may see them."""
    columns: Columns = rows.model.reached_by
    reached = {
        permission: within_reach(columns, user, permission, purpose=purpose, at=at)
        for permission in KINDS_SEEN_WITH
    }
    if all(each == ALL for each in reached.values()):
        return rows
    seen = NONE
    for permission, kinds in KINDS_SEEN_WITH.items():
        seen |= Q(**{f"{kind}__in": kinds}) & reached[permission]
    return rows.filter(seen)


class PersonQuerySet(LedgerQuerySet["Person"]):
    """Persons, narrowed step by step."""

    def visible_to(
        self,
        user: User,
        *,
        to: Permission | None = None,
        purpose: Purpose | None = None,
        at: datetime | None = None,
    ) -> Self:
        """Keep those this account may know of, now or at a moment; `to` do more with than see."""
        rows = seen_by_kind(self, user, purpose=purpose, at=at)
        return (
            rows if to is None else visible(rows, actor=user, operation=to, purpose=purpose, at=at)
        )

    def children(self) -> Self:
        """Keep the children."""
        return self.filter(kind=Kind.CHILD)

    def sought(self) -> Self:
        """Keep the people someone asks for."""
        return self.filter(kind=Kind.SOUGHT)

    def oldest_first(self) -> Self:
        """Put who was registered first before the others."""
        return self.order_by("registered_at", "id")

    def lawfully_traced(self) -> Self:
        """Keep those for whom a lawful basis for tracing stands (gate G1)."""
        return self.filter(lawful("pk"))

    def matchable(self) -> Self:
        """Keep those who take part in matching.

        Gate G1 (no tracing disclosure without a lawful basis for that purpose) narrows it here, for
        both directions: a child without a basis is compared with nobody, and nobody with a child
        for whom the relative's own consent does not stand.
        """
        standing = self.lawfully_traced().filter(erasure__isnull=True)
        return standing.filter(kind__in=[Kind.CHILD, Kind.SOUGHT])


class Person(AppendOnly):
    """A person as one party described them. That two are one is for judgements to say."""

    reached_by: ClassVar[Columns] = Columns(
        kind="people_person.kind",
        seen_with=KINDS_SEEN_WITH,
        known_with=(Permission.ERASE_PERSON, Permission.HOLD_ERASURE, Permission.SEE_ERASURES),
    )
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "reference": DataClass.INTERNAL,
        "kind": DataClass.INTERNAL,
        "group": DataClass.INTERNAL,
        "region": DataClass.INTERNAL,
        "registered_by": DataClass.INTERNAL,
        "registered_at": DataClass.INTERNAL,
    }

    reference = models.CharField(max_length=20, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="members")
    region = models.CharField(max_length=40, blank=True)  # of the office that registered
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["-registered_at", "-id"]
        indexes = [
            models.Index(fields=["kind", "region", "registered_at"], name="person_kind_region"),
            models.Index(fields=["kind", "-registered_at", "-id"], name="person_newest_first"),
        ]

    def save(self, **options: Any) -> None:
        """Store a new person under a reference of its own."""
        self.reference = self.reference or reference(REFERENCE_PREFIX[Kind(self.kind)], self.id)
        super().save(**options)


class AssertionQuerySet(LedgerQuerySet["Assertion"]):
    """Statements, narrowed step by step."""

    def visible_to(
        self, user: User, *, purpose: Purpose | None = None, at: datetime | None = None
    ) -> Self:
        """Keep what this account may read: about whom it may know of, in what is open of them."""
        return seen_by_kind(self, user, purpose=purpose, at=at, kind="person__kind")

    def settled(self) -> Self:
        """Keep those whose words may be seen."""
        return self.filter(settled_words())

    def waiting(self) -> Self:
        """Keep those whose words wait for a second person."""
        return self.filter(waiting_words())

    def matched(self) -> Self:
        """Keep what matching may use."""
        used = [each.id for each in PROPERTIES.values() if each.matched_as]
        standing = self.settled().filter(corrected_by__isnull=True)
        return standing.filter(property__in=used, answer=Answer.KNOWN)


class Assertion(GuardedRow):
    """One thing somebody said about a person. What was wrong is corrected by another row."""

    reached_by: ClassVar[Columns] = Columns(
        subject="person_id",
        by="person__registered_by_id",
        region="person__region",
        compartment="compartment",
    )
    classes: ClassVar[dict[str, DataClass]] = GuardedRow.classes | {
        "person": DataClass.INTERNAL,
        "property": DataClass.INTERNAL,
        "answer": DataClass.INTERNAL,
        "value": DataClass.EVIDENCE,  # as closely as the closest of properties.PROPERTIES
        "source": DataClass.IDENTITY,
        "said_by": DataClass.INTERNAL,
        "method": DataClass.INTERNAL,
        "certainty": DataClass.INTERNAL,
        "as_of": DataClass.INTERNAL,
        "compartment": DataClass.INTERNAL,
        "corrects": DataClass.INTERNAL,
        "recorded_by": DataClass.INTERNAL,
        "recorded_at": DataClass.INTERNAL,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assertions")
    property = models.CharField(max_length=40)
    answer = models.CharField(max_length=20, choices=Answer)
    value = SealedJSON(subject="person_id", compartment_of="compartment")
    source = SealedText(subject="person_id", compartment_of="compartment")
    said_by = models.CharField(max_length=20, choices=SaidBy)
    method = models.CharField(max_length=20, choices=Method)
    certainty = models.CharField(max_length=20, choices=Certainty)
    as_of = models.CharField(max_length=40, blank=True)  # EDTF
    compartment = models.CharField(max_length=20, choices=Compartment)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = AssertionQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [
            models.Index(fields=["person", "property", "recorded_at"], name="said_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["corrects"], name="corrected_once"),
        ]
