"""The words of a case, every reason why a gate refuses, and the ledger of its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Approval, Compartment
from kinward.access.policy import Columns
from kinward.core.fields import JSONField, SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models import Person, seen_by_kind

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import Purpose, User

OF_CHILD: Final = {"subject": "child_id", "compartment_of": "compartment"}


class Track(models.TextChoices):
    """One of the eight tracks of a case."""

    LOCATE = "locate", _("Who and where")
    TRACING = "tracing", _("Finding the family")
    CIVIL_STATUS = "civil_status", _("Papers")
    CONSENT = "consent", _("Consent to being looked for")
    BEST_INTERESTS = "best_interests", _("Best interests")
    HOST_RELEASE = "host_release", _("Leave to go")
    MOVEMENT = "movement", _("The journey")
    PLACEMENT = "placement", _("A home")


class Phase(models.TextChoices):
    """How far a case has come as a whole; read from its tracks, never typed in."""

    REPORTED = "reported", _("reported, not registered")
    REGISTERED = "registered", _("registered, identity open")
    IDENTIFIED = "identified", _("identity known, family being looked for")
    PREPARING = "preparing", _("family settled, leave being prepared")
    READY = "ready", _("ready to fly")
    TRAVELLING = "travelling", _("on the way")
    ARRIVED = "arrived", _("arrived, without a home yet")
    HOME = "home", _("at home, being visited")
    CLOSED = "closed", _("case closed")
    ENDED = "ended", _("no case any more")


class Gate(models.TextChoices):
    """What has to be so before a step, and cannot be passed otherwise."""

    G3 = "G3", _("to be reunited")
    G4 = "G4", _("clear to fly")
    G5 = "G5", _("siblings together")
    G6 = "G6", _("to be handed over")
    G7 = "G7", _("everybody counted")
    G8 = "G8", _("to close the case")


class Need(models.TextChoices):
    """What a step has to say, besides the day it happened on."""

    REASON = "reason", _("a reason")
    EVIDENCE = "evidence", _("what shows it")
    FROM = "from", _("from when on it holds")
    UNTIL = "until", _("until when it holds")
    ANOTHER = "another", _("another person than the step before")
    NO_WORDS = "no_words", _("nothing in words")


class Lack(models.TextChoices):
    """What a step lacks that somebody wants to take."""

    IMPOSSIBLE = "impossible", _("This does not follow from where the track stands.")
    REASON = "reason", _("Give a reason in your own words.")
    NO_WORDS = "no_words", _("No words are kept of this: only yes, no or not yet, and who said so.")
    EVIDENCE = "evidence", _("Say what shows it: a document, a decision, who saw it.")
    FROM = "from", _("Say from which day on it holds.")
    UNTIL = "until", _("Say until which day it holds.")
    ANOTHER = "another", _("You took the step before this one. Another person has to take this.")
    FUTURE = "future", _("This day is still to come. Record what has happened.")
    BEFORE = "before", _("This day is before that of the step before.")
    NOTHING = "nothing", _("There is no step to withdraw.")
    PUSHED = "pushed", _("It was recorded where it happened, and is taken back there.")
    ENDS_BEFORE = "ends_before", _("It would end before it begins.")


class Evidence(models.TextChoices):
    """What speaks for it that a child and a relative belong together."""

    DOCUMENT = "document", _("documents")
    ANSWERS = "answers", _("what both told, apart, agrees")
    RECOGNITION = "recognition", _("one recognised the other")
    DNA = "dna", _("a genetic test supports it")


class Unmet(models.TextChoices):
    """One reason why a gate refuses, in words."""

    # G1
    NO_BASIS_CHILD = (
        "no_basis_child",
        _("The child’s side has no consent to tracing, or another lawful basis."),
    )
    NO_BASIS_CLAIMANT = (
        "no_basis_claimant",
        _("The claimant’s side has no consent to tracing, or another lawful basis."),
    )
    # G2
    NOT_CONFIRMED = "not_confirmed", _("Two reviewers do not agree that it is the same person.")
    CLAIMED = (
        "claimed",
        _("Other requests claim this child, and nobody decided that it is of this family."),
    )
    NO_ADULT_FORM = "no_adult_form", _("The claimant’s answers have not been captured.")
    NO_CHILD_FORM = "no_child_form", _("The child’s answers have not been captured.")
    SAME_INTERVIEWER = "same_interviewer", _("One person did both interviews.")
    ADULT_NOT_APART = (
        "adult_not_apart",
        _("The claimant was not interviewed apart from the child and its carers."),
    )
    CHILD_NOT_APART = "child_not_apart", _("The child was not interviewed apart from the claimant.")
    CHILD_SHOWN_BEFORE = (
        "child_shown_before",
        _(
            "Whoever interviewed the claimant had been shown something of the child before the "
            "answers were captured."
        ),
    )
    CHILD_CAPTURED_FIRST = (
        "child_captured_first",
        _("The child’s answers were captured before the claimant’s."),
    )
    NO_EVIDENCE = "no_evidence", _("No evidence is listed.")
    UNEXPLAINED = "unexplained", _("Something the two forms disagree on is not explained.")
    # G3
    DNA_ALONE = "dna_alone", _("A genetic test alone is not enough.")
    RECOGNITION_ALONE = "recognition_alone", _("That one recognised the other is not enough alone.")
    NO_ASSESSMENT = "no_assessment", _("The best interests of the child have not been assessed.")
    NO_DETERMINATION = (
        "no_determination",
        _("The best interests of the child have to be determined by a panel, and are not."),
    )
    # G4
    NOT_KNOWN = "not_known", _("The child’s identity is not corroborated.")
    NO_LEAVE = "no_leave", _("No decision that lets the child go is in force.")
    NO_DOCUMENT = "no_document", _("There is no travel document that is valid on that day.")
    NAME_UNCHECKED = (
        "name_unchecked",
        _("The name on the travel document was not compared with the passenger list."),
    )
    NO_ESCORT = "no_escort", _("No escort is named.")
    NOT_FIT = "not_fit", _("Nobody says that the child is fit to fly on that day.")
    NOBODY_RECEIVES = (
        "nobody_receives",
        _("No carer and no care for the time being is named."),
    )
    NO_PLAN = (
        "no_plan",
        _("Nobody was found for the child, and care without the family is not planned."),
    )
    HELD = "held", _("Somebody says that the child may not go yet, and that stands unanswered.")
    # G5
    SIBLING_WAITS = (
        "sibling_waits",
        _("A sibling is not clear to fly, and nobody decided that they may travel apart."),
    )
    SIBLING_APART = (
        "sibling_apart",
        _("Nobody says that the siblings live together, or decided that they may live apart."),
    )
    # G6
    NO_RECEIVER = "no_receiver", _("Nobody is named who is authorised to receive the child.")
    NO_MINUTE = (
        "no_minute",
        _(
            "The handover minute has no line for the child: condition, belongings, documents, "
            "medicines."
        ),
    )
    OTHER_RECEIVER = (
        "other_receiver",
        _("Whoever is to receive the children is not among those authorised."),
    )
    NOT_AS_LISTED = (
        "not_as_listed",
        _("Those handed over are not those on the passenger list without those who did not fly."),
    )
    # G7
    NOT_COUNTED = "not_counted", _("A leg of the journey was not counted.")
    ONE_COUNTER = "one_counter", _("A leg of the journey was counted by one person only.")
    COUNTS_DIFFER = "counts_differ", _("Two counts of one leg differ.")
    RESIDUAL = (
        "residual",
        _("More children set out than arrived, or fewer, and nobody explained the difference."),
    )
    NOT_LANDED = "not_landed", _("The child went on board, and nobody says that it landed.")
    NOT_ADMITTED = (
        "not_admitted",
        _("The child landed, and nobody says that it was admitted to hospital, or why not."),
    )
    # G8
    NOT_STABLE = "not_stable", _("Nobody says that the child has settled where it lives.")
    CHILD_NOT_HEARD = (
        "child_not_heard",
        _("The child was not asked whether the case may close, and nobody says why not."),
    )
    CARER_NOT_HEARD = (
        "carer_not_heard",
        _("The carer was not asked whether the case may close, and nobody says why not."),
    )
    NO_FEEDBACK = "no_feedback", _("Nobody asked the child and the carer how they were treated.")
    NO_RETENTION = "no_retention", _("No day is set until which the file is kept.")
    NO_CHECK = (
        "no_check",
        _("Nobody visited the child three months after it moved in, or later."),
    )


class StepQuerySet(LedgerQuerySet["Step"]):
    """Steps, narrowed step by step."""

    def visible_to(
        self, user: User, *, purpose: Purpose | None = None, at: datetime | None = None
    ) -> Self:
        """Keep those of children this account may know of, on tracks that are open to it."""
        return seen_by_kind(self, user, purpose=purpose, at=at, kind="child__kind")


class Step(AppendOnly):
    """One step on one track of a child's case, or that an earlier one is withdrawn."""

    reached_by: ClassVar[Columns] = Columns(
        subject="child_id",
        by="child__registered_by_id",
        region="child__region",
        compartment="compartment",
    )
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "child": DataClass.INTERNAL,
        "track": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "to": DataClass.INTERNAL,
        "withdraws": DataClass.INTERNAL,
        "happened_on": DataClass.INTERNAL,
        "holds_from": DataClass.INTERNAL,
        "holds_until": DataClass.INTERNAL,
        "reason": DataClass.WHEREABOUTS,  # as closely as the closest of the tracks
        "evidence": DataClass.WHEREABOUTS,  # likewise
        "compartment": DataClass.INTERNAL,
        "despite": DataClass.INTERNAL,
        "approval": DataClass.INTERNAL,
        "taken_by": DataClass.INTERNAL,
        "taken_at": DataClass.INTERNAL,
    }

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="steps")
    track = models.CharField(max_length=20, choices=Track)
    number = models.PositiveIntegerField()  # 1, 2, 3 … of the track of the child
    to = models.CharField(max_length=40, blank=True)  # a word of the track's table
    withdraws = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="withdrawn_by"
    )
    happened_on = models.DateField()
    holds_from = models.DateField(null=True)
    holds_until = models.DateField(null=True)  # the last day
    reason = SealedText(**OF_CHILD)
    evidence = SealedText(**OF_CHILD)  # what shows it: a document, a decision, who saw it
    compartment = models.CharField(max_length=20, choices=Compartment)  # that of the track
    despite = JSONField(default=list)  # words of Unmet: what a gate said against it
    approval = models.OneToOneField(  # of going on all the same
        Approval, on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["child", "track", "number"]
        constraints = [
            models.UniqueConstraint(fields=["child", "track", "number"], name="step_numbered_once"),
            models.CheckConstraint(
                condition=Q(withdraws__isnull=True) & ~Q(to="")
                | Q(withdraws__isnull=False, to="") & ~Q(reason=""),
                name="step_leads_or_withdraws",
            ),
        ]
