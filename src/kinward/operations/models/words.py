"""The words of operations: how far one is, what keeps children from it, what differs in a list."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far an operation is, read from what is recorded; in their order."""

    PLANNED = "planned", _("planned")
    PERMITS = "permits", _("permits are coming in")
    DRAFTED = "manifest_draft", _("the manifest is drafted")
    FROZEN = "manifest_frozen", _("the manifest is frozen")
    HANDED_OVER = "handover_signed", _("the handover is signed")
    DEPARTED = "departed", _("departed")
    LANDED = "landed", _("landed")
    RECONCILED = "reconciled", _("everybody accounted for")
    CLOSED = "closed", _("closed")


class Obstacle(models.TextChoices):
    """A class of reasons why children are not clear to fly."""

    IDENTITY = "identity", _("the identities")
    LEAVE = "leave", _("the decisions that let them go")
    DOCUMENTS = "documents", _("the travel documents")
    ESCORTS = "escorts", _("the escorts")
    FITNESS = "fitness", _("that they are fit to fly")
    INTERESTS = "interests", _("the best-interests assessments")
    CARE = "care", _("somebody to receive them")
    HOLDS = "holds", _("the holds")


class Unready(models.TextChoices):
    """Why a manifest cannot be drafted, signed or frozen yet."""

    EMPTY = "empty", _("Nobody is on the plan.")
    NO_DOCUMENT = "no_document", _("A child has no travel document whose name could be listed.")
    NO_LEG = "no_leg", _("A child has no leg to travel any more.")
    SPLIT = "split", _("Siblings travel on different legs, and nobody decided that they may.")
    NO_SEAT = "no_seat", _("There are not enough seats or cots.")
    UNESCORTED = "unescorted", _("There are not enough escorts for children of these ages.")
    STALE = "stale", _("The plan has changed since. Draft another version.")
    LATER = "later", _("A later version stands in its place.")
    SIGNED = "signed", _("You signed this version already. Another person signs now.")
    FROZEN = "frozen", _("Two people have signed. It is frozen.")
    RENAMED = "renamed", _("The name of a child is not the one in its travel document any more.")
    TAMPERED = "tampered", _("It does not say what it said when it was drafted.")
    NOT_FROZEN = "not_frozen", _("Two people have to sign a version before it leaves.")
    NOT_CLEAR = "not_clear", _("A child is not clear to fly, and nobody agreed that it goes.")


class Change(models.TextChoices):
    """How a version of a manifest differs from the one before."""

    ADDED = "added", _("added")
    REMOVED = "removed", _("taken off")
    RENAMED = "renamed", _("under another name")
    REROUTED = "rerouted", _("over other legs")
    RESEATED = "reseated", _("a seat instead of a cot, or a cot instead of a seat")
    REDOCUMENTED = "redocumented", _("with another document")


class Variant(models.TextChoices):
    """How much of a manifest leaves the programme."""

    NAMES = "names", _("names only")
    FULL = "full", _("names and travel documents")


class FileKind(models.TextChoices):
    """In which form a manifest leaves the programme."""

    CSV = "csv", _("a table (CSV)")
    PAXLST = "paxlst", _("a passenger list for border authorities (PAXLST)")


class Paper(models.TextChoices):
    """What is printed for a journey."""

    MINUTE = "minute", _("handover minute to sign on the spot")
    RECEIVING = "receiving", _("list for whoever receives the children")
    MANIFEST = "manifest", _("manifest, by name")
    WRISTBANDS = "wristbands", _("wristbands")
    LABELS = "labels", _("labels for belongings and medicines")
    CARDS = "cards", _("cards of escorts")
