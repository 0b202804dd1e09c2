"""Guarding free text beside a person: gate G9, and what is never kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.core.errors import RuleBroken
from kinward.core.vocabulary import Found, Kind, find, never_kept
from kinward.core.wording import isolate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

SAID: Final[Mapping[Kind, str | _StrPromise]] = {
    Kind.LABEL: gettext_lazy(
        "“%(written)s” labels a person, and a label stays with a child for life. Say what was "
        "seen or heard in other words."
    ),
    Kind.CHARGE: gettext_lazy(
        "“%(written)s” tells of a charge or a verdict, which Kinward does not keep. Write where "
        "the person is, and until when."
    ),
    Kind.GENETIC: gettext_lazy(
        "This looks like a genetic profile. Kinward never keeps one: the laboratory does. Write "
        "only what the laboratory concludes."
    ),
    Kind.FACE: gettext_lazy("This looks like a face turned into numbers. Kinward never keeps one."),
}
# What two people may agree to keep, as when a mother's own words hold a label.
KEEPABLE: Final = frozenset({Kind.LABEL, Kind.CHARGE})


class WordsRefused(RuleBroken):
    """A text holds what Kinward never keeps, or a label that nobody has answered for."""

    title = gettext_lazy("These words cannot be kept")

    def __init__(self, field: str, found: Found) -> None:
        super().__init__(words_for(found))
        self.field = field
        self.found = found

    @property
    def members(self) -> dict[str, Any]:
        """Name the field, and why."""
        return {"field": self.field, "reason": self.found.kind.value}


def words_for(found: Found, *, may_keep: bool = False) -> str:
    """Say what is wrong with a text and what to do; `may_keep` tells of the second person."""
    said = str(SAID[found.kind]) % {"written": isolate(found.written)}
    if may_keep and found.kind in KEEPABLE:
        way_out = _("If these very words must stay, give a reason at the end of this page.")
        return f"{said} {way_out}"
    return said


def objection(text: str, *, is_name: bool = False) -> Found | None:
    """Return the first thing in a text that speaks against keeping it.

    A name is never taken for a label: people are called جهاد, and a clerk writes what is heard.
    """
    found = never_kept(text) or ([] if is_name else find(text))
    return found[0] if found else None


def words_in_question(text: str) -> str:
    """Return the labels of a text and nothing else of it, for who answers for them unseeing."""
    return " … ".join(dict.fromkeys(found.written for found in find(text)))


def refuse_words(text: str, *, field: str) -> None:
    """Refuse a worker's own text, which can always be said in other words.

    Raises:
        WordsRefused: it holds what is never kept, or a label.
    """
    if found := objection(text):
        raise WordsRefused(field, found)
