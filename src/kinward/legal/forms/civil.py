"""Evidence, nationality, translations and legalisation, and the registration of a birth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard, choose
from kinward.legal.actions import Answered, Claimed, Entered, Needed, Shown
from kinward.legal.models import (
    Basis,
    EvidenceKind,
    EvidenceNoted,
    FormalityKind,
    LawAsks,
    Legalised,
    Question,
    Result,
    Standard,
)
from kinward.legal.rules import accepted, fits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

Choices = list[tuple[str, Any]]
SHORT: Final = 200
LONG: Final = 2_000
NOT_SAID: Final = ("", _("not said"))


def line(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Return a field for a few words."""
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=SHORT)


def words(label: Any, help_text: Any = "") -> forms.CharField:
    """Return a field for some words."""
    widget = forms.Textarea({"rows": 2})
    return forms.CharField(label=label, help_text=help_text, max_length=LONG, widget=widget)


class EvidenceForm(Form):
    """A piece of evidence: what it shows, where it is, how far it goes."""

    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(
        ("shows", "issuer", "holder", "standard_by"), Guard.OWN
    )

    question = forms.ChoiceField(
        label=_("What does it show?"), choices=Question, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=_("What kind of evidence is it?"), choices=EvidenceKind)
    shows = words(
        _("What exactly does it say?"),
        _("In short. Of a genetic test only between whom it was made, and never a profile."),
    )
    result = forms.ChoiceField(
        label=_("Of a genetic test: what does the laboratory conclude?"),
        choices=[("", _("no genetic test")), *Result.choices],
        required=False,
    )
    issuer = line(_("Who issued it, or who states it?"))
    issued_on = Day(label=_("On which day?"), required=False)
    holder = line(_("Who has it now?"))
    standard = forms.ChoiceField(
        label=_("Which standard of proof does it reach?"),
        choices=[NOT_SAID, *Standard.choices],
        required=False,
    )
    standard_by = line(_("Who says that it does?"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for what only some evidence has."""
        said = self.cleaned_data
        if (said.get("kind") == EvidenceKind.DNA) != bool(said.get("result")):
            self.add_error("result", _("A genetic test has a result, and nothing else has."))
        if bool(said.get("standard")) != bool(said.get("standard_by")):
            missing = "standard_by" if said.get("standard") else "standard"
            self.add_error(
                missing, _("Say which standard is reached, and who says so; or neither.")
            )
        return said

    def shown(self) -> Shown:
        """Return the evidence. Only once the form is valid."""
        return Shown(**self.cleaned_data)


class EvidenceNoteForm(Form):
    """That evidence is contested, that this was answered, or that it does not count any more."""

    guarded: ClassVar[Mapping[str, Guard]] = {"said_by": Guard.OWN, "reason": Guard.OWN}

    noted = forms.ChoiceField(
        label=_("What has to be noted?"), choices=EvidenceNoted, widget=forms.RadioSelect
    )
    said_by = line(_("Who says so?"))
    reason = words(_("Why?"))


class OfCountry(Form):
    """A form that names a country."""

    country = forms.ChoiceField(label=_("Which country?"))

    def __init__(self, *arguments: Any, countries: Choices, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choose(self, "country", [("", _("choose one")), *countries])


class ClaimForm(OfCountry):
    """Which nationality a child is said to have."""

    guarded: ClassVar[Mapping[str, Guard]] = {"claimed_by": Guard.OWN}

    basis = forms.ChoiceField(label=_("Upon what?"), choices=Basis, widget=forms.RadioSelect)
    claimed_by = line(_("Who says so?"), _("What they are: the mother, a consul, a lawyer."))
    since = Day(label=_("Since when is the child said to have it?"), required=False)

    def claimed(self) -> Claimed:
        """Return the claim. Only once the form is valid."""
        return Claimed(**self.cleaned_data)


class ClaimAnswerForm(Form):
    """What the authority of a country answered to a claim."""

    guarded: ClassVar[Mapping[str, Guard]] = {"authority": Guard.OWN, "reference": Guard.OWN}

    answer = forms.ChoiceField(label=_("What did it answer?"), widget=forms.RadioSelect)
    authority = line(_("Which authority?"))
    reference = line(_("Under which number?"))
    happened_on = Day(label=_("On which day?"))

    def __init__(self, *arguments: Any, follows: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        choose(self, "answer", [(each.value, each.label) for each in follows])

    def answered(self) -> Answered:
        """Return the answer. Only once the form is valid."""
        return Answered(**self.cleaned_data)


class LegalFactForm(OfCountry):
    """Whether what a nationality law asks for is so."""

    guarded: ClassVar[Mapping[str, Guard]] = {"said_by": Guard.OWN}

    fact = forms.ChoiceField(label=_("What does the law ask?"), choices=LawAsks)
    holds = forms.ChoiceField(
        label=_("Is it so?"), choices=[("yes", _("yes")), ("no", _("no"))], widget=forms.RadioSelect
    )
    said_by = line(_("Who says so?"))
    evidence = forms.ChoiceField(label=_("What shows it?"), required=False)

    def __init__(self, *arguments: Any, evidence: Choices, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choose(self, "evidence", [("", _("nothing yet")), *evidence])


class FormalityForm(Form):
    """What a paper needs before another state accepts it."""

    paper = forms.ChoiceField(label=_("Which paper?"))
    issued_in = forms.ChoiceField(label=_("In which country was it issued?"))
    used_in = forms.ChoiceField(label=_("In which country is it needed?"))
    kind = forms.ChoiceField(
        label=_("What does it need?"), choices=FormalityKind, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Into which language?"), required=False)
    due_on = Day(label=_("By which day?"))

    def __init__(
        self,
        *arguments: Any,
        papers: Choices,
        countries: Choices,
        languages: Choices,
        today: date,
        **options: Any,
    ) -> None:
        self.today = today
        super().__init__(*arguments, **options)
        choose(self, "paper", [("", _("choose one")), *papers])
        for name in ("issued_in", "used_in"):
            choose(self, name, [("", _("choose one")), *countries])
        choose(self, "language", [("", _("no translation")), *languages])

    def clean(self) -> dict[str, Any]:
        """Hold what was chosen against what the two states ask for."""
        said = self.cleaned_data
        kind = said.get("kind", "")
        if (kind == FormalityKind.TRANSLATION) != bool(said.get("language")):
            self.add_error("language", _("A translation has a language, and nothing else has."))
        if said.get("issued_in") and said.get("used_in"):
            found = accepted(said["issued_in"], said["used_in"], self.today)
            if not fits(kind, found.how):
                told = {"how": Legalised(found.how).label, "source": found.source}
                says = _("Between these states it is: %(how)s. %(source)s")
                self.add_error("kind", forms.ValidationError(says, params=told))
        if said.get("due_on") and said["due_on"] < self.today:
            self.add_error("due_on", _("The day is past."))
        return said

    def needed(self) -> Needed:
        """Return what is needed. Only once the form is valid."""
        return Needed(**{name: each for name, each in self.cleaned_data.items() if name != "paper"})


class ProgressForm(Form):
    """How far a translation or legalisation is."""

    guarded: ClassVar[Mapping[str, Guard]] = {"done_by": Guard.OWN}

    progress = forms.ChoiceField(label=_("How far is it?"), widget=forms.RadioSelect)
    done_by = line(_("By whom? If it is not needed any more: why?"))
    happened_on = Day(label=_("On which day?"))

    def __init__(self, *arguments: Any, follows: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        choose(self, "progress", [(each.value, each.label) for each in follows])


class BirthForm(OfCountry):
    """What happened on the way of a birth into the register of a state."""

    guarded: ClassVar[Mapping[str, Guard]] = {"authority": Guard.OWN, "entry": Guard.OWN}

    registered = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    authority = line(_("Which authority?"))
    entry = line(_("Under which number? If it was refused: why?"))
    happened_on = Day(label=_("On which day?"))

    def __init__(self, *arguments: Any, follows: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        choose(self, "registered", [(each.value, each.label) for each in follows])

    def entered(self) -> Entered:
        """Return what happened. Only once the form is valid."""
        return Entered(**self.cleaned_data)
