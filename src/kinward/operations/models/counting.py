"""The words of counting: how a child was seen, why one is not there, what keeps a count open."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeenHow(models.TextChoices):
    """How a counter knows that a child is there, or that they were wrong."""

    TAPPED = "tapped", _("seen, and tapped on the list")
    SCANNED = "scanned", _("the wristband was scanned")
    TYPED = "typed", _("the code of the wristband was typed")
    TAKEN_BACK = "taken_back", _("taken back: not seen")


class Left(models.TextChoices):
    """How a child left an operation before its end."""

    NOT_FLOWN = "not_flown", _("did not fly")
    ABSENT = "absent", _("was not there")
    MEDEVAC = "medevac", _("taken out for treatment")
    NOT_ADMITTED = "not_admitted", _("not admitted to hospital")


class WhyNot(models.TextChoices):
    """Why a child did not go on with an operation."""

    DOCUMENT = "document", _("a mistake in a document, or none")
    HOST_HOLD = "host_hold", _("the state where the child is holds it back")
    COURT = "court", _("a court has not decided")
    DNA = "dna", _("a genetic test is not back")
    CONSENT = "consent", _("a consent is missing")
    UNFIT = "unfit", _("not fit to travel")
    ABSENT = "absent", _("was not brought, or could not be found")
    ESCORT = "escort", _("too few escorts")
    SIBLING = "sibling", _("a sibling could not go")
    OBJECTION = "objection", _("an authority objected")  # and no word of why is ever kept
    CAPACITY = "capacity", _("no seat")
    REFUSED = "refused", _("the child did not want to go")
    WELL = "well", _("needs no hospital, and went straight to care")
    OTHER = "other", _("something else, in words")


class Side(models.TextChoices):
    """Who signed a handover minute, or that the whole minute was signed on paper."""

    GIVER = "giver", _("whoever handed the children over")
    RECEIVER = "receiver", _("whoever received them")
    WITNESS = "witness", _("a witness")
    PAPER = "paper", _("all, on paper")


class StillOpen(models.TextChoices):
    """What keeps a checkpoint or an operation from being closed."""

    NEED_TWO = "need_two", _("Two people have to count, each alone, and say that they are done.")
    DISPUTED = "disputed", _("The two counts do not agree, and nobody said who is right.")
    MISSING = "missing", _("A child is missing, and nobody said why.")
    UNEXPECTED = "unexpected", _("A child was counted that is not on the list.")
    BACK = "back", _("A child was counted of whom it is said that it did not go on.")
    BEFORE_OPEN = "before_open", _("A checkpoint before it is still open.")
    BROKEN = "broken", _("Two records contradict each other about who holds a child.")
    NOT_COUNTED = "not_counted", _("A checkpoint of the way was not counted.")
    UNEXPLAINED = "unexplained", _("A child did not go on, and nobody said why.")
    JOINED = "joined", _("A child is there that was not there before.")


class Amiss(models.TextChoices):
    """Why it cannot be said, or agreed to, that a closed checkpoint is wrong about a child."""

    OPEN = "open", _("This checkpoint is still open: count again, or decide who is right.")
    NOT_LISTED = "not_listed", _("This child is not on the manifest.")
    STANDS = "stands", _("That is what stands already.")
    ASKED = "asked", _("This is asked for already.")
    NO_REASON = "no_reason", _("Give a reason in your own words.")
    NO_WHY = "no_why", _("Say what happened to it, and why.")
    TOLD = "told", _("It is recorded already that this child did not go on.")
    OBJECTION = "objection", _("Of an objection no words are kept.")
    LINE = "line", _("That line is of another child, or was corrected before.")
    THERE = "there", _("Of a child that was there, say nothing of why it was not.")


class Breach(models.TextChoices):
    """How two records about who holds a child contradict each other."""

    NOT_HOLDING = "not_holding", _("whoever handed the child over did not hold it then")
    CORRECTED_TWICE = "corrected_twice", _("one record was corrected in two ways")
