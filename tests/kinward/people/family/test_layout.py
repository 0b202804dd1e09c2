from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.people.family import Node, lay_out
from kinward.people.family.layout import WIDTH, Ties

COLUMNS = st.integers(2, 6)


@st.composite
def families(draw):
    """People of several generations, and ties between neighbouring ones."""
    count = draw(st.integers(1, 24))
    nodes = [
        Node(
            number,
            draw(st.integers(-1, 2)),
            draw(st.integers(-1, 1)),
            draw(st.sampled_from([28.0, 64.0, 118.0])),
        )
        for number in range(count)
    ]
    ties = []
    for _ in range(draw(st.integers(0, 8))):
        generation = draw(st.integers(-1, 1))
        above = [node.id for node in nodes if node.generation == generation + 1]
        own = [node.id for node in nodes if node.generation == generation]
        parents = draw(st.lists(st.sampled_from(above), unique=True, max_size=2)) if above else []
        children = draw(st.lists(st.sampled_from(own), unique=True, max_size=5)) if own else []
        if parents or children:
            ties.append(Ties(tuple(parents), tuple(children)))
    return nodes, ties


def stretches(layout):
    """Every straight stretch of line, with its tie."""
    return [
        (route.tie, start, end)
        for route in layout.routes
        for start, end in zip(route.points, route.points[1:], strict=False)
    ]


@given(families(), COLUMNS)
def test_everyone_stands_once_and_nobody_upon_another(family, columns):
    nodes, ties = family

    placed = lay_out(nodes, ties, columns=columns)

    assert [box.id for box in placed.boxes] == [node.id for node in nodes]
    for one, other in combinations(placed.boxes, 2):
        beside = abs(one.x - other.x) >= WIDTH
        above = one.y + one.height <= other.y or other.y + other.height <= one.y
        assert beside or above


@given(families(), COLUMNS)
def test_older_generations_stand_above_younger_ones(family, columns):
    nodes, ties = family
    generation = {node.id: node.generation for node in nodes}

    placed = lay_out(nodes, ties, columns=columns)

    for one, other in combinations(placed.boxes, 2):
        if generation[one.id] > generation[other.id]:
            assert one.y + one.height <= other.y


@given(families(), COLUMNS)
def test_everything_is_inside_the_picture(family, columns):
    nodes, ties = family

    placed = lay_out(nodes, ties, columns=columns)

    assert len({box.column for box in placed.boxes}) <= columns
    for box in placed.boxes:
        assert 0 <= box.x <= placed.width - WIDTH
        assert 0 <= box.y <= placed.height - box.height
    for _, *ends in stretches(placed):
        assert all(0 <= x <= placed.width and 0 <= y <= placed.height for x, y in ends)


@given(families(), COLUMNS)
def test_no_line_crosses_a_box(family, columns):
    nodes, ties = family

    placed = lay_out(nodes, ties, columns=columns)

    for _, (x1, y1), (x2, y2) in stretches(placed):
        for box in placed.boxes:
            across = min(x1, x2) < box.x + WIDTH and max(x1, x2) > box.x
            down = min(y1, y2) < box.y + box.height and max(y1, y2) > box.y
            assert not (across and down)


@given(families(), COLUMNS)
def test_no_two_ties_run_upon_one_another(family, columns):
    nodes, ties = family

    upright = [
        (tie, start[0], sorted((start[1], end[1])))
        for tie, start, end in stretches(lay_out(nodes, ties, columns=columns))
        if start[0] == end[0] and start[1] != end[1]
    ]

    for (one, x, (top, bottom)), (other, at, (first, last)) in combinations(upright, 2):
        if one != other and x == pytest.approx(at):
            assert bottom <= first or last <= top


@given(families(), COLUMNS)
def test_a_tie_reaches_all_it_joins_and_nobody_else(family, columns):
    nodes, ties = family

    placed = lay_out(nodes, ties, columns=columns)

    box_at = {box.id: box for box in placed.boxes}
    for number, tie in enumerate(ties):
        starts = {route.points[0] for route in placed.routes if route.tie == number}
        behind = {(box_at[each].x + WIDTH, middle(box_at[each])) for each in tie.parents}
        before = {(box_at[each].x, middle(box_at[each])) for each in tie.children}
        assert behind | before <= starts
        assert len(starts) == len(tie.parents) + len(tie.children) + 1  # and the way between


def middle(box):
    return box.y + box.height / 2


def test_same_family_is_placed_the_same():
    nodes = [Node(0, 0, 0, 40.0), Node(1, 1, -1, 60.0), Node(2, 1, 1, 40.0)]
    ties = [Ties((1, 2), (0,))]

    assert lay_out(nodes, ties, columns=5) == lay_out(list(nodes), list(ties), columns=5)


def test_parents_stand_side_by_side_above_their_child():
    nodes = [Node(0, 0, 0, 40.0), Node(1, 1, -1, 60.0), Node(2, 1, 1, 40.0)]

    child, father, mother = lay_out(nodes, [Ties((1, 2), (0,))], columns=5).boxes

    assert father.y == mother.y < child.y
    assert father.x < mother.x


def test_each_side_keeps_to_its_half_where_there_is_no_room_for_all():
    nodes = [Node(each, 1, -1 if each < 4 else 1, 40.0) for each in range(8)]

    placed = lay_out(nodes, [], columns=2)

    assert [box.column for box in placed.boxes] == [0, 0, 0, 0, 1, 1, 1, 1]
    assert placed.boxes[3].y == placed.boxes[4].y  # those next to the middle, in the first row


def test_nobody_is_an_empty_picture():
    placed = lay_out([], [], columns=3)

    assert (placed.boxes, placed.routes) == ((), ())
