"""Registering from a list: taking it in, naming its columns, checking every row, registering."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.entry.proof import step_up
from kinward.access.queries import open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.core import wording
from kinward.core.doors import needs
from kinward.core.forms import all_valid
from kinward.core.intake.cells import cell
from kinward.core.pages import sent, show_form
from kinward.core.paging import page_of
from kinward.core.versions import seen_in, unless_overtaken
from kinward.people import actions, listed, queries
from kinward.people.forms.consents import OrDecided
from kinward.people.forms.lists import (
    ColumnsForm,
    FacilityForm,
    ListCircumstances,
    RowForm,
    TakeForm,
)
from kinward.people.listed import Standing
from kinward.people.listing import Told
from kinward.people.memory import asked_for
from kinward.people.models import Certainty, SaidBy
from kinward.people.properties import PROPERTIES
from kinward.people.views.children import NAMED

if TYPE_CHECKING:
    from uuid import UUID

    from kinward.access.models import UserRequest
    from kinward.core.versions import Conflict
    from kinward.people.listed import Checked
    from kinward.people.memory import Asked
    from kinward.people.models import ListReading, Mention, NameList

BYTE_ORDER_MARK: Final = "\N{BYTE ORDER MARK}"  # Excel reads UTF-8 only with it
WAITS: Final = (Standing.WRONG, Standing.SAME)


@require_safe
@needs(Permission.REGISTER_CHILD)
def lists(request: UserRequest) -> HttpResponse:
    """Show the lists this account may work on."""
    page = page_of(request, listed.lists(user=request.user))
    record_reads("people.opened_list", page.object_list, by=request.user, at=timezone.now())
    return render(request, "people/lists.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def take(request: UserRequest) -> HttpResponse:
    """Take a list in."""
    posted = request.method == "POST"
    form = TakeForm(request.POST, request.FILES) if posted else TakeForm()
    facility = FacilityForm(request.POST if posted else None, prefix="facility")
    if posted and all_valid([form, facility]):
        taken = actions.take_list(
            facility=facility.facility(), by=request.user, at=timezone.now(), **form.typed()
        )
        if taken.known:
            words = _("This very list was taken in before, on %(day)s. Nothing was recorded twice.")
            messages.info(request, words % {"day": wording.moment(taken.list.taken_at)})
            return redirect("people:list", list_id=taken.list.pk)
        return redirect("people:list_columns", list_id=taken.list.pk)
    context = {"form": form, "facility": facility}
    return show_form(request, "people/take_list.html", [form, facility], context)


def opened(request: UserRequest, list_id: UUID) -> NameList:
    """Find a list this account may work on, and write down that it was read."""
    found = get_object_or_404(listed.lists(user=request.user), pk=list_id)
    compartments = open_compartments(request.user)
    record_reads(
        "people.opened_list",
        [found],
        by=request.user,
        at=timezone.now(),
        compartments=compartments,
    )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def columns(request: UserRequest, list_id: UUID) -> HttpResponse:
    """Say what the columns of a list mean, who says so, and upon what basis."""
    one = opened(request, list_id)
    data = sent(request)
    before = listed.reading_of(one)
    rows = list(listed.rows_of(one))
    form = ColumnsForm(data, of=one, rows=rows, before=before.meanings if before else None)
    circumstances, consent = ListCircumstances(data, of=one), OrDecided(data, prefix="consent")
    forms = [form, circumstances, consent]
    if data is not None and all_valid(forms):
        told = circumstances.cleaned_data
        actions.read_list(
            one=one,
            meanings=form.meanings(),
            told=Told(
                said_by=SaidBy(told["said_by"]),
                certainty=Certainty(told["certainty"]),
                as_of=told["as_of"],
            ),
            consent=consent.answer(),
            by=request.user,
            at=timezone.now(),
        )
        return redirect("people:list", list_id=one.pk)
    context = {
        "list": one,
        "form": form,
        "circumstances": circumstances,
        "consent": consent,
        "rows": len(rows),
    }
    return show_form(request, "people/list_columns.html", forms, context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def check(request: UserRequest, list_id: UUID) -> HttpResponse:
    """Show every row and how it stands; register those that can be read."""
    one = opened(request, list_id)
    reading = listed.reading_of(one)
    if reading is None:
        return redirect("people:list_columns", list_id=one.pk)
    conflict = register(request, one) if request.method == "POST" else None
    if request.method == "POST" and conflict is None:
        return redirect("people:list", list_id=one.pk)
    context = checked_page(request, one, reading) | {"conflict": conflict}
    status = conflict.status if conflict else 200
    return render(request, "people/list.html", context, status=status)


def register(request: UserRequest, one: NameList) -> Conflict | None:
    """Register the rows that can be read; return the conflict, if they are to be read anew."""
    made: list[Mention] = []
    conflict = unless_overtaken(
        lambda: made.extend(
            actions.register_rows(
                one=one,
                as_well=request.POST.getlist("as_well"),
                seen=seen_in(request),
                by=request.user,
                at=timezone.now(),
            )
        )
    )
    if conflict is None:
        words = ngettext(
            "%(count)s child is registered from this list.",
            "%(count)s children are registered from this list.",
            len(made),
        )
        messages.success(request, words % {"count": wording.number(len(made))})
    return conflict


def checked_page(request: UserRequest, one: NameList, reading: ListReading) -> dict[str, Any]:
    """Return what the page of a list shows: its rows, of one standing or one number if asked."""
    rows = listed.checked(one, reading, user=request.user)
    by_standing = listed.sorted_out(rows)
    asked, number = request.GET.get("show", ""), request.GET.get("row", "")
    shown = by_standing[Standing(asked)] if asked in set(Standing) else rows
    if number.isdecimal():
        shown = [each for each in rows if each.row.number == int(number)]
    page = page_of(request, shown)
    on_page = list(page.object_list)
    alike, told = alike_on(request, on_page)
    return {
        "list": one,
        "reading": reading,
        "page": page,
        "alike": alike,
        "not_looked": told,
        "seen": seen_on(request, on_page),
        "counts": [(standing, len(some)) for standing, some in by_standing.items()],
        "count": {standing.value: len(some) for standing, some in by_standing.items()},
        "total": len(rows),
        "show": asked,
        "properties": PROPERTIES,
    }


def alike_on(request: UserRequest, rows: list[Checked]) -> tuple[dict[UUID, queries.Alike], bool]:
    """Return who is on record already and like each row of a page, or that nobody was looked for.

    It is advice: it keeps no row from being registered, and joins no records.
    """
    wanted = [each for each in rows if each.standing in {Standing.READY, Standing.SAME}]
    if not wanted:
        return {}, False
    asked, now = [asked_of(each) for each in wanted], timezone.now()
    try:
        found = actions.look_for_alike_each(asked=asked, by=request.user, at=now)
    except actions.TooManySearches:
        actions.refuse_search(by=request.user, at=now)
        return {}, True
    return {each.row.pk: one for each, one in zip(wanted, found, strict=True)}, False


def asked_of(each: Checked) -> Asked:
    """Return who is asked for, to see whether the child of a row is on record already."""
    read = each.read
    texts = {kind: str(read.first(kind).get("text", "")) for kind in NAMED}
    sex = str(read.first("sex").get("code", ""))
    return asked_for(sex=sex, birth=read.first("born") or None, **texts)


def seen_on(request: UserRequest, rows: list[Checked]) -> set[UUID]:
    """Return the records of rows that may be shown, and write down that they were."""
    wanted = {one.pk for each in rows for one in (each.person, each.same_person) if one}
    seen = list(queries.children(user=request.user).filter(pk__in=wanted)) if wanted else []
    record_reads(
        "people.listed",
        seen,
        by=request.user,
        at=timezone.now(),
        compartments=open_compartments(request.user),
    )
    return {one.pk for one in seen}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def mend(request: UserRequest, list_id: UUID, row_id: UUID) -> HttpResponse:
    """Write a row anew in the place of one that cannot be read."""
    one = opened(request, list_id)
    reading = listed.reading_of(one)
    row = get_object_or_404(one.rows.select_related("of"), pk=row_id)
    if reading is None:
        return redirect("people:list_columns", list_id=one.pk)
    data = sent(request)
    form = RowForm(data, row=row, wrong=listed.wrong_with(row, reading))
    conflict = None
    if data is not None and form.is_valid():
        conflict = unless_overtaken(
            lambda: actions.mend_row(
                row=row, cells=form.cells(), by=request.user, at=timezone.now()
            )
        )
        if conflict is None:
            messages.success(request, _("The row is mended. How it came is kept as well."))
            return redirect(f"{reverse('people:list', args=[one.pk])}?row={row.number}")
    context = {"list": one, "row": row, "form": form}
    return show_form(request, "people/mend_row.html", [form], context, conflict)


@require_safe
@needs(Permission.REGISTER_CHILD)
@step_up
def waiting(request: UserRequest, list_id: UUID) -> HttpResponse:
    """Hand the rows that are not registered out as a file, each with why."""
    one = opened(request, list_id)
    reading = listed.reading_of(one)
    rows = listed.checked(one, reading, user=request.user) if reading else []
    kept = [each for each in rows if each.standing in WAITS]
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow([_("Row"), *map(cell, one.columns), _("Why it is not registered")])
    for each in kept:
        gap = [""] * (len(one.columns) - len(each.row.cells))
        why = " ".join(reasons(one, each))
        writer.writerow([each.row.number, *map(cell, each.row.cells), *gap, cell(why)])
    record("people.handed_out_rows", one, by=request.user, at=timezone.now(), rows=len(kept))
    response = HttpResponse(
        BYTE_ORDER_MARK + written.getvalue(), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return response


def reasons(one: NameList, each: Checked) -> list[str]:
    """Return in words why a row is not registered, each with the column it is about."""
    if each.standing == Standing.SAME:
        return [_("It says just what another row says.")]
    return [
        f"{one.columns[wrong.column]}: {wrong.words}"
        if wrong.column is not None
        else str(wrong.words)
        for wrong in each.read.wrong
    ]
