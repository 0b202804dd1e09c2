"""The forms about a child: registration, and the annex for a child under five."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kinward.field.definitions.asking import Form, Group, Question, Type
from kinward.field.definitions.describing import (
    OF_A_CHILD,
    about,
    circumstances,
    consents,
    several,
)
from kinward.people.consents import ConsentPurpose

PHOTOGRAPH: Final = Question(name="photo", type=Type.PHOTO, label=_("Photograph"))
CHILD: Final = Form(
    name="child",
    title=_("Register a child"),
    groups=(
        consents(OF_A_CHILD, ConsentPurpose.PHOTO),
        circumstances(),
        several("name"),
        Group(
            name="who",
            label=_("The child"),
            questions=about("sex", "born", "language", "nationality"),
        ),
        Group(name="parents", label=_("The family"), questions=about("father", "mother")),
        several("sibling", most=12),
        Group(
            name="separation",
            label=_("How the family was separated"),
            questions=about("separated", "separated_at"),
        ),
        Group(
            name="places",
            label=_("Places"),
            questions=about(
                "place_of_birth", "last_residence", "relatives_region", "found_at", "custodian"
            ),
        ),
        Group(
            name="marks",
            label=_("What only the family may know"),
            questions=about("mark"),
        ),
        Group(name="photographs", label=_("Photograph"), questions=(PHOTOGRAPH,)),
        Group(
            name="together",
            label=_("If several children came together"),
            questions=(
                Question(
                    name="group",
                    type=Type.TEXT,
                    label=_("The mark of the group"),
                    hint=_("The phone gives all children of one sitting the same mark."),
                ),
                Question(
                    name="group_note",
                    type=Type.TEXT,
                    label=_("Who are they, as a group?"),
                    hint=_("In a few words: came together from one camp, slept in one room."),
                ),
            ),
        ),
    ),
)
ANNEX: Final = Form(
    name="annex",
    title=_("For a child under five"),
    groups=(
        circumstances(),
        Group(
            name="brought",
            label=_("Who brought the child"),
            questions=about("handed_over_by", "came_with"),
        ),
        Group(
            name="things",
            label=_("Clothes and belongings"),
            questions=about("clothes", "belongings"),
        ),
        Group(
            name="ways",
            label=_("Songs, words, habits and games"),
            questions=about("songs_and_words", "accent", "habits", "games"),
        ),
        Group(
            name="marks",
            label=_("What only the family may know"),
            questions=about("mark"),
        ),
        Group(name="photographs", label=_("Photograph"), questions=(PHOTOGRAPH,)),
    ),
)
