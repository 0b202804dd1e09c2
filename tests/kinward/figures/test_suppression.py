"""Nobody works out a small number: by sums, earlier releases, others' claims, or being one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kinward.figures.rules import (
    CannotProtect,
    Child,
    Earlier,
    Heard,
    Interval,
    Problem,
    attack,
    audited,
    protect,
    standing,
    tables,
    unsafe,
)
from kinward.figures.rules.releasing import guarded_now
from kinward.figures.rules.suppression import few
from kinward.figures.rules.tables import Tree, cells_of_table, count, place, read_place, sums_of

# How many of the 100 made-up people of sdcTable's `microdata1` are in each cell: only their number.
MICRODATA1 = {
    ("A", "female"): 2,
    ("A", "male"): 18,
    ("B", "female"): 19,
    ("B", "male"): 14,
    ("C", "female"): 10,
    ("C", "male"): 12,
    ("D", "female"): 14,
    ("D", "male"): 11,
}

DAY, BEFORE = date(2019, 5, 31), date(2019, 4, 30)
SETTINGS = settings(max_examples=12, deadline=None)


def people(cells):
    """Return as many people as there are in each cell: {("A", "female"): 2}."""
    return [{"origin": origin, "sex": sex} for (origin, sex), n in cells.items() for _ in range(n)]


def problem_of(cells, threshold=5, by=("origin", "sex")):
    listed = people(cells)
    trees = [Tree.of(each, {one[each] for one in listed}, {"origin"}) for each in by]
    values = count("n", trees, listed)
    return Problem(
        values=values,
        sums=tuple(sorted(sums_of("n", trees))),
        shown=frozenset(values),
        guarded=guarded_now(values, values, threshold),
        kept=frozenset({"n"}),
    )


def counted(cells, since=BEFORE, later=()):
    """Return the tables of children who landed: on one day, and some `later`."""
    listed = [
        Child(since={"found": on, "landed": on}, of=one)
        for on, some in ((since, people(cells)), (DAY, people(dict(later))))
        for one in some
    ]
    return lambda until: tables(
        listed, ["landed"], [("origin", "sex")], until=until, places={"origin"}, within={}
    )


def attacked(problem, hidden, cell):
    """Work out a cell with a linear programme of its own: all that is seen, all that adds up."""
    names = sorted(problem.values)
    unseen = set(hidden)
    bounds = [(1, None) if name in unseen else (problem.values[name],) * 2 for name in names]
    rows = np.zeros((len(problem.sums), len(names)))
    for row, one in zip(rows, problem.sums, strict=True):
        row[names.index(one.whole)] += 1
        for part in one.parts:
            row[names.index(part)] -= 1
    cost = np.zeros(len(names))
    cost[names.index(cell)] = 1
    ends = []
    for sign in (1, -1):
        answer = linprog(sign * cost, A_eq=rows, b_eq=np.zeros(len(rows)), bounds=bounds)
        ends.append(sign * answer.fun if answer.status == 0 else np.inf)
    return ends


def test_published_example_hides_three_more_and_shows_eleven():
    problem = problem_of(MICRODATA1)

    hidden = protect(problem)

    assert problem.small == {"n origin=A sex=female"}
    assert len(hidden - problem.small) == 3
    assert len(problem.shown - hidden) == 11
    assert unsafe(problem, hidden) == []


def test_published_example_cannot_be_protected_by_hiding_fewer():
    problem = problem_of(MICRODATA1)
    others = sorted(problem.shown - problem.small)

    fewer = [problem.small | set(some) for n in range(3) for some in combinations(others, n)]

    assert [hidden for hidden in fewer if not unsafe(problem, hidden)] == []


def test_small_cell_alone_is_worked_out_by_subtracting():
    problem = problem_of(MICRODATA1)

    (told,) = attack(problem, problem.small)

    assert told.possible == Interval(2, 2)
    assert not told.is_safe


CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["RU-DA", "RU-CE", "KZ-1", "TJ"]), st.sampled_from(["f", "m"])),
    st.integers(0, 12),
    min_size=4,
)


@SETTINGS
@given(cells=CELLS)
def test_nobody_recovers_a_hidden_small_number_by_linear_programming(cells):
    problem = problem_of(cells)

    hidden = protect(problem)

    for cell in problem.small:
        low, high = attacked(problem, hidden, cell)
        assert high - low >= problem.guarded[cell], (cell, low, high)
    assert all(problem.values[cell] > 0 for cell in hidden)


@SETTINGS
@given(cells=CELLS)
def test_what_is_safe_but_not_the_fewest_is_safe_too(cells):
    problem = problem_of(cells)

    assert unsafe(problem, few(problem)) == []
    assert len(protect(problem)) <= len(few(problem)) or not problem.small


def test_who_is_alone_in_a_cell_does_not_work_out_another():
    problem = problem_of(
        {("A", "f"): 1, ("A", "m"): 9, ("B", "f"): 2, ("B", "m"): 8, ("C", "f"): 9, ("C", "m"): 9}
    )

    hidden = protect(problem)

    from_one = [told for told in attack(problem, hidden) if told.knowing]
    assert {told.knowing for told in from_one} == {"n origin=A sex=f"}
    assert all(told.possible.high > told.possible.low for told in from_one)


def test_two_regions_of_a_country_add_up_to_it():
    tree = Tree.of("origin", ["RU-DA", "RU-CE", "KZ-1", "unknown"], {"origin"})

    assert tree.parts[""] == ("KZ-1", "RU", "unknown")
    assert tree.parts["RU"] == ("RU-CE", "RU-DA")
    assert tree.path("RU-DA") == ["RU-DA", "RU", ""]


def test_country_said_alone_has_a_cell_beside_its_regions():
    tree = Tree.of("origin", ["RU", "RU-DA"], {"origin"})

    assert tree.parts["RU"] == ("RU-DA", "RU-unknown")
    assert tree.path("RU") == ["RU-unknown", "RU", ""]


def test_cell_is_read_from_its_name():
    cell = place("landed", {"sex": "female", "origin": "RU-DA", "age": ""})

    assert cell.name == "landed origin=RU-DA sex=female"
    assert read_place(cell.name) == cell


def test_table_has_its_margins():
    trees = [Tree.of("sex", ["f", "m"], ()), Tree.of("age", ["0–4"], ())]

    assert len(cells_of_table("n", trees)) == 6


# Against what is public already

SPREAD = {("A", "f"): 7, ("A", "m"): 8, ("B", "f"): 6, ("B", "m"): 9, ("C", "f"): 8, ("C", "m"): 7}


def earlier_of(one, hidden=frozenset(), threshold=5, *, same_day=False):
    return Earlier(key="R1", counted=one, hidden=hidden, threshold=threshold, same_day=same_day)


def test_child_added_since_an_earlier_release_cannot_be_told():
    both = counted(SPREAD, later={("A", "f"): 1})
    before, now = both(BEFORE), both(DAY)
    alone = audited(now, threshold=5, earlier=[], heard=[])

    against = audited(now, threshold=5, earlier=[earlier_of(before)], heard=[])

    assert alone.hidden == frozenset()  # no number of it is small
    difference = "R1 to now landed origin=A sex=f"
    assert against.problem.values[difference] == 1
    told = {each.cell: each.possible for each in against.told if not each.knowing}
    assert told[difference].high > told[difference].low
    assert "landed origin=A sex=f" in against.hidden


def test_same_tables_of_the_same_day_hide_the_same():
    now = counted(SPREAD | {("A", "f"): 2})(DAY)
    first = audited(now, threshold=5, earlier=[], heard=[])

    again = audited(
        now, threshold=5, earlier=[earlier_of(now, first.hidden, same_day=True)], heard=[]
    )

    assert again.hidden == first.hidden


def heard(cell, number, *, ours, whole=True):
    return Heard(key="claim", cell=cell, possible=Interval(number, number), ours=ours, whole=whole)


def test_claim_of_others_makes_more_be_hidden():
    now = counted(SPREAD | {("A", "f"): 2})(DAY)
    alone = audited(now, threshold=5, earlier=[], heard=[])
    partner = min(alone.hidden - alone.problem.small - {"landed origin=A sex=m"})

    said = heard(partner, now.values[partner], ours=now.values[partner])
    against = audited(now, threshold=5, earlier=[], heard=[said])

    assert not against.hidden <= alone.hidden
    assert unsafe(against.problem, alone.hidden) != []
    assert unsafe(against.problem, against.hidden) == []


def test_small_number_that_others_said_is_not_confirmed():
    cell = "landed origin=A sex=f"
    now = counted(SPREAD | {("A", "f"): 3})(DAY)

    against = audited(now, threshold=5, earlier=[], heard=[heard(cell, 3, ours=3)])

    assert cell in against.hidden


def test_claim_that_is_not_true_teaches_nobody():
    cell = "landed origin=A sex=f"
    now = counted(SPREAD | {("A", "f"): 3})(DAY)
    alone = audited(now, threshold=5, earlier=[], heard=[])

    against = audited(now, threshold=5, earlier=[], heard=[heard(cell, 9, ours=3)])

    assert against.hidden == alone.hidden


def test_claim_of_a_flight_bounds_what_it_is_a_part_of():
    cell = "landed origin=A sex=m"
    now = counted(SPREAD | {("A", "f"): 3})(DAY)

    against = audited(now, threshold=5, earlier=[], heard=[heard(cell, 8, ours=8, whole=False)])

    assert against.problem.values[f"all but claim of {cell}"] == 0
    assert unsafe(against.problem, against.hidden) == []


def test_one_child_in_all_cannot_be_protected_where_others_say_so():
    now = counted({("A", "f"): 7, ("A", "m"): 2})(DAY)
    problem = audited(now, threshold=5, earlier=[], heard=[]).problem

    with pytest.raises(CannotProtect):
        protect(
            Problem(
                values=problem.values,
                sums=problem.sums,
                shown=problem.shown,
                guarded={"landed sex=m": 4},
                known={"landed": Interval(9, 9), "landed sex=f": Interval(7, 7)},
            )
        )


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([], "audited"),
        (["agreed"], "agreed"),
        (["agreed", "published"], "published"),
        (["returned"], "returned"),
        (["agreed", "published", "superseded"], "superseded"),
        (["agreed", "published", "superseded", "withdrawn"], "withdrawn"),
    ],
)
def test_release_stands_where_its_steps_lead(steps, state):
    assert standing(steps) == state


# Months, and what others say of a whole and of its part

MONTHS = ("2019-03", "2019-04", "2019-05")


def by_month(cells, until, *, months=True):
    """The tables of who landed in a month: {"2019-05": 3}."""
    children = [
        Child(since={"landed": date.fromisoformat(f"{month}-15")})
        for month, number in cells.items()
        for _ in range(number)
    ]
    broken = [("month",)] if months else []
    return tables(children, ["landed"], broken, until=until, places=set(), within={})


def months_told(now, hidden, total_before, cell):
    """Bounds of a month to whoever has the total of April and the months of May (real numbers)."""
    names = [f"landed month={month}" for month in MONTHS]
    sums = [[1, 1, 0], [1, 1, 1]] if "landed" not in hidden else [[1, 1, 0]]
    wholes = [total_before, now.values["landed"]][: len(sums)]
    bounds = [(1, None) if each in hidden else (now.values[each],) * 2 for each in names]
    want = np.array([1.0 if each == cell else 0.0 for each in names])
    ends = [linprog(sign * want, A_eq=sums, b_eq=wholes, bounds=bounds) for sign in (1, -1)]
    return ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf


@SETTINGS
@given(march=st.integers(5, 30), april=st.integers(5, 30), may=st.integers(1, 4))
def test_total_of_another_day_does_not_tell_a_month(march, april, may):
    cells = dict(zip(MONTHS, (march, april, may), strict=True))
    before, now = by_month(cells, BEFORE, months=False), by_month(cells, DAY)
    public = earlier_of(before)
    public = replace(public, as_of=BEFORE)
    cell = f"landed month={MONTHS[2]}"
    low, high = months_told(now, {cell}, march + april, cell)
    assert low == high  # it would be told

    hidden = audited(now, threshold=5, earlier=[public], heard=[], as_of=DAY).hidden

    low, high = months_told(now, hidden, march + april, cell)
    assert high - low >= 4


def test_month_that_was_over_does_not_grow():
    cells = {MONTHS[0]: 3, MONTHS[1]: 12, MONTHS[2]: 9}
    before, now = by_month(cells, BEFORE), by_month(cells, DAY)
    hidden = audited(before, threshold=5, earlier=[], heard=[], as_of=BEFORE).hidden
    public = replace(earlier_of(before, hidden), as_of=BEFORE)
    cell = f"landed month={MONTHS[0]}"

    against = audited(now, threshold=5, earlier=[public], heard=[], as_of=DAY)

    assert against.problem.known[f"R1 to now {cell}"] == Interval(0, 0)
    assert cell in against.hidden
    assert unsafe(against.problem, against.hidden) == []


def test_claim_of_a_small_number_is_not_confirmed_by_what_is_beside_it():
    cell = "landed origin=A sex=f"
    now = counted(SPREAD | {("A", "f"): 3})(DAY)
    alone = audited(now, threshold=5, earlier=[], heard=[])

    against = audited(now, threshold=5, earlier=[], heard=[heard(cell, 3, ours=3)])

    assert alone.hidden <= against.hidden
    assert unsafe(alone.problem, against.hidden) == []
