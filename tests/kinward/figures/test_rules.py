from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinward.figures.models import Dimension, Facet, Operator, State, Tie, Unit, Verdict, Why
from kinward.figures.rules import (
    Bound,
    Cells,
    Claim,
    Finding,
    Interval,
    Link,
    Sum,
    add_up,
    compare,
    possible,
    reconcile,
    told,
)

FLIGHT = {Facet.EVENT: "the flight of 3 May"}
IRAQ = {Facet.PLACE: "Iraq"}


def claim(key, low=None, operator=Operator.EXACT, **parts):
    whole = {"unit": Unit.CHILDREN, "population": FLIGHT, "chain": (f"speaker of {key}", "paper")}
    return Claim(key=key, operator=operator, low=low, **(whole | parts))


def part(key, low, category, **parts):
    return claim(key, low, dimension=Dimension.ORIGIN, category=category, **parts)


def parts_of(whole, *keys, dimension=Dimension.NONE):
    return [Link(key, Tie.PART_OF, whole, dimension) for key in keys]


def verdicts(claims, links=()):
    return [(one.verdict, one.claims, one.whole) for one in reconcile(claims, links).findings]


# What a number can be


@pytest.mark.parametrize(
    ("operator", "low", "high", "expected"),
    [
        (Operator.EXACT, 30, None, (30, 30)),
        (Operator.ABOUT, 100, None, (50, 150)),
        (Operator.ABOUT, 120, None, (115, 125)),
        (Operator.ABOUT, 7, None, (6, 8)),
        (Operator.ABOUT, 0, None, (0, 1)),
        (Operator.MORE, 2000, None, (2001, inf)),
        (Operator.AT_LEAST, 5, None, (5, inf)),
        (Operator.LESS, 5, None, (0, 4)),
        (Operator.LESS, 0, None, (0, 0)),
        (Operator.AT_MOST, 5, None, (0, 5)),
        (Operator.RANGE, 3, 10, (3, 10)),
        (Operator.RANGE, 3, None, (3, 3)),
        (Operator.TENS, None, None, (20, 99)),
        (Operator.HUNDREDS, None, None, (200, 999)),
        (Operator.THOUSANDS, None, None, (2000, 9999)),
    ],
)
def test_operators_say_what_a_number_can_be(operator, low, high, expected):
    assert possible(operator, low, high) == expected


def test_interval_knows_whether_one_number_is_left():
    assert (Interval(3, 3).is_exact, Interval(3, 4).is_exact) == (True, False)


# Whom words mean


@pytest.mark.parametrize(
    ("words", "place", "facets", "state", "since"),
    [
        ("planned for the second flight", "", {"event": "the second flight"}, "planned", ""),
        ("on the second flight", "", {"event": "the second flight"}, "flown", ""),
        (
            "of the children on the flight of 3 May",
            "",
            {"event": "the flight of 3 May"},
            "flown",
            "",
        ),
        ("discharged after the flight", "", {"event": "the flight"}, "landed", ""),
        (
            "under 10; still in Iraq",
            "Iraq",
            {"age": "under 10", "place": "Iraq; still in Iraq"},
            "remaining",
            "",
        ),
        (
            "mostly from the Caucasus; returned since 2017",
            "",
            {"nationality": "mostly from the Caucasus", "other": "returned since 2017"},
            "returned",
            "2017",
        ),
        ("held in a prison", "", {"custody": "held in a prison"}, "held", ""),
        ("whose files are ready", "", {"other": "whose files are ready"}, "", ""),
        ("", "", {}, "", ""),
    ],
)
def test_words_tell_whom_they_mean(words, place, facets, state, since):
    assert told(words, place) == (facets, state, since)


# Two claims


def test_two_sources_that_agree_close():
    found = compare(claim("a", 30), claim("b", 30))

    assert found == Finding(verdict=Verdict.CLOSES, claims=("a", "b"))


def test_about_does_not_contradict_what_is_near_it():
    found = compare(claim("a", 30, Operator.ABOUT), claim("b", 33))

    assert found.verdict == Verdict.CLOSES


def test_two_numbers_of_one_thing_contradict():
    found = compare(claim("b", 33), claim("a", 30))

    assert found == Finding(verdict=Verdict.CONTRADICTS, claims=("a", "b"), rest=Interval(3, 3))


def test_copies_of_one_statement_are_one_source():
    said = {"chain": ("a minister", "an agency", "a paper"), "said_on": "2020-05-03"}
    copied = {"chain": ("a minister", "an agency", "another paper"), "said_on": "2020-05-03"}
    later = copied | {"said_on": "2020-05-09"}

    assert compare(claim("a", 30, **said), claim("b", 30, **copied)).verdict == (
        Verdict.DUPLICATE_SOURCE
    )
    assert compare(claim("a", 30, **said), claim("b", 30, **later)).verdict == Verdict.CLOSES
    assert compare(claim("a", 30, **said), claim("b", 33, **copied)).verdict == Verdict.CONTRADICTS


def test_group_named_by_an_editor_goes_before_the_chain():
    found = compare(claim("a", 30, group="one letter"), claim("b", 30, group="one letter"))

    assert found.verdict == Verdict.DUPLICATE_SOURCE


def test_claims_of_nobody_are_not_one_source():
    found = compare(claim("a", 30, chain=("", "")), claim("b", 30, chain=()))

    assert found.verdict == Verdict.CLOSES


@pytest.mark.parametrize(
    ("other", "why", "differ"),
    [
        ({"unit": Unit.NAMES}, Why.UNIT, ()),
        ({"dimension": Dimension.SEX}, Why.DIMENSION, ()),
        ({"population": FLIGHT | {Facet.NATIONALITY: "Uzbek"}}, Why.POPULATION, ("nationality",)),
        ({"category": "RU-DA"}, Why.POPULATION, ("other",)),
        ({"state": State.FLOWN}, Why.POPULATION, ("state",)),
        ({"state": State.PLANNED}, Why.PLANNED, ()),
    ],
)
def test_what_means_something_else_is_not_compared(other, why, differ):
    found = compare(claim("a", 30), claim("b", 39, **other))

    assert (found.verdict, found.why, found.differ) == (Verdict.NOT_COMPARABLE, why, differ)
    assert found.rest == (9 if why == Why.PLANNED else 0,) * 2


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("2020", "2020-05", Verdict.CONTRADICTS),
        ("2020-04", "2020-05", Verdict.NOT_COMPARABLE),
        ("", "2020-05", Verdict.CONTRADICTS),
    ],
)
def test_counts_of_different_times_are_not_compared(one, other, verdict):
    found = compare(
        claim("a", 30, population=IRAQ, as_of=one), claim("b", 39, population=IRAQ, as_of=other)
    )

    assert found.verdict == verdict


def test_ages_contradict_unless_youngest_and_eldest_are_the_same():
    ages = {"operator": Operator.RANGE, "unit": Unit.AGE}
    one = claim("a", 3, high=10, **ages)

    assert compare(one, claim("b", 3, high=15, **ages)).verdict == Verdict.CONTRADICTS
    assert compare(one, claim("b", 3, high=10, **ages)).verdict == Verdict.CLOSES


# Sums


@pytest.mark.parametrize(
    ("whole", "parts", "verdict", "rest"),
    [
        (30, (24, 3, 3), Verdict.CLOSES, (0, 0)),
        (30, (24, 3), Verdict.RESIDUAL, (3, 3)),
        (30, (24, 9), Verdict.OVER, (3, 3)),
    ],
)
def test_parts_are_held_against_their_whole(whole, parts, verdict, rest):
    told_of = [part(f"p{index}", value, str(index)) for index, value in enumerate(parts)]

    found = add_up(claim("w", whole), told_of)

    assert (found.verdict, found.rest) == (verdict, rest)


def test_what_is_left_of_an_unsure_number_is_a_span():
    found = add_up(claim("w", 100, Operator.ABOUT), [part("p", 24, "x")])

    assert (found.verdict, found.rest) == (Verdict.RESIDUAL, (26, 126))


def test_parts_of_a_whole_without_upper_end_can_always_close():
    found = add_up(claim("w", 20, Operator.MORE), [part("p", 24, "x")])

    assert (found.verdict, found.rest) == (Verdict.CLOSES, (0, inf))


def test_planned_and_counted_are_not_added_up():
    flown, planned = claim("w", 30, state=State.FLOWN), part("p", 24, "x", state=State.PLANNED)

    assert add_up(flown, [planned]).why == Why.PLANNED
    assert add_up(flown, [part("p", 24, "x")]).why == Why.NONE


def test_women_are_no_part_of_children():
    found = add_up(claim("w", 30), [claim("p", 24, unit=Unit.WOMEN)])

    assert (found.verdict, found.why) == (Verdict.NOT_COMPARABLE, Why.UNIT)


def test_girls_and_boys_are_children():
    found = add_up(
        claim("w", 30), [claim("g", 16, unit=Unit.GIRLS), claim("b", 14, unit=Unit.BOYS)]
    )

    assert found.verdict == Verdict.CLOSES


# The register


def test_one_number_told_twice_counts_once_in_a_sum():
    chain = {"chain": ("a minister", "an agency", "a paper")}
    copy = {"chain": ("a minister", "an agency", "another paper")}
    claims = [
        claim("w", 30),
        part("a", 24, "x", **chain),
        part("b", 3, "y", **chain),
        part("c", 24, "x", **copy),
    ]

    found = reconcile(claims, parts_of("w", "a", "b", "c"))

    residuals = [(one.carrier, one.rest.low) for one in found.findings if one.whole]
    assert sorted(residuals) == [("a paper", 3), ("another paper", 6)]
    assert [one.claims for one in found.findings if one.verdict == Verdict.DUPLICATE_SOURCE] == [
        ("a", "c")
    ]


def test_whole_set_of_a_later_copy_is_told_once():
    first = {"chain": ("a minister", "a post", "a paper")}
    full = {"chain": ("a minister", "a post", "another paper")}
    claims = [
        claim("w", 30),
        part("a", 24, "x", **first),
        part("b", 24, "x", **full),
        part("c", 3, "y", **full),
        claim("d", 20, dimension=Dimension.DESTINATION, category="x"),
    ]

    found = reconcile(claims, parts_of("w", "a", "b", "c", "d")).findings

    assert sorted(one.carrier for one in found if one.whole and "d" not in one.claims) == [
        "a paper",
        "another paper",
    ]
    assert [one.claims for one in found if one.why == Why.DIMENSION] == [("a", "d")]


def test_sources_of_different_ages_do_not_agree():
    ages = {"operator": Operator.RANGE, "unit": Unit.AGE}

    found = reconcile([claim("a", 3, high=10, **ages), claim("b", 3, high=15, **ages)])

    assert found.told_by == {"a": 1, "b": 1}


def test_figures_of_several_sources_are_added_up_together_only():
    claims = [claim("w", 90, population={}), claim("a", 30), claim("b", 60, population=IRAQ)]

    found = verdicts(claims, parts_of("w", "a", "b", dimension=Dimension.FLIGHT))

    assert found == [(Verdict.CLOSES, ("a", "b"), "w")]


def test_superseded_claims_say_nothing_more():
    claims = [claim("a", 30), claim("b", 33)]

    assert verdicts(claims) == [(Verdict.CONTRADICTS, ("a", "b"), "")]
    assert verdicts(claims, [Link("b", Tie.SUPERSEDES, "a")]) == []


def test_excluded_claims_are_not_compared():
    assert verdicts([claim("a", 30), claim("b", 33)], [Link("a", Tie.EXCLUDES, "b")]) == []


def test_contested_claims_are_compared_whatever_they_mean():
    claims = [claim("a", 30), claim("b", 33, unit=Unit.NAMES)]

    found = verdicts(claims, [Link("b", Tie.CONTESTS, "a")])

    assert found == [(Verdict.NOT_COMPARABLE, ("a", "b"), "")]


def test_one_category_of_two_dimensions_is_no_contradiction():
    claims = [
        claim("w", 30),
        part("a", 24, "RU-DA"),
        claim("b", 23, dimension=Dimension.DESTINATION, category="RU-DA"),
    ]

    found = reconcile(claims, parts_of("w", "a", "b")).findings

    [pair] = [one for one in found if not one.whole]
    assert (pair.verdict, pair.why) == (Verdict.NOT_COMPARABLE, Why.DIMENSION)


def test_sums_of_two_levels_that_cannot_hold_name_who_is_against_whom():
    claims = [
        claim("top", 30),
        claim("mid", 20, Operator.AT_MOST, population=IRAQ),
        claim("low", 15, Operator.AT_LEAST, population={Facet.PLACE: "Mosul"}),
        claim("also", 10, population={Facet.PLACE: "Basra"}),
    ]
    links = [*parts_of("top", "mid"), *parts_of("mid", "low"), *parts_of("low", "also")]

    sound = reconcile(claims, links)
    wrong = reconcile([*claims, claim("next", 2, Operator.AT_MOST)], links)

    assert sound.intervals == {
        "top": (30, 30),
        "mid": (15, 20),
        "low": (15, 20),
        "also": (10, 10),
    }
    assert ("next", "top") in [
        one.claims for one in wrong.findings if one.verdict == Verdict.CONTRADICTS
    ]
    assert set(wrong.intervals.values()) == {None}


def test_a_conflict_that_no_single_sum_shows_is_found():
    claims = [
        claim("top", 10, Operator.AT_MOST),
        claim("mid", 1, Operator.AT_LEAST, population=IRAQ),
        claim("low", 12, population={Facet.PLACE: "Mosul"}),
        claim("other", 3, population={Facet.PLACE: "Basra"}),
    ]
    links = [*parts_of("top", "mid", "other"), *parts_of("mid", "low")]

    found = reconcile(claims, links)

    assert [one.claims for one in found.findings if one.verdict == Verdict.CONTRADICTS] == [
        ("low", "top")
    ]
    assert {one.verdict for one in found.findings if one.whole} == {Verdict.CLOSES}


def test_overlapping_groups_bound_each_other_no_further_than_they_must():
    claims = [claim("a", 30), claim("b", 20, population=IRAQ)]

    found = reconcile(claims, [Link("a", Tie.OVERLAPS, "b")])

    assert found.intervals == {"a": (30, 30), "b": (20, 20)}


def test_independent_sources_are_counted():
    found = reconcile([claim("a", 30), claim("b", 30), claim("c", 33)])

    assert found.told_by == {"a": 2, "b": 2, "c": 1}


# Series


def series(*told_of):
    return [
        claim(f"s{index}", value, population=IRAQ, since="2017", as_of=as_of, state=State.RETURNED)
        for index, (as_of, value) in enumerate(told_of)
    ]


def test_a_count_that_goes_on_may_grow():
    assert verdicts(series(("2018", 100), ("2019", 120), ("2020", 120))) == []


def test_a_count_that_goes_on_may_not_fall():
    [found] = reconcile(series(("2018", 100), ("2019", 120), ("2020", 110))).findings

    assert (found.verdict, found.claims) == (Verdict.MONOTONICITY_BREAK, ("s1", "s2"))
    assert found.rest == (10, 10)


def test_an_old_number_told_again_is_suspected():
    [found] = reconcile(series(("2018", 100), ("2019", 120), ("2020", 100))).findings

    assert (found.verdict, found.claims) == (Verdict.STALE_AS_OF, ("s1", "s2"))


# Properties


OPERATORS = st.sampled_from([*Operator])


def said_of(truth, operator, slack):
    """Return a claim's value such that the claim is true of a number; None if none is."""
    values = {
        Operator.EXACT: (truth, None),
        Operator.ABOUT: (truth, None),
        Operator.MORE: (truth - 1 - slack, None) if truth > slack else None,
        Operator.AT_LEAST: (max(truth - slack, 0), None),
        Operator.LESS: (truth + 1 + slack, None),
        Operator.AT_MOST: (truth + slack, None),
        Operator.RANGE: (max(truth - slack, 0), truth + slack),
    }
    return values.get(operator)


def made(name, truth, draw):
    operator = draw(OPERATORS)
    value = said_of(truth, operator, draw(st.integers(0, 9)))
    low, high = value or (truth, None)
    parts = {}
    if name != "all":
        dimension, _, category = name.partition(" ")
        parts = {"dimension": Dimension(dimension), "category": category}
    return claim(name, low, operator if value else Operator.EXACT, high=high, **parts)


@st.composite
def registers(draw):
    """Draw people by origin and sex; return their true numbers and true claims of some of them."""
    sides = draw(st.lists(st.tuples(*[st.integers(0, 40)] * 2), min_size=1, max_size=4))
    truths = {f"origin {index}": sum(side) for index, side in enumerate(sides)}
    truths |= {f"sex {index}": sum(side) for index, side in enumerate(zip(*sides, strict=True))}
    told_of = draw(st.lists(st.sampled_from(sorted(truths)), unique=True))
    truths["all"] = sum(map(sum, sides))
    return truths, [made(name, truths[name], draw) for name in (*told_of, "all")]


@settings(max_examples=15)
@given(registers(), st.randoms(use_true_random=False))
def test_true_claims_never_contradict_and_intervals_hold_the_truth(register, chance):
    truths, claims = register
    links = parts_of("all", *(one.key for one in claims if one.key != "all"))

    found = reconcile(claims, links)

    wrong = {Verdict.OVER, Verdict.CONTRADICTS, Verdict.DUPLICATE_SOURCE}
    assert wrong & {one.verdict for one in found.findings} == set()
    outside = {
        key: interval
        for key, interval in found.intervals.items()
        if interval is None or not interval.low <= truths[key] <= interval.high
    }
    assert outside == {}
    chance.shuffle(claims)
    chance.shuffle(links)
    assert reconcile(claims, links) == found


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from("wxy"), st.sampled_from(["p", "q"])),
        max_size=7,
    ),
    st.randoms(use_true_random=False),
)
def test_verdicts_do_not_depend_on_the_order_of_claims(values, chance):
    claims = [
        part(f"k{index}", value, category, chain=(carrier, carrier))
        if category != "w"
        else claim(f"k{index}", value)
        for index, (value, category, carrier) in enumerate(values)
    ]
    wholes = [one.key for one in claims if not one.category]
    links = [
        link
        for whole in wholes[:2]
        for link in parts_of(whole, *(one.key for one in claims if one.category))
    ]
    found = reconcile(claims, links)

    chance.shuffle(claims)
    chance.shuffle(links)

    assert reconcile(claims, links) == found


@settings(max_examples=20)
@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 60))
def test_conflict_names_claims_of_which_none_can_be_spared(one, other, whole):
    sums = [Sum("w", ("a", "b"))]
    bounds = [
        Bound("says a", "a", Interval(one, one)),
        Bound("says b", "b", Interval(other, other)),
        Bound("says w", "w", Interval(whole, whole)),
        Bound("says little", "w", Interval(0, inf)),
    ]

    against = Cells(sums, bounds).conflict()

    holds = one + other == whole
    assert (against == ()) == holds
    assert Cells(sums, bounds).feasible() == holds
    spared = [
        Cells(sums, [bound for bound in bounds if bound.said_by in against and bound != left])
        for left in bounds
        if left.said_by in against
    ]
    assert [cells.feasible() for cells in spared] == [True] * len(against)
