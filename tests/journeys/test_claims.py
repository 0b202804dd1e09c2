"""Two families claim one child: compared side by side, decided by two, taken back by two."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect
from reliability import made

from kinward.audit.context import acting
from kinward.tracing.models import Candidate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two_claims(accounts):
    """A child, and two requests that are likely to look for it."""
    huda, madina, anna = (accounts[name] for name in ("huda", "madina", "anna"))
    now = timezone.now()
    with acting(huda), transaction.atomic():
        child = made.register("رسلان ماغوميدوف", by=huda, at=now)
    with acting(madina), transaction.atomic():
        requests = [
            made.take("Руслан Магомедов", enquirer=enquirer, by=madina, at=now)
            for enquirer in ("Патимат", "Хадижат")
        ]
    with acting(anna), transaction.atomic():
        Candidate.objects.all().delete()
        return [made.candidate(child=child, request=request, at=now) for request in requests]


def agree_to_it(page):
    """Agree as the second person."""
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Record my answer").click()


def test_two_people_decide_between_two_families(page, sign_in, two_claims):
    named = two_claims[0].sought.request.reference

    sign_in("anna")
    page.get_by_role("link", name=re.compile("child has two or more claimants")).click()
    page.get_by_role("link", name="Compare the families").click()
    expect(page.get_by_text("locked: several claimants")).to_be_visible()
    page.get_by_label(re.compile(named)).check()
    page.get_by_label("What decides it?").fill("She sang the song the child sings.")
    page.get_by_role("button", name="Ask a second person to agree").click()
    expect(page.get_by_text("You asked for this. Another person has to answer.")).to_be_visible()
    claims = page.url

    sign_in("karim")
    page.goto(claims)
    expect(page.get_by_text("She sang the song the child sings.")).to_be_visible()
    agree_to_it(page)
    expect(page.get_by_text("Two people have decided between these claimants.")).to_be_visible()
    expect(page.get_by_text("locked: several claimants")).to_have_count(0)

    page.get_by_text("Take this decision back", exact=True).click()
    expect(page.get_by_text("The child is locked again")).to_be_visible()
    page.get_by_label("Why is this taken back?").fill("A letter of the other family came.")
    page.get_by_role("button", name="Ask a second person to agree").click()

    sign_in("anna")
    page.goto(claims)
    expect(page.get_by_text("No search ends or changes")).to_be_visible()
    agree_to_it(page)
    expect(page.get_by_text("locked: several claimants")).to_be_visible()
