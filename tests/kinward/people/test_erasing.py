from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from kinward.access import actions as access
from kinward.access.actions import NotApproved
from kinward.access.models import Approval, Role, clock
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.keystore import KeyDestroyed, store
from kinward.people import actions, queries
from kinward.people.models import Assertion, Erasure, Ground, Group, LegalHold
from kinward.people.rules import Statement, as_line
from kinward.tracing import actions as tracing
from kinward.tracing.matching import find
from kinward.tracing.models import Candidate, Opinion, Request, Review

pytestmark = pytest.mark.django_db

DAYS = timedelta(days=1)


@pytest.fixture
def lifting(officer, manager, at):
    """Have two people agree that a hold is lifted."""

    def agree(hold) -> Approval:
        reason = "The court is done."
        asked = actions.ask_to_lift(hold=hold, reason=reason, by=officer, at=at)
        access.approve(approval=asked, by=manager, at=at)
        return asked

    return agree


def test_erased_person_keeps_a_row_and_nothing_said(make_child, erase, at):
    child, other = make_child("رسلان"), make_child("زائر")

    erasure = erase(child)

    assert Assertion.objects.get(person=child).value == {}
    assert Assertion.objects.get(person=other).value == {"text": "زائر"}
    assert child.reference == erasure.person.reference
    with pytest.raises(KeyDestroyed):
        store().key(child.pk, "identity")


def test_certificate_names_every_key_and_who_agreed(make_child, erase, say):
    child = make_child(statements=[say("mother", text="زائرة")])

    told = erase(child).certificate

    of_the_child = [key for key in told["keys_destroyed"] if key["subject"] == str(child.pk)]
    assert [key["compartment"] for key in of_the_child] == ["family", "identity"]
    assert {len(key["sha256"]) for key in told["keys_destroyed"]} == {64}
    assert {name: told[name] for name in ("reference", "ground", "asked_by", "approved_by")} == {
        "reference": child.reference,
        "ground": "asked",
        "asked_by": "officer",
        "approved_by": "manager",
    }


def test_certificate_is_genuine_until_it_is_changed(make_child, erase):
    erasure = erase(make_child())

    assert queries.is_genuine(erasure)
    erasure.certificate["keys_destroyed"] = []
    assert not queries.is_genuine(erasure)
    erasure.signature = "no signature"
    assert not queries.is_genuine(erasure)


def test_log_keeps_only_the_identifier(make_child, erase):
    child = make_child("رسلان")

    erasure = erase(child)

    event = Event.objects.get(action="people.erased")
    assert (event.object_id, event.actor) == (str(child.pk), "officer")
    assert event.details == {"keys": len(erasure.certificate["keys_destroyed"]), "ground": "asked"}


def test_erasing_a_child_erases_what_names_it_beside_others(
    make_candidate, make_user, erase, say, agrees, at
):
    (child, brother) = actions.register_group(
        children=[[say("name", text="رسلان")], [say("name", text="زائر")]],
        consents=[[agrees], [agrees]],
        note="Ruslan held Zair's hand",
        by=make_user(role=Role.REGISTRAR),
        at=at,
    )
    candidate = make_candidate(child=child)
    reviewer = make_user("anna")
    tracing.review_candidate(
        candidate=candidate, opinion=Opinion.SAME, reason="Ruslan it is.", by=reviewer, at=at
    )

    erase(child)

    assert Group.objects.get().note == "erased"
    assert Review.objects.get().reason == "erased"
    assert Candidate.objects.get().reasons == []
    assert Assertion.objects.get(person=brother).value == {"text": "زائر"}
    assert Request.objects.get().told == "Ищу детей моей дочери."


@pytest.mark.parametrize("who", ["enquirer", "sought"])
def test_erasing_whom_a_request_names_erases_what_was_told(make_request, erase, who):
    request = make_request("Руслан")
    person = request.enquirer if who == "enquirer" else request.sought.get().person

    erase(person)

    assert Request.objects.get().told == "erased"


def test_erasing_erases_the_reason_it_was_asked_for(make_child, erase, agreed):
    child = make_child()
    approval = agreed(child)

    erase(child, approval=approval)

    assert Approval.objects.get().reason == "erased"


def test_matching_leaves_the_erased_out(make_child, make_request, erase, work):
    child, request = make_child("Руслан Магомедов"), make_request("Руслан Магомедов")
    tracing.find_candidates(by=clock(), at=request.taken_at)
    assert [match.child_id for match in find()] == [child.pk]

    erase(child)
    work()

    assert find() == []
    assert Candidate.objects.count() == 0


def test_nothing_more_is_said_about_the_erased(make_child, make_user, erase, at):
    child = make_child()
    erase(child)

    with pytest.raises(KeyDestroyed):
        actions.add_statement(
            person=child,
            statement=Statement(property="name", value={"text": "رسلان"}),
            by=make_user("anna"),
            at=at,
        )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLOCK}))
def test_erasing_is_for_few(make_child, make_user, officer, agreed, erase, role):
    child = make_child()
    approval = agreed(child)
    user = make_user(role=role)

    if role in {Role.DATA_PROTECTION_OFFICER, Role.PROGRAMME_MANAGER}:
        with pytest.raises(NotApproved):  # another asked for it
            erase(child, approval=approval, by=user)
    else:
        with pytest.raises(NotAllowed):
            erase(child, approval=approval, by=user)
        with pytest.raises(NotAllowed):
            actions.ask_to_erase(
                person=child, ground=Ground.ASKED, reason="?", by=user, at=timezone.now()
            )

    assert Assertion.objects.get().value != {}


def test_erasing_waits_until_there_was_time_to_think_again(make_child, erase, at):
    child = make_child()

    with pytest.raises(actions.TooEarly):
        erase(child, on=at + 30 * DAYS - timedelta(seconds=1))

    assert Assertion.objects.get().value != {}


def test_erasing_takes_a_second_person(make_child, officer, erase, at):
    child = make_child()
    asked = actions.ask_to_erase(
        person=child, ground=Ground.ASKED, reason="Asked for.", by=officer, at=at
    )

    with pytest.raises(NotApproved):
        erase(child, approval=asked)

    assert Assertion.objects.get().value != {}


@pytest.mark.parametrize("other", ["person", "ground"])
def test_erasing_takes_an_approval_of_just_that(make_child, agreed, erase, other):
    child = make_child()
    approval = agreed(make_child() if other == "person" else child, ground=Ground.ASKED)
    ground = Ground.OVERDUE if other == "ground" else Ground.ASKED

    with pytest.raises(NotApproved):
        erase(child, approval=approval, ground=ground)

    assert Assertion.objects.filter(person=child).get().value != {}


def test_nobody_is_erased_twice(make_child, agreed, erase, officer, at):
    child = make_child()
    approval = agreed(child)
    erase(child)

    with pytest.raises(actions.ErasedAlready):
        erase(child, approval=approval)
    with pytest.raises(actions.ErasedAlready):
        actions.ask_to_erase(person=child, ground=Ground.ASKED, reason="?", by=officer, at=at)


def test_hold_keeps_from_erasing_until_it_is_lifted(
    make_child, officer, agreed, erase, lifting, at
):
    child = make_child()
    approval = agreed(child)
    hold = actions.hold_erasure(person=child, reason="A court asked.", by=officer, at=at)

    with pytest.raises(actions.Held):
        erase(child, approval=approval)
    assert LegalHold.objects.get().reason == "A court asked."
    actions.lift_hold(hold=hold, approval=lifting(hold), by=officer, at=at)
    erase(child, approval=approval)

    assert Assertion.objects.get().value == {}
    assert list(Event.objects.filter(action__contains="hold").values_list("action", flat=True)) == [
        "people.lifted_hold"
    ]
    assert Event.objects.filter(action="people.held_erasure").count() == 1


def test_hold_on_one_of_a_request_keeps_what_was_told_for_all(make_request, officer, erase, at):
    request = make_request("Руслан", "Заира")
    one, other = (each.person for each in request.sought.order_by("pk"))
    actions.hold_erasure(person=other, reason="A court asked for it.", by=officer, at=at)

    with pytest.raises(actions.Held):
        erase(one)

    request.refresh_from_db()
    assert request.told == "Ищу детей моей дочери."
    assert not Erasure.objects.exists()


def test_hold_is_lifted_once_by_two_people_and_with_a_reason(make_child, officer, lifting, at):
    hold = actions.hold_erasure(person=make_child(), reason="A court asked.", by=officer, at=at)
    other = actions.hold_erasure(person=make_child(), reason="So did another.", by=officer, at=at)

    with pytest.raises(RuleBroken):
        actions.ask_to_lift(hold=hold, reason=" ", by=officer, at=at)
    asked = actions.ask_to_lift(hold=hold, reason="The court is done.", by=officer, at=at)
    for approval in (asked, lifting(other)):  # not answered yet; given for another hold
        with pytest.raises(NotApproved):
            actions.lift_hold(hold=hold, approval=approval, by=officer, at=at)
    with pytest.raises(access.SamePerson):
        access.approve(approval=asked, by=officer, at=at)
    lifted = actions.lift_hold(hold=hold, approval=lifting(hold), by=officer, at=at)
    for each in (hold, lifted):
        with pytest.raises(RuleBroken):
            actions.ask_to_lift(hold=each, reason="Once more.", by=officer, at=at)

    assert LegalHold.objects.count() == 3
    assert lifted.reason == "The court is done."


def test_hold_is_for_few(make_child, make_user, at):
    with pytest.raises(NotAllowed):
        actions.hold_erasure(person=make_child(), reason="?", by=make_user(), at=at)

    assert LegalHold.objects.count() == 0


def test_certificate_can_be_made_after_it_could_not_be_stored(make_child, agreed, erase, at):
    child = make_child()
    approval = agreed(child)
    destroyed = store().destroy([child.pk], at=at + 31 * DAYS)  # and then the power went

    told = erase(child, approval=approval, on=at + 32 * DAYS).certificate

    keys = [key for key in told["keys_destroyed"] if key["subject"] == str(child.pk)]
    assert [key["sha256"] for key in keys] == [key.fingerprint for key in destroyed]
    assert keys[0]["destroyed_at"] == (at + 31 * DAYS).isoformat()


def test_command_carries_out_what_is_due(make_child, agreed, capsys):
    now = timezone.now()
    due, held, early = make_child(), make_child(), make_child()
    for child in (due, held):
        agreed(child, on=now - 31 * DAYS)
    agreed(early, on=now - 29 * DAYS)
    LegalHold.objects.create(
        person=held, reason="A court asked.", set_by=due.registered_by, set_at=now
    )

    call_command("carry_out_erasures")
    call_command("carry_out_erasures")

    said = capsys.readouterr()
    assert said.out == f"{due.reference} is erased.\n"
    assert said.err == f"{held.reference}: These data must be kept for now.\n" * 2
    assert [erasure.person for erasure in Erasure.objects.all()] == [due]
    assert Erasure.objects.get().certificate["carried_out_by"] == "kinward"


def test_command_erases_what_an_old_key_store_brought_back(make_child, erase, capsys):
    child = make_child()
    wrapped = store()._file.execute("SELECT * FROM key").fetchall()
    erase(child)
    store()._file.execute("DELETE FROM destroyed")
    store()._file.executemany("INSERT OR IGNORE INTO key VALUES (?, ?, ?, ?)", wrapped)
    store().forget()
    assert Assertion.objects.get().value != {}

    call_command("carry_out_erasures")

    assert capsys.readouterr().out.startswith("1 keys had come back")
    assert Assertion.objects.get().value == {}
    assert Event.objects.filter(action="people.erased_again").get().details == {"keys": 1}


def test_erasure_survives_older_copies_of_data_and_keys(
    make_child, agreed, officer, erase, settings, tmp_path, at, capsys
):
    settings.ANCHORS = [str(tmp_path)]
    child, other = make_child(), make_child()
    approval = agreed(child)
    wrapped = store()._file.execute("SELECT * FROM key").fetchall()
    before = transaction.savepoint()
    certificate = erase(child, approval=approval).certificate
    transaction.savepoint_rollback(before)
    store()._file.execute("DELETE FROM destroyed")
    store()._file.executemany("INSERT OR IGNORE INTO key VALUES (?, ?, ?, ?)", wrapped)
    store().forget()
    with (tmp_path / queries.CERTIFICATES).open("a") as kept:  # what we did not sign counts nothing
        told = certificate | {"person": str(other.pk)}
        kept.write(f"{as_line(told, '0' * 128)}\n{{}}\nno line of ours\n")
    with pytest.raises(ImproperlyConfigured, match="carry_out_erasures"):
        queries.refuse_erased_who_are_back()

    call_command("carry_out_erasures")

    queries.refuse_erased_who_are_back()
    (erasure,) = Erasure.objects.all()
    assert (erasure.person, erasure.certificate) == (child, certificate)
    assert queries.is_genuine(erasure)
    assert Assertion.objects.get(person=child).value == {}
    assert Assertion.objects.get(person=other).value != {}
    assert capsys.readouterr().out.startswith("2 keys had come back")  # and of why it was asked


def test_erasure_whose_certificate_cannot_be_put_away_is_told_and_tried_again(
    make_child, agreed, settings, tmp_path, capsys
):
    settings.ANCHORS = [str(tmp_path / "absent" / "anchors")]
    child = make_child()
    agreed(child, on=timezone.now() - 31 * DAYS)

    call_command("carry_out_erasures")
    settings.ANCHORS = [str(tmp_path / "anchors")]
    call_command("carry_out_erasures")

    said = capsys.readouterr()
    assert said.err.startswith(f"{child.reference}: [Errno 2]")
    assert said.out == f"{child.reference} is erased.\n"
    assert str(child.pk) in (tmp_path / queries.CERTIFICATES).read_text()


def test_erasing_again_is_for_few(make_user, at):
    with pytest.raises(NotAllowed):
        actions.erase_again(by=make_user(), at=at)


@pytest.mark.parametrize("tab", ["", "facts/", "timeline/", "log/", "candidates/"])
def test_pages_of_an_erased_child_are_calm(client, make_candidate, make_user, erase, tab, at):
    candidate = make_candidate()
    officer = make_user("anna")
    tracing.review_candidate(
        candidate=candidate, opinion=Opinion.SAME, reason="Both.", by=officer, at=at
    )
    erase(candidate.child)
    client.force_login(officer)

    shown = client.get(f"/children/{candidate.child_id}/{tab}")

    assert shown.status_code == 200
    assert "رسلان" not in shown.content.decode()


@pytest.mark.parametrize("which", ["child", "sought"])
def test_lists_with_somebody_erased_are_calm(client, make_candidate, make_user, erase, which, at):
    candidate = make_candidate()
    officer = make_user("anna")
    tracing.review_candidate(
        candidate=candidate, opinion=Opinion.SAME, reason="Both.", by=officer, at=at
    )
    erase(candidate.child if which == "child" else candidate.sought.person)
    client.force_login(officer)
    request = candidate.sought.request

    pages = ["/", "/children/", "/matches/", "/matches/?which=all", "/requests/"]
    pages += [f"/matches/{candidate.pk}/", f"/requests/{request.pk}/"]
    answers = {page: client.get(page) for page in pages}
    answers["api"] = client.get(f"/api/children/{candidate.child_id}/candidates")

    assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(
        answers, 200
    )
    assert "erased" in answers[f"/matches/{candidate.pk}/"].content.decode()


def test_erased_database_row_still_holds_only_sealed_bytes(make_child, erase):
    erase(make_child("رسلان"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM people_assertion")
        (value,) = cursor.fetchone()

    assert bytes(value)[0] == 1
    assert "رسلان".encode() not in bytes(value)


# The screens


def test_officer_asks_for_an_erasure(client, make_child, officer):
    child = make_child()
    client.force_login(officer)

    answer = client.post(
        "/erasures/",
        {"reference": child.reference.lower(), "ground": "asked", "reason": "Asked for."},
        follow=True,
    )

    assert "Another person has to agree." in answer.content.decode()
    assert Approval.objects.get().payload == {
        "person": str(child.pk),
        "reference": child.reference,
        "ground": "asked",
    }


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"reference": "C-222-222-222"}, "There is no such person."),
        ({"ground": "because"}, "Select a valid choice"),
        ({"reason": ""}, "This field is required"),
    ],
)
def test_erasure_that_cannot_be_asked_for_is_sent_back(client, make_child, officer, typed, wrong):
    fit = {"reference": make_child().reference, "ground": "asked", "reason": "Asked for."}
    client.force_login(officer)

    answer = client.post("/erasures/", fit | typed)

    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    assert Approval.objects.count() == 0


def test_certificate_can_be_read_and_printed(client, make_child, erase, officer):
    child = make_child()
    erasure = erase(child)
    client.force_login(officer)

    listed = client.get("/erasures/").content.decode()
    page = client.get(f"/erasures/{erasure.pk}/").content.decode()

    assert f"/erasures/{erasure.pk}/" in listed
    assert child.reference in page
    assert erasure.signature in page
    assert erasure.certificate["keys_destroyed"][0]["sha256"] in page
    assert "this certificate was changed" not in page
    assert Event.objects.filter(action="people.read", object_id=str(erasure.pk)).count() == 1


@pytest.mark.usefixtures("without_triggers")
def test_certificate_that_was_changed_says_so(client, make_child, erase, officer):
    erasure = erase(make_child())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_erasure SET signature = %s", ["00" * 64])
    client.force_login(officer)

    page = client.get(f"/erasures/{erasure.pk}/").content.decode()

    assert "this certificate was changed" in page


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLOCK}))
def test_erasures_are_seen_by_few(client, make_child, make_user, erase, role):
    erasure = erase(make_child())
    client.force_login(make_user(role=role))
    few = {Role.DATA_PROTECTION_OFFICER, Role.PROGRAMME_MANAGER, Role.AUDITOR}

    answers = client.get("/erasures/"), client.get(f"/erasures/{erasure.pk}/")

    assert [answer.status_code for answer in answers] == ([200, 200] if role in few else [403, 404])


def test_auditor_sees_erasures_and_asks_for_none(client, make_child, make_user):
    client.force_login(make_user(role=Role.AUDITOR))
    form = {"reference": make_child().reference, "ground": "asked", "reason": "Asked for."}

    shown, asked = client.get("/erasures/"), client.post("/erasures/", form)

    assert "Ask that somebody be erased" not in shown.content.decode()
    assert asked.status_code == 422
    assert Approval.objects.count() == 0


def test_list_of_erasures_costs_the_same_for_one_and_for_three(
    client, make_child, erase, officer, django_assert_max_num_queries
):
    client.force_login(officer)
    erase(make_child())
    client.get("/erasures/")
    with django_assert_max_num_queries(50) as one:
        client.get("/erasures/")
    for _ in range(2):
        erase(make_child())

    with django_assert_max_num_queries(50) as three:
        client.get("/erasures/")

    assert len(three) == len(one)
