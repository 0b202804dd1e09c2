"""What the programme counts of its own children, and what others say held against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.charts import Bar, bars
from kinward.core.doors import needs
from kinward.core.narrowing import day_in
from kinward.core.wording import number, reads_right_to_left
from kinward.figures import actions, queries
from kinward.figures.definitions import DEFINITIONS, FEWEST, TABLES
from kinward.figures.forms import MeaningForm
from kinward.figures.models import Breakdown, Figure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from kinward.access.models import UserRequest
    from kinward.figures.queries import Comparison, Part
    from kinward.figures.rules import Wait

READ: Final = ["GET", "HEAD", "POST"]
SINGLE: Final = tuple(each for each in Breakdown if len(TABLES[each]) == 1)


@require_safe
@needs(Permission.SEE_PROGRAMME)
def programme(request: UserRequest) -> HttpResponse:
    """Show every figure with what it is, and how long children wait; whoever may, by parts.

    Who may see no small number is told what is public: totals of any two days would tell who came
    between them.
    """
    small = request.user.has_perm(Permission.SEE_SMALL)
    wanted = request.GET.get("by", "")
    by = wanted if small and wanted in SINGLE else ""
    day = day_in(request.GET.get("on", ""))
    record("figures.saw_programme", None, by=request.user, at=timezone.now(), by_what=by)
    context = counted(day, by) if small else released(day)
    return render(request, "figures/programme.html", context | {"small": small})


def counted(day: date | None, by: str) -> dict[str, Any]:
    """Return all that was counted until a day, by parts if that is asked for."""
    today = timezone.localdate()
    until = min(day or today, today)
    children = queries.children_counted(until=until)
    found = queries.counted_tables(
        children, figures=list(Figure), breakdowns=[by] if by else [], until=until
    )
    amounts = {each: found.values[each] for each in Figure}
    totals = {each: number(amount) for each, amount in amounts.items()}
    return told(totals, amounts, queries.waits(children, until=until, fewest=FEWEST)) | {
        "until": until,
        "by": by,
        "choices": SINGLE,
        "table": parts_of(found.values, by) if by else None,
    }


def released(day: date | None) -> dict[str, Any]:
    """Return what is public as of a day that something is public of; by default of the last.

    A wait is told where both its figures are: otherwise it would say that one is not small.
    """
    days = queries.released_days()
    until = day if day in days else next(iter(days), None)
    public = queries.released_totals(until)
    seen = {each: amount for each, amount in public.items() if amount is not None}
    totals = {each: written(public, each) for each in Figure}
    children = queries.children_counted(until=until) if until else []
    waits = queries.waits(children, until=until, fewest=FEWEST) if until else []
    both = [one for one in waits if {one.start, one.end} <= seen.keys()]
    return told(totals, seen, both) | {"until": until, "days": days}


def written(public: Mapping[Figure, int | None], figure: Figure) -> str:
    """Return a figure as it is public."""
    amount = public.get(figure, 0)
    if figure not in public:
        return _("not published")
    return _("not shown") if amount is None else number(amount)


def told(
    totals: Mapping[Figure, str], amounts: Mapping[Figure, int], waits: list[Wait]
) -> dict[str, Any]:
    """Return the figures and waits as a page shows them."""
    return {
        "rows": [(each, totals[each.figure]) for each in DEFINITIONS.values()],
        "waits": [(Figure(one.start).label, Figure(one.end).label, one) for one in waits],
        "bars": picture(totals, amounts),
    }


def picture(totals: Mapping[Figure, str], amounts: Mapping[Figure, int]) -> SafeString:
    """Draw the totals; what may not be seen has no bar."""
    rows = [Bar(str(each.label), amounts.get(each, 0), said) for each, said in totals.items()]
    return bars(
        rows,
        title=_("The programme’s own figures"),
        description=_("The same figures stand in the table below."),
        mirrored=reads_right_to_left(),
        name="programme",
    )


def parts_of(values: Mapping[str, int], by: str) -> dict[str, Any]:
    """Return every figure by one dimension: a row a category."""
    cells = [cell for cell in values if cell.startswith(f"{Figure.FOUND} {by}=")]
    named = queries.names_in(cells)
    found = sorted({cell.partition("=")[2] for cell in values if f" {by}=" in cell})
    rows = [
        (
            queries.said(by, category, named),
            [number(values.get(f"{figure} {by}={category}", 0)) for figure in Figure],
        )
        for category in found
    ]
    return {"heads": [figure.label for figure in Figure], "rows": rows, "by": Breakdown(by).label}


@require_safe
@needs(Permission.SEE_PROGRAMME)
def own(request: UserRequest) -> HttpResponse:
    """Show what others say beside what our own ledgers hold.

    Who may see no small number sees the page that is kept; where it is not of now, it is asked for.
    """
    small = request.user.has_perm(Permission.SEE_SMALL)
    found, now = queries.material(), timezone.now()
    page = None if small else queries.guarded_page(found)
    record("figures.compared_with_own", None, by=request.user, at=now)
    if page and not page.is_current:
        actions.ask_for_page(by=request.user, at=now)
    shown = page.comparisons if page else queries.comparisons(found, small=True)
    codes = [f"found {one.by}={part.category}" for one in shown for part in one.parts]
    named = queries.names_in(codes)
    context = {
        "comparisons": [(one, parts_shown(one, named)) for one in shown],
        "page": page,
        "fewest": FEWEST,
    }
    return render(request, "figures/own.html", context)


def parts_shown(one: Comparison, named: Mapping[str, str]) -> list[tuple[str, Part]]:
    """Return by what our number is made up, in words; what nobody is in is left out."""
    return [
        (queries.said(one.by, part.category, named), part) for part in one.parts if part.number != 0
    ]


@require_http_methods(READ)
@needs(Permission.CODE_CLAIM)
def meaning(request: UserRequest, claim_id: UUID) -> HttpResponse:
    """Say of which of our own figures a claim speaks."""
    claim = queries.claim_of(claim_id)
    if claim is None:
        raise Http404
    stands = queries.meaning_of(claim)
    initial = (
        {name: getattr(stands, name) for name in ("figure", "category", "since", "until")}
        | {"of": stands.by}
        if stands
        else {"until": claim.source.published_on}
    )
    form = MeaningForm(request.POST) if request.method == "POST" else MeaningForm(initial=initial)
    if form.is_valid():
        actions.say_meaning(claim=claim, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("It is held against our own figures from now on."))
        return redirect("figures:claim", claim_id=claim.pk)
    context = {
        "claim": claim,
        "counted": queries.counted_claim(claim),
        "form": form,
        "wrong": [form] if form.errors else [],
    }
    return render(request, "figures/meaning.html", context, status=422 if form.errors else 200)
