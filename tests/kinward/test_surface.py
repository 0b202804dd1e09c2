"""What the table of requirements asks for and no test of a room shows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from gunicorn.config import Config
from gunicorn.http.errors import InvalidHeader
from gunicorn.http.message import Request
from gunicorn.http.unreader import IterUnreader

from kinward.access.models import Role

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "kinward").rglob("*.py"))
SCRIPTS = sorted((ROOT / "frontend" / "js").glob("*.js"))
PASSWORD = "ключ под ковриком " + "é☂ " * 40


def imported(path):
    """Every module a source imports, also inside its functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def called(path):
    """Yield the calls in a source, each with its name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_no_source_asks_another_server():
    asking = {"requests", "urllib.request", "http.client", "httpx", "aiohttp", "smtplib", "socket"}

    found = {(path.name, name) for path in SOURCES for name in imported(path) if name in asking}

    # One page for an editor, by a command on the editor's own machine; no other source imports it.
    # And whoever the environment names is told of what was recorded; no screen names an address.
    assert found == {
        ("fetching.py", "socket"),
        ("fetching.py", "http.client"),
        ("hooks.py", "http.client"),
    }


def test_no_source_runs_what_was_sent_in():
    runs = {"eval", "exec", "compile", "os.system", "pickle.loads", "Template", "mark_safe"}
    raw = {"raw", "extra", "RawSQL"}

    found = [
        f"{path.name}: {name}"
        for path in SOURCES
        for name, call in called(path)
        if name in runs
        or name.rpartition(".")[2] in raw
        or any(each.arg == "shell" for each in call.keywords)
    ]

    assert found == []
    assert [path.name for path in SOURCES if "pickle" in set(imported(path))] == []


def test_no_expression_is_made_of_input():
    """Expressions are compiled once, from our own tables: none inside a function that is asked."""
    doors = [path for path in SOURCES if path.stem in {"views", "api", "forms", "queries"}]

    found = [name for path in doors for name, _call in called(path) if name.startswith("re.")]

    assert found == []


def test_session_cookie_is_for_no_script():
    assert settings.SESSION_COOKIE_HTTPONLY


@pytest.mark.django_db
def test_signing_in_makes_the_session_anew(client, worker_with_password):
    client.get("/sign-in/")
    client.cookies[settings.SESSION_COOKIE_NAME] = "chosen-by-somebody-else"

    client.post("/sign-in/", {"login": "rosa", "password": PASSWORD})

    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert key != "chosen-by-somebody-else"
    assert len(key) == 32  # letters and digits, of the system's chance: 165 bits
    assert client.session.session_key == key


@pytest.fixture
def worker_with_password(make_user):
    return make_user("rosa", role=Role.REGISTRAR, password=PASSWORD)


def test_passwords_are_kept_by_argon2(worker_with_password):
    assert identify_hasher(worker_with_password.password).algorithm == "argon2"
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_long_password_of_any_letters_is_taken_as_it_is(worker_with_password):
    assert len(PASSWORD) > 128
    assert worker_with_password.check_password(PASSWORD)
    assert not worker_with_password.check_password(PASSWORD[:-1])
    assert not worker_with_password.check_password(PASSWORD.strip())


@pytest.mark.django_db
def test_password_field_is_masked_and_filled_by_managers(client):
    page = client.get("/sign-in/").content.decode()

    (field,) = re.findall(r'<input[^>]*name="password"[^>]*>', page)
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page


@pytest.mark.django_db
def test_signing_out_is_on_every_page(client, make_user):
    client.force_login(make_user(role=Role.REGISTRAR))

    pages = [client.get(address).content.decode() for address in ("/", "/children/", "/none/")]

    assert ['action="/sign-out/"' in page for page in pages] == [True, True, True]


@pytest.mark.django_db
def test_answers_say_what_they_are_and_are_for_nobody_else(client, make_user):
    client.force_login(make_user())

    page, machine = client.get("/"), client.get("/api/openapi.json")

    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert machine["Content-Type"].startswith("application/json")
    for answer in (page, machine):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert [name for name in answer.headers if name.startswith("Access-Control-")] == []


@pytest.mark.django_db
def test_trace_is_refused(client, make_user):
    client.force_login(make_user())

    assert client.trace("/children/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/.git/config", "/.env", "/static/", "/static/../settings.py"])
def test_nothing_is_served_but_collected_assets(client, make_user, path):
    client.force_login(make_user(role=Role.ADMINISTRATOR))

    assert client.get(path).status_code == 404


def test_message_with_two_lengths_is_refused():
    """As `gunicorn kinward.wsgi` reads it."""
    sent = (
        b"POST / HTTP/1.1\r\nHost: kin.example\r\nContent-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    )

    with pytest.raises(InvalidHeader):
        Request(Config(), IterUnreader(iter([sent])), ("192.0.2.1", 1))


def test_what_must_not_be_guessed_is_random():
    """Chance that protects something is the system's: `random` is for made-up data alone."""
    using = [
        str(path.relative_to(ROOT / "src" / "kinward"))
        for path in SOURCES
        if "random" in set(imported(path))
    ]

    assert [path for path in using if not path.startswith("demo/")] == []


def test_scripts_keep_nothing_in_the_browser():
    """But three marks: keys switched off, when somebody last moved, when the lock was opened."""
    kept = re.compile(r"(?:localStorage|sessionStorage)\.setItem\((\w+)")

    names = {name for path in SCRIPTS for name in kept.findall(path.read_text())}

    assert names == {"OFF", "ACTIVE", "OPENED"}
    assert [path.name for path in SCRIPTS if "indexedDB" in path.read_text()] == []


def test_scripts_merge_no_objects_of_others():
    forbidden = (
        "__proto__",
        "Object.assign",
        "structuredClone",
        "eval(",
        "innerHTML",
        "document.write",
    )

    found = [
        (path.name, word) for path in SCRIPTS for word in forbidden if word in path.read_text()
    ]

    assert found == []
