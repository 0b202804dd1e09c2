"""Documents on paper: asked for, made by a job, taken out as a disclosure, and by nobody else."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from kinward.access.models import Compartment, Purpose, Role, clock
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.casework.models import Task
from kinward.core import jobs
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.files import place_of
from kinward.core.guarding import WordsRefused
from kinward.core.models import Imprint, Job
from kinward.core.printing import pdf, written
from kinward.core.printing.imprints import Finding, known_again
from kinward.people import actions
from kinward.people.consents import ConsentPurpose, Giver
from kinward.people.consents import State as Answered
from kinward.people.models import DocumentKind, Printout
from kinward.people.printouts import State, consent, draw, offered, printouts_of
from kinward.people.printouts.letters import values_of
from kinward.people.queries import told_under
from kinward.people.rules import ConsentAnswer
from kinward.people.telling import passed_on


@pytest.fixture
def child(make_child):
    return make_child("رسلان", region="IQ-BG")


@pytest.fixture
def salma(make_user):
    return make_user("salma", role=Role.CASE_WORKER, region="IQ-BG")


@pytest.fixture
def offer(child, salma, at):
    """What may be made now: offer("consent", "blank-photo")."""

    def found(kind="consent", about="blank-photo", by=salma):
        listed = offered(child, user=by, at=at)
        return next(each for each in listed if (each.kind, each.about) == (kind, about))

    return found


@pytest.fixture
def ask(child, salma, at, offer):
    """Ask for a document: ask(offer("case_file", "whole"), language="ru")."""

    def asked(wanted=None, by=salma, **more):
        told = {"language": "en", "recipient": "Zaira", "purpose": Purpose.PROTECTION} | more
        return actions.ask_for_printout(person=child, offer=wanted or offer(), by=by, at=at, **told)

    return asked


@pytest.fixture
def state(child, salma, at):
    return lambda: printouts_of(child, user=salma, now=at)[0].state


def words_of(content):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_document_is_made_by_a_job_and_taken_out_as_a_disclosure(
    ask, state, work, child, salma, at
):
    asked = ask()
    before = state()
    work()
    printout = Printout.objects.get()

    content = actions.take_printout(printout=printout, by=salma, at=at)

    assert (before, state()) == (State.WAITS, State.MADE)
    assert child.reference in words_of(content)
    told = Event.objects.get(action="people.took_document")
    assert told.details == {"document": "consent", "printout": str(printout.pk)}
    assert [each.recipient for each in passed_on(child, user=salma).documents] == ["Zaira"]
    assert (told.object_id, told.purpose) == (str(child.pk), "protection")
    assert told.compartments == "identity"
    assert known_again(file=content)[0] == Finding.UNCHANGED
    assert Imprint.objects.get().code == asked.made.code


def test_withdrawal_has_those_told_who_were_given_a_document_for_it(
    ask, work, child, salma, make_user, at
):
    given = {"purpose": Purpose.TRACING, "recipient": "Red Crescent"}
    for more in (given, given | {"recipient": "never taken out"}, {"recipient": "for care"}):
        ask(**more)
    work()
    later = at + timedelta(hours=1)
    for printout in Printout.objects.all():
        if printout.recipient != "never taken out":
            actions.take_printout(printout=printout, by=salma, at=later)
    gone = ConsentAnswer(
        state=Answered.WITHDRAWN, giver=Giver.CHILD, form_version="2018-11", language="ar"
    )

    huda = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    answered = actions.record_consent(
        person=child, answer=gone, by=huda, at=later + timedelta(hours=1)
    )

    assert told_under(answered) == ["Red Crescent"]
    assert "Red Crescent" in Task.objects.get().words


def test_file_lies_sealed_on_the_disk(ask, work):
    ask()
    work()

    stored = place_of(Printout.objects.get().made.stored_as).read_bytes()

    assert b"%PDF" not in stored


def test_document_made_twice_by_a_job_that_was_killed_is_made_once(ask, work, at):
    ask()
    work()
    Job.objects.update(done_at=None, due_at=at)

    work()

    assert Imprint.objects.count() == 1


def test_document_opens_for_nobody_but_who_asked(ask, work, make_user, at):
    ask()
    work()
    other = make_user("other", role=Role.CASE_WORKER, region="IQ-BG")

    with pytest.raises(actions.NoSuchDocument):
        actions.take_printout(printout=Printout.objects.get(), by=other, at=at)


def test_document_does_not_open_any_more_for_who_no_longer_sees_the_child(ask, work, salma, at):
    ask()
    work()
    salma.region = "RU-DA"
    salma.save()

    with pytest.raises(actions.NoSuchDocument):
        actions.take_printout(printout=Printout.objects.get(), by=salma, at=at)


def test_document_closes_with_the_compartment_it_is_of(ask, offer, work, salma, at):
    ask(offer("case_file", "whole"))
    work()
    salma.role = Role.REGISTRAR  # sees the child still, and nothing of courts
    salma.save()

    with pytest.raises(actions.NoSuchDocument):
        actions.take_printout(printout=Printout.objects.get(), by=salma, at=at)


def test_document_is_not_made_for_who_no_longer_sees_the_child(ask, work, salma, child, at):
    ask()
    salma.region = "RU-DA"
    salma.save()

    work()

    assert not hasattr(Printout.objects.get(), "made")
    salma.region = "IQ-BG"
    assert printouts_of(child, user=salma, now=at)[0].state == State.CLOSED


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"recipient": " "}, actions.UnfitPrintout),
        ({"recipient": "D3S1358 15/16, vWA 14/17"}, WordsRefused),
        ({"language": "tlh"}, actions.UnfitPrintout),
        ({"purpose": Purpose.OVERSIGHT}, actions.UnfitPrintout),
    ],
)
def test_document_is_for_somebody_named_and_for_a_purpose(ask, more, refused):
    with pytest.raises(refused):
        ask(**more)


def test_who_only_counts_has_nothing_made(ask, make_user):
    with pytest.raises(NotAllowed):
        ask(by=make_user("manager", role=Role.PROGRAMME_MANAGER))


def test_child_of_another_office_is_absent(ask, make_user):
    with pytest.raises(NotFound):
        ask(by=make_user("far", role=Role.CASE_WORKER, region="RU-DA"))


def test_what_is_not_offered_to_a_role_cannot_be_asked_for(ask, offer, make_user):
    registrar = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    file = offer("case_file", "whole")

    assert file.compartment == Compartment.LEGAL
    with pytest.raises(NotFound):
        ask(file, by=registrar, purpose=Purpose.REGISTRATION)


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
@pytest.mark.parametrize("purpose", list(ConsentPurpose))
def test_every_purpose_is_explained_in_every_language(purpose, language):
    words = consent.words_of(consent.current_version(), purpose, language)

    assert len(words["said"]) == 3
    assert len(words["rights"]) == 4


def test_version_that_is_not_ours_is_not_explained_in_other_words():
    assert consent.words_of("of 2016", "tracing", "en") is None
    assert consent.words_of("current", "tracing", "en") is None


def test_form_that_was_answered_says_who_answered_what(ask, offer, child, salma, at):
    answer = child.consents.get()
    printout = ask(offer("consent", str(answer.pk)))

    html = written(draw(printout, user=salma, at=at).sheet, at=at)

    assert "agrees" in html
    assert "the child" in html
    assert answer.form_version in html
    assert "I agree." not in html


def test_case_file_holds_what_its_reader_may_see_and_who_that_is(ask, offer, salma, at):
    printout = ask(offer("case_file", "whole"))

    drawn = draw(printout, user=salma, at=at)
    html = written(drawn.sheet, at=at)

    assert "رسلان" in html
    assert "What stands between this child and home" in html
    assert salma.get_full_name() in drawn.sheet.watermark
    assert {"legal", "movement"} <= drawn.compartments


def test_letter_is_filled_in_from_what_is_known(ask, child, salma, at):
    values = values_of(ask(), salma, at)

    assert (values["name"], values["reference"]) == ("رسلان", child.reference)
    assert (values["recipient"], values["writer"]) == ("Zaira", salma.get_full_name())


def test_blank_form_is_the_same_file_for_everybody(client, make_user):
    sheet = consent.blank_sheet(ConsentPurpose.TRACING, "en")
    client.force_login(make_user("huda", role=Role.REGISTRAR))
    address = f"{reverse('people:blank_form')}?purpose=tracing&language=en"

    answer = client.get(address)

    assert answer.content == pdf(written(sheet, at=consent.explained_since()))
    assert answer["Content-Disposition"].endswith('"consent-tracing-2018-12-en.pdf"')


def test_document_is_asked_for_and_taken_out_on_its_page(client, child, salma):
    client.force_login(salma)
    page = reverse("people:documents", args=[child.pk])
    typed = {"document": "consent:blank-photo", "language": "ru", "purpose": "protection"}
    client.post(page, typed | {"recipient": "Zaira"})
    with acting(clock()):
        jobs.drain(now=timezone.now)
    printout = Printout.objects.get()

    answer = client.get(reverse("people:take_document", args=[child.pk, printout.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert "Согласие" in words_of(answer.content)
    assert "Zaira" in client.get(page).content.decode()
    assert child.reference in answer["Content-Disposition"]


def test_missing_recipient_is_said_at_its_field_and_the_choice_stays(client, child, salma):
    client.force_login(salma)
    typed = {"document": "case_file:whole", "language": "ar", "purpose": "protection"}

    answer = client.post(reverse("people:documents", args=[child.pk]), typed)

    assert answer.status_code == 422
    assert [*answer.context["form"].errors] == ["recipient"]
    assert answer.context["form"]["document"].value() == "case_file:whole"
    assert Printout.objects.count() == 0


def test_list_costs_the_same_for_one_document_and_for_many(
    ask, child, salma, at, django_assert_num_queries
):
    ask()
    with django_assert_num_queries(2):
        printouts_of(child, user=salma, now=at)
    for _ in range(5):
        ask()

    with django_assert_num_queries(2):
        assert len(printouts_of(child, user=salma, now=at)) == 6


def test_kinds_have_each_a_maker_of_their_room(child, salma, at):
    kinds = {each.kind for each in offered(child, user=salma, at=at)}

    assert kinds == {DocumentKind.CONSENT, DocumentKind.CASE_FILE}
