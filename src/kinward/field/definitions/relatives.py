"""The forms of those who ask and of lists: a tracing request, and people named on a list."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kinward.field.definitions.asking import Form, Group, Question, Type, of_words
from kinward.field.definitions.describing import (
    AS_MUCH_AS_IS_KNOWN,
    EXPLAINED_IN,
    OF_A_CHILD,
    OF_A_RELATIVE,
    about,
    circumstances,
    consents,
)
from kinward.people.models import SaidBy
from kinward.tracing.models import Relation, Through

MOST_SOUGHT: Final = 12
MOST_LISTED: Final = 100
REQUEST: Final = Form(
    name="request",
    title=_("Take a tracing request"),
    groups=(
        consents(OF_A_RELATIVE),
        Group(
            name="asking",
            label=_("Who is asking"),
            questions=(
                Question(
                    name="through",
                    type=Type.CHOICE,
                    label=_("Who asks?"),
                    hint=_(
                        "Some relatives fear to be accused themselves. Nobody has to give a name."
                    ),
                    required=True,
                    choices=of_words(Through),
                ),
                Question(
                    name="through_whom",
                    type=Type.TEXT,
                    label=_("Who asks for the relative, and how are they reached?"),
                    hint=_("Only if a lawyer or an organisation asks."),
                ),
            ),
        ),
        Group(
            name="enquirer",
            label=_("The relative who asks"),
            questions=about("name", "sex", "language", "contact"),
        ),
        Group(
            name="told",
            label=_("What is told"),
            questions=(
                Question(
                    name="told",
                    type=Type.TEXT,
                    label=_("What does the relative tell?"),
                    hint=_("In their words and their language, before any question is asked."),
                ),
                Question(
                    name="told_in",
                    type=Type.CHOICE,
                    label=_("In which language?"),
                    choices=EXPLAINED_IN,
                ),
            ),
        ),
        Group(
            name="sought",
            label=_("Who is looked for"),
            repeat=True,
            most=MOST_SOUGHT,
            questions=(
                Question(
                    name="relation",
                    type=Type.CHOICE,
                    label=_("What is this person to whoever is asking?"),
                    required=True,
                    choices=of_words(Relation),
                ),
                *about(
                    "name",
                    "sex",
                    "born",
                    "father",
                    "mother",
                    "sibling",
                    "place_of_birth",
                    "last_residence",
                    "separated",
                    "separated_at",
                ),
            ),
        ),
        circumstances(usually=(SaidBy.RELATIVE, SaidBy.MOTHER, SaidBy.DOCUMENT)),
    ),
)
MENTIONS: Final = Form(
    name="mentions",
    title=_("Copy a list of names"),
    groups=(
        consents(OF_A_CHILD),
        Group(
            name="list",
            label=_("The list"),
            questions=(
                Question(
                    name="list_name",
                    type=Type.TEXT,
                    label=_("What is the list called?"),
                    required=True,
                ),
                Question(
                    name="given_by",
                    type=Type.TEXT,
                    label=_("Who gave it, or whose list is it?"),
                    required=True,
                ),
                Question(
                    name="given_on",
                    type=Type.DATE,
                    label=_("As of which day is it?"),
                    hint=AS_MUCH_AS_IS_KNOWN,
                ),
            ),
        ),
        Group(
            name="rows",
            label=_("Who is on it"),
            repeat=True,
            most=MOST_LISTED,
            questions=(
                *about("name", "sex"),
                Question(
                    name="born_on",
                    type=Type.DATE,
                    label=_("Date of birth"),
                    hint=AS_MUCH_AS_IS_KNOWN,
                    property="born",
                ),
                Question(
                    name="age",
                    type=Type.AGE,
                    label=_("Or the age, in whole years"),
                    property="born",
                    part=Type.AGE,
                ),
                *about("father", "mother", "last_residence", "nationality"),
            ),
        ),
    ),
)
