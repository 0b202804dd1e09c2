"""What is said of relatives, in the words of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.core import wording
from kinward.people.family.members import Mark, Tie
from kinward.people.relations import AGREEMENTS, LIVES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import _StrPromise

MARKS: Final[Mapping[Mark, str | _StrPromise]] = {
    Mark.DEAD: gettext_lazy("said to be dead"),
    Mark.MISSING: gettext_lazy("said to be missing"),
    Mark.HELD: gettext_lazy("in prison or detention"),
    Mark.NO_CONTACT: gettext_lazy("no contact: not agreed"),
    Mark.ASKS: gettext_lazy("asks in this request"),
    Mark.SOUGHT: gettext_lazy("sought by a request"),
    Mark.ON_RECORD: gettext_lazy("has a record"),
    Mark.CONTRADICTED: gettext_lazy("said to be alive, too"),
}
TIES: Final[Mapping[Tie, str | _StrPromise]] = {
    Tie.BIRTH: gettext_lazy("parents and children"),
    Tie.MARRIAGE: gettext_lazy("a further marriage"),
    Tie.MILK: gettext_lazy("milk kinship"),
    Tie.FOSTER: gettext_lazy("brought up by"),
    Tie.UNTOLD: gettext_lazy("of which side is not told"),
}
PARTS: Final[Mapping[str, Mapping[str, str | _StrPromise]]] = {
    "life": LIVES,
    "held": {"yes": MARKS[Mark.HELD], "no": gettext_lazy("not in prison or detention")},
    "together": {"yes": gettext_lazy("lived together"), "no": gettext_lazy("lived apart")},
    "sex": {"female": gettext_lazy("girl or woman"), "male": gettext_lazy("boy or man")},
}


def said_of(values: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what KIN values say apart from relation, name and contact, each once."""
    said = []
    for value in values:
        said += [str(PARTS[part][value[part]]) for part in PARTS if value.get(part)]
        if value.get("parent"):
            said.append(_("child of %(name)s") % {"name": wording.isolate(value["parent"])})
    return list(dict.fromkeys(said))


def agreed_of(values: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what the child answered of contact with a relative, and of telling them, each once.

    That it agrees to contact, or does not, is marked by itself.
    """
    asked = {"agrees": _("contact: %(answer)s"), "told": _("being told: %(answer)s")}
    said = [
        words % {"answer": AGREEMENTS[value[part]]}
        for value in values
        for part, words in asked.items()
        if value.get(part) and (part == "told" or value[part] not in {"yes", "no"})
    ]
    return list(dict.fromkeys(said))
