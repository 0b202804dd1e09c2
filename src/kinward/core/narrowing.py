"""How a list is narrowed and ordered, by its address: choices only, nothing of it is typed in.

So a view of a list can be kept and sent on: it holds no name.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from kinward.core.forms import Form

if TYPE_CHECKING:
    from collections.abc import Mapping


class Narrowing(Form):
    """Choices that narrow a list and say its order. What is no choice narrows nothing."""

    def __init__(self, data: Mapping[str, Any], **options: Any) -> None:
        fields = self.base_fields.items()
        usual = {name: field.initial for name, field in fields if field.initial}
        asked = {name: data[name] for name, field in fields if fits(field, data.get(name))}
        super().__init__(usual | asked, auto_id="narrow_%s", **options)
        self.full_clean()

    def chosen(self) -> dict[str, Any]:
        """Return what each field says; nothing, where it does not narrow."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def said(self) -> dict[str, str]:
        """Return what differs from how the list comes, as an address says it."""
        fields = self.fields
        chosen = self.chosen().items()
        return {name: str(value) for name, value in chosen if value != fields[name].initial}

    def words(self) -> list[str]:
        """Return what was said, each in words; identifiers are not named."""
        named = {name: dict(getattr(self.fields[name], "choices", ())) for name in self.said()}
        return [str(named[name][value]) for name, value in self.said().items() if named[name]]

    @property
    def narrows(self) -> bool:
        """Tell whether rows may be left out, and not only put in another order."""
        return bool(self.said().keys() - {"sort", "show"})


def fits(field: forms.Field, said: Any) -> bool:
    """Tell whether something is said, and may be."""
    try:
        return bool(said and field.clean(said))
    except forms.ValidationError:
        return False


def day_in(text: str) -> date | None:
    """Return the day that a part of an address says; None where it says none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
