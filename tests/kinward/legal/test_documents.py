"""Recording travel documents, and how the track of papers follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.casework.models import DocumentInHand, Step, Unmet
from kinward.casework.queries import case_of, documents_in_hand
from kinward.casework.rules import may_travel
from kinward.casework.tracks import Civil
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import WordsRefused
from kinward.legal import actions
from kinward.legal.models import DocumentNote, NameCheck, Noted, TravelDocument
from kinward.legal.queries import documents_of
from kinward.people.due import compartments_of, last_entries

pytestmark = pytest.mark.django_db
APPLIED = (Civil.EVIDENCE, Civil.BIRTH, Civil.APPLIED)


def test_document_is_kept_as_printed_and_the_papers_stand_as_issued(
    child, take, record_document, stands, layla
):
    take(*APPLIED)

    document = record_document()

    kept = TravelDocument.objects.get()
    assert (kept.surname, kept.given, kept.number) == ("Магомедов", "Руслан", "530123456")
    step = stands().last(Civil.ISSUED)
    assert (step.holds_from, step.holds_until) == (document.valid_from, document.valid_until)
    assert Step.objects.get(pk=step.id).evidence == "passport RUS 530123456"
    assert Event.objects.filter(action="legal.recorded_document", object_id=child.pk).count() == 1
    assert kept.recorded_by == layla


def test_document_nobody_applied_for_is_recorded_and_moves_nothing(record_document, stands):
    record_document()

    assert TravelDocument.objects.count() == 1
    assert stands().position == Civil.CLAIMED


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"surname": "", "given": ""}, actions.UnfitPaper),
        ({"valid_from": None}, actions.UnfitPaper),
        ({"surname": "D3S1358 15,16 D8S1179 12,13"}, WordsRefused),
    ],
)
def test_document_that_cannot_be_is_refused(record_document, printed, said, refusal):
    if "valid_from" in said:
        said = {"valid_from": printed().valid_until + timedelta(days=1)}

    with pytest.raises(refusal):
        record_document(**said)

    assert TravelDocument.objects.count() == 0


def test_document_is_recorded_by_who_works_on_papers_of_that_office(
    record_document, make_user, salma
):
    with pytest.raises(NotAllowed):
        record_document(by=make_user("olga", role=Role.REGISTRAR, region="IQ-BG"))
    with pytest.raises(NotFound):
        record_document(by=make_user("far", role=Role.LEGAL_OFFICER, region="RU-DA"))

    assert record_document(by=salma).recorded_by == salma


def test_document_stands_in_place_of_one_of_the_same_child_once(
    record_document, make_child, layla, printed, at
):
    first = record_document()
    record_document(number="530123457", replaces=first)

    with pytest.raises(actions.Settled):
        record_document(replaces=first)
    other = make_child("ليلى", region="IQ-BG")
    with pytest.raises(actions.UnfitPaper):
        actions.record_document(child=other, printed=printed(), replaces=first, by=layla, at=at)


def test_names_that_agree_let_the_papers_stand_as_checked(
    child, take, record_document, check_name, stands, at
):
    take(*APPLIED)
    document = record_document()
    assert Unmet.NAME_UNCHECKED in may_travel(case_of(child), at.date())

    check_name(document, "MAGOMEDOV", "RUSLAN")

    assert stands().position == Civil.CHECKED
    assert Unmet.NAME_UNCHECKED not in may_travel(case_of(child), at.date())


def test_names_that_differ_are_found_and_take_back_what_was_checked(
    child, take, record_document, check_name, stands, layla, salma, at
):
    take(*APPLIED)
    document = record_document()
    check_name(document, "MAGOMEDOV", "RUSLAN")

    check_name(document, "MAGOMEDOV", "RUSTAM", when=at + timedelta(hours=1))

    assert stands().position == Civil.ISSUED
    (held,) = documents_of(child, user=layla, today=at.date())
    assert held.agrees is False
    assert [str(each) for each in held.checks[0].differences] == ["given"]
    assert NameCheck.objects.count() == 2


def test_who_recorded_the_document_does_not_compare_it(record_document, check_name, layla):
    document = record_document()

    with pytest.raises(actions.UnfitPaper):
        check_name(document, "MAGOMEDOV", "RUSLAN", by=layla)
    with pytest.raises(actions.UnfitPaper):
        check_name(document, " ", "")

    assert NameCheck.objects.count() == 0


@pytest.mark.parametrize(
    ("noted", "position"),
    [
        (Noted.ERROR, Civil.ERROR),
        (Noted.CANCELLED, Civil.CANCELLED),
        (Noted.MISTYPED, Civil.APPLIED),
    ],
)
def test_document_that_cannot_be_used_stands_no_longer(
    take, record_document, check_name, stands, layla, at, noted, position
):
    take(*APPLIED)
    document = record_document()
    check_name(document, "MAGOMEDOV", "RUSLAN")

    note = {"document": document, "reason": "one letter is wrong", "by": layla, "at": at}
    actions.note_document(noted=noted, **note)

    assert stands().position == position
    with pytest.raises(actions.Settled):
        actions.note_document(noted=noted, **note)
    with pytest.raises(actions.Settled):
        check_name(document, "MAGOMEDOV", "RUSLAN")


def test_note_gives_a_reason_without_labels(record_document, layla, at):
    said = {"document": record_document(), "noted": Noted.ERROR, "by": layla, "at": at}

    with pytest.raises(actions.UnfitPaper):
        actions.note_document(reason=" ", **said)
    with pytest.raises(WordsRefused):
        actions.note_document(reason="сын боевика", **said)

    assert DocumentNote.objects.count() == 0


def test_error_is_mended_by_another_document(take, record_document, layla, stands, at):
    take(*APPLIED)
    first = record_document()
    actions.note_document(document=first, noted=Noted.ERROR, reason="one letter", by=layla, at=at)

    record_document(number="530123457", replaces=first, when=at + timedelta(days=1))

    assert stands().position == Civil.REISSUED


def test_document_recorded_while_another_is_in_hand_is_the_one_a_gate_asks_about(
    child, take, record_document, check_name, stands, layla, at
):
    take(*APPLIED)
    first = record_document()
    check_name(first, "MAGOMEDOV", "RUSLAN")
    end = at.date() + timedelta(days=1)
    later = at + timedelta(hours=1)

    second = record_document(given="Рустам", zone="", valid_until=end, when=later)

    assert stands().position == Civil.REISSUED
    assert Unmet.NAME_UNCHECKED in may_travel(case_of(child), at.date())
    assert Unmet.NO_DOCUMENT in may_travel(case_of(child), end + timedelta(days=1))
    actions.note_document(document=first, noted=Noted.CANCELLED, reason="old", by=layla, at=later)
    assert stands().position == Civil.REISSUED
    actions.note_document(document=second, noted=Noted.CANCELLED, reason="lost", by=layla, at=later)
    assert stands().position == Civil.CANCELLED


def test_document_that_was_mistyped_leaves_the_one_before_in_hand(
    child, take, record_document, check_name, stands, layla, at
):
    take(*APPLIED)
    first = record_document()
    check_name(first, "MAGOMEDOV", "RUSLAN")
    later = at + timedelta(hours=1)
    second = record_document(given="Рустам", zone="", when=later)
    check_name(second, "MAGOMEDOV", "RUSTAM", when=later)

    wrong = {"noted": Noted.MISTYPED, "reason": "of another child", "by": layla, "at": later}
    actions.note_document(document=second, **wrong)

    assert stands().position == Civil.CHECKED
    assert stands().last(Civil.REISSUED) is None
    assert documents_in_hand([child.pk])[child.pk].document == first.pk


def test_note_on_an_older_document_leaves_the_papers_as_they_stand(
    take, record_document, check_name, layla, stands, at
):
    older = record_document(kind="card")
    take(*APPLIED)
    record_document(when=at + timedelta(minutes=1))

    check_name(older, "MAGOMEDOV", "RUSLAN")
    actions.note_document(document=older, noted=Noted.CANCELLED, reason="old", by=layla, at=at)

    assert stands().position == Civil.ISSUED


def test_document_says_what_follows_from_it(child, record_document, layla, at):
    document = record_document(given="Рустам")
    day = document.valid_until

    def held(today, user=layla):
        (found,) = documents_of(child, names=["Руслан", "رستم"], user=user, today=today)
        return found

    assert held(day).valid
    assert (held(day).days_left, held(day).agrees, held(day).mistyped) == (0, None, False)
    assert not held(day + timedelta(days=1)).valid
    assert held(day).told == (("Руслан", True), ("رستم", False))
    assert held(day).as_told
    assert [str(flaw) for flaw in held(day).flaws] == ["name"]


def test_papers_are_hidden_from_who_registers(child, record_document, make_user, at):
    record_document()
    olga = make_user("olga", role=Role.REGISTRAR, region="IQ-BG")

    assert documents_of(child, user=olga, today=at.date()) == []


def test_papers_count_as_entries_about_the_child(child, record_document, at):
    when = at + timedelta(days=30)

    record_document(when=when)

    assert last_entries()[child.pk] == when
    assert "legal" in compartments_of({child.pk})[child.pk]


def test_journey_is_told_which_document_is_in_hand(child, record_document, check_name, layla, at):
    document = record_document()
    check_name(document, "MAGOMEDOV", "RUSLAN")

    row = DocumentInHand.objects.get(child=child)  # said once
    assert (row.surname, row.given, row.usable) == ("Магомедов", "Руслан", True)
    assert (row.zone_surname, row.number) == ("MAGOMEDOV", "530123456")
    assert documents_in_hand([child.pk]) == {child.pk: row}

    actions.note_document(document=document, noted=Noted.CANCELLED, reason="lost", by=layla, at=at)

    assert documents_in_hand([child.pk]) == {}
