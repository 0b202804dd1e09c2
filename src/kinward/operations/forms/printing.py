"""Which paper of a journey is wanted, and in which two or three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard, choose
from kinward.core.wording import moment
from kinward.operations.models import Paper
from kinward.operations.printouts import Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kinward.operations.models import Minute


class PaperForm(Form):
    """A paper of a journey, who gets it and what for."""

    guarded: ClassVar[Mapping[str, Guard]] = {"recipient": Guard.OWN, "purpose": Guard.OWN}

    paper = forms.ChoiceField(label=_("Which paper?"), choices=Paper, widget=forms.RadioSelect)
    minute = forms.ChoiceField(
        label=_("Of a minute that is recorded?"),
        help_text=_("Otherwise with everybody who travels, to be filled in by hand."),
        required=False,
    )
    first = forms.ChoiceField(label=_("First language"), choices=settings.LANGUAGES)
    second = forms.ChoiceField(label=_("Second language"), choices=settings.LANGUAGES)
    third = forms.ChoiceField(
        label=_("Third language"),
        choices=[("", _("no third one")), *settings.LANGUAGES],
        required=False,
    )
    recipient = forms.CharField(
        label=_("Which office gets it?"), help_text=_("Not a person."), max_length=200
    )
    purpose = forms.CharField(label=_("What for?"), max_length=300)

    def __init__(self, *arguments: Any, minutes: Sequence[Minute], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.minutes = {str(each.pk): each for each in minutes}
        listed = [(key, said_of(each)) for key, each in self.minutes.items()]
        choose(self, "minute", [("", _("no, everybody who travels")), *listed])

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        given = self.cleaned_data
        paper = Paper(given["paper"])
        of_minute = paper in {Paper.MINUTE, Paper.RECEIVING}
        return Wanted(
            paper=paper,
            first=given["first"],
            second=given["second"],
            third=given["third"],
            minute=self.minutes.get(given["minute"]) if of_minute else None,
        )


def said_of(minute: Minute) -> str:
    """Return when a minute was signed and who received, by organisation."""
    received = minute.receiver.organisation if minute.receiver else "…"
    return f"{moment(timezone.localtime(minute.handed_at))} · {received}"
