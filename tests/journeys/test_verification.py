"""A verification is refused by gate G2, then passes: two interviews apart, two who decide."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone
from hands import ask_both_sides, call_verified
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


def test_verification_is_refused_by_a_gate_and_then_passes(page, live_server, sign_in, match):
    address = f"{live_server.url}/matches/{match.pk}/"
    sign_in("anna")
    page.goto(address)
    page.get_by_role("link", name="Verify with both sides").click()
    page.get_by_label("Who asks the claimant?").select_option(label="Madina Alieva")
    page.get_by_label("Who asks the child?").select_option(label="Huda Salman")
    page.get_by_role("button", name="Open the verification").click()
    call_verified(page, "Recommend it", "They look alike.")
    expect(page.get_by_text("This cannot be called verified yet")).to_be_visible()
    alert = page.get_by_role("alert")
    expect(alert.get_by_text("The claimant’s answers have not been captured.")).to_be_visible()
    expect(alert.get_by_text("No evidence is listed.")).to_be_visible()

    ask_both_sides(page, sign_in)

    sign_in("anna")
    page.goto(f"{address}verify/")
    call_verified(page, "Recommend it", "Both tell of the same family, apart.")
    expect(page.get_by_text("Another person decides.")).to_be_visible()
    sign_in("karim")
    page.get_by_role("link", name="verification waits for your decision").click()
    page.goto(f"{address}verify/")
    call_verified(page, "Decide", "I read both forms.")
    expect(page.get_by_text("Your decision is recorded.")).to_be_visible()
    expect(page.locator(".kw-verdict").get_by_text("verified")).to_be_visible()
