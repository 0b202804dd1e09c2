"""A release as it is drafted and answered; what a claim is of, as it is typed."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard, choose
from kinward.figures.definitions import FEWEST, FEWEST_SENSITIVE, fewest_shown
from kinward.figures.models import Breakdown, By, Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kinward.figures.models import Release

MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
IN_ENGLISH: Final = _("If it is left empty, the English title is shown there.")
MOST_FIGURES: Final = 3  # of one release: each more costs the audit as much as all before it


class Month(forms.CharField):
    """A month, chosen or typed as 2019-05; its last day is what it says."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=7, widget=forms.TextInput({"type": "month"}), **options)

    def clean(self, value: Any) -> Any:
        """Return the last day of the month."""
        typed = super().clean(value)
        found = MONTH.fullmatch(typed)
        if not found:
            raise forms.ValidationError(_("Write a month as 2019-05."))
        year, month = int(found[1]), int(found[2])
        return date(year, month, monthrange(year, month)[1])


def written(language: str, direction: str) -> dict[str, str]:
    """Return how a field is marked that is filled in a language of its own."""
    return {"lang": language, "dir": direction}


class DraftForm(Form):
    """Which figures, in which tables, as of which month, and how few are not shown."""

    guarded: ClassVar[Mapping[str, Guard]] = {
        "title": Guard.OWN,
        "title_ru": Guard.OWN,
        "title_ar": Guard.OWN,
    }

    title = forms.CharField(
        label=_("Title in English"), max_length=200, widget=forms.TextInput(written("en", "ltr"))
    )
    title_ru = forms.CharField(
        label=_("Title in Russian"),
        help_text=IN_ENGLISH,
        required=False,
        max_length=200,
        widget=forms.TextInput(written("ru", "ltr")),
    )
    title_ar = forms.CharField(
        label=_("Title in Arabic"),
        help_text=IN_ENGLISH,
        required=False,
        max_length=200,
        widget=forms.TextInput(written("ar", "rtl")),
    )
    as_of = Month(
        label=_("As of the end of which month?"),
        help_text=_("A month that is over. Nothing finer than months is published."),
    )
    figures = forms.MultipleChoiceField(
        label=_("Which figures?"),
        help_text=_("At most three: all numbers are audited together."),
        choices=Figure,
        widget=forms.CheckboxSelectMultiple,
    )
    breakdowns = forms.MultipleChoiceField(
        label=_("In which tables?"),
        help_text=_("The total of each figure is always among them."),
        choices=Breakdown,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    threshold = forms.TypedChoiceField(
        label=_("Which numbers are not shown?"),
        help_text=_("Tables of where children were held or live now take the second."),
        choices=[(FEWEST, _("below 5")), (FEWEST_SENSITIVE, _("below 10"))],
        coerce=int,
        initial=FEWEST,
        widget=forms.RadioSelect,
    )
    takes_place_of = forms.ChoiceField(
        label=_("Does it take the place of a published one?"), required=False
    )

    def __init__(self, *arguments: Any, published: Iterable[Release], **options: Any) -> None:
        super().__init__(*arguments, **options)
        named = [(str(one.pk), one.told_title) for one in published]
        choose(self, "takes_place_of", [("", _("No")), *named])

    def clean_figures(self) -> list[str]:
        """Keep the audit within what can be waited for."""
        chosen: list[str] = self.cleaned_data["figures"]
        if len(chosen) > MOST_FIGURES:
            raise forms.ValidationError(_("Choose at most three figures."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Ask for the higher threshold where a table tells where children are."""
        typed = self.cleaned_data
        if typed.get("threshold", FEWEST_SENSITIVE) < fewest_shown(typed.get("breakdowns", ())):
            self.add_error("threshold", _("These tables need “below 10”."))
        typed["titles"] = {code: typed.pop(f"title_{code}", "") for code in ("ru", "ar")}
        return typed


class AnswerForm(Form):
    """What a second editor thinks of a release."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    agrees = forms.ChoiceField(
        label=_("May it be published like this?"),
        choices=[("yes", _("Yes: make and sign its files")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("If not: why?"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason against."""
        typed = self.cleaned_data
        if typed.get("agrees") == "no" and not typed.get("reason"):
            self.add_error("reason", _("Give a reason in your own words."))
        return typed


class WithdrawForm(Form):
    """Why a release is withdrawn."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why is the release withdrawn?"), max_length=500, widget=forms.Textarea({"rows": 2})
    )


class MeaningForm(Form):
    """Of which of our own figures a claim speaks."""

    guarded: ClassVar[Mapping[str, Guard]] = {"category": Guard.OWN}

    figure = forms.ChoiceField(
        label=_("Of which of our figures does it speak?"),
        choices=[("", _("of none")), *Figure.choices],
        required=False,
    )
    of = forms.ChoiceField(
        label=_("If it is of a part: by what?"),
        choices=[("", _("of all")), *((by, by.label) for by in By if by != By.MONTH)],
        required=False,
    )
    category = forms.CharField(
        label=_("Which part, as our records have it?"),
        help_text=_("A code: RU-DA for Dagestan, female or male, 5–11."),
        required=False,
        max_length=100,
    )
    since = Day(
        label=_("From which day on?"),
        help_text=_("For one flight, its day. Leave it empty for everything until the last day."),
        required=False,
    )
    until = Day(label=_("Until which day?"))

    def clean(self) -> dict[str, Any]:
        """Ask for a category with its dimension, and for days in order."""
        typed = self.cleaned_data
        if bool(typed.get("of")) != bool(typed.get("category")):
            missing = "category" if typed.get("of") else "of"
            self.add_error(missing, _("Say both by what it is a part, and which."))
        since, until = typed.get("since"), typed.get("until")
        if since and until and since > until:
            self.add_error("until", _("It would end before it begins."))
        return typed
