"""How a name reads in Latin letters, and how old someone is today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kinward.core import wording
from kinward.people.family.words import MARKS, agreed_of, said_of
from kinward.people.flags import NEEDS_SOMEBODY, Flag
from kinward.people.naming import romanise
from kinward.people.relations import RELATIONS
from kinward.people.stays import CUSTODIANS, ROLES
from kinward.people.telling import compartments_in_words, details_in_words
from kinward.people.values import born_span, whole_years
from kinward.places.queries import names_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrPromise

    from kinward.people.family import Mark

register = template.Library()
register.filter("details_in_words", details_in_words)
register.filter("said_of", said_of)
register.filter("agreed_of", agreed_of)
register.filter("compartments_in_words", compartments_in_words)
KNOWN_PLACES: dict[tuple[str, str], str] = {}


@register.filter
def reading(text: str) -> str:
    """Return how a name reads in Latin letters; empty if it is written in them already."""
    read = romanise(text)
    return "" if read.casefold() == text.casefold() or text.isascii() else read


@register.filter
def place_name(value: Mapping[str, Any]) -> str:
    """Return what the gazetteer calls the place meant, unless it was written just so.

    A name is looked up once for the life of the process; places do not change their names.
    """
    code, language = str(value.get("code", "")), get_language() or "en"
    if code and (code, language) not in KNOWN_PLACES:
        found = names_of([code], language)[code]
        if found == code:
            return code
        KNOWN_PLACES[code, language] = found
    name = KNOWN_PLACES.get((code, language), "")
    return "" if name == value["text"] else name


@register.filter
def region_name(code: str) -> str:
    """Return what the gazetteer calls a region."""
    return place_name({"code": code, "text": ""}) or code


@register.filter
def age_today(value: Mapping[str, Any]) -> str:
    """Return the age today of someone born as that value says: "5 to 6 years old"."""
    born = born_span(value)
    if born is None:
        return ""
    today = timezone.localdate()
    youngest, oldest = (max(whole_years(day, today), 0) for day in reversed(born))
    if youngest == oldest:
        words = ngettext("%(years)s year old", "%(years)s years old", youngest)
        return words % {"years": wording.number(youngest)}
    return _("%(youngest)s to %(oldest)s years old") % {
        "youngest": wording.number(youngest),
        "oldest": wording.number(oldest),
    }


@register.filter
def relation_name(code: str) -> str:
    """Return what a relative is to the person."""
    return str(RELATIONS[code].label)


@register.filter
def kin_words(value: Mapping[str, Any]) -> list[str]:
    """Return what one statement says of a relative, apart from relation, name and contact."""
    return said_of([value])


@register.filter
def kin_agreed(value: Mapping[str, Any]) -> list[str]:
    """Return what the child answered of contact and telling, apart from yes and no to contact."""
    return agreed_of([value])


@register.filter
def stay_role(code: str) -> str:
    """Return what a stay was."""
    return str(ROLES[code])


@register.filter
def custodian_name(code: str) -> str:
    """Return who keeps a child."""
    return str(CUSTODIANS[code])


@register.filter
def mark_words(mark: Mark) -> str:
    """Return what is written beside a relative."""
    return str(MARKS[mark])


@register.filter
def names(facts: Mapping[str, Any]) -> list[str]:
    """Return the names of a profile as written, the first said first."""
    return texts(facts, "name")


@register.filter
def texts(facts: Mapping[str, Any], of: str) -> list[str]:
    """Return the values of one property of a profile as written."""
    fact = facts.get(of)
    return [saying.value["text"] for saying in fact.known] if fact else []


@register.filter
def profile_of(profiles: Mapping[Any, Any], person_id: Any) -> Any:
    """Return the profile of a person from the profiles of a list."""
    return profiles.get(person_id, {})


@register.filter
def nth(listed: Sequence[Any], place: int) -> Any:
    """Return what stands at a place of a list; empty behind its end."""
    return listed[place] if place < len(listed) else ""


FLAGS: Final[Mapping[Flag, str | _StrPromise]] = {
    Flag.NOT_TRACED: gettext_lazy("not traced: no consent"),
    Flag.BY_DECISION: gettext_lazy("traced by a decision, without consent"),
    Flag.NO_CONTACT: gettext_lazy("a relative must not be contacted or told"),
    Flag.CONTRADICTED: gettext_lazy("what is said contradicts itself"),
    Flag.GROWN_SOON: gettext_lazy("may be of age by next year"),
    Flag.YOUNG: gettext_lazy("may be under five"),
    Flag.TOGETHER: gettext_lazy("found with other children: not to be parted"),
}


@register.filter
def flag_words(flag: Flag) -> str:
    """Return a flag in the words of the identity bar."""
    return str(FLAGS[flag])


@register.filter
def needs_somebody(flag: Flag) -> bool:
    """Tell whether a flag asks somebody to do something, and so is amber."""
    return flag in NEEDS_SOMEBODY
