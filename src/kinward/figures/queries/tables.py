"""The tables of a release in words: what a page and a file show of them, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kinward.core.sheets import Table
from kinward.core.wording import day, number
from kinward.figures.definitions import DEFINITIONS, PLACES, TABLES
from kinward.figures.models import Breakdown, By, Figure
from kinward.figures.rules import UNKNOWN, place, read_place
from kinward.places.queries import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.utils.functional import _StrPromise

    from kinward.figures.definitions import Definition
    from kinward.figures.models import Release

NOT_SHOWN: Final = "…"
SEXES: Final[Mapping[str, _StrPromise]] = {
    "female": gettext_lazy("girls"),
    "male": gettext_lazy("boys"),
}
NOT_KNOWN: Final = gettext_lazy("not known")
# Core schema of the Humanitarian Exchange Language, 1.1 (hxlstandard.org).
TAGS: Final[Mapping[str, str]] = {
    By.ORIGIN: "#adm1+origin+code",
    By.SEX: "#meta+sex",
    By.AGE: "#meta+age",
    By.DESTINATION: "#adm1+destination+code",
    By.HOST: "#adm1+held+code",
    By.MONTH: "#date+month",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as everybody sees it; none where it is hidden."""

    label: str
    value: int | None

    @property
    def written(self) -> str:
        """The number, or that it is not shown."""
        return NOT_SHOWN if self.value is None else number(self.value)


@dataclass(frozen=True, slots=True)
class Shown:
    """One table: its rows with a cell a column, the whole first."""

    figure: Definition
    breakdown: Breakdown
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...], bool], ...]  # the last: a part of the row above it


@dataclass(frozen=True, slots=True)
class Paper:
    """A release as everybody sees it."""

    release: Release
    totals: tuple[tuple[Definition, Cell], ...]
    tables: tuple[Shown, ...]
    unknown: tuple[tuple[Definition, str, Cell], ...]  # of whom something is not known: by what
    hidden: int
    cells: int

    @property
    def definitions(self) -> list[Definition]:
        """What each figure is."""
        return [definition for definition, _total in self.totals]


def paper_of(release: Release) -> Paper:
    """Return a release in the language in use."""
    hidden = set(release.hidden)
    values = {
        cell: None if cell in hidden else int(value) for cell, value in release.values.items()
    }
    named = names_in(values)
    figures = [DEFINITIONS[Figure(each)] for each in release.figures]
    totals = [(each, Cell(each.label, values[place(each.figure, {}).name])) for each in figures]
    shown = [
        table_of(each, Breakdown(breakdown), values, named)
        for each in figures
        for breakdown in release.breakdowns
    ]
    return Paper(
        release, tuple(totals), tuple(shown), not_known(figures, values), len(hidden), len(values)
    )


def not_known(
    figures: Iterable[Definition], values: Mapping[str, int | None]
) -> tuple[tuple[Definition, str, Cell], ...]:
    """Return of how many of each figure something is not known."""
    found = []
    for each in figures:
        for by in By:
            cell = place(each.figure, {by: UNKNOWN}).name
            if by != By.MONTH and values.get(cell, 0) != 0:
                found.append((each, str(by.label), Cell(each.label, values[cell])))
    return tuple(found)


def names_in(cells: Iterable[str]) -> dict[str, str]:
    """Return the names of all places in some cells, by their codes."""
    codes = {
        category.removesuffix(f"-{UNKNOWN}")
        for cell in cells
        for by, category in read_place(cell).of
        if by in PLACES
    }
    return names_of(codes - {UNKNOWN}, get_language() or "en")


def said(by: str, category: str, named: Mapping[str, str]) -> str:
    """Return a category in words."""
    if category == UNKNOWN:
        return str(NOT_KNOWN)
    if by == By.SEX:
        return str(SEXES.get(category, category))
    if category.endswith(f"-{UNKNOWN}"):
        country = category.removesuffix(f"-{UNKNOWN}")
        return _("%(country)s, region not known") % {"country": named.get(country, country)}
    return named.get(category, category)


def table_of(
    figure: Definition,
    breakdown: Breakdown,
    values: Mapping[str, int | None],
    named: Mapping[str, str],
) -> Shown:
    """Return one figure by one breakdown: rows by the first dimension, columns by the second."""
    first, *rest = TABLES[breakdown]
    second = rest[0] if rest else None
    rows = ["", *categories(figure.figure, first, values)]
    columns = ["", *(categories(figure.figure, second, values) if second else ())]
    total = _("all")
    return Shown(
        figure,
        breakdown,
        tuple(said(second, each, named) if second and each else total for each in columns),
        tuple(
            (
                said(first, row, named) if row else total,
                tuple(
                    Cell(
                        column,
                        values.get(place(figure.figure, of(first, row, second, column)).name),
                    )
                    for column in columns
                ),
                row.partition("-")[0] in rows and "-" in row,
            )
            for row in rows
        ),
    )


def of(first: str, row: str, second: str | None, column: str) -> dict[str, str]:
    """Return the categories of a cell."""
    return {first: row} | ({second: column} if second else {})


def categories(figure: str, by: str, values: Mapping[str, int | None]) -> list[str]:
    """Return the categories of a dimension; what is not known comes last."""
    found = {
        dict(one.of)[by]
        for one in map(read_place, values)
        if one.figure == figure and set(dict(one.of)) == {by}
    }
    return sorted(found, key=lambda each: (UNKNOWN in each, each))


# Files


def sheet_of(release: Release) -> Table:
    """Return a release as a table for spreadsheets, a row a number; never a row a child."""
    hidden = set(release.hidden)
    dimensions = dimensions_of(release)
    named = names_in(release.values)
    rows = []
    for cell, value in in_order(release):
        one = read_place(cell)
        of_it = dict(one.of)
        words = [said(by, of_it[by], named) if by in of_it else _("all") for by in dimensions]
        written = "" if cell in hidden else str(value)
        rows.append([str(Figure(one.figure).label), *words, written, shown_or_not(cell in hidden)])
    head = [_("Figure"), *(str(By(by).label) for by in dimensions), _("Children"), _("Shown")]
    return Table(title=release.told_title, head=head, rows=rows, notes=notes_of(release))


def notes_of(release: Release) -> tuple[str, ...]:
    """Return what stands above the table: what it is, as of when, what is not in it."""
    fewest = _(
        "Numbers below %(number)s are not shown, nor as many others as would give them away."
    )
    return (
        release.told_title,
        _("As of %(day)s") % {"day": day(release.as_of)},
        fewest % {"number": number(release.threshold)},
    )


def shown_or_not(hidden: bool) -> str:  # noqa: FBT001 (what is asked of each cell)
    """Return whether a number is shown, in a word."""
    return _("no") if hidden else _("yes")


def dimensions_of(release: Release) -> list[By]:
    """Return by what a release is broken down, in the order of the words."""
    there = {by for each in release.breakdowns for by in TABLES[each]}
    return [by for by in By if by in there]


def in_order(release: Release) -> list[tuple[str, int]]:
    """Return the cells of a release, figure by figure, the whole before its parts."""
    figures = list(release.figures)

    def rank(cell: str) -> tuple[int, int, str]:
        one = read_place(cell)
        return figures.index(one.figure), len(one.of), cell

    return [(cell, int(release.values[cell])) for cell in sorted(release.values, key=rank)]


def tagged(release: Release) -> Table:
    """Return a release as a table of HXL: codes, with a row of tags below the head."""
    hidden = set(release.hidden)
    dimensions = dimensions_of(release)
    head = ["figure", *dimensions, "children", "status", "as of"]
    tags = ["#indicator+code", *(TAGS[by] for by in dimensions)]
    rows = [[*tags, "#affected+children", "#status", "#date+asof"]]
    for cell, value in in_order(release):
        one = read_place(cell)
        codes = [dict(one.of).get(by, "all") for by in dimensions]
        number_of = "" if cell in hidden else str(value)
        status = "not shown" if cell in hidden else "shown"
        rows.append([one.figure, *codes, number_of, status, as_day(release.as_of)])
    return Table(title=release.title, head=[str(each) for each in head], rows=rows)


def as_day(on: date) -> str:
    """Return a day for machines."""
    return on.isoformat()
