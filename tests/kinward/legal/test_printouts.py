"""The report on what is best for a child on paper: the same words, and the digests of the seal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from kinward.access.actions import assign
from kinward.access.models import Compartment, Purpose, Role
from kinward.core.printing import written
from kinward.legal import actions
from kinward.people.actions import ask_for_printout
from kinward.people.models import DocumentKind
from kinward.people.printouts import draw, offered

WHERE = {"speaks_for": "She knows her.", "speaks_against": "It is far."}


@pytest.fixture
def at():
    """Now: what is assigned holds now."""
    return timezone.now()


@pytest.fixture
def report(child, salma, at):
    return actions.lay_before_panel(
        child=child,
        reported=actions.Reported(
            heard="said",
            view="I want to be with my grandmother.",
            participants="the grandmother\nthe teacher",
            options=[
                actions.Option(option="with the grandmother", **WHERE),
                actions.Option(option="with an aunt", **WHERE),
            ],
            recommends="the grandmother",
        ),
        by=salma,
        at=at,
    )


@pytest.fixture
def drawn(child, at):
    """Have the report drawn up for an account: drawn(salma, language="ru")."""

    def made(by, language="en"):
        listed = offered(child, user=by, at=at)
        offer = next(each for each in listed if each.kind == DocumentKind.BEST_INTERESTS)
        told = {"language": language, "recipient": "the panel", "purpose": Purpose.PROTECTION}
        asked = ask_for_printout(person=child, offer=offer, by=by, at=at, **told)
        return draw(asked, user=by, at=at)

    return made


def test_report_says_on_paper_what_was_sealed(report, drawn, salma, at):
    made = drawn(salma)

    html = written(made.sheet, at=at)

    assert made.compartments == {Compartment.LEGAL}
    assert "I want to be with my grandmother." in html
    assert "with an aunt" in html
    assert report.digest in html
    assert "The panel has not decided yet." in html
    assert salma.get_full_name() in made.sheet.watermark


def test_report_is_offered_only_to_who_reads_what_is_best(report, child, make_user, at):
    registrar = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")

    kinds = {each.kind for each in offered(child, user=registrar, at=at)}

    assert DocumentKind.BEST_INTERESTS not in kinds


@pytest.fixture
def panel(child, make_user, at):
    """Three members of a panel, to whom the child is assigned."""
    nadia = make_user("nadia", role=Role.PROGRAMME_MANAGER)
    members = [make_user(name, role=Role.PANEL_MEMBER) for name in ("paula", "pavel", "parwin")]
    until, since = at + timedelta(days=30), at - timedelta(minutes=1)
    for member in members:
        told = {"purpose": Purpose.PROTECTION, "until": until, "by": nadia, "at": since}
        assign(subject=child.pk, to=member, **told)
    return members


def test_decision_stands_on_paper_with_who_dissents(report, drawn, panel, at):
    for member, opinion in zip(panel, ("approves", "approves", "defers"), strict=True):
        actions.give_opinion(report=report, opinion=opinion, words="I think so.", by=member, at=at)
    decided = actions.decide(
        report=report,
        decision="approves",
        words="It is safe there.",
        review_on=(at + timedelta(days=90)).date(),
        by=panel[0],
        at=at,
    )

    html = written(drawn(panel[1]).sheet, at=at)

    assert decided.digest in html
    assert html.count("dissents") == 1
    assert "It is safe there." in html


@pytest.fixture
def travel(child, at):
    """Have a travel document drawn up for an account: travel(layla)."""

    def made(by, language="en"):
        listed = offered(child, user=by, at=at)
        offer = next(each for each in listed if each.kind == DocumentKind.TRAVEL)
        told = {"language": language, "recipient": "the border", "purpose": Purpose.PROTECTION}
        asked = ask_for_printout(person=child, offer=offer, by=by, at=at, **told)
        return draw(asked, user=by, at=at)

    return made


def test_travel_document_stands_on_paper_letter_by_letter(record_document, travel, salma, printed):
    until = timezone.localdate() + timedelta(days=90)
    held = record_document(valid_until=until, zone="")
    zone = printed().zone.splitlines()

    without = written(travel(salma).sheet, at=timezone.now())
    record_document(replaces=held, number="530123457", valid_until=until, zone="\n".join(zone))
    html = written(travel(salma).sheet, at=timezone.now())

    assert "It has no machine-readable lines." in without
    assert all(f"<p>{escape(line)}</p>" in html for line in zone)
    assert len({len(line) for line in zone}) == 1
    assert "Магомедов" in html
    assert "It is no document itself" in html


def test_document_that_has_run_out_is_not_offered(record_document, child, salma, at):
    record_document(valid_until=timezone.localdate() - timedelta(days=1))

    assert DocumentKind.TRAVEL not in {each.kind for each in offered(child, user=salma, at=at)}
