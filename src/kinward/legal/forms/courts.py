"""A matter before a court, what happened in it, what was ordered by when, and that it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard, choose
from kinward.legal.actions import Happened, Ordered
from kinward.legal.forms.best import ViewForm
from kinward.legal.models import Matter, Owner, Ruled, Seat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST = 2_000


class ProceedingForm(ViewForm):
    """A matter that was brought before a court, and the child’s view of it."""

    field_order = ("seat", "matter", "court", "happened_on", "reference", "heard", "view")
    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(
        ("court", "reference", "view"), Guard.OWN
    )

    seat = forms.ChoiceField(label=_("Before a court"), choices=Seat, widget=forms.RadioSelect)
    matter = forms.ChoiceField(label=_("What is the court asked?"), choices=Matter)
    court = forms.CharField(label=_("Which court, and where?"), max_length=200)
    happened_on = Day(label=_("On which day was it filed?"))
    reference = forms.CharField(label=_("Under which number?"), max_length=100)

    def filed(self) -> Happened:
        """Return that it was filed. Only once the form is valid."""
        said = self.cleaned_data
        names = ("happened_on", "reference", "heard", "view")
        return Happened(ruled=Ruled.FILED, **{name: said[name] for name in names})


class RulingForm(ViewForm):
    """What happened next in a matter, and the child’s view of it."""

    field_order = (
        "ruled", "happened_on", "reference", "in_force_from", "in_force_until", "conditions",
        "heard", "view",
    )  # fmt: skip
    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(
        ("conditions", "reference", "view"), Guard.OWN
    )

    ruled = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    happened_on = Day(label=_("On which day?"))
    reference = forms.CharField(label=_("Under which number?"), max_length=100)
    in_force_from = Day(label=_("From when on is it in force?"), required=False)
    in_force_until = Day(label=_("Until when, that day included?"), required=False)
    conditions = forms.CharField(
        label=_("On what conditions, or why not?"),
        help_text=_("In short, and only what concerns the child."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *arguments: Any, follows: Iterable[Ruled] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        choose(self, "ruled", [(each.value, each.label) for each in follows])

    def happened(self) -> Happened:
        """Return what happened. Only once the form is valid."""
        return Happened(**self.cleaned_data | {"ruled": Ruled(self.cleaned_data["ruled"])})


class DutyForm(Form):
    """What a court ordered somebody to do by a day."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}

    owner = forms.ChoiceField(label=_("Who has to do it?"), choices=Owner)
    words = forms.CharField(
        label=_("What has to be done?"), max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )
    due_on = Day(label=_("By which day, that day included?"))
    per_day = forms.DecimalField(
        label=_("What does each day after it cost, for this child?"),
        help_text=_("Leave it empty if the court set no penalty."),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )
    currency = forms.CharField(
        label=_("In which currency?"),
        help_text=_("The code of three letters, for example EUR."),
        required=False,
        min_length=3,
        max_length=3,
        widget=forms.TextInput({"dir": "ltr"}),
    )
    at_most = forms.DecimalField(
        label=_("At most, for this child"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
    )

    def ordered(self) -> Ordered:
        """Return what was ordered. Only once the form is valid."""
        return Ordered(**self.cleaned_data | {"currency": self.cleaned_data["currency"].upper()})


class DoneForm(Form):
    """That what a court ordered was done."""

    guarded: ClassVar[Mapping[str, Guard]] = {"evidence": Guard.OWN}

    done_on = Day(label=_("On which day was it done?"))
    evidence = forms.CharField(
        label=_("What shows it?"), max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )
