"""One answer to one question: how each kind of value is typed, and what of it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard
from kinward.people.actions import FAULTS
from kinward.people.models import Answer
from kinward.people.naming import days_of, script_of
from kinward.people.rules import Fault, Statement, fault
from kinward.places.queries import Finds, finds, is_place, names_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.utils.functional import _StrPromise

    from kinward.people.properties import Property

NO_VALUE: Final = [
    (each.value, each.label) for each in (Answer.NOT_ASKED, Answer.UNKNOWN, Answer.REFUSED)
]
ROLES: Final = [
    ("", _("not known")),
    ("birth", _("given at birth")),
    ("later", _("given after the separation")),
    ("kunya", _("kunya")),
    ("nickname", _("nickname")),
    ("document", _("as in a document")),
]
SEXES: Final = [("female", _("girl or woman")), ("male", _("boy or man"))]


class AnswerForm(Form):
    """One answer to one question. Subclasses say how a value looks."""

    answer = forms.ChoiceField(
        label=_("If there is no answer"), choices=NO_VALUE, initial=Answer.NOT_ASKED
    )

    def __init__(self, *arguments: Any, kind: Property, first: bool = True, **options: Any) -> None:
        self.kind = kind
        self.first = first
        super().__init__(*arguments, **options)
        if not first:
            del self.fields["answer"]
        self.ask(kind.label)

    def ask(self, question: str | _StrPromise) -> None:
        """Put the question on the field that takes the value."""
        self.fields["text"].label = question

    def value(self) -> dict[str, Any]:
        """Return what was typed as the value of a statement; empty if nothing was."""
        return {key: typed for key, typed in self.cleaned_data.items() if typed and key != "answer"}

    def clean(self) -> dict[str, Any]:
        """Refuse a value that cannot be read, and a value beside "refused" or "unknown"."""
        value = self.value()
        no_value = self.cleaned_data.get("answer", Answer.NOT_ASKED)
        if value and no_value != Answer.NOT_ASKED:
            self.add_error(
                "answer", _("There is an answer as well: remove it, or choose “not asked”.")
            )
        wrong = fault(Statement(property=self.kind.id, value=value)) if value else None
        if wrong:
            self.add_error(self.main_field, FAULTS[wrong])
        return self.cleaned_data

    @property
    def main_field(self) -> str:
        """The field that takes the value."""
        return next(name for name in self.fields if name != "answer")

    def statement(self, circumstances: Mapping[str, Any]) -> Statement | None:
        """Return what is said, or None for a further row that was left empty."""
        value = self.value()
        if not value and not self.first:
            return None
        answer = Answer.KNOWN if value else Answer(self.cleaned_data["answer"])
        return Statement(property=self.kind.id, value=value, answer=answer, **circumstances)


class NameForm(AnswerForm):
    """A name, in whatever script."""

    guarded: ClassVar[Mapping[str, Guard]] = {"text": Guard.NAME}
    field_order = ("text", "role", "answer")

    text = forms.CharField(required=False, max_length=500)
    role = forms.ChoiceField(label=_("What kind of name?"), choices=ROLES, required=False)

    def ask(self, question: str | _StrPromise) -> None:
        """Put the question on the name; only a person's own names are of several kinds."""
        super().ask(question)
        self.fields["text"].widget.attrs["autocomplete"] = "off"
        if self.kind.id != "name":
            del self.fields["role"]

    def value(self) -> dict[str, Any]:
        """Return the name as written, with its script."""
        written = self.cleaned_data.get("text", "")
        return (super().value() | {"script": script_of(written)}) if written else {}


class SexForm(AnswerForm):
    """Female or male; what is not known is an answer of its own."""

    field_order = ("code", "answer")

    code = forms.ChoiceField(
        choices=SEXES, required=False, widget=forms.RadioSelect({"class": "kw-inline"})
    )

    def ask(self, question: str | _StrPromise) -> None:
        """Put the question on the choice."""
        self.fields["code"].label = question


class BirthForm(AnswerForm):
    """A date as far as it is known, or an age and the day it was counted."""

    field_order = ("edtf", "about", "age", "age_to", "as_of", "answer")

    edtf = forms.CharField(
        help_text=_("As much as is known: 2012, 2012-05 or 2012-05-30."),
        required=False,
        max_length=40,
    )
    about = forms.BooleanField(label=_("This date is a guess"), required=False)
    age = forms.IntegerField(
        label=_("Or the age, in whole years"), required=False, min_value=0, max_value=120
    )
    age_to = forms.IntegerField(
        label=_("To, if it is between two ages"), required=False, min_value=0, max_value=120
    )
    as_of = Day(label=_("Age on which day?"), required=False)

    def ask(self, question: str | _StrPromise) -> None:
        """Put the question on the date."""
        self.fields["edtf"].label = question

    def clean(self) -> dict[str, Any]:
        """Refuse a date and an age at once, and what belongs to one that was not given."""
        typed = self.cleaned_data
        dated, aged = bool(typed.get("edtf", "").strip()), typed.get("age") is not None
        if dated and (aged or typed.get("as_of")):
            self.add_error("age", _("Give the date or the age, not both."))
        elif typed.get("as_of") and not aged and "age" not in self.errors:
            self.add_error("age", _("Give the age on that day."))
        if typed.get("age_to") is not None and not (aged and typed["age_to"] >= typed["age"]):
            self.add_error("age_to", _("Give the lower age first."))
        if typed.get("about") and not dated and "edtf" not in self.errors:
            self.add_error("edtf", _("Give the date that is a guess."))
        return super().clean()

    def value(self) -> dict[str, Any]:
        """Return the date with its mark of doubt, or the age with its day."""
        typed = self.cleaned_data
        written = typed.get("edtf", "").strip()
        if written:
            doubt = "~" if typed.get("about") and written[-1] not in "~?%]" else ""
            return {"edtf": written + doubt}
        counted_on: date | None = typed.get("as_of")
        if typed.get("age") is None:
            return {}
        value = {"age": typed["age"], "as_of": counted_on.isoformat() if counted_on else ""}
        upper = typed.get("age_to")
        return value if upper in {None, typed["age"]} else value | {"age_to": upper}


class PlaceForm(AnswerForm):
    """A place as it was said, and which place of the gazetteer is meant, if it is there."""

    guarded: ClassVar[Mapping[str, Guard]] = {"text": Guard.TOLD}
    field_order: tuple[str, ...] = ("text", "answer", "code")

    text = forms.CharField(required=False, max_length=500)
    code = forms.CharField(required=False, max_length=60)

    def ask(self, question: str | _StrPromise) -> None:
        """Put the question on what is said."""
        super().ask(question)
        self.fields["text"].widget.attrs["autocomplete"] = "off"

    def clean_code(self) -> str:
        """Refuse a place that the gazetteer does not have."""
        code: str = self.cleaned_data["code"]
        if code and not is_place(code):
            raise forms.ValidationError(_("Choose one of the places in the list."))
        return code

    def value(self) -> dict[str, Any]:
        """Return the place; one that was only chosen is called as the list calls it."""
        value = super().value()
        code = value.get("code", "")
        if code and not value.get("text"):
            value["text"] = names_of([code], get_language() or "en")[code]
        return value

    @property
    def finds(self) -> Finds:
        """The places to choose from, for what was typed so far."""
        typed, chosen = self["text"].value() or "", self["code"].value() or ""
        return finds(self.prefix or "", typed, chosen, get_language() or "en")


class TextForm(AnswerForm):
    """A few words."""

    guarded: ClassVar[Mapping[str, Guard]] = {"text": Guard.TOLD}
    field_order: tuple[str, ...] = ("text", "answer")

    text = forms.CharField(required=False, max_length=2_000, widget=forms.Textarea({"rows": 2}))


class WhenForm(TextForm):
    """A few words about what happened, and when it was."""

    field_order = ("text", "edtf", "answer")

    edtf = forms.CharField(
        label=_("When was that?"),
        help_text=_("As much as is known: 2012, 2012-05 or 2012-05-30."),
        required=False,
        max_length=40,
    )

    def clean_edtf(self) -> str:
        """Refuse a date that cannot be read."""
        typed: str = self.cleaned_data["edtf"].strip()
        if typed and days_of(typed) is None:
            raise forms.ValidationError(FAULTS[Fault.AS_OF])
        return typed
