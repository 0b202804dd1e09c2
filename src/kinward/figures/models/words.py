"""The words of the register of figures: operators, units, states, and what claims come to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Operator(models.TextChoices):
    """How a source puts its number."""

    EXACT = "=", _("exactly")
    ABOUT = "~", _("about")
    MORE = ">", _("more than")
    AT_LEAST = ">=", _("at least")
    LESS = "<", _("fewer than")
    AT_MOST = "<=", _("at most")
    RANGE = "range", _("from … to …")
    TENS = "tens", _("several tens")
    HUNDREDS = "hundreds", _("several hundred")
    THOUSANDS = "thousands", _("several thousand")


class Unit(models.TextChoices):
    """What is counted. Ages are no count: such a claim says the youngest and the eldest."""

    PEOPLE = "people", _("people")
    CHILDREN = "children", _("children")
    GIRLS = "girls", _("girls")
    BOYS = "boys", _("boys")
    WOMEN = "women", _("women")
    MEN = "men", _("men")
    WOMEN_AND_CHILDREN = "women_and_children", _("women and children")
    WIDOWS_AND_CHILDREN = "widows_and_children", _("widows and children")
    FOREIGNERS = "foreigners", _("foreigners")
    FAMILIES = "families", _("families")
    NAMES = "names", _("names in a list")
    AGE = "age", _("years of age")
    SHARE = "share", _("a share of a whole")


class State(models.TextChoices):
    """What is said of those counted. What is planned is no count."""

    UNSAID = "", _("not said")
    LOCATED = "located", _("located")
    HELD = "held", _("held")
    PLANNED = "planned", _("planned")
    FLOWN = "flown", _("flown")
    LANDED = "landed", pgettext_lazy("how many children", "landed")
    PLACED = "placed", _("placed with a family")
    RETURNED = "returned", _("returned")
    REMAINING = "remaining", _("still there")


class Dimension(models.TextChoices):
    """By what a whole is broken down."""

    NONE = "", _("not broken down")
    ORIGIN = "origin", _("by where they are from")
    BIRTHPLACE = "birthplace", _("by where they were born")
    DESTINATION = "destination", _("by where they went")
    RETURNED_FROM = "returned_from", _("by where they returned from")
    AGE = "age", _("by age")
    SEX = "sex", _("by sex")
    SENTENCE = "sentence", _("by sentence")
    BIRTH_RECORD = "birth_record", _("by record of birth")
    DOCUMENTS = "documents", _("by documents")
    FLIGHT = "flight", _("by flight")
    OTHER = "other", _("by something else")


class Facet(models.TextChoices):
    """What about two populations can differ."""

    EVENT = "event", _("the event")
    STATE = "state", _("what is said of them")
    NATIONALITY = "nationality", _("nationality")
    PLACE = "place", _("place")
    CUSTODY = "custody", _("custody")
    AGE = "age", _("age")
    SEX = "sex", _("sex")
    OTHER = "other", _("who else is meant")


class Tie(models.TextChoices):
    """How one claim is linked to another."""

    PART_OF = "part_of", _("is a part of")
    OVERLAPS = "overlaps", _("overlaps with")
    EXCLUDES = "excludes", _("has nobody in common with")
    SUPERSEDES = "supersedes", _("takes the place of")
    CONTESTS = "contests", _("contests")


class Verdict(models.TextChoices):
    """What claims come to when they are held against each other."""

    CLOSES = "closes", _("adds up")
    RESIDUAL = "residual", _("some are not accounted for")
    OVER = "over", _("the parts are more than the whole")
    CONTRADICTS = "contradicts", _("contradicts")
    NOT_COMPARABLE = "not_comparable", _("cannot be compared")
    DUPLICATE_SOURCE = "duplicate_source", _("one source, told more than once")
    MONOTONICITY_BREAK = "monotonicity_break", _("falls where it can only grow")
    STALE_AS_OF = "stale_as_of", _("probably an old figure told again")


class Why(models.TextChoices):
    """Why two claims cannot be compared."""

    NONE = "", ""
    PLANNED = "planned", _("a planned figure is no count")
    UNIT = "unit", _("different things are counted")
    DIMENSION = "dimension", _("they are broken down by different things")
    POPULATION = "population", _("different people are meant")
    PERIOD = "period", _("they are of different times")


class SourceKind(models.TextChoices):
    """What a figure was published in."""

    ARTICLE = "article", _("article")
    POST = "post", _("post")
    VIDEO = "video", _("video or broadcast")
    STATEMENT = "statement", _("statement")
    COURT = "court", _("court record")


class Translation(models.TextChoices):
    """Whether the text is the source's own."""

    NONE = "none", _("as published")
    MACHINE = "machine", _("translated by a machine")
    HUMAN = "human", _("translated by a person")


class Fault(models.TextChoices):
    """What is wrong with a claim as it was typed."""

    QUOTE = "quote", _("These words do not stand in the source. Copy them from its text.")
    VALUE = "value", _("Give the number that the source gives.")
    SEVERAL = "several", _("“Several” is no number: leave the number empty.")
    RANGE = "range", _("Give both ends of the range, the smaller first.")
    WHOLE = "whole", _("A number of people is a whole number.")
    TIME = "time", _("Write a year, a month or a day: 2018, 2018-12 or 2018-12-30.")
