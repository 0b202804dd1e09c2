from __future__ import annotations

import json
import logging
from io import StringIO

import pytest
import structlog
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core import jobs
from kinward.core.logs import NameRequests

CANARY = "Zumrudqanar"


def breaks(_request, said=""):
    raise ValueError(f"{CANARY} {said}")


urlpatterns = [
    path("breaks/", breaks),
    path("breaks/<str:said>/", breaks),
    path("", include("kinward.urls")),
]


@pytest.fixture
def lines():
    """What goes out while the test runs, as dictionaries; and the whole text of it."""
    stream = StringIO()
    (handler,) = [
        each
        for each in logging.getLogger().handlers
        if isinstance(each.formatter, structlog.stdlib.ProcessorFormatter)
    ]
    before = handler.setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    handler.setStream(before)


def log_ours():
    structlog.get_logger("kinward.tests").warning("child found", name=CANARY, rows=3)


def log_ours_failing():
    try:
        breaks(None)
    except ValueError:
        structlog.get_logger("kinward.tests").exception("child not found", child={"name": CANARY})


def log_others():
    logging.getLogger("other").warning("looking for %s", CANARY)


def log_others_with_more():
    logging.getLogger("other").error(CANARY, extra={"name_sought": CANARY, "status_code": 400})


def log_others_failing():
    try:
        breaks(None)
    except ValueError:
        logging.getLogger("other").exception("failed for %s", CANARY)


@pytest.mark.parametrize(
    "log",
    [log_ours, log_ours_failing, log_others, log_others_with_more, log_others_failing],
)
def test_name_does_not_reach_the_logs(lines, log):
    log()

    (line,) = lines()
    assert CANARY not in json.dumps(line)
    assert {"event", "level", "logger", "timestamp"} <= set(line)


def test_line_says_what_is_allowed_and_how_long_the_rest_is(lines):
    log_ours()

    (line,) = lines()
    assert line | {"timestamp": ""} == {
        "event": "child found",
        "level": "warning",
        "logger": "kinward.tests",
        "timestamp": "",
        "rows": 3,
        "name_length": len(CANARY),
    }


def test_line_of_an_error_says_its_kind_and_place(lines):
    log_ours_failing()

    (line,) = lines()
    assert line["failure"].startswith("ValueError test_logs.py:")


def test_line_of_others_says_where_it_comes_from(lines):
    log_others_with_more()

    (line,) = lines()
    assert line["event"].startswith("test_logs:")
    assert (line["logger"], line["status"]) == ("other", 400)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/breaks/?name={CANARY}", 500),
        (f"/breaks/{CANARY}/", 500),
        (f"/{CANARY}/", 404),
    ],
)
def test_name_in_a_request_that_fails_does_not_reach_the_logs(
    lines, make_user, address, status, settings
):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    client.force_login(make_user())

    given = client.get(address)

    assert given.status_code == status
    said = lines()
    assert said != []
    assert CANARY not in json.dumps(said)
    assert {line["request_id"] for line in said} == {given["X-Request-ID"]}


@pytest.mark.django_db
def test_name_in_a_job_that_fails_does_not_reach_the_logs(lines, at):
    jobs.handles("breaks")(lambda job, _at: breaks(None, job.arguments["name"]))
    jobs.enqueue("breaks", at=at, name=CANARY)

    jobs.drain(now=lambda: at)
    del jobs.HANDLERS["breaks"]

    (line,) = lines()
    assert line["event"] == "job failed"
    assert CANARY not in json.dumps(line)


@pytest.mark.django_db
def test_name_in_a_form_that_is_refused_does_not_reach_the_logs(lines, client, make_user):
    client.force_login(make_user(role=Role.REGISTRAR))

    client.post("/children/register/", {"name-0-text": CANARY, "said_by": CANARY})

    assert CANARY not in json.dumps(lines())


@pytest.mark.django_db
def test_events_of_a_request_carry_its_identifier(client, make_user, make_child):
    client.force_login(make_user(role=Role.TRACING_OFFICER))
    make_child()

    given = client.get("/children/")

    assert Event.objects.filter(request_id=given["X-Request-ID"]).exists()


def test_requests_have_identifiers_of_their_own():
    answered = [NameRequests(lambda _: HttpResponse())(RequestFactory().get("/")) for _ in "ab"]

    assert len({given["X-Request-ID"] for given in answered}) == 2
