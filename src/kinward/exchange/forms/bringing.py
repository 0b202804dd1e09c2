"""A file of another system that is brought in, and why what it said is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard
from kinward.exchange.pfif import Pfif
from kinward.exchange.primero import Primero
from kinward.exchange.sources import UnfitFile, read_source
from kinward.people.actions import FAULTS
from kinward.people.naming import days_of
from kinward.people.rules import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kinward.exchange.sources import Read, Source

MOST_SHOWN: Final = 20  # problems that are named at once


class System(models.TextChoices):
    """Where a file comes from."""

    PRIMERO = "primero", _("Primero: cases as JSON, from its API or its export")
    PFIF = "pfif", _("another registry: PFIF 1.1 to 1.4")


class BringForm(Form):
    """A file of another system, and who handed it over."""

    guarded: ClassVar[Mapping[str, Guard]] = {"name": Guard.OWN, "given_by": Guard.OWN}

    system = forms.ChoiceField(label=_("Where does the file come from?"), choices=System.choices)
    given_by = forms.CharField(
        label=_("Who handed the file over?"),
        help_text=_("An organisation or an office: whoever answers for what it says."),
        max_length=200,
    )
    name = forms.CharField(
        label=_("What is it called?"),
        help_text=_("So that others find it again, for example “Primero, Mosul, December”."),
        max_length=190,
    )
    given_on = forms.CharField(
        label=_("Of which day is it?"),
        help_text=_("A day, a month or a year: 2018-12-30, 2018-12 or 2018."),
        required=False,
        max_length=40,
    )
    file = forms.FileField(label=_("The file"), help_text=_("At most 20 MB."))
    leave_out = forms.BooleanField(
        label=_("Leave out what cannot be taken in, and take the rest"), required=False
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.read: Read | None = None
        self.unfit = 0

    def clean_given_on(self) -> str:
        """Refuse a date that cannot be read."""
        given_on: str = self.cleaned_data["given_on"].strip()
        if given_on and days_of(given_on) is None:
            raise forms.ValidationError(FAULTS[Fault.AS_OF])
        return given_on

    def clean(self) -> dict[str, Any]:
        """Read the file, and name the records that cannot be taken in."""
        file = self.cleaned_data.get("file")
        if file is None or "system" not in self.cleaned_data:
            return self.cleaned_data
        try:
            self.read = read_source(self.source(file))
        except UnfitFile as error:
            self.add_error("file", error.said)
            return self.cleaned_data
        self.unfit = len(self.read.problems)
        if not self.read.taken:
            self.add_error("file", _("There is no record in this file that can be taken in."))
        if not self.cleaned_data.get("leave_out"):
            for each in self.read.problems[:MOST_SHOWN]:
                self.add_error("file", str(each))
        return self.cleaned_data

    def source(self, file: Any) -> Source:
        """Return the file as what it is said to be."""
        if self.cleaned_data["system"] == System.PFIF:
            return Pfif(name=file.name, content=file, at=timezone.now())
        return Primero(name=file.name, content=file)

    def typed(self) -> dict[str, Any]:
        """Return what `actions.bring_in` asks for. Only once the form is valid."""
        known = ("name", "given_by", "given_on", "leave_out")
        return {"read": self.read} | {name: self.cleaned_data[name] for name in known}


class UndoForm(Form):
    """Why everything that a list stated is taken back."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why is it taken back?"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
