"""What every form of signing in has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpResponse


class Shown:
    """Shows a form with its faults, and says by the status that there are some."""

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """Show the page; 422 if something is to be corrected, 429 if there were too many tries."""
        form = context.get("form")
        wrong = [form] if form is not None and form.errors else []
        locked = getattr(self.request, "axes_locked_out", False)  # type: ignore[attr-defined]  # of the view
        status = (429 if locked else 422) if wrong else options.pop("status", 200)
        shown = context | {"wrong": wrong}
        return super().render_to_response(shown, status=status, **options)  # type: ignore[misc,no-any-return]  # likewise
