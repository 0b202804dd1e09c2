"""Long lists, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest

ROWS: Final = 25
Row = TypeVar("Row")


def page_of(
    request: HttpRequest, rows: QuerySet[Any, Row] | Sequence[Row], *, rows_each: int = ROWS
) -> Page[Row]:
    """Return the page the address asks for (`?page=2`), or the nearest one there is; read now."""
    page = Paginator(rows, rows_each).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page


def waiting_only(request: HttpRequest) -> bool:
    """Tell whether the address asks for what waits, and not for what is over too."""
    return request.GET.get("show") == "waiting"
