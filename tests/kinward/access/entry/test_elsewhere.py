"""Single sign-on with a real OpenID Connect provider, which runs in a thread of its own."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount

from kinward.access.models import Role
from kinward.audit.models import Event

pytestmark = pytest.mark.django_db

CLIENT = {"client_id": "kinward", "client_secret": "made-up-secret"}
KEY = "made-up-key-of-the-provider-that-is-long-enough"


class Provider(BaseHTTPRequestHandler):
    """Knows one person, and gives out each code once, to who began with its challenge."""

    def do_GET(self):
        """Tell where things are, and who someone is."""
        there = self.server.there
        if self.path == "/.well-known/openid-configuration":
            self.tell(
                {
                    "issuer": there,
                    "authorization_endpoint": f"{there}/authorize",
                    "token_endpoint": f"{there}/token",
                    "userinfo_endpoint": f"{there}/me",
                    "jwks_uri": f"{there}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.headers["Authorization"] == "Bearer for-one-look":
            claims = self.server.claims
            self.tell({"sub": self.server.subject, **claims} if self.server.fair else claims)
        else:
            self.send_error(401)

    def do_POST(self):
        """Change a code for a token, if the caller is who asked for it."""
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = {key: values[0] for key, values in parse_qs(sent).items()}
        proof = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        known = {key: asked.get(key) for key in CLIENT} == CLIENT
        if not known or self.server.codes.pop(asked["code"], None) != challenge:
            self.send_error(400)
            return
        now = int(time.time())
        told = {
            "iss": self.server.there,
            "aud": "kinward",
            "sub": self.server.subject,
            "iat": now,
            "exp": now + 60,
            **self.server.told,
        }
        given = {"access_token": "for-one-look", "token_type": "Bearer"}
        if told["sub"]:
            given["id_token"] = jwt.encode(told, KEY, algorithm="HS256", headers={"kid": "one"})
        self.tell(given)

    def tell(self, content):
        """Answer in JSON."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_message):
        """Print nothing."""


@pytest.fixture
def provider(settings):
    """A provider that knows `claims` of one person, and what is set up to use it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.there = f"http://127.0.0.1:{server.server_port}"
    server.subject, server.codes, server.told = "subject-1", {}, {}
    server.claims, server.fair = {"preferred_username": "amira"}, True
    settings.OIDC_ISSUER = server.there
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "The ministry",
                    "client_id": CLIENT["client_id"],
                    "secret": CLIENT["client_secret"],
                    "settings": {"server_url": server.there},
                }
            ],
        }
    }
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    running.start()
    yield server
    server.shutdown()
    running.join()
    server.server_close()


def come_from(provider, client, *, state=None):
    """Go there, as a browser does, and come back with a code; return what is answered."""
    there = client.post("/sign-in/oidc/")
    asked = {key: values[0] for key, values in parse_qs(urlsplit(there["Location"]).query).items()}
    provider.codes["code-1"] = asked["code_challenge"]
    return client.get("/sign-in/oidc/back/", {"code": "code-1", "state": state or asked["state"]})


def signed_in(client):
    """Tell whether anybody is signed in."""
    return "_auth_user_id" in client.session


def test_who_has_an_account_comes_in_and_still_gives_a_second_factor(provider, client, make_user):
    amira = make_user("amira", role=Role.REGISTRAR)

    back = come_from(provider, client)

    assert (back.status_code, client.session["_auth_user_id"]) == (302, str(amira.pk))
    assert client.get("/children/")["Location"] == "/my-sign-in/"
    assert [event.actor for event in Event.objects.filter(action="access.signed_in")] == ["amira"]


def test_second_sign_in_is_by_the_subject_whatever_the_name_is_now(provider, client, make_user):
    amira = make_user("amira", role=Role.REGISTRAR)
    make_user("other", role=Role.PROGRAMME_MANAGER)
    come_from(provider, client)
    client.post("/sign-out/")
    provider.claims = {"preferred_username": "other"}

    come_from(provider, client)

    assert client.session["_auth_user_id"] == str(amira.pk)


def test_account_tied_to_one_subject_is_not_given_to_another(provider, client, make_user):
    make_user("amira", role=Role.REGISTRAR)
    come_from(provider, client)
    client.post("/sign-out/")
    provider.subject = "subject-2"

    come_from(provider, client)

    assert not signed_in(client)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"preferred_username": "nobody"},
        {"preferred_username": ""},
        {"preferred_username": "ami\x00ra"},
        {"preferred_username": ["amira"]},
        {},
    ],
)
def test_who_has_no_account_stays_outside(provider, client, make_user, claims):
    make_user("amira", role=Role.REGISTRAR)
    provider.claims = claims

    back = come_from(provider, client)

    assert (back["Location"], signed_in(client)) == ("/sign-in/", False)
    assert "No account of that name is open here." in client.get("/sign-in/").text


def test_closed_account_stays_closed(provider, client, make_user):
    amira = make_user("amira", role=Role.REGISTRAR)
    come_from(provider, client)
    client.post("/sign-out/")
    amira.is_active = False
    amira.save()

    come_from(provider, client)

    assert not signed_in(client)


def test_answer_to_a_question_nobody_asked_is_refused(provider, client, make_user):
    make_user("amira", role=Role.REGISTRAR)

    come_from(provider, client, state="made-up")

    assert not signed_in(client)


@pytest.mark.parametrize(
    "told", [{"iss": "https://elsewhere.example"}, {"aud": "another"}, {"exp": 1_000_000_000}]
)
def test_token_by_or_for_another_or_of_long_ago_is_refused(provider, client, make_user, told):
    make_user("amira", role=Role.REGISTRAR)
    provider.told = told

    come_from(provider, client)

    assert not signed_in(client)


@pytest.mark.parametrize("subject", ["subject-2", None], ids=["another's", "no token"])
def test_token_of_another_than_is_shown_or_none_is_refused(provider, client, make_user, subject):
    make_user("amira", role=Role.REGISTRAR)
    provider.told = {"sub": subject}

    back = come_from(provider, client)

    assert (back["Location"], signed_in(client)) == ("/sign-in/", False)
    assert SocialAccount.objects.count() == 0


@pytest.mark.parametrize("answer", [["amira"], {"preferred_username": "amira"}, "amira"])
def test_provider_that_answers_in_a_shape_of_its_own_is_led_back(
    provider, client, make_user, answer
):
    make_user("amira", role=Role.REGISTRAR)
    provider.claims, provider.fair = answer, False

    back = come_from(provider, client)

    assert (back["Location"], signed_in(client)) == ("/sign-in/", False)


@pytest.mark.parametrize(("verified", "opened"), [(True, True), (False, False), ("true", False)])
def test_address_names_an_account_once_it_is_verified_there(
    provider, client, make_user, settings, verified, opened
):
    settings.OIDC_CLAIM = "email"
    make_user("amira@kinward.example", role=Role.REGISTRAR)
    provider.claims = {"email": "amira@kinward.example", "email_verified": verified}

    come_from(provider, client)

    assert signed_in(client) == opened


def test_code_of_who_did_not_ask_is_refused(provider, client, make_user):
    make_user("amira", role=Role.REGISTRAR)
    come_from(provider, client, state="made-up")
    there = client.post("/sign-in/oidc/")
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]

    # The code was given for the first question's proof, and comes with the second's.
    client.get("/sign-in/oidc/back/", {"code": "code-1", "state": state})

    assert not signed_in(client)


def test_who_calls_it_off_there_is_led_back(provider, client, make_user):
    make_user("amira", role=Role.REGISTRAR)
    there = client.post("/sign-in/oidc/")
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]

    back = client.get("/sign-in/oidc/back/", {"error": "access_denied", "state": state})

    assert (back["Location"], signed_in(client)) == ("/sign-in/", False)
    assert "You were not signed in there." in client.get("/sign-in/").text


def test_provider_that_does_not_answer_is_told(provider, client, make_user, settings):
    make_user("amira", role=Role.REGISTRAR)
    (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    app["settings"] = {"server_url": "http://127.0.0.1:9"}  # the port of nobody

    there = client.post("/sign-in/oidc/")

    assert there["Location"] == "/sign-in/"
    assert "You were not signed in there." in client.get("/sign-in/").text


def test_without_a_provider_there_is_no_such_address(client, make_user):
    make_user("amira", role=Role.REGISTRAR)

    assert client.post("/sign-in/oidc/").status_code == 404
    assert client.get("/sign-in/oidc/back/").status_code == 404


@pytest.mark.parametrize("unknown", ["%00", "nobody", "openid_connect"])
def test_provider_that_nobody_set_up_is_absent(provider, client, unknown):
    assert client.post(f"/sign-in/{unknown}/").status_code == 404
    assert client.get(f"/sign-in/{unknown}/back/", {"code": "1", "state": "x"}).status_code == 404
