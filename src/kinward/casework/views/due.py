"""What is due, as a list, as a month, and as a calendar that other programs read."""

from __future__ import annotations

from calendar import Calendar
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.audit.context import acting
from kinward.casework import actions, queries
from kinward.casework.rules import Urgency
from kinward.core.calendars import Entry, as_ics
from kinward.core.doors import needs, open_to_all
from kinward.core.narrowing import day_in
from kinward.core.paging import page_of
from kinward.core.wording import listed, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from kinward.access.models import UserRequest
    from kinward.casework.queries import OnDay

# Which of what is due a list shows; at first what needs somebody.
SHOWN: Final = {
    "overdue": frozenset({Urgency.ESCALATED, Urgency.OVERDUE}),
    "soon": frozenset({Urgency.SOON}),
    "escalated": frozenset({Urgency.ESCALATED}),
    "all": frozenset(Urgency),
}
MONDAY: Final = 0
AHEAD: Final = timedelta(days=180)  # of what is told to a calendar


@require_safe
@needs(Permission.SEE_DUE)
def due(request: UserRequest) -> HttpResponse:
    """Show what is due on the tracks of children, by whom, and how late it is."""
    asked = request.GET.get("show", "overdue")
    which = asked if asked in SHOWN else "overdue"
    found = queries.all_due(user=request.user, today=timezone.localdate())
    on = day_in(request.GET.get("on", ""))
    rows = [one for one in found if one.due.on == on if on] if on else chosen(found, which)
    page = page_of(request, rows)
    children = list({one.child.pk: one.child for one in page}.values())
    record_reads("people.listed", children, by=request.user, at=timezone.now())
    counts = [(name, len(chosen(found, name))) for name in SHOWN]
    context: dict[str, Any] = {
        "page": page,
        "which": "" if on else which,
        "on": on,
        "counts": counts,
        "feed": queries.open_feeds(account=request.user).first(),
        "token": request.session.pop("feed", ""),
    }
    return render(request, "casework/due.html", context)


def chosen(found: Sequence[OnDay], which: str) -> list[OnDay]:
    """Return what is as pressing as that."""
    return [one for one in found if one.urgency in SHOWN[which]]


@require_safe
@needs(Permission.SEE_DUE)
def month(request: UserRequest) -> HttpResponse:
    """Show how many things are due on each day of a month."""
    today = timezone.localdate()
    first = (day_in(f"{request.GET.get('month', '')}-01") or today).replace(day=1)
    found = Counter(one.due.on for one in queries.all_due(user=request.user, today=today))
    record("casework.saw_board", None, by=request.user, at=timezone.now(), month=str(first))
    weeks = [
        [{"on": day, "count": found[day], "inside": day.month == first.month} for day in week]
        for week in Calendar(MONDAY).monthdatescalendar(first.year, first.month)
    ]
    context: dict[str, Any] = {
        "first": first,
        "weeks": weeks,
        "today": today,
        "before": first - timedelta(days=1),
        "after": first + timedelta(days=31),
    }
    return render(request, "casework/due_month.html", context)


@require_POST
@needs(Permission.SEE_DUE)
def feed(request: UserRequest) -> HttpResponse:
    """Make the address at which one's calendar reads what is due, or close it."""
    now = timezone.now()
    if request.POST.get("what") == "close":
        actions.close_feed(by=request.user, at=now)
        messages.success(request, _("The address is closed. Nothing answers there any more."))
        return redirect("casework:due")
    token = actions.open_feed(by=request.user, at=now)
    address = request.build_absolute_uri(reverse("casework:calendar", args=[token]))
    request.session["feed"] = address
    messages.success(request, _("The address is made. It is shown once."))
    return redirect("casework:due")


@require_safe
@login_not_required
@open_to_all
def calendar(_request: HttpRequest, token: str) -> HttpResponse:
    """Tell a calendar how many things are due on which days: no name, no reference, no place."""
    found = queries.feed_of(token)
    if found is None:
        raise Http404
    account, now = found.account, timezone.now()
    with acting(account), translation.override(account.language or "en"):
        record("casework.read_feed", None, by=account, at=now, feed=str(found.pk))
        entries = days_of(queries.all_due(user=account, today=timezone.localdate(now)), found.pk)
        text = as_ics(entries, name=_("Kinward: what is due"), at=now)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def days_of(found: Sequence[OnDay], feed: object) -> list[Entry]:
    """Return an entry for each day, with how many things are due on which track."""
    days: defaultdict[date, Counter[str]] = defaultdict(Counter)
    today = timezone.localdate()
    for one in found:
        if one.due.on <= today + AHEAD:
            days[max(one.due.on, today)][str(one.due.track.label)] += 1
    return [
        Entry(f"{day:%Y%m%d}-{feed}@kinward", day, words_of(counts)) for day, counts in days.items()
    ]


def words_of(counts: Counter[str]) -> str:
    """Say how many things are due, and on which tracks."""
    n = counts.total()
    tracks = listed(f"{track} {number(count)}" for track, count in sorted(counts.items()))
    said = ngettext("%(n)s thing is due", "%(n)s things are due", n) % {"n": number(n)}
    return f"Kinward: {said} ({tracks})"
