from __future__ import annotations

import pytest

from kinward.access.models import Role, clock
from kinward.audit.actions import record, record_reads
from kinward.audit.context import ACTING, NOBODY, acting
from kinward.audit.middleware import kind_of_device
from kinward.audit.models import Event


def test_acting_says_who_acts_only_inside():
    before = ACTING.get()

    with acting(NOBODY, purpose="tracing"):
        inside = ACTING.get()

    assert (inside.by, inside.purpose) == (NOBODY, "tracing")
    assert ACTING.get() == before


def test_acting_inside_another_keeps_what_it_does_not_say():
    with (
        acting(NOBODY, purpose="tracing", request_id="1", device="Firefox"),
        acting(clock(), purpose="review") as now,
    ):
        pass

    assert (now.by.username, now.purpose) == ("kinward", "review")
    assert (now.request_id, now.device) == ("1", "Firefox")


def test_acting_ends_when_something_fails():
    before = ACTING.get()

    with pytest.raises(ZeroDivisionError), acting(NOBODY):
        raise ZeroDivisionError

    assert ACTING.get() == before


@pytest.mark.django_db
def test_events_tell_purpose_request_and_device_of_who_acts(make_user, at):
    amira = make_user("amira")

    with acting(amira, purpose="tracing", request_id="r-1", device="Firefox, Linux"):
        record("core.tested", amira, by=amira, at=at)
        record_reads("core.looked", [amira], by=amira, at=at, compartments=["family", "identity"])

    told = Event.objects.values_list("purpose", "request_id", "device", "compartments")
    assert sorted(told.filter(request_id="r-1")) == [
        ("tracing", "r-1", "Firefox, Linux", ""),
        ("tracing", "r-1", "Firefox, Linux", "family identity"),
    ]


@pytest.mark.django_db
def test_purpose_of_a_reading_goes_before_that_of_who_acts(make_user, at):
    amira = make_user("amira")

    with acting(amira, purpose="tracing"):
        record_reads("core.looked", [amira], by=amira, at=at, purpose="handover")

    assert Event.objects.get(action="core.looked").purpose == "handover"


@pytest.mark.django_db
def test_each_request_has_an_identifier_of_its_own(client, make_user, make_child):
    make_child()
    client.force_login(make_user(role=Role.TRACING_OFFICER))
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

    for _ in range(2):
        client.get("/children/", headers={"user-agent": agent})

    listed = Event.objects.filter(action="people.listed")
    assert len({event.request_id for event in listed}) == 2
    assert {event.device for event in listed} == {"Firefox, Linux"}


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126 Safari/537.36 Edg/126",
            "Edg, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_kind_of_device_is_browser_and_system(agent, kind):
    assert kind_of_device(agent) == kind
