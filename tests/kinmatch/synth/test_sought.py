# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from kinmatch.synth import Parameters
from kinmatch.synth.households import family
from kinmatch.synth.parts import Spelling, customs
from kinmatch.synth.sought import Enquiry

PLAIN = Parameters(both_sides=0.0, forgotten=0.0, place_unknown=0.0, nameless_sought=0.0)


@pytest.fixture
def make_enquiry():
    def make(seed=1, **circumstances):
        return Enquiry(Random(seed), replace(PLAIN, **circumstances))

    return make


def family_with(*, polygyny=0.0, remarriage=0.0, children=2):
    shape = replace(PLAIN, polygyny=polygyny, remarriage=remarriage, third_wife=0.0, twins=0.0)
    made = (family(Random(seed), seed, shape) for seed in range(1000))
    return next(
        one
        for one in made
        if {child.household for child in one.children} == set(range(len(one.households)))
        and len(one.children) >= children
    )


def test_one_request_asks_for_all_children(make_enquiry):
    made = family_with()

    assert [list(asked) for _, asked in make_enquiry().requests(made)] == [list(made.children)]


def test_fathers_kin_ask_for_the_children_of_both_wives(make_enquiry):
    made = family_with(polygyny=1.0)

    (_, fathers), (_, mothers) = make_enquiry(both_sides=1.0).requests(made)

    assert list(fathers) == list(made.children)
    assert len({child.mother for child in mothers}) == 1
    assert len(mothers) < len(fathers)


def test_mothers_kin_ask_for_the_children_of_both_husbands(make_enquiry):
    made = family_with(remarriage=1.0)

    (_, fathers), (_, mothers) = make_enquiry(both_sides=1.0).requests(made)

    assert list(mothers) == list(made.children)
    assert len({child.father for child in fathers}) == 1


def test_request_that_forgets_everyone_asks_for_the_eldest(make_enquiry):
    made = family_with()

    ((_, asked),) = make_enquiry(forgotten=1.0).requests(made)

    assert list(asked) == [made.children[0]]


def test_rows_of_one_request_share_its_group(make_enquiry):
    made = family_with()

    drafts = make_enquiry().family(made)

    assert {draft.group for draft in drafts} == {(made.number, 0)}


def test_relative_uses_a_spelling_of_the_custom(make_enquiry):
    made = replace(family_with(), custom=customs()["maghreb"])

    spellings = {make_enquiry(seed).relative(made).spelling for seed in range(100)}

    assert spellings == {Spelling.FRENCH, Spelling.PASSPORT}


def test_places_are_the_home_and_one_more(make_enquiry):
    made = family_with()
    enquiry = make_enquiry()
    relative = enquiry.relative(made)

    home, _last = enquiry.places(made, relative)

    assert home == relative.place(made.home)


@pytest.mark.parametrize("side", ["father", "mother"])
def test_kin_of_one_side_hardly_know_the_other_parent(make_enquiry, side):
    made = replace(family_with(), custom=customs()["dagestan"])
    child = replace(made.children[0], custom=made.custom)
    enquiry = make_enquiry(patronymic_dropped=0.0, typing_error=0.0)

    row = enquiry.row(child, enquiry.relative(made), (), vague=side)

    other = {"father": "mother", "mother": "father"}[side]
    assert len(getattr(row, side)[0].split()) < len(getattr(row, other)[0].split())
    assert "parent_hardly_known" in enquiry.noting.noted()


def test_every_request_may_be_vague_about_the_other_side(make_enquiry):
    drafts = make_enquiry(other_side_vague=1.0).family(family_with())

    assert {("parent_hardly_known" in draft.noise) for draft in drafts} == {True}


def test_sides_are_told_apart(make_enquiry):
    made = family_with(polygyny=1.0)

    sides = [side for side, _ in make_enquiry(both_sides=1.0).requests(made)]

    assert sides == ["father", "mother"]
    assert {next(make_enquiry(seed).requests(made))[0] for seed in range(50)} == set(sides)
