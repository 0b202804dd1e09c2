"""A visit as a phone tells of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kinward.field.actions.refusing import Unfit
from kinward.placement.actions import Visited

if TYPE_CHECKING:
    from collections.abc import Mapping


def visited_in(answers: Mapping[str, Any]) -> Visited:
    """Return a visit as it is recorded.

    Raises:
        Unfit: a day is not known to the day.
    """
    days, why = {}, {}
    for name in ("visited_on", "next_on"):
        try:
            days[name] = date.fromisoformat(answers[name].strip())
        except ValueError:
            why[name] = _("Give the whole date.")
    if why:
        raise Unfit(why)
    seen = answers["seen"] == "yes"
    return Visited(
        visited_on=days["visited_on"],
        next_on=days["next_on"],
        seen=seen,
        where=answers["where"],
        changed=answers["changed"],
        why_not="" if seen else answers.get("why_not", ""),
        view=answers.get("view", "") if seen else "",
        settled=seen and answers.get("settled") == "yes",
    )
