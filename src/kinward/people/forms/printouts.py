"""What is to be made on paper, for whom; and what a letter of the programme says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Purpose
from kinward.access.rules import purposes_of
from kinward.core.forms import Form, Guard, choose, dress
from kinward.people.letters import faults
from kinward.people.models import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kinward.people.printouts import Offer


class PrintoutForm(Form):
    """A document to be made: which, in which language, for whom and what for."""

    guarded: ClassVar[Mapping[str, Guard]] = {"recipient": Guard.NAME}

    document = forms.ChoiceField(label=_("Which document?"))
    language = forms.ChoiceField(
        label=_("In which language?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    recipient = forms.CharField(
        label=_("Who receives it?"),
        help_text=_("A person or an office. It is written down that it left, and to whom."),
        max_length=200,
    )
    purpose = forms.ChoiceField(label=_("What for?"), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, offers: Sequence[Offer], role: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offers = {offer.key: offer for offer in offers}
        groups = [
            (kind.label, [(offer.key, offer.label) for offer in offers if offer.kind == kind])
            for kind in DocumentKind
        ]
        choose(self, "document", [(label, some) for label, some in groups if some])
        purposes = purposes_of(role)
        choose(self, "purpose", [(each.value, each.label) for each in purposes])
        self.fields["purpose"].initial = purposes[0] if purposes else None

    def asked(self) -> dict[str, Any]:
        """Return what is asked for."""
        given = self.cleaned_data
        return {
            "offer": self.offers[given["document"]],
            "language": given["language"],
            "recipient": given["recipient"],
            "purpose": Purpose(given["purpose"]),
        }


class LetterForm(Form):
    """A letter in every language, and why it is written or changed."""

    guarded: ClassVar[Mapping[str, Guard]] = {
        "name": Guard.OWN,
        "reason": Guard.OWN,
        **dict.fromkeys(
            (f"{part}_{code}" for part in ("subject", "body") for code, _n in settings.LANGUAGES),
            Guard.OWN,
        ),
    }

    name = forms.CharField(
        label=_("What is this letter called?"),
        help_text=_("For those who choose it: it is not printed."),
        max_length=100,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for code, language in settings.LANGUAGES:
            self.fields[f"subject_{code}"] = forms.CharField(
                label=format_lazy("{} ({})", _("Subject"), language), max_length=200
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=format_lazy("{} ({})", _("Text"), language),
                max_length=8000,
                widget=forms.Textarea,
            )
        self.fields["reason"] = forms.CharField(
            label=_("Why is it written or changed?"),
            help_text=_("Whoever agrees reads this."),
            max_length=500,
        )
        for field in self.fields.values():
            dress(field.widget)

    def clean(self) -> dict[str, Any]:
        """Refuse placeholders that are not on the list, each at its field."""
        for name, said in [*self.cleaned_data.items()]:
            if name.startswith(("subject_", "body_")) and (wrong := faults(said or "")):
                told = _("%(found)s is not on the list of what can be filled in.")
                self.add_error(name, told % {"found": wrong[0].found})
        return self.cleaned_data

    def written(self) -> dict[str, Any]:
        """Return the letter as it was written."""
        given = self.cleaned_data
        texts = {
            code: {"subject": given[f"subject_{code}"], "body": given[f"body_{code}"]}
            for code, _name in settings.LANGUAGES
        }
        return {"name": given["name"], "reason": given["reason"], "texts": texts}
