"""One of each paper of a child, so that every page about them has something to show."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from kinward.access.actions import assign
from kinward.access.models import Purpose, Role
from kinward.audit.context import acting
from kinward.casework.actions import Claim, record_hold
from kinward.casework.models import HoldKind, Party
from kinward.legal import actions
from kinward.legal.models import Ruled
from kinward.legal.rules import Printed

HEARD = {"heard": "said", "view": "to my aunt"}


def papers_of(child, *, by, member, manager, at):
    """Return the papers of a child by name, and let a member of the panel see the child."""
    with acting(by), transaction.atomic():
        held(child, at.date(), by=by, at=at)
        found = civil_status(child, by=by, at=at) | best_interests(child, by=by, at=at)
    with acting(manager), transaction.atomic():
        until = at + timedelta(days=9)
        opened = {"subject": child.pk, "to": member, "purpose": Purpose.PROTECTION}
        assign(**opened, until=until, by=manager, at=at)
    return found


def civil_status(child, *, by, at):
    """Record a document, evidence, a claim, a formality, a birth, and a matter with a duty."""
    day, who = at.date(), {"by": by, "at": at}
    what = {"shows": "the child stands in the family book", "issuer": "registry, page 14"}
    shown = actions.Shown(question="identity", kind="copy", holder="the grandmother", **what)
    item = actions.record_evidence(child=child, shown=shown, **who)
    claimed = actions.Claimed(country="RU", basis="descent", claimed_by="the mother")
    states = {"issued_in": "IQ", "used_in": "RU", "due_on": day + timedelta(days=60)}
    needed = actions.Needed(kind="translation", language="ru", **states)
    said = {"country": "IQ", "registered": "filed", "authority": "registry", "entry": "114"}
    actions.record_birth(child=child, entered=actions.Entered(**said, happened_on=day), **who)
    matter, duty = court(child, day, **who)
    return {
        "document": actions.record_document(child=child, printed=printed(day), **who),
        "item": item,
        "claim": actions.claim_nationality(child=child, claimed=claimed, **who),
        "formality": actions.need_formality(paper=item, needed=needed, **who),
        "matter": matter,
        "duty": duty,
    }


def best_interests(child, *, by, at):
    """Assess what is best for the child, and lay a report before the panel."""
    review = {"recommends": "to her aunt", "why": "alone", "review_on": at.date() + timedelta(60)}
    assessed = actions.Assessed(analysis="safe there", to_determine=True, **HEARD, **review)
    actions.assess(child=child, assessed=assessed, by=by, at=at)
    laid = actions.lay_before_panel(child=child, reported=reported(), by=by, at=at)
    return {"report": laid}


def printed(day):
    """Return what is printed in a passport."""
    name = {"surname": "Магомедов", "given": "Руслан", "number": "530123456", "zone": ""}
    span = {"valid_from": day, "valid_until": day + timedelta(days=900)}
    return Printed(kind="passport", issuer="RUS", **name, **span)


def reported():
    """Return a report that weighs two things that could be done."""
    options = [
        actions.Option(option="to her aunt", speaks_for="she knows her", speaks_against="far away"),
        actions.Option(option="foster care", speaks_for="near", speaks_against="strangers"),
    ]
    asked = {"participants": "the aunt", "options": options, "recommends": "to her aunt"}
    return actions.Reported(**asked, **HEARD)


def held(child, day, *, by, at):
    """Have a court said to hold the child back."""
    claim = Claim(
        kind=HoldKind.COURT,
        party=Party.HOST_COURT,
        owner="the court in Baghdad",
        told_by="its clerk",
        since=day,
        claim="one page is missing",
        next_action="bring it",
        next_by=Role.LEGAL_OFFICER,
        next_on=day + timedelta(days=5),
    )
    record_hold(child=child, said=claim, by=by, at=at)


def court(child, day, *, by, at):
    """Return a matter before a court that was granted, and what it ordered."""
    told = {"happened_on": day, "reference": "2-15/2018", **HEARD}
    filed = actions.Happened(ruled=Ruled.FILED, **told)
    where = {"seat": "home", "matter": "return", "court": "Soviet District Court"}
    matter = actions.open_proceeding(child=child, **where, filed=filed, by=by, at=at)
    granted = actions.Happened(ruled=Ruled.GRANTED, in_force_from=day, **told)
    step = actions.record_ruling(proceeding=matter, happened=granted, by=by, at=at)
    cost = {"per_day": Decimal(5000), "currency": "EUR"}
    order = {"owner": "home_state", "words": "bring the child home", "due_on": day}
    duty = actions.order_duty(step=step, ordered=actions.Ordered(**order, **cost), by=by, at=at)
    return matter, duty
