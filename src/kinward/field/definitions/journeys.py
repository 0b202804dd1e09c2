"""The forms of journeys and homes: a head count, and a visit to a child that lives with a carer."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kinward.field.definitions.asking import Form, Group, Question, Type, When, of_words
from kinward.field.definitions.describing import YES_OR_NO
from kinward.operations.models import SeenHow
from kinward.placement.models import Where

COUNT: Final = Form(
    name="count",
    title=_("Count heads"),
    groups=(
        Group(
            name="count",
            label=_("Who is there"),
            questions=(
                Question(
                    name="taps",
                    type=Type.COUNT,
                    label=_("Tap each child that you see"),
                    hint=_("Only whom you see with your own eyes. Somebody else counts as well."),
                    required=True,
                    choices=of_words(SeenHow),
                ),
                Question(
                    name="done",
                    type=Type.CHOICE,
                    label=_("Are you done counting?"),
                    hint=_("From then on your list stands as it is."),
                    choices=YES_OR_NO,
                ),
            ),
        ),
    ),
)
VISIT: Final = Form(
    name="visit",
    title=_("Record a visit"),
    groups=(
        Group(
            name="seen",
            label=_("The child"),
            questions=(
                Question(
                    name="seen",
                    type=Type.CHOICE,
                    label=_("Was the child seen?"),
                    hint=_("With one’s own eyes. A call does not count."),
                    required=True,
                    choices=YES_OR_NO,
                ),
                Question(
                    name="why_not",
                    type=Type.TEXT,
                    label=_("If not: why not?"),
                    required=True,
                    relevant=When("seen", "no"),
                ),
                Question(
                    name="view",
                    type=Type.TEXT,
                    label=_("What does the child say itself?"),
                    relevant=When("seen", "yes"),
                ),
                Question(
                    name="settled",
                    type=Type.CHOICE,
                    label=_("Has the child settled there?"),
                    required=True,
                    choices=YES_OR_NO,
                    relevant=When("seen", "yes"),
                ),
            ),
        ),
        Group(
            name="visit",
            label=_("The visit"),
            questions=(
                Question(
                    name="visited_on",
                    type=Type.DATE,
                    label=_("On which day was the visit?"),
                    required=True,
                ),
                Question(
                    name="where",
                    type=Type.CHOICE,
                    label=_("Where?"),
                    required=True,
                    choices=of_words(Where),
                ),
                Question(
                    name="changed",
                    type=Type.TEXT,
                    label=_("What changed since the last visit?"),
                    hint=_(
                        "In the household, at school, in its health, in who visits. "
                        "If nothing: that."
                    ),
                    required=True,
                ),
                Question(
                    name="next_on",
                    type=Type.DATE,
                    label=_("When is the next visit?"),
                    required=True,
                ),
            ),
        ),
    ),
)
