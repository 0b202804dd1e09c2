"""What every form has in common: its look, and being shown again instead of being acted upon."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from kinward.core.guarding import KEEPABLE, objection, words_for
from kinward.core.language import FIELD as SWITCH_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ADD_ANOTHER: Final = "add_another"
LOOK_UP: Final = "look_up"  # finds for what was typed, where no script does it
KEEP: Final = "keep_because"  # the field of Keeping
LABELLED: Final = "labelled"  # the code of an error that a reason would lift
SHOW_AGAIN: Final = frozenset({SWITCH_LANGUAGE, ADD_ANOTHER, LOOK_UP})
LOOKS: Final[Mapping[type[forms.Widget], str]] = {
    forms.CheckboxInput: "govuk-checkboxes__input",
    forms.Textarea: "govuk-textarea",
    forms.Select: "govuk-select",
    forms.widgets.Input: "govuk-input",
}


class Guard(StrEnum):
    """Whose words a field holds, and so what may stand in it."""

    NAME = "name"  # a name as someone wrote it: never a label
    TOLD = "told"  # what someone told: a label may stay if two people say so
    OWN = "own"  # a worker's own reasons: no label


def is_shown_again(data: Mapping[str, Any]) -> bool:
    """Tell whether a form was only sent to be shown again: in another language, or longer."""
    return not SHOW_AGAIN.isdisjoint(data)


class Form(forms.Form):
    """A form that is never valid, and shows no errors, while it is only shown again."""

    guarded: ClassVar[Mapping[str, Guard]] = {}  # fields of free text, which the guard reads
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

    def _post_clean(self) -> None:
        """Read free text for what is never kept, and for labels that no reason is given for."""
        reason_given = bool(self.data.get(KEEP, "").strip())
        for name, guard in self.guarded.items():
            found = objection(self.cleaned_data.get(name) or "", is_name=guard == Guard.NAME)
            may_keep = guard == Guard.TOLD and found is not None and found.kind in KEEPABLE
            if found and not (may_keep and reason_given):
                code = LABELLED if may_keep else "refused"
                words = words_for(found, may_keep=may_keep)
                self.add_error(name, forms.ValidationError(words, code=code))

    @property
    def waits_for_a_reason(self) -> bool:
        """Tell whether all or some that is wrong could stay, if there were a reason."""
        return any(self.has_error(name, LABELLED) for name in self.guarded)

    def is_valid(self) -> bool:
        """Tell whether the form may be acted upon."""
        return super().is_valid() and not is_shown_again(self.data)


def dress(widget: forms.Widget) -> None:
    """Give a widget its class, and free text the direction of whatever is written into it."""
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return  # their templates dress each choice
    look = next((look for kind, look in LOOKS.items() if isinstance(widget, kind)), "")
    widget.attrs["class"] = " ".join(filter(None, [look, widget.attrs.get("class", "")]))
    if isinstance(widget, (forms.TextInput, forms.Textarea)):
        widget.attrs.setdefault("dir", "auto")


def choose(form: Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared by the form)
    field.choices = choices


class Day(forms.DateField):
    """A day, chosen or typed as 2018-12-30."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)


class Answering(Form):
    """Whether words that label a person stay, said by the second person."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    keep = forms.ChoiceField(
        label=_("Do these words stay?"),
        choices=[
            ("yes", _("They stay, as they were told")),
            ("no", _("They are not shown to anyone")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("If they do not stay: why?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where words are not to be shown."""
        if self.cleaned_data.get("keep") == "no" and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Give a reason in your own words."))
        return self.cleaned_data

    def answer(self) -> dict[str, Any]:
        """Return what `answer_for_words` asks for. Only once the form is valid."""
        return {"keep": self.cleaned_data["keep"] == "yes", "reason": self.cleaned_data["reason"]}


class Keeping(Form):
    """Why words that label a person must stay as they are."""

    guarded: ClassVar[Mapping[str, Guard]] = {KEEP: Guard.OWN}

    keep_because = forms.CharField(
        label=_("Why must these very words stay?"),
        help_text=_(
            "Nobody sees them until a second person has agreed. Everything you wrote is kept."
        ),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )


def all_valid(forms: Sequence[Form]) -> bool:
    """Tell whether every form may be acted upon; each is checked, so that all errors are shown."""
    valid = [form.is_valid() for form in forms]
    return all(valid)
