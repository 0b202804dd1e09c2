"""Matters before courts, what they order by when, and what being late costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from kinward.access.models import Role
from kinward.casework.actions import UnfitStep, take_step
from kinward.casework.models import Track, Unmet
from kinward.casework.queries import case_of
from kinward.casework.rules import due_on, may_travel
from kinward.casework.tracks import Civil, Host, Next
from kinward.core.errors import NotAllowed
from kinward.core.guarding import WordsRefused
from kinward.legal import actions
from kinward.legal.models import CourtStep, Duty, DutyDone, Proceeding, Ruled
from kinward.legal.queries import matters_of
from kinward.legal.rules import Penalty, by_month, days_late, owed

# A court of first instance in Brussels, 11 December 2019: six weeks, then €5,000 a child a day.
DUE = date(2020, 1, 22)
BRUSSELS = Penalty(per_day=Decimal(5000), due_on=DUE)


@pytest.mark.parametrize(
    ("today", "done_on", "days"),
    [
        (DUE, None, 0),
        (date(2020, 1, 23), None, 1),
        (date(2020, 3, 1), None, 39),
        (date(2020, 3, 1), date(2020, 1, 23), 0),
        (date(2020, 3, 1), date(2020, 1, 25), 2),
        (date(2020, 1, 24), date(2020, 1, 25), 2),
        (date(2020, 1, 1), date(2019, 12, 24), 0),
    ],
)
def test_days_after_the_last_are_late_until_it_is_done(today, done_on, days):
    assert days_late(Penalty(per_day=Decimal(1), due_on=DUE, done_on=done_on), today) == days


def test_days_late_cost_month_by_month():
    rows = by_month(BRUSSELS, date(2020, 3, 1))

    assert [(row.first.month, row.days, row.amount, row.total) for row in rows] == [
        (1, 9, 45_000, 45_000),
        (2, 29, 145_000, 190_000),
        (3, 1, 5_000, 195_000),
    ]


def test_nothing_costs_more_than_the_most_it_may():
    capped = Penalty(per_day=Decimal(5000), due_on=DUE, at_most=Decimal(50_000))

    assert [row.amount for row in by_month(capped, date(2020, 3, 1))] == [45_000, 5_000, 0]
    assert owed(capped, 39) == 50_000


@settings(max_examples=60)
@given(
    late=st.integers(min_value=0, max_value=900),
    done=st.none() | st.integers(min_value=0, max_value=900),
    at_most=st.none() | st.integers(min_value=1, max_value=10**6),
)
def test_months_add_up_to_what_is_owed(late, done, at_most):
    penalty = Penalty(
        per_day=Decimal("12.50"),
        due_on=DUE,
        done_on=None if done is None else DUE + timedelta(days=done),
        at_most=None if at_most is None else Decimal(at_most),
    )
    today = DUE + timedelta(days=late)

    rows, days = by_month(penalty, today), days_late(penalty, today)

    assert sum(row.days for row in rows) == days
    assert sum(row.amount for row in rows) == owed(penalty, days)
    assert all(later.total >= row.total for row, later in pairwise(rows))
    assert days <= late


@pytest.mark.django_db
def test_papers_follow_the_court_at_home(take, open_proceeding, rule, stands, at):
    take(Civil.EVIDENCE)
    matter = open_proceeding()
    assert stands().position == Civil.FILED

    rule(matter, Ruled.GRANTED, in_force_from=at.date() + timedelta(days=10))

    granted = stands().last(Civil.GRANTED)
    assert granted.holds_from == at.date() + timedelta(days=10)
    rule(matter, Ruled.APPEALED)
    rule(matter, Ruled.REFUSED)
    assert stands().position == Civil.REFUSED


@pytest.mark.django_db
def test_leave_to_go_follows_the_court_there(take, open_proceeding, rule, stands, at):
    take(Host.CUSTODIAN, track=Track.HOST_RELEASE)
    matter = open_proceeding(seat="host", matter="release")
    assert stands(Track.HOST_RELEASE).position == Host.PENDING

    rule(matter, Ruled.GRANTED, in_force_from=at.date())

    assert stands(Track.HOST_RELEASE).position == Host.GRANTED


@pytest.fixture
def leave(take, open_proceeding, rule, at):
    """A leave to go that is in force, cleared, and a day is set for handing over."""
    take(Host.CUSTODIAN, track=Track.HOST_RELEASE)
    matter = open_proceeding(seat="host", matter="release")
    rule(matter, Ruled.GRANTED, in_force_from=at.date())
    return matter


@pytest.fixture
def set_a_day(child, salma, at):
    """Let the child be cleared and a day be set for handing over, so many days later."""

    def done(days=0):
        for to in (Host.CLEARED, Host.SCHEDULED):
            when = at + timedelta(days=days)
            wanted = Next(to=to, on=when.date(), evidence="letter 7", holds_from=when.date())
            take_step(child=child, track=Track.HOST_RELEASE, wanted=wanted, by=salma, at=when)

    return done


@pytest.mark.django_db
def test_leave_that_is_appealed_against_lets_nobody_go_though_a_day_is_set(
    child, leave, set_a_day, rule, stands, at
):
    set_a_day()
    assert Unmet.NO_LEAVE not in may_travel(case_of(child), at.date())

    rule(leave, Ruled.APPEALED)
    assert Unmet.NO_LEAVE in may_travel(case_of(child), at.date())
    rule(leave, Ruled.REFUSED)
    assert stands(Track.HOST_RELEASE).position == Host.REFUSED


@pytest.mark.django_db
def test_refusal_that_becomes_known_late_ends_the_leave(child, leave, set_a_day, rule, at):
    set_a_day(days=5)
    rule(leave, Ruled.APPEALED, days=2, when=at + timedelta(days=6))
    rule(leave, Ruled.REFUSED, days=3, when=at + timedelta(days=6))

    assert Unmet.NO_LEAVE in may_travel(case_of(child), at.date() + timedelta(days=5))


@pytest.mark.django_db
def test_leave_that_runs_out_is_granted_anew(
    child, take, open_proceeding, rule, set_a_day, stands, at
):
    day = at.date()
    take(Host.CUSTODIAN, track=Track.HOST_RELEASE)
    first = open_proceeding(seat="host", matter="release")
    end = day + timedelta(days=9)
    rule(first, Ruled.GRANTED, in_force_from=day, in_force_until=end)
    set_a_day()

    second = open_proceeding(seat="host", matter="release")
    assert stands(Track.HOST_RELEASE).position == Host.SCHEDULED  # the first still holds
    rule(second, Ruled.GRANTED, in_force_from=end, in_force_until=end + timedelta(days=9))

    assert stands(Track.HOST_RELEASE).position == Host.GRANTED  # cleared anew
    assert Unmet.NO_LEAVE not in may_travel(case_of(child), end + timedelta(days=5))


@pytest.mark.django_db
def test_leave_that_has_run_out_is_asked_for_anew(
    child, take, open_proceeding, rule, stands, happened, at
):
    day = at.date()
    take(Host.CUSTODIAN, track=Track.HOST_RELEASE)
    first = open_proceeding(seat="host", matter="release")
    rule(first, Ruled.GRANTED, in_force_from=day, in_force_until=day)
    later = at + timedelta(days=9)

    open_proceeding(seat="host", matter="release", filed=happened(days=9), when=later)

    assert stands(Track.HOST_RELEASE).position == Host.PENDING


@pytest.mark.django_db
def test_clearance_that_is_taken_back_stops_handing_over(child, leave, set_a_day, salma, at):
    set_a_day()
    said = {"track": Track.HOST_RELEASE, "by": salma, "at": at, "child": child}

    take_step(wanted=Next(to=Host.NOT_CLEARED, on=at.date(), evidence="letter 8"), **said)

    with pytest.raises(UnfitStep):
        take_step(wanted=Next(to=Host.HANDED_OVER, on=at.date(), evidence="minute 3"), **said)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seat", "matter"), [("home", "return"), ("home", "guardianship"), ("host", "birth")]
)
def test_other_matters_move_no_track(open_proceeding, rule, stands, at, seat, matter):
    rule(open_proceeding(seat=seat, matter=matter), Ruled.GRANTED, in_force_from=at.date())

    assert stands().position == Civil.CLAIMED
    assert stands(Track.HOST_RELEASE).position == Host.UNKNOWN


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ruled", "said"),
    [
        (Ruled.FILED, {}),
        (Ruled.APPEALED, {}),
        (Ruled.GRANTED, {}),  # from which day on?
        (Ruled.REFUSED, {"reference": " "}),
        (Ruled.REFUSED, {"happened_on": date(2000, 1, 1)}),
        (Ruled.REFUSED, {"happened_on": date(2100, 1, 1)}),
        (
            Ruled.GRANTED,
            {"in_force_from": date(2019, 1, 2), "in_force_until": date(2019, 1, 1)},
        ),
    ],
)
def test_what_cannot_follow_in_a_matter_is_refused(open_proceeding, rule, ruled, said):
    matter = open_proceeding()

    with pytest.raises(actions.UnfitPaper):
        rule(matter, ruled, **said)

    assert CourtStep.objects.count() == 1


@pytest.mark.django_db
def test_matter_begins_with_filing_by_who_works_on_papers(open_proceeding, happened, make_user):
    with pytest.raises(actions.UnfitPaper):
        open_proceeding(filed=happened(Ruled.REFUSED))
    with pytest.raises(WordsRefused):
        open_proceeding(court="суд над боевиками")
    with pytest.raises(NotAllowed):
        open_proceeding(by=make_user("olga", role=Role.REGISTRAR, region="IQ-BG"))

    assert Proceeding.objects.count() == 0


@pytest.mark.django_db
def test_two_who_record_at_once_see_each_other(open_proceeding, rule):
    matter = open_proceeding()
    rule(matter, Ruled.REFUSED, seen="1")

    with pytest.raises(actions.RuledMeanwhile):
        rule(matter, Ruled.APPEALED, seen="1")


@pytest.fixture
def order(layla, at):
    """Order something: order(step, per_day=Decimal(5000), currency="EUR")."""

    def ordered(step, **said):
        told = {"owner": "home_state", "words": "bring the child home", "due_on": at.date()} | said
        return actions.order_duty(step=step, ordered=actions.Ordered(**told), by=layla, at=at)

    return ordered


@pytest.fixture
def due(child, at):
    """What is due on the case of the child so many days later, and how pressing it is."""

    def listed(days=0):
        today = at.date() + timedelta(days=days)
        found = due_on(case_of(child), at.date(), today)
        return {each.to: (each.on, each.by, each.urgency(today).name) for each in found}

    return listed


@pytest.mark.django_db
def test_day_that_a_court_sets_is_due_and_a_manager_is_told_the_day_after(
    open_proceeding, rule, order, due, layla, at
):
    day = at.date()
    granted = rule(open_proceeding(), Ruled.GRANTED, in_force_from=day)
    euros = {"per_day": Decimal(5000), "currency": "EUR"}
    first, second = (order(granted, due_on=day + timedelta(days=n), **euros) for n in (42, 60))
    done = {"evidence": "the minute", "by": layla, "at": at, "done_on": day}

    last = day + timedelta(days=42)
    assert due()[Civil.ORDERED] == (last, Role.LEGAL_OFFICER, "LATER")
    assert due(42)[Civil.ORDERED][2] == "SOON"
    assert due(43)[Civil.ORDERED][2] == "ESCALATED"
    actions.finish_duty(duty=first, **done)
    assert due()[Civil.ORDERED][0] == day + timedelta(days=60)
    actions.finish_duty(duty=second, **done)
    assert Civil.ORDERED not in due()


@pytest.mark.django_db
def test_leave_that_runs_out_is_due_until_it_is_refused(take, open_proceeding, rule, due, at):
    day = at.date()
    end = day + timedelta(days=30)
    take(Host.CUSTODIAN, track=Track.HOST_RELEASE)
    matter = open_proceeding(seat="host", matter="release")
    rule(matter, Ruled.GRANTED, in_force_from=day, in_force_until=end)

    assert due()[Host.GRANTED] == (end, Role.LEGAL_OFFICER, "LATER")
    rule(matter, Ruled.APPEALED)
    rule(matter, Ruled.REFUSED)

    assert Host.GRANTED not in due()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said",
    [
        {"words": " "},
        {"due_on": date(2000, 1, 1)},
        {"per_day": Decimal(5000)},
        {"currency": "EUR"},
        {"at_most": Decimal(5000)},
    ],
)
def test_duty_that_is_not_whole_is_refused(open_proceeding, order, said):
    matter = open_proceeding()

    with pytest.raises(actions.UnfitPaper):
        order(matter.steps.get(), **said)

    assert Duty.objects.count() == 0


@pytest.mark.django_db
def test_duty_is_late_until_it_is_done(child, open_proceeding, order, layla, at):
    matter = open_proceeding(matter="return")
    duty = order(matter.steps.get(), per_day=Decimal(5000), currency="EUR")
    later = at + timedelta(days=20)

    def clock():
        (found,) = matters_of(child, user=layla, today=later.date())
        return found.clocks[0]

    assert (clock().days_late, clock().owed, clock().days_left) == (20, 100_000, -20)
    done = {"duty": duty, "by": layla, "at": later}
    day = at.date() + timedelta(days=3)
    for said in ({"done_on": day, "evidence": " "}, {"done_on": date(2100, 1, 1), "evidence": "x"}):
        with pytest.raises(actions.UnfitPaper):
            actions.finish_duty(**done, **said)

    actions.finish_duty(done_on=day, evidence="minute of the handing over", **done)

    assert (clock().days_late, clock().owed) == (2, 10_000)
    with pytest.raises(actions.RuledMeanwhile):
        actions.finish_duty(done_on=day, evidence="again", **done)


@pytest.mark.django_db
def test_matter_is_recorded_ruled_and_counted_on_the_page(client, child, layla, at):
    client.force_login(layla)
    papers = reverse("legal:papers", args=[child.pk])
    day = at.date().isoformat()
    heard = {"heard": "said", "view": "asks when it may go"}
    filed = {"seat": "home", "matter": "return", "court": "Brussels", "reference": "19/1"} | heard

    client.post(reverse("legal:proceeding", args=[child.pk]), filed | {"happened_on": day})
    matter = Proceeding.objects.get()
    ruling = reverse("legal:ruling", args=[child.pk, matter.pk])
    ruled = {"ruled": "granted", "happened_on": day, "reference": "19/1", "seen": "1"} | heard
    unheard = client.post(ruling, ruled | {"in_force_from": day, "view": ""})
    refused = client.post(ruling, ruled)
    client.post(ruling, ruled | {"in_force_from": day})
    order = reverse("legal:duty", args=[child.pk, matter.pk])
    duty = {"owner": "home_state", "words": "bring it home", "due_on": day}
    client.post(order, duty | {"per_day": "5000", "currency": "eur"})
    page = client.get(papers).content.decode()

    assert list(unheard.context["form"].errors) == ["view"]
    assert "asks when it may go" in page
    assert refused.status_code == 422
    assert "Say from which day on it is in force." in refused.content.decode()
    assert client.post(ruling, ruled | {"ruled": "appealed"}).status_code == 409
    assert "5,000 EUR" in page
    assert "What being late costs, month by month" in page


@pytest.mark.django_db
def test_what_was_ordered_is_said_to_be_done_on_its_page(
    client, child, layla, open_proceeding, order, at
):
    matter = open_proceeding()
    duty, day = order(matter.steps.get()), at.date().isoformat()
    client.force_login(layla)

    done = reverse("legal:duty_done", args=[child.pk, duty.pk])
    assert client.post(done, {"done_on": day, "evidence": ""}).status_code == 422
    client.post(done, {"done_on": day, "evidence": "minute"})
    assert DutyDone.objects.get().recorded_by == layla
    absent = reverse("legal:duty_done", args=[child.pk, matter.pk])
    assert client.get(absent).status_code == 404
    assert client.get(reverse("legal:duty", args=[child.pk, child.pk])).status_code == 404
