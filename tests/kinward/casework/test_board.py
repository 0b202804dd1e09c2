"""The board: where children wait, how they moved, and who sees whom."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse

from kinward.access.models import Role
from kinward.casework import queries
from kinward.casework.models import Phase, Track
from kinward.casework.tracks import Locate
from kinward.people.actions import add_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(child, take):
    """A child whose identity is corroborated."""
    take(Track.LOCATE, Locate.CORROBORATED, evidence="a letter of the mother")
    return child


@pytest.fixture
def far(make_child):
    """A child of another office."""
    return make_child("زيد", region="SY-HA")


def test_board_counts_children_by_phase_and_place_and_how_long_they_wait(known, far, nadia, at):
    board = queries.board_of(user=nadia, today=at.date() + timedelta(days=5))
    waits = {phase: waits for phase, waits in board.phases() if waits}

    assert {phase: (one.count, one.median, one.longest) for phase, one in waits.items()} == {
        Phase.REGISTERED: (1, 5, 5),
        Phase.IDENTIFIED: (1, 5, 5),
    }
    assert board.pipeline() == {
        "IQ-BG": Counter({Phase.IDENTIFIED: 1}),
        "SY-HA": Counter({Phase.REGISTERED: 1}),
    }
    locate = dict(board.steps())[Track.LOCATE]
    assert sorted((one.count, one.longest) for one in locate) == [(1, 5), (1, 5)]


def test_board_tells_how_children_moved_in_a_period(known, far, nadia, at):
    today = at.date()
    board = queries.board_of(user=nadia, today=today + timedelta(days=5))

    moved = board.moved(today - timedelta(days=1), today)

    assert moved == Counter({(None, Phase.REGISTERED): 1, (None, Phase.IDENTIFIED): 1})
    assert board.moved(today - timedelta(days=9), today - timedelta(days=8)) == Counter()


def test_board_is_broken_down_by_where_a_child_was_last_kept(make_child, say, nadia, at):
    stay = say("stay", role="held", code="IQ-NI", text="Mosul")
    make_child(statements=[say("name", text="زيد"), stay], region="IQ-BG")

    board = queries.board_of(user=nadia, today=at.date(), by="host")

    assert list(board.pipeline()) == ["IQ-NI"]


def test_board_crosses_office_place_and_phase_with_their_waits(
    make_child, say, known, far, nadia, at
):
    stay = say("stay", role="held", code="IQ-NI", text="Mosul")
    for name in ("زيد", "تيمور"):
        make_child(statements=[say("name", text=name), stay], region="SY-HA")

    crossed = queries.board_of(user=nadia, today=at.date() + timedelta(days=5)).crossed()

    assert {
        (*where, phase): (waits.count, waits.median, waits.longest)
        for where, there in crossed.items()
        for phase, waits in there.items()
    } == {
        ("IQ-BG", "", Phase.IDENTIFIED): (1, 5, 5),
        ("SY-HA", "", Phase.REGISTERED): (1, 5, 5),
        ("SY-HA", "IQ-NI", Phase.REGISTERED): (2, 5, 5),
    }


def test_board_of_an_earlier_day_counts_a_child_where_it_was_said_to_be_kept_by_then(
    make_child, say, salma, nadia, at
):
    first = say("stay", role="held", code="IQ-NI", text="Mosul")
    child = make_child(statements=[say("name", text="زيد"), first], region="IQ-BG")
    moved = at + timedelta(days=3)
    add_statement(
        person=child,
        statement=say("stay", role="held", code="IQ-BG", text="Baghdad"),
        by=salma,
        at=moved,
    )

    def hosts(days):
        board = queries.board_of(user=nadia, today=at.date() + timedelta(days=days), by="host")
        return list(board.pipeline()), list(board.crossed())

    assert hosts(2) == (["IQ-NI"], [("IQ-BG", "IQ-NI")])
    assert hosts(3) == (["IQ-BG"], [("IQ-BG", "IQ-BG")])


def test_case_worker_counts_the_children_of_its_office_only(known, far, salma, at):
    board = queries.board_of(user=salma, today=at.date())

    assert [one.child for one in board.children] == [known]


def test_page_draws_the_board_and_says_the_same_in_tables(client, known, far, nadia):
    client.force_login(nadia)

    page = client.get(reverse("casework:board")).content.decode()
    long_ago = {"by": "host", "start": "1999-01-01", "end": "2000-01-01"}
    other = client.get(reverse("casework:board"), long_ago)

    assert page.count("<svg") == 2
    assert page.count("<table") == 4 + len(Track)
    assert "identity known, family being looked for" in page
    assert "No child was on record in this period." in other.content.decode()
    assert known.reference not in page


def test_counts_lead_to_the_children_one_may_know_of(client, known, far, nadia, salma):
    address = reverse("casework:board_children")
    client.force_login(nadia)
    registered = client.get(address, {"phase": "registered"}).content.decode()
    client.force_login(salma)
    hers = client.get(address, {"phase": "registered"}).content.decode()
    known_ones = client.get(address, {"phase": "identified"}).content.decode()

    assert far.reference in registered
    assert far.reference not in hers
    assert known.reference in known_ones


def test_number_of_an_office_leads_to_its_children_and_no_other_place_leads_on(
    client, known, far, take, nadia
):
    take(Track.LOCATE, Locate.CORROBORATED, of=far, by=nadia, pushed=True, evidence="a letter")
    client.force_login(nadia)
    board, listed = reverse("casework:board"), reverse("casework:board_children")

    rows = client.get(board).context["pipeline"]
    led = [
        (len(client.get(f"{listed}?{narrow}").context["page"].object_list), n)
        for _place, counts, _all in rows
        for narrow, n in counts
        if n
    ]
    elsewhere = client.get(f"{board}?by=host").context["pipeline"]

    assert led == [(1, 1), (1, 1)]
    assert [narrow for _place, counts, _all in elsewhere for narrow, _n in counts] == [""]


def test_board_is_for_who_plans_and_who_works_on_cases(client, make_user):
    client.force_login(make_user("huda", role=Role.REGISTRAR, region="IQ-BG"))

    assert client.get(reverse("casework:board")).status_code == 403


@pytest.mark.parametrize("many", [1, 4])
def test_board_costs_the_same_number_of_queries_however_many_children(
    client, make_child, nadia, django_assert_max_num_queries, many
):
    for number in range(many):
        make_child(f"child {number}", region="IQ-BG")

    with django_assert_max_num_queries(18):  # of a first look: five of them ask what has grown
        queries.board_of(user=nadia, today=queries.board.timezone.localdate(), by="host")


def test_board_reads_a_case_anew_only_once_its_ledger_has_grown(
    known, far, take, nadia, at, django_assert_max_num_queries
):
    today = at.date()
    queries.children_on_board(user=nadia, today=today)

    with django_assert_max_num_queries(10) as warm:
        again = queries.children_on_board(user=nadia, today=today)
    take(Track.LOCATE, Locate.ELSEWHERE, reason="seen in another town")
    later = queries.children_on_board(user=nadia, today=today)

    assert not [
        one
        for one in warm.captured_queries
        if 'FROM "casework_step"' in one["sql"] and "GROUP BY" not in one["sql"]
    ]
    assert {one.child: one.phase for one in again}[known] == Phase.IDENTIFIED
    assert {one.child: one.phase for one in later}[known] == Phase.REPORTED


def test_board_of_another_day_is_that_of_the_day(known, nadia, at):
    today = at.date()
    queries.children_on_board(user=nadia, today=today)

    (later,) = queries.children_on_board(user=nadia, today=today + timedelta(days=9))

    assert later.days == 9
