"""The places of a child: five that are never taken for one another, and stays on a line of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kinward.access.models import Compartment
from kinward.access.rules import Permission
from kinward.core import wording
from kinward.core.charts import Span, as_year, spans
from kinward.core.doors import sees
from kinward.people.properties import PROPERTIES
from kinward.people.stays import CUSTODIANS, ROLES
from kinward.people.values import stay_days
from kinward.people.views.children import open_child

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from kinward.access.models import UserRequest
    from kinward.people.rules import Fact, Saying
    from kinward.people.values import StayDays

FIVE: Final = (
    "place_of_birth",
    "last_residence",
    "relatives_region",
    "nationality",
    "destination",
)
LONGEST: Final = 22  # signs of a place beside the line of time


class Stay(NamedTuple):
    """One stay as it was told, and its days, if any are known."""

    saying: Saying
    days: StayDays | None


@require_safe
@sees(Permission.SEE_CHILDREN)
def places(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show where a child comes from, where it has been, and where it is to go."""
    context = open_child(request, child_id) | {"tab": "places"}
    if Compartment.LOCATION in context["opened"]:
        facts = context["facts"]
        stays = stays_of(facts, timezone.localdate())
        context |= {
            "five": [(PROPERTIES[each], facts.get(each)) for each in FIVE],
            "stays": stays,
            "picture": picture(stays),
            "found_at": facts.get("found_at"),
        }
    return render(request, "people/child_places.html", context)


def stays_of(facts: Mapping[str, Fact], today: date) -> list[Stay]:
    """Return the stays of a child in the order they began; those of unknown days last."""
    told = facts["stay"].known if "stay" in facts else ()
    stays = [Stay(saying, stay_days(saying.value, today)) for saying in told]
    return sorted(stays, key=lambda stay: (stay.days is None, (stay.days and (*stay.days,)) or ()))


def picture(stays: Sequence[Stay]) -> SafeString | str:
    """Draw the stays of which days are known on a line of time; nothing if there are none."""
    rows = [span(stay.saying, stay.days) for stay in stays if stay.days]
    if not rows:
        return ""
    return spans(
        rows,
        title=_("Stays on a line of time"),
        description=_("The same stays stand in the table below."),
        mirrored=wording.reads_right_to_left(),
        name="stays",
    )


def span(saying: Saying, days: StayDays) -> Span:
    """Return a stay as a bar: all the days it can have been, and upon them those it surely was."""
    value = saying.value
    place = value.get("text") or str(CUSTODIANS.get(value.get("custodian", ""), ""))
    short = place if len(place) <= LONGEST else f"{place[:LONGEST]}…"
    written = " – ".join(value[key] for key in ("since", "until") if value.get(key))
    sure = days.begins_by < days.ends_from or days.begins_from == days.begins_by
    return Span(
        f"{ROLES[value['role']]}: {wording.isolate(short)}",
        as_year(days.begins_from),
        as_year(days.ends_by),
        wording.isolate(written),
        look="kw-chart__start",
        sure=(as_year(days.begins_by), as_year(days.ends_from)) if sure else None,
    )
