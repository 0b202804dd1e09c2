"""A version of a manifest, and handing it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard, choose
from kinward.operations.forms.planning import reason_field
from kinward.operations.models import FileKind, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class NothingForm(Form):
    """Nothing but that it is meant."""


class DraftForm(Form):
    """Why there is another version."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = reason_field()

    def __init__(self, *arguments: Any, first: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if first:
            del self.fields["reason"]


class HandOutForm(Form):
    """What leaves the programme, to whom and for what."""

    guarded: ClassVar[Mapping[str, Guard]] = {"recipient": Guard.OWN, "purpose": Guard.OWN}

    leg = forms.TypedChoiceField(label=_("Of which leg?"), coerce=int, widget=forms.RadioSelect)
    variant = forms.ChoiceField(
        label=_("How much of it?"),
        help_text=_("Authorities get names only, unless a law says otherwise."),
        choices=Variant,
        widget=forms.RadioSelect,
        initial=Variant.NAMES,
    )
    kind = forms.ChoiceField(
        label=_("In which form?"), choices=FileKind, widget=forms.RadioSelect, initial=FileKind.CSV
    )
    recipient = forms.CharField(
        label=_("Which office gets it?"), help_text=_("Not a person."), max_length=200
    )
    purpose = forms.CharField(label=_("What for?"), max_length=300)

    def __init__(
        self, *arguments: Any, legs: Iterable[tuple[int, str]] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        choose(self, "leg", list(legs))


class ReceivedForm(Form):
    """A message that an authority or a carrier sent."""

    text = forms.CharField(
        label=_("The message, as it came"),
        help_text=_("PAXLST or CUSRES. It is read and not kept."),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea({"rows": 10, "dir": "ltr", "spellcheck": "false"}),
    )
