"""An assessment of what is best for a child, a report with its options, opinions, a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard
from kinward.legal.actions import Assessed, Option, Reported
from kinward.legal.models import Heard, Opinion

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Final = 8_000
PLACES: Final = 4  # for options of a report
FEWEST: Final = 2  # of them


def text(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = True) -> Any:
    """Return a field for free text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
    )


class ViewForm(Form):
    """What the child itself says, asked before anything else."""

    heard = forms.ChoiceField(
        label=_("How is the child’s own view known?"), choices=Heard, widget=forms.RadioSelect
    )
    view = text(
        _("What does the child want?"),
        _("In its own words. If it was not heard: why not, and when it will be."),
    )


class AssessForm(ViewForm):
    """What is best for a child as its case worker sees it."""

    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(
        ("view", "analysis", "recommends", "why"), Guard.OWN
    )

    analysis = text(
        _("What matters for this child?"),
        _("Its safety, its family and who it is close to, its care, where it belongs."),
        rows=6,
    )
    recommends = text(_("What do you recommend?"))
    to_determine = forms.ChoiceField(
        label=_("Does a panel have to determine it?"),
        help_text=_(
            "Always for the durable solution of an unaccompanied child, and where it would be "
            "parted from a parent who does not agree."
        ),
        choices=[("yes", _("yes")), ("no", _("no"))],
        widget=forms.RadioSelect,
    )
    why = text(_("Why, or why not?"), rows=2)
    review_on = Day(label=_("When is it looked at again?"))

    def assessed(self) -> Assessed:
        """Return the assessment. Only once the form is valid."""
        said = self.cleaned_data
        return Assessed(**said | {"to_determine": said["to_determine"] == "yes"})


class ReportForm(ViewForm):
    """What is laid before the panel."""

    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(
        (
            "view",
            "participants",
            "recommends",
            *(f"{name}_{at}" for at in range(PLACES) for name in ("option", "for", "against")),
        ),
        Guard.OWN,
    )

    participants = text(
        _("Who was asked?"), _("What they are to the child, a line each, and not their names.")
    )
    recommends = text(_("What do you recommend?"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        last = self.fields.pop("recommends")
        for at in range(PLACES):
            needed = at < FEWEST
            said = {"number": at + 1}
            asked = {
                "option": _("Option %(number)s") % said,
                "for": _("What speaks for option %(number)s?") % said,
                "against": _("What speaks against option %(number)s?") % said,
            }
            for name, label in asked.items():
                field = text(label, rows=1 if name == "option" else 2, required=needed)
                field.widget.attrs |= {"class": "govuk-textarea", "dir": "auto"}
                self.fields[f"{name}_{at}"] = field
        self.fields["recommends"] = last

    def clean(self) -> dict[str, Any]:
        """Ask of each option what speaks for it and against it."""
        said = self.cleaned_data
        for at in range(PLACES):
            parts = [said.get(f"{name}_{at}", "").strip() for name in ("option", "for", "against")]
            if any(parts) and not all(parts) and not self.has_error(f"option_{at}"):
                self.add_error(
                    f"option_{at}", _("Say what it is, what speaks for it and what against it.")
                )
        return said

    def reported(self) -> Reported:
        """Return the report. Only once the form is valid."""
        said = self.cleaned_data
        options = [
            Option(
                option=said[f"option_{at}"].strip(),
                speaks_for=said[f"for_{at}"].strip(),
                speaks_against=said[f"against_{at}"].strip(),
            )
            for at in range(PLACES)
            if said[f"option_{at}"].strip()
        ]
        told = {name: said[name] for name in ("heard", "view", "participants", "recommends")}
        return Reported(options=options, **told)


class OpinionForm(Form):
    """What a member of the panel says of a report."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}

    opinion = forms.ChoiceField(
        label=_("What do you say?"), choices=Opinion, widget=forms.RadioSelect
    )
    words = text(_("Why?"), _("It stays on record, with your name, also if others disagree."))


class DecideForm(Form):
    """What the panel decided."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}

    decision = forms.ChoiceField(
        label=_("What did the panel decide?"), choices=Opinion, widget=forms.RadioSelect
    )
    words = text(_("With what reasons?"))
    review_on = Day(label=_("When is it looked at again?"))
