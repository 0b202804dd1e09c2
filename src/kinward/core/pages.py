"""What every page with a form does: read what was sent, act once it is right, say what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from kinward.core.forms import KEEP, Keeping, all_valid
from kinward.core.versions import unless_overtaken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest, HttpResponse, QueryDict

    from kinward.core.errors import RuleBroken
    from kinward.core.forms import Form
    from kinward.core.versions import Conflict


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, for a form; None where the page is only asked for."""
    return request.POST if request.method == "POST" else None


def show_form(
    request: HttpRequest,
    template: str,
    forms: Sequence[Form],
    context: dict[str, Any],
    conflict: Conflict | None = None,
) -> HttpResponse:
    """Show a page with its forms and all that is wrong with them; only its part, if htmx asks.

    After a conflict it says above the forms what stands by now, and they hold what was typed.
    """
    wrong = [form for form in forms if form.errors]
    if request.POST.get(KEEP) or any(form.waits_for_a_reason for form in wrong):
        context["keeping"] = Keeping(request.POST)
    part = "#page" if request.headers.get("HX-Request") == "true" else ""
    context |= {"wrong": wrong, "conflict": conflict}
    status = conflict.status if conflict else 422 if wrong else 200
    return render(request, f"{template}{part}", context, status=status)


def acted(  # noqa: PLR0913 (a page, an act, and what the first form can be told)
    request: HttpRequest,
    template: str,
    forms: Sequence[Form],
    context: dict[str, Any],
    act: Callable[[], object],
    *,
    unfit: type[RuleBroken],
) -> HttpResponse | None:
    """Act once every form is valid, and return nothing; else the page again with all its faults.

    What `act` raises as `unfit` is said above the first form.
    """
    if not all_valid(forms):
        return show_form(request, template, forms, context)
    try:
        conflict = unless_overtaken(act)
    except unfit as found:
        forms[0].add_error(None, str(found.said))
        return show_form(request, template, forms, context)
    return show_form(request, template, forms, context, conflict) if conflict else None
