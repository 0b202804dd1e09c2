"""A travel document as it is printed, what was found of it, and a name on a passenger list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard, choose
from kinward.legal.models import DocumentKind, Noted
from kinward.legal.rules import Printed
from kinward.people.zones import as_date, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kinward.legal.models import TravelDocument
    from kinward.people.zones import Reading

OF_THE_ZONE: Final = ("issuer", "number", "valid_until")  # what it says if the field is left empty


class DocumentForm(Form):
    """A travel document, letter by letter as it is printed."""

    guarded: ClassVar[Mapping[str, Guard]] = {"surname": Guard.NAME, "given": Guard.NAME}

    kind = forms.ChoiceField(label=_("What kind of document is it?"), choices=DocumentKind)
    zone = forms.CharField(
        label=_("Machine-readable lines"),
        help_text=_(
            "The two or three lines at the foot, with every <, a line each. "
            "Leave it empty if there are none."
        ),
        required=False,
        max_length=200,
        widget=forms.Textarea({"rows": 3, "dir": "ltr", "class": "kw-zone", "spellcheck": "false"}),
    )
    surname = forms.CharField(
        label=_("Surname as printed"),
        help_text=_("Letter by letter, in the script of the document, even if it is wrong."),
        required=False,
        max_length=200,
    )
    given = forms.CharField(label=_("Given names as printed"), required=False, max_length=200)
    issuer = forms.CharField(
        label=_("Issued by"),
        help_text=_("The code of three letters that is printed, for example RUS or IRQ."),
        required=False,
        max_length=3,
        widget=forms.TextInput({"dir": "ltr"}),
    )
    number = forms.CharField(
        label=_("Number"), required=False, max_length=40, widget=forms.TextInput({"dir": "ltr"})
    )
    valid_from = Day(label=_("Valid from"))
    valid_until = Day(label=_("Valid until, that day included"), required=False)
    replaces = forms.ChoiceField(label=_("In place of which document?"), required=False)

    def __init__(
        self, *arguments: Any, earlier: Iterable[tuple[str, str]] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        choose(self, "replaces", [("", _("none")), *earlier])

    def clean(self) -> dict[str, Any]:
        """Take from the machine-readable lines what was left empty; say what is still missing."""
        said = self.cleaned_data
        reading = read(said.get("zone", ""))
        for name, value in of_zone(reading).items():
            said[name] = said.get(name) or value
        said["issuer"] = (said.get("issuer") or "").upper()
        for name in OF_THE_ZONE:
            if not said.get(name) and name not in self.errors:
                self.add_error(name, _("Write it as it is printed."))
        if not said.get("surname") and not said.get("given") and "surname" not in self.errors:
            self.add_error("surname", _("Write the name as it is printed."))
        starts, ends = said.get("valid_from"), said.get("valid_until")
        if starts and ends and ends < starts:
            self.add_error("valid_until", _("It would end before it begins."))
        return said

    def printed(self) -> Printed:
        """Return what is printed. Only once every field is valid."""
        return Printed(
            **{name: each for name, each in self.cleaned_data.items() if name != "replaces"}
        )


def of_zone(reading: Reading) -> dict[str, Any]:
    """Return what machine-readable lines say of the fields that may be left empty."""
    if reading.zone is None:
        return {}
    zone = reading.zone
    return {"issuer": zone.issuer, "number": zone.number, "valid_until": as_date(zone.expires)}


class NoteForm(Form):
    """Why a travel document cannot be used."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    noted = forms.ChoiceField(
        label=_("Why can it not be used?"), choices=Noted, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What exactly, in your own words?"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )


class CheckForm(Form):
    """The name of the child as it stands on a passenger list."""

    guarded: ClassVar[Mapping[str, Guard]] = {"surname": Guard.NAME, "given": Guard.NAME}

    list_named = forms.CharField(
        label=_("On which list?"),
        help_text=_("Its number and version. Without names."),
        max_length=80,
    )
    surname = forms.CharField(label=_("Surname on the list"), required=False, max_length=200)
    given = forms.CharField(label=_("Given names on the list"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Ask for a name."""
        said = self.cleaned_data
        if not said.get("surname") and not said.get("given") and "surname" not in self.errors:
            self.add_error("surname", _("Write the name as it stands on the list."))
        return said


def earlier(documents: Iterable[TravelDocument]) -> list[tuple[str, str]]:
    """Return documents that a new one can stand in place of, as choices."""
    return [
        (str(each.pk), f"{each.get_kind_display()} \u2066{each.issuer} {each.number}\u2069")
        for each in documents
        if not hasattr(each, "replaced_by")
    ]
