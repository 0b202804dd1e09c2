"""What an entry is refused for, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from kinward.core.errors import RuleBroken
from kinward.field.rules import Fault, Wrong
from kinward.people.actions import FAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Final[Mapping[Wrong, Any]] = {
    Wrong.NO_FORM: _("There is no such form here."),
    Wrong.NO_QUESTION: _("The form does not ask this any more."),
    Wrong.LACKING: _("This has to be answered."),
    Wrong.CHOICE: _("This is none of the answers to choose from."),
    Wrong.UNREADABLE: _("This cannot be read."),
    Wrong.TOO_MANY: _("There are more rows than the form has."),
    Wrong.CONSENT: _("Consent cannot be answered like that."),
}


class Unfit(RuleBroken):
    """An entry cannot be kept; `why` says it question by question."""

    def __init__(self, why: Mapping[str, str]) -> None:
        super().__init__(" ".join(why.values()))
        self.why = dict(why)


def in_words(wrong: Mapping[str, Wrong | Fault]) -> dict[str, str]:
    """Return all that is wrong with an entry, question by question."""
    return {
        name: str(FAULTS[one] if isinstance(one, Fault) else WORDS[one])
        for name, one in wrong.items()
    }
