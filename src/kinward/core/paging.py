"""Long lists, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

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


def rows_after(
    rows: QuerySet[Any, Row], after: UUID | None, *, limit: int
) -> tuple[list[Row], UUID | None]:
    """Return rows in the order they were made, and after which one the next begin; None at the end.

    For machines, which read while others write: no row is told twice, and none is left out that
    stood when the first was read. Identifiers follow the time at which they were made.
    """
    wanted = rows.order_by("pk") if after is None else rows.order_by("pk").filter(pk__gt=after)
    found = list(wanted[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None  # type: ignore[attr-defined]  # rows of a table


def waiting_only(request: HttpRequest) -> bool:
    """Tell whether the address asks for what waits, and not for what is over too."""
    return request.GET.get("show") == "waiting"
