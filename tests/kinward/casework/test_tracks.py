"""The eight state tables, and that no sequence of steps reaches what a gate forbids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kinward.access.models import Role
from kinward.casework.models import Gate, Lack, Track, Unmet
from kinward.casework.rules import (
    Case,
    clear_to_fly,
    due_on,
    is_assessed,
    is_determined,
    is_to_determine,
    living_together,
    refused_by,
    refused_on_any,
)
from kinward.casework.tracks import (
    TABLES,
    Best,
    Civil,
    Host,
    Locate,
    Movement,
    Next,
    Placement,
    Standing,
    Taken,
    Tracing,
    lacks,
    last_to_withdraw,
    replay,
)

AT = datetime(2018, 12, 30, 9, 30, tzinfo=UTC)
TODAY = AT.date()
MADINA, HUDA = UUID(int=1), UUID(int=2)
TYPED = [table for table in TABLES.values() if table.track != Track.CONSENT]


def taken(number, to="", *, by=MADINA, on=TODAY, withdraws=None, since=None, until=None):
    return Taken(
        id=UUID(int=number),
        to=to,
        by=by,
        at=AT,
        on=on,
        withdraws=withdraws,
        holds_from=since,
        holds_until=until,
    )


def test_there_are_eight_tracks():
    assert list(TABLES) == list(Track)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_table_knows_every_word_it_uses_and_reaches_each(table):
    used = {each.to for each in table.moves} | {one for each in table.moves for one in each.after}
    leads = {each.to for each in table.moves} | {table.start}

    assert used <= set(table.words.values)
    assert leads == set(table.words.values)
    assert all(table.label(each) for each in leads)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_position_can_be_reached_from_the_start(table):
    reached, waiting = set(), [table.start]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += [each.to for each in table.moves_from(here)]

    assert reached == set(table.words.values)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_from_a_position_there_is_one_step_to_another(table):
    steps = [(each.to, one) for each in table.moves for one in each.after]

    assert len(steps) == len(set(steps))


def test_step_withdrawn_never_was():
    table = TABLES[Track.HOST_RELEASE]
    rows = [taken(1, Host.CUSTODIAN), taken(2, Host.PENDING), taken(3, withdraws=UUID(int=2))]

    standing = replay(table, rows)

    assert standing == Standing(position=Host.CUSTODIAN, since=rows[0], steps=(rows[0],))


def test_step_beside_leaves_the_position():
    table = TABLES[Track.MOVEMENT]
    rows = [taken(1, Movement.FIT, until=TODAY), taken(2, Movement.ESCORT)]

    standing = replay(table, rows)

    assert standing.position == Movement.FIT
    assert standing.since == rows[0]
    assert standing.last(Movement.ESCORT) == rows[1]


def test_track_begins_where_it_is_known_to():
    assert replay(TABLES[Track.LOCATE], []).position == Locate.REPORTED
    assert replay(TABLES[Track.LOCATE], [], start=Locate.REGISTERED).position == Locate.REGISTERED


def test_position_the_table_no_longer_knows_is_kept():
    table = TABLES[Track.LOCATE]

    standing = replay(table, [taken(1, "of_an_older_table")])

    assert standing.position == "of_an_older_table"
    assert table.label(standing.position) == "of_an_older_table"
    assert table.moves_from(standing.position) == []


YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("track", "before", "wanted", "expected"),
    [
        (Track.LOCATE, [], Next(to=Locate.ESTABLISHED, on=TODAY), (Lack.IMPOSSIBLE,)),
        (Track.TRACING, [], Next(to=Tracing.VERIFIED, on=TODAY), (Lack.IMPOSSIBLE,)),
        (Track.LOCATE, [], Next(to=Locate.SIGHTED, on=TODAY, reason=" "), (Lack.REASON,)),
        (Track.LOCATE, [], Next(to=Locate.LOCATED, on=TODAY), (Lack.EVIDENCE,)),
        (Track.LOCATE, [], Next(to=Locate.REGISTERED, on=TOMORROW), (Lack.FUTURE,)),
        (
            Track.LOCATE,
            [taken(1, Locate.LOCATED)],
            Next(to=Locate.REGISTERED, on=YESTERDAY),
            (Lack.BEFORE,),
        ),
        (Track.MOVEMENT, [], Next(to=Movement.FIT, on=TODAY), (Lack.UNTIL,)),
        (
            Track.MOVEMENT,
            [],
            Next(to=Movement.FIT, on=TODAY, holds_until=YESTERDAY),
            (Lack.ENDS_BEFORE,),
        ),
        (
            Track.HOST_RELEASE,
            [taken(1, Host.PENDING)],
            Next(to=Host.GRANTED, on=TODAY),
            (Lack.EVIDENCE, Lack.FROM),
        ),
        (
            Track.HOST_RELEASE,
            [taken(1, Host.GRANTED)],
            Next(to=Host.NOT_CLEARED, on=TODAY, evidence="the ministry", reason="they say why"),
            (Lack.NO_WORDS,),
        ),
        (
            Track.BEST_INTERESTS,
            [taken(1, Best.REPORT)],
            Next(to=Best.APPROVED, on=TODAY, evidence="minutes"),
            (Lack.ANOTHER,),
        ),
        (
            Track.BEST_INTERESTS,
            [taken(1, Best.REPORT, by=HUDA)],
            Next(to=Best.APPROVED, on=TODAY, evidence="minutes"),
            (),
        ),
    ],
)
def test_step_lacks_exactly_what_is_missing(track, before, wanted, expected):
    table = TABLES[track]

    pushed = track == Track.BEST_INTERESTS

    found = lacks(table, replay(table, before), wanted, by=MADINA, today=TODAY, pushed=pushed)

    assert set(found) == set(expected)


def typed(table, before, move):
    """What a step lacks that somebody types by hand."""
    said = {"reason": "so it is", "evidence": "minutes"}
    wanted = Next(to=move.to, on=TODAY, holds_from=TODAY, holds_until=TODAY, **said)
    standing = replay(table, [taken(1, before, by=HUDA)])
    return lacks(table, standing, wanted, by=MADINA, today=TODAY)


def test_nobody_types_what_is_recorded_in_another_room():
    refused = [
        (move.to, before, typed(table, before, move))
        for table in TABLES.values()
        for move in table.moves
        for before in move.after
        if move.pushed
    ]

    assert len(refused) > 100
    assert [each for each in refused if each[2] != (Lack.IMPOSSIBLE,)] == []


def test_what_is_remembered_by_another_room_is_not_in_the_way_of_withdrawing():
    table = TABLES[Track.CIVIL_STATUS]
    rows = [taken(1, Civil.EVIDENCE), taken(2, Civil.FORMALITY, until=TODAY)]

    assert last_to_withdraw(table, replay(table, rows)).to == Civil.EVIDENCE
    assert last_to_withdraw(table, replay(table, rows[1:])) is None


def test_formality_is_due_until_none_is_left():
    needed = taken(2, Civil.FORMALITY, until=TOMORROW)
    case = complete(but={"civil_status": [taken(1, Civil.EVIDENCE), needed]})
    done = complete(but={"civil_status": [needed, taken(3, Civil.FORMALITIES_DONE)]})

    due = [each for each in due_on(case, TODAY, TODAY) if each.to == Civil.FORMALITY]

    assert [(each.on, each.by) for each in due] == [(TOMORROW, "legal_officer")]
    assert Civil.FORMALITY not in {each.to for each in due_on(done, TODAY, TODAY)}


def test_a_panel_decides_where_panels_decide():
    decided = {
        Best.DONE,
        Best.REQUIRED,
        Best.NOT_REQUIRED,
        Best.REPORT,
        Best.APPROVED,
        Best.DEFERRED,
    }

    moves = [move for move in TABLES[Track.BEST_INTERESTS].moves if move.to in decided]

    assert {move.to for move in moves} == decided
    assert all(move.pushed for move in moves)


def complete(**changed):
    """A case that nothing keeps from flying; name a track to let it stand otherwise."""
    steps = {
        Track.LOCATE: [taken(1, Locate.CORROBORATED)],
        Track.CIVIL_STATUS: [taken(2, Civil.ISSUED, until=TODAY), taken(3, Civil.CHECKED)],
        Track.HOST_RELEASE: [taken(4, Host.GRANTED, since=TODAY), taken(5, Host.CLEARED)],
        Track.BEST_INTERESTS: [taken(6, Best.DONE)],
        Track.MOVEMENT: [taken(7, Movement.ESCORT), taken(8, Movement.FIT, until=TODAY)],
        Track.PLACEMENT: [taken(9, Placement.INTERIM_CARE)],
    } | {Track(track): rows for track, rows in changed.pop("but", {}).items()}
    return Case(
        tracks={track: replay(TABLES[track], rows) for track, rows in steps.items()}, **changed
    )


def test_case_that_lacks_nothing_is_clear_to_fly():
    assert clear_to_fly(complete(), TODAY) == ()
    assert refused_by((Gate.G4, Gate.G4), complete(), TODAY) == ()


def test_empty_case_is_told_every_reason_once():
    reasons = refused_by((Gate.G3, Gate.G4, Gate.G5), Case(tracks={}), TODAY)

    assert [str(reason) for reason in reasons] == [
        "no_assessment",
        "no_determination",
        "not_known",
        "no_leave",
        "no_document",
        "name_unchecked",
        "no_escort",
        "not_fit",
        "nobody_receives",
    ]


@pytest.mark.parametrize(
    ("track", "rows", "expected"),
    [
        ("locate", [taken(1, Locate.HYPOTHESIS)], ["not_known"]),
        ("locate", [taken(1, Locate.CORROBORATED), taken(2, Locate.DISPROVED)], ["not_known"]),
        ("host_release", [taken(1, Host.GRANTED, since=TOMORROW)], ["no_leave"]),
        ("host_release", [taken(1, Host.GRANTED), taken(2, Host.REFUSED)], ["no_leave"]),
        (
            "civil_status",
            [taken(1, Civil.ISSUED, until=YESTERDAY, on=YESTERDAY), taken(2, Civil.CHECKED)],
            ["no_document"],
        ),
        ("civil_status", [taken(1, Civil.ISSUED, until=TODAY)], ["name_unchecked"]),
        (
            "civil_status",
            [taken(1, Civil.ISSUED, until=TODAY), taken(2, Civil.ERROR)],
            ["no_document", "name_unchecked"],
        ),
        ("movement", [taken(1, Movement.FIT, until=TODAY)], ["no_escort"]),
        (
            "movement",
            [taken(1, Movement.ESCORT), taken(2, Movement.FIT, until=YESTERDAY, on=YESTERDAY)],
            ["not_fit"],
        ),
        ("movement", [taken(1, Movement.ESCORT), taken(2, Movement.UNFIT)], ["not_fit"]),
        (
            "movement",
            [
                taken(1, Movement.ESCORT),
                taken(2, Movement.FIT, until=TODAY),
                taken(3, Movement.NOT_FLOWN),
            ],
            ["no_escort"],
        ),
        ("best_interests", [], ["no_assessment"]),
        ("best_interests", [taken(1, Best.DONE), taken(2, Best.REVIEW)], ["no_assessment"]),
        ("placement", [taken(1, Placement.CANDIDATE)], ["nobody_receives"]),
    ],
)
def test_one_track_that_lags_behind_is_the_reason(track, rows, expected):
    reasons = clear_to_fly(complete(but={track: rows}), TODAY)

    assert [str(reason) for reason in reasons] == expected


def test_sibling_that_would_stay_behind_keeps_a_child_on_the_ground():
    waiting = complete(but={"movement": []})

    both = complete(siblings=(waiting,))
    ready = complete(siblings=(complete(),))
    gone = complete(siblings=(complete(but={"locate": [taken(1, Locate.DECEASED)]}),))
    flown = complete(siblings=(complete(but={"movement": [taken(1, Movement.BOARDED)]}),))
    decided = complete(
        siblings=(waiting,), but={"best_interests": [taken(1, Best.DONE), taken(2, Best.APART)]}
    )

    assert [str(reason) for reason in clear_to_fly(both, TODAY)] == ["sibling_waits"]
    assert [clear_to_fly(one, TODAY) for one in (ready, gone, flown, decided)] == [()] * 4


def test_siblings_are_placed_together_or_apart_by_decision():
    sibling = complete()
    together = [taken(1, Placement.ASSESSED), taken(2, Placement.TOGETHER)]
    apart = [taken(1, Best.DONE), taken(2, Best.APART)]

    assert living_together(complete()) == ()
    assert [str(one) for one in living_together(complete(siblings=(sibling,)))] == ["sibling_apart"]
    assert living_together(complete(siblings=(sibling,), but={"placement": together})) == ()
    assert living_together(complete(siblings=(sibling,), but={"best_interests": apart})) == ()


@pytest.mark.parametrize(
    ("steps", "assessed", "due", "determined"),
    [
        ([], False, True, False),
        ([Best.DONE], True, True, False),
        ([Best.DONE, Best.NOT_REQUIRED], True, False, False),
        ([Best.DONE, Best.REQUIRED, Best.REPORT], True, True, False),
        ([Best.DONE, Best.REQUIRED, Best.REPORT, Best.APPROVED], True, True, True),
        ([Best.DONE, Best.REPORT, Best.APPROVED, Best.REOPENED], True, True, False),
        ([Best.DONE, Best.REPORT, Best.APPROVED, Best.IMPLEMENTED, Best.REVIEW], False, True, True),
    ],
)
def test_best_interests_are_read_from_their_steps(steps, assessed, due, determined):
    rows = [taken(number, to) for number, to in enumerate(steps, start=1)]
    case = complete(but={"best_interests": rows})

    assert is_assessed(case) == assessed
    assert is_to_determine(case) == due
    assert is_determined(case) == determined


def test_against_a_mothers_will_a_panel_decides_whatever_a_worker_says():
    rows = [taken(1, Best.DONE), taken(2, Best.NOT_REQUIRED)]

    willing = complete(but={"best_interests": rows})
    against = complete(but={"best_interests": rows}, against=True)
    approved = complete(
        but={"best_interests": [*rows, taken(3, Best.REQUIRED), taken(4, Best.APPROVED)]},
        against=True,
    )

    assert refused_by((Gate.G3,), willing, TODAY) == ()
    assert refused_by((Gate.G3,), against, TODAY) == (Unmet.NO_DETERMINATION,)
    assert refused_by((Gate.G3,), approved, TODAY) == ()


def test_step_is_taken_by_its_role_and_by_a_case_worker_but_a_medic_and_a_panel_speak_alone():
    for table in TABLES.values():
        for step in table.moves:
            takes = {role for role in Role if table.is_taken_by(role, step.to)}
            whose = step.by or table.by

            alone = whose in {Role.MEDIC, Role.PANEL_MEMBER}
            assert takes == {whose} | (set() if alone else {Role.CASE_WORKER}), step


def test_gate_is_asked_about_each_day_by_what_had_happened_until_then():
    """What came only today helps nobody to have gone yesterday, and the other way round."""
    yesterday = TODAY - timedelta(days=1)
    run_out = complete(
        but={Track.HOST_RELEASE: [taken(4, Host.GRANTED, on=yesterday, until=yesterday)]}
    )

    reasons = refused_on_any((Gate.G4,), complete(), {yesterday, TODAY})

    assert refused_on_any((Gate.G4,), complete(), {TODAY}) == ()
    assert {Unmet.NO_ASSESSMENT, Unmet.NO_LEAVE, Unmet.NO_DOCUMENT} <= set(reasons)
    assert refused_on_any((Gate.G4,), run_out, {TODAY}) == (Unmet.NO_LEAVE,)
