"""A saved page, what is suggested from a text, and copies of it, as an editor answers."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, choose, is_shown_again
from kinward.core.intake import Refused, take_page
from kinward.core.intake.words import WORDS
from kinward.figures.actions import Chosen
from kinward.figures.forms.coding import ClaimForm, one_line_end
from kinward.figures.queries import as_plain, claims_of, counted, offered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import QueryDict

    from kinward.figures.models import Claim, Source
    from kinward.figures.queries import Offered
    from kinward.figures.rules import Coding

EACH: Final = 40  # suggestions at once: a request has no more than a thousand fields
ALL: Final = "all"  # the button that confirms a whole sentence
DECISION: Final = re.compile(r"n(\d+)-decision")
SHORT: Final = 60  # signs of a quote in a list


class PageForm(Form):
    """A page of the web, as it was saved."""

    file = forms.FileField(
        label=_("The page"),
        help_text=_("Saved as HTML or WARC, or a text file; at most 5 MB."),
        error_messages={"required": _("Choose the file of the page.")},
    )

    def clean(self) -> dict[str, Any]:
        """Have the file read apart, and take its text and its copy."""
        sent = self.cleaned_data.get("file")
        if sent is not None:
            try:
                self.cleaned_data["page"] = take_page(sent.read())
            except Refused as refused:
                self.add_error("file", WORDS[refused.why])
        return self.cleaned_data


class ReadForm(ClaimForm):
    """One suggestion: a figure as it was read, to be confirmed, changed or set aside."""

    decision = forms.ChoiceField(
        label=_("Is this a figure?"),
        choices=[("yes", _("Yes, as it stands here")), ("no", _("No, it is no figure"))],
        widget=forms.RadioSelect,
        required=False,
    )
    whole = forms.ChoiceField(label=_("Of which figure is it a part?"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        offered: Offered,
        text: str,
        wholes: list[tuple[str, str]],
    ) -> None:
        coding, suggestion = offered.coding, offered.suggestion
        initial: dict[str, Any] = {name: getattr(coding, name) for name in ClaimForm.base_fields}
        initial["whole"] = place_of(suggestion.whole) if suggestion.whole is not None else ""
        if offered.whole is not None:
            initial["whole"] = str(offered.whole.pk)
        super().__init__(data, prefix=place_of(suggestion.at), initial=initial, text=text)
        choose(self, "whole", [("", _("of none")), *wholes])
        for name in ("words", "speaker"):
            self.fields[name].help_text = ""
        self.suggestion = suggestion
        self.decided = self.data.get(self.add_prefix("decision"), "") if self.is_bound else ""

    @property
    def number(self) -> str:
        """The number, as the text has it."""
        return self.text[self.suggestion.at : self.suggestion.end]

    def full_clean(self) -> None:
        """Check a figure that is confirmed; of any other only that nothing typed would be lost."""
        super().full_clean()
        if not self.is_bound or self.decided == "yes" or is_shown_again(self.data):
            return
        self._errors = ErrorDict()
        if not self.decided and self.was_typed():
            self.add_error("decision", _("You changed this figure. Say whether it is one."))

    def was_typed(self) -> bool:
        """Tell whether anything differs from what was suggested."""
        names = [*ClaimForm.base_fields, "whole"]
        return any(
            one_line_end(str(self.data.get(self.add_prefix(name), ""))).strip()
            != str("" if self.initial.get(name) is None else self.initial[name]).strip()
            for name in names
        )

    def coding(self) -> Coding:
        """Return the figure as it was confirmed, with where its number stands."""
        return replace(super().coding(), number_at=self.suggestion.at)


def place_of(at: int) -> str:
    """Return the name of a suggestion in a form, by where its number stands."""
    return f"n{at}"


class CopiesForm(Form):
    """Whether another source prints the same text."""

    other = forms.UUIDField(widget=forms.HiddenInput)
    same = forms.ChoiceField(choices=[("yes", ""), ("no", "")], widget=forms.HiddenInput)


class Reading:
    """A source as it is read: its suggestions that nobody has decided of, a form for each.

    `gone` tells that something was answered here that somebody else has decided in the meantime.
    """

    def __init__(self, source: Source, data: QueryDict | None) -> None:
        self.source = source
        self.data = None if data is None else data.copy()
        left = offered(source)
        self.count = len(left)
        self.claims = {str(claim.pk): claim for claim in claims_of(source)}
        wholes = [(key, named(claim)) for key, claim in self.claims.items()]
        here = [(place_of(one.suggestion.at), in_short(one)) for one in left[:EACH]]
        if self.data is not None:
            confirm_sentence(self.data, left)
        self.forms = [
            ReadForm(
                self.answered(one),
                offered=one,
                text=source.text,
                wholes=[
                    *wholes,
                    *(each for each in here if each[0] != place_of(one.suggestion.at)),
                ],
            )
            for one in left[:EACH]
        ]
        places = {one.suggestion.at for one in left}
        self.gone = any(
            said and (key := DECISION.fullmatch(name)) and int(key[1]) not in places
            for name, said in (self.data or {}).items()
        )

    def answered(self, one: Offered) -> QueryDict | None:
        """Return what was sent, if this suggestion was in it."""
        sent = self.data is not None and f"{place_of(one.suggestion.at)}-quote" in self.data
        return self.data if sent else None

    def is_valid(self) -> bool:
        """Tell whether everything that was decided can be recorded."""
        if self.data is None or is_shown_again(self.data):
            return False
        bound = [form for form in self.forms if form.is_bound]
        right = [form.is_valid() for form in bound]
        confirmed = {place_of(form.suggestion.at) for form in bound if form.decided == "yes"}
        for form in bound:
            whole = form.cleaned_data.get("whole", "") if form.decided == "yes" else ""
            if whole.startswith("n") and whole not in confirmed and whole not in self.claims:
                form.add_error("whole", _("Confirm that figure too, or choose none."))
                right.append(False)
        return all(right)

    def wrong(self) -> list[ReadForm]:
        """Return the forms with something to correct."""
        return [form for form in self.forms if form.is_bound and form.errors]

    def chosen(self) -> dict[int, Chosen]:
        """Return what was confirmed, by where its number stands. Only once it is valid."""
        return {
            form.suggestion.at: Chosen(form.coding(), self.whole_of(form))
            for form in self.forms
            if form.decided == "yes"
        }

    def whole_of(self, form: ReadForm) -> Claim | int | None:
        """Return the whole of a figure: a claim, or where one stands that is confirmed with it."""
        whole: str = form.cleaned_data["whole"]
        if whole in self.claims:
            return self.claims[whole]
        return int(whole[1:]) if whole else None

    def aside(self) -> list[int]:
        """Return where the numbers stand that are no figures."""
        return [form.suggestion.at for form in self.forms if form.decided == "no"]

    def left(self) -> int:
        """Return how many suggestions are left once this is recorded."""
        return self.count - len(self.chosen()) - len(self.aside())

    def sentences(self) -> Iterator[tuple[int, str, list[str], list[ReadForm]]]:
        """Yield each sentence with where it starts, its quotes, and the forms of its figures."""
        text = self.source.text
        for span, group in groupby(self.forms, key=lambda form: form.suggestion.sentence):
            forms_of = list(group)
            quotes = [form.initial["quote"] for form in forms_of]
            yield span.start, text[span.start : span.end], quotes, forms_of


def others_of(one: Offered, here: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the suggestions of a page but one, in short."""
    own = place_of(one.suggestion.at)
    return [each for each in here if each[0] != own]


def confirm_sentence(data: QueryDict, left: list[Offered]) -> None:
    """Answer yes for each figure of the sentence whose button was pressed, if nothing else was."""
    for one in left:
        name = f"{place_of(one.suggestion.at)}-decision"
        if data.get(ALL) == str(one.suggestion.sentence.start) and not data.get(name):
            data[name] = "yes"


def named(claim: Claim) -> str:
    """Return a claim in a few words."""
    return f"{counted(as_plain(claim))} – {claim.words[:SHORT]}"


def in_short(one: Offered) -> str:
    """Return a suggestion in a few words."""
    quote = " ".join(one.coding.quote.split())
    return quote if len(quote) <= SHORT else f"{quote[:SHORT]}…"
