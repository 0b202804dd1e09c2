"""Settings: safe when nothing is set, and each of them documented."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from kinward.core import beside
from kinward.people.memory import MEMORY

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
SAY = "from kinward import settings as s; print({})"


def settings_say(expression: str, folder: Path, **environment: str) -> str:
    """Evaluate an expression over the settings `s` in a process with this environment only."""
    done = subprocess.run(
        [sys.executable, "-c", SAY.format(expression)],
        env={"KINWARD_DATA": str(folder), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_every_setting_is_documented():
    read = set(
        re.findall(
            r"KINWARD_[A-Z_]+", (ROOT / "src/kinward/settings.py").read_text(encoding="utf-8")
        )
    )
    documented = re.findall(
        r"^(KINWARD_[A-Z_]+)=$", (ROOT / ".env.example").read_text(), re.MULTILINE
    )

    assert read == set(documented)
    assert len(documented) == len(set(documented))


def test_each_documented_setting_is_explained():
    blocks = EXAMPLE.strip().split("\n\n")

    assert [block for block in blocks if not block.startswith("#")] == []


def test_settings_are_safe_when_nothing_is_set(tmp_path):
    said = settings_say(
        "s.DEBUG, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_NAME,"
        " s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.SECRET_KEY_IS_MADE_UP",
        tmp_path,
    )

    assert said == "False True True __Host-session True True True"


def test_cookies_belong_to_this_host_alone_and_nothing_else_is_in_one(tmp_path):
    said = settings_say(
        "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME,"
        " s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE, s.LANGUAGE_COOKIE_SAMESITE,"
        " s.LANGUAGE_COOKIE_SECURE, s.MESSAGE_STORAGE.rpartition('.')[2]",
        tmp_path,
    )

    assert said == ("__Host-session __Host-csrf __Host-language Lax Lax Lax True SessionStorage")


def test_transport_is_kept_encrypted_for_two_years_with_subdomains(tmp_path):
    said = settings_say(
        "s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_REFERRER_POLICY,"
        " s.X_FRAME_OPTIONS",
        tmp_path,
    )

    assert said == "63072000 True same-origin DENY"


def test_settings_of_a_demo_speak_plain_http(tmp_path):
    said = settings_say(
        "s.DEBUG, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE", tmp_path, KINWARD_DEMO="1"
    )

    assert said == "False False False"


def test_settings_trust_the_proxy_only_when_told(tmp_path):
    asked = "getattr(s, 'SECURE_PROXY_SSL_HEADER', None)"

    alone = settings_say(asked, tmp_path)
    behind = settings_say(asked, tmp_path, KINWARD_BEHIND_PROXY="yes")

    assert alone == "None"
    assert behind == "('HTTP_X_FORWARDED_PROTO', 'https')"


def test_settings_read_lists(tmp_path):
    said = settings_say(
        "s.ALLOWED_HOSTS", tmp_path, KINWARD_ALLOWED_HOSTS="kin.example, ,b.example"
    )

    assert said == "['kin.example', 'b.example']"


def test_secret_keys_that_are_made_up_differ(tmp_path):
    first = settings_say("s.SECRET_KEY", tmp_path)
    second = settings_say("s.SECRET_KEY", tmp_path)

    assert first != second
    assert len(first) >= 50


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "made_up"), [(True, True), (False, False)])
def test_server_starts_as_a_demo_or_with_a_secret(demo, made_up, monkeypatch):
    begun = Event()
    monkeypatch.setattr(beside, "TASKS", {"begun": begun.set})

    with override_settings(DEMO=demo, SECRET_KEY_IS_MADE_UP=made_up):
        server = runpy.run_module("kinward.wsgi")

    assert callable(server["application"])
    assert begun.wait(timeout=5)


def test_people_are_read_beside_the_first_pages():
    assert beside.TASKS["memory"] == MEMORY.serve
    assert ("work" in beside.TASKS) == settings.DEMO


def test_server_refuses_to_start_without_a_secret():
    with (
        override_settings(DEMO=False, SECRET_KEY_IS_MADE_UP=True),
        pytest.raises(ImproperlyConfigured, match="KINWARD_SECRET_KEY"),
    ):
        runpy.run_module("kinward.wsgi")


def test_policy_allows_nothing_inline_and_nothing_from_elsewhere():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert directives["default-src"] == ["'none'"]
    assert {source for sources in directives.values() for source in sources} == {
        "'none'",
        "'self'",
    }
