"""What every form of signing in has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from django.http import HttpResponse


TOO_OFTEN: Final = frozenset({"too_many_login_attempts", "rate_limited"})  # as allauth says it


class Shown:
    """Shows a form with its faults, and says by the status that there are some."""

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """Show the page; 422 if something is to be corrected, 429 if there were too many tries."""
        form = context.get("form")
        wrong = [form] if form is not None and form.errors else []
        status = (429 if was_too_often(form) else 422) if wrong else options.pop("status", 200)
        shown = context | {"wrong": wrong}
        return super().render_to_response(shown, status=status, **options)  # type: ignore[misc,no-any-return]  # likewise


def was_too_often(form: Any) -> bool:
    """Tell whether a form was refused because it had been tried too often: not even compared."""
    faults = [fault for each in form.errors.as_data().values() for fault in each]
    return any(fault.code in TOO_OFTEN for fault in faults)
