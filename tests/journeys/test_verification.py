"""A verification is refused by gate G2, then passes: two interviews apart, two who decide."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect
from reliability import made

from kinward.audit.context import acting
from kinward.tracing.models import Candidate, Verdict

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def match(accounts):
    """A confirmed match."""
    huda, madina, anna = (accounts[name] for name in ("huda", "madina", "anna"))
    now = timezone.now()
    with acting(huda), transaction.atomic():
        child = made.register("رسلان ماغوميدوف", by=huda, at=now)
    with acting(madina), transaction.atomic():
        request = made.take("Руслан Магомедов", by=madina, at=now)
    with acting(anna), transaction.atomic():
        Candidate.objects.all().delete()
        return made.candidate(child=child, request=request, at=now, verdict=Verdict.CONFIRMED)


def capture(page, link):
    """What both interviewers do: open what waits, and write down what is said."""
    page.get_by_role("link", name="interview waits for you").click()
    page.get_by_role("link", name=link).click()
    page.get_by_label("On which day was the interview?").fill(timezone.localdate().isoformat())
    page.get_by_label("yes, we were apart").check()
    page.get_by_label("Who is in the family?").fill("Зайнаб, Руслан")
    page.get_by_label("How many brothers and sisters does the child have?").fill("2")


def send(page):
    """Capture the answers."""
    page.get_by_role("button", name="Capture the answers").click()
    expect(page.get_by_text("The answers are captured.")).to_be_visible()


def verified(page, button, reason):
    """Choose that it is verified, and say why."""
    page.get_by_label("verified: they belong together", exact=True).check()
    page.get_by_label("Why?", exact=True).fill(reason)
    page.get_by_role("button", name=button, exact=True).click()


def ask_both_sides(page, sign_in):
    """The claimant is asked first, the child by somebody else."""
    sign_in("madina")
    capture(page, "Interview the claimant")
    page.get_by_label("How does the claimant show who they are?").fill("A passport was seen.")
    page.get_by_label("documents").check()
    page.get_by_role("group", name="Does the claimant want to care").get_by_label("yes").check()
    send(page)
    sign_in("huda")
    capture(page, "Interview the child")
    page.get_by_label("there is nothing to tell").check()
    page.get_by_role("group", name="recognise people").get_by_label("none were shown").check()
    page.get_by_role("group", name="recognise itself").get_by_label("none were shown").check()
    page.get_by_label("to live with them").check()
    send(page)


def test_verification_is_refused_by_a_gate_and_then_passes(page, live_server, sign_in, match):
    address = f"{live_server.url}/matches/{match.pk}/"
    sign_in("anna")
    page.goto(address)
    page.get_by_role("link", name="Verify with both sides").click()
    page.get_by_label("Who asks the claimant?").select_option(label="Madina Alieva")
    page.get_by_label("Who asks the child?").select_option(label="Huda Salman")
    page.get_by_role("button", name="Open the verification").click()
    verified(page, "Recommend it", "They look alike.")
    expect(page.get_by_text("This cannot be called verified yet")).to_be_visible()
    alert = page.get_by_role("alert")
    expect(alert.get_by_text("The claimant’s answers have not been captured.")).to_be_visible()
    expect(alert.get_by_text("No evidence is listed.")).to_be_visible()

    ask_both_sides(page, sign_in)

    sign_in("anna")
    page.goto(f"{address}verify/")
    verified(page, "Recommend it", "Both tell of the same family, apart.")
    expect(page.get_by_text("Another person decides.")).to_be_visible()
    sign_in("karim")
    page.get_by_role("link", name="verification waits for your decision").click()
    page.goto(f"{address}verify/")
    verified(page, "Decide", "I read both forms.")
    expect(page.get_by_text("Your decision is recorded.")).to_be_visible()
    expect(page.locator(".kw-verdict").get_by_text("verified")).to_be_visible()
