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
    from uuid import UUID

    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from kinward.access.models import UserRequest

READ: Final = ["GET", "HEAD", "POST"]
SINGLE: Final = tuple(each for each in Breakdown if len(TABLES[each]) == 1)


@require_safe
@needs(Permission.SEE_PROGRAMME)
def programme(request: UserRequest) -> HttpResponse:
    """Show every figure with what it is, and how long children wait; whoever may, by parts."""
    today = timezone.localdate()
    until = min(day_in(request.GET.get("on", "")) or today, today)
    small = request.user.has_perm(Permission.SEE_SMALL)
    wanted = request.GET.get("by", "")
    by = wanted if small and wanted in SINGLE else ""
    children = queries.children_counted(until=until)
    record("figures.saw_programme", None, by=request.user, at=timezone.now(), by_what=by)
    counted = queries.counted_tables(
        children, figures=list(Figure), breakdowns=[by] if by else [], until=until
    )
    kept = frozenset() if small else queries.kept_back(children, until=until)
    totals = {each: None if each in kept else counted.values[each] for each in Figure}
    context: dict[str, Any] = {
        "until": until,
        "by": by,
        "choices": SINGLE if small else (),
        "small": small,
        "rows": [(each, said(totals[each.figure])) for each in DEFINITIONS.values()],
        "table": parts_of(counted.values, by) if by else None,
        "waits": [
            (Figure(one.start).label, Figure(one.end).label, one)
            for one in queries.waits(children, until=until, fewest=FEWEST)
        ],
        "bars": picture(totals),
        "fewest": FEWEST,
    }
    return render(request, "figures/programme.html", context)


def said(amount: int | None) -> str:
    """Return a number as this reader may see it."""
    return _("not shown") if amount is None else number(amount)


def picture(totals: Mapping[Figure, int | None]) -> SafeString:
    """Draw the totals; what may not be seen has no bar."""
    rows = [Bar(str(each.label), amount or 0, said(amount)) for each, amount in totals.items()]
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
    """Show what others say beside what our own ledgers hold."""
    small = request.user.has_perm(Permission.SEE_SMALL)
    found = queries.comparisons(small=small)
    record("figures.compared_with_own", None, by=request.user, at=timezone.now())
    codes = [f"found {one.by}={part.category}" for one in found for part in one.parts]
    named = queries.names_in(codes)
    shown = [
        (
            one,
            [
                (queries.said(one.by, part.category, named), part)
                for part in one.parts
                if part.number != 0
            ],
        )
        for one in found
    ]
    context = {"comparisons": shown, "small": small, "fewest": FEWEST}
    return render(request, "figures/own.html", context)


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
