"""What was tried to find somebody, and the end of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard
from kinward.tracing.actions import LACKS
from kinward.tracing.models import Done, Ground, Outcome, Plan
from kinward.tracing.rules import End, Lack, Tried, lack, lack_of_end

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class TracingForm(Form):
    """Something done to find somebody, or what came of it since."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}
    fields_of: ClassVar[Mapping[Lack, str]] = {
        Lack.FUTURE: "done_on",
        Lack.NEXT: "next_on",
        Lack.NEXT_BEFORE: "next_on",
    }

    done = forms.ChoiceField(label=_("What was done?"), choices=Done)
    done_on = Day(label=_("On which day?"))
    words = forms.CharField(
        label=_("Who was asked, and what came of it?"),
        help_text=_("Do not write here where somebody is now, nor how relatives are reached."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
    outcome = forms.ChoiceField(
        label=_("What is the result?"), choices=Outcome, widget=forms.RadioSelect
    )
    next_on = Day(label=_("When does somebody look after it again?"), required=False)

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*arguments, **options)

    def clean(self) -> dict[str, Any]:
        """Refuse a day to come, and an answer waited for that nobody looks after."""
        if not self.errors and (wrong := lack(self.tried(), today=self.today)):
            self.add_error(self.fields_of[wrong], LACKS[wrong])
        return self.cleaned_data

    def tried(self) -> Tried:
        """Return what was tried. Only once every field could be read."""
        return Tried(**self.cleaned_data)


class EndForm(Form):
    """Why a search ends, and for a child whose family was not found, what is planned."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}
    fields_of: ClassVar[Mapping[Lack, str]] = {
        Lack.REASON: "reason",
        Lack.PLAN: "plan",
        Lack.NO_PLAN: "plan",
        Lack.REVIEW: "review_on",
        Lack.REVIEW_PAST: "review_on",
    }

    ground = forms.ChoiceField(
        label=_("Why does the search end?"), choices=Ground, widget=forms.RadioSelect
    )
    plan = forms.ChoiceField(
        label=_("What care is planned for the child?"),
        help_text=_("Only if everything was tried."),
        choices=[("", _("not applicable")), *Plan.choices],
        required=False,
    )
    reason = forms.CharField(
        label=_("What was tried, and why is it enough?"),
        help_text=_("In your own words. It stays on record."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
    review_on = Day(label=_("When does somebody look at it again?"), required=False)

    def __init__(self, *arguments: Any, of_child: bool, today: date, **options: Any) -> None:
        self.of_child, self.today = of_child, today
        super().__init__(*arguments, **options)
        if not of_child:
            del self.fields["plan"]

    def clean(self) -> dict[str, Any]:
        """Refuse an end that lacks something."""
        if not self.errors:
            wrong = lack_of_end(self.end(), of_child=self.of_child, today=self.today)
            if wrong is not None:
                self.add_error(self.fields_of[wrong], LACKS[wrong])
        return self.cleaned_data

    def end(self) -> End:
        """Return the end. Only once every field could be read."""
        return End(**self.cleaned_data)


class SearchAgainForm(Form):
    """Why a search begins again."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why does it begin again?"),
        help_text=_("In your own words. It stays on record."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
