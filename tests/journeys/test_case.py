"""One child from registered to clear to fly: each gate refuses once, and says every reason."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hands import ask_both_sides, call_verified
from playwright.sync_api import expect
from reliability import made

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.casework import actions
from kinward.casework.models import Hold, HoldKind, Party, Step, Track
from kinward.casework.tracks import Best, Civil, Host, Locate, Movement, Next, Placement
from kinward.demo.caseload import made_up
from kinward.people.actions import record_consent, register_child
from kinward.people.consents import State
from kinward.places.queries import codes
from kinward.tracing.models import Candidate, Verdict

pytestmark = pytest.mark.django_db(transaction=True)
CLEAR = str(Movement.MANIFESTED.label)
# What is typed on the page of a track; papers follow from the rooms where they are kept.
TYPED = (
    (Track.LOCATE, Locate.CORROBORATED),
    (Track.CIVIL_STATUS, Civil.APPLIED),
    (Track.HOST_RELEASE, Host.CUSTODIAN),
    (Track.HOST_RELEASE, Host.PENDING),
    (Track.HOST_RELEASE, Host.GRANTED),
    (Track.HOST_RELEASE, Host.CLEARED),
    (Track.HOST_RELEASE, Host.SCHEDULED),
    (Track.MOVEMENT, Movement.ESCORT),
    (Track.PLACEMENT, Placement.INTERIM_CARE),
)


# How it goes on once the child is clear to fly, until closing its case is asked for.
HOME = (
    (Track.BEST_INTERESTS, Best.APART),
    (Track.MOVEMENT, Movement.BOARDED),
    (Track.MOVEMENT, Movement.LANDED),
    (Track.PLACEMENT, Placement.CANDIDATE),
    (Track.PLACEMENT, Placement.ASSESSED),
    (Track.PLACEMENT, Placement.MET),
    (Track.PLACEMENT, Placement.PLACED),
    (Track.PLACEMENT, Placement.FOLLOW_UP),
    (Track.PLACEMENT, Placement.STABLE),
    (Track.PLACEMENT, Placement.CLOSING),
)


def of_demo():
    """The children of the demo, as its loader has them registered."""
    return [each for one in made_up(codes()).registered for each in one.children]


@pytest.fixture
def match(accounts):
    """The child of the demo that may not be looked for, and a sibling: registered and no more.

    Two reviewers took a grandmother’s grandchild for it.
    """
    huda, madina, now = accounts["huda"], accounts["madina"], timezone.now()
    told = next(each for each in of_demo() if each.consents[-1].state == State.REFUSED)
    with acting(huda), transaction.atomic():
        sibling = made.register("زينب", by=huda, at=now)
        said = made.said("relative", relation="sibling", record=sibling.reference, text="زينب")
        child = register_child(
            statements=[*told.statements, said], consents=told.consents, by=huda, at=now
        )
    with acting(madina), transaction.atomic():
        request = made.take("Руслан", by=madina, at=now)
    with acting(accounts["anna"]), transaction.atomic():
        Candidate.objects.all().delete()
        return made.candidate(child=child, request=request, at=now, verdict=Verdict.CONFIRMED)


def agree(child, huda):
    """Record that the child agrees to be looked for."""
    with acting(huda), transaction.atomic():
        record_consent(person=child, answer=made.AGREES, by=huda, at=timezone.now())


def go_home(child, salma, yusuf):
    """Fly, move in, and ask that the case be closed; two decide that siblings may live apart."""
    now, day = timezone.now(), timezone.localdate()
    for track, to in HOME:
        by = yusuf if to == Best.APART else salma
        wanted = Next(to=to, on=day, holds_from=day, evidence="line 3", reason="as agreed")
        with acting(by), transaction.atomic():
            actions.follow_step(child=child, track=track, wanted=wanted, by=by, at=now)


def papers_follow(child, *steps, by):
    """Have the track of papers follow what the legal room recorded."""
    now, day = timezone.now(), timezone.localdate()
    for to in steps:
        until = day + timedelta(days=90) if to == Civil.ISSUED else None
        wanted = Next(
            to=to, on=day, holds_from=day, holds_until=until, evidence="decision 12", reason=""
        )
        with acting(by), transaction.atomic():
            actions.follow_step(child=child, track=Track.CIVIL_STATUS, wanted=wanted, by=by, at=now)


def gather_papers(worker, child, salma, yusuf):
    """Take the steps that no gate stands before, on the pages of their tracks."""
    papers_follow(child, Civil.EVIDENCE, Civil.BIRTH, by=salma)
    for track, to in TYPED:
        said = {"holds_from": f"{timezone.localdate()}", "evidence": "decision 12"}
        worker.takes(track, str(to.label), **said)
    papers_follow(child, Civil.ISSUED, by=salma)
    papers_follow(child, Civil.CHECKED, by=yusuf)


def is_fit(child):
    """Say that the child may fly, which nobody says but a medic."""
    now, day = timezone.now(), timezone.localdate()
    wanted = Next(to=Movement.FIT, on=day, holds_until=day)
    medic = made.account(role=Role.MEDIC)
    with acting(medic), transaction.atomic():
        actions.follow_step(child=child, track=Track.MOVEMENT, wanted=wanted, by=medic, at=now)


def hold_back(child, by):
    """Record that a court says the child may not go yet."""
    now = timezone.now()
    claim = actions.Claim(
        kind=HoldKind.COURT,
        party=Party.HOST_COURT,
        owner="The juvenile court",
        told_by="The clerk, by telephone",
        since=timezone.localdate(now),
        claim="A hearing has to be held first.",
        next_action="Ask for the day of the hearing",
        next_by=by.role,
        next_on=timezone.localdate(now),
    )
    with acting(by), transaction.atomic():
        actions.record_hold(child=child, said=claim, by=by, at=now)


class Worker:
    """Hands of a case worker in a browser, at one child."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.refused = page.locator(".govuk-error-summary")

    def take(self, track, words, **typed):
        self.page.goto(f"{self.address}/tracks/{track}/")
        self.page.get_by_label(words, exact=True).check()
        for label, text in typed.items():
            self.page.locator(f"#id_{label}").fill(text)
        self.page.get_by_role("button", name="Record the step").click()

    def takes(self, track, words, **typed):
        self.take(track, words, **typed)
        expect(self.page.get_by_text("The step is recorded.")).to_be_visible()

    def is_refused(self, track, words, reasons, **typed):
        self.take(track, words, **typed)
        expect(self.refused.locator("li")).to_have_count(reasons)

    def assesses(self):
        self.page.goto(f"{self.address}/best-interests/assess/")
        self.page.get_by_label("the child said it").check()
        for name in ("view", "analysis", "recommends", "why"):
            self.page.locator(f"#id_{name}").fill("Home, where the grandmother is.")
        self.page.get_by_label("no", exact=True).check()
        self.page.locator("#id_review_on").fill(f"{timezone.localdate() + timedelta(days=90)}")
        self.page.get_by_role("button", name="Record it").click()
        expect(self.page.locator(".govuk-error-summary")).to_have_count(0)

    def ends_the_hold(self):
        name = re.compile("Somebody says that the child may not")
        self.refused.get_by_role("link", name=name).click()
        self.page.get_by_text("Add to it, or end it").click()
        named = Hold.objects.get().pk
        self.page.locator(f"#id_{named}_what").select_option("ended")
        self.page.locator(f"#id_{named}_words").fill("The court has heard the mother.")
        self.page.locator(f"#id_{named}_how").select_option("overcome")
        self.page.get_by_role("button", name="Record it").click()
        expect(self.page.get_by_text("It is added to the hold.")).to_be_visible()

    def sees(self, *words):
        self.page.goto(self.address)
        for each in words:
            expect(self.page.get_by_text(each)).to_be_visible()

    def asks_another(self):
        why = self.page.get_by_label("Why must it be done all the same?")
        why.fill("The sister flies next week.")
        self.page.get_by_role("button", name="Ask another person").click()
        expect(self.page.get_by_text("waits for an answer")).to_be_visible()


def agrees(page, address):
    """Agree as the second person."""
    page.goto(f"{address}/approvals/?show=waiting")
    page.get_by_label("Your answer").select_option("yes")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("You have approved it.")).to_be_visible()


def is_not_verified_yet(page, sign_in, address):
    """G2: nobody is called verified before both sides were asked, apart; then two agree."""
    page.goto(address)
    page.get_by_role("link", name="Verify with both sides").click()
    page.get_by_label("Who asks the claimant?").select_option(label="Madina Alieva")
    page.get_by_label("Who asks the child?").select_option(label="Huda Salman")
    page.get_by_role("button", name="Open the verification").click()
    call_verified(page, "Recommend it", "They look alike.")
    expect(page.get_by_role("alert").locator("li")).to_have_count(3)

    ask_both_sides(page, sign_in)
    sign_in("anna")
    page.goto(f"{address}verify/")
    call_verified(page, "Recommend it", "Both tell of the same family, apart.")
    sign_in("karim")
    page.goto(f"{address}verify/")
    call_verified(page, "Decide", "I read both forms.")
    expect(page.locator(".kw-verdict").get_by_text("verified")).to_be_visible()


def nobody_looks_for_it_yet(page, address, child, huda):
    """G1: nothing of a child is told while nobody agreed that it is looked for."""
    page.goto(address)
    expect(page.get_by_text("The child’s side has no consent to tracing")).to_be_visible()
    expect(page.get_by_role("link", name="Verify with both sides")).to_have_count(0)
    agree(child, huda)


def waits_for_what_is_missing(salma, child, accounts):
    """G3: whose best interests are open stays; G4: every reason at once; G9: no label is kept."""
    salma.is_refused(Track.TRACING, "reunited with the family", 2, evidence="minutes")
    salma.assesses()
    is_fit(child)
    salma.is_refused(Track.MOVEMENT, CLEAR, 7)
    expect(salma.refused).to_contain_text("To do: an escort is named")
    keeper = str(Host.CUSTODIAN.label)
    salma.is_refused(Track.HOST_RELEASE, keeper, 1, evidence="decision 12", reason="ISIS child")
    expect(salma.refused).to_contain_text("labels a person")
    gather_papers(salma, child, accounts["salma"], accounts["yusuf"])


def is_handed_over(salma):
    """G6: to a named receiver only, with a line in the minute."""
    salma.is_refused(Track.HOST_RELEASE, "handed over", 2, evidence="minute 4")
    salma.takes(Track.HOST_RELEASE, str(Host.RECEIVER.label), evidence="the grandmother")
    salma.takes(Track.HOST_RELEASE, str(Host.MINUTE.label), evidence="line 3")
    salma.takes(Track.HOST_RELEASE, "handed over", evidence="minute 4")


def flies_before_the_sibling(page, live_server, sign_in, salma):
    """An open hold, and G5: the sibling is not ready. Two people answer for going on."""
    salma.is_refused(Track.MOVEMENT, CLEAR, 2)
    salma.ends_the_hold()
    salma.is_refused(Track.MOVEMENT, CLEAR, 1)
    salma.asks_another()
    sign_in("malik")
    agrees(page, live_server.url)
    sign_in("salma")
    salma.takes(Track.MOVEMENT, CLEAR)


def test_child_comes_from_registered_to_clear_to_fly(page, live_server, sign_in, match, accounts):
    child, of_match = match.child, f"{live_server.url}/matches/{match.pk}/"
    salma = Worker(page, f"{live_server.url}/children/{child.pk}")

    sign_in("anna")
    nobody_looks_for_it_yet(page, of_match, child, accounts["huda"])
    is_not_verified_yet(page, sign_in, of_match)
    sign_in("salma")
    waits_for_what_is_missing(salma, child, accounts)
    is_handed_over(salma)
    hold_back(child, accounts["salma"])
    flies_before_the_sibling(page, live_server, sign_in, salma)

    salma.sees("ready to fly", "taken though a gate refused")
    last = Step.objects.filter(child=child, track=Track.MOVEMENT).last()
    assert (last.to, last.despite) == (Movement.MANIFESTED, ["sibling_waits"])

    # G7 and G8: bringing a child home closes nothing. It landed, and nobody says who admitted it.
    go_home(child, accounts["salma"], accounts["yusuf"])
    sign_in("yusuf")
    salma.is_refused(Track.PLACEMENT, str(Placement.CLOSED.label), 6, reason="It lives at home.")
    expect(salma.refused).to_contain_text("admitted to hospital")
    expect(salma.refused).to_contain_text("three months after it moved in")
