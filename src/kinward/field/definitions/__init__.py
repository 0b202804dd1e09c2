"""The forms of the field, as data: what a phone shows, an XLSForm asks and the server reads."""

from typing import Final

from kinward.field.definitions.asking import (
    Choice,
    Form,
    Group,
    Question,
    Type,
    When,
    in_every_language,
)
from kinward.field.definitions.children import ANNEX, CHILD
from kinward.field.definitions.journeys import COUNT, VISIT
from kinward.field.definitions.relatives import MENTIONS, REQUEST

FORMS: Final = {each.name: each for each in (CHILD, ANNEX, REQUEST, MENTIONS, COUNT, VISIT)}

__all__ = [
    "FORMS",
    "Choice",
    "Form",
    "Group",
    "Question",
    "Type",
    "When",
    "in_every_language",
]
