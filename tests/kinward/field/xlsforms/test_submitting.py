"""Submissions become entries: once each, as of a phone, with a reason for each that does not."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from odk import as_json, as_kobo, as_xml, collected

from kinward.core.errors import NotAllowed
from kinward.field.actions.submitting import take_submissions
from kinward.field.definitions import FORMS
from kinward.field.models import Entry
from kinward.field.queries import own_device
from kinward.field.xlsforms.submissions import submissions_in
from kinward.people.models import Assertion, Person

CHILD = FORMS["child"]
ANSWERS = {
    "said_by": "child",
    "method": "interview",
    "names": [{"name": "Амина Торанова"}],
    "sex": "female",
    "age": {"age": 7, "as_of": "2018-12-30"},
    "father": {"answer": "unknown"},
    "found_at": {"text": "Аль-Холь"},
}
CONSENTS = [{"purpose": "tracing", "state": "given", "giver": "child", "language": "ru"}]

pytestmark = pytest.mark.django_db


def kobo(number=1, answers=ANSWERS, consents=CONSENTS, **more):
    instance = f"uuid:0b1f6a52-7c1e-4f0a-9d3e-00000000000{number}"
    groups = collected(CHILD.told(), answers, consents)
    return as_kobo("child", CHILD.version, groups, instance=instance, **more)


@pytest.fixture
def take(phone, amira, at):
    """Take a file in: take(content) returns what became of each row."""

    def taken(content, **options):
        device = own_device(phone.device, user=amira)
        sent = submissions_in(content, name="made-up")
        return take_submissions(submissions=sent, device=device, by=amira, at=at, **options)

    return taken


def statements():
    """Everything that stands about anybody, without who it is about."""
    rows = Assertion.objects.order_by("property", "pk")
    return [(one.property, one.value, one.answer, one.said_by, one.method) for one in rows]


def test_submission_makes_the_statements_that_the_entry_of_a_phone_makes(take, sync, phone):
    (of_phone,) = sync(phone, phone.write("child", ANSWERS, consents=CONSENTS))
    by_phone = statements()
    first = set(Person.objects.values_list("pk", flat=True))

    (taken,) = take(as_json(kobo()))

    assert (of_phone["state"], taken.state, taken.why) == ("kept", "kept", {})
    assert taken.about not in first
    both = statements()
    assert sorted(map(repr, both)) == sorted(map(repr, [*by_phone, *by_phone]))


def test_submission_is_taken_once(take):
    content = as_json(kobo())

    first, again = take(content), take(content)

    assert [each.state for each in (*first, *again)] == ["kept", "repeated"]
    assert Person.objects.count() == 1


def test_same_submission_twice_in_a_file_is_taken_once(take):
    states = [each.state for each in take(as_json(kobo(), kobo()))]

    assert (states, Person.objects.count()) == (["kept", "repeated"], 1)


def test_dry_run_says_the_same_and_stores_nothing(take):
    content = as_json(kobo(), kobo(2, consents=[]), kobo())

    tried = take(content, dry=True)
    stored = (Entry.objects.count(), Person.objects.count())
    done = take(content)

    assert stored == (0, 0)
    assert [each.state for each in tried] == ["kept", "refused", "repeated"]
    assert [(each.state, each.why) for each in tried] == [(each.state, each.why) for each in done]


def test_refused_row_keeps_no_other_back_and_says_why(take):
    bad = {**ANSWERS, "sex": "neither", "age": {"age": "seven", "as_of": "2018-12-30"}}

    refused, kept = take(as_json(kobo(1, bad), kobo(2)))

    assert (refused.state, sorted(refused.why)) == ("refused", ["age", "sex"])
    assert kept.state == "kept"
    assert Entry.objects.get(state="refused").box != ""


def test_refused_row_is_taken_once_it_is_mended(take):
    (refused,) = take(as_json(kobo(1, ANSWERS, [])))
    (mended,) = take(as_json(kobo(1)))

    assert (refused.state, mended.state) == ("refused", "kept")


def test_submission_of_no_form_of_ours_is_refused(take):
    (taken,) = take(as_json(kobo() | {"_xform_id_string": "water_points"}))

    assert (taken.state, list(taken.why)) == ("refused", ["form"])


def test_form_can_be_told_beside_the_file(take):
    (taken,) = take(as_json(kobo() | {"_xform_id_string": "aBcD123"}), form="child")

    assert taken.state == "kept"


def test_what_has_no_place_and_an_unknown_version_are_told(take):
    (taken,) = take(as_json(kobo(tribe="Toran") | {"__version__": "vX"}))

    assert (taken.state, dict(taken.rest), taken.known_version) == (
        "kept",
        {"tribe": "Toran"},
        False,
    )


def test_second_child_of_the_same_name_is_advice(take):
    first, second = take(as_json(kobo(1), kobo(2)))

    assert first.alike == ()
    assert second.alike == (Person.objects.get(pk=first.about).reference,)


def test_annex_finds_its_child_by_reference_or_id(take):
    (child,) = take(as_json(kobo()))
    reference = Person.objects.get(pk=child.about).reference
    annex = FORMS["annex"]
    groups = collected(annex.told(), {"said_by": "document", "clothes": "a red coat"}, [])

    states = [
        take(as_xml("annex", annex.version, {"record": named, **groups}, instance=f"uuid:{named}"))
        for named in (reference, str(child.about), "nobody")
    ]

    assert [each.state for (each,) in states] == ["kept", "kept", "refused"]
    assert list(states[2][0].why) == ["record"]
    assert Assertion.objects.filter(property="clothes", person=child.about).count() == 2


def test_phone_of_another_account_cannot_be_used(phone, make_user, amira, at):
    device = own_device(phone.device, user=amira)

    with pytest.raises(NotAllowed):
        take_submissions(submissions=[], device=device, by=make_user("bela"), at=at)


def test_command_says_what_became_of_each_row(tmp_path, phone, amira, capsys):
    file = tmp_path / "export.json"
    file.write_bytes(as_json(kobo(), kobo(2, consents=[])))
    options = ("--by", "amira", "--device", phone.device)

    call_command("take_submissions", str(file), *options, "--dry-run")
    tried = capsys.readouterr().out
    call_command("take_submissions", str(file), *options)
    done = capsys.readouterr().out

    assert tried == done.rstrip("\n") + " (nothing was stored)\n"
    assert "export.json, row 2, tracing: This has to be answered." in done
    assert "2 submissions: 1 kept, 1 refused" in done


def test_command_names_a_file_it_cannot_read(tmp_path, phone):
    file = tmp_path / "export.json"
    file.write_bytes(b"[")

    with pytest.raises(CommandError, match=r"export\.json"):
        call_command("take_submissions", str(file), "--by", "amira", "--device", phone.device)


def test_command_refuses_a_phone_that_is_not_the_accounts(tmp_path, phone):
    with pytest.raises(CommandError, match="has no phone"):
        call_command("take_submissions", "x.json", "--by", "nobody", "--device", phone.device)
