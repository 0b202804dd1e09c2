from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from typed import CONSENT

from kinward.access import actions as access
from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core import once
from kinward.core.models import KeptAnswer
from kinward.people.models import Person
from kinward.tracing.models import Review

REVIEWS = "/api/candidates/{}/reviews"
OPINION = {"opinion": "same", "reason": "same father, same village"}
QUESTIONS = ["name", "sex", "born", "language", "father", "mother", "sibling", "mark"]
PLACES = ["place_of_birth", "last_residence", "relatives_region", "found_at", "songs_and_words"]
CHILD = {
    **{f"{each}-0-answer": "not_asked" for each in [*QUESTIONS, *PLACES]},
    **CONSENT,
    "said_by": "child",
    "method": "interview",
    "certainty": "probable",
}


@pytest.fixture
def officer(make_user, client):
    user = make_user("zaur", role=Role.TRACING_OFFICER)
    client.force_login(user)
    return user


def post(client, candidate, key, body=OPINION):
    headers = {"Idempotency-Key": key} if key else {}
    headers["If-Match"] = f'"{candidate.version}"'
    content = json.dumps(body)
    return client.post(REVIEWS.format(candidate.pk), content, "application/json", headers=headers)


@pytest.mark.django_db
def test_same_request_has_one_effect_and_one_answer(client, officer, make_candidate):
    candidate = make_candidate()

    first, second = (post(client, candidate, "k-1") for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert second["Content-Type"] == first["Content-Type"]
    assert second["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Review.objects.count() == 1


@pytest.mark.django_db
def test_same_key_with_another_request_is_refused(client, officer, make_candidate):
    candidate = make_candidate()
    post(client, candidate, "k-1")

    other = post(client, candidate, "k-1", OPINION | {"opinion": "not_same"})

    assert other.status_code == 422
    assert other.json()["title"] == "This key named another request"
    assert Review.objects.get().opinion == "same"


@pytest.mark.django_db
def test_same_key_of_another_account_is_another_key(client, officer, make_candidate, make_user):
    candidate = make_candidate()
    post(client, candidate, "k-1")
    client.force_login(make_user("leila", role=Role.SECOND_REVIEWER))

    other = post(client, candidate, "k-1")

    assert other.status_code == 201
    assert Review.objects.count() == 2


@pytest.mark.django_db
def test_refused_request_may_be_mended_under_the_same_key(client, officer, make_candidate):
    candidate = make_candidate()
    refused = post(client, candidate, "k-1", {"opinion": "same", "reason": ""})

    mended = post(client, candidate, "k-1")

    assert (refused.status_code, mended.status_code) == (422, 201)


@pytest.mark.django_db
def test_refusal_of_an_action_leaves_no_key(client, officer, make_candidate):
    candidate = make_candidate()
    post(client, candidate, "k-1")

    refused = post(client, candidate, "k-2")  # reviewed already

    assert refused.status_code == 409
    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["k-1"]


@pytest.mark.django_db
def test_answer_is_kept_for_a_day_and_shows_nothing(client, officer, make_candidate):
    candidate = make_candidate()
    post(client, candidate, "k-1")
    kept = KeptAnswer.objects.get()

    assert b"same father" not in bytes(kept.sealed)
    assert (kept.status, len(kept.asked)) == (201, 64)

    KeptAnswer.objects.update(kept_at=timezone.now() - timedelta(days=2))
    post(client, make_candidate(), "k-2")

    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["k-2"]


@pytest.mark.django_db
def test_key_that_is_too_long_is_refused(client, officer, make_candidate):
    refused = post(client, make_candidate(), "k" * 101)

    assert refused.status_code == 400
    assert Review.objects.count() == 0


@pytest.mark.django_db
def test_request_without_a_key_goes_its_usual_way(client, officer, make_candidate):
    answers = [post(client, make_candidate(), "") for _ in range(2)]

    assert [given.status_code for given in answers] == [201, 201]
    assert KeptAnswer.objects.count() == 0


@pytest.mark.django_db
def test_form_sent_twice_acts_once(client, make_user):
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))
    page = client.get(reverse("people:register")).content.decode()
    form = CHILD | {"once": page.partition('name="once" value="')[2].partition('"')[0]}

    first, second = (client.post(reverse("people:register"), form) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == first["Location"]
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_refusal_of_a_form_is_shown_as_a_page(client, officer, make_candidate):
    candidate = make_candidate()
    address = reverse("tracing:review", args=[candidate.pk])
    typed = OPINION | {"seen": candidate.version}
    client.post(address, typed | {"once": "a"})

    refused = client.post(address, typed | {"once": "b"}, headers={"accept": "text/html"})

    assert refused.status_code == 409
    assert "already reviewed" in refused.content.decode()


def test_every_form_that_changes_something_names_its_request():
    # Signing in, one's own sign-in and another language: a second time changes nothing more, and
    # of a password not even a keyed hash is kept. What is held while one signs in again is sent
    # with the name it had.
    harmless = {
        "app.html",
        "base.html",
        "card.html",  # each entry of a phone is taken once, however often it comes
        "invite.html",  # the code of a phone is shown this once
        "machines.html",  # likewise a token
        "carry_on.html",
        "change_password.html",
        "confirm.html",
        "invitation.html",
        "lock.html",
        "new_recovery_codes.html",
        "paper.html",  # taken out twice, it is written down twice
        "received.html",
        "passkey.html",
        "remove_factor.html",
        "second_factor.html",
        "sign_in.html",
        "sign_in_settings.html",
        "use_passkey.html",
        "verify.html",
    }
    only_show = ('id="search"', 'id="reveal"')
    templates = Path(once.__file__).parents[1] / "templates"
    silent = [
        file.name
        for file in templates.rglob("*.html")
        for form in file.read_text().split("<form")[1:]
        if 'method="post"' in form.partition(">")[0] and "switch_language" not in form
        if "{% once %}" not in form.partition("</form>")[0] and file.name not in harmless
        if not any(each in form.partition(">")[0] for each in only_show)
    ]

    assert silent == []


@pytest.mark.django_db
def test_what_is_only_shown_is_shown_anew_and_written_down_each_time(client, make_user, make_child):
    make_child("رسلان محمدوف", region="IQ-BG")
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))
    asked = {"purpose": "tracing", "name": "Руслан Магомедов", "once": "k-1"}

    answers = [client.post(reverse("tracing:search"), asked) for _ in range(2)]

    assert [given.status_code for given in answers] == [200, 200]
    assert Event.objects.filter(action="people.found").count() == 2
    assert KeptAnswer.objects.count() == 0


@pytest.fixture
def sent_twice(client, officer, make_candidate):
    """Have an opinion sent twice under one key: sent_twice(headers), the candidate with it."""

    def send(**headers):
        candidate = make_candidate()
        address = reverse("tracing:review", args=[candidate.pk])
        typed = OPINION | {"seen": candidate.version, "once": "k-1"}
        answers = [client.post(address, typed, headers=headers) for _ in range(2)]
        return candidate, *answers

    return send


@pytest.mark.django_db
def test_page_shown_after_a_write_is_not_kept_but_read_again(client, sent_twice):
    candidate, first, second = sent_twice(hx_request="true")
    page = reverse("tracing:candidate", args=[candidate.pk])

    assert (first.status_code, b"Your opinion is recorded." in first.content) == (200, True)
    assert (second.status_code, second.content) == (200, b"")
    assert second["HX-Redirect"] == page
    assert second["Idempotency-Replayed"] == "true"
    assert candidate.reviews.count() == 1

    read = Event.objects.filter(action="tracing.read", object_id=str(candidate.pk))
    before = read.count()
    assert "Your opinion" not in client.get(page).content.decode()
    assert read.count() == before + 1


@pytest.mark.django_db
def test_body_of_a_page_is_in_no_kept_answer(sent_twice):
    candidate, _first, _second = sent_twice(hx_request="true")

    kept = KeptAnswer.objects.get()
    cipher = once.AESGCM(once.secret_for("core.once"))
    nonce, sealed = bytes(kept.sealed[: once.NONCE]), bytes(kept.sealed[once.NONCE :])
    opened = json.loads(cipher.decrypt(nonce, sealed, kept.pk.bytes))
    assert opened["body"] is None
    page = reverse("tracing:candidate", args=[candidate.pk])
    assert opened["headers"]["Content-Location"] == page


@pytest.mark.django_db
def test_invitation_is_shown_once_and_then_the_account(client, make_user):
    administrator, now = make_user(role=Role.ADMINISTRATOR), timezone.now()
    amira = access.open_account(username="amira", role=Role.REGISTRAR, by=administrator, at=now)
    asked = access.ask_for_role(user=amira, reason="She registers.", by=administrator, at=now)
    access.approve(approval=asked, by=make_user(role=Role.PROGRAMME_MANAGER), at=now)
    client.force_login(administrator)
    typed = {"what": "carry_out", "approval": asked.pk, "once": "k-1"}

    address = reverse("access:role", args=[amira.pk])
    first, second = (client.post(address, typed) for _ in range(2))

    assert b"/sign-in/invitation/" in first.content
    assert (second.status_code, second.content) == (303, b"")
    assert second["Location"] == reverse("access:account", args=[amira.pk])


def test_page_that_names_no_address_leads_home():
    request = RequestFactory().post("/x/")
    kept = KeptAnswer(asked="a", status=200)
    kept.sealed = once.seal(kept, HttpResponse("a page"))

    assert once.again(request, kept, "a")["Location"] == "/"


@pytest.mark.django_db
def test_form_that_comes_back_longer_takes_no_key(client, make_user):
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))
    longer = CHILD | {"once": "k-1", "add_another": "name"}

    pages = [client.post(reverse("people:register"), longer) for _ in range(2)]
    sent = client.post(reverse("people:register"), CHILD | {"once": "k-1"})

    assert [b"name-1-text" in page.content for page in pages] == [True, True]
    assert sent.status_code == 302


@pytest.mark.django_db
def test_looking_for_alike_takes_no_key_of_the_registration(client, make_user):
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))
    typed = CHILD | {"name-0-text": "رسلان", "once": "k-1"}

    client.post(reverse("people:alike"), typed)
    sent = client.post(reverse("people:register"), typed)

    assert sent.status_code == 302
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ({"a": "1", "csrfmiddlewaretoken": "x"}, {"a": "1", "csrfmiddlewaretoken": "y"}, True),
        ({"a": "1", "b": "2"}, {"b": "2", "a": "1"}, True),
        ({"a": ["1", "2"]}, {"a": ["2", "1"]}, False),
        ({"a": "1"}, {"a": "2"}, False),
    ],
)
def test_digest_of_a_form_is_of_what_it_asks(left, right, same):
    post = RequestFactory().post

    assert (once.digest(post("/x/", left)) == once.digest(post("/x/", right))) is same


def test_digest_counts_files_and_leaves_them_to_be_read(tmp_path):
    digests = []
    for content in ("a", "a", "b"):
        file = tmp_path / "photo.jpg"
        file.write_text(content)
        with file.open("rb") as opened:
            request = RequestFactory().post("/x/", {"photo": opened})
        digests.append(once.digest(request))
        assert request.FILES["photo"].read() == content.encode()

    assert digests[0] == digests[1] != digests[2]


@pytest.mark.django_db(transaction=True)
def test_twenty_keys_shared_by_eight_threads_have_twenty_effects(make_client, make_user):
    user = make_user("amira", role=Role.REGISTRAR, region="IQ-BG")
    answers = Counter()
    clients = [make_client() for _ in range(8)]
    for client in clients:
        client.force_login(user)

    def send_all(client):
        for number in range(20):
            given = client.post(reverse("people:register"), CHILD | {"once": f"k-{number}"})
            answers[number, given.status_code, given["Location"]] += 1
        connection.close()

    threads = [threading.Thread(target=send_all, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Person.objects.count() == 20
    assert set(answers.values()) == {8}
    assert len(answers) == 20


def test_every_operation_that_changes_something_documents_the_key():
    document = json.loads(
        (Path(__file__).parents[3] / "docs/reference/openapi.json").read_text("utf-8")
    )
    changing = [
        operation
        for operations in document["paths"].values()
        for method, operation in operations.items()
        if method not in {"get", "head"}
    ]

    assert changing != []
    for operation in changing:
        assert "Idempotency-Key" in [each["name"] for each in operation["parameters"]]
