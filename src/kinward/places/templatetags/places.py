"""What language a place is called something in, and when it was called so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from django import template
from django.utils.translation import gettext as _

from kinward.core import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """Return what a language is called in that of the page; its code where nobody says."""
    known = wording.locale().languages.get(code)
    if known or not code:
        return str(known or "")
    try:
        return Locale.parse(code).english_name or code
    except UnknownLocaleError:
        return code


@register.filter
def years(other: Mapping[str, str]) -> str:
    """Return when a former name was in use, as far as it is known."""
    since, until = other.get("from", ""), other.get("to", "")
    if since and until:
        return _("%(since)s to %(until)s") % {"since": since, "until": until}
    return _("until %(until)s") % {"until": until} if until else _("earlier")
