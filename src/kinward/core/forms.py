"""What every form has in common: its look, and being shown again instead of being acted upon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.forms.utils import ErrorDict

from kinward.core.language import FIELD as SWITCH_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ADD_ANOTHER: Final = "add_another"
SHOW_AGAIN: Final = frozenset({SWITCH_LANGUAGE, ADD_ANOTHER})
LOOKS: Final[Mapping[type[forms.Widget], str]] = {
    forms.CheckboxInput: "govuk-checkboxes__input",
    forms.Textarea: "govuk-textarea",
    forms.Select: "govuk-select",
    forms.widgets.Input: "govuk-input",
}


def is_shown_again(data: Mapping[str, Any]) -> bool:
    """Tell whether a form was only sent to be shown again: in another language, or longer."""
    return not SHOW_AGAIN.isdisjoint(data)


class Form(forms.Form):
    """A form that is never valid, and shows no errors, while it is only shown again."""

    use_required_attribute = False  # the server says what is missing, in the page's language

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self.fields.values():
            dress(field.widget)

    def full_clean(self) -> None:
        """Check what was typed, unless the form is only shown again."""
        if self.is_bound and is_shown_again(self.data):
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        """Tell whether the form may be acted upon."""
        return super().is_valid() and not is_shown_again(self.data)


def dress(widget: forms.Widget) -> None:
    """Give a widget its class, and free text the direction of whatever is written into it."""
    if isinstance(widget, forms.RadioSelect):
        return
    look = next((look for kind, look in LOOKS.items() if isinstance(widget, kind)), "")
    widget.attrs["class"] = " ".join(filter(None, [look, widget.attrs.get("class", "")]))
    if isinstance(widget, (forms.TextInput, forms.Textarea)):
        widget.attrs.setdefault("dir", "auto")


def all_valid(forms: Sequence[Form]) -> bool:
    """Tell whether every form may be acted upon; each is checked, so that all errors are shown."""
    valid = [form.is_valid() for form in forms]
    return all(valid)
