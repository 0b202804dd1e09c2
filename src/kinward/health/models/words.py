"""The words of health: what was done, what was found, whether a child may fly."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Meeting(models.TextChoices):
    """On which occasion a medic saw a child."""

    BEFORE = "before", _("before the flight")
    IN_FLIGHT = "in_flight", _("on board")
    ADMISSION = "admission", _("admission to hospital")
    EXAMINATION = "examination", _("examination in hospital")
    LEAVING = "leaving", _("last examination before leaving hospital")
    OTHER = "other", _("another occasion")


class EntryKind(models.TextChoices):
    """What kind of thing a medic wrote down. It stands in the sealed part of a row."""

    MEASURE = "measure", _("weight and height")
    VACCINE = "vaccine", _("vaccination")
    SCREENING = "screening", _("what was looked for")
    MIND = "mind", _("how the child is in itself")
    PLAN = "plan", _("plan")


class Found(models.TextChoices):
    """What came of looking for something."""

    NOTHING = "nothing", _("looked for, nothing found")
    SOMETHING = "something", _("something found")
    AGAIN = "again", _("to be looked at again")


class Shown(models.TextChoices):
    """How a vaccination is known."""

    CARD = "card", _("a card or a record shows it")
    TOLD = "told", _("somebody says so")


class Ended(models.TextChoices):
    """Why an entry does not stand any more."""

    MISTAKEN = "mistaken", _("it was written down wrongly")
    DONE = "done", _("it is done")


class Fit(models.TextChoices):
    """Whether a child may fly. This, a day, and what it needs is all that others see."""

    FIT = "fit", _("fit to fly")
    CONDITIONAL = "conditional", _("fit to fly on conditions")
    NOT_FIT = "not_fit", _("not fit to fly")


class SharedFor(models.TextChoices):
    """What a summary of a child’s health is handed out for."""

    CARE = "care", _("care goes on elsewhere")
    REFERRAL = "referral", _("another specialist is asked")
    VACCINATION = "vaccination", _("vaccinations go on elsewhere")
    FAMILY = "family", _("the child or whoever cares for it asked for it")


class Fault(models.TextChoices):
    """What is wrong with something before it is stored."""

    UNKNOWN = "unknown", _("This is on no list.")
    MEASURE = "measure", _("Write down at least one measure, or that both feet are swollen.")
    LIMITS = "limits", _("A measure is far from what a child can have. Look at its unit.")
    LYING = "lying", _("Say whether the child lay or stood.")
    DAY = "day", _("Give the day.")
    FUTURE = "future", _("This day is still to come. Record what has happened.")
    PAST = "past", _("This day has passed.")
    WORDS = "words", _("Say it in your own words.")
    UNTIL = "until", _("Say until which day it holds.")
    NEEDS = "needs", _("Say what others have to do for the child.")
