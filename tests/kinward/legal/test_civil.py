"""Evidence, nationality, formalities and births: recorded, followed by the case, and shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.casework.models import Step
from kinward.casework.tracks import Civil
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import WordsRefused
from kinward.legal import actions, queries
from kinward.legal.models import (
    BirthRegistration,
    ClaimAnswer,
    EvidenceItem,
    EvidenceNote,
    EvidenceNoted,
    Formality,
    FormalityStep,
    LegalFact,
    NationalityClaim,
    Progress,
    Protection,
)
from kinward.people.due import compartments_of, last_entries

pytestmark = pytest.mark.django_db
BOOK = {
    "question": "identity",
    "kind": "copy",
    "shows": "the child stands in the family book",
    "issuer": "registry, page 14",
    "holder": "the grandmother",
}
DNA = BOOK | {"question": "parentage", "kind": "dna", "issuer": "laboratory 7"}


@pytest.fixture
def show(child, layla, at):
    """Record evidence: show(question="birth")."""

    def shown(*, by=layla, **said):
        what = actions.Shown(**BOOK | said)
        return actions.record_evidence(child=child, shown=what, by=by, at=at)

    return shown


@pytest.fixture
def note(layla, at):
    """Note something of evidence: note(item, EvidenceNoted.CONTESTED)."""

    def noted(item, noted, *, seen=None, by=layla):
        said = {"said_by": "the consul", "reason": "another page", "seen": seen}
        return actions.note_evidence(item=item, noted=noted, **said, by=by, at=at)

    return noted


@pytest.fixture
def claim(child, layla, at):
    """Claim a nationality: claim("RU")."""

    def claimed(country, basis="descent", *, by=layla, **said):
        what = actions.Claimed(country=country, basis=basis, claimed_by="the mother", **said)
        return actions.claim_nationality(child=child, claimed=what, by=by, at=at)

    return claimed


@pytest.fixture
def answer(layla, at):
    """Answer a claim: answer(claim, "recognised")."""

    def answered(claim, answer, *, days=0, seen=None):
        day = at.date() + timedelta(days=days)
        said = {"authority": "consulate", "reference": "12/1", "happened_on": day}
        what = actions.Answered(answer=answer, **said)
        return actions.answer_claim(claim=claim, answered=what, seen=seen, by=layla, at=at)

    return answered


@pytest.fixture
def need(layla, at):
    """Need something of a paper: need(item, days=7, kind="consular")."""

    def needed(paper, *, days=7, **said):
        told = {"kind": "translation", "issued_in": "IQ", "used_in": "RU", "language": "ru"} | said
        what = actions.Needed(**told, due_on=at.date() + timedelta(days=days))
        return actions.need_formality(paper=paper, needed=what, by=layla, at=at)

    return needed


@pytest.fixture
def go_on(layla, at):
    """Record how far a formality is: go_on(formality, Progress.DONE)."""

    def gone(formality, progress, *, seen=None):
        said = {"done_by": "translator", "happened_on": at.date(), "seen": seen}
        return actions.record_progress(
            formality=formality, progress=progress, **said, by=layla, at=at
        )

    return gone


@pytest.fixture
def enter(child, layla, at):
    """Record how far a birth is: enter("registered", "RU")."""

    def entered(registered, country="IQ", *, days=0, seen=None, by=layla):
        day = at.date() + timedelta(days=days)
        said = {"authority": "registry", "entry": "114", "happened_on": day}
        what = actions.Entered(country=country, registered=registered, **said)
        return actions.record_birth(child=child, entered=what, seen=seen, by=by, at=at)

    return entered


def test_evidence_lets_the_papers_stand_until_none_counts(child, show, note, stands, layla):
    item = show()

    assert stands().position == Civil.EVIDENCE
    assert Step.objects.get().evidence == "a plain copy, registry, page 14"
    assert Event.objects.filter(action="legal.recorded_evidence", object_id=child.pk).count() == 1
    note(item, EvidenceNoted.WITHDRAWN)
    assert stands().position == Civil.CLAIMED
    identity = queries.evidence_of(child, user=layla)[0]
    assert (identity.counting, identity.missing) == (0, True)
    assert last_entries()[child.pk] == item.recorded_at
    assert compartments_of({child.pk})[child.pk] >= {"legal"}


def test_evidence_is_withdrawn_once_and_what_is_left_still_counts(show, note, stands):
    first = show()
    show(question="birth")
    note(first, EvidenceNoted.CONTESTED)
    note(first, EvidenceNoted.WITHDRAWN, seen="1")

    assert stands().position == Civil.EVIDENCE
    with pytest.raises(actions.NotedMeanwhile):
        note(first, EvidenceNoted.CONTESTED)
    with pytest.raises(actions.NotedMeanwhile):
        note(first, EvidenceNoted.ANSWERED, seen="1")
    assert EvidenceNote.objects.count() == 2


@pytest.mark.parametrize(
    ("result", "position"),
    [
        ("supports", Civil.DNA_SUPPORTS),
        ("excludes", Civil.DNA_EXCLUDES),
        ("inconclusive", Civil.DNA_INCONCLUSIVE),
    ],
)
def test_papers_follow_what_a_laboratory_concludes(show, take, stands, result, position):
    take(Civil.EVIDENCE, Civil.DNA_REQUESTED)

    show(**DNA, result=result)

    assert stands().position == position


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"issuer": " "}, actions.UnfitPaper),
        ({"result": "supports"}, actions.UnfitPaper),
        (DNA, actions.UnfitPaper),
        ({"standard": "balance"}, actions.UnfitPaper),
        ({"standard_by": "the lawyer"}, actions.UnfitPaper),
        (DNA | {"result": "supports", "shows": "D3S1358 15,16 D8S1179 12,13"}, WordsRefused),
    ],
)
def test_evidence_that_lacks_something_is_refused(show, said, refusal):
    with pytest.raises(refusal):
        show(**said)

    assert EvidenceItem.objects.count() == 0


def test_papers_are_recorded_by_who_works_on_them_in_that_office(show, claim, enter, make_user):
    olga = make_user("olga", role=Role.REGISTRAR, region="IQ-BG")
    far = make_user("far", role=Role.LEGAL_OFFICER, region="RU-DA")
    for act in (show, lambda by: claim("RU", by=by), lambda by: enter("filed", by=by)):
        with pytest.raises(NotAllowed):
            act(by=olga)
        with pytest.raises(NotFound):
            act(by=far)

    assert Event.objects.filter(action__startswith="legal.").count() == 0


def test_papers_follow_all_claims_together(child, show, claim, answer, stands, layla):
    show()
    russian, iraqi = claim("RU"), claim("IQ", "birth")
    found = queries.nationality_of(child, {}, user=layla)
    assert found.flag == Protection.NOT_YET
    assert [law.country for law in found.laws] == ["IQ", "RU"]

    answer(russian, "refused")
    assert stands().position == Civil.EVIDENCE
    answer(iraqi, "refused")
    assert stands().position == Civil.STATELESS
    answer(russian, "recognised", seen="1")
    assert stands().position == Civil.RECOGNISED
    answer(iraqi, "recognised")
    assert stands().position == Civil.MULTIPLE
    assert queries.nationality_of(child, {}, user=layla).flag is None


def test_claim_is_made_once_and_answered_by_what_is_new(claim, answer):
    russian = claim("RU")
    answer(russian, "disputed")

    with pytest.raises(actions.UnfitPaper):
        claim("RU")
    for what in ({"answer": "disputed"}, {"answer": "refused", "days": -1}):
        with pytest.raises(actions.UnfitPaper):
            answer(russian, **what)
    with pytest.raises(actions.UnfitPaper):
        claim("IQ", since=russian.recorded_at.date() + timedelta(days=1))
    with pytest.raises(actions.NotedMeanwhile):
        answer(russian, "refused", seen="0")
    assert (NationalityClaim.objects.count(), ClaimAnswer.objects.count()) == (1, 1)


def test_last_word_on_what_a_law_asks_counts(child, layla, at, show, make_child):
    said = {"child": child, "country": "SY", "fact": "father_national", "said_by": "the consul"}
    item = show()
    actions.record_legal_fact(**said, holds=True, evidence=item, by=layla, at=at)
    asked = queries.nationality_of(child, {}, user=layla)
    actions.record_legal_fact(**said, holds=False, by=layla, at=at + timedelta(hours=1))
    again = queries.nationality_of(child, {}, user=layla)

    assert asked.laws[0].followed[0].outcome == "would_follow"
    assert again.laws[0].followed[0].outcome == "not_by_it"
    assert LegalFact.objects.count() == 2
    other = make_child("ليلى", region="IQ-BG")
    with pytest.raises(actions.UnfitPaper):
        actions.record_legal_fact(
            **said | {"child": other}, holds=True, evidence=item, by=layla, at=at
        )


def test_formality_is_due_on_the_case_until_it_is_done(child, show, need, go_on, stands, at):
    item = show()
    later, sooner = need(item, days=9), need(item, days=2, kind="consular", language="")
    due = stands().last(Civil.FORMALITY)
    assert due.holds_until == sooner.due_on

    go_on(sooner, Progress.ORDERED)
    go_on(sooner, Progress.DONE, seen="1")
    assert stands().last(Civil.FORMALITY).holds_until == later.due_on
    go_on(later, Progress.DROPPED)

    assert stands().steps[-1].to == Civil.FORMALITIES_DONE
    assert stands().position == Civil.EVIDENCE
    with pytest.raises(actions.UnfitPaper):
        go_on(later, Progress.DONE)
    with pytest.raises(actions.DoneMeanwhile):
        go_on(sooner, Progress.DONE, seen="1")
    assert FormalityStep.objects.count() == 3


def test_formality_is_one_the_two_states_ask_for(show, need, record_document, open_proceeding):
    item = show()
    for said in ({"kind": "apostille", "language": ""}, {"language": ""}, {"days": -1}):
        with pytest.raises(actions.UnfitPaper):
            need(item, **said)

    need(record_document())
    need(open_proceeding().steps.get(), kind="apostille", issued_in="RU", used_in="GB", language="")
    assert Formality.objects.count() == 2


def test_name_is_checked_though_the_same_person_had_a_paper_translated(
    take, record_document, check_name, salma, at, stands
):
    take(Civil.EVIDENCE, Civil.BIRTH, Civil.APPLIED)
    document = record_document()
    what = actions.Needed(
        kind="translation", issued_in="RU", used_in="IQ", language="ar", due_on=at.date()
    )
    actions.need_formality(paper=document, needed=what, by=salma, at=at)

    check_name(document, "MAGOMEDOV", "RUSLAN", by=salma)
    assert stands().position == Civil.CHECKED
    check_name(document, "MAGOMEDOV", "RUSTAM", by=salma)
    assert stands().position == Civil.ISSUED


def test_registered_birth_is_followed_by_the_papers(show, enter, stands):
    show()
    enter("filed")
    enter("refused", seen="1")
    enter("filed", "RU")
    assert stands().position == Civil.EVIDENCE

    enter("registered", "RU")

    assert stands().position == Civil.BIRTH
    for row in (("filed", "RU"), ("filed", "IQ", 1)):
        with pytest.raises(actions.UnfitPaper):
            enter(*row[:2], days=row[2] if len(row) > 2 else 0)
    with pytest.raises(actions.DoneMeanwhile):
        enter("filed", seen="1")
    assert BirthRegistration.objects.count() == 4


def page_of(child, name, *ids):
    return reverse(f"legal:{name}", args=[child.pk, *ids])


def test_evidence_is_recorded_contested_and_shown(client, child, layla):
    client.force_login(layla)

    wrong = client.post(page_of(child, "evidence_add"), BOOK | {"standard": "balance"})
    page = client.post(page_of(child, "evidence_add"), BOOK, follow=True).content.decode()
    item = EvidenceItem.objects.get()
    noted = {"noted": "contested", "said_by": "the consul", "reason": "no seal", "seen": "0"}
    client.post(page_of(child, "evidence_note", item.pk), noted)
    shown = client.get(page_of(child, "evidence")).content.decode()

    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["standard_by"])
    assert "registry, page 14" in wrong.content.decode()  # nothing typed is lost
    assert page.count("nothing is shown yet") == 2
    assert "no seal" in shown
    assert "it is contested" in shown
    assert "[2008] UKHL 35" in shown
    assert client.post(page_of(child, "evidence_note", item.pk), noted).status_code == 409


def test_nationality_is_claimed_asked_of_the_law_and_answered(client, child, layla, at):
    client.force_login(layla)
    said = {"country": "SY", "basis": "descent", "claimed_by": "the mother"}
    fact = {"country": "SY", "fact": "born_there", "holds": "yes", "said_by": "the mother"}

    client.post(page_of(child, "claim"), said)
    client.post(page_of(child, "legal_fact"), fact)
    page = client.get(page_of(child, "nationality")).content.decode()
    one = NationalityClaim.objects.get()
    told = {"answer": "recognised", "authority": "consulate", "reference": "3", "seen": "0"}
    answer = page_of(child, "claim_answer", one.pk)
    client.post(answer, told | {"happened_on": at.date().isoformat()})
    papers = client.get(page_of(child, "papers")).content.decode()

    assert "Legislative Decree No. 276" in page
    assert "its father in law was a national when it was born" in page
    assert "no country has recognised its nationality yet" in page
    assert "no country has recognised its nationality yet" not in papers
    assert client.post(page_of(child, "claim"), said).status_code == 422
    assert client.get(page_of(child, "claim_answer", child.pk)).status_code == 404


def test_nationality_without_a_day_of_birth_tells_what_can_be_told(client, child, layla):
    client.force_login(layla)
    fact = {"country": "RU", "holds": "yes", "said_by": "the consulate"}
    client.post(page_of(child, "legal_fact"), fact | {"fact": "mother_national"})
    client.post(page_of(child, "legal_fact"), fact | {"fact": "born_there", "holds": "no"})

    page = client.get(page_of(child, "nationality"))

    (law,) = page.context["nationality"].laws
    shown = page.content.decode()
    assert page.context["nationality"].born is None
    assert (len(law.open), len(law.closed), len(law.unwritten)) == (8, 3, 1)
    for said in (
        "No day of birth is recorded of this child.",
        "rules that may apply: 8 of 11",
        "not reviewed by a lawyer",
        "born from 1 July 2002 to 25 October 2023",
        "its father in law was a national when it was born",
        "Law No. 1948-1",
        "born on 30 June 2002 or earlier",
    ):
        assert said in shown
    assert "Add what is said of its birth" not in shown  # a legal officer adds no statements


def test_formality_and_birth_are_recorded_on_their_pages(client, child, layla, show, at):
    item, day = show(), at.date().isoformat()
    client.force_login(layla)
    said = {"paper": f"item-{item.pk}", "issued_in": "IQ", "used_in": "RU", "due_on": "2099-01-01"}

    wrong = client.post(page_of(child, "formality"), said | {"kind": "apostille"})
    page = client.post(page_of(child, "formality"), said | {"kind": "consular"}, follow=True)
    need = Formality.objects.get()
    done = {"progress": "done", "done_by": "consulate", "happened_on": day, "seen": "0"}
    client.post(page_of(child, "progress", need.pk), done)
    entered = {"country": "IQ", "registered": "registered", "authority": "registry"}
    birth = client.post(
        page_of(child, "birth_add"), entered | {"entry": "114", "happened_on": day}, follow=True
    )

    assert list(wrong.context["form"].errors) == ["kind"]
    assert "legalisation by a consul" in wrong.content.decode()
    assert "registry, page 14" in page.content.decode()
    assert FormalityStep.objects.get().recorded_by == layla
    assert client.get(page_of(child, "progress", need.pk)).status_code == 404
    assert "114" in birth.content.decode()


def test_what_shows_who_a_child_is_is_absent_for_who_registers(client, child, make_user):
    client.force_login(make_user("olga", role="registrar", region="IQ-BG"))

    names = ("evidence", "nationality", "formalities", "birth", "evidence_add", "claim")
    assert {client.get(page_of(child, name)).status_code for name in names} == {404}


def test_pages_ask_as_much_for_one_row_as_for_many(
    client, child, layla, show, claim, need, django_assert_max_num_queries
):
    client.force_login(layla)
    names = ("evidence", "nationality", "formalities")

    def counts():
        counted = []
        for name in names:
            with django_assert_max_num_queries(90) as found:
                client.get(page_of(child, name))
            counted.append(len(found))
        return counted

    need(show())
    claim("RU")
    counts()  # what a process remembers is remembered now
    before = counts()
    for basis in ("birth", "adoption", "other"):
        need(show(issuer=basis))
        claim("RU", basis)

    assert counts() == before
