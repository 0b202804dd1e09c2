"""What is best for a child: assessed, laid before a panel, decided by its majority, sealed."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kinward.access.actions import assign
from kinward.access.models import Purpose, Role
from kinward.casework.models import Track, Unmet
from kinward.casework.queries import case_of
from kinward.casework.rules import best_interests, due_on
from kinward.casework.tracks import Best
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import WordsRefused
from kinward.legal import actions, panels
from kinward.legal.models import Assessment, Opinion, PanelDecision, PanelOpinion, Report, Unready
from kinward.legal.rules import PANEL, may_decide
from kinward.people.actions import record_consent
from kinward.people.consents import Giver, State
from kinward.people.rules import ConsentAnswer

MEMBERS = [UUID(int=each) for each in range(1, 8)]
HOME = actions.Option(option="to her aunt", speaks_for="she knows her", speaks_against="far away")
CARE = actions.Option(option="foster care", speaks_for="near", speaks_against="strangers")


@settings(max_examples=80)
@given(
    said=st.dictionaries(st.sampled_from(MEMBERS), st.sampled_from(Opinion)),
    decision=st.sampled_from(Opinion),
    by=st.sampled_from(MEMBERS),
    writer=st.sampled_from(MEMBERS),
)
def test_panel_decides_by_its_majority_and_never_by_who_wrote_the_report(
    said, decision, by, writer
):
    for_it = [each for each in said.values() if each == decision]

    allowed = may_decide(writer, said, decision, by) == ()

    assert allowed == (
        by != writer and by in said and len(said) >= PANEL and len(for_it) > len(said) / 2
    )


def test_every_reason_is_said_why_a_panel_may_not_decide():
    writer, other, third = MEMBERS[:3]
    said = {other: Opinion.APPROVES, third: Opinion.DEFERS, MEMBERS[3]: Opinion.REJECTS}

    assert may_decide(writer, {}, Opinion.APPROVES, writer) == (
        Unready.WRITER,
        Unready.FEW,
        Unready.NO_MEMBER,
    )
    assert may_decide(writer, said, Opinion.APPROVES, other) == (Unready.MINORITY,)


@pytest.fixture
def at():
    """Now: what is assigned on the pages holds now."""
    return timezone.now()


@pytest.fixture
def assessed(at):
    """An assessment: assessed(to_determine=False)."""

    def made(**said):
        told = {"heard": "said", "view": "to my aunt", "analysis": "safe there", "why": "alone"}
        told |= {"recommends": "to her aunt", "to_determine": True}
        return actions.Assessed(**told | {"review_on": at.date() + timedelta(days=90)} | said)

    return made


@pytest.fixture
def assess(child, salma, at, assessed):
    """Assess what is best for the child: assess(to_determine=False)."""

    def done(*, by=salma, when=at, **said):
        return actions.assess(child=child, assessed=assessed(**said), by=by, at=when)

    return done


@pytest.fixture
def report(child, salma, at):
    """Lay a report before the panel: report(options=[HOME, CARE])."""

    def laid(*, by=salma, when=at, **said):
        told = {"heard": "said", "view": "to my aunt", "participants": "the aunt\na teacher"}
        told |= {"options": [HOME, CARE], "recommends": "to her aunt"} | said
        return actions.lay_before_panel(
            child=child, reported=actions.Reported(**told), by=by, at=when
        )

    return laid


@pytest.fixture
def panel(child, make_user, at):
    """Three members of a panel, to whom the child is assigned."""
    nadia = make_user("nadia", role=Role.PROGRAMME_MANAGER)
    members = [make_user(name, role=Role.PANEL_MEMBER) for name in ("paula", "pavel", "parwin")]
    for member in members:
        assign(
            subject=child.pk,
            to=member,
            purpose=Purpose.PROTECTION,
            until=at + timedelta(days=30),
            by=nadia,
            at=at - timedelta(minutes=1),
        )
    return members


@pytest.fixture
def opine(panel, at):
    """Give the opinions of the panel, in its order: opine(report, "approves", "defers")."""

    def given(report, *opinions):
        for member, opinion in zip(panel, opinions, strict=False):
            said = {"opinion": Opinion(opinion), "words": "so I see it"}
            actions.give_opinion(report=report, **said, by=member, at=at + timedelta(minutes=1))

    return given


@pytest.fixture
def decide(panel, at):
    """Put down what the panel decided: decide(report, "approves")."""

    def done(report, decision, *, by=None, **said):
        told = {"words": "it is best", "review_on": at.date() + timedelta(days=90)} | said
        return actions.decide(
            report=report, decision=Opinion(decision), **told, by=by or panel[0], at=at
        )

    return done


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to_determine", "position"), [(True, Best.REQUIRED), (False, Best.NOT_REQUIRED)]
)
def test_case_follows_the_assessment(child, assess, stands, to_determine, position):
    assert Unmet.NO_ASSESSMENT in best_interests(case_of(child))

    assess(to_determine=to_determine)

    assert stands(Track.BEST_INTERESTS).position == position
    assert Unmet.NO_ASSESSMENT not in best_interests(case_of(child))
    assert (Unmet.NO_DETERMINATION in best_interests(case_of(child))) == to_determine


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"view": " "}, actions.UnfitPaper),
        ({"review_on": None}, actions.UnfitPaper),
        ({"analysis": "сын боевика"}, WordsRefused),
    ],
)
def test_assessment_that_is_not_whole_is_refused(assess, at, said, refusal):
    with pytest.raises(refusal):
        assess(**{"review_on": at.date()} if "review_on" in said else said)

    assert Assessment.objects.count() == 0


@pytest.mark.django_db
def test_case_worker_assesses_and_nobody_else(assess, report, layla, make_user):
    with pytest.raises(NotAllowed):
        assess(by=layla)
    with pytest.raises(NotFound):
        report(by=make_user("far", role=Role.CASE_WORKER, region="RU-DA"))


@pytest.mark.django_db
def test_gate_opens_once_the_panel_has_approved(child, assess, report, opine, decide, stands):
    assess()
    laid = report()
    assert stands(Track.BEST_INTERESTS).position == Best.REPORT
    opine(laid, "approves", "approves", "defers")

    decided = decide(laid, "approves")

    assert stands(Track.BEST_INTERESTS).position == Best.APPROVED
    assert best_interests(case_of(child)) == ()
    assert len(decided.digest) == 64


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("decision", "position"),
    [("defers", Best.DEFERRED), ("not_approved", Best.NOT_APPROVED)],
)
def test_case_follows_what_the_panel_decides(
    assess, report, opine, decide, stands, decision, position
):
    assess()
    laid = report()
    opine(laid, decision, decision, "approves")

    decide(laid, decision)

    assert stands(Track.BEST_INTERESTS).position == position
    report()
    assert stands(Track.BEST_INTERESTS).position == Best.REPORT


@pytest.mark.django_db
def test_day_of_the_review_is_due_until_somebody_looks_again(
    child, assess, report, opine, decide, take, at
):
    def reviews():
        found = due_on(case_of(child), at.date(), at.date())
        return [(each.on, each.by) for each in found if each.to == Best.AGAIN]

    day = at.date()
    assess(review_on=day + timedelta(days=90))
    assert reviews() == [(day + timedelta(days=90), Role.CASE_WORKER)]
    laid = report()
    opine(laid, *["approves"] * 3)
    decide(laid, "approves", review_on=day + timedelta(days=40))
    assert reviews() == [(day + timedelta(days=40), Role.CASE_WORKER)]

    take(Best.IMPLEMENTED, Best.REVIEW, track=Track.BEST_INTERESTS)

    assert reviews() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answered", "against"),
    [
        ([State.REFUSED], True),
        ([State.GIVEN, State.WITHDRAWN], True),
        ([State.REFUSED, State.GIVEN], False),
        ([State.UNABLE], False),
    ],
)
def test_case_worker_does_not_pass_over_a_mother_who_does_not_agree(
    child, assess, make_user, stands, at, answered, against
):
    huda = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    asked = {"giver": Giver.MOTHER, "form_version": "2018-11", "language": "ar"}
    decided = {"giver": Giver.PROGRAMME, "reference": "12/2018", "decided_by": "the committee"}
    said = [ConsentAnswer(state=state, **asked) for state in answered]
    for answer in (*said, ConsentAnswer(state=State.OVERRIDDEN, **decided)):
        record_consent(person=child, answer=answer, by=huda, at=at)

    if against:
        with pytest.raises(actions.UnfitPaper):
            assess(to_determine=False)
    assess(to_determine=against)

    assert case_of(child).against == against
    position = Best.REQUIRED if against else Best.NOT_REQUIRED
    assert stands(Track.BEST_INTERESTS).position == position


@pytest.mark.django_db
def test_who_disagreed_stays_on_record(child, report, opine, decide, panel):
    laid = report()
    opine(laid, "approves", "approves", "defers")
    decide(laid, "approves")

    (found,) = panels.reports_of(child, user=panel[2])

    assert [each.recorded_by for each in found.dissent] == [panel[2]]
    assert (found.intact, found.is_open, found.missing) == (True, False, 0)


@pytest.mark.django_db
def test_panel_does_not_decide_before_three_have_spoken(report, opine, decide, panel, salma, at):
    laid = report()
    opine(laid, "approves", "approves")

    for decision in Opinion:
        with pytest.raises(actions.UnfitPaper):
            decide(laid, decision)
    with pytest.raises(actions.DecidedMeanwhile):
        opine(laid, "approves")
    with pytest.raises(NotAllowed):
        actions.give_opinion(report=laid, opinion=Opinion.APPROVES, words="mine", by=salma, at=at)

    assert PanelOpinion.objects.count() == 2
    assert PanelDecision.objects.count() == 0


@pytest.mark.django_db
def test_decision_is_whole_and_made_once(report, opine, decide, at):
    laid = report()
    opine(laid, "approves", "approves", "approves")

    with pytest.raises(actions.UnfitPaper):
        decide(laid, "approves", words=" ")
    with pytest.raises(actions.UnfitPaper):
        decide(laid, "approves", review_on=at.date())
    decide(laid, "approves")
    with pytest.raises(actions.DecidedMeanwhile):
        decide(laid, "approves")


@pytest.mark.django_db
def test_later_report_stands_in_place_of_the_one_before(child, report, opine, panel):
    first = report()
    second = report()

    with pytest.raises(actions.DecidedMeanwhile):
        opine(first, "approves")
    with pytest.raises(actions.UnfitPaper):
        report(options=[HOME])

    laid = panels.reports_of(child, user=panel[0])
    assert [each.report.number for each in laid] == [second.number, first.number] == [2, 1]
    assert [each.is_open for each in laid] == [True, False]


@pytest.mark.django_db
@pytest.mark.usefixtures("without_triggers")
def test_changed_report_is_seen(child, report, salma):
    laid = report()
    assert panels.reports_of(child, user=salma)[0].intact

    with connection.cursor() as cursor:
        cursor.execute("UPDATE legal_report SET heard = 'unable'")

    (found,) = panels.reports_of(child, user=salma)
    assert not found.intact
    assert found.report.digest == laid.digest


@pytest.mark.django_db
def test_child_is_assessed_and_its_report_decided_on_the_pages(client, child, salma, panel, at):
    def page(name, *ids):
        return reverse(f"legal:{name}", args=[child.pk, *ids])

    later = (at + timedelta(days=90)).date().isoformat()
    view = {"heard": "said", "view": "to my aunt", "recommends": "to her aunt"}
    client.force_login(salma)
    said = view | {"analysis": "safe", "to_determine": "yes", "why": "alone", "review_on": later}
    assert client.post(page("assess"), said | {"view": ""}).status_code == 422
    client.post(page("assess"), said)
    options = {"option_0": "aunt", "for_0": "known", "against_0": "far"}
    options |= {"option_1": "foster", "for_1": "near", "against_1": "strangers"}
    told = view | options | {"participants": "the aunt"}
    assert client.post(page("report"), told | {"option_2": "wait"}).status_code == 422
    client.post(page("report"), told)
    laid = Report.objects.get()

    for member in panel:
        client.force_login(member)
        waits = client.get(page("best")).content.decode()
        client.post(page("opinion", laid.pk), {"opinion": "approves", "words": "best for her"})
        assert page("opinion", laid.pk) in waits
    decided = {"decision": "approves", "words": "best for her"}
    early = client.post(page("decide", laid.pk), decided | {"review_on": "2000-01-01"})
    client.post(page("decide", laid.pk), decided | {"review_on": later})

    assert early.status_code == 422
    assert PanelDecision.objects.get().recorded_by == panel[-1]
    shown = client.get(page("best")).content.decode()
    assert {"Signed", "strangers"} <= set(re.findall(r"\w+", shown))
    assert client.get(page("decide", child.pk)).status_code == 404
