from __future__ import annotations

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction

from kinward.core.fields import Erased, Sealed, SealedField
from kinward.core.keystore import store
from kinward.core.sealing import Forged
from kinward.people.models import Assertion, Group
from kinward.tracing.models import Candidate, Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(make_user, at):
    """Make a group with a note."""

    def make(text: str) -> Group:
        return Group.objects.create(note=text, registered_by=make_user(), registered_at=at)

    return make


def stored(row, column) -> bytes:
    """What the database itself holds."""
    table, key = row._meta.db_table, row._meta.pk.get_db_prep_value(row.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [key])  # noqa: S608
        return bytes(cursor.fetchone()[0])


def overwrite(row, column, value) -> None:
    table, key = row._meta.db_table, row._meta.pk.get_db_prep_value(row.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, key])  # noqa: S608


def test_sealed_text_reads_as_written_and_is_stored_sealed(note):
    group = note("held hands")

    assert group.note == "held hands"
    assert Group.objects.get().note == "held hands"
    assert b"held hands" not in stored(group, "note")


def test_sealed_json_reads_as_written_and_is_stored_sealed(make_child):
    said = make_child("رسلان").assertions.get()

    assert said.value == {"text": "رسلان"}
    assert "رسلان".encode() not in stored(said, "value")
    assert b"text" not in stored(said, "value")


def test_empty_value_is_stored_as_nothing(note, make_child):
    said = make_child("رسلان").assertions.get()

    assert stored(note(""), "note") == b""
    assert stored(said, "source") == b""
    assert Group.objects.get(note="").note == ""
    assert said.source == ""


def test_sealed_value_is_not_opened_until_it_is_asked_for(note):
    note("held hands")
    group = Group.objects.get()

    assert isinstance(group.__dict__["note"], Sealed)
    assert group.note == "held hands"
    assert group.__dict__["note"] == "held hands"


def test_sealed_value_that_was_deferred_is_loaded(note):
    note("held hands")

    assert Group.objects.defer("note").get().note == "held hands"
    assert isinstance(Group.note.field, SealedField)


def test_sealed_value_is_kept_as_it_is_when_another_field_is_saved(make_candidate):
    candidate = Candidate.objects.get(pk=make_candidate().pk)
    before = stored(candidate, "reasons")
    candidate.weight = 3.0

    candidate.save()

    assert stored(candidate, "reasons") == before


def test_sealed_value_is_sealed_anew_when_it_changed(make_candidate):
    candidate = make_candidate()
    candidate.reasons = [{"comparison": "given", "bits": 1.5}]

    candidate.save(update_fields=["reasons"])

    assert Candidate.objects.get().reasons == [{"comparison": "given", "bits": 1.5}]


def test_several_rows_are_changed_at_once_and_sealed(make_candidate):
    candidates = [make_candidate(), make_candidate()]
    for number, candidate in enumerate(candidates):
        candidate.weight, candidate.reasons = number, [{"bits": number}]

    changed = Candidate.objects.bulk_update(candidates, ["weight", "reasons", "alignment"])

    assert changed == 2
    assert [candidate.reasons for candidate in candidates] == [[{"bits": 0}], [{"bits": 1}]]
    assert [each.reasons for each in Candidate.objects.order_by("weight")] == [
        [{"bits": 0}],
        [{"bits": 1}],
    ]


@pytest.mark.parametrize(
    "change", [{"reasons": [{"bits": 1}]}, {"reasons": [{}], "weight": 1}], ids=["alone", "among"]
)
def test_update_refuses_what_is_not_sealed(make_candidate, change):
    make_candidate()

    with pytest.raises(TypeError, match="reasons is sealed"):
        Candidate.objects.update(**change)


@pytest.mark.parametrize("lookup", ["contains", "icontains", "startswith", "in", "text"])
def test_sealed_value_cannot_be_searched(make_child, lookup):
    make_child()

    with pytest.raises(FieldError):
        Assertion.objects.filter(**{f"value__{lookup}": "رسلان"}).exists()


def test_sealed_value_cannot_be_looked_up(note):
    with pytest.raises(TypeError, match="note is sealed"):
        Group.objects.filter(note="held hands").exists()


def test_database_still_refuses_a_review_without_a_reason(make_candidate, make_user, at):
    blank = Review(
        candidate=make_candidate(),
        round=1,
        reviewer=make_user(),
        opinion="same",
        reason="",
        reviewed_at=at,
        weight=1.0,
        probability=0.5,
        computed_at=at,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        blank.save()


@pytest.mark.usefixtures("without_triggers")
def test_sealed_value_moved_to_another_row_is_refused(note):
    victim, thief = note("held hands"), note("another")
    overwrite(thief, "note", stored(victim, "note"))

    with pytest.raises(Forged):
        _ = Group.objects.get(pk=thief.pk).note


@pytest.mark.usefixtures("without_triggers")
def test_sealed_value_moved_to_another_column_is_refused(make_child):
    said = make_child().assertions.get()
    overwrite(said, "source", stored(said, "value"))

    with pytest.raises(Forged):
        _ = Assertion.objects.get().source


@pytest.mark.usefixtures("without_triggers")
def test_sealed_value_moved_to_another_person_is_refused(make_child):
    victim, thief = make_child("رسلان"), make_child("زائر")
    stolen = victim.assertions.get()
    key = thief.pk if connection.vendor == "postgresql" else thief.pk.hex
    overwrite(stolen, "person_id", key)

    with pytest.raises(Forged):
        _ = Assertion.objects.get(pk=stolen.pk).value


@pytest.mark.usefixtures("without_triggers")
def test_sealed_value_moved_to_another_compartment_is_refused(make_child, say):
    child = make_child("رسلان", statements=[say("mother", text="زائرة")])
    name = child.assertions.get(property="name")
    overwrite(name, "compartment", "family")

    with pytest.raises(Forged):
        _ = Assertion.objects.get(pk=name.pk).value


@pytest.mark.usefixtures("without_triggers")
def test_flipped_bit_is_refused(note):
    group = note("held hands")
    flipped = bytearray(stored(group, "note"))
    flipped[20] ^= 1
    overwrite(group, "note", bytes(flipped))

    with pytest.raises(Forged):
        _ = Group.objects.get().note


def test_erased_value_is_read_as_a_word_and_kept_sealed(note, at):
    group = note("held hands")
    store().destroy([group.pk], at=at)
    read = Group.objects.get()

    assert read.note == "erased"
    assert isinstance(read.note, Erased)
    assert isinstance(read.__dict__["note"], Sealed)


def test_erased_json_is_read_as_nothing(make_child, make_candidate, at):
    candidate = make_candidate(child=make_child())
    store().destroy([candidate.child_id], at=at)

    assert Assertion.objects.get(person=candidate.child_id).value == {}
    assert Candidate.objects.get().reasons == []


def test_candidate_is_erased_with_whom_is_sought(make_candidate, at):
    candidate = make_candidate()
    store().destroy([candidate.sought.person_id], at=at)

    assert Candidate.objects.get().reasons == []
