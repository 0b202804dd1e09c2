# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from kinmatch.synth import Parameters, Row
from kinmatch.synth.households import family
from kinmatch.synth.row import COLUMNS, Draft, numbered

CHILD = family(Random(1), 0, Parameters()).children[0]


@pytest.fixture
def make_drafts():
    def make(*groups, by_reference=False):
        return [
            Draft(replace(CHILD, number=number), Row(name=(str(number),)), group, by_reference)
            for number, group in enumerate(groups)
        ]

    return make


def test_row_writes_its_cells_in_the_order_of_the_columns():
    row = Row(
        id="F1",
        name=("رسلان", "روسلان"),
        sex="male",
        born="2012",
        father=("محمد",),
        mother=("زينب",),
        siblings=("خالد", "مريم"),
        sibling_ids=("F2",),
        group="FG1",
        place=("بغداد",),
    )

    assert dict(zip(COLUMNS, row.cells(), strict=True)) == {
        "id": "F1",
        "name": "رسلان|روسلان",
        "sex": "male",
        "born": "2012",
        "age": "",
        "age_as_of": "",
        "father": "محمد",
        "mother": "زينب",
        "siblings": "خالد|مريم",
        "sibling_ids": "F2",
        "group": "FG1",
        "place": "بغداد",
        "separated": "",
        "separated_at": "",
    }


def test_row_that_knows_nothing_has_empty_cells():
    assert Row().cells() == [""] * len(COLUMNS)


def test_numbered_rows_bear_the_letter_and_as_many_signs(make_drafts):
    rows = numbered(make_drafts(*range(12)), Random(1), letter="F")

    assert [row.id for _, row in rows] == [f"F{number:02}" for number in range(1, 13)]


def test_numbered_rows_come_in_another_order(make_drafts):
    drafts = make_drafts(*range(12))

    order = [draft.child.number for draft, _ in numbered(drafts, Random(1), letter="F")]

    assert order != list(range(12))
    assert sorted(order) == list(range(12))


def test_numbered_groups_bear_a_number_of_their_own(make_drafts):
    rows = numbered(make_drafts("a", "a", "b", "b"), Random(1), letter="S")

    groups = {}
    for draft, row in rows:
        groups.setdefault(draft.group, set()).add(row.group)
    assert sorted(map(len, groups.values())) == [1, 1]
    assert groups["a"] != groups["b"]
    assert {number[:2] for numbers in groups.values() for number in numbers} == {"SG"}


def test_numbered_leaves_an_only_child_without_group(make_drafts):
    ((_, row),) = numbered(make_drafts("a"), Random(1), letter="F")

    assert (row.group, row.sibling_ids) == ("", ())


def test_numbered_refers_to_siblings_in_place_of_a_group(make_drafts):
    rows = [
        row for _, row in numbered(make_drafts("a", "a", by_reference=True), Random(1), letter="F")
    ]

    assert [(row.group, row.sibling_ids) for row in rows] == [("", ("F2",)), ("", ("F1",))]


def test_numbered_rows_go_on_after_those_before(make_drafts):
    rows = numbered(make_drafts("a", "a", "b"), Random(1), letter="F", after=7, width=5)

    assert [row.id for _, row in rows] == ["F00008", "F00009", "F00010"]
    assert {row.group for _, row in rows if row.group} <= {"FG00008", "FG00009"}
