"""The board: where children wait and how long, how they moved, and who they are by reference."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.casework import queries
from kinward.casework.forms import NarrowBoard
from kinward.casework.models import Phase
from kinward.core.charts import Bar, bars, flows
from kinward.core.doors import needs
from kinward.core.narrowing import day_in
from kinward.core.paging import page_of
from kinward.core.wording import number, reads_right_to_left
from kinward.places.queries import names_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from kinward.access.models import UserRequest
    from kinward.casework.queries import Board, Waits

PERIOD: Final = timedelta(days=90)


@require_safe
@needs(Permission.SEE_BOARD)
def board(request: UserRequest) -> HttpResponse:
    """Show where children wait, by phase and place; how long at each step; how they moved.

    It is the board of the last day of the period: that of an earlier day can be looked at.
    """
    today = timezone.localdate()
    usual = {"by": "office", "start": f"{today - PERIOD}", "end": f"{today}"}
    narrowing = NarrowBoard(usual | request.GET.dict())
    by, start, end = narrowing.chosen(today - PERIOD, today)
    found = queries.board_of(user=request.user, today=min(end, today), by=by)
    record("casework.saw_board", None, by=request.user, at=timezone.now(), by_place=by)
    moved = found.moved(start, end)
    phases = found.phases()
    context: dict[str, Any] = {
        "narrowing": narrowing,
        "count": len(found.children),
        "phases": phases,
        "pipeline": pipeline(found, by, [phase for phase, waits in phases if waits]),
        "crossed": crossed(found),
        "steps": found.steps(),
        "on": found.today,
        "moved": [(words(one), words(other), n) for (one, other), n in ordered(moved)],
        "start": start,
        "end": end,
        "bars": picture(phases),
        "flows": flowing(moved) if moved else "",
    }
    return render(request, "casework/board.html", context)


@require_safe
@needs(Permission.SEE_BOARD)
def children(request: UserRequest) -> HttpResponse:
    """Show the children in one phase that this account may know of, who waits longest first.

    Of one office, where a number of the table by office led here.
    """
    wanted = request.GET.get("phase", "")
    chosen = Phase(wanted) if wanted in Phase.values else Phase.REPORTED
    today = timezone.localdate()
    on = min(day_in(request.GET.get("on", "")) or today, today)
    everyone = queries.children_on_board(user=request.user, today=on)
    office = request.GET.get("office")
    asked = [one for one in everyone if office is None or one.child.region == office]
    there = sorted((one for one in asked if one.phase == chosen), key=lambda one: one.since)
    page = page_of(request, there)
    listed = [one.child for one in page]
    record_reads("people.listed", listed, by=request.user, at=timezone.now())
    return render(
        request, "casework/board_children.html", {"page": page, "phase": chosen, "on": on}
    )


def words(phase: Phase | None) -> str:
    """Return a phase in words; before it is on record, a child is in none."""
    return str(phase.label) if phase else _("not on record yet")


def ordered(
    moved: Counter[tuple[Phase | None, Phase | None]],
) -> list[tuple[tuple[Phase | None, Phase | None], int]]:
    """Return how many moved, in the order of the phases."""
    place = {None: -1} | {phase: number for number, phase in enumerate(Phase)}
    return sorted(moved.items(), key=lambda each: (place[each[0][0]], place[each[0][1]]))


def pipeline(
    found: Board, by: str, phases: Sequence[Phase]
) -> list[tuple[str, list[tuple[str, int]], int]]:
    """Return a row for each place: its name, how many are in each of the phases, and their sum.

    With each number goes what narrows the list of those children, where there is one: by office.
    Where a child is kept or has kin is counted for whoever may not read it of a child.
    """
    counted = found.pipeline()
    names = names_of((code for code in counted if code), get_language() or "en")
    day = f"{found.today}"

    def narrow(code: str, phase: Phase) -> str:
        asked = {"phase": phase.value, "on": day, "office": code}
        return urlencode(asked) if by == "office" else ""

    unknown = _("no office") if by == "office" else _("not known, or a place without a code")
    rows = [
        (
            names.get(code, unknown),
            [(narrow(code, phase), counts[phase]) for phase in phases],
            counts.total(),
        )
        for code, counts in counted.items()
    ]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def crossed(found: Board) -> list[tuple[str, str, list[tuple[str, Waits]]]]:
    """Return a row for each office and place where its children are kept: names, and each phase.

    With each phase goes what narrows the list of the children of that office who are in it: which
    of them are kept at the place is counted, and not told.
    """
    counted = found.crossed()
    codes = {code for where in counted for code in where if code}
    names = names_of(codes, get_language() or "en")
    rows = [
        (
            names.get(office, _("no office")),
            names.get(host, _("not known, or a place without a code")),
            [
                (urlencode({"phase": phase.value, "on": f"{found.today}", "office": office}), waits)
                for phase in Phase
                if (waits := there.get(phase))
            ],
        )
        for (office, host), there in counted.items()
    ]
    return sorted(rows, key=lambda row: row[:2])


def picture(phases: Sequence[tuple[Phase, Waits | None]]) -> SafeString:
    """Draw how many children are in each phase."""
    counts = [(phase, waits.count if waits else 0) for phase, waits in phases]
    return bars(
        [Bar(str(phase.label), count, number(count)) for phase, count in counts],
        title=_("Children in each phase"),
        description=_("The same numbers stand in the table beside it."),
        mirrored=reads_right_to_left(),
        name="phases",
    )


def flowing(moved: Counter[tuple[Phase | None, Phase | None]]) -> SafeString:
    """Draw how children moved through the phases."""
    return flows(
        {(words(one), words(other)): n for (one, other), n in moved.items()},
        [words(None), *(str(phase.label) for phase in Phase)],
        heads=(_("on the first day"), _("on the last day")),
        title=_("How children moved through the phases"),
        description=_("The same numbers stand in the table beside it."),
        mirrored=reads_right_to_left(),
        name="moved",
    )
