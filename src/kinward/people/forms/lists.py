"""A list that is handed over: pasted or sent, its columns named, a row mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kinward.core.errors import RuleBroken
from kinward.core.forms import Form, Guard
from kinward.core.guarding import objection, words_for
from kinward.core.intake import BrokenRow, Refused, Row, Why, rows_of_text, take_table
from kinward.core.intake.words import WORDS
from kinward.core.wording import isolate
from kinward.people.actions import FAULTS
from kinward.people.forms.statements import Circumstances
from kinward.people.listing import (
    MEANINGS,
    NOTHING,
    Refusal,
    guess,
    guesses,
    is_name,
    refusals_in,
    repeated,
)
from kinward.people.models import SaidBy
from kinward.people.naming import days_of
from kinward.people.rules import Fault
from kinward.places.queries import Finds, finds, is_facility

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.forms import BoundField

    from kinward.people.listing import Wrong
    from kinward.people.models import ListRow, NameList

SAMPLES: Final = 3  # cells of a column that are shown
MOST_SHOWN: Final = 20  # cells that are named at once
NO_LIST = _(
    "This is no list that can be read. Send an Excel workbook (.xlsx), or a CSV saved as UTF-8."
)
CHOICES: Final = [(NOTHING, _("kept with the row, not read")), *MEANINGS.items()]


class TakeForm(Form):
    """A list, and who handed it over."""

    guarded: ClassVar[Mapping[str, Guard]] = {"name": Guard.OWN, "given_by": Guard.OWN}

    given_by = forms.CharField(
        label=_("Who handed the list over?"),
        help_text=_("An organisation, an office, a relative: whoever answers for what it says."),
        max_length=200,
    )
    name = forms.CharField(
        label=_("What is it called?"),
        help_text=_("So that others find it again, for example “shelter in Karkh, December”."),
        max_length=200,
    )
    given_on = forms.CharField(
        label=_("Of which day is it?"),
        help_text=_("A day, a month or a year: 2018-12-30, 2018-12 or 2018."),
        required=False,
        max_length=40,
    )
    pasted = forms.CharField(
        label=_("Copy the rows here"),
        help_text=_(
            "From a spreadsheet, the row with the names of the columns first. At most 500 rows."
        ),
        required=False,
        max_length=500_000,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or send a file"),
        help_text=_("An Excel workbook (.xlsx), of which the first sheet is read, or a CSV."),
        required=False,
    )
    leave_out = forms.BooleanField(
        label=_("Leave these cells out and take the rest in"), required=False
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.table: list[Row] = []
        self.refused: list[Refusal] = []

    def clean_given_on(self) -> str:
        """Refuse a date that cannot be read."""
        given_on: str = self.cleaned_data["given_on"].strip()
        if given_on and days_of(given_on) is None:
            raise forms.ValidationError(FAULTS[Fault.AS_OF])
        return given_on

    def clean(self) -> dict[str, Any]:
        """Take the rows out of what came, and name the cells that cannot be kept."""
        pasted, file = self.cleaned_data.get("pasted", ""), self.cleaned_data.get("file")
        if bool(pasted) == bool(file):
            self.add_error("pasted", _("Copy the rows here or send a file: one of the two."))
            return self.cleaned_data
        field = "file" if file else "pasted"
        try:
            self.table = take_table(file.read()) if file else rows_of_text(pasted)
            refused = refusals_in(self.table)
        except Refused as broken:
            self.add_error(field, NO_LIST if broken.why == Why.UNKNOWN else WORDS[broken.why])
        except BrokenRow as broken:
            words = gettext(
                "Row %(row)s: a quotation mark stands where none can, or is not closed."
            )
            self.add_error(field, words % {"row": broken.row})
        except RuleBroken as broken:
            self.add_error(field, broken.said)
        else:
            self.name_refused(field, refused)
        return self.cleaned_data

    def name_refused(self, field: str, refused: list[Refusal]) -> None:
        """Name the cells that cannot be kept, unless they are to be left out."""
        self.refused = refused
        if self.cleaned_data.get("leave_out"):
            return
        for each in refused[:MOST_SHOWN]:
            where = gettext("Row %(row)s, column “%(column)s”: %(words)s")
            told = {"row": each.row, "column": isolate(each.column), "words": each.words.said}
            self.add_error(field, where % told)

    def typed(self) -> dict[str, Any]:
        """Return what `actions.take_list` asks for. Only once the form is valid."""
        known = ("name", "given_by", "given_on", "leave_out")
        return {"table": self.table} | {name: self.cleaned_data[name] for name in known}


class FacilityForm(Form):
    """Whose roster a list is, if it is one: a prison, a camp, a shelter, a hospital."""

    guarded: ClassVar[Mapping[str, Guard]] = {"text": Guard.OWN}

    text = forms.CharField(
        label=_("Is it the roster of a prison, a camp, a shelter or a hospital? Which?"),
        help_text=_(
            "By any of its names, a former one too. Everyone on it was there on the day of the "
            "list. Leave empty if it is another list."
        ),
        required=False,
        max_length=200,
    )
    code = forms.CharField(required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        """Refuse a name without a place, and a place where nobody is kept."""
        typed = self.cleaned_data
        code = typed.get("code", "")
        if bool(code) != bool(typed.get("text")) or (code and not is_facility(code)):
            self.add_error(
                "text",
                _("Choose a prison, camp, shelter or hospital of the list; add it if it is not."),
            )
        return typed

    @property
    def finds(self) -> Finds:
        """The places to choose from, for what was typed so far."""
        typed, chosen = self["text"].value() or "", self["code"].value() or ""
        return finds(self.prefix or "", typed, chosen, get_language() or "en")

    def facility(self) -> dict[str, str] | None:
        """Return the place as `actions.take_list` asks for it. Only once the form is valid."""
        typed = self.cleaned_data
        return {"text": typed["text"], "code": typed["code"]} if typed["code"] else None


class ListCircumstances(Circumstances):
    """Who says what the list says, how surely, as of when."""

    guarded: ClassVar[Mapping[str, Guard]] = {}

    def __init__(self, *arguments: Any, of: NameList, **options: Any) -> None:
        initial = {"said_by": SaidBy.OFFICIAL, "as_of": of.given_on}
        super().__init__(*arguments, initial=initial, **options)
        del self.fields["method"], self.fields["source"]  # a list, and a row of it


class ColumnsForm(Form):
    """What each column of a list means: guessed by what stands above it, confirmed by a person."""

    def __init__(
        self,
        *arguments: Any,
        of: NameList,
        rows: Sequence[ListRow],
        before: Sequence[str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.headers = list(of.columns)
        self.samples = [samples_of(rows, column) for column in range(len(self.headers))]
        for column, (header, meaning) in enumerate(
            zip(self.headers, before or guesses(self.headers), strict=True)
        ):
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=header or gettext("Column %(number)s") % {"number": column + 1},
                choices=CHOICES,
                initial=meaning,
                required=False,
                widget=forms.Select({"class": "govuk-select"}),
            )

    @property
    def columns(self) -> Iterable[tuple[BoundField, list[str]]]:
        """The columns: their fields, and some of their cells."""
        return zip(self, self.samples, strict=True)

    def clean(self) -> dict[str, Any]:
        """Refuse two columns of one meaning that stands only once, and a list that says nothing."""
        meanings = self.meanings()
        for column, meaning in enumerate(meanings):
            if meaning in repeated(meanings):
                self.add_error(f"column_{column}", _("Two columns cannot both mean this."))
        if not any(meanings) and meanings:
            self.add_error("column_0", _("Say of one column at least what it means."))
        return self.cleaned_data

    def meanings(self) -> list[str]:
        """Return what each column means, in their order."""
        return [self.cleaned_data.get(name, NOTHING) for name in self.fields]


def samples_of(rows: Sequence[ListRow], column: int) -> list[str]:
    """Return the first few cells of a column in which something stands."""
    cells = (row.cells[column] for row in rows if len(row.cells) > column and row.cells[column])
    return list(dict.fromkeys(cells))[:SAMPLES]


class RowForm(Form):
    """A row of a list, cell by cell, to be mended."""

    def __init__(
        self, *arguments: Any, row: ListRow, wrong: Iterable[Wrong], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.wrong = list(wrong)
        self.headers = [*row.of.columns, *([""] * (len(row.cells) - len(row.of.columns)))]
        cells = [*row.cells, *([""] * (len(self.headers) - len(row.cells)))]
        for column, (header, cell) in enumerate(zip(self.headers, cells, strict=True)):
            faults = [str(one.words) for one in self.wrong if one.column == column]
            self.fields[f"cell_{column}"] = forms.CharField(
                label=header or gettext("Column %(number)s") % {"number": column + 1},
                help_text=" ".join(faults),
                initial=cell,
                required=False,
                max_length=2_000,
                widget=forms.TextInput({"class": "govuk-input", "dir": "auto"}),
            )

    @property
    def of_the_row(self) -> list[str]:
        """What is wrong with the row itself."""
        return [str(one.words) for one in self.wrong if one.column is None]

    def clean(self) -> dict[str, Any]:
        """Refuse words that are not kept."""
        for header, name in zip(self.headers, self.fields, strict=True):
            found = objection(self.cleaned_data.get(name, ""), is_name=is_name(guess(header)))
            if found:
                self.add_error(name, words_for(found))
        return self.cleaned_data

    def cells(self) -> list[str]:
        """Return the cells, without empty ones behind the last column."""
        cells = [self.cleaned_data[name] for name in self.fields]
        while cells and not cells[-1]:
            cells.pop()
        return cells
