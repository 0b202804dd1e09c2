"""Escorts, and who may receive children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard, choose
from kinward.operations.actions import Named
from kinward.operations.forms.planning import legs_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class NamedForm(Form):
    """An adult, as in the document that is shown."""

    guarded: ClassVar[Mapping[str, Guard]] = {
        "surname": Guard.NAME,
        "given": Guard.NAME,
        "organisation": Guard.OWN,
    }

    surname = forms.CharField(label=_("Surname, as in the travel document"), max_length=200)
    given = forms.CharField(
        label=_("Given names, as in the travel document"), required=False, max_length=200
    )
    organisation = forms.CharField(label=_("Of which organisation?"), max_length=200)

    def named(self) -> Named:
        """Return who it is. Only once every field is valid."""
        said = self.cleaned_data
        return Named(
            surname=said["surname"], given=said["given"], organisation=said["organisation"]
        )


class EscortForm(NamedForm):
    """Somebody who travels with children."""

    account = forms.ChoiceField(
        label=_("Which account?"),
        help_text=_("Whoever has one sees this operation, and no other."),
        required=False,
    )
    over = legs_field()
    at_most = forms.IntegerField(
        label=_("How many children can they look after?"), min_value=1, max_value=99
    )

    def __init__(
        self,
        *arguments: Any,
        accounts: Iterable[tuple[str, str]] = (),
        legs: Iterable[tuple[int, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        choose(self, "account", [("", _("none")), *accounts])
        choose(self, "over", list(legs))


class ReceiverForm(NamedForm):
    """Somebody who may receive children."""

    document = forms.CharField(
        label=_("Which document will be shown, with its number?"), max_length=100
    )
