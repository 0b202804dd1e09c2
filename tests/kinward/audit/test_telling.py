"""Other systems are told that something was recorded, once it stands, and nothing of anybody."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import transaction

from kinward.audit.models import Event
from kinward.audit.models.acts import ACTS
from kinward.audit.telling import TELL, TOLD
from kinward.core.hooks import addresses_in, secret_of
from kinward.core.models import Job

pytestmark = pytest.mark.django_db


class Registry(BaseHTTPRequestHandler):
    """Takes messages down, and answers as it is told to."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((self.path, self.headers["Kinward-Signature"], body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.end_headers()

    def log_message(self, *_said):
        pass


@pytest.fixture
def registry(settings):
    server = HTTPServer(("127.0.0.1", 0), Registry)
    server.came, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.HOOKS = addresses_in(f"http://127.0.0.1:{server.server_port}/kinward?of=north")
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_registry_is_told_what_was_recorded_and_nothing_of_anybody(
    registry, make_child, work, settings
):
    child = make_child("رسلان")
    work()

    told = {json.loads(body)["action"]: (path, sign, body) for path, sign, body in registry.came}
    path, signed, body = told["people.registered"]
    event = Event.objects.get(action="people.registered")
    assert path == "/kinward?of=north"
    assert json.loads(body) == {
        "id": str(event.pk),
        "action": "people.registered",
        "kind": "people.person",
        "object": str(child.pk),
        "at": event.at.isoformat(),
    }
    moment, _, right = signed.partition(",v1=")
    secret = secret_of(settings.HOOKS[0]).encode()
    content = f"{moment.removeprefix('t=')}.".encode() + body
    assert right == hmac.new(secret, content, hashlib.sha256).hexdigest()


def test_message_that_is_not_taken_is_sent_again(registry, make_child, work, settings, at):
    registry.answers = [500, 302]
    make_child()
    work()
    waiting = Job.objects.filter(kind=TELL, done_at__isnull=True).count()

    Job.objects.filter(kind=TELL).update(due_at=at)
    work()

    assert waiting >= 1
    assert not Job.objects.filter(kind=TELL, done_at__isnull=True).exists()


def test_nothing_is_told_of_what_was_rolled_back(registry, make_child, work):
    with transaction.atomic():
        make_child()
        transaction.set_rollback(True)
    work()

    assert registry.came == []


def test_nobody_is_told_where_nobody_is_named(make_child):
    make_child()

    assert not Job.objects.filter(kind=TELL).exists()


def test_address_that_was_taken_away_is_told_nothing(registry, make_child, work, settings):
    make_child()
    settings.HOOKS = ()
    work()

    assert registry.came == []


def test_what_is_told_are_acts_and_none_of_reading():
    assert set(ACTS) >= TOLD
    assert not [each for each in TOLD if "read" in each or "listed" in each or "found" in each]


@pytest.mark.parametrize("said", ["http://registry.example/", "ftp://a/", "registry", "https:///x"])
def test_address_without_tls_or_host_is_refused(said):
    with pytest.raises(ImproperlyConfigured):
        addresses_in(said)


def test_command_prints_the_secret_of_each(settings):
    settings.HOOKS = addresses_in("https://one.example/ https://two.example/in")
    said = StringIO()

    call_command("hooks", stdout=said)

    lines = said.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == list(settings.HOOKS)
    assert len({line.split()[1] for line in lines}) == 2
