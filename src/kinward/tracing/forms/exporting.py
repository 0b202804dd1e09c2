"""What is asked for when a list is to be handed out as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard, choose
from kinward.tracing.actions.exporting import FURTHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kinward.access.models import Purpose


class ExportForm(Form):
    """What a list is handed out for, as what, to whom, and why."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN, "recipient": Guard.OWN}

    purpose = forms.ChoiceField(label=_("What for?"), choices=[])
    form = forms.ChoiceField(label=_("As what?"), choices=[])
    recipient = forms.CharField(
        label=_("Who receives it?"),
        help_text=_("One person, by name and office."),
        max_length=200,
    )
    key = forms.CharField(
        label=_("Their age key"),
        help_text=_(
            "It begins with age1. The file is sealed to it, and opens with their identity only."
        ),
        max_length=100,
        widget=forms.TextInput({"dir": "ltr", "spellcheck": "false", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why do they need it?"),
        help_text=_("A second person reads this and agrees, or does not."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self, *arguments: Any, purposes: Iterable[Purpose], which: str, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        tables = [("xlsx", _("an Excel workbook")), ("csv", _("CSV, for other programs"))]
        further = [(name, form.label) for name, form in FURTHER.items() if which in form.lists]
        choose(self, "form", [*tables, *further])
        choose(self, "purpose", [(each.value, each.label) for each in purposes])
