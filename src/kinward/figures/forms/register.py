"""A source, a figure in it, a second opinion, and a link, as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard, choose
from kinward.figures.models import (
    Dimension,
    Fault,
    Operator,
    SourceKind,
    State,
    Tie,
    Translation,
    Unit,
)
from kinward.figures.rules import Coding, faults

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final = [
    ("en", _("English")),
    ("ru", _("Russian")),
    ("ar", _("Arabic")),
    ("und", _("another language")),
]


class SourceForm(Form):
    """What was published, where, and its text."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=SourceKind)
    title = forms.CharField(label=_("Title"), max_length=300)
    outlet = forms.CharField(label=_("Who published it?"), max_length=200)
    agency = forms.CharField(
        label=_("Whose text is it, if it is an agency’s?"),
        help_text=_("Copies of one agency text count as one source."),
        required=False,
        max_length=200,
    )
    address = forms.CharField(label=_("Address on the web"), required=False, max_length=500)
    published_on = Day(label=_("When was it published?"))
    language = forms.ChoiceField(label=_("In which language?"), choices=LANGUAGES)
    translation = forms.ChoiceField(label=_("Is this text a translation?"), choices=Translation)
    text = forms.CharField(
        label=_("Its text, as it was published"),
        help_text=_("Paste all of it. Figures are coded against its very words."),
        max_length=100_000,
        strip=False,
        widget=forms.Textarea({"rows": 12}),
    )

    def clean_text(self) -> str:
        """Keep one kind of line end, so that quotes are found whoever pasted them."""
        return one_line_end(self.cleaned_data["text"])


class ClaimForm(Form):
    """One figure: the quote, the number, of whom, when, and who said so."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN, "category": Guard.OWN}

    quote = forms.CharField(
        label=_("The words that say it"),
        help_text=_("Copy them from the text, without a change."),
        max_length=1_000,
        widget=forms.Textarea({"rows": 2}),
    )
    operator = forms.ChoiceField(label=_("How is the number put?"), choices=Operator)
    low = forms.DecimalField(
        label=_("Number, or the smaller end"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=3,
    )
    high = forms.DecimalField(
        label=_("The larger end, of a range"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=3,
    )
    unit = forms.ChoiceField(label=_("What is counted?"), choices=Unit)
    words = forms.CharField(
        label=_("Of whom?"),
        help_text=_(
            "In the same words wherever the same people are meant, parts told apart by semicolons: "
            "on the flight of 30 December 2018; from Russia."
        ),
        max_length=300,
    )
    state = forms.ChoiceField(label=_("What is said of them?"), choices=State, required=False)
    dimension = forms.ChoiceField(
        label=_("Is it a part, and by what?"), choices=Dimension, required=False
    )
    category = forms.CharField(
        label=_("Which part?"),
        help_text=_("A place, an age, a sex."),
        required=False,
        max_length=100,
    )
    as_of = forms.CharField(
        label=_("As of when?"),
        help_text=_("2018, 2018-12 or 2018-12-30. Empty: the day it was published."),
        required=False,
        max_length=10,
    )
    since = forms.CharField(
        label=_("Counted since when, if the count goes on?"), required=False, max_length=10
    )
    speaker = forms.CharField(
        label=_("Who said it?"),
        help_text=_("Person or office. Empty: the source itself."),
        required=False,
        max_length=200,
    )
    channel = forms.CharField(
        label=_("Where did they say it?"),
        help_text=_("A post, a broadcast, an agency that the source quotes."),
        required=False,
        max_length=200,
    )
    group = forms.CharField(
        label=_("One source with which others?"),
        help_text=_(
            "A name for all copies of one statement, where speaker and channel do not tell."
        ),
        required=False,
        max_length=100,
    )

    def __init__(self, *arguments: Any, text: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.text = text

    def clean(self) -> dict[str, Any]:
        """Refuse words that do not stand in the source, and impossible numbers."""
        typed = self.cleaned_data
        typed["quote"] = one_line_end(typed.get("quote", ""))
        if not self.errors:
            for name, fault in faults(self.coding(), self.text).items():
                self.add_error(name, str(Fault(fault).label))
        return typed

    def coding(self) -> Coding:
        """Return the claim as it was typed."""
        return Coding(**{name: self.cleaned_data[name] for name in ClaimForm.base_fields})


class CorrectionForm(ClaimForm):
    """The same figure coded anew, with a reason."""

    guarded: ClassVar[Mapping[str, Guard]] = {**ClaimForm.guarded, "reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why is it corrected?"), max_length=500, widget=forms.Textarea({"rows": 2})
    )


class CheckForm(Form):
    """What a second coder thinks."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    agrees = forms.ChoiceField(
        label=_("Is the figure coded as the source has it?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("If not: why?"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason against, and turn the answer into yes or no."""
        typed = self.cleaned_data
        if typed.get("agrees") == "no" and not typed.get("reason"):
            self.add_error("reason", _("Give a reason in your own words."))
        typed["agrees"] = typed.get("agrees") == "yes"
        return typed


class LinkForm(Form):
    """How a claim is linked to another one of the register."""

    tie = forms.ChoiceField(label=_("This figure"), choices=Tie)
    other = forms.ChoiceField(label=_("Which other figure?"))
    dimension = forms.ChoiceField(
        label=_("If it is a part: by what?"), choices=Dimension, required=False
    )

    def __init__(self, *arguments: Any, others: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        choose(self, "other", others)


def one_line_end(text: str) -> str:
    """Return text with the line ends of Unix: browsers send others."""
    return text.replace("\r\n", "\n")
